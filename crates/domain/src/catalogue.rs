//! `Catalogue`: what the insurance pays for (医保目录), item by item and day by day, and the fee lines made of it.

use std::fmt;

use jiff::civil::Date;

use crate::bill::{Category, ItemClass, Line, Quantity, UnitPrice};
use crate::day::Span;
use crate::fen::Fen;
use crate::ratio::Ratio;

/// One version of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueItem {
    /// The item's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What kind of thing it is.
    pub category: Category,
    /// Its class.
    pub class: ItemClass,
    /// Payment limit of a unit (限价); none if absent.
    pub limit: Option<UnitPrice>,
    /// First share of this item (先自付比例); the policy's for its class and category if absent.
    pub first_share: Option<Ratio>,
    /// The payment restriction (限制使用范围), in the words of the catalogue; unrestricted if absent.
    pub restriction: Option<String>,
    /// First day of this version.
    pub from: Date,
    /// Last day of this version; open if absent.
    pub until: Option<Date>,
}

impl CatalogueItem {
    /// The days on which this version holds.
    #[inline]
    #[must_use]
    pub fn days(&self) -> Span {
        let (from, until) = (self.from, self.until);
        Span { from, until }
    }
}

/// Items by code and day; the versions of one code do not overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// By code, then by first day.
    items: Vec<CatalogueItem>,
}

/// Two versions of one code hold on the same day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The code.
    pub code: String,
    /// The first day on which both hold.
    pub day: Date,
    /// The lines of the two in their file, the smaller one first.
    pub lines: [u64; 2],
}

/// What becomes of a code that the catalogue does not have on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// It is an error.
    Refuse,
    /// It is paid by the person: class C, of this category.
    ClassC(Category),
}

/// A code that the catalogue does not have on the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownItem {
    /// The code.
    pub code: String,
    /// The day.
    pub day: Date,
    /// The first day and the last of the version that lies nearest before the day or, without one, first after it;
    /// none when the catalogue never had the code.
    pub nearest: Option<Span>,
}

/// What a provider charges for one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fee<'a> {
    /// The item's code.
    pub code: &'a str,
    /// How many units.
    pub quantity: Quantity,
    /// Price of a unit.
    pub unit_price: UnitPrice,
    /// The day it arose.
    pub day: Date,
    /// Use within the restriction was approved.
    pub approved: bool,
}

impl Catalogue {
    /// Of items, each with the number of its line in its file.
    ///
    /// # Errors
    /// When two versions of a code hold on the same day: every version that overlaps an earlier one.
    pub fn new(mut items: Vec<(u64, CatalogueItem)>) -> Result<Catalogue, Vec<Overlap>> {
        // The line decides between equals: the same file tells the same errors.
        items.sort_unstable_by(|(a_line, a), (b_line, b)| {
            (a.code.as_str(), a.from, a_line).cmp(&(b.code.as_str(), b.from, b_line))
        });
        let mut overlaps = Vec::new();
        // The version of the current code that holds longest so far: all before it end earlier.
        let mut longest: Option<&(u64, CatalogueItem)> = None;
        for entry in &items {
            let (line, item) = entry;
            let same = longest.filter(|(_, earlier)| earlier.code == item.code);
            if let Some((other, earlier)) = same
                && let Some(day) = earlier.days().overlap(item.days())
            {
                overlaps.push(Overlap {
                    code: item.code.clone(),
                    day,
                    lines: [*line.min(other), *line.max(other)],
                });
            }
            let ends = |item: &CatalogueItem| item.until.unwrap_or(Date::MAX);
            if same.is_none_or(|(_, earlier)| ends(earlier) <= ends(item)) {
                longest = Some(entry);
            }
        }
        if overlaps.is_empty() {
            let items = items.into_iter().map(|(_, item)| item).collect();
            Ok(Catalogue { items })
        } else {
            Err(overlaps)
        }
    }

    /// All versions, by code, then by first day.
    #[must_use]
    pub fn items(&self) -> &[CatalogueItem] {
        &self.items
    }

    /// All versions of a code, by first day.
    #[must_use]
    pub fn versions(&self, code: &str) -> &[CatalogueItem] {
        let first = self.items.partition_point(|item| item.code.as_str() < code);
        let rest = &self.items[first..];
        &rest[..rest.partition_point(|item| item.code == code)]
    }

    /// The version of a code that holds on a day.
    #[must_use]
    pub fn on(&self, code: &str, day: Date) -> Option<&CatalogueItem> {
        let sought = (code, day);
        let after = self
            .items
            .partition_point(|item| (item.code.as_str(), item.from) <= sought);
        let item = self.items[..after].last()?;
        (item.code == code && item.days().covers(day)).then_some(item)
    }

    /// The fee line of what a provider charges, by the version of its day. A restricted item whose use is not approved is
    /// barred; the line's stated amount is left to the caller.
    ///
    /// # Errors
    /// When the catalogue does not have the code on the day and the caller wants that refused.
    pub fn line(&self, fee: &Fee<'_>, unknown: Unknown) -> Result<Line, UnknownItem> {
        let (class, category, item) = match (self.on(fee.code, fee.day), unknown) {
            (Some(item), _) => (item.class, item.category, Some(item)),
            (None, Unknown::ClassC(category)) => (ItemClass::C, category, None),
            (None, Unknown::Refuse) => return Err(self.unknown(fee.code, fee.day)),
        };
        let restricted = item.is_some_and(|item| item.restriction.is_some());
        Ok(Line {
            item: fee.code.to_owned(),
            class,
            category,
            quantity: fee.quantity,
            unit_price: fee.unit_price,
            amount: None,
            limit: item.and_then(|item| item.limit),
            first_share: item.and_then(|item| item.first_share),
            barred: restricted && !fee.approved,
            hospital: false,
            tolerance: Fen::ZERO,
            day: Some(fee.day),
        })
    }

    fn unknown(&self, code: &str, day: Date) -> UnknownItem {
        let versions = self.versions(code);
        let after = versions.partition_point(|item| item.from <= day);
        let nearest = versions[..after].last().or(versions.first());
        UnknownItem {
            code: code.to_owned(),
            day,
            nearest: nearest.map(CatalogueItem::days),
        }
    }
}

/// What was found and the rule, without a full stop.
impl fmt::Display for UnknownItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (code, day) = (&self.code, self.day);
        match self.nearest {
            None => write!(f, "the catalogue does not have the code `{code}`"),
            Some(Span { from, .. }) if day < from => {
                write!(
                    f,
                    "the catalogue has the code `{code}` only from {from}, not on {day}"
                )
            }
            Some(Span { until, .. }) => {
                let until = until.unwrap_or(day);
                write!(
                    f,
                    "the catalogue has the code `{code}` only until {until}, not on {day}"
                )
            }
        }
    }
}

/// What was found and the rule, without a full stop.
impl fmt::Display for Overlap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ([first, second], code, day) = (self.lines, &self.code, self.day);
        write!(
            f,
            "lines {first} and {second} both have the code `{code}` on {day}; on one day a code has one version"
        )
    }
}

#[cfg(test)]
mod tests;
