//! Reversal: whole, once, in any order; and every balance and sum is as it was.

use agency::act::Act;
use domain::person::Status;
use jiff::civil::date;

use crate::house::{HOSPITAL, credit, enrol, enrolled, outpatient, pay, settle};
use crate::tale::{Tale, first};

/// By hand: the credit of half a year in advance is 8,000 × 12 × 2 % × 6 ÷ 12 = 960.00, which pays first (Shanghai); of the 2,040.00 that
/// are left 500.00 are the own segment, and the fund pays 70 % of 1,540.00: 1,078.00.
#[test]
fn in_any_order_and_everything_is_as_it_was() {
    for order in [[0, 1], [1, 0]] {
        let mut tale = Tale::new("310000", 1);
        let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
        tale.step(
            "pays the half year",
            li,
            pay(202401, 202406, date(2024, 1, 10)),
        );
        tale.step(
            "is credited from January",
            li,
            credit(202401, date(2024, 2, 1)),
        );
        let at_first = tale.state(li);
        let bill = |day, yuan| settle(outpatient(HOSPITAL, date(2024, 3, day), yuan));
        let one = tale.step("is treated", li, bill(1, 3000));
        let two = tale.step("is treated again", li, bill(2, 2000));
        let reverse = |entry, day| Act::Reverse {
            entry,
            on: date(2024, 3, day),
        };
        let (names, bills) = (["the first", "the second"], [one, two]);
        for (which, day) in order.into_iter().zip(3..) {
            let what = format!("{} is taken back", names[which]);
            tale.step(&what, li, reverse(bills[which], day));
            let what = format!("{} is taken back again", names[which]);
            tale.step(&what, li, reverse(bills[which], day));
        }
        let after = tale.state(li);
        assert_eq!(
            (&after.account.current, &after.years),
            (&at_first.account.current, &at_first.years)
        );
        insta::assert_snapshot!(format!("{}_first", order[0]), tale.end());
    }
}

#[test]
fn what_is_not_reversed() {
    let mut tale = Tale::new("310000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    let wu = tale.person("Wu", 1, enrolled(Status::Active, first(2024, 1)));
    tale.step("pays January", wu, pay(202401, 202401, date(2024, 1, 10)));
    let bill = tale.step(
        "is treated",
        wu,
        settle(outpatient(HOSPITAL, date(2024, 1, 20), 3000)),
    );
    let reverse = |entry| Act::Reverse {
        entry,
        on: date(2024, 2, 1),
    };
    tale.step("takes back what is not there", li, reverse(99));
    tale.step("takes back the bill of Wu", li, reverse(bill));
    tale.step("takes back the enrolment", li, reverse(1));
    let back = tale.step("takes back the bill", wu, reverse(bill));
    tale.step("takes back the reversal", wu, reverse(back));
    let stranger = tale.stranger("Stranger", 1);
    tale.step(
        "who is not known takes something back",
        stranger,
        reverse(1),
    );
    tale.step(
        "who is not known dies",
        stranger,
        Act::Die {
            on: date(2024, 2, 1),
            to: agency::record::money::Heir::Nobody,
        },
    );
    tale.step(
        "is enrolled before birth",
        stranger,
        enrol(agency::record::Enrolled {
            birth: Some(date(2025, 1, 1)),
            ..enrolled(Status::Resident, first(2024, 1))
        }),
    );
    insta::assert_snapshot!(tale.end());
}
