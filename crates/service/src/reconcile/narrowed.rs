//! `Narrowed`: where both sides differ, from the months over the days to the bills.

use std::collections::BTreeMap;

use agency::domain::month::Month;
use jiff::civil::Date;

use super::compare::{Finding, Ours, Theirs, compare};
use super::days::{Day, days};
use super::sums::Sums;

/// Both sides' rows, and what came of them.
#[derive(Clone, Debug)]
pub struct Narrowed {
    /// The agency's.
    pub ours: Vec<Ours>,
    /// The institution's.
    pub theirs: Vec<Theirs>,
    /// What came of each.
    pub findings: Vec<Finding>,
    /// By day; none stands for a day that nobody knows.
    pub days: BTreeMap<Option<Date>, Day>,
}

/// Both sides of a month, and how many bills differ in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// What the agency has.
    pub ours: Sums,
    /// What the institution has.
    pub theirs: Sums,
    /// How many bills differ.
    pub open: usize,
}

impl Narrowed {
    /// Holds the rows against one another.
    #[must_use]
    pub fn of(ours: Vec<Ours>, theirs: Vec<Theirs>) -> Narrowed {
        let findings = compare(&ours, &theirs);
        Narrowed {
            days: days(&ours, &theirs, &findings),
            ours,
            theirs,
            findings,
        }
    }

    /// Whether nothing is to be done.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.findings.iter().all(|one| one.verdict.is_equal())
    }

    /// The months in which something differs; none stands for days that nobody knows.
    #[must_use]
    pub fn months(&self) -> BTreeMap<Option<Month>, Sides> {
        let mut months: BTreeMap<Option<Month>, Sides> = BTreeMap::new();
        for (day, sums) in &self.days {
            let month = months.entry(day.map(Month::of)).or_default();
            month.ours += sums.ours;
            month.theirs += sums.theirs;
            month.open += sums.open.len();
        }
        months.retain(|_, sides| sides.open > 0);
        months
    }

    /// The days on which something differs.
    pub fn differing(&self) -> impl Iterator<Item = (&Option<Date>, &Day)> {
        self.days.iter().filter(|(_, day)| !day.open.is_empty())
    }

    /// Whether ours of a finding is one that was taken back.
    #[must_use]
    pub fn refund(&self, finding: &Finding) -> bool {
        let ours = finding.ours.first();
        ours.is_some_and(|our| self.ours[*our].refund)
    }

    /// The settlement's id: ours, else theirs, else empty.
    #[must_use]
    pub fn id(&self, finding: &Finding) -> &str {
        let ours = finding.ours.first().map(|our| &self.ours[*our].settlement);
        let theirs = || {
            let their = finding.theirs.map(|their| &self.theirs[their]);
            their.map(|their| &their.settlement)
        };
        ours.or_else(theirs).map_or("", String::as_str)
    }
}
