//! The door's clock: it is recorded, comes back with the answer, and is no part of what is asked.

use agency::moment;
use agency::{Answer, Request};
use domain::person::Status;
use jiff::civil::{date, datetime};

use crate::house::mirror::Mirror;
use crate::house::{HOSPITAL, enrolled, outpatient, pay, settle};
use crate::tale::{Tale, first};

#[test]
fn a_request_keeps_the_moment_at_which_it_was_carried_out_first() {
    let mut tale = Tale::new("310000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    let paid = pay(202_401, 202_406, date(2024, 1, 10));
    tale.step("pays the half year", li, paid);
    let agency = &tale.house.agency;
    let bill = settle(outpatient(HOSPITAL, date(2024, 3, 1), 3000));
    let at = |second, nanos| Some(datetime(2024, 3, 1, 9, 30, second, nanos));
    let keyed = |at| Request {
        at,
        ..Request::keyed(li, "H3:1".into(), bill.clone())
    };
    let answer = agency.call(keyed(at(5, 250_000_000))).unwrap();
    assert_eq!(answer.at, at(5, 0), "whole seconds");
    for again in [at(5, 0), at(29, 0), None] {
        let repeated = agency.call(keyed(again)).unwrap();
        assert_eq!(repeated, answer);
    }
    let trial = Request {
        at: at(7, 0),
        ..Request::trial(li, bill.clone())
    };
    assert_eq!(agency.call(trial).unwrap().at, None);
    let lane = agency.lane_of(li);
    let entries = agency.read(lane, |store| store.entries(1, 9)).unwrap();
    let told = entries.iter().map(|entry| entry.record.contains("\"at\":"));
    assert_eq!(told.collect::<Vec<_>>(), [false, false, true]);
    let digits = moment::digits(answer.at.unwrap());
    let record = &entries[2].record;
    assert!(record.starts_with(&format!("{{\"after\":2,\"at\":{digits},\"what\":")));
    let alone = Answer::of(lane, entries[2].clone());
    assert_eq!(alone, Ok(answer), "told from the entry alone");
    Mirror::of(agency);
}
