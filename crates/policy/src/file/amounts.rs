//! Figures of a policy: as spelt, by facility class, by the number of the stay, or as a share of a base amount.

use domain::policy::{Selector, Set, Spelt};
use domain::ratio::Round;
use domain::{Fen, Ratio};

use super::ids::Ids;
use crate::bill::needed;
use crate::figure;
use crate::node::Value;
use crate::reader::{Field, Reader, Table};

/// An amount as spelt, or a share or multiple of a base amount.
pub(super) fn amount(r: &mut Reader<'_>, field: &Field<'_>, ids: &Ids) -> Option<Spelt<Fen>> {
    if matches!(field.node.value, Value::Table(_)) {
        return derived(r, field, ids);
    }
    plain_amount(r, field)
}

/// An amount as spelt.
pub(super) fn plain_amount(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Spelt<Fen>> {
    let text = r.text(field)?;
    match figure::amount(text) {
        Ok(value) => Some(Spelt {
            value,
            text: text.to_owned(),
        }),
        Err(rule) => {
            r.tell_field(field, &rule);
            None
        }
    }
}

/// An amount, or `"none"`.
#[expect(
    clippy::option_option,
    reason = "outside: was it right; inside: is there one"
)]
pub(super) fn amount_or_none(
    r: &mut Reader<'_>,
    field: &Field<'_>,
    ids: &Ids,
) -> Option<Option<Spelt<Fen>>> {
    if matches!(&field.node.value, Value::Text(text) if text == "none") {
        return Some(None);
    }
    amount(r, field, ids).map(Some)
}

/// `{ share = "5%", of = "…", to = "yuan" }` or `{ times = "6", of = "…", to = "fen" }`; half up.
fn derived(r: &mut Reader<'_>, field: &Field<'_>, ids: &Ids) -> Option<Spelt<Fen>> {
    let mut t = r.table(field)?;
    let (share, times) = (t.take("share"), t.take("times"));
    let base = needed(r, &mut t, "of", |r, f| ids.base_amount(r, f));
    let unit = needed(r, &mut t, "to", |r, f| {
        r.word(f, &["fen", "yuan"], |word| word)
    });
    r.done(t);
    let (num, den, text) = match (share, times) {
        (Some(f), None) => {
            let share = ratio(r, &f)?;
            (u128::from(share.value.num()), share.value.den(), share.text)
        }
        (None, Some(f)) => {
            let (num, text) = multiple(r, &f)?;
            (num, 10_000, text)
        }
        _ => {
            let message = "give exactly one of `share` and `times`";
            r.tell(field.node.at, &field.path, message);
            return None;
        }
    };
    let (base, unit) = (base?, if unit? == "yuan" { 100_u64 } else { 1 });
    let exact = u128::from(base.amount.value.fen()) * num;
    let units = Round::HalfUp.wide_quotient(exact, u128::from(den) * u128::from(unit));
    let value = units
        .and_then(|units| units.checked_mul(unit))
        .map(Fen::new)
        .filter(|v| *v <= Fen::LARGEST);
    if value.is_none() {
        let (base, most) = (&base.amount.text, Fen::LARGEST);
        let message = format!("{base} × {text} comes to more than the largest amount, {most}");
        r.tell(field.node.at, &field.path, message);
    }
    Some(Spelt {
        value: value?,
        text: format!("{} × {text}", base.amount.text),
    })
}

/// A multiple with at most four decimals, in ten-thousandths.
fn multiple(r: &mut Reader<'_>, field: &Field<'_>) -> Option<(u128, String)> {
    let text = r.text(field)?;
    match figure::quantity(text) {
        Ok(quantity) => Some((u128::from(quantity.0), text.to_owned())),
        Err(rule) => {
            r.tell_field(field, &rule);
            None
        }
    }
}

/// A ratio as spelt.
pub(super) fn ratio(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Spelt<Ratio>> {
    let text = r.text(field)?;
    match figure::ratio(text) {
        Ok(value) => Some(Spelt {
            value,
            text: text.to_owned(),
        }),
        Err(rule) => {
            r.tell_field(field, &rule);
            None
        }
    }
}

/// Figures by the number of the stay: one, or a list whose later entries may be a ratio of the first.
pub(super) fn figures(r: &mut Reader<'_>, field: &Field<'_>, ids: &Ids) -> Option<Vec<Spelt<Fen>>> {
    if !matches!(field.node.value, Value::List(_)) {
        return amount(r, field, ids).map(|figure| vec![figure]);
    }
    let list = r.list(field)?;
    if list.is_empty() {
        r.tell(
            field.node.at,
            &field.path,
            "an empty list was found; figures by the number of the stay are at least one",
        );
        return None;
    }
    let mut figures: Vec<Option<Spelt<Fen>>> = Vec::new();
    for field in &list {
        let first = figures.first().map(|first| first.as_ref().map(|f| f.value));
        figures.push(match (first, &field.node.value) {
            (Some(first), Value::Text(text)) if !text.ends_with('元') => {
                let share = of_the_first(r, field);
                let round = ids.fund_round.unwrap_or(Round::HalfUp);
                share.zip(first).map(|(share, first)| Spelt {
                    value: first.split_by(share.value, round).0,
                    text: share.text,
                })
            }
            _ => amount(r, field, ids),
        });
    }
    figures.into_iter().collect()
}

/// The ratio that a later figure is of the first.
fn of_the_first(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Spelt<Ratio>> {
    let text = r.text(field)?;
    match figure::ratio(text) {
        Ok(value) => Some(Spelt {
            value,
            text: text.to_owned(),
        }),
        Err(rule) => {
            let rule = format!(
                "a later figure is an amount, like `650元`, or a ratio of the first; {rule}"
            );
            r.tell_field(field, &rule);
            None
        }
    }
}

/// A value that is the same for all, or a table by facility class: each class with its value narrows the selector.
pub(super) fn by_facility<'n, T>(
    r: &mut Reader<'_>,
    t: &mut Table<'n>,
    key: &'static str,
    (selector, ids): (Selector, &Ids),
    mut read: impl FnMut(&mut Reader<'_>, &Field<'n>) -> Option<T>,
) -> Vec<(Selector, T)> {
    let Some(field) = r.need(t, key) else {
        return Vec::new();
    };
    let Value::Table(entries) = &field.node.value else {
        return read(r, &field)
            .map(|value| (selector, value))
            .into_iter()
            .collect();
    };
    // A figure derived from a base amount is a table too.
    if entries.iter().any(|e| e.key == "of") {
        return read(r, &field)
            .map(|value| (selector, value))
            .into_iter()
            .collect();
    }
    if selector.facilities != Set::ALL {
        let message = "a table by facility class was found beside `facility`; give one of the two";
        r.tell(field.node.at, &field.path, message);
    }
    let Some(table) = r.table(&field) else {
        return Vec::new();
    };
    if table.keys() == 0 {
        let message = "an empty table was found; a table by facility class names at least one";
        r.tell(field.node.at, &field.path, message);
    }
    let mut values = Vec::new();
    for (entry, field) in table.take_all() {
        match ids.facilities.number(&entry.key) {
            None => r.tell(entry.at, &field.path, ids.facilities.unknown()),
            Some(number) => {
                let narrowed = Selector {
                    facilities: Set::of([number]),
                    ..selector
                };
                values.extend(read(r, &field).map(|value| (narrowed, value)));
            }
        }
    }
    values
}
