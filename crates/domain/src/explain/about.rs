//! `About`: what the phrase of a step reads beside the policy.

use jiff::civil::Date;

use crate::account::FamilyAccount;
use crate::bill::{Bill, Cost, Line};
use crate::catalogue::{Catalogue, CatalogueItem};

/// What the phrase of a step reads beside the policy: so little that it is known of a settlement long ago, too.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// What it cost.
    pub cost: &'a Cost,
    /// Linked family accounts, in the order in which they are drawn.
    pub family: &'a [FamilyAccount],
    /// Stays of the benefit year before the bill; unknown, the phrase does not count them.
    pub stays: Option<u32>,
    /// What lines are called, and whose their figures are, with the day of lines that tell none; without it all is as the bill states.
    pub catalogue: Option<(&'a Catalogue, Date)>,
}

impl<'a> About<'a> {
    /// A bill's.
    #[must_use]
    pub fn bill(bill: &'a Bill) -> About<'a> {
        About {
            cost: &bill.cost,
            family: &bill.accounts.family,
            stays: Some(bill.year.stays),
            catalogue: None,
        }
    }

    /// The same, by a catalogue.
    #[must_use]
    pub fn by(self, catalogue: &'a Catalogue, day: Date) -> About<'a> {
        About {
            catalogue: Some((catalogue, day)),
            ..self
        }
    }

    /// The item of a line, by its code, or by its name where lines are told so.
    pub(super) fn item(self, line: &Line) -> Option<&'a CatalogueItem> {
        let (catalogue, day) = self.catalogue?;
        let day = line.day.unwrap_or(day);
        let mut items = catalogue.items().iter();
        let named = |item: &&CatalogueItem| item.name == line.item && item.days().covers(day);
        catalogue.on(&line.item, day).or_else(|| items.find(named))
    }
}
