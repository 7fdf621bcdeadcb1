//! Fee lines split: payment limits, first shares, and the first share for care elsewhere.

use domain::bill::{Category, ItemClass};
use domain::policy::{FirstShare, OffRegionShare, PaymentLimit, Spelt};
use domain::{Fen, Ratio};

use super::super::Places;
use super::super::amounts::{amount, by_facility, ratio};
use super::super::ids::Ids;
use super::read_rows;
use crate::bill::{needed, optional};
use crate::reader::{Field, Reader, Table};

pub(in crate::file) fn payment_limits(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<PaymentLimit> {
    read_rows(r, t, "payment_limit", |r, t| {
        let row = places.add("payment_limit", t.at);
        let selector = ids.selector(r, t);
        let category = needed(r, t, "category", |r, f| {
            r.word(f, Category::ALL, Category::code)
        });
        let amounts = by_facility(r, t, "amount", (selector, ids), |r, f| amount(r, f, ids));
        let Some((category, cite)) = category.zip(ids.cite(r, t)) else {
            return Vec::new();
        };
        let limit = |(selector, amount)| PaymentLimit {
            selector,
            category,
            amount,
            cite: cite.clone(),
            row,
        };
        amounts.into_iter().map(limit).collect()
    })
}

pub(in crate::file) fn first_shares(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<FirstShare> {
    read_rows(r, t, "first_share", |r, t| {
        let row = places.add("first_share", t.at);
        let selector = ids.selector(r, t);
        let class = needed(r, t, "class", |r, f| {
            r.word(f, ItemClass::ALL, ItemClass::code)
        });
        let category = optional(r, t, "category", |r, f| {
            r.word(f, Category::ALL, Category::code)
        });
        let steps = first_share_steps(r, t, ids);
        let cite = ids.cite(r, t);
        let built = || {
            Some(FirstShare {
                selector,
                class: class?,
                category: category?,
                steps: steps?,
                cite: cite?,
                row,
            })
        };
        built().into_iter().collect()
    })
}

type Steps = Vec<Step>;

/// `ratio` for every price, or `steps` by unit price.
fn first_share_steps(r: &mut Reader<'_>, t: &mut Table<'_>, ids: &Ids) -> Option<Steps> {
    match (t.take("ratio"), t.take("steps")) {
        (Some(field), None) => ratio(r, &field).map(|ratio| vec![(None, ratio)]),
        (None, Some(field)) => steps(r, &field, ids),
        (None, None) => {
            r.tell(
                t.at,
                &t.path_of("ratio"),
                "it is missing; give `ratio` or `steps`",
            );
            None
        }
        (Some(_), Some(field)) => {
            let message = "both `ratio` and `steps` are given; give one of the two";
            r.tell(field.node.at, &field.path, message);
            None
        }
    }
}

/// A list of `{ upto, ratio }` whose ends rise and whose last has none.
pub(super) fn steps(r: &mut Reader<'_>, field: &Field<'_>, ids: &Ids) -> Option<Steps> {
    let list = r.list(field)?;
    let read: Vec<_> = list.iter().map(|f| step(r, f, ids)).collect();
    let mut steps: Steps = Vec::new();
    for (read, field) in read.into_iter().zip(&list) {
        let (upto, ratio) = read?;
        let end = |upto: &Option<Spelt<Fen>>| upto.as_ref().map_or(Fen::UNLIMITED, |u| u.value);
        let before = steps.last().map(|(before, _)| end(before));
        if before == Some(Fen::UNLIMITED) {
            let message = "a step was found after one without `upto`; only the last has none";
            r.tell(field.node.at, &field.path, message);
            return None;
        }
        if let Some(before) = before.filter(|before| end(&upto) <= *before) {
            let message = format!(
                "the step ends at {}, and the one before at {before}; ends rise",
                end(&upto)
            );
            r.tell(field.node.at, &field.path, message);
            return None;
        }
        steps.push((upto, ratio));
    }
    if steps.last().is_none_or(|(upto, _)| upto.is_some()) {
        let at = list.last().map_or(field, |last| last);
        let message = "no step without `upto` was found; the last has none";
        r.tell(at.node.at, &at.path, message);
        return None;
    }
    Some(steps)
}

type Step = (Option<Spelt<Fen>>, Spelt<Ratio>);

fn step(r: &mut Reader<'_>, field: &Field<'_>, ids: &Ids) -> Option<Step> {
    let mut t = r.table(field)?;
    let upto = optional(r, &mut t, "upto", |r, f| amount(r, f, ids));
    let ratio = needed(r, &mut t, "ratio", ratio);
    r.done(t);
    upto.zip(ratio)
}

pub(in crate::file) fn off_region_shares(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<OffRegionShare> {
    read_rows(r, t, "off_region_share", |r, t| {
        let row = places.add("off_region_share", t.at);
        let selector = ids.selector(r, t);
        let share = needed(r, t, "ratio", ratio);
        let cite = ids.cite(r, t);
        let built = || {
            Some(OffRegionShare {
                selector,
                ratio: share?,
                cite: cite?,
                row,
            })
        };
        built().into_iter().collect()
    })
}
