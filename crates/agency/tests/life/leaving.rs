//! Leaving: death with an heir, with cash, with nobody; moving to another region and coming back.

use agency::act::Act;
use agency::record::Enrolled;
use agency::record::money::Heir;
use domain::membership::Joining;
use domain::person::Status;
use jiff::civil::date;

use crate::house::{HOSPITAL, collected, credit, enrolled, outpatient, settle};
use crate::tale::{Tale, first, yuan};

#[test]
fn death_with_an_heir_with_cash_with_nobody() {
    let mut tale = Tale::new("110000", 2);
    let heir = tale.person("Heir", 2, enrolled(Status::Active, first(2024, 1)));
    let lane = tale.house.agency.lane_of(heir).digits();
    for (name, to) in [
        ("Ann", Heir::Account(heir, lane)),
        ("Bob", Heir::Cash),
        ("Cid", Heir::Nobody),
    ] {
        let person = tale.person(name, 1, enrolled(Status::Active, first(2024, 1)));
        tale.step(
            "pays January and February",
            person,
            collected(202401, 202402, date(2024, 1, 20)),
        );
        tale.step(
            "is credited January",
            person,
            credit(202401, date(2024, 2, 5)),
        );
        tale.step(
            "dies before the enrolment",
            person,
            Act::Die {
                on: date(2023, 2, 20),
                to,
            },
        );
        tale.step(
            "dies",
            person,
            Act::Die {
                on: date(2024, 2, 20),
                to,
            },
        );
        tale.step(
            "dies again",
            person,
            Act::Die {
                on: date(2024, 2, 20),
                to,
            },
        );
        tale.step(
            "is credited February",
            person,
            credit(202402, date(2024, 3, 5)),
        );
        tale.step(
            "has a bill of the last days",
            person,
            settle(outpatient(HOSPITAL, date(2024, 2, 19), 500)),
        );
    }
    tale.look(heir);
    insta::assert_snapshot!(tale.end());
}

/// What a settlement gives back after the death goes where the account went; so does interest of the last days.
#[test]
fn a_settlement_taken_back_after_death_goes_on_to_the_heir() {
    let mut tale = Tale::new("110000", 2);
    let heir = tale.person("Heir", 2, enrolled(Status::Active, first(2024, 1)));
    let lane = tale.house.agency.lane_of(heir).digits();
    for (name, to) in [
        ("Ann", Heir::Account(heir, lane)),
        ("Bob", Heir::Cash),
        ("Cid", Heir::Nobody),
    ] {
        let person = tale.stranger(name, 1);
        let come = Act::Enrol {
            enrolled: enrolled(Status::Active, first(2024, 1)),
            opening: yuan(700),
        };
        tale.step("comes with 700 yuan", person, come);
        tale.step(
            "pays January to March",
            person,
            collected(202401, 202403, date(2024, 1, 20)),
        );
        let bill = settle(outpatient(HOSPITAL, date(2024, 2, 1), 300));
        let bill = tale.step("is treated", person, bill);
        let on = date(2024, 3, 1);
        tale.step("dies", person, Act::Die { on, to });
        let on = date(2024, 3, 5);
        let back = Act::Reverse { entry: bill, on };
        tale.step("the bill is taken back", person, back.clone());
        tale.step("and again", person, back);
        let until = date(2024, 6, 30);
        tale.step("bears interest", person, Act::Interest { until });
    }
    tale.look(heir);
    let audited = agency::audit::audit(&tale.house.agency, |_| {}).unwrap();
    assert!(audited.is_clean());
    insta::assert_snapshot!(tale.end());
}

#[test]
fn moving_out_and_in_again() {
    let mut tale = Tale::new("110000", 1);
    let li = tale.stranger("Li", 1);
    let come = |from, joining, opening| Act::Enrol {
        enrolled: Enrolled {
            joining,
            earlier_months: 24,
            ..enrolled(Status::Active, from)
        },
        opening: yuan(opening),
    };
    tale.step(
        "moves in with 24 months and 700 yuan",
        li,
        come(first(2024, 1), Joining::TransferIn, 700),
    );
    tale.step(
        "pays January",
        li,
        collected(202401, 202401, date(2024, 1, 20)),
    );
    let out = |until| Act::MoveOut {
        until,
        to: "420100".into(),
    };
    tale.step("moves out before moving in", li, out(date(2023, 12, 1)));
    tale.step("moves out", li, out(date(2024, 1, 31)));
    tale.step("moves out again", li, out(date(2024, 2, 1)));
    tale.step(
        "withdraws",
        li,
        Act::Withdraw {
            amount: yuan(1),
            on: date(2024, 2, 1),
        },
    );
    tale.step(
        "moves in again with 90 yuan",
        li,
        come(first(2024, 5), Joining::TransferIn, 90),
    );
    tale.step(
        "withdraws",
        li,
        Act::Withdraw {
            amount: yuan(1),
            on: date(2024, 5, 2),
        },
    );
    insta::assert_snapshot!(tale.end());
}
