//! Premiums: what is due for months, who pays it, into which purse.

use domain::Fen;
use domain::ledger::{LedgerAccount, Postings};
use domain::month::Month;
use domain::policy::contribution::{Contributor, Every, Figures, Premium, PremiumPurse};
use domain::{Policy, Round};
use jiff::civil::Date;

use super::{Draft, Known};
use crate::record::member::month_of;
use crate::record::{Event, PremiumPaid};
use crate::refused::Refused;
use crate::state::PersonState;

/// A monthly premium is late after the last day of its month, a yearly one when the year has begun.
pub(super) fn pay(
    known: &Known<'_>,
    (first, last): (u32, u32),
    base: Option<Fen>,
    paid: Date,
) -> Result<Draft, Refused> {
    let state = known.living()?;
    let (from, until) = months(first, last)?;
    if unpaid(state, from, until) == 0 {
        return Err(Refused::PaidAlready(first, last));
    }
    let day = from.first_day();
    let (_, version) = known.policy(day.max(first_enrolled(state).unwrap_or(day)))?;
    let policy = version.policy();
    let status = state
        .status(until.last_day())
        .ok_or(Refused::NotEnrolled(known.person))?;
    let due = |row: &&Premium| {
        let has = |identity: &String| state.identities.contains(identity);
        row.statuses.contains(&status)
            && row.identities.iter().all(has)
            && !row.without.iter().any(has)
    };
    let rows: Vec<&Premium> = policy.contributions.premiums.iter().filter(due).collect();
    if rows.is_empty() {
        return Err(Refused::NoPremium(day));
    }
    let base = bounded(policy, base.or(state.base));
    let count = unpaid(state, from, until);
    let mut postings = Postings::with_capacity(rows.len());
    let mut of_base = false;
    for row in &rows {
        let figures = policy.figures(&row.sum);
        of_base |= matches!(figures, Figures::Part(_, None));
        let once = sum(policy.rounding.fund, figures, base).ok_or(Refused::NoBase(known.person))?;
        let times = match row.every {
            Every::Month => count,
            Every::Year => 1,
        };
        let rule = u16::try_from(row.row.number + 1).unwrap_or(0);
        for _ in 0..times {
            postings.post(payer(row.payer), purse(row.into), once, rule);
        }
    }
    let yearly = rows.iter().all(|row| row.every == Every::Year);
    let due_by = if yearly {
        from.first_day()
    } else {
        from.last_day()
    };
    let event = PremiumPaid {
        first,
        last,
        base: base.filter(|_| of_base),
        late: (paid > due_by).then_some(paid),
    };
    Ok(Draft {
        party: state.employer.clone().unwrap_or_default(),
        policy: version.number,
        postings: postings.list(),
        ..Draft::new(Event::Premium(event), paid)
    })
}

/// Months of the span that are not paid for.
fn unpaid(state: &PersonState, first: Month, last: Month) -> u32 {
    let mut unpaid = first.months_between(last.next());
    for payment in &state.membership.payments {
        let (from, until) = (payment.first.max(first), payment.last.min(last));
        if from <= until {
            unpaid = unpaid.saturating_sub(from.months_between(until.next()));
        }
    }
    unpaid
}

fn first_enrolled(state: &PersonState) -> Option<Date> {
    state.membership.enrolments.first().map(|e| e.from)
}

/// The base between its floor and its ceiling.
pub(super) fn bounded(policy: &Policy, base: Option<Fen>) -> Option<Fen> {
    let bounds = policy.contributions.base.as_ref();
    let floor = bounds.and_then(|b| b.floor.as_ref()).map(|f| f.value);
    let ceiling = bounds.and_then(|b| b.ceiling.as_ref()).map(|c| c.value);
    let base = base.or(floor)?;
    let base = floor.map_or(base, |floor| base.max(floor));
    Some(ceiling.map_or(base, |ceiling| base.min(ceiling)))
}

/// A sum by its figures; none when it is a part of a base that is not known.
pub(super) fn sum(round: Round, figures: Figures, base: Option<Fen>) -> Option<Fen> {
    match figures {
        Figures::Fixed(amount) => Some(amount),
        Figures::Part(ratio, Some(figure)) => Some(figure.split_by(ratio, round).0),
        Figures::Part(ratio, None) => base.map(|base| base.split_by(ratio, round).0),
    }
}

/// A span of months; at most ten years at once.
pub(super) fn months(first: u32, last: u32) -> Result<(Month, Month), Refused> {
    let span = month_of(first).zip(month_of(last));
    span.filter(|(first, last)| first <= last && first.months_between(*last) < 120)
        .ok_or(Refused::NotPaid(first))
}

const fn payer(payer: Contributor) -> LedgerAccount {
    match payer {
        Contributor::Employer => LedgerAccount::EmployerPremium,
        Contributor::Person => LedgerAccount::PersonPremium,
        Contributor::Government => LedgerAccount::Subsidy,
    }
}

const fn purse(purse: PremiumPurse) -> LedgerAccount {
    match purse {
        PremiumPurse::Pooled => LedgerAccount::PooledFund,
        PremiumPurse::LargeAmount => LedgerAccount::LargeAmountFund,
        PremiumPurse::Account => LedgerAccount::Awaiting,
    }
}
