//! Whoever writes into the books past the agency is found out: each column of each entry changed by a hand that knows SQL, entries taken out,
//! put in and swapped, states and sums changed; the audit must break every time, at the right check.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test; what was tried is told"
)]

#[path = "../house/mod.rs"]
mod house;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use agency::act::Act;
use agency::audit::{Check, audit};
use agency::{Agency, Request};
use domain::person::Status;
use jiff::civil::date;
use rusqlite::Connection;

use house::{HOSPITAL, House, enrol, enrolled, outpatient, pay, settle};

/// An agency with one person's small history, closed; the file of its only lane.
fn books() -> (House, PathBuf) {
    let house = House::new("310000", 1);
    let (person, lookup) = house.agency.find("310105198005060023");
    let enrolment = Request {
        lookup: Some(lookup),
        ..Request::plain(person, enrol(enrolled(Status::Active, date(2024, 1, 1))))
    };
    house.agency.call(enrolment).unwrap();
    let acts = [
        pay(202_401, 202_412, date(2024, 1, 10)),
        settle(outpatient(HOSPITAL, date(2024, 3, 1), 800)),
        settle(outpatient(HOSPITAL, date(2024, 3, 9), 700)),
    ];
    let mut last = 0;
    for (n, act) in acts.into_iter().enumerate() {
        let request = Request::keyed(person, format!("H:{n}"), act);
        last = house.agency.call(request).unwrap().entry;
    }
    let reverse = Act::Reverse {
        entry: last,
        on: date(2024, 3, 10),
    };
    house.agency.call(Request::plain(person, reverse)).unwrap();
    let lane = house.agency.lane_of(person);
    let file = house.agency.directory().unwrap().lane(lane);
    (house, file)
}

/// Changes the file by SQL; entries refuse it, so their triggers go first, as a hand that means harm would do.
fn change(file: &Path, sql: &str) {
    let connection = Connection::open(file).unwrap();
    let untie =
        "DROP TRIGGER IF EXISTS entry_is_not_changed; DROP TRIGGER IF EXISTS entry_is_not_deleted;";
    connection.execute_batch(untie).unwrap();
    assert!(connection.execute(sql, []).unwrap() > 0, "{sql}");
}

#[test]
fn an_entry_refuses_to_be_changed_or_deleted() {
    let (house, file) = books();
    drop(house.agency);
    let connection = Connection::open(file).unwrap();
    for sql in ["UPDATE entry SET day = 20240101", "DELETE FROM entry"] {
        let refused = connection.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("an entry is never"), "{refused}");
    }
}

#[test]
fn every_changed_byte_of_an_entry_and_every_change_of_a_state_is_found() {
    let (house, file) = books();
    let entries = 5;
    let report = audit(&house.agency, |_| {}).unwrap();
    assert!(report.is_clean() && report.entries == entries, "{report:?}");
    let (options, _root) = (house.options, house.root);
    drop(house.agency);
    let whole = std::fs::read(&file).unwrap();
    let mut tried = 0;
    let mut try_one = |sql: &str, wanted: Check| {
        std::fs::write(&file, &whole).unwrap();
        for log in ["-wal", "-shm"] {
            // It is there only while somebody has the file open, or after somebody was killed.
            let _ = std::fs::remove_file(format!("{}{log}", file.display()));
        }
        change(&file, sql);
        let agency = Agency::open(&options).unwrap();
        let report = audit(&agency, |_| {}).unwrap();
        let (_, broke) = report.checks.get(&wanted).copied().unwrap_or_default();
        assert!(broke > 0, "{sql}: {:?}", report.breaks);
        tried += 1;
    };
    for seq in 1..=entries {
        for set in [
            "day = day + 1",
            "year = CASE year WHEN 0 THEN 20240101 ELSE 0 END",
            "kind = 'credit'",
            "person = person - 1",
            "party = party || 'x'",
            "about = about + 1",
            "policy = policy + 1",
            "postings = replace(postings || ' ', ',', ', ')",
            "record = record || ' '",
            "record = replace(record, '\"after\":', '\"after\": ')",
            "hash = replace(replace(hash, '1', '0'), 'a', '1')",
        ] {
            let sql = format!("UPDATE entry SET {set} WHERE seq = {seq}");
            try_one(&sql, Check::Chain);
        }
        try_one(
            &format!("DELETE FROM entry WHERE seq = {seq}"),
            if seq == entries {
                Check::Persons
            } else {
                Check::Chain
            },
        );
    }
    for (sql, wanted) in [
        ("UPDATE entry SET seq = 9 WHERE seq = 4", Check::Chain),
        (
            "UPDATE person SET state = replace(state, '\"last_settlement\":', '\"last_settlement\":9')",
            Check::Persons,
        ),
        ("DELETE FROM person", Check::Persons),
        (
            "UPDATE balance SET credit = credit + 1 WHERE account = 3101",
            Check::Balances,
        ),
        (
            "UPDATE balance SET debit = debit + 1 WHERE account = 2101",
            Check::Balances,
        ),
        ("DELETE FROM balance WHERE account = 9999", Check::Balances),
        ("UPDATE idempotency SET seq = 3 WHERE seq = 4", Check::Once),
        ("UPDATE idempotency SET seq = 0 WHERE seq = 4", Check::Once),
        (
            "UPDATE idempotency SET seq = 9 WHERE seq = 4",
            Check::Persons,
        ),
        ("UPDATE slip SET funds = funds + 1 WHERE seq = 3", Check::Slips),
        ("UPDATE slip SET cash = cash + 1 WHERE seq = 5", Check::Slips),
        ("UPDATE slip SET at = at + 1 WHERE seq = 4", Check::Slips),
        ("UPDATE slip SET party = 'H' WHERE seq = 4", Check::Slips),
        ("UPDATE slip SET about = 0 WHERE seq = 5", Check::Slips),
        ("UPDATE slip SET about = 3 WHERE seq = 5", Check::Slips),
        ("UPDATE slip SET key = '' WHERE seq = 3", Check::Slips),
        ("UPDATE slip SET key = 'H:9' WHERE seq = 3", Check::Slips),
        ("UPDATE slip SET key = 'H:9' WHERE seq = 5", Check::Slips),
        ("UPDATE slip SET setting = 'inpatient' WHERE seq = 3", Check::Slips),
        ("DELETE FROM slip WHERE seq = 5", Check::Slips),
        ("DELETE FROM slip", Check::Slips),
        (
            "INSERT INTO slip SELECT party, at + 1, seq, about, person, visit, scheme, setting, key, total, funds, account, cash, hospital
             FROM slip WHERE seq = 3",
            Check::Slips,
        ),
        (
            "INSERT INTO slip SELECT party, at, 2, about, person, visit, scheme, setting, '', total, funds, account, cash, hospital
             FROM slip WHERE seq = 3",
            Check::Slips,
        ),
        (
            "INSERT INTO balance VALUES (2301, 202403, 0, 100)",
            Check::Transit,
        ),
    ] {
        try_one(sql, wanted);
    }
    eprintln!("{tried} changes, each found");
    assert_eq!(tried, 84);
}

/// Sound books stay sound to the audit while the agency goes on working.
#[test]
fn an_audit_beside_the_work_finds_nothing() {
    let house = House::new("310000", 2);
    let agency = &house.agency;
    let persons: Vec<u64> = (0..8)
        .map(|n| {
            let (person, lookup) = agency.find(&format!("31010519800506{n:04}"));
            let act = enrol(enrolled(Status::Active, date(2024, 1, 1)));
            let request = Request::plain(person, act);
            let lookup = Some(lookup);
            agency.call(Request { lookup, ..request }).unwrap();
            person
        })
        .collect();
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0..400 {
                let person = persons[n % persons.len()];
                let act = if n % 50 < 8 && n < 50 {
                    pay(202_401, 202_412, date(2024, 1, 10))
                } else {
                    settle(outpatient(HOSPITAL, date(2024, 3, 1), 100))
                };
                agency.call(Request::plain(person, act)).unwrap();
            }
            ended.store(true, Ordering::Release);
        });
        let mut audits = 0;
        loop {
            let last = ended.load(Ordering::Acquire);
            let report = audit(agency, |_| {}).unwrap();
            assert!(report.is_clean(), "{:?}", report.breaks);
            audits += 1;
            if last {
                break;
            }
        }
        eprintln!("{audits} audits beside the work");
    });
}
