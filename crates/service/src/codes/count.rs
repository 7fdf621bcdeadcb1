//! `Counts`: how often codes were sent and were wrong within a quarter of an hour: of a person, of an address, or of both together.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::{Duration, Instant};

/// How long it counts, from the first time on.
pub(super) const LOCK: Duration = Duration::from_mins(15);
/// So many are remembered; beyond them the oldest are forgotten.
const MOST: usize = 100_000;

/// How often, and since when.
#[derive(Clone, Copy, Debug)]
struct Count {
    wrong: u8,
    sent: u8,
    since: Instant,
}

/// So often it may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Most {
    pub(super) wrong: u8,
    pub(super) sent: u8,
}

/// By what is counted.
#[derive(Debug)]
pub(super) struct Counts<K> {
    most: Most,
    all: HashMap<K, Count>,
}

impl<K: Copy + Eq + Hash> Counts<K> {
    pub(super) fn new(most: Most) -> Counts<K> {
        Counts {
            most,
            all: HashMap::new(),
        }
    }

    /// What began long ago counts no more.
    pub(super) fn forget(&mut self, now: Instant) {
        self.all
            .retain(|_, count| now.saturating_duration_since(count.since) < LOCK);
        if self.all.len() >= MOST {
            let oldest = self.all.iter().min_by_key(|(_, count)| count.since);
            if let Some(oldest) = oldest.map(|(key, _)| *key) {
                self.all.remove(&oldest);
            }
        }
    }

    /// Whether another code may be tried.
    pub(super) fn may_try(&self, key: K) -> bool {
        let count = self.all.get(&key);
        count.is_none_or(|count| count.wrong < self.most.wrong)
    }

    /// Whether another code may be sent.
    pub(super) fn may_send(&self, key: K) -> bool {
        let count = self.all.get(&key);
        self.may_try(key) && count.is_none_or(|count| count.sent < self.most.sent)
    }

    pub(super) fn sent(&mut self, key: K, now: Instant) {
        let count = self.count(key, now);
        count.sent = count.sent.saturating_add(1);
    }

    pub(super) fn wrong(&mut self, key: K, now: Instant) {
        let count = self.count(key, now);
        count.wrong = count.wrong.saturating_add(1);
    }

    /// It counts no more.
    pub(super) fn clear(&mut self, key: K) {
        self.all.remove(&key);
    }

    fn count(&mut self, key: K, now: Instant) -> &mut Count {
        self.all.entry(key).or_insert(Count {
            wrong: 0,
            sent: 0,
            since: now,
        })
    }
}
