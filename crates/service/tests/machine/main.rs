//! Random sequences of all messages of visits against a small obvious model: what may be done, what must be refused and why, what
//! stands in the end.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]
#![allow(clippy::print_stdout, reason = "seeds and counts are told")]

#[path = "../proof/mod.rs"]
mod proof;

mod acts;
mod model;
mod run;

use std::collections::BTreeMap;

/// Messages of a run.
const MESSAGES: u32 = 250;

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a long run is asked for by the environment"
)]
fn random_sequences_do_what_the_model_says() {
    let long = std::env::var_os("YIBAO_LONG").is_some();
    let runs = if long { 500 } else { 20 };
    let mut done: BTreeMap<(String, String), u64> = BTreeMap::new();
    for seed in 1..=runs {
        println!("seed {seed}");
        for (what, count) in run::run(seed, MESSAGES) {
            *done.entry(what).or_default() += count;
        }
    }
    for ((number, outcome), count) in &done {
        println!("{number:6} {outcome:18} {count}");
    }
    for number in model::NUMBERS {
        let well = done.get(&((*number).to_owned(), String::new()));
        assert!(well.is_some(), "{number} never went well");
    }
    for number in ["2305", "2601"] {
        let late = done.get(&(number.to_owned(), "not_latest".to_owned()));
        assert!(late.is_some(), "{number} never came out of order");
    }
}
