//! `Sweep`: the same thing for every person of a lane, page by page: premiums, credits, interest, the year's end.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Fen;
use domain::ledger::{AccountNumber, EntryKind};
use store::StoreError;

use super::{Asked, Outbound, Person, Turn, Writer};
use crate::act::Act;
use crate::answer::Answer;
use crate::office::Office;
use crate::refused::Refused;
use crate::request::Request;
use crate::state::PersonState;

/// Persons that are written as one durable step.
const PAGE: u32 = 4096;

/// The acts for one person.
pub type Acts = Box<dyn FnMut(u64, &PersonState) -> Vec<Act> + Send>;

/// What is to be done for every person of a lane.
pub struct Sweep {
    /// The acts for one person, in order; none if there is nothing to do.
    pub acts: Acts,
    /// Told after each page: persons seen since the last time.
    pub progress: Box<dyn FnMut(u64) + Send>,
}

/// What a sweep came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Persons seen.
    pub persons: u64,
    /// Entries recorded.
    pub done: u64,
    /// Entries recorded, by what happened.
    pub kinds: BTreeMap<EntryKind, u64>,
    /// Acts that were refused, by the code of the refusal.
    pub refused: BTreeMap<&'static str, u64>,
    /// Of requests in bulk: which were refused, by their places among them, in order; of a sweep none.
    pub refusals: Vec<(usize, Refused)>,
    /// Credited to each account.
    pub credited: BTreeMap<AccountNumber, Fen>,
    /// Debited to each account.
    pub debited: BTreeMap<AccountNumber, Fen>,
}

impl Swept {
    fn count(&mut self, answer: &Answer) {
        self.done += 1;
        *self.kinds.entry(answer.event.kind()).or_default() += 1;
        for posting in &answer.postings {
            *self.credited.entry(posting.credit).or_default() += posting.amount;
            *self.debited.entry(posting.debit).or_default() += posting.amount;
        }
    }

    /// Adds what another lane's sweep came to.
    pub fn add(&mut self, other: Swept) {
        self.persons += other.persons;
        self.done += other.done;
        for (kind, count) in other.kinds {
            *self.kinds.entry(kind).or_default() += count;
        }
        self.refusals.extend(other.refusals);
        for (code, count) in other.refused {
            *self.refused.entry(code).or_default() += count;
        }
        for (sums, more) in [
            (&mut self.credited, other.credited),
            (&mut self.debited, other.debited),
        ] {
            for (account, amount) in more {
                *sums.entry(account).or_default() += amount;
            }
        }
    }
}

impl Writer {
    /// Does the same for every person, a page at a time; a page is one durable step.
    ///
    /// # Errors
    /// When the database did not take a page; the pages before it stand, and doing it again does not do them twice.
    pub(crate) fn sweep(
        &mut self,
        office: &Arc<Office>,
        sweep: &mut Sweep,
    ) -> Result<(Swept, Vec<Outbound>), StoreError> {
        let mut swept = Swept::default();
        let mut outbound = Vec::new();
        let mut after = None;
        loop {
            let rows = self.store.persons(after, PAGE)?;
            let Some(last) = rows.last() else {
                return Ok((swept, outbound));
            };
            after = Some(last.person);
            let seen = rows.len() as u64;
            let mut turn =
                self.laid_out(office, &store::Ask::default(), store::Loaded::default())?;
            for row in rows {
                let state = PersonState::read(&row.state);
                let state = state.map_err(|found| StoreError::Damaged {
                    lane: self.lane,
                    table: "person",
                    row: row.person.to_string(),
                    found,
                })?;
                let acts = (sweep.acts)(row.person, &state);
                let person = Person {
                    lookup: row.lookup,
                    state: Some(state),
                    changed: false,
                };
                turn.persons.insert(row.person, person);
                self.acts(&mut turn, row.person, acts, &mut swept, &mut outbound);
            }
            self.commit(turn)?;
            swept.persons += seen;
            (sweep.progress)(seen);
        }
    }

    fn acts(
        &mut self,
        turn: &mut Turn<'_>,
        person: u64,
        acts: Vec<Act>,
        swept: &mut Swept,
        outbound: &mut Vec<Outbound>,
    ) {
        for act in acts {
            let request = Request::plain(person, act);
            match self.one(turn, &request, outbound) {
                Ok(answer) => swept.count(&answer),
                Err(refused) => *swept.refused.entry(refused.code()).or_default() += 1,
            }
        }
    }

    /// Many requests at once, a durable step each [`PAGE`]; for imports and demonstrations, which have no caller waiting for each.
    ///
    /// # Errors
    /// When the database did not take a page.
    pub(crate) fn bulk(
        &mut self,
        office: &Arc<Office>,
        requests: Vec<Request>,
    ) -> Result<(Swept, Vec<Outbound>), StoreError> {
        let mut swept = Swept::default();
        let mut outbound = Vec::new();
        let mut requests = requests.into_iter().peekable();
        let mut place = 0;
        while requests.peek().is_some() {
            let page: Vec<Asked> = requests
                .by_ref()
                .take(PAGE as usize)
                .map(|request| Asked {
                    request,
                    done: Box::new(|_| {}),
                })
                .collect();
            let mut turn = self.load(office, &page)?;
            for asked in page {
                match self.one(&mut turn, &asked.request, &mut outbound) {
                    Ok(answer) => swept.count(&answer),
                    Err(refused) => {
                        *swept.refused.entry(refused.code()).or_default() += 1;
                        swept.refusals.push((place, refused));
                    }
                }
                place += 1;
            }
            self.commit(turn)?;
        }
        Ok((swept, outbound))
    }
}
