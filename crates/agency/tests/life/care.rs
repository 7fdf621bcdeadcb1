//! Bills that come whole: settled, refused, not settled at all.

use agency::record::{Care, Cost, Enrolled};
use domain::person::Status;
use domain::setting::Setting;
use jiff::civil::date;

use crate::house::{FORMER, HOSPITAL, PHARMACY, care, enrolled, outpatient, pay, settle};
use crate::tale::{Tale, first};

/// Shanghai, retired in 2013 and 71 years old, at a level 3 hospital. By hand: of 3,000.00 the own segment is 300.00, and of the rest
/// the fund pays 75 %: 2,700.00 × 75 % = 2,025.00. The next bill has no own segment left: 1,000.00 × 75 % = 750.00. From July on a new
/// year: (1,000.00 − 300.00) × 75 % = 525.00.
#[test]
fn a_bill_and_the_next_one_within_the_year() {
    let mut tale = Tale::new("310000", 1);
    let old = Enrolled {
        birth: Some(date(1953, 3, 1)),
        retired: Some(date(2013, 3, 1)),
        ..enrolled(Status::Retired, first(2024, 1))
    };
    let wang = tale.person(
        "Wang",
        1,
        Enrolled {
            earlier_months: 360,
            ..old
        },
    );
    tale.step(
        "is treated",
        wang,
        settle(outpatient(HOSPITAL, date(2024, 3, 1), 3000)),
    );
    tale.step(
        "is treated again: the deductible is borne",
        wang,
        settle(outpatient(HOSPITAL, date(2024, 3, 9), 1000)),
    );
    tale.step(
        "is treated in the next year",
        wang,
        settle(outpatient(HOSPITAL, date(2024, 7, 1), 1000)),
    );
    insta::assert_snapshot!(tale.end());
}

#[test]
fn what_is_not_settled() {
    let mut tale = Tale::new("310000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    tale.step("pays the year", li, pay(202401, 202412, date(2024, 1, 10)));
    let nobody = tale.stranger("Nobody", 1);
    tale.step(
        "who is not known is treated",
        nobody,
        settle(outpatient(HOSPITAL, date(2024, 3, 1), 100)),
    );
    tale.step(
        "is treated at an institution that is not known",
        li,
        settle(outpatient("H99999999999", date(2024, 3, 1), 100)),
    );
    tale.step(
        "is treated at a hospital whose agreement ended",
        li,
        settle(outpatient(FORMER, date(2024, 3, 1), 100)),
    );
    tale.step(
        "is treated in a year without a policy",
        li,
        settle(outpatient(HOSPITAL, date(1990, 3, 1), 100)),
    );
    let backwards = care(
        HOSPITAL,
        Setting::Inpatient,
        (date(2024, 3, 9), Some(date(2024, 3, 1))),
        100,
    );
    tale.step("is discharged before admission", li, settle(backwards));
    tale.step(
        "is treated as an outpatient in a pharmacy",
        li,
        settle(outpatient(PHARMACY, date(2024, 3, 1), 100)),
    );
    let excluded = Care {
        causes: vec!["no_such_cause".into()],
        ..outpatient(HOSPITAL, date(2024, 3, 1), 100)
    };
    tale.step(
        "is treated for a cause that no policy knows",
        li,
        settle(excluded),
    );
    let nothing = Care {
        cost: Cost::Lines(Vec::new()),
        ..outpatient(HOSPITAL, date(2024, 3, 1), 100)
    };
    tale.step("has a bill without lines", li, settle(nothing));
    insta::assert_snapshot!(tale.end());
}
