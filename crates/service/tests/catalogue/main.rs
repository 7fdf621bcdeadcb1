//! Catalogues and files over the wire: sent and fetched, handed out and read in again, asked for page by page.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]

mod extracts;
mod files;
mod house;
mod matching;
mod queries;
mod server;
