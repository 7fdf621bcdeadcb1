//! The pages without a browser: what anyone may ask, who signs in, and what nobody else sees.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]

#[path = "../house/mod.rs"]
mod house;

mod been;
mod bills;
mod cashier;
mod chosen;
mod family;
mod funds;
mod history;
mod language;
mod mine;
mod office;
mod operators;
mod pay;
mod policies;
mod proposals;
mod refused;
mod staff;
mod visitor;
mod voucher;
mod what_if;
