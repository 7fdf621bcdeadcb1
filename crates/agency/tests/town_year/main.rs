//! A year of a small town by its seed: every act is followed by the laws, every settlement is made a second time by the independent model.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]
#![allow(clippy::print_stderr, reason = "what was tried is told")]

#[path = "../house/mod.rs"]
mod house;

// The independent model of the settlement, which shares no code with the program; its modules know each other by these names.
#[path = "../../../policy/tests/model/bill.rs"]
#[allow(dead_code, reason = "the model's own tests use the rest")]
mod bill;
#[path = "../../../policy/tests/model/chain.rs"]
#[allow(dead_code, reason = "the model's own tests use the rest")]
mod chain;
#[path = "../../../policy/tests/model/day.rs"]
#[allow(dead_code, reason = "the model's own tests use the rest")]
mod day;
#[path = "../../../policy/tests/model/deductible.rs"]
mod deductible;
#[path = "../../../policy/tests/model/fraction.rs"]
#[allow(dead_code, reason = "the model's own tests use the rest")]
mod fraction;
#[path = "../../../policy/tests/model/fund.rs"]
mod fund;
#[path = "../../../policy/tests/model/layer.rs"]
mod layer;
#[path = "../../../policy/tests/model/line.rs"]
mod line;
#[path = "../../../policy/tests/model/rule.rs"]
#[allow(dead_code, reason = "the model's own tests use the rest")]
mod rule;
#[path = "../../../policy/tests/model/seen.rs"]
#[allow(dead_code, reason = "the model's own tests use the rest")]
mod seen;
#[path = "../../../policy/tests/model/tree.rs"]
mod tree;

mod judge;
mod month;
mod slip;
mod year;

use crate::judge::Judged;
use crate::year::Year;

/// The year begins in July, accounts are credited a year in advance and pay first.
#[test]
fn a_year_in_shanghai() {
    year_in("310000", 1);
}

/// Monthly credits, many layers, a premium that the collector states.
#[test]
fn a_year_in_beijing() {
    year_in("110000", 2);
}

/// The account pays before the deductible.
#[test]
fn a_year_in_hangzhou() {
    year_in("330100", 3);
}

/// Accounts with a monthly credit, the retired a fixed one.
#[test]
fn a_year_in_wuhan() {
    year_in("420100", 4);
}

/// Lives a year; every act keeps the laws, every settlement agrees with the model.
fn year_in(region: &str, seed: u64) {
    let persons = if is_long() { 1_000 } else { 80 };
    let mut judged = Judged::default();
    let mut year = Year::new(seed, region, persons);
    year.lives(12, &mut judged);
    let (seen, refused) = (&year.mirror.seen, &year.refused);
    eprintln!("{region}, {persons} persons: {judged:?}\n  entries {seen:?}\n  refused {refused:?}");
    assert!(judged.settlements > 100 && judged.paid > 50, "{judged:?}");
    assert!(year.repeated > 20 && seen["reversal"] > 10, "{seen:?}");
}

/// The same seed gives the same entries to the last hash, whatever happens between the lanes' threads.
#[test]
fn a_seed_gives_the_same_chains() {
    let heads = |seed| {
        let mut year = Year::new(seed, "310000", 40);
        year.lives(4, &mut Judged::default());
        year.mirror.heads()
    };
    assert_eq!(heads(7), heads(7));
    assert_ne!(heads(7), heads(8));
}

/// Does `cargo xtask long` ask for the long run?
#[expect(
    clippy::disallowed_methods,
    reason = "the long run is asked for in this way"
)]
fn is_long() -> bool {
    std::env::var_os("YIBAO_LONG").is_some()
}
