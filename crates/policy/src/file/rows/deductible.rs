//! Deductibles with their periods, their yearly caps, and when they are waived.

use domain::bill::Continuation;
use domain::policy::{Deductible, DeductibleCap, Per, Period, Waiver};

use super::super::Places;
use super::super::amounts::{amount, by_facility, figures};
use super::super::ids::Ids;
use super::read_rows;
use crate::bill::{needed, optional};
use crate::reader::{Reader, Table};

pub(in crate::file) fn deductibles(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<Deductible> {
    read_rows(r, t, "deductible", |r, t| {
        let row = places.add("deductible", t.at);
        let selector = ids.selector(r, t);
        let per = needed(r, t, "per", |r, f| r.word(f, Per::ALL, Per::code));
        let mut several = None;
        let amounts = by_facility(r, t, "amount", (selector, ids), |r, f| {
            let figures = figures(r, f, ids)?;
            if figures.len() > 1 {
                several.get_or_insert_with(|| f.clone());
            }
            Some(figures)
        });
        let period = period(r, t);
        let cite = ids.cite(r, t);
        if let (Some(field), Some(per)) = (several, per.filter(|per| *per != Per::Stay)) {
            let message = format!(
                "several figures were found with `per = \"{}\"`; only those of a stay go by its number",
                per.code()
            );
            r.tell(field.node.at, &field.path, message);
        }
        let (Some(per), Some(period), Some(cite)) = (per, period, cite) else {
            return Vec::new();
        };
        let deductible = |(selector, figures)| Deductible {
            selector,
            per,
            figures,
            period,
            cite: cite.clone(),
            row,
        };
        amounts.into_iter().map(deductible).collect()
    })
}

/// `period_days` and `period`, both or neither.
#[expect(
    clippy::option_option,
    reason = "outside: was it right; inside: is it there"
)]
fn period(r: &mut Reader<'_>, t: &mut Table<'_>) -> Option<Option<(u32, Period)>> {
    let days = optional(r, t, "period_days", |r, f| {
        let days = r.count(f, 366)?;
        if days == 0 {
            r.tell_field(f, "a period has at least one day");
        }
        Some(days)
    });
    let period = optional(r, t, "period", |r, f| r.word(f, Period::ALL, Period::code));
    match (days?, period?) {
        (None, None) => Some(None),
        (Some(days), Some(period)) => Some(Some((days, period))),
        (Some(_), None) => {
            let message = "it is missing; it goes with `period_days`";
            r.tell(t.at, &t.path_of("period"), message);
            None
        }
        (None, Some(_)) => {
            let message = "it is missing; it goes with `period`";
            r.tell(t.at, &t.path_of("period_days"), message);
            None
        }
    }
}

pub(in crate::file) fn deductible_caps(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<DeductibleCap> {
    read_rows(r, t, "deductible_cap", |r, t| {
        let row = places.add("deductible_cap", t.at);
        let selector = ids.selector(r, t);
        let amounts = by_facility(r, t, "amount", (selector, ids), |r, f| amount(r, f, ids));
        let Some(cite) = ids.cite(r, t) else {
            return Vec::new();
        };
        let cap = |(selector, amount)| DeductibleCap {
            selector,
            amount,
            cite: cite.clone(),
            row,
        };
        amounts.into_iter().map(cap).collect()
    })
}

pub(in crate::file) fn waivers(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<Waiver> {
    read_rows(r, t, "waiver", |r, t| {
        let row = places.add("waiver", t.at);
        let selector = ids.selector(r, t);
        let continuation = needed(r, t, "continuation", |r, f| {
            r.word(f, Continuation::ALL, Continuation::code)
        });
        let cite = ids.cite(r, t);
        let built = || {
            Some(Waiver {
                selector,
                continuation: continuation?,
                cite: cite?,
                row,
            })
        };
        built().into_iter().collect()
    })
}
