//! Visits in parts: opened, fee lines, a deposit, discharge, settlement in one or in two, and taken back.

use agency::act::{Act, Settling};
use agency::record::{Discharged, Enrolled, VisitOpened};
use domain::person::Status;
use jiff::civil::date;

use crate::house::{HOSPITAL, enrolled, line, stay};
use crate::tale::{Tale, first, yuan};

fn retired(tale: &mut Tale, name: &str) -> u64 {
    let old = Enrolled {
        birth: Some(date(1953, 3, 1)),
        retired: Some(date(2013, 3, 1)),
        earlier_months: 360,
        ..enrolled(Status::Retired, first(2024, 1))
    };
    tale.person(name, 1, old)
}

fn opened() -> Act {
    Act::Open(Box::new(VisitOpened {
        care: stay(HOSPITAL, date(2024, 3, 1)),
        paper: None,
    }))
}

fn lines(visit: u64, day: i8, amounts: &[u64]) -> Act {
    let on = date(2024, 3, day);
    let lines = amounts.iter().map(|yuan| line("bed", on, *yuan)).collect();
    Act::AddLines {
        visit,
        lines,
        returns: Vec::new(),
        on,
    }
}

fn settle(visit: u64, interim: Option<i8>) -> Act {
    Act::SettleVisit(Settling {
        visit,
        interim: interim.map(|day| date(2024, 3, day)),
        spare_account: false,
        ..Settling::default()
    })
}

#[test]
fn a_stay_from_admission_to_settlement() {
    let mut tale = Tale::new("310000", 1);
    let wang = retired(&mut tale, "Wang");
    let visit = tale.step("is admitted", wang, opened());
    tale.step("settles without a line", wang, settle(visit, Some(2)));
    tale.step(
        "pays a deposit of 2,000",
        wang,
        Act::Deposit {
            visit,
            amount: yuan(2000),
            on: date(2024, 3, 1),
        },
    );
    tale.step(
        "has lines of 5,000, 700 and 300",
        wang,
        lines(visit, 2, &[5000, 700, 300]),
    );
    let zero = agency::record::FeeLine {
        quantity: 0,
        ..line("nothing", date(2024, 3, 2), 1)
    };
    tale.step(
        "has a line of nothing",
        wang,
        Act::AddLines {
            visit,
            lines: vec![zero],
            returns: Vec::new(),
            on: date(2024, 3, 2),
        },
    );
    let remove = |lines: &[u32]| Act::RemoveLines {
        visit,
        lines: lines.to_vec(),
        on: date(2024, 3, 3),
    };
    tale.step("the second line is taken out", wang, remove(&[2]));
    tale.step("it is taken out again", wang, remove(&[2]));
    tale.step("a line that is not there is taken out", wang, remove(&[9]));
    tale.step("settles before discharge", wang, settle(visit, None));
    tale.step(
        "is discharged before admission",
        wang,
        Act::Discharge(Box::new(Discharged {
            visit,
            on: date(2024, 2, 1),
            paper: None,
        })),
    );
    tale.step(
        "is discharged",
        wang,
        Act::Discharge(Box::new(Discharged {
            visit,
            on: date(2024, 3, 9),
            paper: None,
        })),
    );
    let settled = tale.step("settles", wang, settle(visit, None));
    tale.step("settles again", wang, settle(visit, None));
    tale.step("has another line after it", wang, lines(visit, 9, &[1]));
    tale.step(
        "a visit that is not there is settled",
        wang,
        settle(99, None),
    );
    tale.step(
        "the settlement is taken back",
        wang,
        Act::Reverse {
            entry: settled,
            on: date(2024, 3, 10),
        },
    );
    tale.step("a forgotten line comes", wang, lines(visit, 9, &[700]));
    tale.step("settles at last", wang, settle(visit, None));
    insta::assert_snapshot!(tale.end());
}

/// The same stay at once and in two parts: the year's sums are the same in the end (law 6).
#[test]
fn an_interim_settlement_comes_to_the_same() {
    let mut tale = Tale::new("310000", 1);
    let (once, twice) = (retired(&mut tale, "Once"), retired(&mut tale, "Twice"));
    let visit = tale.step("is admitted", once, opened());
    tale.step("has lines", once, lines(visit, 2, &[30_000]));
    tale.step("has more lines", once, lines(visit, 20, &[40_000]));
    tale.step(
        "is discharged",
        once,
        Act::Discharge(Box::new(Discharged {
            visit,
            on: date(2024, 3, 25),
            paper: None,
        })),
    );
    tale.step("settles", once, settle(visit, None));
    let visit = tale.step("is admitted", twice, opened());
    tale.step("has lines", twice, lines(visit, 2, &[30_000]));
    tale.step("has more lines", twice, lines(visit, 20, &[40_000]));
    let interim = tale.step("settles up to the 10th", twice, settle(visit, Some(10)));
    tale.step(
        "takes that back",
        twice,
        Act::Reverse {
            entry: interim,
            on: date(2024, 3, 11),
        },
    );
    tale.step(
        "settles up to the 10th again",
        twice,
        settle(visit, Some(10)),
    );
    tale.step(
        "is discharged",
        twice,
        Act::Discharge(Box::new(Discharged {
            visit,
            on: date(2024, 3, 25),
            paper: None,
        })),
    );
    tale.step("settles the rest", twice, settle(visit, None));
    assert_eq!(tale.state(once).years, tale.state(twice).years);
    insta::assert_snapshot!(tale.end());
}
