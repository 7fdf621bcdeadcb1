//! Lives with the agency, told step by step: one file a subject, one transcript a tale. Every tale ends with its books kept a second time.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]

#[path = "../house/mod.rs"]
mod house;

mod tale;

mod account;
mod care;
mod clock;
mod door;
mod family;
mod guards;
mod keys;
mod leaving;
mod look;
mod membership;
mod papers;
mod premiums;
mod reversal;
mod slips;
mod visits;
mod who;
