//! The bare engine: the same bytes loaded and committed without a rule, by one thread a lane.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use agency::{Agency, Place};
use store::{
    Ask, BalanceRow, Batch, EntryRow, KeyRow, LaneId, LaneStore, PersonRow, PostgresLane,
    SqliteLane,
};

use crate::load::{Run, cpu};

static NEXT: AtomicU64 = AtomicU64::new(1);

/// Rows as the agency wrote them.
pub(crate) struct Template {
    entry: EntryRow,
    person: PersonRow,
    balances: Vec<BalanceRow>,
    lane: LaneId,
}

impl Template {
    /// A settlement's entry and the state after it.
    pub(crate) fn of(agency: &Agency, people: &[u64]) -> Template {
        let lane = agency.lane_of(people[0]);
        let entry = agency
            .read(lane, |store| {
                let head = store.head()?;
                store.entries(head.seq.saturating_sub(1).max(1), 1)
            })
            .unwrap()
            .remove(0);
        let number = entry.person;
        let ask = Ask {
            persons: vec![number],
            ..Ask::default()
        };
        let person = agency
            .read(lane, move |store| store.load(&ask))
            .unwrap()
            .persons
            .remove(0)
            .unwrap();
        let balances = agency.read(lane, |store| store.balances()).unwrap();
        Template {
            entry,
            person,
            balances: balances.into_iter().take(8).collect(),
            lane,
        }
    }
}

/// Two lanes of their own with the same persons, loaded and committed in batches.
pub(crate) fn run(
    root: &Path,
    place: &Place,
    template: &Template,
    people: &[u64],
    size: usize,
    seconds: u64,
) -> Run {
    let lanes: Vec<_> = (0..2_u8)
        .map(|n| {
            let id = LaneId {
                region: template.lane.region,
                number: 90 + n + if size == 1 { 4 } else { 0 },
            };
            let mut lane = lane(root, place, id);
            let persons: Vec<u64> = people
                .iter()
                .copied()
                .filter(|p| p % 2 == u64::from(n))
                .collect();
            fill(&mut *lane, template, &persons);
            (lane, persons)
        })
        .collect();
    let (began, cpu_before) = (Instant::now(), cpu());
    let callers = if size == 1 { 1 } else { lanes.len() };
    let micros: Vec<u64> = std::thread::scope(|scope| {
        let threads: Vec<_> = lanes
            .into_iter()
            .take(callers)
            .map(|(lane, persons)| {
                scope.spawn(move || one(lane, template, &persons, size, seconds))
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|t| t.join().unwrap())
            .collect()
    });
    let count = (micros.len() * size) as u64;
    Run::new(
        count,
        0,
        began.elapsed().as_secs_f64(),
        cpu() - cpu_before,
        micros,
    )
}

fn lane(root: &Path, place: &Place, id: LaneId) -> Box<dyn LaneStore> {
    match place {
        Place::Server(url) => Box::new(PostgresLane::create(url, id).unwrap()),
        Place::Directory(_) => {
            let path = root.join(format!("bare-{}.db", id.number));
            Box::new(SqliteLane::create(id, &path).unwrap())
        }
    }
}

fn fill(lane: &mut dyn LaneStore, template: &Template, persons: &[u64]) {
    let mut persons = persons.to_vec();
    persons.sort_unstable();
    for chunk in persons.chunks(4096) {
        let rows = chunk.iter().map(|&person| PersonRow {
            person,
            ..template.person.clone()
        });
        let batch = Batch {
            persons: rows.collect(),
            ..Batch::default()
        };
        lane.commit(&batch).unwrap();
    }
}

fn one(
    mut lane: Box<dyn LaneStore>,
    template: &Template,
    persons: &[u64],
    size: usize,
    seconds: u64,
) -> Vec<u64> {
    let mut random = fastrand::Rng::new();
    let mut seq = lane.head().unwrap().seq;
    let (began, until) = (Instant::now(), Duration::from_secs(seconds));
    let mut micros = Vec::new();
    while began.elapsed() < until {
        let mut numbers: Vec<u64> = (0..size)
            .map(|_| persons[random.usize(..persons.len())])
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let keys: Vec<String> = (0..size)
            .map(|_| {
                format!(
                    "H31010500001202403{:012}",
                    NEXT.fetch_add(1, Ordering::Relaxed)
                )
            })
            .collect();
        let started = Instant::now();
        let ask = Ask {
            persons: numbers.clone(),
            keys: keys.clone(),
            ..Ask::default()
        };
        lane.load(&ask).unwrap();
        let mut batch = Batch {
            balances: template.balances.clone(),
            ..Batch::default()
        };
        for key in keys {
            seq += 1;
            batch.entries.push(EntryRow {
                seq,
                ..template.entry.clone()
            });
            let content = "0123456789abcdef0123456789abcdef".into();
            batch.keys.push(KeyRow { key, content, seq });
        }
        batch.persons = numbers
            .into_iter()
            .map(|person| PersonRow {
                person,
                ..template.person.clone()
            })
            .collect();
        lane.commit(&batch).unwrap();
        micros.push(u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX));
    }
    micros
}
