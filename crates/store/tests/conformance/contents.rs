//! `Contents`: everything that can be read from a lane, to be compared whole; and `Memory`, a lane that is kept in maps.

use std::collections::BTreeMap;

use store::{
    BalanceRow, Batch, EntryRow, IdentityRow, KeyRow, LaneStore, ListedRow, OutboxRow, PersonRow,
    SlipRow, VisitRow,
};

/// Everything that can be read from a lane.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Contents {
    pub(crate) head: (u64, String),
    pub(crate) persons: Vec<PersonRow>,
    pub(crate) identities: Vec<IdentityRow>,
    pub(crate) entries: Vec<EntryRow>,
    pub(crate) keys: Vec<KeyRow>,
    pub(crate) visits: Vec<VisitRow>,
    pub(crate) balances: Vec<BalanceRow>,
    pub(crate) slips: Vec<SlipRow>,
    pub(crate) outbox: Vec<OutboxRow>,
    pub(crate) listed: Vec<ListedRow>,
    pub(crate) meta: Vec<Option<String>>,
}

/// The kinds and names that the tests use.
pub(crate) const KINDS: [&str; 2] = ["employer", "facility"];
pub(crate) const NAMES: [&str; 3] = ["policy", "", "other"];

/// More than any test writes.
const ALL: u32 = 100_000;

impl Contents {
    pub(crate) fn of(lane: &mut dyn LaneStore) -> Contents {
        let head = lane.head().unwrap();
        Contents {
            head: (head.seq, head.hash.hex()),
            persons: lane.persons(None, ALL).unwrap(),
            identities: lane.identities(None, ALL).unwrap(),
            entries: lane.entries(0, ALL).unwrap(),
            // The empty key is before every other: it is found by itself.
            keys: {
                let empty = lane.load(&store::Ask {
                    keys: vec![String::new()],
                    ..store::Ask::default()
                });
                let mut keys: Vec<KeyRow> = empty.unwrap().keys.into_iter().flatten().collect();
                keys.extend(lane.keys("", ALL).unwrap());
                keys
            },
            visits: lane.visits(0, ALL).unwrap(),
            balances: lane.balances().unwrap(),
            slips: lane.all_slips(None, ALL).unwrap(),
            outbox: lane.outbox(0, ALL).unwrap(),
            listed: KINDS
                .iter()
                .flat_map(|kind| lane.listed(kind).unwrap())
                .collect(),
            meta: NAMES.iter().map(|name| lane.meta(name).unwrap()).collect(),
        }
    }
}

/// A lane that is kept in maps: the plain meaning of a batch.
#[derive(Default)]
pub(crate) struct Memory {
    entries: Vec<EntryRow>,
    persons: BTreeMap<u64, PersonRow>,
    identities: BTreeMap<u64, IdentityRow>,
    keys: BTreeMap<String, KeyRow>,
    visits: BTreeMap<u64, VisitRow>,
    balances: BTreeMap<(u16, u32), BalanceRow>,
    slips: BTreeMap<(String, u64, u64), SlipRow>,
    outbox: BTreeMap<u64, OutboxRow>,
    listed: BTreeMap<(String, String, jiff::civil::Date), ListedRow>,
    meta: BTreeMap<String, String>,
}

impl Memory {
    pub(crate) fn commit(&mut self, batch: &Batch) {
        self.entries.extend(batch.entries.iter().cloned());
        for row in &batch.persons {
            self.persons.insert(row.person, row.clone());
        }
        for row in &batch.identities {
            self.identities.insert(row.person, row.clone());
        }
        for row in &batch.keys {
            self.keys.insert(row.key.clone(), row.clone());
        }
        for row in &batch.visits {
            self.visits.insert(row.visit, row.clone());
        }
        for row in &batch.balances {
            let sum = self.balances.entry((row.account.0, row.month));
            sum.and_modify(|sum| {
                sum.debit += row.debit;
                sum.credit += row.credit;
            })
            .or_insert(*row);
        }
        for row in &batch.slips {
            let key = (row.party.clone(), row.at, row.seq);
            self.slips.insert(key, row.clone());
        }
        for row in &batch.outbox {
            self.outbox.insert(row.number, row.clone());
        }
        for number in &batch.delivered {
            self.outbox.remove(number);
        }
        for row in &batch.listed {
            let key = (row.kind.clone(), row.code.clone(), row.from);
            self.listed.insert(key, row.clone());
        }
        for row in &batch.meta {
            self.meta.insert(row.name.clone(), row.value.clone());
        }
    }

    pub(crate) fn identity(&self, person: u64) -> Option<IdentityRow> {
        self.identities.get(&person).cloned()
    }

    pub(crate) fn person(&self, person: u64) -> Option<PersonRow> {
        self.persons.get(&person).cloned()
    }

    pub(crate) fn key(&self, key: &str) -> Option<KeyRow> {
        self.keys.get(key).cloned()
    }

    pub(crate) fn entry(&self, seq: u64) -> Option<EntryRow> {
        self.entries.iter().find(|entry| entry.seq == seq).cloned()
    }

    pub(crate) fn contents(&self) -> Contents {
        let last = self.entries.last();
        let head = last.map(|entry| (entry.seq, entry.hash.hex()));
        Contents {
            head: head.unwrap_or((0, store::START.hex())),
            persons: self.persons.values().cloned().collect(),
            identities: self.identities.values().cloned().collect(),
            entries: self.entries.clone(),
            keys: self.keys.values().cloned().collect(),
            visits: self.visits.values().cloned().collect(),
            balances: self.balances.values().copied().collect(),
            slips: self.slips.values().cloned().collect(),
            outbox: self.outbox.values().cloned().collect(),
            listed: self.listed.values().cloned().collect(),
            meta: NAMES
                .iter()
                .map(|name| self.meta.get(*name).cloned())
                .collect(),
        }
    }
}
