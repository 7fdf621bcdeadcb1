//! Who it was: told with the answer where it is asked, of the day to which the answer counts.

use agency::act::Act;
use agency::record::{Changed, Enrolled};
use agency::{Request, Who};
use domain::bill::Scheme;
use domain::membership::Sex;
use domain::person::Status;
use jiff::civil::date;

use crate::house::{HOSPITAL, enrol, enrolled, outpatient, pay, settle};
use crate::tale::{Tale, first};

#[test]
fn an_answer_says_who_it_was_if_that_is_asked() {
    let mut tale = Tale::new("310000", 1);
    let li = tale.stranger("Li", 1);
    let agency = &tale.house.agency;
    let asked = |request| Request {
        who: true,
        ..request
    };
    let enrolment = enrol(Enrolled {
        identities: vec!["veteran".into()],
        sealed: Some("00ff".into()),
        ..enrolled(Status::Active, first(2024, 1))
    });
    let of = |status, identities: &[&str]| Who {
        status: Some(status),
        scheme: Some(Scheme::Employee),
        birth: Some(date(1980, 5, 6)),
        sex: Some(Sex::Female),
        identities: identities.iter().map(|&i| i.to_owned()).collect(),
        sealed: Some("00ff".into()),
    };
    let trial = agency.call(asked(Request::trial(li, enrolment.clone())));
    assert_eq!(trial.unwrap().who, None, "nobody yet");
    let answer = agency.call(asked(Request::plain(li, enrolment))).unwrap();
    assert_eq!(answer.who, Some(of(Status::Active, &["veteran"])));
    let paid = pay(202_401, 202_412, date(2024, 1, 10));
    assert_eq!(agency.call(Request::plain(li, paid)).unwrap().who, None);
    let changed = Act::Change(Changed {
        from: first(2024, 6),
        status: Some(Status::Retired),
        retired: Some(first(2024, 6)),
        identities: Some(Vec::new()),
        employer: None,
        base: None,
    });
    agency.call(Request::plain(li, changed)).unwrap();
    let bill = |month| settle(outpatient(HOSPITAL, first(2024, month), 300));
    for (month, who) in [
        (5, of(Status::Active, &["veteran"])),
        (7, of(Status::Retired, &[])),
    ] {
        let request = asked(Request::keyed(li, format!("H:{month}"), bill(month)));
        let answer = agency.call(request.clone()).unwrap();
        assert_eq!(answer.who, Some(who.clone()));
        assert_eq!(agency.call(request), Ok(answer), "when it comes again");
        let trial = asked(Request::trial(li, bill(month)));
        assert_eq!(agency.call(trial).unwrap().who, Some(who));
    }
    // Somebody whose name is not kept.
    let zhang = tale.person("Zhang", 1, enrolled(Status::Active, first(2024, 1)));
    let paid = pay(202_401, 202_412, date(2024, 1, 10));
    let answer = tale.house.agency.call(asked(Request::plain(zhang, paid)));
    let who = answer.unwrap().who.unwrap();
    assert_eq!((who.sealed, who.status), (None, Some(Status::Active)));
}
