//! `Fold`: the entries of a lane from the first to the last, and what they come to.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::Fen;
use domain::ledger::{AccountNumber, EntryKind};
use jiff::civil::DateTime;
use store::{
    BalanceRow, EntryRow, Hash, Head, KeyRow, LaneId, PersonRow, START, SlipRow, VisitRow,
};

use super::Report;
use super::check::Check;
use super::laws::Laws;
use super::slips::Slips;
use crate::office::Office;
use crate::record::{Event, Told};
use crate::request::Request;
use crate::state::PersonState;
use crate::visit::VisitState;
use crate::writer::month;

/// What the entries of a lane have come to so far.
pub(super) struct Fold<'a> {
    laws: Laws<'a>,
    lane: LaneId,
    report: Report,
    hash: Hash,
    seq: u64,
    persons: HashMap<u64, PersonState>,
    visits: HashMap<u64, (u64, VisitState)>,
    /// Keys of requests that were forestalled, by the entries that did it.
    forestalled: HashMap<u64, String>,
    /// Reversals, to be laid beside what they take back.
    reversals: Vec<Reversal>,
    /// The last entry that a state or a key names which was recorded while the entries were read.
    youngest: u64,
    /// Entries that carried out a request with a key.
    keyed: HashSet<u64>,
    /// Entries that were taken back.
    taken_back: HashSet<u64>,
    sums: BTreeMap<(AccountNumber, u32), (Fen, Fen)>,
    slips: Slips,
}

/// A reversal, with what its entry tells.
pub(super) struct Reversal {
    pub(super) entry: EntryRow,
    /// The person has died: what comes back goes on in the same entry.
    pub(super) dead: bool,
    at: Option<DateTime>,
    event: Event,
}

impl<'a> Fold<'a> {
    pub(super) fn new(office: &'a Office, lane: LaneId) -> Fold<'a> {
        let report = Report {
            lanes: 1,
            ..Report::default()
        };
        Fold {
            laws: Laws { office, lane },
            lane,
            report,
            hash: START,
            seq: 0,
            persons: HashMap::new(),
            visits: HashMap::new(),
            forestalled: HashMap::new(),
            reversals: Vec::new(),
            youngest: 0,
            keyed: HashSet::new(),
            taken_back: HashSet::new(),
            sums: BTreeMap::new(),
            slips: Slips::default(),
        }
    }

    /// The next entry.
    pub(super) fn entry(&mut self, entry: EntryRow) {
        self.report.entries += 1;
        self.report.postings += entry.postings.len() as u64;
        let follows =
            entry.seq == self.seq + 1 && entry.chained(self.lane, &self.hash) == entry.hash;
        self.report.check(Check::Chain, self.lane, follows, || {
            format!(
                "entry {}: its hash does not follow from it and entry {}",
                entry.seq, self.seq
            )
        });
        self.seq = entry.seq;
        self.hash = entry.hash;
        let month = month(entry.day);
        for posting in &entry.postings {
            self.sums.entry((posting.debit, month)).or_default().0 += posting.amount;
            self.sums.entry((posting.credit, month)).or_default().1 += posting.amount;
        }
        if let Err(found) = self.applied(&entry) {
            self.report.check(Check::Form, self.lane, false, || {
                format!("entry {}: {found}", entry.seq)
            });
        } else {
            self.report.check(Check::Form, self.lane, true, String::new);
        }
    }

    fn applied(&mut self, entry: &EntryRow) -> Result<(), String> {
        let kind = EntryKind::from_code(&entry.kind).ok_or("its kind is not known")?;
        let told = Event::read(kind, &entry.record).map_err(|e| e.to_string())?;
        let Told { after, at, event } = told;
        let state = self.persons.entry(entry.person).or_default();
        if state.last != after {
            return Err(format!(
                "it says that entry {after} came before it, and {} did",
                state.last
            ));
        }
        // The laws look at the state as it was before the entry.
        let (laws, report) = (&self.laws, &mut self.report);
        laws.decided(report, entry, state, &event);
        match &event {
            Event::Settled(settled) => {
                laws.settled(report, entry, state, settled);
                self.slips.derive(entry, &event, at, None);
            }
            Event::Credit(_) => laws.credited(report, entry, state, &event),
            Event::Reversed(_) => self.reversals.push(Reversal {
                entry: entry.clone(),
                dead: state.heir.is_some(),
                at,
                event: event.clone(),
            }),
            _ => {}
        }
        if let Event::Forestalled(forestalled) = &event {
            self.forestalled.insert(entry.seq, forestalled.key.clone());
        }
        let applied = state.apply(entry, &event).map_err(|e| e.found);
        report.check(Check::NeverNegative, self.lane, applied.is_ok(), || {
            applied.clone().err().unwrap_or_default()
        });
        applied?;
        self.visited(entry, &event)
    }

    /// The reversals so far, to be laid beside what they take back.
    pub(super) fn reversals(&mut self) -> Vec<Reversal> {
        std::mem::take(&mut self.reversals)
    }

    /// Reversals and what they take back.
    pub(super) fn mirrored(&mut self, reversals: &[Reversal], originals: &[Option<EntryRow>]) {
        for (reversal, original) in reversals.iter().zip(originals) {
            let original = original.as_ref();
            let Reversal {
                entry, at, event, ..
            } = reversal;
            self.slips.derive(entry, event, *at, original);
            let once = self.taken_back.insert(entry.about);
            let original = original.filter(|_| once).map(|entry| &*entry.postings);
            self.laws.reversed(&mut self.report, reversal, original);
        }
    }

    fn visited(&mut self, entry: &EntryRow, event: &Event) -> Result<(), String> {
        if let Event::VisitOpened(opened) = event {
            let visit = VisitState::opened(&opened.care);
            self.visits.insert(entry.seq, (entry.person, visit));
            return Ok(());
        }
        let Some(number) = VisitState::of(event) else {
            return Ok(());
        };
        let visit = self.visits.get_mut(&number);
        let (_, visit) = visit.ok_or_else(|| format!("visit {number} was not opened"))?;
        visit.apply(entry, event)
    }

    /// A row that breaks its form.
    pub(super) fn damaged(&mut self, table: &str, row: &str, found: &str) {
        self.report.check(Check::Chain, self.lane, false, || {
            format!("{table}, row {row}: {found}")
        });
    }

    /// Entries that are not there.
    pub(super) fn missing(&mut self, from: u64, until: u64) {
        self.report.check(Check::Chain, self.lane, false, || {
            format!("entries {from} to {until} are not there")
        });
    }

    /// Where the chain ends.
    pub(super) fn end(&mut self, head: &Head) {
        let holds = (self.seq, self.hash) == (head.seq, head.hash);
        self.report.check(Check::Chain, self.lane, holds, || {
            format!(
                "the chain ends at entry {}, and the lane at {}",
                self.seq, head.seq
            )
        });
        self.report.persons = self.persons.len() as u64;
    }

    /// Are the entries read all there are?
    pub(super) fn reached(&self, head: &Head) -> bool {
        self.seq == head.seq
    }

    /// A person's stored state, if it is not younger than the entries read.
    pub(super) fn person(&mut self, row: &PersonRow) {
        let stored = PersonState::read(&row.state);
        if let Some(stored) = stored.as_ref().ok().filter(|stored| stored.last > self.seq) {
            self.youngest = self.youngest.max(stored.last);
            self.persons.remove(&row.person);
            return;
        }
        let derived = self.persons.remove(&row.person);
        let holds = stored.ok() == derived;
        self.report.check(Check::Persons, self.lane, holds, || {
            format!(
                "person {}: the stored state is not that of the entries",
                row.person
            )
        });
    }

    /// Where the lane stands when all states are read: no state and no key may name an entry beyond it.
    pub(super) fn ends(&mut self, head: &Head) {
        let (youngest, last) = (self.youngest, head.seq);
        self.report
            .check(Check::Persons, self.lane, youngest <= last, || {
                format!("a state or a key names entry {youngest}, and the last one is {last}")
            });
    }

    /// Persons of whom there are entries and no state.
    pub(super) fn lost_persons(&mut self) {
        for person in std::mem::take(&mut self.persons).into_keys() {
            self.report.check(Check::Persons, self.lane, false, || {
                format!("person {person}: there is no stored state")
            });
        }
    }

    /// A visit's stored state.
    pub(super) fn visit(&mut self, row: &VisitRow) {
        let Some((person, derived)) = self.visits.remove(&row.visit) else {
            let younger = row.visit > self.seq;
            self.report.check(Check::Visits, self.lane, younger, || {
                format!("visit {}: no entry opened it", row.visit)
            });
            return;
        };
        let stored: Option<VisitState> = serde_json::from_str(&row.state).ok();
        let holds = person == row.person && stored.as_ref() == Some(&derived);
        self.report.check(Check::Visits, self.lane, holds, || {
            format!(
                "visit {}: the stored state is not that of the entries",
                row.visit
            )
        });
    }

    /// A request that was carried out.
    pub(super) fn key(&mut self, row: &KeyRow) {
        self.youngest = self.youngest.max(row.seq);
        // An entry that forestalls a request has the key of that request beside its own.
        let forestalls = row.content == Request::FORESTALLED
            && self.forestalled.remove(&row.seq) == Some(row.key.clone());
        if !forestalls && let Some(found) = self.slips.key(row) {
            self.report
                .check(Check::Slips, self.lane, false, move || found);
        }
        let holds = row.seq >= 1 && (forestalls || self.keyed.insert(row.seq));
        self.report.check(Check::Once, self.lane, holds, || {
            format!(
                "key {}: it names entry {}, which is none or has another key",
                row.key, row.seq
            )
        });
    }

    /// A slip, if it is not younger than the entries read.
    pub(super) fn slip(&mut self, row: &SlipRow) {
        if row.seq <= self.seq {
            let found = self.slips.compare(row);
            let holds = found.is_none();
            self.report
                .check(Check::Slips, self.lane, holds, || found.unwrap_or_default());
        }
    }

    /// Settlements without a slip, and slips that name a key which is none.
    pub(super) fn lost_slips(&mut self) {
        for found in std::mem::take(&mut self.slips).lost() {
            self.report
                .check(Check::Slips, self.lane, false, move || found);
        }
    }

    /// The sums by account and month.
    pub(super) fn balances(&mut self, rows: &[BalanceRow]) {
        let mut derived = std::mem::take(&mut self.sums);
        for row in rows {
            let sums = derived
                .remove(&(row.account, row.month))
                .unwrap_or_default();
            let holds = sums == (row.debit, row.credit);
            self.report.check(Check::Balances, self.lane, holds, || {
                format!(
                    "account {} in {}: {} and {} stored, {} and {} by the entries",
                    row.account.0,
                    row.month,
                    row.debit.fen(),
                    row.credit.fen(),
                    sums.0.fen(),
                    sums.1.fen()
                )
            });
        }
        for ((account, month), _) in derived {
            self.report.check(Check::Balances, self.lane, false, || {
                format!("account {} in {month}: no sums are stored", account.0)
            });
        }
    }

    pub(super) fn report(self) -> Report {
        self.report
    }
}
