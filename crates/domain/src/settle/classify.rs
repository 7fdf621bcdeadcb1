//! Line by line: outside the catalogue, over the limit, first share; what remains is in scope.

use super::{DayFilter, Part, hospital};
use crate::account::OwnPart;
use crate::bill::{ItemClass, Line, Sums};
use crate::case::{Case, CaseCost};
use crate::fen::Fen;
use crate::plan::{LineRules, Plan, Row};
use crate::purse::{Ground, Purse};
use crate::ratio::{Ratio, Round};
use crate::step::{Note, RuleId, Sink, Stage};
use crate::unsettled::{LineFault, Unsettled};

/// Splits the part's cost and returns what is in scope.
#[inline(always)]
pub(super) fn classify<S: Sink>(
    purse: &mut Purse<'_, S>,
    plan: &Plan,
    row: &Row,
    part: &Part<'_>,
) -> Result<Fen, Unsettled> {
    match &part.case.cost {
        CaseCost::Sums(sums) => Ok(split_sums(purse, plan, sums)),
        CaseCost::Lines(lines) => split_lines(
            purse,
            plan,
            &plan.line_rules[row.lines as usize],
            lines,
            part.days,
        ),
    }
}

/// The sums are already split; the steps say so.
#[inline(always)]
fn split_sums<S: Sink>(purse: &mut Purse<'_, S>, plan: &Plan, sums: &Sums) -> Fen {
    purse.receive(sums.total());
    hospital(purse, plan, 0, sums.hospital);
    let ground = Ground::of(Stage::Classification, plan.fixed.stated);
    purse.become_own(
        ground,
        sums.self_funded,
        sums.self_funded,
        OwnPart::SelfFunded,
    );
    purse.become_own(ground, sums.over_limit, sums.over_limit, OwnPart::OverLimit);
    purse.become_own(
        ground,
        sums.first_share,
        sums.first_share,
        OwnPart::FirstShare,
    );
    sums.in_scope
}

#[inline(never)]
fn split_lines<S: Sink>(
    purse: &mut Purse<'_, S>,
    plan: &Plan,
    rules: &LineRules,
    lines: &[Line],
    days: DayFilter,
) -> Result<Fen, Unsettled> {
    let (mut total, mut in_scope) = (Fen::ZERO, Fen::ZERO);
    for (number, line) in (1..).zip(lines) {
        if days.holds(line.day) {
            let amount = checked_amount(plan, number, line)?;
            total = add(number, total, amount)?;
            purse.receive(amount);
            in_scope += split_line(purse, plan, rules, (number, line), amount)?;
        }
    }
    Ok(in_scope)
}

/// The lines up to this one; both amounts are at most the largest, so their sum fits.
#[inline]
fn add(number: u32, total: Fen, amount: Fen) -> Result<Fen, Unsettled> {
    let sum = total + amount;
    if sum <= Fen::LARGEST {
        Ok(sum)
    } else {
        Err(Unsettled::TotalTooLarge(number, sum))
    }
}

/// Quantity times price; a stated amount must agree, within what the bill is allowed.
#[inline]
fn checked_amount(plan: &Plan, number: u32, line: &Line) -> Result<Fen, Unsettled> {
    let round = plan.policy.rounding.line;
    let fault = |fault| Unsettled::Line(number, fault);
    let (quantity, price) = (line.quantity, line.unit_price);
    let amount = price
        .times(quantity, round)
        .ok_or_else(|| fault(LineFault::TooLarge(quantity, price)))?;
    match line.amount {
        Some(stated) if stated.beyond(amount) + amount.beyond(stated) > line.tolerance => {
            Err(fault(LineFault::Amount(stated, amount, quantity, price)))
        }
        Some(stated) => Ok(stated),
        None => Ok(amount),
    }
}

/// Limit first, then the first share of what is within it; the rest is in scope.
#[inline]
fn split_line<S: Sink>(
    purse: &mut Purse<'_, S>,
    plan: &Plan,
    rules: &LineRules,
    (number, line): (u32, &Line),
    amount: Fen,
) -> Result<Fen, Unsettled> {
    let ground = |rule| Ground {
        stage: Stage::Classification,
        line: number,
        rule,
    };
    if line.hospital {
        hospital(purse, plan, number, amount);
        return Ok(Fen::ZERO);
    }
    if line.class == ItemClass::C || line.barred {
        purse.become_own(ground(plan.fixed.rest), amount, amount, OwnPart::SelfFunded);
        return Ok(Fen::ZERO);
    }
    let round = plan.policy.rounding.line;
    let (within, over, rule) = limited(plan, rules, line, amount, round);
    purse.become_own(ground(rule), amount, over, OwnPart::OverLimit);
    let missing = || Unsettled::Line(number, LineFault::NoFirstShare(line.category));
    let (ratio, rule) = first_share(plan, rules, line).ok_or_else(missing)?;
    let (first, in_scope) = if ratio == Ratio::ZERO {
        (Fen::ZERO, within)
    } else {
        within.split_by(ratio, round)
    };
    purse.become_own(ground(rule), within, first, OwnPart::FirstShare);
    if S::DETAILED {
        let ground = ground(plan.fixed.rounding);
        purse.note(ground, amount, in_scope, Note::LineInScope);
    }
    Ok(in_scope)
}

/// What lies within the lower of the line's and the policy's limit, what lies over it, and by which rule.
#[inline]
fn limited(
    plan: &Plan,
    rules: &LineRules,
    line: &Line,
    amount: Fen,
    round: Round,
) -> (Fen, Fen, RuleId) {
    let of_policy = rules.limits[line.category.index()];
    let (limit, rule) = match (line.limit, of_policy) {
        (None, None) => return (amount, Fen::ZERO, plan.fixed.stated),
        (Some(own), None) => (own, plan.fixed.stated),
        (None, Some(of_policy)) => of_policy,
        (Some(own), Some((limit, rule))) => {
            if own < limit {
                (own, plan.fixed.stated)
            } else {
                (limit, rule)
            }
        }
    };
    if line.unit_price <= limit {
        return (amount, Fen::ZERO, rule);
    }
    // Below the price, so it cannot be larger than the amount.
    let within = limit.times(line.quantity, round).unwrap_or(amount);
    let (within, over) = amount.split_at(within);
    (within, over, rule)
}

/// The line's own ratio, else the policy's for the class and category by unit price; class A has none.
#[inline]
fn first_share(plan: &Plan, rules: &LineRules, line: &Line) -> Option<(Ratio, RuleId)> {
    if let Some(ratio) = line.first_share {
        return Some((ratio, plan.fixed.stated));
    }
    match &rules.first_shares[line.class.index()][line.category.index()] {
        Some(share) => {
            let step = share
                .steps
                .iter()
                .find(|(upto, _)| line.unit_price <= *upto);
            step.map(|(_, ratio)| (*ratio, share.rule))
        }
        None => (line.class == ItemClass::A).then_some((Ratio::ZERO, plan.fixed.stated)),
    }
}

/// Refused: everything but the hospital's part is the person's own.
pub(super) fn refused<S: Sink>(
    purse: &mut Purse<'_, S>,
    plan: &Plan,
    case: &Case<'_>,
    rule: RuleId,
) -> Result<(), Unsettled> {
    let (mut hospitals, mut own) = (Fen::ZERO, Fen::ZERO);
    match case.cost {
        CaseCost::Sums(sums) => {
            (hospitals, own) = (sums.hospital, sums.total().beyond(sums.hospital))
        }
        CaseCost::Lines(lines) => {
            let mut total = Fen::ZERO;
            for (number, line) in (1..).zip(lines) {
                let amount = checked_amount(plan, number, line)?;
                total = add(number, total, amount)?;
                *(if line.hospital {
                    &mut hospitals
                } else {
                    &mut own
                }) += amount;
            }
        }
    }
    purse.receive(hospitals + own);
    hospital(purse, plan, 0, hospitals);
    purse.become_own(
        Ground::of(Stage::Admission, rule),
        own,
        own,
        OwnPart::SelfFunded,
    );
    Ok(())
}
