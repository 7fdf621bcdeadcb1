//! The hand of a turn: rows as they were loaded, and who somebody in it is.

use store::{Ask, LaneId, Loaded, StoreError};

use super::{Person, Turn};
use crate::answer::Answer;
use crate::request::Request;
use crate::state::PersonState;
use crate::who::Who;

impl Turn<'_> {
    /// Takes rows in hand, in the order in which they were asked.
    pub(super) fn add(
        &mut self,
        lane: LaneId,
        ask: &Ask,
        loaded: Loaded,
    ) -> Result<(), StoreError> {
        let damaged = |table, row: u64, found| StoreError::Damaged {
            lane,
            table,
            row: row.to_string(),
            found,
        };
        for (&number, row) in ask.persons.iter().zip(loaded.persons) {
            let person = match row {
                None => Person::nobody(),
                Some(row) => Person {
                    state: Some(
                        PersonState::read(&row.state)
                            .map_err(|found| damaged("person", number, found))?,
                    ),
                    lookup: row.lookup,
                    changed: false,
                },
            };
            self.persons.insert(number, person);
        }
        for (&number, row) in ask.visits.iter().zip(loaded.visits) {
            let visit = row.map(|row| {
                serde_json::from_str(&row.state)
                    .map(|state| (row.person, state))
                    .map_err(|e| damaged("visit", number, e.to_string()))
            });
            self.visits.insert(number, visit.transpose()?);
        }
        for entry in loaded.entries.into_iter().flatten() {
            self.entries.insert(entry.seq, entry);
        }
        for key in loaded.keys.into_iter().flatten() {
            self.keys.insert(key.key.clone(), key);
        }
        for identity in loaded.identities.into_iter().flatten() {
            self.sealed.insert(identity.person, identity.sealed);
        }
        Ok(())
    }

    /// An answer with who it was, if that was asked.
    pub(super) fn named(&self, request: &Request, answer: Answer) -> Answer {
        let person = self.persons.get(&request.person).filter(|_| request.who);
        let state = person.and_then(|person| person.state.as_ref());
        let sealed = || self.sealed.get(&request.person).cloned();
        Answer {
            who: state.map(|state| Who::of(state, answer.day, sealed())),
            ..answer
        }
    }
}
