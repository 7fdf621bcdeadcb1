//! Visits in several requests: opening, fee lines, discharge, deposit.

use domain::Fen;
use domain::bill::Setting;
use jiff::civil::Date;

use super::{Draft, Known};
use crate::record::{
    Care, Cost, Deposited, Discharged, Event, FeeLine, LinesAdded, LinesRemoved, VisitOpened,
};
use crate::refused::Refused;
use crate::visit::VisitState;

/// Lines that one visit may have; a longer stay is settled in between.
const MOST_LINES: usize = 20_000;

pub(super) fn open(known: &Known<'_>, care: &Care) -> Result<Draft, Refused> {
    known.living()?;
    known.office.institution(&care.facility, care.when.from)?;
    let care = Care {
        cost: Cost::none(),
        ..care.clone()
    };
    let (party, day) = (care.facility.clone(), care.when.from);
    let event = Event::VisitOpened(Box::new(VisitOpened { care }));
    Ok(Draft {
        party,
        ..Draft::new(event, day)
    })
}

pub(super) fn add_lines(
    known: &Known<'_>,
    number: u64,
    lines: &[FeeLine],
    on: Date,
) -> Result<Draft, Refused> {
    let visit = unsettled(known, number)?;
    if lines.is_empty() {
        return Err(Refused::NoLines(number));
    }
    if visit.lines.len() + lines.len() > MOST_LINES {
        let why = format!("a visit has at most {MOST_LINES} lines");
        return Err(Refused::FeeLine(visit.lines.len() + 1, why));
    }
    for (n, line) in lines.iter().enumerate() {
        sound(line).map_err(|why| Refused::FeeLine(n + 1, why.to_owned()))?;
    }
    let event = Event::LinesAdded(LinesAdded {
        visit: number,
        lines: lines.to_vec(),
    });
    Ok(of_visit(visit, event, on))
}

/// What a line must be whatever the policy says.
pub(super) fn sound(line: &FeeLine) -> Result<(), &'static str> {
    if line.quantity == 0 {
        return Err("its quantity is zero");
    }
    if line
        .first_share
        .is_some_and(|(num, den)| den == 0 || num > den)
    {
        return Err("its first share is no ratio between 0 and 1");
    }
    let amounts = line.quantity.checked_mul(line.unit_price);
    // Ten-thousandths times millionths: 10^-10 yuan.
    if amounts.is_none_or(|product| product / 100_000_000 > Fen::LARGEST.fen()) {
        return Err("its amount is too large");
    }
    Ok(())
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

pub(super) fn discharge(known: &Known<'_>, number: u64, on: Date) -> Result<Draft, Refused> {
    let visit = unsettled(known, number)?;
    let admission = visit.care.when.from;
    if visit.care.setting != Setting::Inpatient {
        return Err(Refused::NoVisit(number));
    }
    if on < admission {
        return Err(Refused::DayBefore(on, admission));
    }
    let event = Event::Discharged(Discharged { visit: number, on });
    Ok(of_visit(visit, event, on))
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

/// The visit, while it is not settled.
pub(super) fn unsettled<'a>(known: &Known<'a>, number: u64) -> Result<&'a VisitState, Refused> {
    let visit = known.visit(number)?;
    if visit.settled == 0 {
        Ok(visit)
    } else {
        Err(Refused::VisitSettled(number))
    }
}

fn of_visit(visit: &VisitState, event: Event, on: Date) -> Draft {
    Draft {
        party: visit.care.facility.clone(),
        ..Draft::new(event, on)
    }
}
