//! The office writes of its own people: deeds in a chain, operators, proposals; on both engines, and after the agency was opened anew.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]

mod place;

use std::sync::Arc;
use std::sync::mpsc::channel;

use agency::act::Act;
use agency::audit::audit;
use agency::deed::{Deed, Doing};
use agency::domain::Fen;
use agency::operator::{Operator, Role};
use agency::proposal::{Decision, NotDecided, NotProposed, Proposal, Stand};
use agency::{Agency, DeedAsk, Deeds, NotChanged, StoreError};
use jiff::civil::date;

use place::House;

/// The office answers in its own thread.
fn waited<T: Send + 'static>(
    ask: impl FnOnce(Box<dyn FnOnce(Result<T, StoreError>) + Send>),
) -> Result<T, StoreError> {
    let (tell, told) = channel();
    ask(Box::new(move |done| tell.send(done).unwrap()));
    told.recv().unwrap()
}

fn deed(by: &str, what: Doing, person: Option<u64>) -> Deed {
    Deed {
        by: by.to_owned(),
        role: Some(Role::Clerk),
        at: date(2026, 11, 27).at(9, 30, 0, 0),
        what,
        person,
        about: String::new(),
        why: "asked".to_owned(),
    }
}

fn operator(name: &str, role: Role) -> Operator {
    Operator {
        name: name.to_owned(),
        called: name.to_owned(),
        role,
        institution: None,
        password: "a digest".to_owned(),
        given: false,
        version: 1,
        since: date(2026, 11, 27),
        until: None,
    }
}

fn proposal() -> Proposal {
    Proposal {
        person: 7,
        act: Act::Withdraw {
            amount: Fen::new(100),
            on: date(2026, 11, 27),
        },
        why: "asked".to_owned(),
        by: "clerk".to_owned(),
        at: Some(date(2026, 11, 27).at(9, 0, 0, 0)),
        stand: Stand::Open,
        decided_by: None,
        carried_out_by: None,
        told: String::new(),
        entry: None,
    }
}

fn deeds(agency: &Agency, ask: DeedAsk) -> Deeds {
    waited(|tell| agency.deeds(ask, tell)).unwrap()
}

/// 1,300 deeds of two operators about ten persons are read page by page, each once, also those of one operator about one person alone.
#[test]
fn deeds_are_read_page_by_page() {
    let house = House::sqlite();
    let agency = house.create();
    for n in 0..1_300_u64 {
        let by = if n % 3 == 0 { "wang" } else { "li" };
        let deed = deed(by, Doing::Looked, Some(n % 10 + 1));
        assert_eq!(waited(|tell| agency.deed(deed, tell)).unwrap(), n + 1);
    }
    let all = |by: Option<&str>, person| {
        let (mut before, mut numbers) = (None, Vec::new());
        loop {
            let ask = DeedAsk {
                before,
                by: by.map(str::to_owned),
                person,
                most: 100,
            };
            let page = deeds(&agency, ask);
            assert!(page.found.len() <= 100);
            numbers.extend(page.found.iter().map(|(number, _)| *number));
            before = page.before;
            if before.is_none() {
                return numbers;
            }
        }
    };
    let expected: Vec<u64> = (1..=1_300).rev().collect();
    assert_eq!(all(None, None), expected);
    let expected: Vec<u64> = (1..=1_300)
        .rev()
        .filter(|n| (n - 1) % 3 == 0 && (n - 1) % 10 == 4)
        .collect();
    assert_eq!(all(Some("wang"), Some(5)), expected);
    assert_eq!(all(Some("nobody"), None), Vec::<u64>::new());
}

fn stand_on(house: &House) {
    let agency = house.create();
    let made = Doing::Made;
    for (name, role) in [("admin", Role::Administrator), ("clerk", Role::Clerk)] {
        let deed = deed("", made, None);
        let done = waited(|tell| agency.make_operator(operator(name, role), deed, tell));
        assert_eq!(done.unwrap(), Ok(()));
    }
    let change = |operator: Operator| {
        let deed = deed("admin", Doing::Changed, None);
        waited(|tell| agency.change_operator(operator, deed, tell)).unwrap()
    };
    let again = operator("clerk", Role::Reviewer);
    let twice = waited(|tell| agency.make_operator(again.clone(), deed("", made, None), tell));
    assert_eq!(twice.unwrap(), Err(NotChanged::Exists));
    assert_eq!(change(again.clone()), Ok(()));
    assert_eq!(change(again), Err(NotChanged::Meanwhile));
    assert_eq!(
        change(operator("nobody", Role::Clerk)),
        Err(NotChanged::Absent)
    );
    let left = Operator {
        until: Some(date(2026, 11, 27)),
        ..operator("admin", Role::Administrator)
    };
    assert_eq!(change(left), Err(NotChanged::Last));
    let agency = Arc::new(agency);
    let number = proposed_once(&agency);
    drop(agency);

    // What was refused left nothing, and all else stands after the agency was opened anew.
    let agency = house.open();
    let all = waited(|tell| agency.operators(tell)).unwrap();
    let told: Vec<_> = all
        .iter()
        .map(|o| (o.name.as_str(), o.role, o.version))
        .collect();
    assert_eq!(
        told,
        [
            ("admin", Role::Administrator, 1),
            ("clerk", Role::Reviewer, 2)
        ]
    );
    let found = deeds(
        &agency,
        DeedAsk {
            most: 9,
            ..DeedAsk::default()
        },
    )
    .found;
    let told: Vec<_> = found.iter().map(|(_, deed)| deed.what).collect();
    assert_eq!(told, [Doing::Proposed, Doing::Changed, made, made]);
    decided_once(&Arc::new(agency), number);
}

fn proposes(agency: &Agency, entry: u64, day: i8) -> Result<u64, NotProposed> {
    let on = date(2026, 11, day);
    let proposal = Proposal {
        act: Act::Reverse { entry, on },
        ..proposal()
    };
    let deed = deed("clerk", Doing::Proposed, Some(7));
    waited(|tell| agency.propose(proposal, deed, tell)).unwrap()
}

/// Eight clerks propose the same at the same moment, each on another day: one proposal waits, and the others are told its number.
fn proposed_once(agency: &Arc<Agency>) -> u64 {
    let threads: Vec<_> = (1..=8)
        .map(|day| {
            let agency = Arc::clone(agency);
            std::thread::spawn(move || proposes(&agency, 3, day))
        })
        .collect();
    let done: Vec<_> = threads.into_iter().map(|t| t.join().unwrap()).collect();
    let one: Vec<u64> = done.iter().flatten().copied().collect();
    let [one] = one[..] else {
        panic!("{done:?}");
    };
    let others = done.iter().filter(|d| **d == Err(NotProposed::Waits(one)));
    assert_eq!(others.count(), 7, "{done:?}");
    let (open, _) = waited(|tell| agency.proposals(tell)).unwrap();
    assert_eq!(open.len(), 1);
    one
}

/// 500 may wait: then one has to be decided before another is proposed.
#[test]
fn so_many_proposals_wait_and_no_more() {
    let house = House::sqlite();
    let agency = house.create();
    for entry in 1..=500 {
        assert_eq!(proposes(&agency, entry, 27), Ok(entry));
    }
    assert_eq!(proposes(&agency, 501, 27), Err(NotProposed::TooMany(500)));
    let decision = Decision::TurnDown("no".to_owned());
    let deed = deed("reviewer", Doing::TurnedDown, Some(7));
    let decided = waited(|tell| agency.decide(7, decision, deed, tell)).unwrap();
    assert_eq!(decided.map(|one| one.stand), Ok(Stand::TurnedDown));
    assert_eq!(proposes(&agency, 501, 27), Ok(502));
}

/// Eight reviewers press at the same moment: one decides, and the others are told that it was decided.
fn decided_once(agency: &Arc<Agency>, number: u64) {
    let threads: Vec<_> = (0..8)
        .map(|n| {
            let agency = Arc::clone(agency);
            std::thread::spawn(move || {
                let decision = match n % 2 {
                    0 => Decision::Approve(date(2026, 11, 27)),
                    _ => Decision::TurnDown("no".to_owned()),
                };
                let deed = deed(&format!("reviewer-{n}"), Doing::Approved, Some(7));
                waited(|tell| agency.decide(number, decision, deed, tell)).unwrap()
            })
        })
        .collect();
    let done: Vec<_> = threads.into_iter().map(|t| t.join().unwrap()).collect();
    let one: Vec<_> = done.iter().flatten().collect();
    let [one] = one.as_slice() else {
        panic!("{done:?}");
    };
    let others = done
        .iter()
        .filter(|d| matches!(d, Err(NotDecided::Already(s)) if *s == one.stand));
    assert_eq!(others.count(), 7, "{done:?}");
    let (open, decided) = waited(|tell| agency.proposals(tell)).unwrap();
    let approved = one.stand == Stand::Approved;
    assert_eq!(
        (open.len(), decided.len()),
        (usize::from(approved), usize::from(!approved))
    );
    let known = waited(|tell| agency.proposal(number, tell)).unwrap();
    assert_eq!(known.as_ref(), Some(*one));
    assert!(audit(agency, |_| {}).unwrap().is_clean());
}

#[test]
fn what_the_office_wrote_stands_on_sqlite() {
    stand_on(&House::sqlite());
}

#[test]
fn what_the_office_wrote_stands_on_postgresql() {
    stand_on(&House::postgres());
}

/// Whoever changes a deed in the file, or takes the last ones out, is found out by the audit.
#[test]
fn a_deed_that_was_changed_is_found_out() {
    for spoil in [
        "UPDATE entry SET record = replace(record, 'asked', 'bribed') WHERE seq = 2",
        "UPDATE entry SET party = 'nobody' WHERE seq = 1",
        "DELETE FROM entry WHERE seq = 2",
        "UPDATE entry SET kind = 'settlement' WHERE seq = 3",
    ] {
        let house = House::sqlite();
        let agency = house.create();
        for n in 1..=4 {
            let deed = deed("wang", Doing::Unmasked, Some(n));
            waited(|tell| agency.deed(deed, tell)).unwrap();
        }
        assert!(audit(&agency, |_| {}).unwrap().is_clean());
        drop(agency);
        house.spoil(spoil);
        let report = audit(&house.open(), |_| {}).unwrap();
        assert!(!report.is_clean(), "{spoil}");
        assert!(report.breaks.iter().all(|b| b.lane.number == 0), "{spoil}");
    }
}
