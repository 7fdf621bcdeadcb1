//! Premiums: what is due for months, who pays it, into which purse.

use domain::Fen;
use domain::ledger::{LedgerAccount, Postings};
use domain::month::Month;
use domain::policy::contribution::{Contributor, Every, Figures, Premium, PremiumPurse};
use domain::{Policy, Round};
use jiff::civil::Date;

use super::{Draft, Known};
use crate::record::money::Stated;
use crate::record::{Event, PremiumPaid};
use crate::refused::Refused;
use crate::state::PersonState;

/// A payment for months, as it is asked.
pub(super) struct Payment<'a> {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) base: Option<Fen>,
    pub(super) stated: &'a [Stated],
    pub(super) paid: Date,
}

/// A monthly premium is late after the last day of its month, a yearly one when the year has begun.
pub(super) fn pay(known: &Known<'_>, payment: &Payment<'_>) -> Result<Draft, Refused> {
    let state = known.living()?;
    let (from, until) = months(payment.first, payment.last)?;
    if unpaid(state, from, until) == 0 {
        return Err(Refused::PaidAlready(payment.first, payment.last));
    }
    let day = from.first_day();
    let (_, version) = known.policy(day.max(first_enrolled(state).unwrap_or(day)))?;
    let rows = due(known, version.policy(), until)?;
    let due = Due::of(known, version.policy(), &rows, payment)?;
    let yearly = rows.iter().all(|row| row.every == Every::Year);
    let due_by = match (rows.is_empty(), yearly) {
        // Without rows of the policy what is paid for a year at once is due before it begins.
        (true, _) if until >= from.plus(11) => from.first_day(),
        (true, _) | (false, false) => from.last_day(),
        (false, true) => from.first_day(),
    };
    let event = PremiumPaid {
        first: payment.first,
        last: payment.last,
        before: paid_before(state, from, until),
        base: due.base,
        late: (payment.paid > due_by).then_some(payment.paid),
    };
    Ok(Draft {
        party: state.employer.clone().unwrap_or_default(),
        policy: version.number,
        postings: due.postings.list(),
        ..Draft::new(Event::Premium(event), payment.paid)
    })
}

/// The rows of the policy for such a person.
fn due<'a>(
    known: &Known<'a>,
    policy: &'a Policy,
    until: Month,
) -> Result<Vec<&'a Premium>, Refused> {
    let state = known.state()?;
    let status = state
        .status(until.last_day())
        .ok_or(Refused::NotEnrolled(known.person))?;
    let due = |row: &&Premium| {
        let identities = state.identities_on(until.last_day());
        let has = |identity: &String| identities.contains(identity);
        row.statuses.contains(&status)
            && row.identities.iter().all(has)
            && !row.without.iter().any(has)
    };
    Ok(policy.contributions.premiums.iter().filter(due).collect())
}

/// What is posted for a payment.
struct Due {
    postings: Postings,
    /// The base, where a part of it is taken.
    base: Option<Fen>,
}

impl Due {
    /// By the policy's rows, or where it has none as the collector reports it; where both speak they must agree.
    fn of(
        known: &Known<'_>,
        policy: &Policy,
        rows: &[&Premium],
        payment: &Payment<'_>,
    ) -> Result<Due, Refused> {
        let stated: Fen = payment.stated.iter().map(|s| s.amount).sum();
        if rows.is_empty() {
            if payment.stated.is_empty() {
                let first = Month::of_digits(payment.first).map(Month::first_day);
                return Err(Refused::NoPremium(first.unwrap_or(payment.paid)));
            }
            let declared = payment.base.or(state_base(known, payment.last)?);
            let base = declared.and_then(|base| bounded(policy, Some(base)));
            return Ok(Due::stated(payment.stated, base));
        }
        let due = Due::by_rows(known, policy, rows, payment)?;
        let sum = due.postings.sum();
        if !payment.stated.is_empty() && stated != sum {
            return Err(Refused::OtherAmount(stated, sum));
        }
        Ok(due)
    }

    fn stated(stated: &[Stated], base: Option<Fen>) -> Due {
        let mut postings = Postings::with_capacity(stated.len());
        for part in stated {
            postings.post(payer(part.payer), purse(part.into), part.amount, 0);
        }
        Due { postings, base }
    }

    fn by_rows(
        known: &Known<'_>,
        policy: &Policy,
        rows: &[&Premium],
        payment: &Payment<'_>,
    ) -> Result<Due, Refused> {
        let state = known.state()?;
        let (from, until) = months(payment.first, payment.last)?;
        let base = bounded(policy, payment.base.or(state.base_on(until.last_day())));
        let mut due = Due {
            postings: Postings::with_capacity(rows.len()),
            base: None,
        };
        for row in rows {
            let figures = policy.figures(&row.sum);
            if let Figures::Part(_, None) = figures {
                due.base = base;
            }
            let base = base_of(row.every, base);
            let once = sum(policy.rounding.fund, figures, base);
            let once = once.ok_or(Refused::NoBase(known.person))?;
            let times = match row.every {
                Every::Month => unpaid(state, from, until),
                Every::Year => 1,
            };
            let rule = u16::try_from(row.row.number + 1).unwrap_or(0);
            for _ in 0..times {
                let (debit, credit) = (payer(row.payer), purse(row.into));
                due.postings.post(debit, credit, once, rule);
            }
        }
        Ok(due)
    }
}

/// Stretches of the span that are paid for.
fn paid_before(state: &PersonState, first: Month, last: Month) -> Vec<(u32, u32)> {
    let payments = state.membership.payments.iter();
    let within = payments.map(|p| (p.first.max(first), p.last.min(last)));
    let within = within.filter(|(from, until)| from <= until);
    within
        .map(|(from, until)| (from.digits(), until.digits()))
        .collect()
}

/// The base declared for a month.
fn state_base(known: &Known<'_>, month: u32) -> Result<Option<Fen>, Refused> {
    let (month, _) = months(month, month)?;
    Ok(known.state()?.base_on(month.last_day()))
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

/// A month's part is of the month's base, a year's of the year's twelve (`docs/policy.md`).
pub(super) fn base_of(every: Every, base: Option<Fen>) -> Option<Fen> {
    match every {
        Every::Month => base,
        Every::Year => base.map(|base| (0..12).map(|_| base).sum()),
    }
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
    let span = Month::of_digits(first).zip(Month::of_digits(last));
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
