//! Which class of the one policy meets which class of the other: by the kinds of persons and providers that fall in both.

use domain::policy::Policy;
use domain::view::kinds::{Kind, Kinds, Persons, Providers};
use domain::view::scope::Label;
use domain::words::Name;

use super::ClassChanges;

/// A class of the old policy and one of the new that hold for the same kind; one of both may be missing.
pub(super) type Pair = (Option<usize>, Option<usize>);

/// The pairs of classes, with the name that a change goes by.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    pub(super) facility_pairs: Vec<(Pair, Label)>,
    pub(super) person_pairs: Vec<(Pair, Label)>,
    pub(super) providers: ClassChanges<Providers>,
    pub(super) persons: ClassChanges<Persons>,
}

impl Pairs {
    pub(super) fn of(old: &Policy, new: &Policy) -> Pairs {
        let kinds = Kinds::of(&[old, new]);
        let names = |policy: &Policy| -> (Vec<Name>, Vec<Name>) {
            let facilities = policy.facilities.iter().map(|c| c.name.clone()).collect();
            (
                facilities,
                policy.persons.iter().map(|c| c.name.clone()).collect(),
            )
        };
        let ((old_facilities, old_persons), (new_facilities, new_persons)) =
            (names(old), names(new));
        let facilities = Met::of(
            kinds.providers(old),
            kinds.providers(new),
            &old_facilities,
            &new_facilities,
        );
        let persons = Met::of(
            kinds.persons(old),
            kinds.persons(new),
            &old_persons,
            &new_persons,
        );
        Pairs {
            providers: facilities.changes(|k| kinds.name_providers(k.iter().copied())),
            persons: persons.changes(|k| kinds.name_persons(k.iter().copied())),
            facility_pairs: facilities.named(),
            person_pairs: persons.named(),
        }
    }
}

/// The pairs that occur, each with the kinds for which it does.
struct Met<'a> {
    pairs: Vec<(Pair, Vec<Kind>)>,
    old: &'a [Name],
    new: &'a [Name],
}

impl<'a> Met<'a> {
    fn of(
        old: Vec<(Kind, Option<usize>)>,
        new: Vec<(Kind, Option<usize>)>,
        old_names: &'a [Name],
        new_names: &'a [Name],
    ) -> Met<'a> {
        let mut pairs: Vec<(Pair, Vec<Kind>)> = Vec::new();
        for ((kind, from), (_, to)) in old.into_iter().zip(new) {
            if from.is_none() && to.is_none() {
                continue;
            }
            match pairs.iter_mut().find(|(pair, _)| *pair == (from, to)) {
                Some((_, kinds)) => kinds.push(kind),
                None => pairs.push(((from, to), vec![kind])),
            }
        }
        pairs.sort_by_key(|((from, to), _)| (to.is_none(), *to, *from));
        Met {
            pairs,
            old: old_names,
            new: new_names,
        }
    }

    /// Each pair goes by the name of its new class; by both where the new class has several old ones.
    fn named(&self) -> Vec<(Pair, Label)> {
        let name = |&((from, to), _): &(Pair, Vec<Kind>)| {
            let label = match (from, to) {
                (Some(from), Some(to)) if self.partners(to) > 1 => self.qualified(from, to),
                (_, Some(to)) => Label::of(&self.new[to]),
                (Some(from), None) => Label::of(&self.old[from]),
                (None, None) => Label::default(),
            };
            ((from, to), label)
        };
        self.pairs.iter().map(name).collect()
    }

    /// A new class, told apart by the old one.
    fn qualified(&self, from: usize, to: usize) -> Label {
        let (was, is) = (&self.old[from], &self.new[to]);
        if was == is {
            return Label::of(is);
        }
        let name = Name {
            zh: format!("{}（原{}）", is.zh, was.zh),
            en: format!("{} (was: {})", is.en, was.en),
        };
        Label {
            name,
            shared: is.clone(),
        }
    }

    /// How many old classes meet this new one.
    fn partners(&self, to: usize) -> usize {
        self.pairs
            .iter()
            .filter(|((a, b), _)| a.is_some() && *b == Some(to))
            .count()
    }

    fn changes<K>(&self, name: impl Fn(&[Kind]) -> Vec<K>) -> ClassChanges<K> {
        let only = |a: &[Name], b: &[Name]| a.iter().filter(|n| !b.contains(n)).cloned().collect();
        let side = |select: fn(&Pair) -> Option<usize>, names: &[Name]| {
            let one_sided = self
                .pairs
                .iter()
                .filter_map(|(pair, kinds)| Some((select(pair)?, kinds)));
            one_sided
                .map(|(class, kinds)| (name(kinds), names[class].clone()))
                .collect()
        };
        ClassChanges {
            added: only(self.new, self.old),
            removed: only(self.old, self.new),
            covered: side(|pair| pair.1.filter(|_| pair.0.is_none()), self.new),
            dropped: side(|pair| pair.0.filter(|_| pair.1.is_none()), self.old),
        }
    }
}
