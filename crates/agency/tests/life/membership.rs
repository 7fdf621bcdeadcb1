//! Membership: enrolment, cover, a change of status, its end, a newborn, somebody new from elsewhere.

use agency::act::Act;
use agency::record::{Changed, Closed, Enrolled};
use domain::membership::{Joining, Leaving};
use domain::person::Status;
use domain::setting::Setting;
use jiff::civil::date;

use crate::house::{HOSPITAL, care, enrol, enrolled, outpatient, pay, settle};
use crate::tale::{Tale, first, yuan};

#[test]
fn enrolment_change_and_end() {
    let mut tale = Tale::new("310000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    tale.step(
        "is enrolled again",
        li,
        enrol(enrolled(Status::Active, first(2024, 3))),
    );
    tale.step(
        "pays January to March",
        li,
        pay(202401, 202403, date(2024, 1, 10)),
    );
    let changed = |from, status| {
        Act::Change(Changed {
            from,
            status: Some(status),
            retired: (status == Status::Retired).then_some(from),
            identities: None,
            employer: None,
            base: None,
        })
    };
    tale.step(
        "retires before the enrolment",
        li,
        changed(date(2023, 12, 31), Status::Retired),
    );
    tale.step(
        "retires on 1 April",
        li,
        changed(first(2024, 4), Status::Retired),
    );
    let closed = |until| {
        Act::Close(Closed {
            until,
            leaving: Leaving::Left,
        })
    };
    tale.step("leaves before that", li, closed(date(2024, 3, 1)));
    tale.step("leaves at the end of May", li, closed(date(2024, 5, 31)));
    tale.step("leaves again", li, closed(date(2024, 6, 30)));
    tale.step(
        "comes back within the enrolment that ended",
        li,
        enrol(enrolled(Status::Active, first(2024, 5))),
    );
    let again = Enrolled {
        joining: Joining::Return,
        ..enrolled(Status::Active, first(2024, 9))
    };
    tale.step("comes back in September", li, enrol(again));
    insta::assert_snapshot!(tale.end());
}

/// Xi'an, residents: a newborn's cover, before and after the premium of the year of birth is paid.
#[test]
fn a_newborn_is_settled_before_the_premium_and_again_after_it() {
    let mut tale = Tale::new("610100", 1);
    let born = date(2024, 5, 10);
    let newborn = Enrolled {
        joining: Joining::Newborn,
        birth: Some(born),
        ..enrolled(Status::Resident, born)
    };
    let baby = tale.person("Baby", 1, newborn);
    let nights = (date(2024, 5, 14), Some(date(2024, 5, 20)));
    let care = care(HOSPITAL, Setting::Inpatient, nights, 8000);
    let settled = tale.step("is treated at ten days old", baby, settle(care.clone()));
    let stated = Act::Pay {
        first: 202401,
        last: 202412,
        base: None,
        stated: vec![agency::record::money::Stated {
            payer: domain::policy::contribution::Contributor::Person,
            into: domain::policy::contribution::PremiumPurse::Pooled,
            amount: yuan(380),
        }],
        paid: date(2024, 6, 3),
    };
    tale.step("the parents pay the year", baby, stated);
    let reverse = Act::Reverse {
        entry: settled,
        on: date(2024, 6, 4),
    };
    tale.step("the bill is taken back", baby, reverse);
    tale.step("and settled again", baby, settle(care));
    insta::assert_snapshot!(tale.end());
}

#[test]
fn without_cover_the_funds_pay_nothing() {
    let mut tale = Tale::new("310000", 1);
    let wu = tale.person("Wu", 1, enrolled(Status::Active, first(2024, 1)));
    let bill = |day| settle(outpatient(HOSPITAL, day, 3000));
    tale.step(
        "is treated before anything is paid",
        wu,
        bill(date(2024, 2, 10)),
    );
    tale.step(
        "pays January to March",
        wu,
        pay(202401, 202403, date(2024, 2, 20)),
    );
    tale.step("is treated in cover", wu, bill(date(2024, 3, 10)));
    tale.step(
        "is treated after two months without a premium",
        wu,
        bill(date(2024, 6, 10)),
    );
    insta::assert_snapshot!(tale.end());
}
