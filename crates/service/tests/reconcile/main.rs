//! What institutions and the agency reconcile by: totals of a period, and rows one by one.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]

mod house;
mod months;
mod page;
mod rows;
mod totals;
