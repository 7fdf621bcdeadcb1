//! Visits in several requests: opening, description, discharge, deposit, papers, cancelling.

use domain::Fen;
use domain::bill::Setting;
use jiff::civil::Date;

use super::{Draft, Known};
use crate::record::{
    Care, Cost, Deposited, Described, Discharged, Event, Filed, LinesRemoved, Undischarged,
    VisitCancelled, VisitOpened,
};
use crate::refused::Refused;
use crate::visit::VisitState;

pub(super) fn open(known: &Known<'_>, opened: &VisitOpened) -> Result<Draft, Refused> {
    let care = &opened.care;
    known.living()?;
    known.office.institution(&care.facility, care.when.from)?;
    let care = Care {
        cost: Cost::none(),
        ..care.clone()
    };
    let (party, day) = (care.facility.clone(), care.when.from);
    let paper = opened.paper.clone();
    let event = Event::VisitOpened(Box::new(VisitOpened { care, paper }));
    Ok(Draft {
        party,
        ..Draft::new(event, day)
    })
}

/// What kind of care it is cannot change under a settlement that stands: a visit is of one kind.
pub(super) fn describe(known: &Known<'_>, described: &Described) -> Result<Draft, Refused> {
    let visit = unsettled(known, described.visit)?;
    let inpatient = |setting| setting == Setting::Inpatient;
    if inpatient(described.setting) != inpatient(visit.care.setting) {
        return Err(Refused::OtherKind(described.visit));
    }
    let same = described.setting == visit.care.setting && described.disease == visit.care.disease;
    if visit.has_settlements() && !same {
        return Err(Refused::VisitSettled(described.visit));
    }
    if let Some(until) = visit.discharged.filter(|until| *until < described.from) {
        return Err(Refused::DayBefore(until, described.from));
    }
    let event = Event::Described(Box::new(described.clone()));
    Ok(of_visit(visit, event, described.from))
}

/// Only a visit of which nothing is settled, and a stay only when no fee line of it is left.
pub(super) fn cancel(known: &Known<'_>, number: u64, on: Date) -> Result<Draft, Refused> {
    let visit = unsettled(known, number)?;
    if visit.has_settlements() {
        return Err(Refused::VisitSettled(number));
    }
    let open = visit.lines.iter().any(|line| line.is_open());
    if visit.care.setting == Setting::Inpatient && open {
        return Err(Refused::LinesLeft(number));
    }
    let event = Event::VisitCancelled(VisitCancelled { visit: number });
    let on = on.max(visit.care.when.from);
    Ok(of_visit(visit, event, on))
}

pub(super) fn remove_batch(
    known: &Known<'_>,
    number: u64,
    batch: &str,
    on: Date,
) -> Result<Draft, Refused> {
    let visit = unsettled(known, number)?;
    let of_batch = |line: &&crate::visit::VisitLine| line.line.batch.as_deref() == Some(batch);
    if visit
        .lines
        .iter()
        .filter(of_batch)
        .any(|line| line.settled != 0)
    {
        return Err(Refused::BatchSettled(number, batch.to_owned()));
    }
    let taken = visit.taken(Some(batch), None);
    let lines: Vec<u32> = taken
        .filter_map(|(n, _)| u32::try_from(n + 1).ok())
        .collect();
    if lines.is_empty() {
        return Err(Refused::NoBatch(number, batch.to_owned()));
    }
    let event = Event::LinesRemoved(LinesRemoved {
        visit: number,
        lines,
    });
    Ok(of_visit(visit, event, on))
}

/// A line that returns another is no line of its own: what was returned stays returned.
pub(super) fn remove_numbered(
    known: &Known<'_>,
    number: u64,
    numbers: &[String],
    on: Date,
) -> Result<Draft, Refused> {
    let visit = unsettled(known, number)?;
    let place = |of: &String| {
        let open = |line: &crate::visit::VisitLine| {
            line.is_open() && line.line.number.as_ref() == Some(of)
        };
        let at = visit.lines.iter().position(open);
        let at = at.and_then(|at| u32::try_from(at + 1).ok());
        at.ok_or_else(|| Refused::NoLineOf(number, of.clone()))
    };
    let lines = numbers.iter().map(place).collect::<Result<Vec<_>, _>>()?;
    remove_lines(known, number, &lines, on)
}

pub(super) fn remove_lines(
    known: &Known<'_>,
    number: u64,
    lines: &[u32],
    on: Date,
) -> Result<Draft, Refused> {
    let visit = unsettled(known, number)?;
    let open = || {
        let open = visit.lines.iter().zip(1..).filter(|(l, _)| l.is_open());
        open.map(|(_, n): (_, u32)| n)
    };
    let lines: Vec<u32> = if lines.is_empty() {
        open().collect()
    } else {
        lines.to_vec()
    };
    if let Some(&line) = lines.iter().find(|n| !open().any(|open| open == **n)) {
        return Err(Refused::NoLine(number, line));
    }
    if lines.is_empty() {
        return Err(Refused::NoLines(number));
    }
    let event = Event::LinesRemoved(LinesRemoved {
        visit: number,
        lines,
    });
    Ok(of_visit(visit, event, on))
}

pub(super) fn discharge(known: &Known<'_>, discharged: &Discharged) -> Result<Draft, Refused> {
    let (number, on) = (discharged.visit, discharged.on);
    let visit = unsettled(known, number)?;
    let admission = visit.care.when.from;
    if visit.care.setting != Setting::Inpatient {
        return Err(Refused::NoVisit(number));
    }
    if on < admission {
        return Err(Refused::DayBefore(on, admission));
    }
    let event = Event::Discharged(Box::new(discharged.clone()));
    Ok(of_visit(visit, event, on))
}

pub(super) fn undischarge(known: &Known<'_>, number: u64, on: Date) -> Result<Draft, Refused> {
    let visit = unsettled(known, number)?;
    let discharged = visit.discharged.ok_or(Refused::NotDischarged(number))?;
    let event = Event::Undischarged(Undischarged { visit: number });
    Ok(of_visit(visit, event, on.max(discharged)))
}

/// A paper about a visit is its institution's to file; one about the person is anybody's.
pub(super) fn file(known: &Known<'_>, filed: &Filed, on: Date) -> Result<Draft, Refused> {
    known.state()?;
    let event = Event::Filed(Box::new(filed.clone()));
    let Some(number) = filed.visit else {
        return Ok(Draft {
            party: known.by.unwrap_or_default().to_owned(),
            ..Draft::new(event, on)
        });
    };
    Ok(of_visit(known.visit(number)?, event, on))
}

pub(super) fn deposit(
    known: &Known<'_>,
    number: u64,
    amount: Fen,
    on: Date,
) -> Result<Draft, Refused> {
    let visit = unsettled(known, number)?;
    let event = Event::Deposited(Deposited {
        visit: number,
        amount: amount.fen(),
    });
    Ok(of_visit(visit, event, on))
}

/// The visit, while it is neither settled nor cancelled.
pub(super) fn unsettled<'a>(known: &Known<'a>, number: u64) -> Result<&'a VisitState, Refused> {
    let visit = known.visit(number)?;
    if visit.cancelled {
        Err(Refused::VisitCancelled(number))
    } else if visit.settled != 0 {
        Err(Refused::VisitSettled(number))
    } else {
        Ok(visit)
    }
}

pub(super) fn of_visit(visit: &VisitState, event: Event, on: Date) -> Draft {
    Draft {
        party: visit.care.facility.clone(),
        ..Draft::new(event, on)
    }
}
