//! Looking at a person without waiting: all of one moment, and no batch is cut short by it.

use std::sync::mpsc;

use agency::act::Act;
use agency::record::{Enrolled, Event, VisitOpened};
use agency::{Agency, Look, Request, Seen};
use domain::person::Status;
use jiff::civil::date;
use store::StoreError;

use super::keys::held_up;
use crate::house::{HOSPITAL, enrol, enrolled, line, outpatient, pay, settle, stay};
use crate::tale::{Tale, first};

fn looked(agency: &Agency, look: Look) -> Seen {
    let (tell, told) = mpsc::channel();
    agency.look(look, move |seen| tell.send(seen).unwrap());
    told.recv().unwrap().unwrap()
}

#[test]
fn a_look_sees_what_is_the_persons_and_nothing_of_another() {
    let mut tale = Tale::new("310000", 1);
    let (li, wang) = (tale.stranger("Li", 1), tale.stranger("Wang", 1));
    let agency = &tale.house.agency;
    for (person, sealed) in [(li, Some("00ff".to_owned())), (wang, None)] {
        let enrolment = enrol(Enrolled {
            sealed,
            ..enrolled(Status::Active, first(2024, 1))
        });
        agency.call(Request::plain(person, enrolment)).unwrap();
        let paid = pay(202_401, 202_412, date(2024, 1, 10));
        agency.call(Request::plain(person, paid)).unwrap();
    }
    let opened = Act::Open(Box::new(VisitOpened {
        care: stay(HOSPITAL, date(2024, 3, 1)),
        paper: None,
    }));
    let visit = agency.call(Request::plain(li, opened)).unwrap().entry;
    let added = Act::AddLines {
        visit,
        lines: vec![line("x", date(2024, 3, 1), 5)],
        returns: Vec::new(),
        on: date(2024, 3, 1),
    };
    agency.call(Request::plain(li, added)).unwrap();
    let bill = settle(outpatient(HOSPITAL, date(2024, 2, 1), 300));
    let keyed = Request::keyed(li, "H:1".into(), bill);
    let answer = agency.call(keyed).unwrap();

    let all = |person| Look {
        person,
        visit: Some(visit),
        entries: vec![answer.entry, 1, 99, 3],
        key: Some("H:1".into()),
        who: true,
    };
    let seen = looked(agency, all(li));
    assert_eq!(seen.state, agency.person(li).unwrap());
    assert_eq!(seen.visit, agency.visit(li, visit).unwrap());
    assert_eq!(seen.visit.as_ref().unwrap().lines.len(), 1);
    let there: Vec<u64> = seen.entries.iter().flatten().map(|a| a.entry).collect();
    assert_eq!(there, [answer.entry, 1], "3 is of the other, 99 of nobody");
    assert_eq!(seen.entries.len(), 4);
    let (row, kept) = seen.key.clone().unwrap();
    assert_eq!((row.key.as_str(), row.seq), ("H:1", answer.entry));
    assert_eq!(kept, answer);
    let who = seen.who(date(2024, 3, 1)).unwrap();
    assert_eq!(
        (who.sealed.as_deref(), who.status),
        (Some("00ff"), Some(Status::Active))
    );

    let other = looked(agency, all(wang));
    assert_eq!((other.visit, other.key, other.sealed), (None, None, None));
    let there: Vec<u64> = other.entries.iter().flatten().map(|a| a.entry).collect();
    assert_eq!(there, [3]);
    let nobody = looked(
        agency,
        Look {
            person: 5,
            ..Look::default()
        },
    );
    assert_eq!(nobody, Seen::default());
    let little = looked(
        agency,
        Look {
            person: li,
            ..Look::default()
        },
    );
    assert_eq!((little.sealed, little.state.is_some()), (None, true));

    let (tell, told) = mpsc::channel();
    agency.history_then(li, move |history| tell.send(history).unwrap());
    let history = told.recv().unwrap().unwrap();
    assert_eq!(history, agency.history(li).unwrap());
    assert!(matches!(
        history[..],
        [_, _, (_, Event::VisitOpened(_)), _, _]
    ));
}

/// What lies in the queue together is one batch although somebody looks in the middle of it.
#[test]
fn requests_around_a_read_are_one_batch() {
    let mut tale = Tale::new("310000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    let agency = &tale.house.agency;
    let (tell, told) = mpsc::channel();
    held_up(agency, li, || {
        for month in 202_401..202_404 {
            let (tell, asked) = (tell.clone(), tell.clone());
            let paid = Request::plain(li, pay(month, month, date(2024, 1, 10)));
            agency.submit(
                paid,
                Box::new(move |answer| asked.send(("entry", answer.unwrap().entry)).unwrap()),
            );
            agency.look(
                Look {
                    person: li,
                    ..Look::default()
                },
                move |seen| {
                    let last = seen.unwrap().state.unwrap().last;
                    tell.send(("last", last)).unwrap();
                },
            );
        }
    });
    drop(tell);
    let told: Vec<_> = told.into_iter().collect();
    let (asked, seen) = told.split_at(3);
    assert_eq!(asked, [("entry", 2), ("entry", 3), ("entry", 4)]);
    assert_eq!(seen, [("last", 4); 3], "each look after the commit of all");
}

#[test]
fn a_look_is_told_at_once_when_too_many_wait() {
    let mut tale = Tale::new("310000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    let agency = &tale.house.agency;
    let (tell, told) = mpsc::channel();
    let refused = held_up(agency, li, || {
        let mut refused = 0;
        for _ in 0..5_000 {
            let tell = tell.clone();
            agency.look(
                Look {
                    person: li,
                    ..Look::default()
                },
                move |seen| {
                    tell.send(seen).unwrap();
                },
            );
        }
        while let Ok(seen) = told.try_recv() {
            assert!(matches!(seen, Err(StoreError::Busy { .. })), "{seen:?}");
            refused += 1;
        }
        refused
    });
    drop(tell);
    let seen = told.into_iter().filter(Result::is_ok).count();
    assert!(refused > 0 && seen + refused == 5_000, "{seen}, {refused}");
}

/// A connection that is gone does not come back: after a fault in reading, too, the lane is opened anew. What the rows say is no fault.
#[test]
fn a_lane_is_opened_anew_after_a_fault_in_reading() {
    let tale = Tale::new("310000", 1);
    let agency = &tale.house.agency;
    for lane in agency.lane_ids() {
        let epoch = || {
            let epoch = agency.read(lane, |store| store.meta("epoch")).unwrap();
            epoch.unwrap().parse::<u64>().unwrap()
        };
        let failed = |error: StoreError| {
            let failed: Result<(), _> = agency.read(lane, move |_| Err(error));
            assert!(failed.is_err());
        };
        let before = epoch();
        failed(StoreError::Damaged {
            lane,
            table: "listed",
            row: String::new(),
            found: String::new(),
        });
        assert_eq!(epoch(), before);
        failed(StoreError::Full { lane });
        assert_eq!(epoch(), before + 1);
    }
}
