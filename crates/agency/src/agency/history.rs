//! What is known of one person: the state, the entries from the first to the last, the sealed name.

use domain::ledger::EntryKind;
use store::{Ask, EntryRow, LaneId, LaneStore, StoreError};

use super::Agency;
use crate::record::Event;
use crate::state::PersonState;
use crate::visit::VisitState;

impl Agency {
    /// A person's state; none if nobody has the number.
    ///
    /// # Errors
    /// When the lane cannot be read.
    pub fn person(&self, person: u64) -> Result<Option<PersonState>, StoreError> {
        let lane = self.lane_of(person);
        self.read(lane, move |store| state(store, lane, person))
    }

    /// A person's entries, the first one first: each names the one before it, and the state the last.
    ///
    /// # Errors
    /// When the lane cannot be read, or an entry is not where another says it is.
    pub fn history(&self, person: u64) -> Result<Vec<(EntryRow, Event)>, StoreError> {
        let lane = self.lane_of(person);
        self.read(lane, move |store| history(store, lane, person))
    }

    /// A visit of a person as its entries have left it; none if the person has no such visit.
    ///
    /// # Errors
    /// When the lane cannot be read.
    pub fn visit(&self, person: u64, visit: u64) -> Result<Option<VisitState>, StoreError> {
        let lane = self.lane_of(person);
        self.read(lane, move |store| {
            let ask = Ask {
                visits: vec![visit],
                ..Ask::default()
            };
            let row = store.load(&ask)?.visits.into_iter().flatten().next();
            let row = row.filter(|row| row.person == person);
            let state = row.map(|row| serde_json::from_str(&row.state));
            let damaged = |e: serde_json::Error| damaged(lane, "visit", visit, e.to_string());
            state.transpose().map_err(damaged)
        })
    }

    /// A person's name and identity number as they were sealed; none if they are not kept.
    ///
    /// # Errors
    /// When the lane cannot be read.
    pub fn sealed(&self, person: u64) -> Result<Option<String>, StoreError> {
        let identity = self.read(self.lane_of(person), move |store| store.identity(person))?;
        Ok(identity.map(|row| row.sealed))
    }
}

fn state(
    store: &mut dyn LaneStore,
    lane: LaneId,
    person: u64,
) -> Result<Option<PersonState>, StoreError> {
    let ask = Ask {
        persons: vec![person],
        ..Ask::default()
    };
    let row = store.load(&ask)?.persons.into_iter().flatten().next();
    let state = row.map(|row| PersonState::read(&row.state));
    let damaged = |found| damaged(lane, "person", person, found);
    state.transpose().map_err(damaged)
}

/// A person's entries, from the one that the state names back to the first.
pub(super) fn history(
    store: &mut dyn LaneStore,
    lane: LaneId,
    person: u64,
) -> Result<Vec<(EntryRow, Event)>, StoreError> {
    let mut entries = Vec::new();
    let mut next = state(store, lane, person)?.map_or(0, |state| state.last);
    while next > 0 {
        let damaged = |found| damaged(lane, "entry", next, found);
        let ask = Ask {
            entries: vec![next],
            ..Ask::default()
        };
        let entry = store.load(&ask)?.entries.into_iter().flatten().next();
        let entry = entry.filter(|entry| entry.person == person);
        let entry = entry.ok_or_else(|| damaged("it is not there".into()))?;
        let kind = EntryKind::from_code(&entry.kind);
        let kind = kind.ok_or_else(|| damaged("its kind is none".into()))?;
        let told = Event::read(kind, &entry.record).map_err(|e| damaged(e.to_string()))?;
        if told.after >= next {
            return Err(damaged("it follows itself".into()));
        }
        next = told.after;
        entries.push((entry, told.event));
    }
    entries.reverse();
    Ok(entries)
}

pub(super) fn damaged(lane: LaneId, table: &'static str, row: u64, found: String) -> StoreError {
    StoreError::Damaged {
        lane,
        table,
        row: row.to_string(),
        found,
    }
}
