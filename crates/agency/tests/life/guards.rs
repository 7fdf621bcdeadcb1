//! What must not happen: a credit twice, the new year's money rolled over, a premium taken back under its credit, a change that reaches back.

use agency::act::{Act, Settling};
use agency::record::money::Stated;
use agency::record::{Changed, Discharged, Enrolled, Registered, VisitOpened};
use agency::{Refused, Request};
use domain::person::Status;
use domain::policy::contribution::{Contributor, PremiumPurse};
use domain::registration::RegistrationKind;
use jiff::civil::date;

use crate::house::{HOSPITAL, collected, credit, enrolled, line, outpatient, settle, stay};
use crate::tale::{Tale, first, yuan};

fn old(from: jiff::civil::Date) -> Enrolled {
    Enrolled {
        birth: Some(date(1953, 3, 1)),
        retired: Some(date(2013, 3, 1)),
        earlier_months: 360,
        ..enrolled(Status::Retired, from)
    }
}

/// Shanghai credits a retired person 1,680 yuan for the year from July. By hand: nine months from October are 1,260, and July to September
/// are the other 420.
#[test]
fn a_years_credit_is_given_once_and_not_rolled_over() {
    let mut tale = Tale::new("310000", 1);
    let wang = tale.person("Wang", 1, old(first(2024, 7)));
    tale.step(
        "is credited from October",
        wang,
        credit(202_410, date(2024, 10, 5)),
    );
    tale.step(
        "is credited from July after all",
        wang,
        credit(202_407, date(2024, 10, 6)),
    );
    tale.step("and again", wang, credit(202_407, date(2024, 10, 7)));
    let close = Act::CloseYear {
        begins: date(2024, 7, 1),
    };
    tale.step("has the year closed too late", wang, close);
    insta::assert_snapshot!(tale.end());
}

/// A credit of the old year that is taken back after the roll-over comes out of prior years' money: the new year's 1,680 stay.
#[test]
fn an_old_credit_is_taken_back_from_prior_years_money() {
    let mut tale = Tale::new("310000", 1);
    let wang = tale.person("Wang", 1, old(first(2023, 7)));
    let given = tale.step("is credited", wang, credit(202_307, date(2023, 7, 5)));
    let close = Act::CloseYear {
        begins: date(2024, 7, 1),
    };
    tale.step("has the year closed", wang, close);
    tale.step(
        "is credited for the new year",
        wang,
        credit(202_407, date(2024, 7, 5)),
    );
    let reverse = Act::Reverse {
        entry: given,
        on: date(2024, 7, 9),
    };
    tale.step("has the old credit taken back", wang, reverse);
    insta::assert_snapshot!(tale.end());
}

/// Wuhan credits by the month, on the base that was paid on: 2 % of 6,000 are 120, not 2 % of the declared 8,000.
#[test]
fn a_credit_goes_by_the_base_that_was_paid_on_and_holds_its_premium() {
    let mut tale = Tale::new("420100", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    let Act::Pay {
        first,
        last,
        stated,
        paid,
        ..
    } = collected(202_401, 202_401, date(2024, 1, 10))
    else {
        return;
    };
    let pay = Act::Pay {
        first,
        last,
        base: Some(yuan(6000)),
        stated,
        paid,
    };
    let premium = tale.step("pays January on 6,000", li, pay);
    tale.step("is credited", li, credit(202_401, date(2024, 2, 5)));
    let reverse = Act::Reverse {
        entry: premium,
        on: date(2024, 2, 9),
    };
    tale.step("has the premium taken back", li, reverse);
    insta::assert_snapshot!(tale.end());
}

/// What is entered for a later day, or registered from an earlier one, changes neither an earlier bill nor the days of interest.
#[test]
fn a_change_of_a_later_day_does_not_reach_back() {
    let mut tale = Tale::new("310000", 1);
    let child = Enrolled {
        birth: Some(date(2016, 3, 1)),
        identities: vec!["child".into()],
        ..enrolled(Status::Resident, first(2024, 1))
    };
    let mei = tale.person("Mei", 1, child);
    let own = Stated {
        payer: Contributor::Person,
        into: PremiumPurse::Pooled,
        amount: yuan(345),
    };
    let pay = Act::Pay {
        first: 202_401,
        last: 202_412,
        base: None,
        stated: vec![own],
        paid: date(2023, 12, 1),
    };
    tale.step("has paid for 2024", mei, pay);
    let change = Changed {
        from: date(2025, 1, 1),
        status: None,
        retired: None,
        identities: Some(Vec::new()),
        employer: None,
        base: None,
    };
    tale.step(
        "is no child any more from 2025 on",
        mei,
        Act::Change(change),
    );
    let register = Registered {
        kind: RegistrationKind::Referral,
        disease: None,
        facility: None,
        region: None,
        from: date(2026, 1, 1),
        until: None,
        paper: None,
    };
    tale.step("is referred from 2026 on", mei, Act::Register(register));
    tale.step(
        "is treated in 2024",
        mei,
        settle(outpatient(HOSPITAL, date(2024, 3, 1), 500)),
    );
    insta::assert_snapshot!(tale.end());
}

/// An interim settlement up to the day of discharge takes the last line; the stay still ends, counts, and its deposit is set off.
#[test]
fn a_stay_ends_after_its_last_line_was_settled() {
    let mut tale = Tale::new("310000", 1);
    let wang = tale.person("Wang", 1, old(first(2024, 1)));
    let visit = tale.step(
        "is admitted",
        wang,
        Act::Open(Box::new(VisitOpened {
            care: stay(HOSPITAL, date(2024, 3, 1)),
            paper: None,
        })),
    );
    let deposit = Act::Deposit {
        visit,
        amount: yuan(2000),
        on: date(2024, 3, 1),
    };
    tale.step("pays a deposit of 2,000", wang, deposit);
    let lines = vec![line("bed", date(2024, 3, 2), 5000)];
    tale.step(
        "has a line of 5,000",
        wang,
        Act::AddLines {
            visit,
            lines,
            returns: Vec::new(),
            on: date(2024, 3, 2),
        },
    );
    let part = |interim| {
        Act::SettleVisit(Settling {
            visit,
            interim,
            spare_account: false,
            ..Settling::default()
        })
    };
    tale.step("settles in between", wang, part(Some(date(2024, 3, 9))));
    tale.step(
        "is discharged",
        wang,
        Act::Discharge(Box::new(Discharged {
            visit,
            on: date(2024, 3, 9),
            paper: None,
        })),
    );
    tale.step("settles the end", wang, part(None));
    insta::assert_snapshot!(tale.end());
}

/// Keys that a caller may not use, an interim settlement of no visit, a grant to oneself.
#[test]
fn keys_of_lanes_interims_of_nothing_and_grants_to_oneself_are_refused() {
    let house = crate::house::House::new("310000", 1);
    let interim = agency::record::Care {
        interim: true,
        ..outpatient(HOSPITAL, date(2024, 3, 1), 500)
    };
    let answer = |key: &str| {
        let request = Request::keyed(
            1,
            key.into(),
            settle(outpatient(HOSPITAL, date(2024, 3, 1), 500)),
        );
        house.agency.call(request)
    };
    for key in [
        "",
        "lane:310000-01:7",
        "a b",
        "键",
        "nul\0",
        &"x".repeat(129),
    ] {
        assert!(matches!(answer(key), Err(Refused::BadKey(_))), "{key:?}");
    }
    assert_eq!(answer(&"x".repeat(128)), Err(Refused::NoPerson(1)));
    let (person, lookup) = house.agency.find("310105198005060023");
    let enrolment = Request {
        lookup: Some(lookup),
        ..Request::plain(person, crate::house::enrol(old(first(2024, 1))))
    };
    assert!(house.agency.call(enrolment).is_ok());
    let to_himself = Act::Grant {
        to: person,
        amount: yuan(1),
        on: date(2024, 3, 1),
    };
    let refused = house.agency.call(Request::plain(person, to_himself));
    assert_eq!(refused, Err(Refused::OwnGrant));
    let alone = house.agency.call(Request::plain(1, settle(interim)));
    assert_eq!(alone, Err(Refused::InterimAlone));
}
