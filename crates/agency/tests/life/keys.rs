//! Keys: the same request once, however often and however close together it comes; the same key with another content never.

use std::sync::mpsc;

use agency::act::Act;
use agency::{Agency, Answer, Refused, Request};
use domain::person::Status;
use jiff::civil::date;

use crate::house::mirror::Mirror;
use crate::house::{HOSPITAL, enrolled, outpatient, pay, settle};
use crate::tale::{Tale, first};

#[test]
fn the_same_key_again_and_with_another_content() {
    let mut tale = Tale::new("310000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    tale.step(
        "pays the half year",
        li,
        pay(202401, 202406, date(2024, 1, 10)),
    );
    let bill = |yuan| settle(outpatient(HOSPITAL, date(2024, 3, 1), yuan));
    let keyed = |act| Request::keyed(li, "H3:1".into(), act);
    let trial = Request::trial(li, bill(3000));
    tale.ask("asks what 3,000 would come to", trial);
    let first = tale.ask("is settled 3,000 as H3:1", keyed(bill(3000)));
    assert_eq!(tale.ask("the same comes again", keyed(bill(3000))), first);
    tale.ask("H3:1 comes with 3,001", keyed(bill(3001)));
    let back = Act::Reverse {
        entry: first,
        on: date(2024, 3, 2),
    };
    tale.ask("H3:1 comes as a reversal", keyed(back));
    let refused = Request::keyed(
        li,
        "H3:2".into(),
        settle(outpatient("H99999999999", date(2024, 3, 1), 1)),
    );
    tale.ask("H3:2 is refused", refused);
    tale.ask(
        "and is free for another content",
        Request::keyed(li, "H3:2".into(), bill(1)),
    );
    insta::assert_snapshot!(tale.end());
}

/// Many requests that lie in the queue together: one batch answers all of them alike.
#[test]
fn the_same_key_within_one_batch() {
    let mut tale = Tale::new("310000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    tale.step(
        "pays the half year",
        li,
        pay(202401, 202406, date(2024, 1, 10)),
    );
    let agency = &tale.house.agency;
    let answers = held_up(agency, li, || {
        let (tell, told) = mpsc::channel();
        for n in 0..40_u64 {
            let tell = tell.clone();
            // Every fourth comes with another content.
            let yuan = 3000 + u64::from(n % 4 == 3);
            let act = settle(outpatient(HOSPITAL, date(2024, 3, 1), yuan));
            let request = Request::keyed(li, "H3:1".into(), act);
            agency.submit(request, Box::new(move |answer| tell.send(answer).unwrap()));
        }
        told
    });
    let answers: Vec<Result<Answer, Refused>> = answers.into_iter().collect();
    let good: Vec<_> = answers.iter().flatten().collect();
    assert_eq!((answers.len(), good.len()), (40, 30));
    assert!(good.iter().all(|answer| *answer == good[0]));
    let other = Err(Refused::KeyReused("H3:1".into()));
    assert_eq!(
        answers.iter().filter(|answer| **answer == other).count(),
        10
    );
    let mirror = Mirror::of(agency);
    assert_eq!(mirror.seen.get("settlement"), Some(&1));
}

/// What a batch settles it can also take back: latest first, once.
#[test]
fn requests_that_reverse_what_the_same_batch_settles() {
    let mut tale = Tale::new("310000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    let next = tale.step(
        "pays the half year",
        li,
        pay(202401, 202406, date(2024, 1, 10)),
    ) + 1;
    let agency = &tale.house.agency;
    let answers = held_up(agency, li, || {
        let (tell, told) = mpsc::channel();
        let bill = settle(outpatient(HOSPITAL, date(2024, 3, 1), 3000));
        let back = |entry| Act::Reverse {
            entry,
            on: date(2024, 3, 2),
        };
        for act in [
            bill.clone(),
            back(next),
            back(next),
            bill,
            back(next),
            back(next + 2),
        ] {
            let tell = tell.clone();
            let done = move |answer: Result<Answer, Refused>| {
                tell.send(answer.map(|answer| answer.entry)).unwrap();
            };
            agency.submit(Request::plain(li, act), Box::new(done));
        }
        told
    });
    let answers: Vec<Result<u64, Refused>> = answers.into_iter().collect();
    let gone = Refused::ReversedAlready(next);
    assert_eq!(
        answers,
        [
            Ok(next),
            Ok(next + 1),
            Err(gone),
            Ok(next + 2),
            Err(Refused::ReversedAlready(next)),
            Ok(next + 3)
        ]
    );
    Mirror::of(agency);
}

/// A caller that panics in the lane's own thread takes nothing with it: what was committed stands, and the lane goes on.
#[test]
fn a_caller_that_panics_does_not_end_the_lane() {
    let mut tale = Tale::new("310000", 1);
    let li = tale.person("Li", 1, enrolled(Status::Active, first(2024, 1)));
    let agency = &tale.house.agency;
    let paid = |month| {
        Request::keyed(
            li,
            format!("P:{month}"),
            pay(month, month, date(2024, 1, 10)),
        )
    };
    agency.submit(
        paid(202_401),
        Box::new(|_| panic!("the caller's own fault")),
    );
    let next = agency.call(paid(202_402)).map(|answer| answer.entry);
    assert_eq!(next, Ok(3));
    assert_eq!(agency.call(paid(202_401)).map(|answer| answer.entry), Ok(2));
    Mirror::of(agency);
}

/// Does something while a person's lane is held up, so that it lies in the queue together.
pub(crate) fn held_up<T>(agency: &Agency, person: u64, work: impl FnOnce() -> T) -> T {
    let (go, wait) = mpsc::channel::<()>();
    let (tell, reached) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            agency.read(agency.lane_of(person), move |_| {
                tell.send(()).unwrap();
                let _ = wait.recv();
                Ok(())
            })
        });
        reached.recv().unwrap();
        let done = work();
        go.send(()).unwrap();
        done
    })
}
