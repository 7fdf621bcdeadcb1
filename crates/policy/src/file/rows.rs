//! The rows of a policy file, table by table in the order of the law.

use domain::account::AccountPart;
use domain::bill::{Category, Continuation, ItemClass};
use domain::policy::{
    AccountRule, Accumulates, Adjust, Along, Band, BaseAmount, Cap, CapBasis, Change, Deductible,
    DeductibleCap, Exclusion, FirstShare, Gap, Layer, NoRule, OffRegionShare, Origin, PaymentLimit,
    Per, Period, Rising, Selector, Spelt, Waiver,
};
use domain::step::LayerKind;
use domain::{Fen, Ratio};

use super::Places;
use super::amounts::{amount, amount_or_none, by_facility, figures, plain_amount, ratio};
use super::ids::{Ids, each_once, name, own_parts, settings};
use crate::bill::{needed, optional, texts};
use crate::reader::{Field, Reader, Table};

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

pub(super) fn payment_limits(
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

pub(super) fn first_shares(
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
fn steps(r: &mut Reader<'_>, field: &Field<'_>, ids: &Ids) -> Option<Steps> {
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

pub(super) fn off_region_shares(
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

pub(super) fn deductibles(
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

pub(super) fn deductible_caps(
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

pub(super) fn waivers(
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

pub(super) fn bands(
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

pub(super) fn adjusts(
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

pub(super) fn caps(
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

pub(super) fn layers(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<Layer> {
    read_rows(r, t, "layer", |r, t| {
        let row = places.add("layer", t.at);
        layer(r, t, ids, row).into_iter().collect()
    })
}

fn layer(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    row: domain::policy::RowRef,
) -> Option<Layer> {
    let selector = ids.selector(r, t);
    let kind = needed(r, t, "kind", |r, f| {
        r.word(f, LayerKind::ALL, LayerKind::code)
    });
    let identities = texts(r, t, "identities");
    let base = needed(r, t, "base", |r, f| {
        let base = own_parts(r, f)?;
        if base.is_empty() {
            r.tell_field(f, "a fund looks at one own part at least");
        }
        Some(base)
    });
    let over = needed(r, t, "over", |r, f| amount(r, f, ids));
    let origin = needed(r, t, "origin", |r, f| r.word(f, Origin::ALL, Origin::code));
    let accumulates = needed(r, t, "accumulates", |r, f| {
        let year = r.word(f, &["year", "visit"], |word| word)?;
        Some(if year == "year" {
            Accumulates::Year
        } else {
            Accumulates::Stay
        })
    });
    let bands = needed(r, t, "bands", |r, f| steps(r, f, ids));
    let cap = needed(r, t, "cap", |r, f| amount_or_none(r, f, ids));
    let cap_basis = optional(r, t, "cap_basis", |r, f| {
        r.word(f, &[CapBasis::Fund, CapBasis::Cost], CapBasis::code)
    });
    let counts = optional(r, t, "counts", settings);
    let before_catastrophic = optional(r, t, "before_catastrophic", Reader::bool);
    let cite = ids.cite(r, t);
    if matches!((&cap, &cap_basis), (Some(Some(_)), Some(None))) {
        let message = "it is missing; a cap counts `fund` or `cost`";
        r.tell(t.at, &t.path_of("cap_basis"), message);
    }
    Some(Layer {
        selector,
        kind: kind?,
        identities: identities?,
        base: base?,
        over: over?,
        origin: origin?,
        accumulates: accumulates?,
        bands: bands?,
        cap: cap?,
        cap_basis: cap_basis?.unwrap_or(CapBasis::Fund),
        counts: counts?,
        before_catastrophic: before_catastrophic?.unwrap_or(false),
        cite: cite?,
        row,
    })
}

pub(super) fn accounts(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<AccountRule> {
    read_rows(r, t, "account", |r, t| {
        let row = places.add("account", t.at);
        let selector = ids.selector(r, t);
        let before = needed(r, t, "before", parts);
        let after = needed(r, t, "after", parts);
        let pays = needed(r, t, "pays", own_parts);
        let family = needed(r, t, "family", Reader::bool);
        let cite = ids.cite(r, t);
        let built = || {
            let (before, after, pays) = (before?, after?, pays?);
            Some(AccountRule {
                selector,
                before,
                after,
                pays,
                family: family?,
                cite: cite?,
                row,
            })
        };
        built().into_iter().collect()
    })
}

fn parts(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Vec<AccountPart>> {
    each_once(r, field, AccountPart::ALL, AccountPart::code)
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
