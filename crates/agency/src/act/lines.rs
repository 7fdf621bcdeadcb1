//! Fee lines of a visit: added with what each divides into by the rules of its day, and returned in part.

use domain::Fen;
use domain::bill::Setting;
use jiff::civil::Date;

use super::settle::{Case, Told, institution_of};
use super::visit::{of_visit, unsettled};
use super::{Draft, Known};
use crate::divided::{Divided, divided};
use crate::record::{Care, Cost, Event, FeeLine, LinesAdded, LinesReturned, Return, When};
use crate::refused::Refused;
use crate::visit::{VisitLine, VisitState};

/// Lines that one visit may have; a longer stay is settled in between.
const MOST_LINES: usize = 20_000;

pub(super) fn add(
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
        new_number(visit, &lines[..n], line)?;
        new_batch(number, visit, line)?;
    }
    let event = Event::LinesAdded(LinesAdded {
        visit: number,
        divided: divide(known, visit, lines, on)?,
        lines: lines.to_vec(),
    });
    Ok(of_visit(visit, event, on))
}

/// The institution's number of a line is used once in a visit, and again when the line was taken out.
fn new_number(visit: &VisitState, before: &[FeeLine], line: &FeeLine) -> Result<(), Refused> {
    let Some(number) = &line.number else {
        return Ok(());
    };
    let known = visit.lines.iter().filter(|line| !line.removed);
    let mut all = known.map(|line| &line.line).chain(before);
    if all.any(|line| line.number.as_ref() == Some(number)) {
        return Err(Refused::LineThere(number.clone()));
    }
    Ok(())
}

/// A batch comes whole: nothing is added to one that is settled.
fn new_batch(number: u64, visit: &VisitState, line: &FeeLine) -> Result<(), Refused> {
    let Some(batch) = &line.batch else {
        return Ok(());
    };
    let mut lines = visit.lines.iter();
    if lines.any(|line| line.settled != 0 && line.line.batch.as_ref() == Some(batch)) {
        return Err(Refused::BatchSettled(number, batch.clone()));
    }
    Ok(())
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

/// Parts of open lines; what is settled already is taken back with its settlement.
pub(super) fn give_back(
    known: &Known<'_>,
    number: u64,
    returns: &[Return],
    on: Date,
) -> Result<Draft, Refused> {
    let visit = unsettled(known, number)?;
    let mut after = visit.clone();
    let (mut whole, mut rest) = (Vec::new(), Vec::new());
    for one in returns {
        let at = usize::try_from(one.line).unwrap_or(usize::MAX);
        let line = at.checked_sub(1).and_then(|at| after.lines.get_mut(at));
        let line = line.filter(|line| line.is_open());
        let line = line.ok_or(Refused::NoLine(number, one.line))?;
        whole.push(line.remains());
        take_off(line, one).ok_or(Refused::ReturnTooLarge(number, one.line))?;
        rest.push(line.remains());
    }
    let (before, left) = (
        divide_each(known, visit, &whole, on)?,
        divide_each(known, visit, &rest, on)?,
    );
    let event = Event::LinesReturned(LinesReturned {
        visit: number,
        returns: returns.to_vec(),
        divided: before.iter().zip(&left).map(|(b, a)| less(b, a)).collect(),
    });
    Ok(of_visit(visit, event, on))
}

/// None when more is returned than is left.
fn take_off(line: &mut VisitLine, one: &Return) -> Option<()> {
    let (quantity, amount) = line.returned;
    let quantity = quantity.checked_add(one.quantity)?;
    let amount = amount.checked_add(one.amount.unwrap_or(0))?;
    let stated = line.line.amount.is_none_or(|stated| amount <= stated);
    if one.quantity == 0 || quantity > line.line.quantity || !stated {
        return None;
    }
    line.returned = (quantity, amount);
    Some(())
}

fn less(before: &Divided, after: &Divided) -> [i64; 4] {
    let signed = |fen: u64| i64::try_from(fen).unwrap_or(i64::MAX);
    std::array::from_fn(|n| signed(before[n]) - signed(after[n]))
}

/// How lines divide; one that is gone divides into nothing.
fn divide_each(
    known: &Known<'_>,
    visit: &VisitState,
    lines: &[Option<FeeLine>],
    on: Date,
) -> Result<Vec<Divided>, Refused> {
    let there: Vec<FeeLine> = lines.iter().flatten().cloned().collect();
    let mut divided = if there.is_empty() {
        Vec::new()
    } else {
        divide(known, visit, &there, on)?
    }
    .into_iter();
    let each = lines.iter().map(|line| match line {
        Some(_) => divided.next().unwrap_or_default(),
        None => Divided::default(),
    });
    Ok(each.collect())
}

/// How lines divide by the rules of their day: they are settled for themselves, and nothing is recorded of it.
fn divide(
    known: &Known<'_>,
    visit: &VisitState,
    lines: &[FeeLine],
    on: Date,
) -> Result<Vec<Divided>, Refused> {
    let inpatient = visit.care.setting == Setting::Inpatient;
    let from = visit.care.when.from;
    let last = lines.iter().filter_map(|line| line.day).max();
    let until = last.unwrap_or(on).max(from);
    let care = Care {
        when: When {
            from,
            until: inpatient.then_some(until),
        },
        interim: inpatient,
        cost: Cost::Lines(lines.to_vec()),
        ..visit.care.clone()
    };
    let day = care.when.days().settlement();
    let institution = institution_of(known, &care, day)?;
    let (_, version) = known.policy(day)?;
    let case = Case::of(&Told {
        office: known.office,
        version,
        person: known.person,
        state: known.state()?,
        care: &care,
        institution: &institution,
        stay: visit.stay(),
        deposit: None,
    })?;
    let plan = &case.version.file.plan;
    let settlement = domain::settle(&case.bill, plan)?;
    Ok(divided(settlement.steps(), lines, plan))
}
