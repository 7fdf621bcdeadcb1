//! What the fuzz targets share: shipped files to begin with, changes that keep a text nearly good, and laws that hold whatever
//! comes in.
//!
//! A target plants the shipped files in its corpus when it starts ([`seeds`]), so none is committed. [`edit`] changes a text line by
//! line with the words of `words.dict`, which libFuzzer reads as well (`-dict=fuzz/words.dict`).
//!
//! `cargo xtask fuzz 60` runs every target for a minute. What it finds lies in `fuzz/artifacts`; run it again with
//! `cargo fuzz run --sanitizer none bill fuzz/artifacts/bill/crash-…`, and make it the smallest text of a case in
//! `crates/policy/tests/bad`.

pub mod dice;
pub mod edit;
pub mod laws;
pub mod rows;
pub mod seeds;
