//! The funds after the basic one: each looks at what is left of the person's own in its base and pays its share above a threshold.

use super::Part;
use crate::account::OwnPart;
use crate::bands::{self, BandPart, Interval, Paid, Rounding};
use crate::fen::Fen;
use crate::plan::{LayerPlan, Plan, Range};
use crate::policy::{Accumulates, CapBasis, Origin};
use crate::purse::{Ground, Purse};
use crate::step::{LayerKind, Note, RuleId, Sink, Stage};
use crate::year::LayerSums;

/// The funds of one stage, each for those whose identities it asks for.
#[inline]
pub(super) fn layers<S: Sink>(
    purse: &mut Purse<'_, S>,
    plan: &Plan,
    stage: Range,
    part: &Part<'_>,
) {
    for layer in stage.of(&plan.layers) {
        if layer.only == 0 || layer.only & part.case.identities != 0 {
            pay(purse, plan, layer, part);
        }
    }
}

#[inline(never)]
fn pay<S: Sink>(purse: &mut Purse<'_, S>, plan: &Plan, layer: &LayerPlan, part: &Part<'_>) {
    let ground = |rule| Ground::of(Stage::Layer(layer.kind), rule);
    let base: Fen = layer.base.iter().map(|part| purse.own(*part)).sum();
    if base.is_zero() {
        return;
    }
    purse.note(ground(layer.rule), base, base, Note::Base);
    let before = before(layer, part);
    let interval = interval(layer, before.base, base);
    let (interval, room) = match layer.cap {
        None => (interval, Fen::UNLIMITED),
        Some((CapBasis::Fund, cap)) => (interval, cap.beyond(before.paid)),
        Some((CapBasis::Cost | CapBasis::CostAboveDeductible, cap)) => {
            let to = interval.to.min(cap).max(interval.from);
            (
                Interval {
                    from: interval.from,
                    to,
                },
                Fen::UNLIMITED,
            )
        }
    };
    let bands = layer.scale.bands.of(&plan.bands);
    let rounding = Rounding {
        divide: layer.scale.divide,
        each: layer.scale.each,
        boundary: plan.policy.rounding.boundary,
    };
    let result = bands::pay(bands, rounding, interval, room);
    if S::DETAILED {
        bands::parts(bands, rounding, interval.from, result, |part| {
            draw(purse, layer, part)
        });
    } else {
        draw(
            purse,
            layer,
            BandPart {
                rule: layer.rule,
                cost: result.consumed,
                paid: result.paid,
            },
        );
    }
    if layer.kind == LayerKind::LargeAmount {
        own_share(purse, layer, result);
    }
}

/// What the layer has seen and paid in the year before this bill.
#[inline]
fn before(layer: &LayerPlan, part: &Part<'_>) -> LayerSums {
    if layer.accumulates == Accumulates::Stay {
        return LayerSums::default();
    }
    layer.counts.layer(part.year, layer.kind)
}

/// The part of the base above the threshold, on the coordinate of the bands.
#[inline]
fn interval(layer: &LayerPlan, before: Fen, base: Fen) -> Interval {
    let from = before.max(layer.over);
    let to = (before + base).max(layer.over);
    match layer.origin {
        Origin::Absolute => Interval { from, to },
        Origin::AboveDeductible => Interval {
            from: from.beyond(layer.over),
            to: to.beyond(layer.over),
        },
    }
}

/// The payment is drawn from the own parts in the order of the base.
fn draw<S: Sink>(purse: &mut Purse<'_, S>, layer: &LayerPlan, part: BandPart) {
    let ground = Ground::of(Stage::Layer(layer.kind), part.rule);
    let mut left = part.paid;
    for &own in &layer.base {
        let (amount, rest) = left.split_at(purse.own(own));
        purse.draw(ground, part.cost, amount, own, layer.kind.payer());
        left = rest;
    }
    assert!(left.is_zero(), "a layer paid more than its base");
}

/// Of the cost that the large-amount fund has looked at, what it did not pay is the person's share in it.
fn own_share<S: Sink>(purse: &mut Purse<'_, S>, layer: &LayerPlan, result: Paid) {
    let rule: RuleId = layer.rule;
    let own = result.consumed.beyond(result.paid);
    purse.turn(
        Ground::of(Stage::Layer(layer.kind), rule),
        own,
        OwnPart::OverCap,
        OwnPart::LargeOwnShare,
    );
}
