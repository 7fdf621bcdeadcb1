//! Fee lines of a visit: added with what each divides into by the rules of its day, and returned in part.

use domain::Fen;
use domain::bill::Setting;
use jiff::civil::Date;

use super::settle::{Case, Told, institution_of};
use super::visit::{of_visit, unsettled};
use super::{Draft, Known, Returning};
use crate::divided::{Divided, divided};
use crate::record::{Care, Cost, Event, FeeLine, LinesAdded, Return, When};
use crate::refused::Refused;
use crate::visit::{VisitLine, VisitState};

/// Lines that one visit may have; a longer stay is settled in between.
const MOST_LINES: usize = 20_000;

pub(super) fn add(
    known: &Known<'_>,
    number: u64,
    (lines, returning): (&[FeeLine], &[Returning]),
    on: Date,
) -> Result<Draft, Refused> {
    let visit = unsettled(known, number)?;
    if !fits(known, visit, lines) {
        return Err(Refused::OtherKind(number));
    }
    if lines.is_empty() && returning.is_empty() {
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
    let divided = match lines {
        [] => Vec::new(),
        lines => divide(known, visit, lines, on)?,
    };
    let (returns, taken_off) = give_back(known, number, (visit, lines), (returning, on))?;
    let event = Event::LinesAdded(LinesAdded {
        visit: number,
        lines: lines.to_vec(),
        divided,
        returns,
        taken_off,
    });
    Ok(of_visit(visit, event, on))
}

/// A stay is settled as a whole or up to a day: a batch of it could be settled by nothing. An institution settles an outpatient visit by
/// batches alone, and so could never settle a line without one.
fn fits(known: &Known<'_>, visit: &VisitState, lines: &[FeeLine]) -> bool {
    let batched = |line: &FeeLine| line.batch.is_some();
    match visit.care.setting {
        Setting::Inpatient => !lines.iter().any(batched),
        _ => known.by.is_none() || (!lines.is_empty() && lines.iter().all(batched)),
    }
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

/// Parts of open lines, and what each return takes off; what is settled already is taken back with its settlement.
fn give_back(
    known: &Known<'_>,
    number: u64,
    (visit, new): (&VisitState, &[FeeLine]),
    (returning, on): (&[Returning], Date),
) -> Result<(Vec<Return>, Vec<[i64; 4]>), Refused> {
    if returning.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let mut lines = visit.lines.clone();
    lines.extend(new.iter().map(VisitLine::new));
    let (mut whole, mut rest, mut returns) = (Vec::new(), Vec::new(), Vec::new());
    for one in returning {
        let of = |line: &VisitLine| line.is_open() && line.line.number.as_ref() == Some(&one.of);
        let at = lines.iter().position(of);
        let at = at.ok_or_else(|| Refused::NoLineOf(number, one.of.clone()))?;
        let line = &mut lines[at];
        whole.push(line.remains());
        let taken = take_off(line, one);
        taken.ok_or_else(|| Refused::ReturnTooLarge(number, one.of.clone()))?;
        rest.push(line.remains());
        returns.push(Return {
            line: u32::try_from(at + 1).unwrap_or(u32::MAX),
            quantity: one.quantity,
            amount: one.amount,
            number: one.number.clone(),
            detail: one.detail.clone(),
        });
    }
    let before = divide_each(known, visit, &whole, on)?;
    let left = divide_each(known, visit, &rest, on)?;
    let taken_off = before.iter().zip(&left).map(|(b, a)| less(b, a));
    Ok((returns, taken_off.collect()))
}

/// None when more is returned than is left.
fn take_off(line: &mut VisitLine, one: &Returning) -> Option<()> {
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
