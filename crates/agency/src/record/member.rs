//! What is recorded of a person's membership: enrolment, changes, its end, registrations.

use domain::Fen;
use domain::membership::{Enrolment, Joining, Leaving, Membership, Payment, Sex};
use domain::month::Month;
use domain::person::Status;
use domain::region::Region;
use domain::registration::{Registration, RegistrationKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::visit::Paper;
use crate::word;

/// Somebody was enrolled, or again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// In which status.
    #[serde(with = "word")]
    pub status: Status,
    /// How it came about.
    #[serde(with = "word")]
    pub joining: Joining,
    /// First day.
    pub from: Date,
    /// Birth day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth: Option<Date>,
    /// Sex.
    #[serde(
        default,
        with = "word::option",
        skip_serializing_if = "Option::is_none"
    )]
    pub sex: Option<Sex>,
    /// Day of retirement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Date>,
    /// What a policy may ask about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identities: Vec<String>,
    /// Code of the employer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<String>,
    /// Monthly base of contribution as it was declared.
    #[serde(
        default,
        with = "word::fen::option",
        skip_serializing_if = "Option::is_none"
    )]
    pub base: Option<Fen>,
    /// Months that count and were not paid here: recognised, or transferred in.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub earlier_months: u32,
    /// The name and identity number, sealed; absent when they are known already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<String>,
}

/// Status, employer, base or identities changed; what is absent stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// From which day.
    pub from: Date,
    /// The new status.
    #[serde(
        default,
        with = "word::option",
        skip_serializing_if = "Option::is_none"
    )]
    pub status: Option<Status>,
    /// Day of retirement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<Date>,
    /// All identities from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identities: Option<Vec<String>>,
    /// Code of the new employer; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer: Option<String>,
    /// The new base.
    #[serde(
        default,
        with = "word::fen::option",
        skip_serializing_if = "Option::is_none"
    )]
    pub base: Option<Fen>,
}

/// The enrolment ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// Last day.
    pub until: Date,
    /// How.
    #[serde(with = "word")]
    pub leaving: Leaving,
}

/// Something was registered for the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// What.
    #[serde(with = "word")]
    pub kind: RegistrationKind,
    /// The disease.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disease: Option<String>,
    /// The institution's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facility: Option<String>,
    /// The region.
    #[serde(
        default,
        with = "word::region::option",
        skip_serializing_if = "Option::is_none"
    )]
    pub region: Option<Region>,
    /// First day.
    pub from: Date,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// What else the institution says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
}

/// A registration was cancelled, as if it had never been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unregistered {
    /// The entry that registered it.
    pub registered: u64,
}

impl Registered {
    /// As the domain has it.
    #[must_use]
    pub fn registration(&self) -> Registration {
        Registration {
            kind: self.kind,
            disease: self.disease.clone(),
            facility: self.facility.clone(),
            region: self.region,
            from: self.from,
            until: self.until,
        }
    }

    /// From the domain's.
    #[must_use]
    pub fn of(registration: &Registration) -> Registered {
        Registered {
            kind: registration.kind,
            disease: registration.disease.clone(),
            facility: registration.facility.clone(),
            region: registration.region,
            from: registration.from,
            until: registration.until,
            paper: None,
        }
    }
}

/// A membership in a person's state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MemberForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    birth: Option<Date>,
    #[serde(
        default,
        with = "word::option",
        skip_serializing_if = "Option::is_none"
    )]
    sex: Option<Sex>,
    enrolments: Vec<EnrolmentForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    payments: Vec<PaymentForm>,
    #[serde(default, skip_serializing_if = "is_zero")]
    earlier_months: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct EnrolmentForm {
    #[serde(with = "word")]
    status: Status,
    #[serde(with = "word")]
    joining: Joining,
    from: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
    #[serde(
        default,
        with = "word::option",
        skip_serializing_if = "Option::is_none"
    )]
    leaving: Option<Leaving>,
}

/// First and last month like 202611, and the day of a late payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct PaymentForm(
    u32,
    u32,
    #[serde(default, skip_serializing_if = "Option::is_none")] Option<Date>,
);

impl MemberForm {
    pub(crate) fn of(membership: &Membership) -> MemberForm {
        MemberForm {
            birth: membership.birth,
            sex: membership.sex,
            enrolments: membership
                .enrolments
                .iter()
                .map(|e| EnrolmentForm {
                    status: e.status,
                    joining: e.joining,
                    from: e.from,
                    until: e.until.map(|(day, _)| day),
                    leaving: e.until.map(|(_, leaving)| leaving),
                })
                .collect(),
            payments: membership
                .payments
                .iter()
                .map(|p| PaymentForm(p.first.digits(), p.last.digits(), p.late))
                .collect(),
            earlier_months: membership.earlier_months,
        }
    }

    pub(crate) fn membership(self) -> Option<Membership> {
        let payments = self
            .payments
            .into_iter()
            .map(|PaymentForm(first, last, late)| {
                Some(Payment {
                    first: Month::of_digits(first)?,
                    last: Month::of_digits(last)?,
                    late,
                })
            });
        Some(Membership {
            birth: self.birth,
            sex: self.sex,
            enrolments: self
                .enrolments
                .into_iter()
                .map(|e| Enrolment {
                    status: e.status,
                    joining: e.joining,
                    from: e.from,
                    until: e.until.zip(e.leaving),
                })
                .collect(),
            payments: payments.collect::<Option<_>>()?,
            earlier_months: self.earlier_months,
        })
    }
}

const fn is_zero(number: &u32) -> bool {
    *number == 0
}
