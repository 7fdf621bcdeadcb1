//! What a bill cost: sums already split, or fee lines.

use domain::bill::{Category, Cost, ItemClass, Line, Quantity, Sums, UnitPrice};
use domain::fen::Fen;
use domain::ratio::Ratio;

use super::fees::{Charged, Fee};
use super::{amount, flag, needed, optional};
use crate::reader::{Field, Reader, Table};

pub(super) fn cost(r: &mut Reader<'_>, t: &mut Table<'_>) -> Option<Cost> {
    let (sums_field, lines_field) = (t.take("cost"), t.take("line"));
    match (sums_field, lines_field) {
        (Some(field), None) => sums(r, &field).map(Cost::Sums),
        (None, Some(field)) => lines(r, &field).map(Cost::Lines),
        (None, None) => {
            let (at, path) = (t.at, t.path_of("cost"));
            r.tell(at, &path, "it is missing; give `cost` or `line`");
            None
        }
        (Some(_), Some(field)) => {
            let message = "both `cost` and `line` are given; give one of the two";
            r.tell(field.node.at, &field.path, message);
            None
        }
    }
}

fn sums(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Sums> {
    let mut t = r.table(field)?;
    let total = optional(r, &mut t, "total", |r, f| Some((r.yuan(f)?, f.node.at)));
    let hospital = amount(r, &mut t, "hospital");
    let self_funded = amount(r, &mut t, "self_funded");
    let over_limit = amount(r, &mut t, "over_limit");
    let first_share = amount(r, &mut t, "first_share");
    let in_scope = amount(r, &mut t, "in_scope");
    let path = t.path_of("total");
    r.done(t);
    let sums = Sums {
        hospital: hospital?,
        self_funded: self_funded?,
        over_limit: over_limit?,
        first_share: first_share?,
        in_scope: in_scope?,
    };
    let sum = sums.total();
    match total? {
        Some((total, at)) if total != sum => {
            r.tell(
                at,
                &path,
                format!("{total} was found, and the parts sum to {sum}"),
            );
            None
        }
        _ if sum > Fen::LARGEST => {
            let message = format!(
                "the parts sum to {sum}; the largest amount is {}",
                Fen::LARGEST
            );
            r.tell(field.node.at, &field.path, message);
            None
        }
        _ => Some(sums),
    }
}

fn lines(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Vec<Line>> {
    let lines = r.each(field, line)?;
    if lines.is_empty() {
        r.tell(
            field.node.at,
            &field.path,
            "an empty list was found; a bill has at least one line",
        );
    }
    Some(lines)
}

/// A code or name on one line.
fn item(r: &mut Reader<'_>, field: &Field<'_>) -> Option<String> {
    let text = r.text(field)?;
    if text.trim().is_empty() || text.contains(char::is_control) {
        r.tell_field(field, "an item is a code or a name on one line, not empty");
        return None;
    }
    Some(text.to_owned())
}

fn line(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Line> {
    match fee_or_line(r, field, true)? {
        Fee::Classed(line) => Some(line),
        Fee::Charged(_) => None,
    }
}

/// A line with or without a class; one without is the catalogue's to class.
pub(super) fn fee(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Fee> {
    fee_or_line(r, field, false)
}

fn fee_or_line(r: &mut Reader<'_>, field: &Field<'_>, classed: bool) -> Option<Fee> {
    let mut t = r.table(field)?;
    let item = needed(r, &mut t, "item", item);
    let read = |r: &mut Reader<'_>, f: &Field<'_>| r.word(f, ItemClass::ALL, ItemClass::code);
    let class = match classed {
        true => needed(r, &mut t, "class", read).map(Some),
        false => optional(r, &mut t, "class", read),
    };
    if class == Some(None) {
        for key in ["category", "limit", "first_share", "restricted"] {
            if let Some(field) = t.take(key) {
                r.tell_field(&field, "without a `class` the catalogue says it");
            }
        }
    }
    let category = optional(r, &mut t, "category", |r, f| {
        r.word(f, Category::ALL, Category::code)
    });
    let quantity = optional(r, &mut t, "quantity", Reader::quantity);
    let unit_price = needed(r, &mut t, "unit_price", Reader::unit_price);
    let amount = optional(r, &mut t, "amount", Reader::yuan);
    let limit = optional(r, &mut t, "limit", Reader::unit_price);
    let first_share = optional(r, &mut t, "first_share", Reader::ratio);
    let restricted = flag(r, &mut t, "restricted", false);
    let approved = flag(r, &mut t, "approved", false);
    let hospital = flag(r, &mut t, "hospital", false);
    let day = optional(r, &mut t, "day", Reader::date);
    r.done(t);
    let limit: Option<UnitPrice> = limit?;
    let first_share: Option<Ratio> = first_share?;
    let (category, restricted) = (category?.unwrap_or(Category::Other), restricted?);
    let charged = Charged {
        item: item?,
        quantity: quantity?.unwrap_or(Quantity(10_000)),
        unit_price: unit_price?,
        amount: amount?,
        approved: approved?,
        hospital: hospital?,
        day: day?,
    };
    let Some(class) = class? else {
        return Some(Fee::Charged(charged));
    };
    Some(Fee::Classed(Line {
        item: charged.item,
        class,
        category,
        quantity: charged.quantity,
        unit_price: charged.unit_price,
        amount: charged.amount,
        limit,
        first_share,
        barred: restricted && !charged.approved,
        hospital: charged.hospital,
        tolerance: Fen::ZERO,
        day: charged.day,
    }))
}
