//! The personal account: credits, interest, the year's end.

use agency::act::Act;
use domain::person::Status;
use jiff::civil::date;

use crate::house::{HOSPITAL, collected, credit, enrolled, outpatient, settle};
use crate::tale::{Tale, first, yuan};
use agency::record::Enrolled;

/// Shanghai, the retired: 1,680.00 for the year from July in advance; from January on six twelfths of it are 840.00.
#[test]
fn credits_of_the_year_in_advance() {
    let mut tale = Tale::new("310000", 1);
    let old = |from| Enrolled {
        birth: Some(date(1955, 3, 1)),
        retired: Some(date(2015, 3, 1)),
        ..enrolled(Status::Retired, from)
    };
    let whole = tale.person("Whole", 1, old(first(2023, 7)));
    tale.step(
        "is credited from July",
        whole,
        credit(202307, date(2023, 7, 1)),
    );
    tale.step(
        "is credited August",
        whole,
        credit(202308, date(2023, 8, 1)),
    );
    tale.step(
        "is credited the next year",
        whole,
        credit(202407, date(2024, 7, 1)),
    );
    let half = tale.person("Half", 1, old(first(2024, 1)));
    tale.step(
        "is credited from January",
        half,
        credit(202401, date(2024, 1, 2)),
    );
    let young = tale.person("Resident", 1, enrolled(Status::Resident, first(2024, 1)));
    tale.step("asks for a credit", young, credit(202401, date(2024, 1, 2)));
    insta::assert_snapshot!(tale.end());
}

/// The current-year part becomes prior years' once a year, however often it is asked.
#[test]
fn the_end_of_the_year() {
    let mut tale = Tale::new("110000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2023, 1)));
    tale.step(
        "pays 2023",
        li,
        collected(202301, 202312, date(2023, 1, 20)),
    );
    tale.step(
        "is credited December",
        li,
        credit(202312, date(2023, 12, 5)),
    );
    let spent = tale.step(
        "spends some of it",
        li,
        settle(outpatient(HOSPITAL, date(2023, 12, 20), 100)),
    );
    let close = || Act::CloseYear {
        begins: first(2024, 1),
    };
    tale.step("the year is closed", li, close());
    tale.step(
        "the bill of December is taken back: it comes back as prior years' money",
        li,
        Act::Reverse {
            entry: spent,
            on: date(2024, 1, 3),
        },
    );
    tale.step(
        "pays January",
        li,
        collected(202401, 202401, date(2024, 1, 20)),
    );
    tale.step("is credited January", li, credit(202401, date(2024, 1, 25)));
    tale.step("the year is closed again by mistake", li, close());
    insta::assert_snapshot!(tale.end());
}

/// The account was empty at the year's end; what a bill of the old year gives back is the old year's money all the same.
#[test]
fn the_end_of_a_year_that_left_nothing() {
    let mut tale = Tale::new("110000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2023, 1)));
    tale.step(
        "pays 2023",
        li,
        collected(202301, 202312, date(2023, 1, 20)),
    );
    tale.step(
        "is credited December",
        li,
        credit(202312, date(2023, 12, 5)),
    );
    let spent = tale.step(
        "spends all of it",
        li,
        settle(outpatient(HOSPITAL, date(2023, 12, 20), 1000)),
    );
    tale.step(
        "the year is closed",
        li,
        Act::CloseYear {
            begins: first(2024, 1),
        },
    );
    tale.step(
        "the bill of December is taken back",
        li,
        Act::Reverse {
            entry: spent,
            on: date(2024, 1, 3),
        },
    );
    insta::assert_snapshot!(tale.end());
}

/// By hand, 10,000 yuan of prior years' money for the 366 days of 2024, a year of the banks having 360 days. Beijing pays the demand rate of
/// 0.35 %: 10,000 × 366 ÷ 360 × 0.35 % = 35.5833…. Shanghai's file does not say, so by the country's rule prior years' money bears the
/// three-month rate of 1.1 %: 111.8333….
#[test]
fn interest() {
    for (region, by_hand) in [("110000", "10035.58"), ("310000", "10111.83")] {
        let mut tale = Tale::new(region, 1);
        let li = tale.stranger("Li", 1);
        let act = Act::Enrol {
            enrolled: enrolled(Status::Active, first(2024, 1)),
            opening: yuan(10_000),
        };
        tale.step("comes from elsewhere with 10,000 yuan", li, act);
        let interest = |until| Act::Interest { until };
        let day_before = date(2023, 12, 31);
        tale.step(
            "asks for interest up to a day before",
            li,
            interest(day_before),
        );
        tale.step("bears interest for 2024", li, interest(first(2025, 1)));
        assert_eq!(tale.state(li).account.prior.to_string(), by_hand);
        tale.step(
            "bears interest for 2024 again",
            li,
            interest(first(2025, 1)),
        );
        insta::assert_snapshot!(format!("interest_{region}"), tale.end());
    }
}

/// A credit that was spent and is taken back is owed, and set off against the next.
#[test]
fn a_credit_that_was_spent_is_taken_back() {
    let mut tale = Tale::new("110000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    tale.step(
        "pays January and February",
        li,
        collected(202401, 202402, date(2024, 1, 20)),
    );
    let january = tale.step("is credited January", li, credit(202401, date(2024, 2, 5)));
    tale.step(
        "spends it",
        li,
        settle(outpatient(HOSPITAL, date(2024, 2, 10), 500)),
    );
    tale.step(
        "the credit is taken back",
        li,
        Act::Reverse {
            entry: january,
            on: date(2024, 2, 20),
        },
    );
    tale.step("is credited February", li, credit(202402, date(2024, 3, 5)));
    insta::assert_snapshot!(tale.end());
}
