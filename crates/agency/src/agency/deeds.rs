//! What the office writes of its own people: deeds, operators, proposals. A change and the deed that makes it are one commit.

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::{Batch, LaneStore, ListedRow, StoreError};

use super::Agency;
use super::history::damaged;
use crate::deed::Deed;
use crate::operator::{Operator, Right};
use crate::proposal::{Decision, NotDecided, NotProposed, Proposal, Stand};

const OPERATOR: &str = "operator";
const PROPOSAL: &str = "proposal";
const DESK: &str = "desk";
/// What is replaced by its code alone stands under this day.
const ALWAYS: Date = Date::constant(2000, 1, 1);
/// Deeds that are read at once, and how often for one question, so that the office is not held up for long.
const PAGE: u64 = 500;
const PAGES: u32 = 20;
/// So many proposals may wait.
const MOST_OPEN: usize = 500;
/// So many decided proposals are still shown.
const SHOWN: usize = 100;

/// Why an operator is not made or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotChanged {
    /// There is one of this name.
    Exists,
    /// There is none of this name.
    Absent,
    /// Somebody must be left who manages operators.
    Last,
    /// Somebody else has changed it meanwhile.
    Meanwhile,
}

/// The proposals that wait, and the last ones that do not, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Desk {
    open: Vec<u64>,
    decided: Vec<u64>,
}

/// Which deeds are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeedAsk {
    /// Only those before this number.
    pub before: Option<u64>,
    /// Only those of this operator.
    pub by: Option<String>,
    /// Only those about this person.
    pub person: Option<u64>,
    /// At most so many.
    pub most: usize,
}

/// Deeds that were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deeds {
    /// With their numbers, the last one first.
    pub found: Vec<(u64, Deed)>,
    /// Those before this number were not looked at.
    pub before: Option<u64>,
}

/// A proposal with its number.
pub type Numbered = (u64, Proposal);

impl Agency {
    /// Writes a deed down; `done` is called in the office's thread when it is durable, with its number.
    pub fn deed(&self, deed: Deed, done: impl FnOnce(Result<u64, StoreError>) + Send + 'static) {
        let write = move |store: &mut dyn LaneStore| written(store, &deed, Vec::new());
        self.read_then(self.office_lane(), write, done);
    }

    /// Deeds, the last one first.
    pub fn deeds(
        &self,
        ask: DeedAsk,
        done: impl FnOnce(Result<Deeds, StoreError>) + Send + 'static,
    ) {
        let read = move |store: &mut dyn LaneStore| deeds(store, &ask);
        self.read_then(self.office_lane(), read, done);
    }

    /// All operators by name, also those who have left.
    pub fn operators(&self, done: impl FnOnce(Result<Vec<Operator>, StoreError>) + Send + 'static) {
        self.read_then(self.office_lane(), operators, done);
    }

    /// The operator of a name.
    pub fn operator(
        &self,
        name: String,
        done: impl FnOnce(Result<Option<Operator>, StoreError>) + Send + 'static,
    ) {
        let read = move |store: &mut dyn LaneStore| kept(store, OPERATOR, &name);
        self.read_then(self.office_lane(), read, done);
    }

    /// Makes an operator; not in place of another of that name.
    pub fn make_operator(
        &self,
        operator: Operator,
        deed: Deed,
        done: impl FnOnce(Result<Result<(), NotChanged>, StoreError>) + Send + 'static,
    ) {
        let write = move |store: &mut dyn LaneStore| {
            if kept::<Operator>(store, OPERATOR, &operator.name)?.is_some() {
                return Ok(Err(NotChanged::Exists));
            }
            let row = row(store, OPERATOR, &operator.name, &operator)?;
            written(store, &deed, vec![row])?;
            Ok(Ok(()))
        };
        self.read_then(self.office_lane(), write, done);
    }

    /// Puts an operator in place of the one before: its version is told, so that nobody's change is lost. Somebody is left who manages.
    pub fn change_operator(
        &self,
        operator: Operator,
        deed: Deed,
        done: impl FnOnce(Result<Result<(), NotChanged>, StoreError>) + Send + 'static,
    ) {
        let write = move |store: &mut dyn LaneStore| {
            let all = operators(store)?;
            let Some(before) = all.iter().find(|one| one.name == operator.name) else {
                return Ok(Err(NotChanged::Absent));
            };
            if before.version != operator.version {
                return Ok(Err(NotChanged::Meanwhile));
            }
            let others = all.iter().filter(|one| one.name != operator.name);
            let manages = |one: &Operator| one.may(Right::Manage);
            if manages(before) && !manages(&operator) && !others.into_iter().any(manages) {
                return Ok(Err(NotChanged::Last));
            }
            let version = operator.version.saturating_add(1);
            let operator = Operator {
                version,
                ..operator
            };
            let row = row(store, OPERATOR, &operator.name, &operator)?;
            written(store, &deed, vec![row])?;
            Ok(Ok(()))
        };
        self.read_then(self.office_lane(), write, done);
    }

    /// Proposes, if the same does not wait already; the number of the deed is that of the proposal.
    pub fn propose(
        &self,
        proposal: Proposal,
        deed: Deed,
        done: impl FnOnce(Result<Result<u64, NotProposed>, StoreError>) + Send + 'static,
    ) {
        let write = move |store: &mut dyn LaneStore| proposed(store, &proposal, &deed);
        self.read_then(self.office_lane(), write, done);
    }

    /// Decides on a proposal; gives it as it stands then.
    pub fn decide(
        &self,
        number: u64,
        decision: Decision,
        deed: Deed,
        done: impl FnOnce(Result<Result<Proposal, NotDecided>, StoreError>) + Send + 'static,
    ) {
        let write = move |store: &mut dyn LaneStore| decided(store, number, decision, &deed);
        self.read_then(self.office_lane(), write, done);
    }

    /// A proposal.
    pub fn proposal(
        &self,
        number: u64,
        done: impl FnOnce(Result<Option<Proposal>, StoreError>) + Send + 'static,
    ) {
        let read = move |store: &mut dyn LaneStore| kept(store, PROPOSAL, &code(number));
        self.read_then(self.office_lane(), read, done);
    }

    /// The proposals that wait, the first one first, and the last ones that do not, the last one first.
    pub fn proposals(
        &self,
        done: impl FnOnce(Result<(Vec<Numbered>, Vec<Numbered>), StoreError>) + Send + 'static,
    ) {
        let read = move |store: &mut dyn LaneStore| {
            let desk: Desk = kept(store, DESK, DESK)?.unwrap_or_default();
            let open = numbered(store, desk.open)?;
            Ok((open, numbered(store, desk.decided)?))
        };
        self.read_then(self.office_lane(), read, done);
    }
}

fn operators(store: &mut dyn LaneStore) -> Result<Vec<Operator>, StoreError> {
    let rows = store.listed(OPERATOR)?;
    rows.iter().map(|row| read(store, row)).collect()
}

fn proposed(
    store: &mut dyn LaneStore,
    proposal: &Proposal,
    deed: &Deed,
) -> Result<Result<u64, NotProposed>, StoreError> {
    let number = store.head()?.seq + 1;
    let mut desk: Desk = kept(store, DESK, DESK)?.unwrap_or_default();
    if desk.open.len() >= MOST_OPEN {
        return Ok(Err(NotProposed::TooMany(MOST_OPEN)));
    }
    let open = numbered(store, desk.open.clone())?;
    if let Some((waits, _)) = open.iter().find(|(_, one)| one.is_like(proposal)) {
        return Ok(Err(NotProposed::Waits(*waits)));
    }
    desk.open.push(number);
    let rows = vec![
        row(store, PROPOSAL, &code(number), proposal)?,
        row(store, DESK, DESK, &desk)?,
    ];
    written(store, deed, rows).map(Ok)
}

fn decided(
    store: &mut dyn LaneStore,
    number: u64,
    decision: Decision,
    deed: &Deed,
) -> Result<Result<Proposal, NotDecided>, StoreError> {
    let Some(proposal) = kept::<Proposal>(store, PROPOSAL, &code(number))? else {
        return Ok(Err(NotDecided::Absent));
    };
    let proposal = match decision.of(proposal, &deed.by) {
        Ok(proposal) => proposal,
        Err(why) => return Ok(Err(why)),
    };
    let mut rows = vec![row(store, PROPOSAL, &code(number), &proposal)?];
    if !matches!(proposal.stand, Stand::Open | Stand::Approved) {
        let mut desk: Desk = kept(store, DESK, DESK)?.unwrap_or_default();
        desk.open.retain(|open| *open != number);
        desk.decided.insert(0, number);
        desk.decided.truncate(SHOWN);
        rows.push(row(store, DESK, DESK, &desk)?);
    }
    written(store, deed, rows)?;
    Ok(Ok(proposal))
}

fn numbered(store: &mut dyn LaneStore, numbers: Vec<u64>) -> Result<Vec<Numbered>, StoreError> {
    let mut all = Vec::new();
    for number in numbers {
        let proposal = kept(store, PROPOSAL, &code(number))?;
        all.extend(proposal.map(|proposal| (number, proposal)));
    }
    Ok(all)
}

/// The entry and what it changes, at once.
fn written(
    store: &mut dyn LaneStore,
    deed: &Deed,
    listed: Vec<ListedRow>,
) -> Result<u64, StoreError> {
    let (lane, head) = (store.lane(), store.head()?);
    let entry = deed.entry(lane, &head);
    let entry = entry.map_err(|found| damaged(lane, "entry", head.seq + 1, found))?;
    let number = entry.seq;
    store.commit(&Batch {
        entries: vec![entry],
        listed,
        ..Batch::default()
    })?;
    Ok(number)
}

fn deeds(store: &mut dyn LaneStore, ask: &DeedAsk) -> Result<Deeds, StoreError> {
    let (lane, head) = (store.lane(), store.head()?);
    let end = head.seq + 1;
    let mut before = ask.before.map_or(end, |before| before.clamp(1, end));
    let mut all = Deeds::default();
    for _ in 0..PAGES {
        if before <= 1 {
            return Ok(all);
        }
        let first = before.saturating_sub(PAGE).max(1);
        let count = u32::try_from(before - first).unwrap_or(u32::MAX);
        for entry in store.entries(first, count)?.into_iter().rev() {
            if all.found.len() >= ask.most {
                all.before = Some(entry.seq + 1);
                return Ok(all);
            }
            let deed = Deed::of(&entry);
            let deed = deed.map_err(|found| damaged(lane, "entry", entry.seq, found))?;
            let by = ask.by.as_ref().is_none_or(|by| *by == deed.by);
            if by && (ask.person.is_none() || ask.person == deed.person) {
                all.found.push((entry.seq, deed));
            }
        }
        before = first;
    }
    all.before = Some(before).filter(|before| *before > 1);
    Ok(all)
}

/// Numbers in their order as texts.
fn code(number: u64) -> String {
    format!("{number:012}")
}

fn kept<T: DeserializeOwned>(
    store: &mut dyn LaneStore,
    kind: &str,
    code: &str,
) -> Result<Option<T>, StoreError> {
    let rows = store.listed_like(kind, code, u32::MAX)?;
    let row = rows.into_iter().find(|row| row.code == code);
    row.map(|row| read(store, &row)).transpose()
}

fn read<T: DeserializeOwned>(store: &dyn LaneStore, row: &ListedRow) -> Result<T, StoreError> {
    let found = |e: serde_json::Error| StoreError::Damaged {
        lane: store.lane(),
        table: "listed",
        row: format!("{} {}", row.kind, row.code),
        found: e.to_string(),
    };
    serde_json::from_str(&row.body).map_err(found)
}

fn row<T: Serialize>(
    store: &dyn LaneStore,
    kind: &str,
    code: &str,
    form: &T,
) -> Result<ListedRow, StoreError> {
    let found = |e: serde_json::Error| damaged(store.lane(), "listed", 0, e.to_string());
    Ok(ListedRow {
        kind: kind.to_owned(),
        code: code.to_owned(),
        from: ALWAYS,
        body: serde_json::to_string(form).map_err(found)?,
    })
}
