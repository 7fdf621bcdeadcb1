//! The rows of a policy file: those of one table each are in files of their own; here are the small tables that stand beside the chain.

mod account;
mod classification;
mod deductible;
mod fund;
mod layer;

use domain::policy::{Along, BaseAmount, Exclusion, Gap, NoRule, Rising, Selector};
use domain::step::LayerKind;

use super::Places;
use super::amounts::plain_amount;
use super::ids::{Ids, name};
use crate::bill::{needed, optional};
use crate::reader::{Reader, Table};

pub(super) use account::accounts;
pub(super) use classification::{first_shares, off_region_shares, payment_limits};
pub(super) use deductible::{deductible_caps, deductibles, waivers};
pub(super) use fund::{adjusts, bands, caps};
pub(super) use layer::layers;

/// Reads every row of a table; a row may come to several, one for each facility class.
pub(super) fn read_rows<T>(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    name: &'static str,
    mut row: impl FnMut(&mut Reader<'_>, &mut Table<'_>) -> Vec<T>,
) -> Vec<T> {
    let mut rows = Vec::new();
    for mut t in r.tables(t, name) {
        rows.extend(row(r, &mut t));
        r.done(t);
    }
    rows
}

pub(super) fn base_amounts(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &mut Ids,
    places: &mut Places,
) {
    let rows = read_rows(r, t, "base_amount", |r, t| {
        let row = places.add("base_amount", t.at);
        let id = needed(r, t, "id", |r, f| {
            let id = r.text(f)?;
            ids.base_ids.add(r, f, id);
            Some(id.to_owned())
        });
        let figure = needed(r, t, "amount", plain_amount);
        let cite = ids.cite(r, t);
        let built = || {
            Some(BaseAmount {
                id: id?,
                amount: figure?,
                cite: cite?,
                row,
            })
        };
        built().into_iter().collect()
    });
    ids.base_amounts = rows;
}

pub(super) fn no_rules(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<NoRule> {
    read_rows(r, t, "no_rule", |r, t| {
        let row = places.add("no_rule", t.at);
        let selector = ids.selector(r, t);
        if selector == Selector::ALL {
            let message = "it is for everything; say for which `setting`, `facility`, `person`, `place` or `disease` there is no rule";
            r.tell(t.at, &t.path, message);
        }
        let cite = ids.cite(r, t);
        let built = |cite| NoRule {
            selector,
            cite,
            row,
        };
        cite.map(built).into_iter().collect()
    })
}

pub(super) fn exclusions(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<Exclusion> {
    read_rows(r, t, "exclusion", |r, t| {
        let row = places.add("exclusion", t.at);
        let cause = needed(r, t, "cause", |r, f| r.text(f).map(str::to_owned));
        let named = optional(r, t, "name", name);
        let advance = optional(r, t, "advance", Reader::bool);
        let cite = ids.cite(r, t);
        let built = || {
            Some(Exclusion {
                cause: cause?,
                name: named?,
                advance: advance?.unwrap_or(false),
                cite: cite?,
                row,
            })
        };
        built().into_iter().collect()
    })
}

pub(super) fn rising(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<Rising> {
    read_rows(r, t, "rising", |r, t| {
        let row = places.add("rising", t.at);
        let selector = ids.selector(r, t);
        let along = needed(r, t, "along", |r, f| r.word(f, Along::ALL, Along::code));
        let layer = t.take("layer");
        if let (Some(field), Some(Along::Facility | Along::Person)) = (&layer, along) {
            r.tell_field(
                field,
                "a layer's ratios are claimed to rise only along `band`",
            );
        }
        let layer = match layer {
            None => Some(None),
            Some(f) => r.word(&f, LayerKind::ALL, LayerKind::code).map(Some),
        };
        let cite = ids.cite(r, t);
        let built = || {
            Some(Rising {
                selector,
                along: along?,
                layer: layer?,
                cite: cite?,
                row,
            })
        };
        built().into_iter().collect()
    })
}

pub(super) fn gaps(r: &mut Reader<'_>, t: &mut Table<'_>, ids: &Ids) -> Vec<Gap> {
    read_rows(r, t, "gap", |r, t| {
        let about = needed(r, t, "about", name);
        let cited = [t.take("cite"), t.take("standing")];
        let cite = if cited.iter().any(Option::is_some) {
            ids.cite(r, t).map(Some)
        } else {
            Some(None)
        };
        let built = || {
            Some(Gap {
                about: about?,
                cite: cite?,
            })
        };
        built().into_iter().collect()
    })
}
