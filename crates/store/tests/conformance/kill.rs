//! A writer that is killed at random moments: what it acknowledged is there, and nothing is there by half.
//!
//! The writer is this test binary, started anew with the place of the lane in its environment.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use store::{Batch, Head, LaneStore};

use crate::place::{Engine, Place, lane, told};
use crate::rows::{balance, broken_link, entries, key, person, slip};

const KILLS: u64 = 20;
const WRITER: &str = "YIBAO_STORE_WRITER";

#[test]
fn what_sqlite_acknowledged_outlives_a_kill() {
    let name = "kill::what_sqlite_acknowledged_outlives_a_kill";
    write_or_kill(Engine::Sqlite, name);
}

#[test]
fn what_postgres_acknowledged_outlives_a_kill() {
    let name = "kill::what_postgres_acknowledged_outlives_a_kill";
    write_or_kill(Engine::Postgres, name);
}

fn write_or_kill(engine: Engine, name: &str) {
    if let Some(at) = told(WRITER) {
        write(&Place::of_another(engine, at));
    }
    let place = Place::new(engine);
    drop(place.create(lane()).unwrap());
    let mut random = fastrand::Rng::with_seed(0);
    let mut there = 0;
    for kill in 0..KILLS {
        let acknowledged = killed(&place, name, &mut random).unwrap_or(there);
        let found = batches(&mut *place.open(lane()).unwrap());
        let expected = acknowledged..=acknowledged + 1;
        assert!(
            expected.contains(&found),
            "kill {kill}: {acknowledged} were acknowledged, {found} are there"
        );
        there = found;
    }
    assert!(there >= KILLS);
}

/// Starts the writer, kills it a moment after some acknowledgements, and returns the last of them.
fn killed(place: &Place, name: &str, random: &mut fastrand::Rng) -> Option<u64> {
    let mut writer = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(WRITER, &place.at)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(writer.stderr.take().unwrap()).lines();
    let mut last = None;
    let mut hear = |line: String| {
        let number = line.parse::<u64>();
        last = Some(number.unwrap_or_else(|_| panic!("the writer says: {line}")));
    };
    for line in told.by_ref().take(random.usize(1..30)) {
        hear(line.unwrap());
    }
    // Long enough to be anywhere in a commit.
    let moment = Instant::now() + Duration::from_micros(random.u64(..3_000));
    while Instant::now() < moment {
        std::hint::spin_loop();
    }
    writer.kill().unwrap();
    for line in told {
        hear(line.unwrap());
    }
    writer.wait().unwrap();
    last
}

/// Commits numbered batches until it is killed, and tells the number of each that is committed.
fn write(place: &Place) -> ! {
    let mut opened = place.open(lane()).unwrap();
    let mut acknowledge = std::io::stderr();
    let mut number = opened.head().unwrap().seq / 3;
    loop {
        number += 1;
        let head = opened.head().unwrap();
        opened.commit(&numbered_batch(number, head)).unwrap();
        writeln!(acknowledge, "{number}").unwrap();
    }
}

/// Batch `number` writes three entries, the number as a person's state, a key, a slip, and one fen to a sum.
fn numbered_batch(number: u64, head: Head) -> Batch {
    Batch {
        entries: entries(lane(), head, 3),
        persons: vec![person(1, &number.to_string())],
        keys: vec![key(&format!("{number:06}"), head.seq + 1)],
        balances: vec![balance(1001, 202_611, 1, 0)],
        slips: vec![slip("H1", 20_261_126_183_005, head.seq + 1, number)],
        ..Batch::default()
    }
}

/// How many batches are there; every table must say the same.
fn batches(opened: &mut dyn LaneStore) -> u64 {
    let entries = opened.entries(1, 100_000).unwrap();
    assert_eq!(broken_link(lane(), &entries), None);
    let keys = opened.keys("", 100_000).unwrap();
    let persons = opened.persons(None, 9).unwrap();
    let state = persons.first().map_or("0", |person| &person.state);
    let balances = opened.balances().unwrap();
    let sum = balances.first().map_or(0, |balance| balance.debit.fen());
    let slips = opened.all_slips(None, 100_000).unwrap();
    let number = opened.head().unwrap().seq / 3;
    let by_table = [
        entries.len().to_string(),
        (keys.len() * 3).to_string(),
        (state.parse::<u64>().unwrap() * 3).to_string(),
        (sum * 3).to_string(),
        (slips.len() * 3).to_string(),
    ];
    let whole = (number * 3).to_string();
    assert!(by_table.iter().all(|count| *count == whole), "{by_table:?}");
    number
}
