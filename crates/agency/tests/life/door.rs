//! What a door asks beside the desk: batches, returns, cancelled visits, undoing by the key, and what belongs to another institution.

use agency::act::{Act, Returning, Settling};
use agency::record::{Care, Cost, Described, Discharged, FeeLine, Registered, VisitOpened, When};
use agency::{Refused, Request};
use domain::person::Status;
use domain::registration::RegistrationKind;
use domain::setting::Setting;
use jiff::civil::date;

use crate::house::{CENTRE, HOSPITAL, enrolled, line, outpatient, pay, settle, stay};
use crate::tale::{Tale, first};

fn opened(care: Care) -> Act {
    Act::Open(Box::new(VisitOpened { care, paper: None }))
}

/// Lines of a batch, each with a number of its own.
fn batch(visit: u64, batch: &str, amounts: &[u64]) -> Act {
    let on = date(2024, 3, 1);
    let lines = (1..).zip(amounts).map(|(n, yuan)| FeeLine {
        number: Some(format!("{batch}{n}")),
        batch: Some(batch.into()),
        ..line("drug", on, *yuan)
    });
    Act::AddLines {
        visit,
        lines: lines.collect(),
        returns: Vec::new(),
        on,
    }
}

fn settling(visit: u64, batch: &str, stated: u64) -> Act {
    Act::SettleVisit(Settling {
        visit,
        batch: Some(batch.into()),
        stated: Some(stated * 100),
        ..Settling::default()
    })
}

fn tale() -> (Tale, u64) {
    let mut tale = Tale::new("310000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    let paid = pay(202401, 202406, date(2024, 1, 10));
    tale.step("pays the half year", li, paid);
    (tale, li)
}

fn clinic() -> Care {
    let when = When {
        from: date(2024, 3, 1),
        until: None,
    };
    Care::new(HOSPITAL, Setting::Outpatient, when, Cost::none())
}

#[test]
fn batches_of_a_visit_are_bills_of_their_own() {
    let (mut tale, li) = tale();
    let visit = tale.step("registers", li, opened(clinic()));
    tale.step("has batch a", li, batch(visit, "a", &[1000, 200]));
    tale.step("has batch a once more", li, batch(visit, "a", &[1000]));
    tale.step("has batch b", li, batch(visit, "b", &[2000]));
    tale.step(
        "settles a for another total",
        li,
        settling(visit, "a", 1201),
    );
    let a = tale.step("settles a", li, settling(visit, "a", 1200));
    assert_eq!(tale.state(li).visits, [visit]);
    tale.step("settles a again", li, settling(visit, "a", 1200));
    tale.step("adds to a", li, batch(visit, "a", &[5]));
    let cancel = Act::Cancel {
        visit,
        on: date(2024, 3, 1),
    };
    tale.step("cancels the visit", li, cancel.clone());
    let b = tale.step("settles b", li, settling(visit, "b", 2000));
    assert!(tale.state(li).visits.is_empty());
    let back = |entry| Act::Reverse {
        entry,
        on: date(2024, 3, 2),
    };
    tale.step("takes a back first", li, back(a));
    tale.step("takes a back again", li, back(a));
    let remove = |batch: &str| Act::RemoveBatch {
        visit,
        batch: batch.into(),
        on: date(2024, 3, 2),
    };
    tale.step("takes the lines of a out", li, remove("a"));
    tale.step("takes the lines of b out", li, remove("b"));
    tale.step("takes b back", li, back(b));
    tale.step("takes the lines of b out now", li, remove("b"));
    tale.step("cancels the visit now", li, cancel);
    tale.step("has a line after it", li, batch(visit, "c", &[1]));
    insta::assert_snapshot!(tale.end());
}

#[test]
fn a_visit_is_told_what_it_is() {
    let (mut tale, li) = tale();
    let visit = tale.step("registers", li, opened(clinic()));
    let describe = |setting, emergency| {
        Act::Describe(Box::new(Described {
            visit,
            setting,
            called: Some("13".into()),
            from: date(2024, 3, 1),
            emergency,
            disease: None,
            causes: Vec::new(),
            paper: None,
        }))
    };
    tale.step("is a stay", li, describe(Setting::Inpatient, false));
    tale.step("is an emergency", li, describe(Setting::Emergency, true));
    tale.step("has a batch", li, batch(visit, "a", &[3000]));
    tale.step("settles", li, settling(visit, "a", 3000));
    tale.step("is no emergency", li, describe(Setting::Outpatient, false));
    let state = tale.house.agency.visit(li, visit).unwrap().unwrap();
    assert_eq!(state.care.setting, Setting::Emergency);
    insta::assert_snapshot!(tale.end());
}

/// By hand: 10 of 30.00, of which 4 and then 6 are returned.
#[test]
fn lines_are_returned_in_parts() {
    let (mut tale, li) = tale();
    let visit = tale.step("is admitted", li, opened(stay(HOSPITAL, date(2024, 3, 1))));
    let on = date(2024, 3, 2);
    let lines = vec![
        FeeLine {
            quantity: 100_000,
            amount: Some(30_002),
            tolerance: 5,
            number: Some("drug".into()),
            ..line("drug", on, 30)
        },
        line("bed", on, 5000),
    ];
    tale.step(
        "has lines",
        li,
        Act::AddLines {
            visit,
            lines,
            returns: Vec::new(),
            on,
        },
    );
    let back = |quantity, amount| Act::AddLines {
        visit,
        lines: Vec::new(),
        returns: vec![Returning {
            of: "drug".into(),
            quantity,
            amount: Some(amount),
            number: None,
            detail: None,
        }],
        on,
    };
    tale.step("returns eleven", li, back(110_000, 33_000));
    tale.step("returns four", li, back(40_000, 12_000));
    let estimate = |stated| Settling {
        visit,
        as_if_discharged: Some(date(2024, 3, 5)),
        stated: Some(stated),
        ..Settling::default()
    };
    let trial = |settling| Request::trial(li, Act::SettleVisit(settling));
    tale.ask("asks what it would come to", trial(estimate(518_002)));
    tale.step("settles so", li, Act::SettleVisit(estimate(518_002)));
    tale.step("returns the rest", li, back(60_000, 18_002));
    tale.step("returns more", li, back(10_000, 3_000));
    let discharged = Discharged {
        visit,
        on: date(2024, 3, 5),
        paper: None,
    };
    tale.step(
        "is discharged",
        li,
        Act::Discharge(Box::new(discharged.clone())),
    );
    let again = Act::Undischarge { visit, on };
    tale.step("stays after all", li, again.clone());
    tale.step("stays again", li, again);
    tale.step("is discharged", li, Act::Discharge(Box::new(discharged)));
    let all = Settling {
        visit,
        stated: Some(500_000),
        ..Settling::default()
    };
    tale.step("settles", li, Act::SettleVisit(all));
    insta::assert_snapshot!(tale.end());
}

#[test]
fn undoing_by_the_key_before_after_and_twice() {
    let (mut tale, li) = tale();
    let bill = || settle(outpatient(HOSPITAL, date(2024, 3, 1), 3000));
    let keyed = |key: &str, act| Request::keyed(li, key.into(), act);
    let undo = |key: &str| Act::Undo {
        key: key.into(),
        on: date(2024, 3, 1),
    };
    tale.ask("settles as one", keyed("one", bill()));
    tale.ask("undoes one", keyed("undo-one", undo("one")));
    tale.ask("undoes one, repeated", keyed("undo-one", undo("one")));
    tale.ask("undoes one once more", keyed("undo-one-more", undo("one")));
    tale.ask(
        "undoes two, which has not come",
        keyed("undo-two", undo("two")),
    );
    tale.ask("settles as two, too late", keyed("two", bill()));
    tale.ask("undoes two once more", keyed("undo-two-more", undo("two")));
    let visit = tale.ask(
        "is admitted as three",
        keyed("three", opened(stay(HOSPITAL, date(2024, 3, 1)))),
    );
    assert_eq!(tale.state(li).visits, [visit]);
    tale.ask("undoes three", keyed("undo-three", undo("three")));
    assert!(tale.state(li).visits.is_empty());
    tale.step("undoes what cannot be", li, undo("undo-three"));
    insta::assert_snapshot!(tale.end());
}

/// Undone while it waits: both are in one batch.
#[test]
fn undoing_in_the_same_batch() {
    let (tale, li) = tale();
    let bill = settle(outpatient(HOSPITAL, date(2024, 3, 1), 3000));
    let undo = |key: &str| Act::Undo {
        key: key.into(),
        on: date(2024, 3, 1),
    };
    let requests = vec![
        Request::keyed(li, "one".into(), bill.clone()),
        Request::keyed(li, "undo-one".into(), undo("one")),
        Request::keyed(li, "undo-two".into(), undo("two")),
        Request::keyed(li, "two".into(), bill),
    ];
    let before = tale.state(li);
    let swept = tale.house.agency.bulk(requests).unwrap();
    assert_eq!((swept.done, swept.refusals.len()), (3, 1));
    let after = tale.state(li);
    assert_eq!((before.account, before.years), (after.account, after.years));
    tale.end();
}

#[test]
fn another_institution_sees_and_touches_nothing() {
    let (mut tale, li) = tale();
    let by = |institution: &str, act| Request {
        by: Some(institution.into()),
        ..Request::plain(li, act)
    };
    let visit = tale.ask("registers at the hospital", by(HOSPITAL, opened(clinic())));
    let lines = || batch(visit, "a", &[3000]);
    tale.ask("has a batch from the centre", by(CENTRE, lines()));
    tale.ask("has a batch from the hospital", by(HOSPITAL, lines()));
    tale.ask(
        "is settled by the centre",
        by(CENTRE, settling(visit, "a", 3000)),
    );
    let bill = settle(outpatient(HOSPITAL, date(2024, 3, 1), 3000));
    tale.ask(
        "is billed by the centre in the hospital's name",
        by(CENTRE, bill),
    );
    let entry = tale.ask("is settled", by(HOSPITAL, settling(visit, "a", 3000)));
    let back = Act::Reverse {
        entry,
        on: date(2024, 3, 1),
    };
    tale.ask("is taken back by the centre", by(CENTRE, back.clone()));
    tale.ask("is taken back by the hospital", by(HOSPITAL, back));
    insta::assert_snapshot!(tale.end());
}

#[test]
fn what_another_institution_registered_is_not_there() {
    let (tale, li) = tale();
    let by = |institution: Option<&str>, act| Request {
        by: institution.map(str::to_owned),
        ..Request::plain(li, act)
    };
    let registered = |day| {
        Act::Register(Registered {
            kind: RegistrationKind::Disease,
            disease: Some("diabetes".into()),
            facility: None,
            region: None,
            from: date(2024, 3, day),
            until: None,
            paper: None,
        })
    };
    let unregister = |registered| Act::Unregister {
        registered,
        on: date(2024, 3, 9),
    };
    let call = |request| tale.house.agency.call(request);
    let theirs = call(by(Some(HOSPITAL), registered(1))).unwrap();
    assert_eq!(theirs.party, HOSPITAL);
    let entry = theirs.entry;
    let refused = call(by(Some(CENTRE), unregister(entry))).unwrap_err();
    assert_eq!(refused, Refused::NoEntry(entry));
    let cancelled = call(by(Some(HOSPITAL), unregister(entry))).unwrap();
    assert_eq!(
        (cancelled.about, cancelled.party.as_str()),
        (entry, HOSPITAL)
    );
    // Staff may cancel anything, and nobody else what staff registered.
    let theirs = call(by(Some(HOSPITAL), registered(2))).unwrap().entry;
    assert!(call(by(None, unregister(theirs))).is_ok());
    let ours = call(by(None, registered(3))).unwrap().entry;
    let refused = call(by(Some(HOSPITAL), unregister(ours))).unwrap_err();
    assert_eq!(refused, Refused::NoEntry(ours));
    tale.end();
}
