//! An independent model of the settlement: naive, slow and obvious, with exact fractions, sharing no code with the
//! crates it checks. It reads the same texts as the program and must come to the same fen.
//!
//! To read it beside `docs/policy.md`: [`rule`] finds rows, [`chain`] is the order of the law, [`line`] is step 2,
//! [`deductible`] step 5, [`fund`] steps 6 to 8, [`layer`] step 9. [`generate`] writes random policies and bills,
//! [`program`] is the only file that knows the program, [`compare`] sets the two against each other, [`slip`] proves
//! that a difference would be noticed, and [`anchor`] ties the model to published figures.
#![allow(clippy::print_stderr, reason = "a long run tells how far it is")]

mod anchor;
mod bill;
mod chain;
mod compare;
mod day;
mod deductible;
mod dice;
mod fraction;
mod fund;
mod generate;
mod laws;
mod layer;
mod line;
mod paths;
mod program;
mod rule;
mod seen;
mod slip;
mod tree;

use std::collections::BTreeSet;

use crate::chain::Amounts;
use crate::day::Day;
use crate::generate::policy::Region;
use crate::program::Program;
use crate::rule::Rule;
use crate::seen::{BRANCHES, Seen};
use crate::tree::Tree;

/// A policy and bills under it, with what the program makes of each.
type Settled = (Tree, Vec<(Tree, Result<Amounts, String>)>);

/// The program and the model come to the same fen for random bills under random policies, and these reach every branch.
#[test]
fn program_and_model_agree() {
    let long = is_long();
    let (policies, bills) = if long { (10_000, 100) } else { (800, 25) };
    let run = compare::run(policies, bills, long);
    if long {
        eprintln!(
            "{} bills under {policies} policies: no difference",
            run.bills
        );
        for (branch, count) in &run.seen.counts {
            eprintln!("{count:9} {branch}");
        }
    }
    let never: Vec<_> = BRANCHES
        .iter()
        .filter(|branch| !run.seen.counts.contains_key(*branch))
        .collect();
    assert!(never.is_empty(), "never reached: {never:?}");
    let unlisted: Vec<_> = run
        .seen
        .counts
        .keys()
        .filter(|branch| !BRANCHES.contains(branch) && **branch != compare::OTHER_REASON)
        .collect();
    assert!(
        unlisted.is_empty(),
        "not in the list of branches: {unlisted:?}"
    );
    let [same, other] = [compare::SAME_REASON, compare::OTHER_REASON]
        .map(|branch| run.seen.counts.get(branch).copied().unwrap_or(0));
    assert!(
        same > 10 * other,
        "{other} of {} bills are left unsettled for another reason",
        same + other
    );
}

/// Does `cargo xtask long` ask for the long run?
#[expect(
    clippy::disallowed_methods,
    reason = "the long run is asked for in this way"
)]
fn is_long() -> bool {
    std::env::var_os("YIBAO_LONG").is_some()
}

/// The same over every shipped policy; under each a good part of the bills can be settled.
#[test]
fn program_and_model_agree_on_every_shipped_policy() {
    let bills = if is_long() { 10_000 } else { 200 };
    let mut seen = Seen::default();
    for (path, settled) in compare::shipped(bills, &mut seen) {
        assert!(
            settled * 4 > bills,
            "{}: only {settled} of {bills} bills were settled",
            path.display()
        );
    }
}

/// A model that reads one thing wrongly differs from the program soon.
#[test]
fn every_slip_is_noticed() {
    const POLICIES: u64 = 50;
    const BILLS: u64 = 20;
    let mut settled: Vec<Settled> = Vec::new();
    for seed in 0..POLICIES {
        let region = Region::random(seed);
        let policy = Tree::read(&region.text).expect("a text");
        let rule = Rule::of(policy.clone());
        let program = Program::read(&region.text).expect("a policy");
        let bills = (0..BILLS).map(|number| {
            let text = generate::bill::random(&region, &rule, compare::seed_of_bill(seed, number));
            (Tree::read(&text).expect("a text"), program.settle(&text))
        });
        settled.push((policy, bills.collect()));
    }
    let unnoticed: Vec<&str> = slip::SLIPS
        .iter()
        .filter(|slip| noticed(slip, &settled).is_none())
        .map(|s| s.name)
        .collect();
    assert!(unnoticed.is_empty(), "nobody would notice: {unnoticed:?}");
}

/// After how many bills a slip is noticed.
fn noticed(slip: &slip::Slip, settled: &[Settled]) -> Option<u64> {
    let mut count = 0;
    for (policy, bills) in settled {
        let mut policy = policy.clone();
        (slip.policy)(&mut policy);
        let rule = Rule::of(policy);
        for (bill, by_program) in bills {
            count += 1;
            let mut bill = bill.clone();
            (slip.bill)(&mut bill);
            if chain::settle(&rule, &bill::Bill::of(bill), &mut Seen::default()) != *by_program {
                return Some(count);
            }
        }
    }
    None
}

/// The names of branches are told apart.
#[test]
fn branches_are_listed_once() {
    let set: BTreeSet<_> = BRANCHES.iter().collect();
    assert_eq!(set.len(), BRANCHES.len());
}

/// The model's calendar, which must not lean on the program's.
#[test]
fn the_calendar_is_right() {
    let day = Day::read;
    assert_eq!(day("2024-03-01").number() - day("2024-02-28").number(), 2);
    assert_eq!(day("2025-03-01").number() - day("2025-02-28").number(), 1);
    assert_eq!(day("2024-12-31").plus(1), day("2025-01-01"));
    assert_eq!(day("2000-02-28").plus(1), day("2000-02-29"));
    assert_eq!(
        day("1970-01-01").number() - day("0000-03-01").number(),
        719_468
    );
    for number in day("1890-01-01").number()..day("2110-01-01").number() {
        assert_eq!(Day::of(number).number(), number);
    }
    assert_eq!(day("2024-06-30").first_of_year("07-01"), day("2023-07-01"));
    assert_eq!(day("2024-07-01").first_of_year("07-01"), day("2024-07-01"));
    assert_eq!(day("2024-05-31").age(day("1964-06-01")), 59);
    assert_eq!(day("2024-06-01").age(day("1964-06-01")), 60);
}
