//! A life with the agency: enrolment, premiums, credits, visits, settlements, reversals, family, death; told step by step.

use std::path::{Path, PathBuf};

use agency::act::Act;
use agency::record::{Care, Cost, Enrolled, When};
use agency::{Agency, Answer, Options, Place, Refused, Request};
use domain::Fen;
use domain::agreement::Agreement;
use domain::facility::FacilityKind;
use domain::membership::{Joining, Sex};
use domain::person::Status;
use domain::region::Region;
use domain::setting::Setting;
use jiff::civil::{Date, date};

fn policies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies")
}

fn options(root: &Path, region: &str) -> Options {
    Options {
        place: Place::Directory(root.join("data")),
        key: root.join("key"),
        policies: policies(),
        region: Region::parse(region).unwrap(),
    }
}

fn hospital(code: &str, level: u8, region: &str) -> Agreement {
    Agreement {
        code: code.into(),
        name: code.into(),
        region: Region::parse(region).unwrap(),
        kind: FacilityKind::General,
        level,
        community: false,
        tags: Vec::new(),
        from: date(2000, 1, 1),
        until: None,
        suspended: Vec::new(),
    }
}

fn enrol(
    agency: &Agency,
    identity: &str,
    status: Status,
    from: Date,
) -> (u64, Result<Answer, Refused>) {
    let (person, lookup) = agency.find(identity);
    let enrolled = Enrolled {
        status,
        joining: Joining::First,
        from,
        birth: Some(date(1980, 5, 6)),
        sex: Some(Sex::Female),
        retired: None,
        identities: Vec::new(),
        employer: None,
        base: Some(Fen::from_yuan(8000)),
        earlier_months: 0,
        sealed: None,
    };
    let act = Act::Enrol {
        enrolled,
        opening: Fen::ZERO,
    };
    let request = Request {
        lookup: Some(lookup),
        ..Request::plain(person, act)
    };
    (person, agency.call(request))
}

#[test]
fn a_bill_is_settled_from_what_the_agency_knows_and_taken_back_whole() {
    let root = tempfile::tempdir().unwrap();
    let options = options(root.path(), "310000");
    let agency = Agency::create(&options, 2).unwrap();
    agency
        .list_institutions(vec![hospital("H11010500001", 3, "310105")])
        .unwrap();
    let (person, enrolled) = enrol(
        &agency,
        "310105198005060023",
        Status::Active,
        date(2024, 1, 1),
    );
    enrolled.unwrap();
    let pay = Act::Pay {
        first: 202401,
        last: 202406,
        base: None,
        stated: Vec::new(),
        paid: date(2024, 1, 20),
    };
    println!("{:?}", agency.call(Request::plain(person, pay)));
    let credit = Act::Credit {
        month: 202401,
        on: date(2024, 2, 5),
    };
    println!("{:?}", agency.call(Request::plain(person, credit)));
    let care = Care::new(
        "H11010500001",
        Setting::Outpatient,
        When {
            from: date(2024, 3, 1),
            until: None,
        },
        Cost::Sums([0, 0, 0, 0, 300_000]),
    );
    let settle = Request::keyed(person, "H1:1".into(), Act::Settle(Box::new(care)));
    let answer = agency.call(settle.clone());
    println!("{answer:#?}");
    let answer = answer.unwrap();
    assert_eq!(agency.call(settle), Ok(answer.clone()));
    drop(agency);
    let agency = Agency::open(&options).unwrap();
    let reverse = Act::Reverse {
        entry: answer.entry,
        on: date(2024, 3, 2),
    };
    println!("{:?}", agency.call(Request::plain(person, reverse)));
    let report = agency::audit::audit(&agency, |_| {}).unwrap();
    println!("{report:#?}");
    assert!(report.is_clean());
}
