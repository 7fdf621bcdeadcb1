//! `Registration`: what the agency has registered for a person (备案), and what a bill may therefore claim.

use jiff::civil::Date;

use crate::bill::Place;
use crate::day::Span;
use crate::region::Region;
use crate::words::words;

words! {
    /// What is registered.
    pub enum RegistrationKind {
        Disease: "disease", "门诊慢特病备案", "chronic or special disease of the outpatient";
        LongTerm: "long_term", "异地长期居住备案", "living elsewhere for long";
        Referral: "referral", "转诊备案", "referral elsewhere";
        Temporary: "temporary", "临时外出就医", "care elsewhere for a time, without referral";
        Approval: "approval", "审批", "approval of care at a provider that is not designated";
        Designation: "designation", "就医定点备案", "choice of a provider";
        Accident: "accident", "意外伤害备案", "accident";
    }
}

/// Something registered for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// What it is.
    pub kind: RegistrationKind,
    /// The disease, as the policy names it; of the kind `disease` only.
    pub disease: Option<String>,
    /// The provider for which it holds, by its code; for every provider if absent.
    pub facility: Option<String>,
    /// The region for which it holds; for every region if absent.
    pub region: Option<Region>,
    /// First day.
    pub from: Date,
    /// Last day; open if absent.
    pub until: Option<Date>,
}

/// A visit as the provider tells it.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    /// The day that decides: of the visit, or of admission.
    pub day: Date,
    /// Pooling region of the insurance.
    pub home: Region,
    /// Where the provider stands.
    pub region: Region,
    /// The provider's code.
    pub facility: &'a str,
    /// The provider says that it is an emergency.
    pub emergency: bool,
    /// The disease for which the provider asks the benefit, as the policy names it.
    pub disease: Option<&'a str>,
}

/// What a bill may claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim<'a> {
    /// Where the care is given, as the policy sees it.
    pub place: Place,
    /// The disease, if it is registered.
    pub disease: Option<&'a str>,
    /// Care at this provider was approved.
    pub approved: bool,
}

impl Registration {
    /// Does it hold on a day?
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        let (from, until) = (self.from, self.until);
        Span { from, until }.covers(day)
    }

    /// Does it hold on the day of the visit, at its provider and in its region?
    #[must_use]
    pub fn holds_for(&self, visit: &Visit<'_>) -> bool {
        self.holds_on(visit.day)
            && self
                .facility
                .as_ref()
                .is_none_or(|facility| facility == visit.facility)
            && self.region.is_none_or(|region| region.covers(visit.region))
    }
}

/// What a bill may claim by what is registered for the person. Whoever lives elsewhere for long is treated as at home
/// there, before a referral; an emergency needs no registration; one for a time without referral opens direct settlement
/// and leaves the place what it is (医保发〔2022〕22号).
#[must_use]
pub fn claim<'a, 'r>(
    registered: impl Iterator<Item = &'r Registration> + Clone,
    visit: &Visit<'a>,
) -> Claim<'a> {
    let held = |kind| {
        let mut of_kind = registered.clone().filter(move |r| r.kind == kind);
        of_kind.any(|r| r.holds_for(visit))
    };
    let place = if visit.home.covers(visit.region) {
        Place::Home
    } else if held(RegistrationKind::LongTerm) {
        Place::LongTerm
    } else if held(RegistrationKind::Referral) {
        Place::Referred
    } else if visit.emergency {
        Place::Emergency
    } else {
        Place::Unreferred
    };
    let disease = visit.disease.filter(|disease| {
        registered.clone().any(|r| {
            r.kind == RegistrationKind::Disease
                && r.disease.as_deref() == Some(*disease)
                && r.holds_for(visit)
        })
    });
    Claim {
        place,
        disease,
        approved: held(RegistrationKind::Approval),
    }
}

#[cfg(test)]
mod tests;
