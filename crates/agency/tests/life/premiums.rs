//! Premiums: by the policy's rows, as the collector states them, late, and corrected.

use agency::act::Act;
use agency::record::money::Stated;
use domain::person::Status;
use domain::policy::contribution::{Contributor, PremiumPurse};
use jiff::civil::date;

use crate::house::{collected, credit, enrolled, pay};
use crate::tale::{Tale, first, yuan};

/// By hand: the base of 8,000 lies between floor and ceiling; 9 % are 720.00 a month for the fund and 2 % 160.00 for the account.
#[test]
fn by_the_rows_of_the_policy() {
    let mut tale = Tale::new("310000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    tale.step("pays January", li, pay(202401, 202401, date(2024, 1, 20)));
    tale.step(
        "pays January again",
        li,
        pay(202401, 202401, date(2024, 1, 21)),
    );
    tale.step(
        "pays January to March, of which January is paid",
        li,
        pay(202401, 202403, date(2024, 3, 21)),
    );
    tale.step(
        "pays months that are none",
        li,
        pay(202413, 202413, date(2024, 3, 21)),
    );
    tale.step(
        "pays from March back to February",
        li,
        pay(202403, 202402, date(2024, 3, 21)),
    );
    let low = Act::Pay {
        first: 202404,
        last: 202404,
        base: Some(yuan(1)),
        stated: Vec::new(),
        paid: date(2024, 4, 20),
    };
    tale.step("pays April on a base of one yuan", li, low);
    let stated = |amount| Act::Pay {
        first: 202405,
        last: 202405,
        base: None,
        stated: vec![Stated {
            payer: Contributor::Employer,
            into: PremiumPurse::Pooled,
            amount,
        }],
        paid: date(2024, 5, 20),
    };
    tale.step("pays May, the collector states 800", li, stated(yuan(800)));
    tale.step("pays May, the collector states 880", li, stated(yuan(880)));
    let retired = tale.person("Old", 1, enrolled(Status::Retired, first(2024, 1)));
    tale.step(
        "pays though the retired pay nothing",
        retired,
        pay(202401, 202401, date(2024, 1, 20)),
    );
    insta::assert_snapshot!(tale.end());
}

/// A wrong base is corrected: the credit is taken back first, then the premium; then both are made anew.
#[test]
fn a_premium_is_corrected() {
    let mut tale = Tale::new("110000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    let paid = tale.step(
        "pays January",
        li,
        collected(202401, 202401, date(2024, 1, 20)),
    );
    let credited = tale.step("is credited January", li, credit(202401, date(2024, 2, 5)));
    let reverse = |entry, day| Act::Reverse {
        entry,
        on: date(2024, 2, day),
    };
    tale.step("the premium is taken back too early", li, reverse(paid, 6));
    tale.step("the credit is taken back", li, reverse(credited, 7));
    tale.step("the credit is taken back twice", li, reverse(credited, 7));
    tale.step("the premium is taken back", li, reverse(paid, 8));
    tale.step("the premium is taken back twice", li, reverse(paid, 8));
    tale.step(
        "pays January to March instead",
        li,
        collected(202401, 202403, date(2024, 2, 9)),
    );
    tale.step("is credited January", li, credit(202401, date(2024, 2, 10)));
    insta::assert_snapshot!(tale.end());
}

/// A month that is paid late is credited after the later ones.
#[test]
fn a_month_is_paid_late() {
    let mut tale = Tale::new("110000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    tale.step(
        "pays January",
        li,
        collected(202401, 202401, date(2024, 1, 20)),
    );
    tale.step("is credited January", li, credit(202401, date(2024, 2, 5)));
    tale.step(
        "is credited February unpaid",
        li,
        credit(202402, date(2024, 3, 5)),
    );
    tale.step(
        "pays March",
        li,
        collected(202403, 202403, date(2024, 3, 20)),
    );
    tale.step("is credited March", li, credit(202403, date(2024, 4, 5)));
    tale.step(
        "pays February late",
        li,
        collected(202402, 202402, date(2024, 4, 20)),
    );
    tale.step("is credited February", li, credit(202402, date(2024, 5, 5)));
    tale.step(
        "is credited February again",
        li,
        credit(202402, date(2024, 5, 6)),
    );
    insta::assert_snapshot!(tale.end());
}

/// What a later payment covers anew is all that its reversal takes back.
#[test]
fn the_reversal_of_a_payment_leaves_the_months_that_were_paid_before() {
    let mut tale = Tale::new("110000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    tale.step(
        "pays January to March",
        li,
        collected(202401, 202403, date(2024, 1, 20)),
    );
    let more = tale.step(
        "pays January to June",
        li,
        collected(202401, 202406, date(2024, 3, 20)),
    );
    let before = tale.state(li).membership.payments;
    let back = Act::Reverse {
        entry: more,
        on: date(2024, 3, 21),
    };
    tale.step("the second payment is taken back", li, back);
    let after = tale.state(li).membership.payments;
    tale.note(&format!(
        "paid before it: {} months, after it: {} months",
        before.iter().map(|p| p.months()).sum::<u32>(),
        after.iter().map(|p| p.months()).sum::<u32>(),
    ));
    insta::assert_snapshot!(tale.end());
}
