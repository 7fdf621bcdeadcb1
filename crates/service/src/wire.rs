//! The wire: the interface between institutions and the agency as bytes, field by field.
//!
//! Reading order: [`node`] (JSON as it came), [`message`] (the envelope), [`fields`] and [`codes`] (the tables of the
//! specification as data), [`read`] (a node by its table), [`write`](mod@write) (the answer), [`ids`], [`paths`].
//! Nothing here knows a rule of the insurance, reads a clock or keeps anything.

mod bill;
mod catalogue;
mod charges;
pub mod codes;
mod dictionary;
mod enquiry;
mod explained;
mod extract;
pub mod fields;
mod files;
pub mod filing;
pub mod ids;
mod inpatient;
mod items;
mod kinds;
mod lookup;
mod matching;
pub mod message;
pub mod node;
mod outpatient;
mod paging;
pub mod paths;
mod people;
mod pharmacy;
pub mod read;
mod reconciliation;
pub mod refusal;
mod registration;
mod reversal;
mod rows;
mod settled;
mod sign;
pub mod statement;
pub mod transactions;
pub mod work;
pub mod write;

pub(crate) use charges::{made, product};
pub(crate) use explained::family;
pub use kinds::insurance;
pub(crate) use kinds::{called, care};
pub(crate) use people::{nobody, whose};
