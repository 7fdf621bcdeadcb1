//! The personal account: credit, interest, roll-over, withdrawal.

use domain::Fen;
use domain::account::AccountPart;
use domain::interest;
use domain::ledger::{LedgerAccount, Postings};
use domain::membership::{Enrolment, Membership};
use domain::month::Month;
use domain::person::{CoverageState, Status};
use domain::policy::contribution::Every;
use jiff::civil::Date;

use super::death::goes_on;
use super::premium::{base_of, bounded, months, sum};
use super::{Draft, Known};
use crate::record::{Credited, Event, InterestPaid, Withdrawn, YearClosed};
use crate::refused::Refused;
use crate::state::AccountState;

/// The month's credit, after its premium; or the year's, in the first month of the benefit year, in advance.
///
/// What was paid in for the account comes first, the pooled fund gives the rest; of it what was credited too much before is set off.
pub(super) fn credit(known: &Known<'_>, month: u32, on: Date) -> Result<Draft, Refused> {
    let state = known.living()?;
    let (first, _) = months(month, month)?;
    let day = first.last_day();
    let (_, version) = known.policy(day)?;
    let policy = version.policy();
    let status = state
        .status(day)
        .ok_or(Refused::NotEnrolled(known.person))?;
    let row = state.credit_row(policy, first);
    let row = row.ok_or(Refused::NoCredit(day))?;
    if state.account.is_credited(month) {
        return Err(Refused::CreditedAlready(month));
    }
    let count = match row.every {
        Every::Month => 1,
        Every::Year => uncredited(&state.account, policy.year.starts.of(day), first),
    };
    due(known, &state.membership, (status, first), row.every)?;
    // The base that the premium was paid on, else the declared one of the month.
    let paid_on = state.account.paid_base(month);
    let base = base_of(row.every, bounded(policy, paid_on.or(state.base_on(day))));
    let amount = sum(policy.rounding.fund, policy.figures(&row.sum), base);
    let amount = amount.ok_or(Refused::NoBase(known.person))?;
    let amount = match row.every {
        Every::Month => amount,
        Every::Year => part_of_year(amount, count, policy.rounding.fund),
    };
    let rule = u16::try_from(row.row.number + 1).unwrap_or(0);
    let event = Event::Credit(Credited {
        month,
        months: count,
        withdrawable: policy
            .keeping
            .withdrawable_before()
            .is_some_and(|(before, _)| on < before),
    });
    Ok(Draft {
        policy: version.number,
        postings: funded(&state.account, amount, rule).list(),
        ..Draft::new(event, on)
    })
}

/// A monthly credit of somebody who pays comes after the premium; a retired person's while there is cover.
fn due(
    known: &Known<'_>,
    membership: &Membership,
    (status, month): (Status, Month),
    every: Every,
) -> Result<(), Refused> {
    let digits = month.digits();
    let day = month.last_day();
    let paid = || {
        let mut payments = membership.payments.iter();
        payments.any(|p| p.first <= month && month <= p.last)
    };
    let due = match (status, every) {
        (Status::Retired, _) | (_, Every::Year) => {
            let (_, version) = known.policy(day)?;
            let covered = version.policy().coverage(membership, day);
            // In advance: the year's premiums are still to come.
            let enrolled =
                |e: &Enrolment| e.from <= day && e.until.is_none_or(|(until, _)| day <= until);
            let in_advance = every == Every::Year && membership.enrolments.iter().any(enrolled);
            covered.state == CoverageState::InForce || in_advance
        }
        _ => paid(),
    };
    if due {
        Ok(())
    } else {
        Err(Refused::NotPaid(digits))
    }
}

/// Months from this one to the end of the benefit year.
fn left_of_year(begins: Date, month: Month) -> u32 {
    12_u32
        .saturating_sub(Month::of(begins).months_between(month))
        .max(1)
}

/// The same without the months that were credited before, and those after them.
fn uncredited(account: &AccountState, begins: Date, month: Month) -> u32 {
    let left = left_of_year(begins, month);
    let credited = |n: &u32| {
        let later = month.plus(i32::try_from(*n).unwrap_or(0));
        account.is_credited(later.digits())
    };
    (1..left).find(credited).unwrap_or(left)
}

/// Of a year's amount the part of so many months.
fn part_of_year(amount: Fen, months: u32, round: domain::Round) -> Fen {
    let part = domain::Ratio::new(u64::from(months.min(12)), 12);
    part.map_or(amount, |part| amount.split_by(part, round).0)
}

/// Where a credit comes from and where it goes.
fn funded(account: &AccountState, amount: Fen, rule: u16) -> Postings {
    let mut postings = Postings::with_capacity(2);
    let (paid_in, pooled) = amount.split_at(account.awaiting);
    let mut owed = account.owed;
    for (source, amount) in [
        (LedgerAccount::Awaiting, paid_in),
        (LedgerAccount::PooledFund, pooled),
    ] {
        let (set_off, credited) = amount.split_at(owed);
        owed = owed.beyond(set_off);
        postings.post(source, LedgerAccount::Owed, set_off, rule);
        postings.post(source, LedgerAccount::Current, credited, rule);
    }
    postings
}

/// The rules of the country's file are numbered from here in postings, those of the region's policy from 1.
const NATIONAL: usize = 1001;

/// Interest on both parts by the policy's rule and the rates of the day; it becomes prior years' money.
pub(super) fn interest(known: &Known<'_>, until: Date) -> Result<Draft, Refused> {
    let state = known.state()?;
    let (_, version) = known.policy(until)?;
    let policy = version.policy();
    let mut account = state.account.clone();
    // Where an entry has carried the count beyond the day, all that is counted is paid now and not again.
    account.count_to(until);
    let mut postings = Postings::with_capacity(2);
    for (part, days) in [
        (AccountPart::Current, account.current_days),
        (AccountPart::Prior, account.prior_days),
    ] {
        // The region's own rule, else the country's (国发〔1998〕44号).
        let national = known.office.keeping.interest(part);
        let own = policy.keeping.interest(part);
        let Some(row) = own.or(national).filter(|_| days > 0) else {
            continue;
        };
        let rate = known.office.rates.on(row.rate, until);
        let rate = rate.ok_or(Refused::NoRate(until))?;
        let amount = interest::interest(days.into(), rate.rate, policy.rounding.fund);
        let place = row.row.number + if own.is_some() { 1 } else { NATIONAL };
        let rule = u16::try_from(place).unwrap_or(0);
        let amount = amount.ok_or(Refused::Nothing)?;
        postings.post(LedgerAccount::Interest, LedgerAccount::Prior, amount, rule);
    }
    let postings = postings.list();
    if postings.is_empty() {
        return Err(Refused::Nothing);
    }
    let event = Event::Interest(InterestPaid {
        until,
        current: account.current_days,
        prior: account.prior_days,
    });
    let draft = Draft {
        policy: version.number,
        postings,
        ..Draft::new(event, until)
    };
    Ok(goes_on(known, draft))
}

/// The current-year part becomes prior years'.
pub(super) fn close_year(known: &Known<'_>, begins: Date) -> Result<Draft, Refused> {
    let state = known.state()?;
    let current = state.account.current;
    if state.account.rolled.is_some_and(|rolled| begins <= rolled) {
        return Err(Refused::Nothing);
    }
    // An account that bills have emptied is closed all the same: what their reversal gives back is prior years' money.
    // The new year's money must not become the old one's.
    let new_year = Month::of(begins).digits();
    if state.account.credited() >= new_year && !current.is_zero() {
        return Err(Refused::CreditFirst(new_year));
    }
    let emptied = state.account.credited() != 0 && state.last_settlement != 0;
    if current.is_zero() && !emptied {
        return Err(Refused::Nothing);
    }
    let mut postings = Postings::default();
    postings.post(LedgerAccount::Current, LedgerAccount::Prior, current, 0);
    Ok(Draft {
        postings: postings.list(),
        ..Draft::new(Event::YearClosed(YearClosed { begins }), begins)
    })
}

/// Only where the policy says so; the account is for care (专款专用) and nothing else.
pub(super) fn withdraw(known: &Known<'_>, amount: Fen, on: Date) -> Result<Draft, Refused> {
    let state = known.living()?;
    let (scheme, version) = known.policy(on)?;
    let keeping = &version.policy().keeping;
    keeping
        .withdrawable_before()
        .ok_or(Refused::NotWithdrawable)?;
    let account = &state.account;
    let left = account.withdrawable.split_at(account.own()).0;
    if amount > left {
        return Err(Refused::TooLittle(amount, left));
    }
    let (of_prior, of_current) = amount.split_at(account.prior);
    let mut postings = Postings::default();
    let drawn = LedgerAccount::Withdrawn;
    postings.post(LedgerAccount::Prior, drawn, of_prior, 0);
    postings.post(LedgerAccount::Current, drawn, of_current, 0);
    Ok(Draft {
        policy: version.number,
        postings: postings.list(),
        ..Draft::new(Event::Withdrawn(Withdrawn { scheme }), on)
    })
}
