//! Enrolment, its changes and its end.

use domain::Fen;
use domain::ledger::{LedgerAccount, Postings};
use jiff::civil::Date;

use super::death::Estate;
use super::{Draft, Known};
use crate::record::{Changed, Closed, Enrolled, Event, MovedOut, Registered, Unregistered};
use crate::refused::Refused;

/// Whoever is enrolled already, or has died, is not enrolled again; what the account brings from elsewhere is prior years' money.
pub(super) fn enrol(
    known: &Known<'_>,
    enrolled: &Enrolled,
    opening: Fen,
) -> Result<Draft, Refused> {
    if let Some(state) = known.state {
        let state = known.living().map(|_| state)?;
        if let Some(open) = state.open_enrolment() {
            return Err(Refused::EnrolledAlready(known.person, open.from));
        }
        let ended = state.membership.enrolments.last().and_then(|e| e.until);
        if let Some((until, _)) = ended.filter(|(until, _)| *until >= enrolled.from) {
            return Err(Refused::DayBefore(enrolled.from, until));
        }
    }
    if let Some(birth) = enrolled.birth.filter(|birth| enrolled.from < *birth) {
        return Err(Refused::DayBefore(enrolled.from, birth));
    }
    let mut postings = Postings::default();
    postings.post(LedgerAccount::Moved, LedgerAccount::Prior, opening, 0);
    Ok(Draft {
        party: enrolled.employer.clone().unwrap_or_default(),
        postings: postings.list(),
        ..Draft::new(Event::Enrolled(enrolled.clone()), enrolled.from)
    })
}

pub(super) fn change(known: &Known<'_>, changed: &Changed) -> Result<Draft, Refused> {
    let open = open_since(known)?;
    if changed.status.is_some() && changed.from <= open {
        return Err(Refused::DayBefore(changed.from, open));
    }
    Ok(Draft {
        party: changed.employer.clone().unwrap_or_default(),
        ..Draft::new(Event::Changed(changed.clone()), changed.from)
    })
}

pub(super) fn close(known: &Known<'_>, closed: &Closed) -> Result<Draft, Refused> {
    let open = open_since(known)?;
    if closed.until < open {
        return Err(Refused::DayBefore(closed.until, open));
    }
    Ok(Draft::new(Event::Closed(closed.clone()), closed.until))
}

pub(super) fn register(known: &Known<'_>, registered: &Registered) -> Result<Draft, Refused> {
    let state = known.living()?;
    let registration = registered.registration();
    if let Some(held) = state
        .registrations
        .iter()
        .find(|h| h.registration == registration)
    {
        return Err(Refused::RegisteredAlready(held.entry));
    }
    if let Some(until) = registered.until.filter(|until| *until < registered.from) {
        return Err(Refused::DayBefore(until, registered.from));
    }
    let event = Event::Registered(registered.clone());
    Ok(Draft {
        party: known.by.unwrap_or_default().to_owned(),
        ..Draft::new(event, registered.from)
    })
}

/// Whoever registered it may cancel it, and the agency's staff; what was settled under it stands.
pub(super) fn unregister(known: &Known<'_>, entry: u64, on: Date) -> Result<Draft, Refused> {
    let state = known.state()?;
    let held = state.registrations.iter().find(|held| held.entry == entry);
    let held = held.ok_or(Refused::NoEntry(entry))?;
    let own = |row: &store::EntryRow| row.seq == entry && known.is_own(&row.party);
    if known.by.is_some() && !known.entry.is_some_and(own) {
        return Err(Refused::NoEntry(entry));
    }
    let event = Event::Unregistered(Unregistered { registered: entry });
    Ok(Draft {
        party: known.by.unwrap_or_default().to_owned(),
        about: entry,
        ..Draft::new(event, on.max(held.registration.from))
    })
}

/// The years go along by a certificate; the account goes along as money, what relatives granted does not.
pub(super) fn move_out(known: &Known<'_>, until: Date, to: &str) -> Result<Draft, Refused> {
    let open = open_since(known)?;
    if until < open {
        return Err(Refused::DayBefore(until, open));
    }
    let account = &known.state()?.account;
    let postings = Estate::of(account).leaves(account, LedgerAccount::Moved);
    let to = to.to_owned();
    Ok(Draft {
        postings: postings.list(),
        ..Draft::new(Event::MovedOut(MovedOut { until, to }), until)
    })
}

/// Since when the open enrolment runs.
fn open_since(known: &Known<'_>) -> Result<Date, Refused> {
    let open = known.living()?.open_enrolment();
    open.map(|e| e.from)
        .ok_or(Refused::NotEnrolled(known.person))
}
