//! `About`: what the phrase of a step reads beside the policy.

use crate::account::FamilyAccount;
use crate::bill::{Bill, Cost};

/// What the phrase of a step reads beside the policy: so little that it is known of a settlement long ago, too.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// What it cost.
    pub cost: &'a Cost,
    /// Linked family accounts, in the order in which they are drawn.
    pub family: &'a [FamilyAccount],
    /// Stays of the benefit year before the bill; unknown, the phrase does not count them.
    pub stays: Option<u32>,
}

impl<'a> About<'a> {
    /// A bill's.
    #[must_use]
    pub fn bill(bill: &'a Bill) -> About<'a> {
        About {
            cost: &bill.cost,
            family: &bill.accounts.family,
            stays: Some(bill.year.stays),
        }
    }
}
