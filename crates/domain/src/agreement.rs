//! `Agreement`: a provider's agreement with the agency (定点协议): what the provider is, and on which days it is designated.

use jiff::civil::Date;

use crate::day::Span;
use crate::facility::{Facility, FacilityKind};
use crate::region::Region;

/// A provider with an agreement (定点医药机构).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The provider's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub region: Region,
    /// What it is.
    pub kind: FacilityKind,
    /// Hospital level 3, 2, 1, or 0 for unrated.
    pub level: u8,
    /// A community health centre (社区卫生服务机构).
    pub community: bool,
    /// Local classes that a policy may name.
    pub tags: Vec<String>,
    /// First day of the agreement.
    pub from: Date,
    /// Last day of the agreement; open if absent.
    pub until: Option<Date>,
    /// Stretches in which the agreement is suspended (中止).
    pub suspended: Vec<Span>,
}

impl Agreement {
    /// Is the provider designated on the day: is the agreement in force and not suspended?
    #[must_use]
    pub fn designated_on(&self, day: Date) -> bool {
        let (from, until) = (self.from, self.until);
        Span { from, until }.covers(day) && !self.suspended.iter().any(|span| span.covers(day))
    }

    /// The provider as a bill of the day tells it; `approved` says that care there was approved though it is not designated.
    #[must_use]
    pub fn facility(&self, day: Date, approved: bool) -> Facility {
        Facility {
            kind: self.kind,
            level: self.level,
            community: self.community,
            tags: self.tags.clone(),
            designated: self.designated_on(day),
            approved,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_provider_is_designated_while_its_agreement_holds_and_is_not_suspended() {
        let agreement = Agreement {
            code: "H42010600001".into(),
            name: "".into(),
            region: Region::parse("420106").unwrap(),
            kind: FacilityKind::General,
            level: 3,
            community: false,
            tags: vec!["provincial".into()],
            from: date(2023, 1, 1),
            until: Some(date(2024, 12, 31)),
            suspended: vec![Span {
                from: date(2024, 3, 1),
                until: Some(date(2024, 5, 31)),
            }],
        };
        for (day, designated) in [
            (date(2022, 12, 31), false),
            (date(2023, 1, 1), true),
            (date(2024, 2, 29), true),
            (date(2024, 3, 1), false),
            (date(2024, 5, 31), false),
            (date(2024, 6, 1), true),
            (date(2024, 12, 31), true),
            (date(2025, 1, 1), false),
        ] {
            assert_eq!(agreement.designated_on(day), designated, "{day}");
            let facility = agreement.facility(day, true);
            assert_eq!(facility.designated, designated, "{day}");
            assert!(facility.approved);
            assert_eq!((facility.level, facility.tags.len()), (3, 1));
        }
    }
}
