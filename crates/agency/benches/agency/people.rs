//! Persons enrolled, paid for and credited, and one institution.

use agency::act::Act;
use agency::record::{Care, Cost};
use agency::record::{Enrolled, When};
use agency::{Agency, Request};
use domain::Fen;
use domain::agreement::Agreement;
use domain::facility::FacilityKind;
use domain::membership::{Joining, Sex};
use domain::person::Status;
use domain::setting::Setting;
use jiff::civil::date;

/// The institution's code.
const HOSPITAL: &str = "H31010500001";

/// Enrols so many; returns their numbers.
pub(crate) fn enrol(agency: &Agency, persons: u64) -> Vec<u64> {
    agency
        .list_institutions(vec![Agreement {
            code: HOSPITAL.into(),
            name: HOSPITAL.into(),
            region: agency.region(),
            kind: FacilityKind::General,
            level: 2,
            community: false,
            tags: Vec::new(),
            from: date(2000, 1, 1),
            until: None,
            suspended: Vec::new(),
        }])
        .unwrap();
    let mut numbers = Vec::new();
    for chunk in (0..persons).collect::<Vec<_>>().chunks(50_000) {
        let mut requests = Vec::new();
        for n in chunk {
            let (person, lookup) = agency.find(&format!("{n:018}"));
            numbers.push(person);
            let act = Act::Enrol {
                enrolled: Enrolled {
                    status: Status::Active,
                    joining: Joining::First,
                    from: date(2024, 1, 1),
                    birth: Some(date(1980, 5, 6)),
                    sex: Some(Sex::Female),
                    retired: None,
                    identities: Vec::new(),
                    employer: Some("91310000MA1K000000".into()),
                    base: Some(Fen::from_yuan(8000)),
                    earlier_months: 0,
                    sealed: None,
                },
                opening: Fen::from_yuan(2000),
            };
            requests.push(Request {
                lookup: Some(lookup),
                ..Request::plain(person, act)
            });
            let pay = Act::Pay {
                first: 202_401,
                last: 202_412,
                base: None,
                stated: Vec::new(),
                paid: date(2024, 1, 20),
            };
            requests.push(Request::plain(person, pay));
        }
        let swept = agency.bulk(requests).unwrap();
        assert!(swept.refused.is_empty(), "{swept:?}");
    }
    numbers
}

/// A bill of an outpatient with three fee lines' worth of sums.
pub(crate) fn bill(number: u64, person: u64) -> Request {
    let day = i8::try_from(number % 28 + 1).unwrap_or(1);
    let in_scope = 5_000 + number % 40_000;
    let care = Care::new(
        HOSPITAL,
        Setting::Outpatient,
        When {
            from: date(2024, 3, day),
            until: None,
        },
        Cost::Sums([0, 1_200, 0, 800, in_scope]),
    );
    let key = format!("{HOSPITAL}202403{:012}", number);
    Request::keyed(person, key, Act::Settle(Box::new(care)))
}
