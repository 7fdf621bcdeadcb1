//! `Writer`: the only writer of a lane. It takes what has queued, loads, decides one request after the other, commits, answers.

mod books;
mod hand;
mod sweep;

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use store::{
    Ask, Batch, EntryRow, KeyRow, LaneId, LaneStore, Loaded, OutboxRow, SlipRow, StoreError,
};

use crate::act::{Act, Draft, Known, Message, Outgoing, decide};
use crate::answer::Answer;
use crate::moment;
use crate::office::Office;
use crate::record::Event;
use crate::refused::Refused;
use crate::request::Request;
use crate::slip;
use crate::state::PersonState;
use crate::visit::VisitState;

use books::Books;

pub(crate) use books::month;

pub use sweep::{Acts, Sweep, Swept};

/// Where the answer goes.
pub type Done = Box<dyn FnOnce(Result<Answer, Refused>) + Send>;

/// One request and where its answer goes.
pub(crate) struct Asked {
    pub(crate) request: Request,
    pub(crate) done: Done,
}

/// A message to another lane, with its number here.
pub(crate) struct Outbound {
    pub(crate) number: u64,
    pub(crate) to: LaneId,
    pub(crate) message: Message,
}

/// The only writer of a lane.
pub(crate) struct Writer {
    store: Box<dyn LaneStore>,
    lane: LaneId,
    /// How many lanes of persons the region has.
    lanes: u8,
    books: Books,
}

/// What a turn has in hand.
struct Turn<'a> {
    office: &'a Office,
    persons: HashMap<u64, Person>,
    visits: HashMap<u64, Option<(u64, VisitState)>>,
    /// Visits that were opened or changed.
    touched: HashSet<u64>,
    entries: HashMap<u64, EntryRow>,
    keys: HashMap<String, KeyRow>,
    /// Sealed names of those of whom it is asked who they are.
    sealed: HashMap<u64, String>,
    batch: Batch,
}

/// A person in hand.
struct Person {
    lookup: String,
    /// None if nobody has the number.
    state: Option<PersonState>,
    changed: bool,
}

impl Writer {
    /// Takes a lane; reads where its chain stands.
    pub(crate) fn new(mut store: Box<dyn LaneStore>, lanes: u8) -> Result<Writer, StoreError> {
        let head = store.head()?;
        let lane = store.lane();
        Ok(Writer {
            store,
            lane,
            lanes,
            books: Books::new(lane, head),
        })
    }

    pub(crate) fn store(&mut self) -> &mut dyn LaneStore {
        &mut *self.store
    }

    /// Carries out what has queued as one durable step and answers; returns messages for other lanes.
    ///
    /// # Errors
    /// When the database did not take it: everything is answered as unavailable, and the lane must be opened anew.
    pub(crate) fn turn(
        &mut self,
        office: &Arc<Office>,
        asked: Vec<Asked>,
        delivered: Vec<u64>,
    ) -> Result<Vec<Outbound>, StoreError> {
        let mut turn = match self.load(office, &asked) {
            Ok(turn) => turn,
            Err(error) => return Err(unavailable(asked, error)),
        };
        turn.batch.delivered = delivered;
        let mut outbound = Vec::new();
        let mut answers = Vec::with_capacity(asked.len());
        for one in asked {
            let answer = self.one(&mut turn, &one.request, &mut outbound);
            let answer = answer.map(|answer| turn.named(&one.request, answer));
            answers.push((one, answer));
        }
        if let Err(error) = self.commit(turn) {
            let asked = answers.into_iter().map(|(one, _)| one).collect();
            return Err(unavailable(asked, error));
        }
        for (one, answer) in answers {
            // A caller that panics must not keep the others from their answers, which are committed.
            let _ = catch_unwind(AssertUnwindSafe(|| (one.done)(answer)));
        }
        Ok(outbound)
    }

    /// Everything that the requests need, in one round trip, and a second one for what entries name.
    fn load<'a>(&mut self, office: &'a Office, asked: &[Asked]) -> Result<Turn<'a>, StoreError> {
        let mut ask = Ask::default();
        let mut seen = HashSet::new();
        for one in asked {
            let request = &one.request;
            if seen.insert(request.person) {
                ask.persons.push(request.person);
            }
            ask.keys.extend(request.key.clone());
            ask.keys.extend(request.act.undoes().map(str::to_owned));
            ask.visits.extend(request.act.visit());
            ask.entries.extend(request.act.entry());
            ask.identities.extend(request.who.then_some(request.person));
        }
        let loaded = self.store.load(&ask)?;
        let mut more = named(&loaded);
        let mut turn = self.laid_out(office, &ask, loaded)?;
        // Keys name entries, entries name visits, and visits name nothing.
        while !more.is_empty() {
            let ask = std::mem::take(&mut more);
            let loaded = self.store.load(&ask)?;
            more = named(&loaded);
            turn.add(self.lane, &ask, loaded)?;
        }
        Ok(turn)
    }

    fn laid_out<'a>(
        &self,
        office: &'a Office,
        ask: &Ask,
        loaded: Loaded,
    ) -> Result<Turn<'a>, StoreError> {
        let mut turn = Turn {
            office,
            persons: HashMap::with_capacity(ask.persons.len()),
            visits: HashMap::new(),
            touched: HashSet::new(),
            entries: HashMap::new(),
            keys: HashMap::new(),
            sealed: HashMap::new(),
            batch: Batch::default(),
        };
        turn.add(self.lane, ask, loaded)?;
        Ok(turn)
    }

    /// One request: repeated, refused, tried, or recorded.
    fn one(
        &mut self,
        turn: &mut Turn<'_>,
        request: &Request,
        outbound: &mut Vec<Outbound>,
    ) -> Result<Answer, Refused> {
        let content = request.key.as_ref().map(|_| request.content());
        if let (Some(key), Some(content)) = (&request.key, &content)
            && let Some(known) = turn.keys.get(key)
        {
            return self.again(turn, known, content);
        }
        let draft = turn.decide(request)?;
        if request.trial {
            return Ok(self.tried(draft));
        }
        let outgoing = draft.message.clone();
        let answer = self.record(turn, request, draft)?;
        if let Some(outgoing) = outgoing {
            outbound.push(self.send(turn, request.person, answer.entry, outgoing));
        }
        let seq = answer.entry;
        if let (Some(key), Some(content)) = (request.key.clone(), content) {
            turn.keyed(KeyRow { key, content, seq });
        }
        if let Event::Forestalled(forestalled) = &answer.event {
            let (key, content) = (forestalled.key.clone(), Request::FORESTALLED.to_owned());
            turn.keyed(KeyRow { key, content, seq });
        }
        Ok(answer)
    }

    /// The stored answer of a request that comes again.
    fn again(&self, turn: &Turn<'_>, known: &KeyRow, content: &str) -> Result<Answer, Refused> {
        if known.content == Request::FORESTALLED {
            return Err(Refused::Forestalled(known.key.clone()));
        }
        if known.content != *content {
            return Err(Refused::KeyReused(known.key.clone()));
        }
        let in_batch = turn.batch.entries.iter().find(|e| e.seq == known.seq);
        let entry = in_batch.or_else(|| turn.entries.get(&known.seq));
        let lost = || Refused::Unavailable(format!("entry {} is not there", known.seq));
        Answer::of(self.lane, entry.ok_or_else(lost)?.clone()).map_err(Refused::Unavailable)
    }

    fn tried(&self, draft: Draft) -> Answer {
        Answer {
            lane: self.lane,
            entry: 0,
            day: draft.day,
            party: draft.party,
            about: draft.about,
            at: None,
            policy: draft.policy,
            postings: draft.postings,
            event: draft.event,
            who: None,
        }
    }

    /// Applies a draft to what is in hand, as the next entry.
    fn record(
        &mut self,
        turn: &mut Turn<'_>,
        request: &Request,
        mut draft: Draft,
    ) -> Result<Answer, Refused> {
        let broken = |found: String| Refused::Unavailable(found);
        let person = turn.persons.get_mut(&request.person);
        let person = person.ok_or(Refused::NoPerson(request.person))?;
        if let Event::GrantGiven(given) = &mut draft.event {
            given.lane = self.lane_of(given.to).digits();
        }
        let mut state = person.state.clone().unwrap_or_default();
        let at = request.at.and_then(moment::whole);
        let record = draft.event.write(state.last, at);
        let record = record.map_err(|e| broken(e.to_string()))?;
        let entry = self.books.next(&draft, request.person, record);
        let applied = state.apply(&entry, &draft.event);
        let applied = applied.map_err(|e| e.to_string());
        let after = applied.and_then(|()| {
            let visit = turn.visit_after(&entry, &draft)?;
            let original = turn.entry(entry.about);
            Ok((visit, slip::of(&entry, &draft.event, at, original)?))
        });
        let (visit, slip) = match after {
            Ok(after) => after,
            Err(found) => {
                self.books.forget(&entry);
                return Err(broken(found));
            }
        };
        if let Some((visit, state)) = visit {
            turn.visits.insert(visit, Some((request.person, state)));
            turn.touched.insert(visit);
        }
        let key = request.key.clone().unwrap_or_default();
        turn.batch
            .slips
            .extend(slip.map(|slip| SlipRow { key, ..slip }));
        let person = turn
            .persons
            .entry(request.person)
            .or_insert_with(Person::nobody);
        if let Some(lookup) = &request.lookup {
            person.lookup.clone_from(lookup);
        }
        person.state = Some(state);
        person.changed = true;
        if let Event::Enrolled(enrolled) = &draft.event
            && let Some(sealed) = &enrolled.sealed
        {
            turn.sealed.insert(request.person, sealed.clone());
            turn.batch.identities.push(store::IdentityRow {
                person: request.person,
                sealed: sealed.clone(),
            });
        }
        let answer = Answer {
            lane: self.lane,
            entry: entry.seq,
            day: entry.day,
            party: entry.party.clone(),
            about: entry.about,
            at,
            policy: entry.policy,
            postings: draft.postings,
            event: draft.event,
            who: None,
        };
        turn.batch.entries.push(entry);
        Ok(answer)
    }

    /// Puts a message into the outbox; its number is that of the entry that sends it.
    fn send(&self, turn: &mut Turn<'_>, from: u64, entry: u64, outgoing: Outgoing) -> Outbound {
        let message = match outgoing {
            Outgoing::Plain(message) => message,
            Outgoing::Grant { to, amount, on } => Message::Granted {
                person: to,
                grant: (self.lane.digits(), entry),
                from,
                amount,
                on,
            },
        };
        let to = match &message {
            Message::Returned { grant, .. } => LaneId::of_digits(grant.0).unwrap_or(self.lane),
            _ => self.lane_of(message.person()),
        };
        turn.batch.outbox.push(OutboxRow {
            number: entry,
            to,
            body: serde_json::to_string(&message).unwrap_or_default(),
        });
        Outbound {
            number: entry,
            to,
            message,
        }
    }

    fn lane_of(&self, person: u64) -> LaneId {
        lane_of(self.lane, self.lanes, person)
    }

    fn commit(&mut self, turn: Turn<'_>) -> Result<(), StoreError> {
        let mut batch = turn.batch;
        for (number, person) in turn.persons {
            if let Some(state) = person.state.filter(|_| person.changed) {
                batch.persons.push(store::PersonRow {
                    person: number,
                    lookup: person.lookup,
                    state: state.write().unwrap_or_default(),
                });
            }
        }
        // In the order of the table, so that neighbours are written together.
        batch.persons.sort_by_key(|row| row.person);
        for (number, visit) in turn.visits {
            if let Some((person, state)) = visit
                && turn.touched.contains(&number)
            {
                batch.visits.push(store::VisitRow {
                    visit: number,
                    person,
                    state: serde_json::to_string(&state).unwrap_or_default(),
                });
            }
        }
        batch.visits.sort_by_key(|row| row.visit);
        self.books.close(&mut batch);
        if batch.is_empty() {
            return Ok(());
        }
        self.store.commit(&batch)
    }
}

impl Person {
    fn nobody() -> Person {
        Person {
            lookup: String::new(),
            state: None,
            changed: false,
        }
    }
}

impl Turn<'_> {
    fn keyed(&mut self, row: KeyRow) {
        self.keys.insert(row.key.clone(), row.clone());
        self.batch.keys.push(row);
    }

    fn decide(&self, request: &Request) -> Result<Draft, Refused> {
        let person = self.persons.get(&request.person);
        let person = person.ok_or(Refused::NoPerson(request.person))?;
        if let Some(lookup) = &request.lookup
            && person.state.is_some()
            // Somebody whom only a message has reached has none yet.
            && !person.lookup.is_empty()
            && person.lookup != *lookup
        {
            return Err(Refused::NumberTaken(request.person));
        }
        let undone = request.act.undoes().and_then(|key| self.keys.get(key));
        let entry = request.act.entry().or(undone.map(|row| row.seq));
        let entry = entry.and_then(|number| self.entry(number));
        let visit = request.act.visit().or_else(|| visit_of(entry?));
        let visit = visit.and_then(|number| self.visits.get(&number)?.as_ref());
        let visit = visit.filter(|(person, _)| *person == request.person);
        decide(
            &Known {
                office: self.office,
                person: request.person,
                state: person.state.as_ref(),
                visit: visit.map(|(_, state)| state),
                entry,
                trial: request.trial,
                by: request.by.as_deref(),
            },
            &request.act,
        )
    }

    /// An entry of this batch, or one that was loaded.
    fn entry(&self, number: u64) -> Option<&EntryRow> {
        let entries = &self.batch.entries;
        let in_batch = entries.binary_search_by_key(&number, |entry| entry.seq);
        let in_batch = in_batch.ok().and_then(|at| entries.get(at));
        in_batch.or_else(|| self.entries.get(&number))
    }

    /// The visit that an entry changes, as it is afterwards.
    fn visit_after(
        &self,
        entry: &EntryRow,
        draft: &Draft,
    ) -> Result<Option<(u64, VisitState)>, String> {
        if let Event::VisitOpened(opened) = &draft.event {
            return Ok(Some((entry.seq, VisitState::opened(&opened.care))));
        }
        let Some(number) = VisitState::of(&draft.event) else {
            return Ok(None);
        };
        let visit = self.visits.get(&number).and_then(Option::as_ref);
        let Some((_, visit)) = visit else {
            return Err(format!("visit {number} is not there"));
        };
        let mut visit = visit.clone();
        visit.apply(entry, &draft.event)?;
        Ok(Some((number, visit)))
    }
}

/// What rows name that is not loaded with them.
fn named(loaded: &Loaded) -> Ask {
    let entries = loaded.entries.iter().flatten();
    Ask {
        entries: loaded.keys.iter().flatten().map(|key| key.seq).collect(),
        visits: entries.filter_map(visit_of).collect(),
        ..Ask::default()
    }
}

/// The visit that an entry opened, or is about.
fn visit_of(entry: &EntryRow) -> Option<u64> {
    match Answer::of_record(entry)? {
        Event::VisitOpened(_) => Some(entry.seq),
        event => VisitState::of(&event),
    }
}

/// The lane of a person: by the person's number, which comes from a keyed hash.
pub(crate) fn lane_of(lane: LaneId, lanes: u8, person: u64) -> LaneId {
    let number = person % u64::from(lanes.max(1)) + 1;
    LaneId {
        region: lane.region,
        number: u8::try_from(number).unwrap_or(1),
    }
}

fn unavailable(asked: Vec<Asked>, error: StoreError) -> StoreError {
    for one in asked {
        (one.done)(Err(Refused::Unavailable(error.to_string())));
    }
    error
}

/// A message as a request to the lane that receives it; its key makes it arrive once.
pub(crate) fn received(from: LaneId, number: u64, message: &Message) -> Request {
    let key = format!("{}{from}:{number}", Request::OF_LANES);
    Request::keyed(message.person(), key, Act::Receive(message.clone()))
}
