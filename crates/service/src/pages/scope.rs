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
        let Some(setting) = plan.stands_for(setting) else {
            return false;
        };
        self.places.iter().any(|&place| {
            self.persons.iter().any(|&person| {
                self.facilities.iter().any(|&facility| {
                    self.diseases.clone().any(|disease| {
                        let point = Point {
                            setting,
                            facility,
                            person,
                            place,
                            disease,
                        };
                        plan.row(&point).is_some()
                    })
                })
            })
        })
    }
}
