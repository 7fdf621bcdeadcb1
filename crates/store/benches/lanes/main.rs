//! How many settlements a second lanes take, load and commit, beside what the disk takes: `cargo xtask postgres cargo bench -p store`.
//!
//! Each lane has a thread that loads the persons and keys of a batch and commits an entry of about 900 bytes with eight postings,
//! a person's state of 300 bytes and a key for each settlement, and the sums of the batch. The times are of load and commit.
#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark prints, and is told by the environment where the server is"
)]

mod settlements;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use domain::region::Region;
use store::{LaneId, LaneStore, PostgresLane, SqliteLane};

use settlements::Settlements;

/// Where lanes are made: a folder, or a schema behind a URL.
enum Engine {
    Sqlite(PathBuf),
    Postgres(String),
}

impl Engine {
    fn name(&self) -> &'static str {
        match self {
            Engine::Sqlite(_) => "SQLite",
            Engine::Postgres(_) => "PostgreSQL",
        }
    }

    fn create(&self, lane: LaneId) -> Box<dyn LaneStore> {
        match self {
            Engine::Sqlite(folder) => {
                let path = folder.join(format!("{lane}.db"));
                Box::new(SqliteLane::create(lane, &path).unwrap())
            }
            Engine::Postgres(url) => Box::new(PostgresLane::create(url, lane).unwrap()),
        }
    }
}

fn main() {
    // `cargo bench` passes `--bench`; without it one short run shows that it works.
    let measured = std::env::args().any(|a| a == "--bench");
    let (time, persons) = if measured {
        (Duration::from_secs(4), 100_000)
    } else {
        (Duration::from_millis(50), 1_000)
    };
    let name = format!("yibao_bench_{}", std::process::id());
    let folder = std::env::temp_dir().join(&name);
    std::fs::create_dir(&folder).unwrap();
    let mut engines = vec![Engine::Sqlite(folder.clone())];
    let server = std::env::var("YIBAO_TEST_POSTGRES").ok();
    let mut client = server.as_ref().map(|url| {
        let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
        let schema = format!("CREATE SCHEMA {name}");
        client.batch_execute(&schema).unwrap();
        let join = if url.contains('?') { '&' } else { '?' };
        let at = format!("{url}{join}options=-c%20search_path%3D{name}");
        engines.push(Engine::Postgres(at));
        client
    });
    println!(
        "{:<34} {:>14} {:>9} {:>9} {:>9}",
        "", "a second", "p50 ms", "p99 ms", "most ms"
    );
    let mut syncs = synchronised(&folder.join("raw"), if measured { 400 } else { 4 });
    let all = syncs.iter().sum();
    line("64 KiB written, fdatasync", &mut syncs, 1, all);
    let mut number = 0;
    for engine in &engines {
        for lanes in [1, 2] {
            for batch in [64, 256] {
                let ids: Vec<LaneId> = (number..number + lanes).map(lane).collect();
                number += lanes;
                let (mut times, all) = measure(engine, &ids, batch, persons, time);
                let name = format!("{}, {lanes} × {batch}", engine.name());
                line(&name, &mut times, batch, all);
            }
        }
    }
    if let Some(client) = &mut client {
        let dropped = format!("DROP SCHEMA {name} CASCADE");
        client.batch_execute(&dropped).unwrap();
    } else {
        println!("PostgreSQL is not measured: YIBAO_TEST_POSTGRES is not set");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

fn lane(number: u8) -> LaneId {
    let region = Region::parse("420100").unwrap();
    LaneId { region, number }
}

/// The time of each batch, of all lanes; every lane runs for `time`.
fn measure(
    engine: &Engine,
    lanes: &[LaneId],
    batch: u64,
    persons: u64,
    time: Duration,
) -> (Vec<Duration>, Duration) {
    let ready = std::sync::Barrier::new(lanes.len());
    let times = std::thread::scope(|scope| {
        let threads: Vec<_> = lanes
            .iter()
            .map(|lane| {
                let ready = &ready;
                scope.spawn(move || {
                    let mut store = engine.create(*lane);
                    let mut settlements = Settlements::new(*lane, persons);
                    settlements.enrol(&mut *store);
                    ready.wait();
                    let begin = Instant::now();
                    let mut times = Vec::new();
                    while begin.elapsed() < time {
                        times.push(settlements.settle(&mut *store, batch));
                    }
                    (times, begin.elapsed())
                })
            })
            .collect();
        let done = threads.into_iter().map(|thread| thread.join().unwrap());
        done.collect::<Vec<_>>()
    });
    let longest = times.iter().map(|(_, all)| *all).max().unwrap();
    let times = times.into_iter().flat_map(|(times, _)| times).collect();
    (times, longest)
}

/// What the disk alone takes: the other figures mean little without it.
fn synchronised(path: &std::path::Path, count: usize) -> Vec<Duration> {
    use std::os::unix::fs::FileExt as _;
    let file = std::fs::File::create(path).unwrap();
    let page = vec![7; 64 * 1024];
    let write = |_| {
        let begin = Instant::now();
        file.write_all_at(&page, 0).unwrap();
        file.sync_data().unwrap();
        begin.elapsed()
    };
    (0..count).map(write).collect()
}

/// A line: how many a second, and the times of the batches.
fn line(name: &str, times: &mut [Duration], batch: u64, all: Duration) {
    times.sort();
    let milliseconds = |per_cent: usize| {
        let at = (times.len() * per_cent / 100).min(times.len() - 1);
        times[at].as_secs_f64() * 1e3
    };
    let done = f64::from(u32::try_from(times.len() as u64 * batch).unwrap());
    println!(
        "{name:<34} {:>14.0} {:>9.1} {:>9.1} {:>9.1}",
        done / all.as_secs_f64(),
        milliseconds(50),
        milliseconds(99),
        milliseconds(100),
    );
}
