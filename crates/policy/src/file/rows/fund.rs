//! The basic fund: bands, what changes their ratios, caps.

use domain::policy::{Accumulates, Adjust, Band, Cap, CapBasis, Change, Origin, Per, Spelt};

use super::super::Places;
use super::super::amounts::{amount, amount_or_none, by_facility, ratio};
use super::super::ids::{Ids, settings};
use super::read_rows;
use crate::bill::{needed, optional};
use crate::reader::{Field, Reader, Table};

pub(in crate::file) fn bands(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<Band> {
    read_rows(r, t, "band", |r, t| {
        let row = places.add("band", t.at);
        let selector = ids.selector(r, t);
        let origin = needed(r, t, "origin", |r, f| r.word(f, Origin::ALL, Origin::code));
        let accumulates = needed(r, t, "accumulates", |r, f| {
            r.word(f, Accumulates::ALL, Accumulates::code)
        });
        let over = needed(r, t, "over", |r, f| amount(r, f, ids));
        let upto = optional(r, t, "upto", |r, f| amount(r, f, ids));
        let ratios = by_facility(r, t, "ratio", (selector, ids), ratio);
        let cite = ids.cite(r, t);
        let built = |(selector, ratio)| {
            let (over, upto, cite) = (over.clone()?, upto.clone()?, cite.clone()?);
            Some(Band {
                selector,
                origin: origin?,
                accumulates: accumulates?,
                over,
                upto,
                ratio,
                cite,
                row,
            })
        };
        ratios.into_iter().filter_map(built).collect()
    })
}

pub(in crate::file) fn adjusts(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<Adjust> {
    read_rows(r, t, "adjust", |r, t| {
        let row = places.add("adjust", t.at);
        let selector = ids.selector(r, t);
        let reason = needed(r, t, "reason", |r, f| r.text(f).map(str::to_owned));
        let change = match (t.take("own_times"), t.take("points"), t.take("ratio_times")) {
            (Some(f), None, None) => ratio(r, &f).map(Change::OwnTimes),
            (None, Some(f), None) => points(r, &f),
            (None, None, Some(f)) => ratio(r, &f).map(Change::RatioTimes),
            _ => {
                let message = "give exactly one of `own_times`, `points` and `ratio_times`";
                r.tell(t.at, &t.path, message);
                None
            }
        };
        let cite = ids.cite(r, t);
        let built = || {
            Some(Adjust {
                selector,
                reason: reason?,
                change: change?,
                cite: cite?,
                row,
            })
        };
        built().into_iter().collect()
    })
}

/// `"+5%"` or `"-10%"`.
fn points(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Change> {
    let text = r.text(field)?;
    let up = text.strip_prefix('+').map(|points| (points, true));
    let (points, up) = up
        .or_else(|| text.strip_prefix('-').map(|points| (points, false)))
        .unwrap_or(("", true));
    match crate::figure::ratio(points) {
        Ok(value) => {
            let spelt = Spelt {
                value,
                text: text.to_owned(),
            };
            Some(if up {
                Change::Up(spelt)
            } else {
                Change::Down(spelt)
            })
        }
        Err(_) => {
            r.tell_field(field, "points are spelt like `+5%` or `-10%`");
            None
        }
    }
}

pub(in crate::file) fn caps(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<Cap> {
    read_rows(r, t, "cap", |r, t| {
        let row = places.add("cap", t.at);
        let selector = ids.selector(r, t);
        let per = needed(r, t, "per", |r, f| {
            r.word(f, &[Per::Year, Per::Visit], Per::code)
        });
        let basis = needed(r, t, "basis", |r, f| {
            r.word(f, CapBasis::ALL, CapBasis::code)
        });
        let amounts = by_facility(r, t, "amount", (selector, ids), |r, f| {
            amount_or_none(r, f, ids)
        });
        let counts = optional(r, t, "counts", settings);
        let cite = ids.cite(r, t);
        let built = |(selector, amount)| {
            let (counts, cite) = (counts.clone()?, cite.clone()?);
            Some(Cap {
                selector,
                per: per?,
                basis: basis?,
                amount,
                counts,
                cite,
                row,
            })
        };
        amounts.into_iter().filter_map(built).collect()
    })
}
