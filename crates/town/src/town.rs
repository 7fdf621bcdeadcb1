//! `Town`: the seed from which everything else follows, and the months that it is asked for.

use domain::month::Month;
use domain::region::Region;
use jiff::civil::Date;

use crate::catalogue::{Item, SHELVES};
use crate::identity;

/// A synthetic town. It holds no persons: each is worked out from the seed and the person's number when asked for, so that a
/// large town takes no more memory than a small one, and months may be asked for in any order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Town {
    pub(crate) seed: u64,
    persons: u64,
    pub(crate) start: Date,
    pub(crate) region: Region,
}

impl Town {
    /// The most persons a town can have: beyond, their identity numbers would repeat.
    pub const LARGEST: u64 = identity::LARGEST;

    /// A town in a pooling region, as it is on the day `start`. More persons than [`Town::LARGEST`] count as so many.
    #[must_use]
    pub fn new(seed: u64, persons: u64, start: Date, region: Region) -> Town {
        Town {
            seed,
            persons: persons.min(Town::LARGEST),
            start,
            region,
        }
    }

    /// How many persons there are; they are numbered from 0.
    #[must_use]
    pub fn persons(&self) -> u64 {
        self.persons
    }

    /// The town's first day.
    #[must_use]
    pub fn start(&self) -> Date {
        self.start
    }

    /// The pooling region.
    #[must_use]
    pub fn region(&self) -> Region {
        self.region
    }

    /// The items that fee lines name.
    #[must_use]
    pub fn catalogue(&self) -> Vec<Item> {
        SHELVES.concat()
    }

    /// The days of a month on which the town is there: none for a month that lies before the start.
    pub(crate) fn days_in(&self, month: Month) -> Option<(Date, Date)> {
        let (first, last) = (month.first_day(), month.last_day());
        (last >= self.start).then_some((first.max(self.start), last))
    }
}

/// The month as a number by which draws are told apart.
pub(crate) fn index(month: Month) -> u64 {
    u64::from(month.year().unsigned_abs()) * 12 + u64::from(month.month().unsigned_abs())
}
