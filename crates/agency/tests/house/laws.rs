//! The laws of the domain as they show in one entry.

use std::collections::BTreeMap;

use agency::record::{Cost, Event, FeeLine, Reversed, Settled};
use domain::ledger::{EntryKind, LedgerAccount, Posting};
use domain::month::Month;
use domain::person::{CoverageState, Status};
use domain::step::{Effect, Note, Payer, Step, Totals};

use super::mirror::{Case, Held};

const CURRENT: u16 = LedgerAccount::Current.number().0;
const PRIOR: u16 = LedgerAccount::Prior.number().0;
const GRANTED: u16 = LedgerAccount::Granted.number().0;
const AWAITING: u16 = LedgerAccount::Awaiting.number().0;
const OWED: u16 = LedgerAccount::Owed.number().0;

/// What must hold of an entry, given what stood before it.
pub(crate) fn hold(case: &Case<'_>) -> Result<(), String> {
    if case.entry.postings.iter().any(|p| p.amount.is_zero()) {
        return Err("a posting of nothing".into());
    }
    match case.event {
        Event::Settled(settled) => settlement(case, settled),
        Event::Reversed(reversed) => reversal(case, reversed),
        Event::Credit(credit) => {
            let month = Month::of_digits(credit.month).ok_or("a month that is none")?;
            let status = case.before.state.status(month.last_day());
            require(
                status != Some(Status::Resident),
                "4: residents have no account",
            )
        }
        _ => Ok(()),
    }
}

/// What must hold of a person after an entry: the state is what the postings alone come to, and nothing is below zero.
pub(crate) fn hold_after(held: &Held, person: u64) -> Result<(), String> {
    let account = &held.state.account;
    for (number, sign, stated) in [
        (CURRENT, 1, account.current),
        (PRIOR, 1, account.prior),
        (AWAITING, 1, account.awaiting),
        (GRANTED, 1, held.state.granted()),
        (OWED, -1, account.owed),
    ] {
        let sum = sign * held.account(number);
        if sum != i128::from(stated.fen()) {
            return Err(format!(
                "3: account {number} of person {person} is {sum} by the postings and {} by the state",
                stated.fen()
            ));
        }
    }
    if let Some((place, sum)) = held.years.iter().find(|(_, sum)| **sum < 0) {
        return Err(format!("year sum {place:?} is {sum}"));
    }
    for year in &held.state.years.0 {
        for &(account, amount) in &year.sums {
            let sum = held.years.get(&(year.scheme, year.first, account.0));
            if sum != Some(&i128::from(amount)) {
                return Err(format!("year sum {}: {sum:?}, kept as {amount}", account.0));
            }
        }
    }
    Ok(())
}

fn settlement(case: &Case<'_>, settled: &Settled) -> Result<(), String> {
    let steps = steps(settled);
    let totals: Totals = steps.iter().collect();
    let paid: u64 = totals.paid.iter().map(|fen| fen.fen()).sum();
    if paid != cost(&settled.care.cost) {
        return Err(format!("1: {paid} paid of {}", cost(&settled.care.cost)));
    }
    let by = |payer: Payer| i128::from(totals.paid[payer.index()].fen());
    for (payer, account) in [
        (Payer::Current, CURRENT),
        (Payer::Prior, PRIOR),
        (Payer::Family, GRANTED),
    ] {
        let has = case.before.account(account);
        let used = by(payer);
        require(used <= has.max(0), "3: more than the account has")?;
        require(
            used == 0 || !settled.care.spare_account,
            "3: it was to be spared",
        )?;
    }
    let refused = steps
        .iter()
        .any(|s| matches!(s.effect, Effect::Noted(Note::Refused(_))));
    let uncovered = settled
        .coverage
        .iter()
        .any(|on| on.state != CoverageState::InForce);
    require(
        !refused || totals.funds().is_zero(),
        "5: refused, and a fund pays",
    )?;
    let abroad = settled.coverage.is_empty();
    require(
        !abroad && (!uncovered || refused),
        "5: not covered, and not refused",
    )?;
    let version = case.office.policies.numbered(case.entry.policy);
    let plan = &version.ok_or("10: no such policy")?.file.plan;
    for step in &steps {
        // Ends the test where the plan has no such rule.
        let _ = plan.rule(step.rule);
    }
    let payable = |p: &&Posting| p.credit == LedgerAccount::Payable.number();
    let payable: u64 = case
        .entry
        .postings
        .iter()
        .filter(payable)
        .map(|p| p.amount.fen())
        .sum();
    let kept = totals.paid[Payer::Cash.index()].fen() + totals.paid[Payer::Hospital.index()].fen();
    require(
        payable + kept == paid,
        "the institution is owed what funds and accounts pay",
    )
}

/// Taken together the two come to nothing in every account; the two parts of a personal account count as one. What comes back to
/// somebody who has died goes on in the same entry, and none of it stays.
fn reversal(case: &Case<'_>, reversed: &Reversed) -> Result<(), String> {
    let about = case
        .entries
        .get(&case.entry.about)
        .ok_or("8: it reverses nothing")?;
    require(
        about.person == case.entry.person,
        "8: it reverses another person's entry",
    )?;
    require(
        about.kind == reversed.kind.code(),
        "8: it reverses another kind",
    )?;
    let twice = case.entries.values().any(|e| {
        e.kind == EntryKind::Reversal.code() && e.about == about.seq && e.person == about.person
    });
    require(!twice, "8: it is reversed already")?;
    let dead = case.before.state.heir.is_some();
    let of_account = |number: u16| number == CURRENT || number == PRIOR;
    let goes_on = |p: &&Posting| dead && of_account(p.debit.0);
    let stays: i128 = case.entry.postings.iter().map(account_change).sum();
    require(
        !dead || stays == 0,
        "8: money stays with somebody who has died",
    )?;
    let back = case.entry.postings.iter().filter(|p| !goes_on(p));
    let mut sums: BTreeMap<u16, i128> = BTreeMap::new();
    for posting in about.postings.iter().chain(back) {
        let amount = i128::from(posting.amount.fen());
        for (account, amount) in [(posting.debit.0, -amount), (posting.credit.0, amount)] {
            let part = matches!(account, PRIOR | OWED);
            *sums
                .entry(if part { CURRENT } else { account })
                .or_default() += amount;
        }
    }
    match sums.iter().find(|(_, sum)| **sum != 0) {
        Some((account, sum)) => Err(format!("8: account {account} is left with {sum}")),
        None => Ok(()),
    }
}

/// What a posting brings into the two parts of the account.
fn account_change(posting: &Posting) -> i128 {
    let part = |number: u16| i128::from(number == CURRENT || number == PRIOR);
    let amount = i128::from(posting.amount.fen());
    (part(posting.credit.0) - part(posting.debit.0)) * amount
}

pub(crate) fn steps(settled: &Settled) -> Vec<Step> {
    let steps = settled.steps.iter().map(|form| form.step());
    steps
        .map(|step| step.expect("a step of a known form"))
        .collect()
}

fn cost(cost: &Cost) -> u64 {
    match cost {
        Cost::Sums(sums) => sums.iter().sum(),
        Cost::Lines(lines) => lines.iter().map(amount).sum(),
    }
}

/// Quantity times price, a half fen up, as every shipped policy rounds a line.
fn amount(line: &FeeLine) -> u64 {
    let product = u128::from(line.quantity) * u128::from(line.unit_price);
    u64::try_from((product + 50_000_000) / 100_000_000).expect("an amount")
}

fn require(holds: bool, law: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(law.to_owned()) }
}
