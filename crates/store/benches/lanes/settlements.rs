//! `Settlements`: batches as the agency writes them.

use std::time::{Duration, Instant};

use domain::fen::Fen;
use domain::ledger::{AccountNumber, Posting};
use jiff::civil::date;
use store::{Ask, BalanceRow, Batch, EntryRow, Head, KeyRow, LaneId, LaneStore, PersonRow, START};

/// Batches of settlements of one lane, each of persons drawn by chance.
pub(crate) struct Settlements {
    lane: LaneId,
    persons: u64,
    head: Head,
    random: fastrand::Rng,
    record: String,
    state: String,
}

impl Settlements {
    pub(crate) fn new(lane: LaneId, persons: u64) -> Settlements {
        Settlements {
            lane,
            persons,
            head: Head {
                seq: 0,
                hash: START,
            },
            random: fastrand::Rng::with_seed(lane.digits().into()),
            record: format!("{{\"steps\":\"{}\"}}", "a step of it; ".repeat(44)),
            state: format!("{{\"sums\":\"{}\"}}", "3101:4550,".repeat(28)),
        }
    }

    /// Writes the persons.
    pub(crate) fn enrol(&self, store: &mut dyn LaneStore) {
        let all: Vec<u64> = (0..self.persons).map(number).collect();
        for some in all.chunks(2_000) {
            let batch = Batch {
                persons: some.iter().map(|person| self.person(*person)).collect(),
                ..Batch::default()
            };
            store.commit(&batch).unwrap();
        }
    }

    /// Loads and commits a batch; how long that took.
    pub(crate) fn settle(&mut self, store: &mut dyn LaneStore, count: u64) -> Duration {
        let persons = (0..count).map(|_| number(self.random.u64(..self.persons)));
        let ask = Ask {
            persons: persons.collect(),
            keys: (1..=count)
                .map(|n| format!("H42010000001-20261126-{:010}", self.head.seq + n))
                .collect(),
            ..Ask::default()
        };
        let batch = self.batch(&ask);
        let begin = Instant::now();
        let loaded = store.load(&ask).unwrap();
        store.commit(&batch).unwrap();
        let took = begin.elapsed();
        assert!(loaded.persons.iter().all(Option::is_some));
        assert!(loaded.keys.iter().all(Option::is_none));
        took
    }

    fn batch(&mut self, ask: &Ask) -> Batch {
        let mut batch = Batch::default();
        for (person, key) in ask.persons.iter().zip(&ask.keys) {
            let entry = self.entry(*person);
            self.head = Head {
                seq: entry.seq,
                hash: entry.hash,
            };
            batch.keys.push(KeyRow {
                key: key.clone(),
                content: entry.hash.hex(),
                seq: entry.seq,
            });
            batch.persons.push(self.person(*person));
            batch.entries.push(entry);
        }
        batch.balances = (0..10)
            .map(|account| BalanceRow {
                account: AccountNumber(2101 + account),
                month: 202_611,
                debit: Fen::new(4_550),
                credit: Fen::new(4_550),
            })
            .collect();
        batch
    }

    fn entry(&self, person: u64) -> EntryRow {
        let posting = |n: u16| Posting {
            debit: AccountNumber(3101 + n),
            credit: AccountNumber(2101),
            amount: Fen::new(4_550),
            rule: 12,
        };
        let mut entry = EntryRow {
            seq: self.head.seq + 1,
            day: date(2026, 11, 26),
            year: Some(date(2026, 1, 1)),
            kind: "settlement".into(),
            person,
            party: "H42010000001".into(),
            about: 0,
            policy: 3,
            postings: (0..8).map(posting).collect(),
            record: self.record.clone(),
            hash: START,
        };
        entry.hash = entry.chained(self.lane, &self.head.hash);
        entry
    }

    fn person(&self, person: u64) -> PersonRow {
        PersonRow {
            person,
            lookup: format!("{person:032x}"),
            state: self.state.clone(),
        }
    }
}

/// Numbers of persons are spread over all numbers, as a keyed hash spreads them.
const fn number(nth: u64) -> u64 {
    nth.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 1
}
