//! Two plans laid on each other point by point, and what differs gathered into as few sentences as possible.

use domain::Plan;
use domain::bill::{Category, Place, Setting};
use domain::cite::{Cite, Standing};
use domain::policy::Point;
use domain::view::View;
use domain::view::scope::{Label, Place5, Space, disease_names, numbers};
use domain::words::Name;

use super::aspects::{Aspect, Cut, Value, What, aspects};
use super::pairs::{Pair, Pairs};
use super::{Change, Changed, NewClass, StandingChange};

type Sides = Changed<(Value, Standing)>;

/// What changes and where, gathered over all points.
#[derive(Default)]
struct Found {
    changes: Vec<(What, Sides, Vec<Place5>)>,
    standings: Vec<(What, (Standing, Standing), Vec<Place5>)>,
    /// What each side of a change rests on, point by point.
    clauses: Vec<(What, Place5, [Vec<Cite>; 2])>,
    /// Every point that was compared.
    points: Vec<Place5>,
}

impl Found {
    fn change(&mut self, what: What, value: Sides, point: Place5) {
        match self
            .changes
            .iter_mut()
            .find(|(w, v, _)| *w == what && *v == value)
        {
            Some((_, _, points)) => points.push(point),
            None => self.changes.push((what, value, vec![point])),
        }
    }

    fn standing(&mut self, what: What, standing: (Standing, Standing), point: Place5) {
        match self
            .standings
            .iter_mut()
            .find(|(w, s, _)| *w == what && *s == standing)
        {
            Some((_, _, points)) => points.push(point),
            None => self.standings.push((what, standing, vec![point])),
        }
    }

    /// Lays the two views of one point on each other. `joins` is a class whose other members had the setting before.
    fn compare(&mut self, old: Option<&View>, new: Option<&View>, point: Place5, joins: bool) {
        match (old, new) {
            // Where no fund paid and nothing is said any more, nothing is lost.
            (None, None) => return,
            (Some(old), None) if old.payer.is_none() => return,
            (Some(_), None) => {
                return self.change(
                    What::Lost,
                    Changed {
                        from: None,
                        to: None,
                    },
                    point,
                );
            }
            (None, Some(_)) if joins => {
                return self.change(
                    What::Gained,
                    Changed {
                        from: None,
                        to: None,
                    },
                    point,
                );
            }
            (_, Some(_)) => self.points.push(point),
        }
        let cut = Cut::of([old, new]);
        let all = |view: Option<&View>| view.map(|v| aspects(v, &cut)).unwrap_or_default();
        let (old, new) = (all(old), all(new));
        for here in &new {
            let Aspect { what, value, .. } = here;
            let was = old.iter().find(|aspect| aspect.what == *what);
            match was {
                Some(was) if was.value == *value => {
                    let derived = matches!(
                        what,
                        What::Payer | What::Counts | What::BandRule | What::CapCounts(_)
                    );
                    if was.standing != here.standing && !derived {
                        let standing = (was.standing, here.standing);
                        self.standing(what.clone(), standing, point);
                        self.rests(what, point, [Some(was), Some(here)]);
                    }
                }
                was => self.differs([was, Some(here)], point),
            }
        }
        for was in &old {
            if new.iter().all(|aspect| aspect.what != was.what) {
                self.differs([Some(was), None], point);
            }
        }
    }

    /// A figure that is not as it was, with what it rests on.
    fn differs(&mut self, sides: [Option<&Aspect>; 2], point: Place5) {
        let Some(what) = sides.into_iter().flatten().map(|a| a.what.clone()).next() else {
            return;
        };
        self.rests(&what, point, sides);
        let [from, to] = sides.map(|side| side.map(|a| (a.value.clone(), a.standing)));
        self.change(what, Changed { from, to }, point);
    }

    fn rests(&mut self, what: &What, point: Place5, sides: [Option<&Aspect>; 2]) {
        let clauses = sides.map(|side| side.map(|a| a.clauses.clone()).unwrap_or_default());
        self.clauses.push((what.clone(), point, clauses));
    }

    /// As sentences want it: for whom each change holds, in the order of the law.
    fn told(
        mut self,
        space: impl FnOnce(Vec<Place5>) -> Space,
    ) -> (Vec<Change>, Vec<StandingChange>) {
        let space = space(self.points);
        self.changes = joined(self.changes);
        self.changes
            .sort_by_key(|(what, _, points)| (what.rank(), points.first().copied()));
        let mut changes = Vec::new();
        for (what, value, points) in self.changes {
            let change = |(scope, points): (_, Vec<Place5>)| Change {
                what: what.clone(),
                scope,
                value: value.clone(),
                clauses: rested(&self.clauses, &what, &points),
            };
            changes.extend(space.scopes_of(&points).into_iter().map(change));
        }
        self.standings
            .sort_by_key(|(what, _, points)| (what.rank(), points.first().copied()));
        let mut standings = Vec::new();
        for (what, standing, points) in self.standings {
            let change = |(scope, points): (_, Vec<Place5>)| StandingChange {
                what: what.clone(),
                scope,
                standing,
                clauses: rested(&self.clauses, &what, &points),
            };
            standings.extend(space.scopes_of(&points).into_iter().map(change));
        }
        (changes, standings)
    }
}

/// What a change rests on at these points, each clause once.
fn rested(
    all: &[(What, Place5, [Vec<Cite>; 2])],
    what: &What,
    points: &[Place5],
) -> [Vec<Cite>; 2] {
    let mut rested: [Vec<Cite>; 2] = [Vec::new(), Vec::new()];
    let here = all
        .iter()
        .filter(|(of, point, _)| what.covers(of) && points.contains(point));
    for (_, _, sides) in here {
        for (known, side) in rested.iter_mut().zip(sides) {
            let new: Vec<Cite> = side
                .iter()
                .filter(|c| !known.contains(c))
                .cloned()
                .collect();
            known.extend(new);
        }
    }
    rested
}

/// Categories with the same change of their first share are told together.
fn joined(changes: Vec<(What, Sides, Vec<Place5>)>) -> Vec<(What, Sides, Vec<Place5>)> {
    let mut joined: Vec<(What, Sides, Vec<Place5>)> = Vec::new();
    for (what, value, points) in changes {
        let What::FirstShare(class, categories) = &what else {
            joined.push((what, value, points));
            continue;
        };
        let known = joined.iter_mut().find_map(|(w, v, p)| match w {
            What::FirstShare(c, list) if c == class && *v == value && *p == points => Some(list),
            _ => None,
        });
        match known {
            Some(list) => list.extend(categories),
            None => joined.push((what, value, points)),
        }
    }
    for (what, ..) in &mut joined {
        if let What::FirstShare(_, list) = what
            && list.len() == Category::ALL.len()
        {
            list.clear();
        }
    }
    joined
}

/// Every change, and every change of standing alone, at places that both policies know.
pub(super) fn compare(old: &Plan, new: &Plan, pairs: &Pairs) -> (Vec<Change>, Vec<StandingChange>) {
    let diseases = Diseases::of(old, new);
    let known = |plan: &Plan, place: Place| plan.policy.place.known.contains(&place);
    let mut found = Found::default();
    let all = pairs_of_points(pairs, &diseases);
    for &(point, [before, after]) in &all {
        let place = Place::ALL[point[3]];
        // Who is in one of the policies only is told by class.
        let one_sided = before.is_some() != after.is_some();
        if known(old, place) && known(new, place) && !one_sided {
            let view = |plan: &Plan, point: Option<Point>| point.and_then(|p| plan.view(&p));
            let joins = joins(old, &all, (point, after));
            found.compare(
                view(old, before).as_ref(),
                view(new, after).as_ref(),
                point,
                joins,
            );
        }
    }
    let labels = |pairs: &[(Pair, Label)]| pairs.iter().map(|p| p.1.clone()).collect();
    found.told(|points| {
        Space::new(
            labels(&pairs.facility_pairs),
            labels(&pairs.person_pairs),
            diseases.names.clone(),
            points,
        )
    })
}

/// Had another pair of the same new class a rule at this point before?
fn joins(
    old: &Plan,
    all: &[(Place5, [Option<Point>; 2])],
    (point, after): (Place5, Option<Point>),
) -> bool {
    let same = |(other, [_, now]): &&(Place5, [Option<Point>; 2])| {
        *other != point && *now == after && now.is_some()
    };
    all.iter()
        .filter(same)
        .any(|(_, [was, _])| was.is_some_and(|was| old.row(&was).is_some()))
}

/// What differs at a place from the region itself, within one policy.
pub(super) fn from_home(plan: &Plan, place: Place) -> Vec<Change> {
    let home = |point| Point {
        place: Place::Home,
        ..point
    };
    within(plan, |p| p.place == place, home)
}

/// What differs at some points from those beside them, within one policy.
fn within(
    plan: &Plan,
    wanted: impl Fn(&Point) -> bool,
    beside: impl Fn(Point) -> Point,
) -> Vec<Change> {
    let mut found = Found::default();
    for point in plan.points().filter(|p| wanted(p)) {
        let (base, here) = (plan.view(&beside(point)), plan.view(&point));
        found.compare(base.as_ref(), here.as_ref(), numbers(&point), false);
    }
    found.told(|_| Space::of(plan, wanted)).0
}

/// Every class of which the old policy knew nobody, each beside the class that it differs from least.
pub(super) fn new_classes(plan: &Plan, pairs: &Pairs) -> Vec<NewClass> {
    let policy = &plan.policy;
    let facility = |class, like| {
        let at = |p: &Point| p.facility == class;
        within(plan, at, |p| Point {
            facility: like,
            ..p
        })
    };
    let person = |class, like| {
        let at = |p: &Point| p.person == class;
        within(plan, at, |p| Point { person: like, ..p })
    };
    let names = |n: usize| policy.facilities[n].name.clone();
    let mut all = likened(&pairs.facility_pairs, names, facility);
    all.extend(likened(
        &pairs.person_pairs,
        |n| policy.persons[n].name.clone(),
        person,
    ));
    all
}

fn likened(
    pairs: &[(Pair, Label)],
    name: impl Fn(usize) -> Name,
    differs: impl Fn(usize, usize) -> Vec<Change>,
) -> Vec<NewClass> {
    let known = |class: usize| {
        pairs
            .iter()
            .any(|((a, b), _)| a.is_some() && *b == Some(class))
    };
    let mut classes: Vec<usize> = pairs.iter().filter_map(|((_, b), _)| *b).collect();
    classes.dedup();
    let (old, new): (Vec<usize>, Vec<usize>) = classes.into_iter().partition(|c| known(*c));
    let likened = |class: usize| {
        let beside = old.iter().map(|&like| (like, differs(class, like)));
        let (like, changes) = beside.min_by_key(|(_, changes)| changes.len())?;
        let (class, like) = (name(class), name(like));
        Some(NewClass {
            class,
            like,
            changes,
        })
    };
    new.into_iter().filter_map(likened).collect()
}

/// Every point of both policies: its numbers among the pairs, and the point in each.
fn pairs_of_points(pairs: &Pairs, diseases: &Diseases) -> Vec<(Place5, [Option<Point>; 2])> {
    let mut all = Vec::new();
    for &setting in Setting::ALL {
        for (f, ((old_facility, new_facility), _)) in pairs.facility_pairs.iter().enumerate() {
            for (p, ((old_person, new_person), _)) in pairs.person_pairs.iter().enumerate() {
                for &place in Place::ALL {
                    for (d, &[old_disease, new_disease]) in diseases.numbers.iter().enumerate() {
                        let point = |facility: &Option<usize>, person: &Option<usize>, disease| {
                            Some(Point {
                                setting,
                                facility: (*facility)?,
                                person: (*person)?,
                                place,
                                disease,
                            })
                        };
                        let old = point(old_facility, old_person, old_disease);
                        let new = point(new_facility, new_person, new_disease);
                        all.push(([setting.index(), f, p, place.index(), d], [old, new]));
                    }
                }
            }
        }
    }
    all
}

/// The diseases that either policy names; in the other it is one of the rest.
struct Diseases {
    names: Vec<Name>,
    numbers: Vec<[usize; 2]>,
}

impl Diseases {
    fn of(old: &Plan, new: &Plan) -> Diseases {
        let number = |plan: &Plan, id: &str| {
            plan.policy
                .diseases
                .iter()
                .position(|d| d.0 == id)
                .map_or(0, |n| n + 1)
        };
        let mut named: Vec<&(String, Name)> = new.policy.diseases.iter().collect();
        named.extend(
            old.policy
                .diseases
                .iter()
                .filter(|d| number(new, &d.0) == 0),
        );
        let numbers = named.iter().map(|d| [number(old, &d.0), number(new, &d.0)]);
        Diseases {
            numbers: std::iter::once([0, 0]).chain(numbers).collect(),
            names: disease_names(named.iter().map(|d| &d.1)),
        }
    }
}
