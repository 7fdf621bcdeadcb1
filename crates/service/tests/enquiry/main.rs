//! What institutions ask of what the books hold, told as stories: what was done, and what is answered afterwards.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]

#[path = "../house/mod.rs"]
mod house;

mod care;
mod filed;
mod registered;
mod settled;
