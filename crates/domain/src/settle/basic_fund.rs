//! The basic fund: its bands on the cost above the deductible, up to its caps.

use super::Part;
use crate::account::OwnPart;
use crate::bands::{self, Interval, Paid, Rounding};
use crate::fen::Fen;
use crate::plan::{CapPlan, Plan, Row};
use crate::policy::{Accumulates, CapBasis, Origin};
use crate::purse::{Ground, Purse};
use crate::step::{Note, RuleId, Sink, Stage};

/// The fund pays; the person's share of the bands and the cost over the cap become the person's own.
#[inline(always)]
pub(super) fn basic_fund<S: Sink>(
    purse: &mut Purse<'_, S>,
    plan: &Plan,
    row: &Row,
    part: &Part<'_>,
    in_scope: Fen,
    deductible: Fen,
) {
    let payable = in_scope.beyond(deductible);
    let rooms = Rooms::of(row, part, payable, deductible);
    let (within, _) = payable.split_at(rooms.cost);
    let from = start(row, part, deductible);
    let interval = Interval {
        from,
        to: from + within,
    };
    let bands = row.scale.bands.of(&plan.bands);
    let rounding = Rounding {
        divide: row.scale.divide,
        each: row.scale.each,
        boundary: plan.policy.rounding.boundary,
    };
    let result = bands::pay(bands, rounding, interval, rooms.payment);
    tell(purse, row, bands, rounding, from, result);
    let own_rule = bands.first().map_or(plan.fixed.rest, |b| b.rule);
    let own = result.consumed.beyond(result.paid);
    purse.become_own(
        Ground::of(Stage::BasicFund, own_rule),
        result.consumed,
        own,
        OwnPart::OwnShare,
    );
    let over = payable.beyond(result.consumed);
    if !over.is_zero() {
        let rule = if result.consumed < within {
            rooms.payment_rule
        } else {
            rooms.cost_rule
        };
        let ground = Ground::of(Stage::BasicFund, rule.unwrap_or(plan.fixed.rest));
        purse.note(ground, payable, result.consumed, Note::CapReached);
        purse.become_own(ground, payable, over, OwnPart::OverCap);
    }
}

/// Where the payable cost begins on the coordinate of the bands.
#[inline(always)]
fn start(row: &Row, part: &Part<'_>, deductible: Fen) -> Fen {
    let position = match row.accumulates {
        Accumulates::Year => row.counts.sum(part.year, |sums| sums.in_scope),
        Accumulates::Stay => part.stay.in_scope,
    };
    match (row.origin, row.accumulates) {
        (Origin::Absolute, _) => position + deductible,
        (Origin::AboveDeductible, Accumulates::Year) => {
            position.beyond(row.counts.sum(part.year, |sums| sums.deductible))
        }
        (Origin::AboveDeductible, Accumulates::Stay) => position.beyond(part.stay.deductible),
    }
}

/// What the caps leave: for cost and for payment, each with the rule of the cap that leaves least.
struct Rooms {
    cost: Fen,
    cost_rule: Option<RuleId>,
    payment: Fen,
    payment_rule: Option<RuleId>,
}

impl Rooms {
    #[inline(always)]
    fn of(row: &Row, part: &Part<'_>, payable: Fen, deductible: Fen) -> Rooms {
        let mut rooms = Rooms {
            cost: payable,
            cost_rule: None,
            payment: Fen::UNLIMITED,
            payment_rule: None,
        };
        for cap in row.caps.iter().flatten() {
            let room = cap.amount.beyond(before(cap, part));
            if cap.counts_payment() {
                if room < rooms.payment {
                    (rooms.payment, rooms.payment_rule) = (room, Some(cap.rule));
                }
                continue;
            }
            let room = if cap.basis == CapBasis::Cost {
                room.beyond(deductible)
            } else {
                room
            };
            if room < rooms.cost {
                (rooms.cost, rooms.cost_rule) = (room, Some(cap.rule));
            }
        }
        rooms
    }
}

/// What the cap has counted before this bill.
#[inline(always)]
fn before(cap: &CapPlan, part: &Part<'_>) -> Fen {
    if cap.visit {
        return Fen::ZERO;
    }
    match cap.basis {
        CapBasis::Fund => cap.counts.sum(part.year, |sums| sums.pooled),
        CapBasis::Cost => cap.counts.sum(part.year, |sums| sums.in_scope),
        CapBasis::CostAboveDeductible => {
            let cost = cap.counts.sum(part.year, |sums| sums.in_scope);
            cost.beyond(cap.counts.sum(part.year, |sums| sums.deductible))
        }
    }
}

/// The payment as steps: band by band for a list, as one sum otherwise.
#[inline(always)]
fn tell<S: Sink>(
    purse: &mut Purse<'_, S>,
    row: &Row,
    bands: &[crate::plan::BandPlan],
    rounding: Rounding,
    from: Fen,
    result: Paid,
) {
    if !purse.is_detailed() {
        let rule = bands.first().map_or(RuleId(0), |b| b.rule);
        purse.pay(
            Ground::of(Stage::BasicFund, rule),
            result.consumed,
            result.paid,
            row.payer,
        );
        return;
    }
    bands::parts(bands, rounding, from, result, |part| {
        purse.pay(
            Ground::of(Stage::BasicFund, part.rule),
            part.cost,
            part.paid,
            row.payer,
        );
    });
}
