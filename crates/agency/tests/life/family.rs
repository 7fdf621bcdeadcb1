//! Family grants: across lanes and back, drawn on, taken back, to nobody.

use agency::act::Act;
use agency::record::money::Heir;
use agency::{Refused, Request};
use domain::ledger::LedgerAccount;
use domain::person::Status;
use jiff::civil::date;

use crate::house::{HOSPITAL, enrol, enrolled, outpatient, pay, settle};
use crate::keys::held_up;
use crate::tale::{Tale, first, yuan};

fn rich(tale: &mut Tale, name: &str, lane: u8) -> u64 {
    let number = tale.stranger(name, lane);
    let act = Act::Enrol {
        enrolled: enrolled(Status::Active, first(2024, 1)),
        opening: yuan(5000),
    };
    tale.step("comes with 5,000 yuan", number, act);
    number
}

fn give(to: u64, amount: u64) -> Act {
    Act::Grant {
        to,
        amount: yuan(amount),
        on: date(2024, 2, 1),
    }
}

#[test]
fn a_grant_across_lanes_and_back() {
    let mut tale = Tale::new("310000", 2);
    let ma = rich(&mut tale, "Ma", 1);
    let son = tale.person("Son", 2, enrolled(Status::Active, first(2024, 1)));
    tale.step(
        "pays January and February",
        son,
        pay(202401, 202402, date(2024, 1, 20)),
    );
    tale.step("grants the son more than there is", ma, give(son, 6000));
    let entry = tale.step("grants the son 1,000", ma, give(son, 1000));
    tale.look(son);
    let bill = tale.step(
        "is treated; the grant pays of his own share",
        son,
        settle(outpatient(HOSPITAL, date(2024, 2, 10), 900)),
    );
    let grant = (tale.house.agency.lane_of(ma).digits(), entry);
    let give_back = || Act::ReturnGrant {
        grant,
        on: date(2024, 2, 20),
    };
    tale.step("gives the rest back", son, give_back());
    tale.step("gives it back again", son, give_back());
    tale.look(ma);
    tale.step(
        "the bill is taken back after that",
        son,
        Act::Reverse {
            entry: bill,
            on: date(2024, 2, 21),
        },
    );
    tale.step("gives back what came back", son, give_back());
    tale.look(ma);
    tale.look(son);
    assert_eq!(tale.holds(LedgerAccount::InTransit), 0);
    insta::assert_snapshot!(tale.end());
}

/// What is granted to somebody whom the agency does not know waits there, and can be given back.
#[test]
fn a_grant_to_somebody_who_is_not_enrolled() {
    let mut tale = Tale::new("310000", 2);
    let ma = rich(&mut tale, "Ma", 1);
    let cousin = tale.stranger("Cousin", 2);
    let entry = tale.step("grants the cousin 1,000", ma, give(cousin, 1000));
    tale.look(cousin);
    let bill = settle(outpatient(HOSPITAL, date(2024, 2, 10), 300));
    tale.step("is treated", cousin, bill);
    let grant = (tale.house.agency.lane_of(ma).digits(), entry);
    let on = date(2024, 2, 20);
    tale.step("gives it back", cousin, Act::ReturnGrant { grant, on });
    tale.look(ma);
    let (_, lookup) = tale.house.agency.find("Cousin 0");
    let enrol = Request {
        lookup: Some(lookup),
        ..Request::plain(cousin, enrol(enrolled(Status::Active, first(2024, 3))))
    };
    tale.ask("is enrolled at last", enrol);
    tale.step("is granted 50", ma, give(cousin, 50));
    tale.look(cousin);
    assert_eq!(tale.holds(LedgerAccount::InTransit), 0);
    insta::assert_snapshot!(tale.end());
}

/// What still comes after a death goes where the account went.
#[test]
fn what_comes_after_a_death_goes_to_the_heir() {
    let mut tale = Tale::new("310000", 2);
    let ma = rich(&mut tale, "Ma", 1);
    let son = tale.person("Son", 2, enrolled(Status::Active, first(2024, 1)));
    let daughter = tale.person("Daughter", 2, enrolled(Status::Active, first(2024, 1)));
    let entry = tale.step("grants the son 1,000", ma, give(son, 1000));
    tale.look(son);
    let lane = tale.house.agency.lane_of(daughter).digits();
    tale.step(
        "dies; the daughter inherits",
        ma,
        Act::Die {
            on: date(2024, 3, 1),
            to: Heir::Account(daughter, lane),
        },
    );
    tale.look(daughter);
    let grant = (tale.house.agency.lane_of(ma).digits(), entry);
    tale.step(
        "gives the grant back",
        son,
        Act::ReturnGrant {
            grant,
            on: date(2024, 3, 5),
        },
    );
    tale.look(ma);
    tale.look(daughter);
    assert_eq!(tale.holds(LedgerAccount::InTransit), 0);
    insta::assert_snapshot!(tale.end());
}

/// A queue that is full refuses requests at once; a grant that finds it so waits with its sender and goes on after the next turn.
#[test]
fn a_grant_that_finds_a_full_queue_arrives_when_there_is_room() {
    let mut tale = Tale::new("310000", 2);
    let ma = rich(&mut tale, "Ma", 1);
    let son = tale.person("Son", 2, enrolled(Status::Active, first(2024, 1)));
    let agency = &tale.house.agency;
    let nobody = son + u64::from(agency.lanes());
    let trial = || Request::trial(nobody, give(ma, 1));
    let (tell, told) = std::sync::mpsc::channel();
    held_up(agency, son, || {
        let mut refused = None;
        while refused != Some(Err(Refused::Busy)) {
            let tell = tell.clone();
            let done = move |answer: Result<_, Refused>| {
                let _ = tell.send(answer.map(|_| ()));
            };
            agency.submit(trial(), Box::new(done));
            refused = told.try_recv().ok();
        }
        agency.call(Request::plain(ma, give(son, 1000))).unwrap();
    });
    // Behind everything that lay in the queue.
    let last = agency.call(trial());
    assert_eq!(last.map(|_| ()), Err(Refused::NoPerson(nobody)));
    // The sender's next turn, and something of the receiver's behind what that turn sends.
    agency.call(Request::plain(ma, give(son, 1))).unwrap();
    agency.person(ma).unwrap();
    let state = agency.person(son).unwrap().unwrap();
    assert_eq!(state.granted(), yuan(1001));
    tale.end();
}
