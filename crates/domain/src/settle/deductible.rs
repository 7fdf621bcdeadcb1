//! The deductible: what is due for this stay, year or visit, less what was borne, at most what there is.

use super::Part;
use crate::account::OwnPart;
use crate::fen::Fen;
use crate::plan::{DeductiblePlan, Row};
use crate::policy::{Per, Period};
use crate::purse::{Ground, Purse};
use crate::step::{Note, Sink, Stage};

/// What the person bears, and what of the figure of the stay or visit is settled with it: what the year's cap forgives is not asked again.
pub(super) struct Deducted {
    pub(super) borne: Fen,
    pub(super) settled: Fen,
}

/// The person bears the deductible.
#[inline(always)]
pub(super) fn deductible<S: Sink>(
    purse: &mut Purse<'_, S>,
    row: &Row,
    part: &Part<'_>,
    in_scope: Fen,
) -> Deducted {
    let plan = &row.deductible;
    let waived = part.case.continuation.and_then(|c| plan.waivers[c.index()]);
    if let Some(rule) = waived {
        purse.note(
            Ground::of(Stage::Deductible, rule),
            in_scope,
            Fen::ZERO,
            Note::Waived,
        );
        return Deducted {
            borne: Fen::ZERO,
            settled: Fen::ZERO,
        };
    }
    let whole = due(row, part);
    let (due, rule) = match plan.year_cap {
        None => (whole, plan.rule),
        Some((cap, rule)) => {
            let room = cap.beyond(borne_in_year(row, part));
            if whole > room {
                (room, rule)
            } else {
                (whole, plan.rule)
            }
        }
    };
    let (borne, _) = in_scope.split_at(due);
    purse.become_own(
        Ground::of(Stage::Deductible, rule),
        in_scope,
        borne,
        OwnPart::Deductible,
    );
    let settled = if borne == due { whole } else { borne };
    Deducted { borne, settled }
}

#[inline(always)]
fn due(row: &Row, part: &Part<'_>) -> Fen {
    let plan = &row.deductible;
    match plan.per {
        Per::Stay => of_stay(plan, part).beyond(part.stay.deductible),
        Per::Visit => plan.figure(1).beyond(part.stay.deductible),
        Per::Year => plan.figure(1).beyond(borne_in_year(row, part)),
    }
}

/// The figure of the n-th stay; a long stay bears one for each of its periods.
#[inline(always)]
fn of_stay(plan: &DeductiblePlan, part: &Part<'_>) -> Fen {
    let nth = part.stays.saturating_add(1);
    let Some((days, period)) = plan.period else {
        return plan.figure(nth);
    };
    let periods = part.case.days.div_ceil(days.max(1)).max(1);
    let figure = |n: u32| match period {
        Period::Again => plan.figure(nth),
        Period::Next => plan.figure(nth.saturating_add(n)),
    };
    // More than any bill can cost is the same as all of it.
    let add = |due: Fen, n| due.checked_add(figure(n)).unwrap_or(Fen::UNLIMITED);
    (0..periods).fold(Fen::ZERO, add)
}

#[inline(always)]
fn borne_in_year(row: &Row, part: &Part<'_>) -> Fen {
    row.counts.sum(part.year, |sums| sums.deductible)
}
