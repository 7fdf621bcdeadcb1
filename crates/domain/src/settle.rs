//! `settle`: from a bill to its list of steps. The order of the law is the order of the lines.

mod account;
mod basic_fund;
mod classify;
mod deductible;
mod layer;
mod off_region;

use jiff::civil::Date;

use crate::account::OwnPart;
use crate::bill::{Bill, StaySoFar};
use crate::case::{Admission, Case};
use crate::fen::Fen;
use crate::plan::{Plan, Row};
use crate::purse::{Ground, Purse};
use crate::refusal::Refusal;
use crate::settlement::Settlement;
use crate::step::{Note, Payer, RuleId, Sink, Stage, Step};
use crate::unsettled::Unsettled;
use crate::year::YearToDate;

use account::Balances;
use layer::layers;

/// Settles a bill under a plan and keeps every step.
///
/// # Errors
/// When the policy has no rule for the bill or the bill lacks what the rule asks.
pub fn settle(bill: &Bill, plan: &Plan) -> Result<Settlement, Unsettled> {
    let case = plan.case(bill)?;
    let mut steps = Vec::<Step>::with_capacity(32);
    settle_case(plan, &case, &mut steps)?;
    Ok(Settlement::new(steps))
}

/// Settles a bill that is already laid on the plan. The sink decides what is kept: every step, or sums only.
///
/// # Errors
/// When a fee line cannot be split.
#[inline(always)]
pub fn settle_case<S: Sink>(plan: &Plan, case: &Case<'_>, sink: &mut S) -> Result<(), Unsettled> {
    let row = plan.row_at(case.row);
    let mut purse = Purse::new(sink);
    let mut balances = Balances::of(case);
    match case.admission {
        Admission::Refused(refusal, rule) => {
            refuse(&mut purse, plan, case, (refusal, rule))?;
            cash(&mut purse, plan, case);
            return Ok(());
        }
        Admission::Advanced(rule) => purse.mark(Stage::Admission, rule, Note::Advanced),
        Admission::Admitted => {}
    }
    match case.earlier {
        None => {
            chain(&mut purse, plan, row, &Part::whole(case), &mut balances)?;
        }
        Some(earlier) => split_stay(&mut purse, plan, case, earlier, &mut balances)?,
    }
    account::after(&mut purse, plan, row, case, &mut balances);
    cash(&mut purse, plan, case);
    Ok(())
}

/// The chain of the law for one benefit year's part of a bill, up to the personal account; returns what of the deductible is settled.
#[inline(always)]
fn chain<S: Sink>(
    purse: &mut Purse<'_, S>,
    plan: &Plan,
    row: &Row,
    part: &Part<'_>,
    balances: &mut Balances,
) -> Result<Fen, Unsettled> {
    let in_scope = classify::classify(purse, plan, row, part)?;
    if let Some(rule) = row.unfunded {
        let in_scope = account::before(purse, plan, row, in_scope, balances);
        let ground = Ground::of(Stage::BasicFund, rule);
        purse.note(ground, in_scope, in_scope, Note::InScope);
        purse.become_own(ground, in_scope, in_scope, OwnPart::OwnShare);
        return Ok(Fen::ZERO);
    }
    let in_scope = off_region::first_share(purse, plan, row, in_scope);
    let in_scope = account::before(purse, plan, row, in_scope, balances);
    let ground = Ground::of(Stage::Deductible, row.deductible.rule);
    purse.note(ground, in_scope, in_scope, Note::InScope);
    let deducted = deductible::deductible(purse, row, part, in_scope);
    basic_fund::basic_fund(purse, plan, row, part, in_scope, deducted.borne);
    if row.layered {
        layers(purse, plan, row.large_amount, part);
        layers(purse, plan, row.early_supplements, part);
        layers(purse, plan, row.catastrophic, part);
        layers(purse, plan, row.supplements, part);
        layers(purse, plan, row.medical_aid, part);
    }
    Ok(deducted.settled)
}

/// A stay over the end of the benefit year whose lines fall in the year of their day: each year's part goes through the chain
/// like a bill of its own, but for the deductible, which carries over.
#[inline(never)]
fn split_stay<S: Sink>(
    purse: &mut Purse<'_, S>,
    plan: &Plan,
    case: &Case<'_>,
    (later, year): (Date, &YearToDate),
    balances: &mut Balances,
) -> Result<(), Unsettled> {
    let row = plan.row_at(case.row);
    let whole = Part::whole(case);
    let first = Part {
        days: DayFilter::Before(later),
        year,
        ..whole
    };
    let settled = chain(purse, plan, row, &first, balances)?;
    purse.mark(Stage::Classification, plan.fixed.year, Note::YearEnds);
    let aside = purse.set_aside();
    let second = Part {
        days: DayFilter::From(later),
        ..whole
    };
    chain(purse, plan, row, &second.after(settled), balances)?;
    purse.bring_back(aside);
    Ok(())
}

/// Of which days a part takes the fee lines.
#[derive(Clone, Copy)]
enum DayFilter {
    All,
    Before(Date),
    From(Date),
}

impl DayFilter {
    fn holds(self, day: Option<Date>) -> bool {
        match (self, day) {
            (DayFilter::All, _) => true,
            (DayFilter::Before(end), Some(day)) => day < end,
            (DayFilter::From(start), Some(day)) => day >= start,
            (DayFilter::Before(_) | DayFilter::From(_), None) => false,
        }
    }
}

/// The part of a bill that falls in one benefit year: usually all of it.
#[derive(Clone, Copy)]
struct Part<'a> {
    case: &'a Case<'a>,
    days: DayFilter,
    year: &'a YearToDate,
    /// Earlier stays of the year by which the deductible's figure goes.
    stays: u32,
    stay: StaySoFar,
}

impl<'a> Part<'a> {
    #[inline(always)]
    fn whole(case: &'a Case<'a>) -> Part<'a> {
        let stays = case.earlier.map_or(case.year.stays, |(_, year)| year.stays);
        Part {
            case,
            days: DayFilter::All,
            year: case.year,
            stays,
            stay: case.stay,
        }
    }

    /// The later part of a stay whose first part has settled so much of the deductible.
    fn after(self, settled: Fen) -> Part<'a> {
        let stay = StaySoFar {
            in_scope: Fen::ZERO,
            deductible: self.stay.deductible + settled,
        };
        Part { stay, ..self }
    }
}

/// The funds and the accounts pay nothing: all but the hospital's part is the person's own.
fn refuse<S: Sink>(
    purse: &mut Purse<'_, S>,
    plan: &Plan,
    case: &Case<'_>,
    (refusal, rule): (Refusal, RuleId),
) -> Result<(), Unsettled> {
    purse.mark(Stage::Admission, rule, Note::Refused(refusal));
    classify::refused(purse, plan, case, rule)
}

/// What is left is cash; the deposit is set off against it.
#[inline(always)]
fn cash<S: Sink>(purse: &mut Purse<'_, S>, plan: &Plan, case: &Case<'_>) {
    let cash = purse.close(plan.fixed.rest);
    if let Some(deposit) = case.deposit {
        let ground = Ground::of(Stage::Cash, plan.fixed.stated);
        if deposit > cash {
            purse.note(ground, deposit, deposit.beyond(cash), Note::Refund);
        } else if deposit < cash {
            purse.note(ground, deposit, cash.beyond(deposit), Note::Collect);
        }
    }
}

/// The hospital pays its part of a line or of the sums.
#[inline(always)]
fn hospital<S: Sink>(purse: &mut Purse<'_, S>, plan: &Plan, line: u32, amount: Fen) {
    let ground = Ground {
        stage: Stage::Classification,
        line,
        rule: plan.fixed.stated,
    };
    purse.pay(ground, amount, amount, Payer::Hospital);
}
