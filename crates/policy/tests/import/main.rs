//! Importers on good files: what a row becomes, the bytes around rows, the national lists, the shipped samples.
//!
//! What is said of wrong rows stands in `tests/bad/registers.snap`.

mod bytes;
mod combination;
mod documented;
mod good;
mod national;
mod samples;
