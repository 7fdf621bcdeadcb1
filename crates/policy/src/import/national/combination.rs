//! `Combination`: one region's catalogue, made of the national lists; where they say two things, the lines are named.

use std::collections::BTreeMap;
use std::fmt;

use domain::Ratio;
use domain::bill::{Category, ItemClass, Scheme, UnitPrice};
use domain::catalogue::{Catalogue, CatalogueItem};
use domain::day::Span;
use domain::region::Region;
use jiff::civil::Date;

use super::lists::{FirstShare, InsuredItem, ListedItem, PriceLimit, ShareOf};
use crate::import::Row;

/// For whom the catalogue is made.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The pooling region.
    pub region: Region,
    /// The scheme, to which first shares may go by.
    pub scheme: Scheme,
    /// The type of price limit that is taken, where a code has several; their codes are local. All, if absent.
    pub limit_type: Option<String>,
}

/// The lists so far.
#[derive(Debug)]
pub struct Combination {
    choice: Choice,
    codes: BTreeMap<String, Said>,
    left_out: LeftOut,
}

/// What the lists say about one code.
#[derive(Debug, Default)]
struct Said {
    insured: Vec<Dated<Insured>>,
    limits: Vec<Dated<Option<UnitPrice>>>,
    shares: Vec<Dated<Ratio>>,
    restriction: Option<String>,
}

/// What an insured item says of itself.
#[derive(Debug, PartialEq, Eq)]
struct Insured {
    name: String,
    category: Category,
    class: ItemClass,
    restricted: bool,
}

/// One of several things said of a code.
#[derive(Debug)]
struct Dated<T> {
    line: u64,
    days: Span,
    /// The higher one counts.
    rank: u8,
    said: T,
}

/// A list that says something of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListName {
    /// The insured items.
    InsuredItems,
    /// The price limits.
    PriceLimits,
    /// The first shares.
    FirstShares,
}

/// A list says two things of one code on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The list.
    pub list: ListName,
    /// The code.
    pub code: String,
    /// The first day.
    pub day: Date,
    /// The two lines.
    pub lines: [u64; 2],
}

/// How many rows were left out, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Said for an area in which the region does not lie.
    pub elsewhere: u64,
    /// Marked as not valid.
    pub invalid: u64,
    /// Items of another insurance.
    pub not_medical: u64,
    /// First shares of another scheme or of retired cadres.
    pub of_others: u64,
    /// Ratios that are no plain first share: ratios of reimbursement, shares by price. They are not computed.
    pub other_shares: u64,
    /// Price limits of another type.
    pub other_limits: u64,
    /// Codes that a list of limits, shares or existing items has and the list of insured items does not have.
    pub not_insured: u64,
}

/// A catalogue and what was left out of it.
#[derive(Debug)]
pub struct Combined {
    /// The catalogue.
    pub catalogue: Catalogue,
    /// What was left out.
    pub left_out: LeftOut,
}

/// What a restricted item says when no list has the words of its restriction.
const RESTRICTED: &str = "限制使用";

impl Combination {
    /// With nothing in it yet.
    #[must_use]
    pub fn new(choice: Choice) -> Combination {
        let left_out = LeftOut::default();
        Combination {
            choice,
            codes: BTreeMap::new(),
            left_out,
        }
    }

    /// Adds a row of a list of what exists, for the words of its restriction.
    pub fn listed(&mut self, Row { row, .. }: Row<ListedItem>) {
        if !row.valid {
            self.left_out.invalid += 1;
        } else if row.restriction.is_some() {
            self.of(row.code).restriction = row.restriction;
        }
    }

    /// Adds a row of the list of insured items.
    pub fn insured(&mut self, Row { line, row }: Row<InsuredItem>) {
        if !row.medical {
            self.left_out.not_medical += 1;
        } else if self.concerns(row.area, row.valid) {
            let (days, rank) = (row.days, narrowness(row.area));
            let said = Insured {
                name: row.name,
                category: row.category,
                class: row.class,
                restricted: row.restricted,
            };
            let insured = &mut self.of(row.code).insured;
            insured.push(Dated {
                line,
                days,
                rank,
                said,
            });
        }
    }

    /// Adds a row of the list of price limits.
    pub fn limit(&mut self, Row { line, row }: Row<PriceLimit>) {
        let wanted = self.choice.limit_type.as_ref();
        if wanted.is_some_and(|wanted| *wanted != row.limit_type) {
            self.left_out.other_limits += 1;
        } else if self.concerns(row.area, row.valid) {
            let (days, rank) = (row.days, narrowness(row.area));
            let limits = &mut self.of(row.code).limits;
            limits.push(Dated {
                line,
                days,
                rank,
                said: row.limit,
            });
        }
    }

    /// Adds a row of the list of first shares. One of the scheme counts before one of all others, then the narrower area.
    pub fn first_share(&mut self, Row { line, row }: Row<FirstShare>) {
        let own = row.of == ShareOf::Scheme(self.choice.scheme);
        if !row.plain {
            self.left_out.other_shares += 1;
        } else if !own && row.of != ShareOf::Others {
            self.left_out.of_others += 1;
        } else if self.concerns(row.area, row.valid) {
            let rank = narrowness(row.area) + if own { 3 } else { 0 };
            let shares = &mut self.of(row.code).shares;
            shares.push(Dated {
                line,
                days: row.days,
                rank,
                said: row.share,
            });
        }
    }

    fn of(&mut self, code: String) -> &mut Said {
        self.codes.entry(code).or_default()
    }

    fn concerns(&mut self, area: Region, valid: bool) -> bool {
        let here = area.covers(self.choice.region);
        self.left_out.elsewhere += u64::from(!here);
        self.left_out.invalid += u64::from(here && !valid);
        here && valid
    }

    /// The catalogue: a new version of an item begins whenever one of the lists says something new of it.
    ///
    /// # Errors
    /// When a list says two things of one code on one day.
    pub fn finish(mut self) -> Result<Combined, Vec<Clash>> {
        let (mut items, mut clashes) = (Vec::new(), Vec::new());
        for (code, said) in self.codes {
            if said.insured.is_empty() {
                self.left_out.not_insured += 1;
            } else {
                items.extend(said.versions(&code, &mut clashes));
            }
        }
        if !clashes.is_empty() {
            return Err(clashes);
        }
        let insured = |clash: domain::catalogue::Overlap| Clash {
            list: ListName::InsuredItems,
            code: clash.code,
            day: clash.day,
            lines: clash.lines,
        };
        let catalogue = Catalogue::new(items)
            .map_err(|overlaps| overlaps.into_iter().map(insured).collect::<Vec<_>>())?;
        Ok(Combined {
            catalogue,
            left_out: self.left_out,
        })
    }
}

/// How narrow an area is: a province, a city, a county.
fn narrowness(area: Region) -> u8 {
    let zeros = area
        .to_string()
        .bytes()
        .rev()
        .take_while(|b| *b == b'0')
        .count();
    match zeros {
        4.. => 0,
        2..4 => 1,
        _ => 2,
    }
}

/// How narrow an area can be, and as often again for a row of the own scheme.
const RANKS: usize = 6;

impl Said {
    /// The versions of the code, each with the line of the insured item.
    fn versions(mut self, code: &str, clashes: &mut Vec<Clash>) -> Vec<(u64, CatalogueItem)> {
        let mut starts = starts(&mut self.insured);
        starts.extend(self::starts(&mut self.limits));
        starts.extend(self::starts(&mut self.shares));
        starts.sort_unstable();
        starts.dedup();
        let mut clash = |list, day, lines| {
            let code = code.to_owned();
            clashes.push(Clash {
                list,
                code,
                day,
                lines,
            });
        };
        let mut insured = Current::of(&self.insured);
        let mut limits = Current::of(&self.limits);
        let mut shares = Current::of(&self.shares);
        let mut versions: Vec<(u64, CatalogueItem)> = Vec::new();
        for (place, from) in starts.iter().enumerate() {
            let from = *from;
            let item = insured.on(from, |lines| clash(ListName::InsuredItems, from, lines));
            let limit = limits.on(from, |lines| clash(ListName::PriceLimits, from, lines));
            let share = shares.on(from, |lines| clash(ListName::FirstShares, from, lines));
            let Some(item) = item else { continue };
            let restriction = item.said.restricted.then(|| {
                let words = self.restriction.as_deref();
                words.unwrap_or(RESTRICTED).to_owned()
            });
            let version = CatalogueItem {
                code: code.to_owned(),
                name: item.said.name.clone(),
                category: item.said.category,
                class: item.said.class,
                limit: limit.and_then(|limit| limit.said),
                first_share: share.map(|share| share.said),
                restriction,
                from,
                until: starts.get(place + 1).and_then(|next| next.yesterday().ok()),
            };
            match versions.last_mut() {
                Some((_, last)) if continues(last, &version) => last.until = version.until,
                _ => versions.push((item.line, version)),
            }
        }
        versions
    }
}

/// Sorts what is said by its first day, and returns the days on which something begins or has just ended.
fn starts<T>(rows: &mut [Dated<T>]) -> Vec<Date> {
    rows.sort_unstable_by_key(|row| (row.days.from, row.line));
    let after = |until: Date| until.tomorrow().ok();
    let days = rows.iter().map(|row| row.days);
    let days = days.flat_map(|days| [Some(days.from), days.until.and_then(after)]);
    days.flatten().collect()
}

/// Does a version say the same as the one before it, from the day after it on?
fn continues(last: &CatalogueItem, version: &CatalogueItem) -> bool {
    let next = last.until.and_then(|until| until.tomorrow().ok());
    let moved = CatalogueItem {
        from: last.from,
        until: last.until,
        ..version.clone()
    };
    next == Some(version.from) && *last == moved
}

/// What holds as the days go by: of each rank the one that lasts longest.
struct Current<'a, T> {
    /// Those to come, by first day.
    rows: &'a [Dated<T>],
    held: [Option<&'a Dated<T>>; RANKS],
}

impl<'a, T: PartialEq> Current<'a, T> {
    fn of(rows: &'a [Dated<T>]) -> Current<'a, T> {
        Current {
            rows,
            held: [None; RANKS],
        }
    }

    /// The one that counts on a day, which is not before the day asked last. Two lines that clash are told when the
    /// second begins.
    fn on(&mut self, day: Date, mut clash: impl FnMut([u64; 2])) -> Option<&'a Dated<T>> {
        for held in &mut self.held {
            *held = held.filter(|row| row.days.covers(day));
        }
        while let Some((row, rest)) = self
            .rows
            .split_first()
            .filter(|(row, _)| row.days.from <= day)
        {
            self.rows = rest;
            let held = &mut self.held[usize::from(row.rank)];
            match held {
                Some(other) if other.said != row.said => {
                    clash([other.line.min(row.line), other.line.max(row.line)]);
                }
                Some(other) if ends(other.days) >= ends(row.days) => {}
                _ => *held = Some(row),
            }
        }
        self.held.iter().rev().copied().flatten().next()
    }
}

fn ends(days: Span) -> Date {
    days.until.unwrap_or(Date::MAX)
}

/// What the list says, the lines and the rule, without a full stop.
impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = match self.list {
            ListName::InsuredItems => "insured items",
            ListName::PriceLimits => "price limits",
            ListName::FirstShares => "first shares",
        };
        let (code, day, [first, second]) = (&self.code, self.day, self.lines);
        let rule = "on one day a list says one thing of a code";
        write!(
            f,
            "{list}: lines {first} and {second} differ on `{code}` from {day}; {rule}"
        )?;
        match self.list {
            ListName::PriceLimits => f.write_str(" and a type of limit"),
            _ => Ok(()),
        }
    }
}
