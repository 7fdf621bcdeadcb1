//! `Scope`: for whom something holds, in as few words as possible: points of a space gathered into blocks.

use std::collections::{BTreeMap, BTreeSet};

use crate::bill::{Place, Setting};
use crate::plan::Plan;
use crate::policy::Point;
use crate::words::Name;

/// Of each dimension a set of numbers; an empty set is all of them.
pub type Block<const D: usize> = [BTreeSet<usize>; D];

/// Points gathered into blocks, dimension by dimension in the given order. `full` says what all of a dimension is, given the rest.
pub fn blocks<const D: usize>(
    points: impl IntoIterator<Item = [usize; D]>,
    order: [usize; D],
    full: impl Fn(usize, &Block<D>) -> BTreeSet<usize>,
) -> Vec<Block<D>> {
    let mut blocks: Vec<Block<D>> = points
        .into_iter()
        .map(|p| p.map(|n| BTreeSet::from([n])))
        .collect();
    for dimension in order {
        let mut merged: BTreeMap<Block<D>, BTreeSet<usize>> = BTreeMap::new();
        for mut block in blocks {
            let values = std::mem::take(&mut block[dimension]);
            merged.entry(block).or_default().extend(values);
        }
        let close = |(mut block, values): (Block<D>, BTreeSet<usize>)| {
            if values != full(dimension, &block) {
                block[dimension] = values;
            }
            block
        };
        blocks = merged.into_iter().map(close).collect();
    }
    blocks.sort();
    blocks
}

/// A point as numbers: setting, facility class, person class, place, disease.
pub type Place5 = [usize; 5];

/// The points that something may hold for, with the names of their parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Space {
    /// Facility classes, by number.
    pub facilities: Vec<Label>,
    /// Person classes, by number.
    pub persons: Vec<Label>,
    /// Names of the diseases, by number; 0 is none of them.
    pub diseases: Vec<Name>,
    points: BTreeSet<Place5>,
}

/// What a class goes by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Its own name.
    pub name: Name,
    /// The name that it shares with others, when all of them are meant.
    pub shared: Name,
}

impl Label {
    /// A name that it shares with none.
    #[must_use]
    pub fn of(name: &Name) -> Label {
        Label {
            name: name.clone(),
            shared: name.clone(),
        }
    }
}

/// For whom something holds; an empty list is everyone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Settings.
    pub settings: Vec<Setting>,
    /// Facility classes.
    pub facilities: Vec<Name>,
    /// Person classes.
    pub persons: Vec<Name>,
    /// Places.
    pub places: Vec<Place>,
    /// Diseases.
    pub diseases: Vec<Name>,
}

impl Space {
    /// With names, and the points that exist.
    #[must_use]
    pub fn new(
        facilities: Vec<Label>,
        persons: Vec<Label>,
        diseases: Vec<Name>,
        points: impl IntoIterator<Item = Place5>,
    ) -> Space {
        Space {
            facilities,
            persons,
            diseases,
            points: points.into_iter().collect(),
        }
    }

    /// Those points of a plan that are wanted.
    #[must_use]
    pub fn of(plan: &Plan, wanted: impl Fn(&Point) -> bool) -> Space {
        let policy = &plan.policy;
        let facilities = policy
            .facilities
            .iter()
            .map(|c| Label::of(&c.name))
            .collect();
        let persons = policy.persons.iter().map(|c| Label::of(&c.name)).collect();
        let points = plan.points().filter(wanted).map(|p| numbers(&p));
        Space::new(
            facilities,
            persons,
            disease_names(policy.diseases.iter().map(|d| &d.1)),
            points,
        )
    }

    /// Is the point one of them?
    #[must_use]
    pub fn holds(&self, point: &Place5) -> bool {
        self.points.contains(point)
    }

    /// These points in as few words as possible.
    #[must_use]
    pub fn scopes(&self, points: impl IntoIterator<Item = Place5>) -> Vec<Scope> {
        let blocks = self.blocks(points);
        blocks.iter().map(|block| self.scope(block)).collect()
    }

    /// The same, each with those of the points that it is of.
    #[must_use]
    pub fn scopes_of(&self, points: &[Place5]) -> Vec<(Scope, Vec<Place5>)> {
        let within = |block: &Block<5>, point: &Place5| {
            let mut parts = block.iter().zip(point);
            parts.all(|(set, number)| set.is_empty() || set.contains(number))
        };
        let blocks = self.blocks(points.iter().copied());
        let told = |block: &Block<5>| {
            let points = points.iter().filter(|point| within(block, point));
            (self.scope(block), points.copied().collect())
        };
        blocks.iter().map(told).collect()
    }

    fn blocks(&self, points: impl IntoIterator<Item = Place5>) -> Vec<Block<5>> {
        // Facilities first, since which of them exist depends on the setting; settings last.
        blocks(points, [1, 2, 3, 4, 0], |dimension, block| {
            self.full(dimension, block)
        })
    }

    fn full(&self, dimension: usize, block: &Block<5>) -> BTreeSet<usize> {
        let here = |p: &&Place5| dimension == 0 || block[0].is_empty() || block[0].contains(&p[0]);
        self.points
            .iter()
            .filter(here)
            .map(|p| p[dimension])
            .collect()
    }

    fn scope(&self, block: &Block<5>) -> Scope {
        Scope {
            settings: block[0]
                .iter()
                .filter_map(|&n| Setting::ALL.get(n).copied())
                .collect(),
            facilities: names(&block[1], &self.facilities, &self.full(1, block)),
            persons: names(&block[2], &self.persons, &self.full(2, block)),
            places: block[3]
                .iter()
                .filter_map(|&n| Place::ALL.get(n).copied())
                .collect(),
            diseases: block[4]
                .iter()
                .filter_map(|&n| self.diseases.get(n).cloned())
                .collect(),
        }
    }
}

/// The names of a set, each once; a shared name where all that share it are meant.
fn names(set: &BTreeSet<usize>, labels: &[Label], here: &BTreeSet<usize>) -> Vec<Name> {
    let mut listed: Vec<Name> = Vec::new();
    for label in set.iter().filter_map(|&n| labels.get(n)) {
        let shares = |n: &&usize| labels.get(**n).is_some_and(|l| l.shared == label.shared);
        let all = here.iter().filter(shares).all(|n| set.contains(n));
        let name = if all { &label.shared } else { &label.name };
        if !listed.contains(name) {
            listed.push(name.clone());
        }
    }
    listed
}

/// A point as numbers.
#[must_use]
pub fn numbers(point: &Point) -> Place5 {
    [
        point.setting.index(),
        point.facility,
        point.person,
        point.place.index(),
        point.disease,
    ]
}

/// Names by number: none of the diseases, then each.
pub fn disease_names<'a>(named: impl Iterator<Item = &'a Name>) -> Vec<Name> {
    let none = Name {
        zh: "其他疾病".into(),
        en: "other diseases".into(),
    };
    std::iter::once(none).chain(named.cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(zh: &str) -> Name {
        Name {
            zh: zh.into(),
            en: zh.into(),
        }
    }

    fn space() -> Space {
        let name = |zh: &str| Label::of(&named(zh));
        // Two settings: in the first only facilities 0 and 1 exist, in the second only 1 and 2.
        let points = [[0, 0], [0, 1], [1, 1], [1, 2]];
        let points = points
            .into_iter()
            .flat_map(|[s, f]| (0..2).map(move |p| [s, f, p, 0, 0]));
        let none = disease_names(std::iter::empty());
        Space::new(
            vec![name("a"), name("b"), name("c")],
            vec![name("x"), name("y")],
            none,
            points,
        )
    }

    fn told(points: &[Place5]) -> Vec<(usize, String, String)> {
        let join = |names: &[Name]| names.iter().map(|n| n.zh.as_str()).collect();
        let scopes = space().scopes(points.iter().copied());
        scopes
            .iter()
            .map(|s| (s.settings.len(), join(&s.facilities), join(&s.persons)))
            .collect()
    }

    #[test]
    fn all_points_need_no_words() {
        let all: Vec<Place5> = space().points.into_iter().collect();
        assert_eq!(told(&all), [(0, String::new(), String::new())]);
    }

    #[test]
    fn all_facilities_of_a_setting_need_no_words() {
        let points = [
            [0, 0, 1, 0, 0],
            [0, 1, 1, 0, 0],
            [1, 1, 1, 0, 0],
            [1, 2, 1, 0, 0],
        ];
        assert_eq!(told(&points), [(0, String::new(), "y".to_owned())]);
    }

    #[test]
    fn what_is_no_product_becomes_two_blocks() {
        let points = [[0, 0, 0, 0, 0], [0, 0, 1, 0, 0], [0, 1, 1, 0, 0]];
        let mut told = told(&points);
        told.sort();
        assert_eq!(
            told,
            [
                (1, String::new(), "y".to_owned()),
                (1, "a".to_owned(), "x".to_owned())
            ]
        );
    }

    #[test]
    fn a_shared_name_stands_for_all_that_share_it() {
        let mut space = space();
        for number in [0, 1] {
            space.facilities[number].shared = named("ab");
        }
        let told = |points: &[Place5]| {
            let scopes = space.scopes(points.iter().copied());
            let names = scopes.iter().flat_map(|s| &s.facilities);
            names.map(|n| n.zh.clone()).collect::<Vec<_>>()
        };
        assert_eq!(told(&[[0, 0, 0, 0, 0], [0, 1, 0, 0, 0]]), [""; 0]);
        assert_eq!(told(&[[0, 0, 0, 0, 0]]), ["a"]);
        assert_eq!(told(&[[1, 1, 0, 0, 0]]), ["ab"]);
    }
}
