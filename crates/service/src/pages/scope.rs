//! `Scope`: a part of the space of a plan, and whether the plan answers anything of it.

use std::ops::RangeInclusive;

use agency::domain::Plan;
use agency::domain::bill::Place;
use agency::domain::policy::Point;
use agency::domain::setting::Setting;

/// A part of the space within any setting.
pub(super) struct Scope {
    /// Classes of providers, by number.
    pub(super) facilities: Vec<usize>,
    /// Classes of persons, by number.
    pub(super) persons: Vec<usize>,
    pub(super) places: Vec<Place>,
    /// Diseases, by number; 0 is any other.
    pub(super) diseases: RangeInclusive<usize>,
}

impl Scope {
    /// Whether the plan has a row for any of it in a setting.
    pub(super) fn is_answered(&self, plan: &Plan, setting: Setting) -> bool {
        let mut points = self.points(plan, setting);
        points.any(|point| plan.row(&point).is_some())
    }

    /// Every point of it in a setting; none where the plan knows no such care.
    pub(super) fn points(&self, plan: &Plan, setting: Setting) -> impl Iterator<Item = Point> {
        let stands = plan.stands_for(setting).into_iter();
        let placed =
            stands.flat_map(|setting| self.places.iter().map(move |&place| (setting, place)));
        let of_persons = placed.flat_map(|at| self.persons.iter().map(move |&person| (at, person)));
        let of_facilities =
            of_persons.flat_map(|at| self.facilities.iter().map(move |&facility| (at, facility)));
        of_facilities.flat_map(|(((setting, place), person), facility)| {
            self.diseases.clone().map(move |disease| Point {
                setting,
                facility,
                person,
                place,
                disease,
            })
        })
    }
}
