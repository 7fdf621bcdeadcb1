//! `Kinds`: every provider and every person that classes can tell apart, to ask which class each of them falls in.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::scope::{Block, blocks};
use crate::bill::Scheme;
use crate::class::{FacilityClass, PersonClass, Span};
use crate::facility::{Facility, FacilityKind};
use crate::person::{Coverage, CoverageState, Person, Status};
use crate::policy::Policy;

/// More words than this are tried one by one, not in every combination.
const COMBINED: usize = 6;

/// The providers and persons that the classes of some policies can tell apart.
#[derive(Clone, Debug)]
pub struct Kinds {
    /// Combinations of tags of providers.
    pub tags: Vec<Vec<String>>,
    /// Statuses that exist in the scheme.
    pub statuses: Vec<Status>,
    /// Ages between which no class distinguishes.
    pub ages: Vec<Span<u16>>,
    /// Days of retirement between which no class distinguishes.
    pub retired: Vec<Span<Date>>,
    /// Combinations of identities.
    pub identities: Vec<Vec<String>>,
}

/// Providers in words; an empty list is all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Providers {
    /// Kinds.
    pub kinds: Vec<FacilityKind>,
    /// Levels.
    pub levels: Vec<usize>,
    /// Community health centre or not.
    pub community: Option<bool>,
    /// Combinations of tags.
    pub tags: Vec<Vec<String>>,
}

/// Persons in words; an empty list is all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Persons {
    /// Statuses.
    pub statuses: Vec<Status>,
    /// Ages.
    pub ages: Vec<Span<u16>>,
    /// Days of retirement.
    pub retired: Vec<Span<Date>>,
    /// Combinations of identities.
    pub identities: Vec<Vec<String>>,
}

/// A provider by its numbers: kind, level, community, tags. A person: status, age, retirement, identities.
pub type Kind = [usize; 4];

impl Kinds {
    /// What the classes of these policies, all of one scheme, can tell apart.
    #[must_use]
    pub fn of(policies: &[&Policy]) -> Kinds {
        let facilities = || policies.iter().flat_map(|p| &p.facilities);
        let persons = || policies.iter().flat_map(|p| &p.persons);
        let resident = policies.iter().any(|p| p.scheme == Scheme::Resident);
        let in_scheme = |s: &&Status| (**s == Status::Resident) == resident;
        let ages = persons()
            .filter_map(|c| c.age)
            .flat_map(|s| [s.from, s.until.map(|u| u + 1)])
            .flatten();
        let after = |day: Date| day.tomorrow().ok();
        let days = persons()
            .filter_map(|c| c.retired)
            .flat_map(|s| [s.from, s.until.and_then(after)])
            .flatten();
        Kinds {
            tags: subsets(
                facilities().flat_map(|c: &FacilityClass| c.tags.iter().chain(&c.without)),
            ),
            statuses: Status::ALL.iter().filter(in_scheme).copied().collect(),
            ages: spans(ages.filter(|age| *age > 0).collect(), |age| age - 1),
            retired: spans(days.collect(), |day| day.yesterday().unwrap_or(day)),
            identities: subsets(
                persons().flat_map(|c: &PersonClass| c.identities.iter().chain(&c.without)),
            ),
        }
    }

    /// Every kind of provider, with the class of each policy it falls in.
    pub fn providers(&self, policy: &Policy) -> Vec<(Kind, Option<usize>)> {
        let sizes = [FacilityKind::COUNT, 4, 2, self.tags.len()];
        let class = |kind| {
            policy
                .facilities
                .iter()
                .position(|c| c.holds(&self.provider(kind)))
        };
        product(sizes)
            .into_iter()
            .map(|kind| (kind, class(kind)))
            .collect()
    }

    fn provider(&self, [kind, level, community, tags]: Kind) -> Facility {
        Facility {
            kind: FacilityKind::ALL[kind],
            level: u8::try_from(level).unwrap_or(0),
            community: community == 1,
            tags: self.tags[tags].clone(),
            designated: true,
            approved: false,
        }
    }

    /// Every kind of person, with the class of the policy it falls in.
    pub fn persons(&self, policy: &Policy) -> Vec<(Kind, Option<usize>)> {
        let sizes = [
            self.statuses.len(),
            self.ages.len(),
            self.retired.len(),
            self.identities.len(),
        ];
        // Only the retired have a day of retirement.
        let exists = |kind: &Kind| self.statuses[kind[0]] == Status::Retired || kind[2] == 0;
        let class = |kind: Kind| {
            let (person, age) = self.person(kind);
            policy.persons.iter().position(|c| {
                let counts = |asked: &str| policy.counts(&person.identities, asked);
                c.holds(&person, Some(age), counts).unwrap_or(false)
            })
        };
        product(sizes)
            .into_iter()
            .filter(exists)
            .map(|kind| (kind, class(kind)))
            .collect()
    }

    fn person(&self, [status, age, retired, identities]: Kind) -> (Person, u16) {
        let status = self.statuses[status];
        let span = self.retired[retired];
        let day = span
            .from
            .or(span.until)
            .unwrap_or(Date::constant(2000, 1, 1));
        let person = Person {
            status,
            birth: None,
            retired: (status == Status::Retired).then_some(day),
            identities: self.identities[identities].clone(),
            coverage: Coverage::Always(CoverageState::InForce),
        };
        (person, self.ages[age].from.unwrap_or(0))
    }

    /// These kinds of providers in as few words as possible.
    #[must_use]
    pub fn name_providers(&self, kinds: impl IntoIterator<Item = Kind>) -> Vec<Providers> {
        let sizes = [FacilityKind::COUNT, 4, 2, self.tags.len()];
        let name = |block: &Block<4>| Providers {
            kinds: pick(&block[0], FacilityKind::ALL),
            levels: block[1].iter().copied().collect(),
            community: block[2].first().map(|n| *n == 1),
            tags: pick(&block[3], &self.tags),
        };
        gathered(kinds, sizes).iter().map(name).collect()
    }

    /// These kinds of persons in as few words as possible.
    #[must_use]
    pub fn name_persons(&self, kinds: impl IntoIterator<Item = Kind>) -> Vec<Persons> {
        let sizes = [
            self.statuses.len(),
            self.ages.len(),
            self.retired.len(),
            self.identities.len(),
        ];
        let retired = self.statuses.iter().position(|s| *s == Status::Retired);
        // Who is not retired stands for every day of retirement.
        let spread = kinds.into_iter().flat_map(|kind| {
            let days = if Some(kind[0]) == retired {
                kind[2]..kind[2] + 1
            } else {
                0..sizes[2]
            };
            days.map(move |day| [kind[0], kind[1], day, kind[3]])
        });
        let name = |block: &Block<4>| Persons {
            statuses: pick(&block[0], &self.statuses),
            ages: pick(&block[1], &self.ages),
            retired: pick(&block[2], &self.retired),
            identities: pick(&block[3], &self.identities),
        };
        gathered(spread, sizes).iter().map(name).collect()
    }
}

fn gathered(kinds: impl IntoIterator<Item = Kind>, sizes: Kind) -> Vec<Block<4>> {
    blocks(kinds, [3, 2, 1, 0], |dimension, _| {
        (0..sizes[dimension]).collect()
    })
}

fn pick<T: Clone>(numbers: &BTreeSet<usize>, of: &[T]) -> Vec<T> {
    numbers.iter().filter_map(|&n| of.get(n).cloned()).collect()
}

fn product([a, b, c, d]: Kind) -> Vec<Kind> {
    let mut all = Vec::with_capacity(a * b * c * d);
    for i in 0..a {
        for j in 0..b {
            for k in 0..c {
                all.extend((0..d).map(|l| [i, j, k, l]));
            }
        }
    }
    all
}

/// The spans between cuts; one open span without a cut.
fn spans<T: Copy + Ord>(cuts: Vec<T>, before: impl Fn(T) -> T) -> Vec<Span<T>> {
    let cuts: Vec<T> = cuts
        .into_iter()
        .collect::<BTreeSet<T>>()
        .into_iter()
        .collect();
    let from = std::iter::once(None).chain(cuts.iter().copied().map(Some));
    let until = cuts
        .iter()
        .copied()
        .map(|cut| Some(before(cut)))
        .chain([None]);
    from.zip(until)
        .map(|(from, until)| Span { from, until })
        .collect()
}

/// Every combination of a few words; of many, none, each alone and all together.
fn subsets<'a>(words: impl Iterator<Item = &'a String>) -> Vec<Vec<String>> {
    let words: Vec<&String> = words.collect::<BTreeSet<_>>().into_iter().collect();
    if words.len() > COMBINED {
        let single = words.iter().map(|w| vec![(*w).clone()]);
        let all = words.iter().map(|w| (*w).clone()).collect();
        return std::iter::once(Vec::new())
            .chain(single)
            .chain([all])
            .collect();
    }
    let chosen = |set: usize| {
        words
            .iter()
            .enumerate()
            .filter(move |(n, _)| set >> n & 1 == 1)
    };
    (0..1usize << words.len())
        .map(|set| chosen(set).map(|(_, w)| (*w).clone()).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_cut_where_a_class_begins_or_has_ended() {
        let spans = spans(vec![70_u16, 45, 70], |age| age - 1);
        let ends: Vec<_> = spans.iter().map(|s| (s.from, s.until)).collect();
        assert_eq!(
            ends,
            [(None, Some(44)), (Some(45), Some(69)), (Some(70), None)]
        );
    }

    #[test]
    fn words_are_combined() {
        let words = ["b".to_owned(), "a".to_owned(), "b".to_owned()];
        let sets: Vec<String> = subsets(words.iter()).iter().map(|s| s.join("+")).collect();
        assert_eq!(sets, ["", "a", "b", "a+b"]);
    }
}
