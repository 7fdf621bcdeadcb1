//! The reading room: policies, bills, cases and registers into domain types, with errors that name the place, the value and the rule.
//!
//! Text becomes a tree of [`node`]s with positions, whether it was TOML or JSON; a [`reader`] takes the tree apart and
//! collects every error; [`file`](mod@file) and [`bill`] build domain types. [`shelf`] finds the policy of a day.
//! [`import`] reads registers and catalogues, which are large tables, row by row.
//!
//! Deliberately absent: databases, networks, and any arithmetic of a settlement.

pub mod bill;
pub mod cases;
pub mod diff;
pub mod error;
pub mod figure;
pub mod file;
pub mod import;
mod json;
pub mod library;
mod node;
pub mod phrases;
mod reader;
pub mod reform;
pub mod schema;
pub mod shelf;
pub mod source;
mod toml;

pub use error::{Error, Errors};
pub use file::PolicyFile;
pub use library::Library;
pub use shelf::Shelf;
pub use source::Source;
