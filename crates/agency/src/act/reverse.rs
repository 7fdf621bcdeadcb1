//! Reversal: the mirrored entry, which restores every balance and every sum.

use domain::Fen;
use domain::ledger::{EntryKind, LedgerAccount, Posting, Postings};
use domain::month::Month;
use domain::policy::contribution::Every;
use jiff::civil::Date;
use store::EntryRow;

use super::death::goes_on;
use super::{Draft, Known};
use crate::record::{Credited, Event, PremiumPaid, Reversed, Settled};
use crate::refused::Refused;
use crate::state::PersonState;
use crate::visit::VisitState;

/// Settlements of a visit latest first; premiums after the credits that came of them.
pub(super) fn reverse(known: &Known<'_>, number: u64, on: Date) -> Result<Draft, Refused> {
    let state = known.state()?;
    let entry = known
        .entry
        .filter(|entry| entry.person == known.person && known.is_own(&entry.party))
        .ok_or(Refused::NoEntry(number))?;
    let kind = EntryKind::from_code(&entry.kind).ok_or(Refused::NotReversible(number))?;
    let told = Event::read(kind, &entry.record).map_err(|_| Refused::NotReversible(number))?;
    let on = on.max(entry.day);
    let draft = |reversed: Reversed, postings: Vec<Posting>| Draft {
        year: entry.year,
        party: entry.party.clone(),
        about: number,
        policy: entry.policy,
        postings,
        ..Draft::new(Event::Reversed(Box::new(reversed)), on)
    };
    let plain = Reversed {
        kind,
        visit: None,
        scheme: None,
        parts: None,
        drawn: Vec::new(),
        months: Vec::new(),
        left: state.left(),
    };
    if state.taken_back.contains(&number) {
        return Err(Refused::ReversedAlready(number));
    }
    match told.event {
        Event::Settled(settled) => {
            latest(known, number, &settled)?;
            let (reversed, postings) = unsettled(state, entry, &settled, plain)?;
            Ok(goes_on(known, draft(reversed, postings)))
        }
        Event::Premium(paid) => {
            if let Some(month) = credited_of(known, entry, &paid) {
                return Err(Refused::CreditFirst(month));
            }
            let awaited = sum_to(entry, LedgerAccount::Awaiting);
            if state.account.awaiting < awaited {
                return Err(Refused::CreditFirst(paid.first));
            }
            let months = paid_for(&paid);
            let postings = entry.postings.iter().map(|p| p.mirrored()).collect();
            Ok(draft(Reversed { months, ..plain }, postings))
        }
        Event::Credit(credited) => {
            let postings = taken_back(entry, state);
            let months = months_of(&credited);
            let left = restored(state, &postings, 0);
            let reversed = Reversed {
                months,
                left,
                ..plain
            };
            Ok(draft(reversed, postings))
        }
        _ => Err(Refused::NotReversible(number)),
    }
}

/// A settlement taken back, with every balance and sum.
fn unsettled(
    state: &PersonState,
    entry: &EntryRow,
    settled: &Settled,
    plain: Reversed,
) -> Result<(Reversed, Vec<Posting>), Refused> {
    let past = |year: &Date| state.years.is_past(settled.scheme, *year);
    if let Some(year) = entry.year.filter(past) {
        return Err(Refused::YearPast(year));
    }
    let drawn = settled.drawn.iter().map(|(_, amount)| amount).sum::<u64>();
    let mut postings = Postings::with_capacity(entry.postings.len());
    for posting in mirrored(entry, state) {
        postings.post(posting.debit, posting.credit, posting.amount, posting.rule);
    }
    let postings = postings.list();
    let reversed = Reversed {
        visit: settled.visit,
        parts: settled.visit.map(|_| settled.parts()),
        scheme: Some(settled.scheme),
        left: restored(state, &postings, drawn),
        drawn: settled.drawn.clone(),
        ..plain
    };
    Ok((reversed, postings))
}

/// The months of a premium without those that were paid before.
fn paid_for(paid: &PremiumPaid) -> Vec<(u32, u32)> {
    let Some((mut from, last)) = Month::of_digits(paid.first).zip(Month::of_digits(paid.last))
    else {
        return Vec::new();
    };
    let before = paid.before.iter();
    let before =
        before.filter_map(|(first, last)| Month::of_digits(*first).zip(Month::of_digits(*last)));
    let mut months = Vec::new();
    for (first, until) in before {
        if from < first {
            months.push((from.digits(), first.previous().digits()));
        }
        from = until.next();
    }
    if from <= last {
        months.push((from.digits(), last.digits()));
    }
    months
}

/// A month of a premium that was credited because it was paid.
fn credited_of(known: &Known<'_>, entry: &EntryRow, paid: &PremiumPaid) -> Option<u32> {
    let state = known.state?;
    let version = known.office.policies.numbered(entry.policy)?;
    paid_for(paid).into_iter().find_map(|(first, last)| {
        let mut month = Month::of_digits(first)?;
        while month.digits() <= last {
            let row = state.credit_row(version.policy(), month);
            let monthly = row.is_some_and(|row| row.every == Every::Month);
            if monthly && state.account.is_credited(month.digits()) {
                return Some(month.digits());
            }
            month = month.next();
        }
        None
    })
}

/// The months of a credit.
fn months_of(credited: &Credited) -> Vec<(u32, u32)> {
    let first = Month::of_digits(credited.month);
    let more = i32::try_from(credited.months.saturating_sub(1)).unwrap_or(0);
    let span = first.map(|first| (credited.month, first.plus(more).digits()));
    span.into_iter().collect()
}

/// Within a visit the latest first, since the parts of a stay build on one another. Another visit's settlement does not stand in the way:
/// what it had from the year's sums it keeps (decision 0017).
fn latest(known: &Known<'_>, number: u64, settled: &Settled) -> Result<(), Refused> {
    let visit = known.visit.filter(|_| settled.visit.is_some());
    match visit.map_or(0, VisitState::latest) {
        last if last > number && settled.batch.is_none() => Err(Refused::NotLatest(number, last)),
        _ => Ok(()),
    }
}

/// The mirrored postings. What was paid from the current year's account before it was rolled over comes back as prior years' money.
fn mirrored(entry: &EntryRow, state: &PersonState) -> impl Iterator<Item = Posting> {
    // By the order of the entries: a late bill of the old year, settled after the roll-over, was paid from the new year's money.
    let rolled = entry.seq < state.account.rolled_by;
    entry.postings.iter().map(move |posting| {
        let mut mirror = posting.mirrored();
        if rolled && mirror.credit == LedgerAccount::Current.number() {
            mirror.credit = LedgerAccount::Prior.number();
        }
        mirror
    })
}

/// A credit taken back: from the current year's part, then prior years', and the rest is owed.
fn taken_back(entry: &EntryRow, state: &PersonState) -> Vec<Posting> {
    let (mut current, mut prior) = (state.account.current, state.account.prior);
    let mut postings = Postings::with_capacity(entry.postings.len() + 2);
    for posting in &entry.postings {
        let mirror = posting.mirrored();
        if mirror.debit != LedgerAccount::Current.number() {
            postings.post(mirror.debit, mirror.credit, mirror.amount, mirror.rule);
            continue;
        }
        // What was rolled over since stands with the prior years' money.
        let rolled = entry.seq < state.account.rolled_by;
        let ((of_current, of_prior), owed) = if rolled {
            let (of_prior, rest) = mirror.amount.split_at(prior);
            let (of_current, owed) = rest.split_at(current);
            ((of_current, of_prior), owed)
        } else {
            let (of_current, rest) = mirror.amount.split_at(current);
            let (of_prior, owed) = rest.split_at(prior);
            ((of_current, of_prior), owed)
        };
        current = current.beyond(of_current);
        prior = prior.beyond(of_prior);
        for (account, amount) in [
            (LedgerAccount::Current, of_current),
            (LedgerAccount::Prior, of_prior),
            (LedgerAccount::Owed, owed),
        ] {
            postings.post(account, mirror.credit, amount, mirror.rule);
        }
    }
    postings.list()
}

fn sum_to(entry: &EntryRow, account: LedgerAccount) -> Fen {
    let to = entry
        .postings
        .iter()
        .filter(|p| p.credit == account.number());
    to.map(|p| p.amount).sum()
}

/// What is left after the reversal: current year, prior years, grants. In the account of somebody who has died nothing stays.
fn restored(state: &PersonState, postings: &[Posting], drawn: u64) -> [u64; 3] {
    let back = |account: LedgerAccount| {
        if state.heir.is_some() {
            return 0;
        }
        let to = postings.iter().filter(|p| p.credit == account.number());
        to.map(|p| p.amount.fen()).sum::<u64>()
    };
    let taken = |account: LedgerAccount| {
        let from = postings.iter().filter(|p| p.debit == account.number());
        from.map(|p| p.amount.fen()).sum::<u64>()
    };
    let after = |left: u64, account| (left + back(account)).saturating_sub(taken(account));
    let [current, prior, granted] = state.left();
    [
        after(current, LedgerAccount::Current),
        after(prior, LedgerAccount::Prior),
        granted + drawn,
    ]
}
