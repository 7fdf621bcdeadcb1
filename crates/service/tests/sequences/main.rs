//! Whole sequences of messages over HTTP, told so that they can be read aloud, with the money of every answer checked.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]

#[path = "../proof/mod.rs"]
mod proof;

mod inpatient;
mod outpatient;
mod pharmacy;
mod quirks;
mod tale;
