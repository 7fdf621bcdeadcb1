//! What the shipped policies credit the account, against what was published.

use std::path::Path;

use domain::cite::Standing;
use domain::person::Status;
use domain::policy::contribution::{Every, Figures};
use domain::{Fen, Policy};
use policy::{PolicyFile, Source};

fn shipped(name: &str) -> Policy {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let source = Source::read(&policies.join(name)).expect("it can be read");
    PolicyFile::read(&source).expect("it is right").plan.policy
}

/// How often and how much a person is credited.
fn credited(policy: &Policy, status: Status, age: u16) -> Option<(Every, Figures)> {
    let credit = policy.credit(status, age, None)?;
    Some((credit.every, policy.figures(&credit.sum)))
}

fn yuan(yuan: u64) -> Figures {
    Figures::Fixed(Fen::from_yuan(yuan))
}

/// The published example `wuhan-2023-account-retired`: 83 yuan a month, 996 a year, whatever the age.
#[test]
fn wuhan_credits_a_retired_person_83_yuan_a_month() {
    for day in ["2023-02-01", "2023-04-10"] {
        let wuhan = shipped(&format!("420100/employee/{day}.toml"));
        for age in 0..=150 {
            let found = credited(&wuhan, Status::Retired, age);
            assert_eq!(found, Some((Every::Month, yuan(83))), "{day} {age}");
        }
        let credit = wuhan.credit(Status::Retired, 60, None);
        assert_eq!(
            credit.map(|c| c.cite.standing),
            Some(Standing::Reported),
            "{day}"
        );
    }
    let before = shipped("420100/employee/2012-01-01.toml");
    assert_eq!(credited(&before, Status::Retired, 60), None);
}

#[test]
fn beijing_credits_retired_persons_by_age() {
    let beijing = shipped("110000/employee/2022-09-01.toml");
    let of = |age| credited(&beijing, Status::Retired, age);
    assert_eq!(of(69), Some((Every::Month, yuan(100))));
    assert_eq!(of(70), Some((Every::Month, yuan(110))));
    assert_eq!(credited(&beijing, Status::Flexible, 40), None);
}

#[test]
fn shanghai_credits_for_the_year() {
    let shanghai = shipped("310000/employee/2023-07-01.toml");
    let of = |age| credited(&shanghai, Status::Retired, age);
    assert_eq!(of(74), Some((Every::Year, yuan(1680))));
    assert_eq!(of(75), Some((Every::Year, yuan(1890))));
    let active = credited(&shanghai, Status::Active, 40);
    assert!(
        matches!(active, Some((Every::Year, Figures::Part(ratio, None))) if ratio.to_string() == "2%"),
        "{active:?}"
    );
}
