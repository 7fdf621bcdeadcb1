//! `Office`: what the agency of a region knows beside its persons: policies by day, institutions, employers, catalogue, bank rates.

mod policies;

use std::collections::HashMap;

use domain::agreement::Agreement;
use domain::catalogue::Catalogue;
use domain::interest::Rates;
use domain::policy::Keeping;
use domain::region::Region;
use jiff::civil::Date;

use crate::refused::Refused;

pub use policies::{Policies, Version};

/// What the agency of a region knows beside its persons. Read by every lane, replaced as a whole when a list changes.
#[derive(Clone, Debug)]
pub struct Office {
    /// Pooling region.
    pub region: Region,
    /// Policies by scheme and day.
    pub policies: Policies,
    /// Agreements by the institution's code, in the order of their days.
    pub agreements: HashMap<String, Vec<Agreement>>,
    /// Employers' names by code.
    pub employers: HashMap<String, String>,
    /// Catalogue.
    pub catalogue: Catalogue,
    /// Bank rates.
    pub rates: Rates,
    /// How accounts are kept where a region's policy does not say.
    pub keeping: Keeping,
}

impl Office {
    /// What is known of an institution on a day: the agreement of that day, or the last one before it, or the first after.
    ///
    /// # Errors
    /// When it is not known at all.
    pub fn institution(&self, code: &str, day: Date) -> Result<&Agreement, Refused> {
        let agreements = self.agreements.get(code).map_or(&[][..], Vec::as_slice);
        let begun = agreements.iter().rev().find(|a| a.from <= day);
        begun
            .or(agreements.first())
            .ok_or_else(|| Refused::NoInstitution(code.to_owned()))
    }
}
