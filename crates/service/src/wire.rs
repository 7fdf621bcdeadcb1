//! The wire: the interface between institutions and the agency as bytes, field by field.
//!
//! Reading order: [`node`] (JSON as it came), [`message`] (the envelope), [`fields`] and [`codes`] (the tables of the
//! specification as data), [`read`] (a node by its table), [`write`](mod@write) (the answer), [`ids`], [`paths`].
//! Nothing here knows a rule of the insurance, reads a clock or keeps anything.

pub mod codes;
pub mod fields;
pub mod ids;
pub mod message;
pub mod node;
pub mod paths;
pub mod read;
pub mod write;
