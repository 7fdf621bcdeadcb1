//! `Diff`: what changes from one policy to another, found by laying their plans on each other point by point.
//!
//! Classes are matched by whom they hold, not by their ids: each kind of person and provider that either policy can tell apart
//! falls in a class of the one and a class of the other, and it is these pairs that are compared.

mod aspects;
mod compare;
mod paid;
mod pairs;

use std::fmt;

use domain::bill::{Place, Scheme, Setting};
use domain::cite::{Cite, Standing};
use domain::fen::Fen;
use domain::policy::kept::Kept;
use domain::policy::{Exclusion, Gap, Policy, SettingFunds};
use domain::region::Region;
use domain::view::kinds::{Persons, Providers};
use domain::view::scope::Scope;
use domain::words::Name;
use jiff::civil::Date;

pub use aspects::{Value, What};
pub use paid::{Due, Paid, PaidChange};

use crate::file::PolicyFile;

/// What changes from one policy to another.
#[derive(Clone, Debug)]
pub struct Diff {
    /// First day of the earlier one, and of the later one.
    pub days: (Date, Date),
    /// Settings that come, go or change how the funds stand to them.
    pub settings: Vec<SettingChange>,
    /// Places of care for which there is a rule now, each with what differs there from the region itself.
    pub new_places: Vec<(Place, Vec<Change>)>,
    /// Places of care for which there is no rule any more.
    pub lost_places: Vec<Place>,
    /// Classes of providers and of persons.
    pub providers: ClassChanges<Providers>,
    /// Classes of persons.
    pub persons: ClassChanges<Persons>,
    /// Classes of which the earlier policy knew nobody.
    pub new_classes: Vec<NewClass>,
    /// Benefit year, coverage and rounding, each as it was and as it is.
    pub head: Vec<(Head, Head)>,
    /// Causes that exclude a bill now, do no more, or changed whether the fund advances.
    pub exclusions: Vec<Changed<Exclusion>>,
    /// Figures and rules, in the order of the law.
    pub changes: Vec<Change>,
    /// What is paid in and credited.
    pub paid: Vec<PaidChange>,
    /// Rows on cover over time and on keeping the account that the later policy has and the earlier has not, and the other way round.
    pub kept: (Vec<Kept>, Vec<Kept>),
    /// The same figure with another standing.
    pub standings: Vec<StandingChange>,
    /// Gaps that the later policy has and the earlier has not, and the other way round.
    pub gaps: (Vec<Gap>, Vec<Gap>),
}

/// Something as it was and as it is; at least one of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed<T> {
    /// As it was.
    pub from: Option<T>,
    /// As it is.
    pub to: Option<T>,
}

/// A setting that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingChange {
    /// Which.
    pub setting: Setting,
    /// How the funds stood to it and stand to it.
    pub funds: Changed<SettingFunds>,
}

/// Classes that come and go, and who is covered now or no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassChanges<K> {
    /// Classes that are new, by name.
    pub added: Vec<Name>,
    /// Classes that are gone.
    pub removed: Vec<Name>,
    /// Who fell in no class and falls in this one now.
    pub covered: Vec<(Vec<K>, Name)>,
    /// Who fell in this class and falls in none now.
    pub dropped: Vec<(Vec<K>, Name)>,
}

/// A class of which the earlier policy knew nobody, beside the class that it differs from least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClass {
    /// Its name.
    pub class: Name,
    /// The class beside it.
    pub like: Name,
    /// What differs from that class.
    pub changes: Vec<Change>,
}

/// A rule of the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// First day of the benefit year, as month and day; a stay over its end; the day on which age counts.
    Year(
        domain::day::YearStart,
        domain::policy::Cross,
        domain::policy::AgeOn,
    ),
    /// Days on which cover is needed.
    Coverage(domain::policy::CoverageDays),
    /// Rounding of lines, of funds, of the boundary, over bands.
    Rounding([domain::Round; 3], domain::policy::RoundBands),
}

/// One figure or rule that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub what: What,
    /// For whom.
    pub scope: Scope,
    /// As it was and as it is, each with its standing.
    pub value: Changed<(Value, Standing)>,
    /// What it rested on, in the documents of the earlier policy, and rests on, in those of the later.
    pub clauses: [Vec<Cite>; 2],
}

/// The same figure with another standing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingChange {
    /// Which figure.
    pub what: What,
    /// For whom.
    pub scope: Scope,
    /// As it was and as it is.
    pub standing: (Standing, Standing),
    /// What it rested on and rests on, each in the documents of its own policy.
    pub clauses: [Vec<Cite>; 2],
}

/// Why two policies cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// They are of two regions.
    Regions(Region, Region),
    /// They are of two schemes.
    Schemes(Scheme, Scheme),
}

impl fmt::Display for Apart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Apart::Regions(a, b) => write!(
                f,
                "one file is for region {a}, the other for {b}; only one region's files are compared"
            ),
            Apart::Schemes(a, b) => {
                let (a, b) = (a.code(), b.code());
                write!(
                    f,
                    "one file is for the scheme `{a}`, the other for `{b}`; only one scheme's files are compared"
                )
            }
        }
    }
}

impl std::error::Error for Apart {}

/// What changes from one policy to another.
///
/// # Errors
/// When they are of two regions or two schemes.
pub fn diff(from: &PolicyFile, to: &PolicyFile) -> Result<Diff, Apart> {
    let (old, new) = (&from.plan.policy, &to.plan.policy);
    if old.region != new.region {
        return Err(Apart::Regions(old.region, new.region));
    }
    if old.scheme != new.scheme {
        return Err(Apart::Schemes(old.scheme, new.scheme));
    }
    let pairs = pairs::Pairs::of(old, new);
    let (new_places, lost_places) = both_ways(&old.place.known, &new.place.known, |a, b| a == b);
    let (changes, standings) = compare::compare(&from.plan, &to.plan, &pairs);
    Ok(Diff {
        days: (old.effective, new.effective),
        settings: settings(old, new),
        new_places: new_places
            .into_iter()
            .map(|p| (p, compare::from_home(&to.plan, p)))
            .collect(),
        lost_places,
        new_classes: compare::new_classes(&to.plan, &pairs),
        providers: pairs.providers,
        persons: pairs.persons,
        head: heads(old)
            .into_iter()
            .zip(heads(new))
            .filter(|(a, b)| a != b)
            .collect(),
        exclusions: exclusions(old, new),
        changes,
        paid: paid::changes(old, new),
        kept: both_ways(&old.kept(), &new.kept(), Kept::says_as),
        standings,
        gaps: both_ways(&old.gaps, &new.gaps, |a, b| a.about == b.about),
    })
}

impl Diff {
    /// Does nothing change but documents and comments?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let classes = |added: &[Name], removed: &[Name]| added.is_empty() && removed.is_empty();
        let (providers, persons) = (&self.providers, &self.persons);
        self.settings.is_empty()
            && self.new_places.is_empty()
            && self.lost_places.is_empty()
            && classes(&providers.added, &providers.removed)
            && classes(&persons.added, &persons.removed)
            && providers.covered.is_empty()
            && providers.dropped.is_empty()
            && persons.covered.is_empty()
            && persons.dropped.is_empty()
            && self.head.is_empty()
            && self.exclusions.is_empty()
            && self.changes.is_empty()
            && self.paid.is_empty()
            && self.kept.0.is_empty()
            && self.kept.1.is_empty()
            && self.standings.is_empty()
            && self.gaps.0.is_empty()
            && self.gaps.1.is_empty()
    }
}

/// What only the new has, and what only the old had.
fn both_ways<T: Clone>(old: &[T], new: &[T], same: impl Fn(&T, &T) -> bool) -> (Vec<T>, Vec<T>) {
    let only = |a: &[T], b: &[T]| {
        a.iter()
            .filter(|x| !b.iter().any(|y| same(x, y)))
            .cloned()
            .collect()
    };
    (only(new, old), only(old, new))
}

fn heads(policy: &Policy) -> [Head; 3] {
    let (year, rounding) = (&policy.year, &policy.rounding);
    [
        Head::Year(year.starts, year.cross, year.age_on),
        Head::Coverage(policy.coverage.days),
        Head::Rounding(
            [rounding.line, rounding.fund, rounding.boundary],
            rounding.bands,
        ),
    ]
}

fn settings(old: &Policy, new: &Policy) -> Vec<SettingChange> {
    let funds = |policy: &Policy, setting: Setting| {
        policy
            .settings
            .iter()
            .find(|s| s.setting == setting)
            .map(|s| s.funds.clone())
    };
    let change = |&setting: &Setting| {
        let (from, to) = (funds(old, setting), funds(new, setting));
        let same = match (&from, &to) {
            // Which fund and which facilities is told figure by figure.
            (Some(SettingFunds::Pays { .. }), Some(SettingFunds::Pays { .. })) => true,
            (from, to) => from == to,
        };
        (!same).then_some(SettingChange {
            setting,
            funds: Changed { from, to },
        })
    };
    Setting::ALL.iter().filter_map(change).collect()
}

fn exclusions(old: &Policy, new: &Policy) -> Vec<Changed<Exclusion>> {
    let find =
        |policy: &Policy, cause: &str| policy.exclusions.iter().find(|e| e.cause == cause).cloned();
    let gone = old
        .exclusions
        .iter()
        .filter(|e| find(new, &e.cause).is_none());
    let gone = gone.map(|e| Changed {
        from: Some(e.clone()),
        to: None,
    });
    let here = new.exclusions.iter().map(|e| Changed {
        from: find(old, &e.cause),
        to: Some(e.clone()),
    });
    let changed = |c: &Changed<Exclusion>| match (&c.from, &c.to) {
        (Some(from), Some(to)) => from.advance != to.advance,
        _ => true,
    };
    here.filter(changed).chain(gone).collect()
}

/// The places where either scale breaks, as bands.
pub(crate) fn refined(breaks: impl Iterator<Item = Fen>) -> Vec<(Fen, Option<Fen>)> {
    let mut starts: Vec<Fen> = breaks.chain([Fen::ZERO]).collect();
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().copied().skip(1).map(Some).chain([None]);
    starts
        .iter()
        .copied()
        .zip(ends.collect::<Vec<_>>())
        .collect()
}
