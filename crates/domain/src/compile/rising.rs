//! Claims that ratios rise, held against every row of a plan.

use crate::fault::{Fault, FaultKind, Faults};
use crate::fen::Fen;
use crate::plan::{Plan, Row, Scale};
use crate::policy::{Along, Point, Rising};
use crate::ratio::Ratio;
use crate::step::LayerKind;

/// Every place at which a ratio falls although the file says that it rises.
pub(super) fn falls(plan: &Plan) -> Faults {
    let mut faults = Faults::default();
    for claim in &plan.policy.rising {
        for point in plan.points().filter(|p| claim.selector.holds(p)) {
            let row = plan
                .row(&point)
                .map(|id| plan.row_at(id))
                .filter(|row| row.unfunded.is_none());
            let Some(row) = row else { continue };
            let fall = match claim.along {
                Along::Band => match claim.layer {
                    None => along_bands(plan, &row.scale),
                    Some(kind) => in_layers(plan, row, kind),
                },
                Along::Facility => next(plan, claim, &point, plan.policy.facilities.len(), |p| {
                    &mut p.facility
                })
                .and_then(|other| between(plan, row, other)),
                Along::Person => next(plan, claim, &point, plan.policy.persons.len(), |p| {
                    &mut p.person
                })
                .and_then(|other| between(plan, row, other)),
            };
            if let Some((a, b)) = fall {
                faults.push(Fault::at(
                    &point,
                    [claim.row],
                    FaultKind::Falls(claim.along, a, b),
                ));
            }
        }
    }
    faults
}

/// The next class that the claim covers and that has a row.
fn next<'a>(
    plan: &'a Plan,
    claim: &Rising,
    point: &Point,
    classes: usize,
    class: impl Fn(&mut Point) -> &mut usize,
) -> Option<&'a Row> {
    let mut other = *point;
    while *class(&mut other) + 1 < classes {
        *class(&mut other) += 1;
        if claim.selector.holds(&other)
            && let Some(id) = plan.row(&other)
        {
            return Some(plan.row_at(id));
        }
    }
    None
}

/// Along the bands of the point's layers of one kind.
fn in_layers(plan: &Plan, row: &Row, kind: LayerKind) -> Option<(Ratio, Ratio)> {
    let layers = row
        .layers()
        .into_iter()
        .flat_map(|range| range.of(&plan.layers));
    let mut of_kind = layers.filter(|layer| layer.kind == kind);
    of_kind.find_map(|layer| along_bands(plan, &layer.scale))
}

fn along_bands(plan: &Plan, scale: &Scale) -> Option<(Ratio, Ratio)> {
    let bands = scale.bands.of(&plan.bands);
    bands
        .windows(2)
        .find(|w| w[1].num < w[0].num)
        .and_then(|w| {
            let den = scale.divide.den();
            Some((Ratio::new(w[0].num, den)?, Ratio::new(w[1].num, den)?))
        })
}

fn between(plan: &Plan, low: &Row, high: &Row) -> Option<(Ratio, Ratio)> {
    let ends = |row: &Row| {
        row.scale
            .bands
            .of(&plan.bands)
            .iter()
            .map(|b| b.upto)
            .collect::<Vec<Fen>>()
    };
    let mut ends: Vec<Fen> = ends(low).into_iter().chain(ends(high)).collect();
    ends.sort_unstable();
    let fall = ends
        .into_iter()
        .map(|end| (ratio_to(plan, low, end), ratio_to(plan, high, end)));
    fall.filter_map(|(a, b)| Some((a?, b?)))
        .find(|(a, b)| b.below(*a))
}

/// The ratio of the band that contains the cost just below `end`.
fn ratio_to(plan: &Plan, row: &Row, end: Fen) -> Option<Ratio> {
    let band = row
        .scale
        .bands
        .of(&plan.bands)
        .iter()
        .find(|b| end <= b.upto)?;
    Ratio::new(band.num, row.scale.divide.den())
}
