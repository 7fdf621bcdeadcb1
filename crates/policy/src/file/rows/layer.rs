//! The funds after the basic one.

use domain::policy::{Accumulates, CapBasis, Layer, Origin};
use domain::step::LayerKind;

use super::super::Places;
use super::super::amounts::{amount, amount_or_none};
use super::super::ids::{Ids, own_parts, settings};
use super::classification::steps;
use super::read_rows;
use crate::bill::{needed, optional, texts};
use crate::reader::{Reader, Table};

pub(in crate::file) fn layers(
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
