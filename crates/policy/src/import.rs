//! Importers: registers as tables of text, row by row, into domain types; every fault of a row with its line, column and rule.
//!
//! One file a form; `docs/import.md` tells the columns. A [`Sheet`] streams: it holds one line, and of forms whose rows are
//! known by a number or a code it remembers which it has seen. [`national`] reads the files of the national catalogue.
//!
//! A row is one line: a line that is too long or a quotation mark that is not closed spoils one row, not the file.

mod catalogue;
mod cells;
mod employers;
mod facilities;
mod lines;
pub mod national;
mod persons;
mod premiums;
mod record;
mod registrations;
mod row_error;
mod sheet;
mod spelling;

pub use catalogue::{catalogue, catalogue_rows};
pub use employers::{EmployerRow, employers};
pub use facilities::facilities;
pub use persons::{PersonRow, persons};
pub use premiums::{PremiumRow, premiums};
pub use registrations::{RegistrationRow, registrations};
pub use row_error::{RowError, RowErrors};
pub use sheet::{Row, Sheet};
