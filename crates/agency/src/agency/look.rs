//! `Look`: what a door wants to see of one person at once, without waiting in its own thread.

use jiff::civil::Date;
use store::{Ask, EntryRow, KeyRow, LaneId, LaneStore, StoreError};

use super::Agency;
use super::history::{damaged, history};
use crate::answer::Answer;
use crate::record::Event;
use crate::request::Request;
use crate::state::PersonState;
use crate::visit::VisitState;
use crate::who::Who;

/// What is to be seen of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The person's number.
    pub person: u64,
    /// A visit.
    pub visit: Option<u64>,
    /// Entries by number.
    pub entries: Vec<u64>,
    /// The key of a request.
    pub key: Option<String>,
    /// The sealed name, too.
    pub who: bool,
}

/// What was seen, all of one moment and all of that person: what is another's is not there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// The state; none if nobody has the number.
    pub state: Option<PersonState>,
    /// The visit.
    pub visit: Option<VisitState>,
    /// The entries, in the order asked.
    pub entries: Vec<Option<Answer>>,
    /// The request that was carried out for the key, and what it came to.
    pub key: Option<(KeyRow, Answer)>,
    /// The sealed name, if it was asked and is kept.
    pub sealed: Option<String>,
}

impl Seen {
    /// Who it was on a day; none if nobody has the number.
    #[must_use]
    pub fn who(&self, day: Date) -> Option<Who> {
        let state = self.state.as_ref()?;
        Some(Who::of(state, day, self.sealed.clone()))
    }
}

impl Agency {
    /// Looks at a person; `done` is called in the lane's thread when its turn comes, or at once when too many requests wait.
    pub fn look(&self, look: Look, done: impl FnOnce(Result<Seen, StoreError>) + Send + 'static) {
        let lane = self.lane_of(look.person);
        self.read_then(lane, move |store| seen(store, lane, &look), done);
    }

    /// Whether a request of a key was carried out in a lane, not forestalled; `done` is called as by [`Agency::look`].
    pub fn is_carried_out(
        &self,
        key: String,
        lane: LaneId,
        done: impl FnOnce(Result<bool, StoreError>) + Send + 'static,
    ) {
        let ask = Ask {
            keys: vec![key],
            ..Ask::default()
        };
        let read = move |store: &mut dyn LaneStore| {
            let mut rows = store.load(&ask)?.keys.into_iter().flatten();
            Ok(rows.any(|row| row.content != Request::FORESTALLED))
        };
        self.read_then(lane, read, done);
    }

    /// An entry of a lane, whosever it is; none if there is none of this number. `done` is called as by [`Agency::look`].
    pub fn entry_then(
        &self,
        lane: LaneId,
        entry: u64,
        done: impl FnOnce(Result<Option<EntryRow>, StoreError>) + Send + 'static,
    ) {
        let ask = Ask {
            entries: vec![entry],
            ..Ask::default()
        };
        let read = move |store: &mut dyn LaneStore| {
            Ok(store.load(&ask)?.entries.into_iter().flatten().next())
        };
        self.read_then(lane, read, done);
    }

    /// A person's entries like [`Agency::history`]; `done` is called as by [`Agency::look`].
    pub fn history_then(
        &self,
        person: u64,
        done: impl FnOnce(Result<Vec<(EntryRow, Event)>, StoreError>) + Send + 'static,
    ) {
        let lane = self.lane_of(person);
        self.read_then(lane, move |store| history(store, lane, person), done);
    }
}

fn seen(store: &mut dyn LaneStore, lane: LaneId, look: &Look) -> Result<Seen, StoreError> {
    let person = look.person;
    let loaded = store.load(&Ask {
        persons: vec![person],
        keys: look.key.iter().cloned().collect(),
        visits: look.visit.into_iter().collect(),
        entries: look.entries.clone(),
        identities: look.who.then_some(person).into_iter().collect(),
    })?;
    let state = loaded.persons.into_iter().flatten().next();
    let state = state.map(|row| PersonState::read(&row.state)).transpose();
    let visit = loaded.visits.into_iter().flatten().next();
    let visit = visit.filter(|row| row.person == person).map(|row| {
        let state = serde_json::from_str(&row.state);
        state.map_err(|e| damaged(lane, "visit", row.visit, e.to_string()))
    });
    let entries = loaded.entries.into_iter();
    let entries = entries.map(|entry| answer(lane, person, entry));
    let identity = loaded.identities.into_iter().flatten().next();
    let key = loaded.keys.into_iter().flatten().next();
    Ok(Seen {
        state: state.map_err(|found| damaged(lane, "person", person, found))?,
        visit: visit.transpose()?,
        entries: entries.collect::<Result<_, _>>()?,
        key: key.map_or(Ok(None), |key| keyed(store, lane, person, key))?,
        sealed: identity.map(|row| row.sealed),
    })
}

/// A key with what its request came to; none if that was another person's.
fn keyed(
    store: &mut dyn LaneStore,
    lane: LaneId,
    person: u64,
    key: KeyRow,
) -> Result<Option<(KeyRow, Answer)>, StoreError> {
    let ask = Ask {
        entries: vec![key.seq],
        ..Ask::default()
    };
    let entry = store.load(&ask)?.entries.into_iter().flatten().next();
    let absent = || damaged(lane, "entry", key.seq, "it is not there".into());
    let answer = answer(lane, person, Some(entry.ok_or_else(absent)?))?;
    Ok(answer.map(|answer| (key, answer)))
}

fn answer(
    lane: LaneId,
    person: u64,
    entry: Option<EntryRow>,
) -> Result<Option<Answer>, StoreError> {
    let Some(entry) = entry.filter(|entry| entry.person == person) else {
        return Ok(None);
    };
    let number = entry.seq;
    let answer = Answer::of(lane, entry);
    answer
        .map(Some)
        .map_err(|found| damaged(lane, "entry", number, found))
}
