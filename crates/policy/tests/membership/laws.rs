//! Laws of coverage on random memberships, with a fixed seed.

use domain::Policy;
use domain::coverage::Covered;
use domain::membership::{Enrolment, Joining, Leaving, Membership, Sex};
use domain::month::Month;
use domain::person::{Coverage, CoverageState, Status};
use fastrand::Rng;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::story::policy;

const SHIPPED: [&str; 8] = [
    "town.toml",
    "330100/employee/2023-01-01.toml",
    "330100/resident/2023-01-01.toml",
    "321000/employee/2023-01-01.toml",
    "420100/employee/2023-04-10.toml",
    "610100/resident/2023-01-01.toml",
    "110000/employee/2023-01-01.toml",
    "500000/employee/2023-01-01.toml",
];

const MEMBERSHIPS: usize = 400;

fn day(rng: &mut Rng) -> Date {
    date(2020, 1, 1).saturating_add(rng.i32(0..2_500).days())
}

fn pick<T: Copy>(rng: &mut Rng, all: &[T]) -> T {
    all[rng.usize(0..all.len())]
}

fn membership(rng: &mut Rng) -> Membership {
    let mut membership = Membership {
        birth: rng.bool().then(|| day(rng)),
        sex: rng.bool().then(|| pick(rng, Sex::ALL)),
        earlier_months: rng.u32(0..400),
        ..Membership::default()
    };
    let mut from = day(rng);
    for _ in 0..rng.usize(0..4) {
        let last = from.saturating_add(rng.i32(0..700).days());
        membership.enrolments.push(Enrolment {
            status: pick(rng, Status::ALL),
            joining: pick(rng, Joining::ALL),
            from,
            until: Some((last, pick(rng, Leaving::ALL))),
        });
        from = last.saturating_add(rng.i32(1..200).days());
    }
    if let Some(last) = membership.enrolments.last_mut()
        && rng.bool()
    {
        last.until = None;
    }
    for _ in 0..rng.usize(0..8) {
        let first = Month::of(day(rng));
        let last = first.plus(rng.i32(0..14));
        let late = rng.bool().then(|| {
            let late = rng.i32(0..200).days();
            first.first_day().saturating_add(late)
        });
        membership.pay(first, last, late);
    }
    if rng.bool() {
        let first = Month::of(day(rng));
        membership.unpay(first, first.plus(rng.i32(0..6)));
    }
    membership
}

fn each(mut law: impl FnMut(&Policy, &Membership, &mut Rng)) {
    for (number, name) in (0..).zip(SHIPPED) {
        let policy = policy(name);
        let mut rng = Rng::with_seed(20_240_101 + number);
        for _ in 0..MEMBERSHIPS {
            let membership = membership(&mut rng);
            law(&policy, &membership, &mut rng);
        }
    }
}

fn same(a: &Covered<'_>, b: &Covered<'_>) -> bool {
    (a.state, a.reason, a.cite) == (b.state, b.reason, b.cite)
}

/// The days from `since` to `until` have the answer of the day itself, and the next such stretch begins where this one ends.
#[test]
fn an_answer_holds_as_long_as_it_says() {
    each(|policy, membership, rng| {
        let asked = day(rng);
        let covered = policy.coverage(membership, asked);
        assert!(
            covered.since.is_none_or(|since| since <= asked),
            "{asked}: {covered:?}"
        );
        assert!(
            covered.until.is_none_or(|until| until >= asked),
            "{asked}: {covered:?}"
        );
        let (since, until) = (
            covered.since.unwrap_or(Date::MIN),
            covered.until.unwrap_or(Date::MAX),
        );
        let between = since.max(day(rng)).min(until);
        for other in [since, between, until] {
            let found = policy.coverage(membership, other);
            assert!(
                same(&covered, &found),
                "{asked} {other}\n{covered:?}\n{found:?}\n{membership:#?}"
            );
        }
    });
}

#[test]
fn the_stretches_of_a_membership_follow_each_other_to_its_end() {
    each(|policy, membership, _| {
        let mut day = Date::MIN;
        let mut stretches = 0;
        while let Some(until) = policy.coverage(membership, day).until {
            day = until
                .tomorrow()
                .expect("there is a day after the last change");
            stretches += 1;
            assert!(stretches < 1_000, "{membership:#?}");
        }
    });
}

/// The spells of a bill tell on every day the state that is judged for it.
#[test]
fn spells_have_the_state_of_each_of_their_days() {
    each(|policy, membership, rng| {
        let (a, b) = (day(rng), day(rng));
        let (from, until) = (a.min(b), a.max(b));
        let coverage = Coverage::Spells(policy.spells(membership, from, until));
        for _ in 0..20 {
            let day = day(rng).max(from).min(until);
            let judged = policy.coverage(membership, day);
            assert_eq!(coverage.on(day), judged.state, "{day} {judged:?}");
        }
        assert!(policy.spells(membership, until, from).len() <= usize::from(from == until));
    });
}

/// Who is enrolled nowhere, or whose last enrolment has ended, is not covered whatever was paid.
#[test]
fn nobody_is_covered_outside_an_enrolment() {
    each(|policy, membership, rng| {
        let day = day(rng);
        let covered = policy.coverage(membership, day);
        let newborn = |e: &Enrolment| {
            let birth = membership.birth.filter(|_| e.joining == Joining::Newborn);
            birth.map_or(e.from, |birth| birth.min(e.from))
        };
        let within =
            |e: &Enrolment| newborn(e) <= day && e.until.is_none_or(|(last, _)| day <= last);
        if !membership.enrolments.iter().any(within) {
            assert!(
                matches!(covered.state, CoverageState::Ended | CoverageState::None),
                "{day} {covered:?} {membership:#?}"
            );
        }
    });
}

/// A correction backwards and the payment anew come to the membership as it was.
#[test]
fn a_month_taken_back_and_paid_again_changes_nothing() {
    each(|_, membership, rng| {
        let month = Month::of(day(rng));
        let paid = |m: &Membership| {
            let row = m
                .payments
                .iter()
                .find(|p| p.first <= month && month <= p.last);
            row.copied()
        };
        let mut again = membership.clone();
        if let Some(row) = paid(membership) {
            again.unpay(month, month);
            assert_eq!(paid(&again), None);
            assert_eq!(again.paid_months() + 1, membership.paid_months());
            again.pay(month, month, row.late);
        }
        assert_eq!(again, *membership);
    });
}
