//! Classes of persons and providers: how a policy divides them, and the class a bill falls in.

use jiff::civil::Date;

use crate::facility::{Facility, FacilityKind};
use crate::person::{Person, Status};
use crate::words::Name;

/// A class of providers; absent conditions hold for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacilityClass {
    /// Its id within the file.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// Levels, 0 to 3.
    pub levels: Option<Vec<u8>>,
    /// Kinds.
    pub kinds: Option<Vec<FacilityKind>>,
    /// Community health centre or not.
    pub community: Option<bool>,
    /// It must have all of these tags.
    pub tags: Vec<String>,
    /// It must have none of these tags.
    pub without: Vec<String>,
}

impl FacilityClass {
    /// Does the provider fall in this class?
    #[must_use]
    pub fn holds(&self, facility: &Facility) -> bool {
        self.levels
            .as_ref()
            .is_none_or(|l| l.contains(&facility.level))
            && self
                .kinds
                .as_ref()
                .is_none_or(|k| k.contains(&facility.kind))
            && self.community.is_none_or(|c| c == facility.community)
            && self.tags.iter().all(|t| facility.tags.contains(t))
            && !self.without.iter().any(|t| facility.tags.contains(t))
    }
}

/// Nobody is older; a class of persons above it would hold for nobody.
pub const OLDEST: u16 = 150;

/// A range of whole years or days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span<T> {
    /// First, open if absent.
    pub from: Option<T>,
    /// Last, open if absent.
    pub until: Option<T>,
}

impl<T: PartialOrd> Span<T> {
    /// Does it contain `x`?
    pub fn holds(&self, x: &T) -> bool {
        self.from.as_ref().is_none_or(|from| from <= x)
            && self.until.as_ref().is_none_or(|until| x <= until)
    }
}

/// A class of persons; absent conditions hold for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonClass {
    /// Its id within the file.
    pub id: String,
    /// Its name.
    pub name: Name,
    /// Statuses.
    pub status: Option<Vec<Status>>,
    /// Ages in whole years.
    pub age: Option<Span<u16>>,
    /// By day of retirement.
    pub retired: Option<Span<Date>>,
    /// The person must have all of these identities.
    pub identities: Vec<String>,
    /// The person must have none of these identities.
    pub without: Vec<String>,
}

/// What a class must know of a person and the bill does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The birth day.
    Birth,
    /// The day of retirement.
    Retirement,
}

impl PersonClass {
    /// Does the person of this age fall in this class? `counts` says which identities count for the person
    /// ([`crate::Policy::counts`]).
    ///
    /// # Errors
    /// When everything else holds and the age or the day of retirement that decides is not known.
    pub fn holds(
        &self,
        person: &Person,
        age: Option<u16>,
        counts: impl Fn(&str) -> bool,
    ) -> Result<bool, Unknown> {
        let status = self.status.as_ref();
        let otherwise = status.is_none_or(|s| s.contains(&person.status))
            && self.identities.iter().all(|i| counts(i))
            && !self.without.iter().any(|i| counts(i));
        if !otherwise {
            return Ok(false);
        }
        if let Some(span) = &self.age
            && !span.holds(&age.ok_or(Unknown::Birth)?)
        {
            return Ok(false);
        }
        match &self.retired {
            Some(span) => Ok(span.holds(&person.retired.ok_or(Unknown::Retirement)?)),
            None => Ok(true),
        }
    }
}
