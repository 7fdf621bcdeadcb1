//! The benefit year before a bill.

use domain::bill::Setting;
use domain::fen::Fen;
use domain::step::LayerKind;
use domain::year::{LayerSums, SettingSums, YearToDate};

use super::{amount, borne, optional};
use crate::reader::{Field, Reader, Table};

/// More stays than a person can have in a year.
const MOST_STAYS: u32 = 366;

#[expect(
    clippy::option_option,
    reason = "outside: was it right; inside: is it there"
)]
pub(super) fn year(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    key: &'static str,
) -> Option<Option<YearToDate>> {
    let Some(field) = t.take(key) else {
        return Some(None);
    };
    let mut t = r.table(&field)?;
    let stays = optional(r, &mut t, "stays", |r, f| r.count(f, MOST_STAYS));
    let mut year = YearToDate::default();
    let mut good = true;
    for &setting in Setting::ALL {
        if let Some(field) = t.take(setting.code()) {
            good &= sums(r, &field, setting, &mut year).is_some();
        }
    }
    r.done(t);
    year.stays = stays?.unwrap_or(0);
    good.then_some(Some(year))
}

fn sums(
    r: &mut Reader<'_>,
    field: &Field<'_>,
    setting: Setting,
    year: &mut YearToDate,
) -> Option<()> {
    let mut t = r.table(field)?;
    let (in_scope, deductible) = borne(r, &mut t);
    let pooled = pooled(r, &mut t, in_scope.zip(deductible));
    let own_share = amount(r, &mut t, "own_share");
    let mut layers = Vec::new();
    for &kind in LayerKind::ALL {
        if let Some(field) = t.take(kind.code()) {
            layers.push((kind, layer(r, &field)));
        }
    }
    r.done(t);
    year.settings[setting.index()] = SettingSums {
        in_scope: in_scope?,
        deductible: deductible?,
        pooled: pooled?,
        own_share: own_share?,
    };
    // The large-amount fund looks at cost over the cap only, never at the ordinary own share.
    let assumed = |kind| match kind {
        LayerKind::LargeAmount => Some(Fen::ZERO),
        _ => own_share,
    };
    for &kind in LayerKind::ALL {
        let (base, paid) = (assumed(kind)?, Fen::ZERO);
        year.layers[kind.index()][setting.index()] = LayerSums { base, paid };
    }
    for (kind, sums) in layers {
        let (own, paid) = sums?;
        let base = own.or(assumed(kind))?;
        year.layers[kind.index()][setting.index()] = LayerSums { base, paid };
    }
    Some(())
}

/// What the fund of the basic stage paid: of the cost in scope, less the deductible.
fn pooled(r: &mut Reader<'_>, t: &mut Table<'_>, borne: Option<(Fen, Fen)>) -> Option<Fen> {
    let Some(field) = t.take("pooled") else {
        return Some(Fen::ZERO);
    };
    let pooled = r.yuan(&field)?;
    if let Some((in_scope, deductible)) = borne
        && pooled > in_scope.beyond(deductible)
    {
        let rule = format!(
            "the fund pays of the cost in scope less the deductible, {}",
            in_scope.beyond(deductible)
        );
        r.tell_field(&field, &rule);
    }
    Some(pooled)
}

/// The own share that the layer has looked at, where it is given, and what it paid.
fn layer(r: &mut Reader<'_>, field: &Field<'_>) -> Option<(Option<Fen>, Fen)> {
    let mut t = r.table(field)?;
    let base = optional(r, &mut t, "base", Reader::yuan);
    let paid = amount(r, &mut t, "paid");
    if let (Some(Some(base)), Some(paid)) = (base, paid)
        && paid > base
    {
        r.tell_field(
            field,
            &format!("a layer pays of its base: {paid} of {base}"),
        );
    }
    r.done(t);
    base.zip(paid)
}
