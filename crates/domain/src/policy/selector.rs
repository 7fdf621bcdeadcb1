//! `Selector`: which points of the space a row is for.

use crate::bill::{Place, Setting};

/// A set of numbers below 32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Set(pub u32);

impl Set {
    /// Everything.
    pub const ALL: Set = Set(u32::MAX);

    /// These.
    #[must_use]
    pub fn of(numbers: impl IntoIterator<Item = usize>) -> Set {
        Set(numbers.into_iter().fold(0, |set, n| set | bit(n)))
    }

    /// Is `number` in it?
    #[must_use]
    pub fn holds(self, number: usize) -> bool {
        self.0 & bit(number) != 0
    }

    /// Those below `len`, in order.
    pub fn below(self, len: usize) -> impl Iterator<Item = usize> {
        (0..len).filter(move |&n| self.holds(n))
    }
}

fn bit(number: usize) -> u32 {
    u32::try_from(number)
        .ok()
        .and_then(|n| 1u32.checked_shl(n))
        .unwrap_or(0)
}

/// Which points of the space a row is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selector {
    /// Settings, by [`Setting::index`].
    pub settings: Set,
    /// Facility classes, by number.
    pub facilities: Set,
    /// Person classes, by number.
    pub persons: Set,
    /// Places, by [`Place::index`].
    pub places: Set,
    /// Diseases by number + 1; 0 is "none of them".
    pub diseases: Set,
}

impl Selector {
    /// Every point.
    pub const ALL: Selector = Selector {
        settings: Set::ALL,
        facilities: Set::ALL,
        persons: Set::ALL,
        places: Set::ALL,
        diseases: Set::ALL,
    };

    /// Is it for this point?
    #[must_use]
    pub fn holds(&self, point: &Point) -> bool {
        self.settings.holds(point.setting.index())
            && self.facilities.holds(point.facility)
            && self.persons.holds(point.person)
            && self.places.holds(point.place.index())
            && self.diseases.holds(point.disease)
    }
}

/// A point of the space that rows divide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Setting.
    pub setting: Setting,
    /// Facility class by number.
    pub facility: usize,
    /// Person class by number.
    pub person: usize,
    /// Place.
    pub place: Place,
    /// Disease by number + 1; 0 is none.
    pub disease: usize,
}
