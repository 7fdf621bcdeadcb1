//! `Mirror`: the books of an agency kept a second time: every entry is read, held against the laws, and added up slowly.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use agency::Agency;
use agency::office::Office;
use agency::record::{Event, Told};
use agency::state::PersonState;
use agency::visit::VisitState;
use domain::bill::Scheme;
use domain::ledger::{EntryKind, Posting};
use jiff::civil::Date;
use store::{Ask, BalanceRow, EntryRow, Hash, KeyRow, LaneId, PersonRow, START, VisitRow};

use super::{laws, slips};

/// The books kept a second time.
#[derive(Default)]
pub(crate) struct Mirror {
    pub(crate) lanes: BTreeMap<LaneId, Kept>,
    /// Keys of all lanes, each with its lane and entry.
    keys: BTreeMap<String, (LaneId, u64)>,
    /// How many settlements, reversals and other entries were held against the laws.
    pub(crate) seen: BTreeMap<String, u64>,
}

/// One lane.
pub(crate) struct Kept {
    pub(crate) head: (u64, Hash),
    pub(crate) entries: BTreeMap<u64, EntryRow>,
    balances: BTreeMap<(u16, u32), (u64, u64)>,
    pub(crate) persons: BTreeMap<u64, Held>,
    visits: BTreeMap<u64, (u64, VisitState)>,
}

/// What one person has, by the postings alone and by the records.
#[derive(Clone, Default)]
pub(crate) struct Held {
    pub(crate) state: PersonState,
    /// Credited less debited, by account.
    pub(crate) money: BTreeMap<u16, i128>,
    /// The year's sums by scheme, first day and account `9sff`.
    pub(crate) years: BTreeMap<(Scheme, Date, u16), i128>,
}

/// An entry with what stood before it.
pub(crate) struct Case<'a> {
    pub(crate) office: &'a Office,
    pub(crate) before: &'a Held,
    pub(crate) entry: &'a EntryRow,
    pub(crate) event: &'a Event,
    /// The lane's entries before it.
    pub(crate) entries: &'a BTreeMap<u64, EntryRow>,
}

/// Looks at each entry with what stood before it.
pub(crate) type Judge<'a> = dyn FnMut(&Case<'_>) -> Result<(), String> + 'a;

/// A person's number and state as they are stored.
type Stored = (u64, Option<PersonState>);

/// What a lane has to show beside its entries.
struct Rows {
    entries: Vec<EntryRow>,
    balances: Vec<BalanceRow>,
    persons: Vec<Stored>,
}

impl Mirror {
    /// Everything that the agency has recorded until now holds.
    pub(crate) fn of(agency: &Agency) -> Mirror {
        let mut mirror = Mirror::default();
        mirror.prove(agency, &mut |_| Ok(())).unwrap();
        mirror
    }

    /// Reads what is new in every lane, holds it against the laws, and holds the persons that it touched and the table of balances
    /// against the sums.
    pub(crate) fn catch_up(
        &mut self,
        agency: &Agency,
        judge: &mut Judge<'_>,
    ) -> Result<(), String> {
        let office = agency.office();
        for lane in agency.lane_ids().skip(1) {
            let kept = self.lanes.entry(lane).or_insert_with(Kept::new);
            let rows = read(agency, lane, kept.head.0)?;
            let place = |e: String| format!("lane {lane}: {e}");
            for entry in &rows.entries {
                let seen = kept.follow(&office, lane, entry, judge).map_err(place)?;
                *self.seen.entry(seen).or_default() += 1;
            }
            kept.compare(&rows).map_err(place)?;
        }
        Ok(())
    }

    /// The same, and everything else that is stored: all persons, visits and keys. The agency's own audit must be clean, too.
    pub(crate) fn prove(&mut self, agency: &Agency, judge: &mut Judge<'_>) -> Result<(), String> {
        self.catch_up(agency, judge)?;
        for lane in agency.lane_ids().skip(1) {
            let place = |e: String| format!("lane {lane}: {e}");
            let kept = &self.lanes[&lane];
            let (keys, persons, visits) = read_all(agency, lane)?;
            kept.compare_persons(&persons).map_err(place)?;
            kept.compare_visits(&visits).map_err(place)?;
            slips::hold(agency, lane, &kept.entries, &keys).map_err(place)?;
            if persons.len() != kept.persons.len() {
                return Err(place("a person is missing".into()));
            }
            for key in keys {
                if !kept.entries.contains_key(&key.seq) {
                    return Err(place(format!("key {}: no entry {}", key.key, key.seq)));
                }
                let here = (lane, key.seq);
                let known = self.keys.insert(key.key.clone(), here);
                if known.is_some_and(|known| known != here) {
                    return Err(place(format!("key {} was carried out twice", key.key)));
                }
            }
        }
        let report = agency::audit::audit(agency, |_| {}).map_err(|e| e.to_string())?;
        if report.is_clean() {
            Ok(())
        } else {
            Err(format!("the audit finds {:#?}", report.breaks))
        }
    }

    /// Credited less debited over all lanes.
    pub(crate) fn balance(&self, account: u16) -> i128 {
        let lanes = self.lanes.values();
        let sums = lanes.flat_map(|kept| &kept.balances);
        let sums = sums.filter(|((number, _), _)| *number == account);
        sums.map(|(_, (debit, credit))| i128::from(*credit) - i128::from(*debit))
            .sum()
    }

    /// What a person has.
    pub(crate) fn person(&self, person: u64) -> &Held {
        let held = self
            .lanes
            .values()
            .find_map(|kept| kept.persons.get(&person));
        held.expect("a person of the agency")
    }

    /// Where each lane's chain stands.
    pub(crate) fn heads(&self) -> Vec<(u64, String)> {
        let heads = self.lanes.values();
        heads.map(|kept| (kept.head.0, kept.head.1.hex())).collect()
    }
}

impl Kept {
    fn new() -> Kept {
        Kept {
            head: (0, START),
            entries: BTreeMap::new(),
            balances: BTreeMap::new(),
            persons: BTreeMap::new(),
            visits: BTreeMap::new(),
        }
    }

    /// The lane's next entry; returns its kind.
    fn follow(
        &mut self,
        office: &Arc<Office>,
        lane: LaneId,
        entry: &EntryRow,
        judge: &mut Judge<'_>,
    ) -> Result<String, String> {
        let place = |e: String| format!("entry {} ({}): {e}", entry.seq, entry.kind);
        if entry.seq != self.head.0 + 1 || entry.chained(lane, &self.head.1) != entry.hash {
            return Err(place("it breaks the chain".into()));
        }
        self.head = (entry.seq, entry.hash);
        let kind = EntryKind::from_code(&entry.kind).ok_or_else(|| place("no kind".into()))?;
        let told = Event::read(kind, &entry.record).map_err(|e| place(e.to_string()))?;
        let Told { after, event, .. } = told;
        let held = self.persons.entry(entry.person).or_default();
        if held.state.last != after {
            return Err(place(format!(
                "it follows {after}, not {}",
                held.state.last
            )));
        }
        let case = Case {
            office,
            before: held,
            entry,
            event: &event,
            entries: &self.entries,
        };
        laws::hold(&case).map_err(place)?;
        judge(&case).map_err(place)?;
        held.apply(entry, &event).map_err(place)?;
        laws::hold_after(held, entry.person).map_err(place)?;
        self.visit(entry, &event).map_err(place)?;
        let (year, month) = (
            entry.day.year().unsigned_abs(),
            entry.day.month().unsigned_abs(),
        );
        let month = u32::from(year) * 100 + u32::from(month);
        for posting in &entry.postings {
            let (debit, credit) = (posting.debit.0, posting.credit.0);
            let sum = |account| (account, month);
            self.balances.entry(sum(debit)).or_default().0 += posting.amount.fen();
            self.balances.entry(sum(credit)).or_default().1 += posting.amount.fen();
        }
        self.entries.insert(entry.seq, entry.clone());
        Ok(entry.kind.clone())
    }

    fn visit(&mut self, entry: &EntryRow, event: &Event) -> Result<(), String> {
        if let Event::VisitOpened(opened) = event {
            let state = VisitState::opened(&opened.care);
            self.visits.insert(entry.seq, (entry.person, state));
        }
        let Some(number) = VisitState::of(event) else {
            return Ok(());
        };
        let (person, visit) = self.visits.get_mut(&number).ok_or("no such visit")?;
        if *person != entry.person {
            return Err("the visit is another person's".into());
        }
        visit.apply(entry, event)
    }

    /// The balances and the persons that were touched are what the entries add up to.
    fn compare(&self, rows: &Rows) -> Result<(), String> {
        let stored: BTreeMap<_, _> = rows
            .balances
            .iter()
            .map(|b| ((b.account.0, b.month), (b.debit.fen(), b.credit.fen())))
            .collect();
        if stored != self.balances {
            return Err("the table of balances is not the sum of the entries".into());
        }
        self.compare_persons(&rows.persons)
    }

    fn compare_persons(&self, persons: &[Stored]) -> Result<(), String> {
        for (person, state) in persons {
            let held = self.persons.get(person).map(|held| &held.state);
            if held != state.as_ref() {
                return Err(format!(
                    "person {person} is stored as {state:#?}\nand the entries come to {held:#?}"
                ));
            }
        }
        Ok(())
    }

    fn compare_visits(&self, visits: &[VisitRow]) -> Result<(), String> {
        for row in visits {
            let state = serde_json::from_str(&row.state).map_err(|e| e.to_string())?;
            if self.visits.get(&row.visit) != Some(&(row.person, state)) {
                return Err(format!(
                    "visit {} is not what its entries come to",
                    row.visit
                ));
            }
        }
        if visits.len() != self.visits.len() {
            return Err("a visit is missing".into());
        }
        Ok(())
    }
}

impl Held {
    fn apply(&mut self, entry: &EntryRow, event: &Event) -> Result<(), String> {
        self.state.apply(entry, event).map_err(|e| e.to_string())?;
        let scheme = match event {
            Event::Settled(settled) => Some(settled.scheme),
            Event::Reversed(reversed) => reversed.scheme,
            _ => None,
        };
        for Posting {
            debit,
            credit,
            amount,
            ..
        } in &entry.postings
        {
            let amount = i128::from(amount.fen());
            for (account, amount) in [(debit.0, -amount), (credit.0, amount)] {
                if !(8000..9999).contains(&account) {
                    *self.money.entry(account).or_default() += amount;
                    continue;
                }
                let year = entry.year.ok_or("no year")?;
                let before = account < 9000;
                let own = if before { account + 1000 } else { account };
                let first = Date::new(year.year() - i16::from(before), year.month(), year.day());
                let first = first.map_err(|e| e.to_string())?;
                let place = (scheme.ok_or("no scheme")?, first, own);
                *self.years.entry(place).or_default() -= amount;
            }
        }
        self.money.retain(|_, sum| *sum != 0);
        self.years.retain(|_, sum| *sum != 0);
        Ok(())
    }

    pub(crate) fn account(&self, account: u16) -> i128 {
        self.money.get(&account).copied().unwrap_or(0)
    }
}

/// Entries after the one that is known, what they touched, and the balances: of one moment.
fn read(agency: &Agency, lane: LaneId, known: u64) -> Result<Rows, String> {
    let rows = agency.read(lane, move |store| {
        let entries = store.entries(known + 1, u32::MAX)?;
        let touched: BTreeSet<u64> = entries.iter().map(|entry| entry.person).collect();
        let persons: Vec<u64> = touched.into_iter().collect();
        let ask = Ask {
            persons: persons.clone(),
            ..Ask::default()
        };
        let loaded = store.load(&ask)?;
        let persons: Vec<_> = persons.into_iter().zip(loaded.persons).collect();
        Ok((entries, store.balances()?, persons))
    });
    let (entries, balances, persons) = rows.map_err(|e| e.to_string())?;
    Ok(Rows {
        entries,
        balances,
        persons: states(persons)?,
    })
}

/// All keys, persons and visits of a lane.
#[expect(clippy::type_complexity, reason = "three lists")]
fn read_all(
    agency: &Agency,
    lane: LaneId,
) -> Result<(Vec<KeyRow>, Vec<Stored>, Vec<VisitRow>), String> {
    let rows = agency.read(lane, |store| {
        let persons = store.persons(None, u32::MAX)?;
        let (keys, visits) = (store.keys("", u32::MAX)?, store.visits(0, u32::MAX)?);
        Ok((keys, persons, visits))
    });
    let (keys, persons, visits) = rows.map_err(|e| e.to_string())?;
    let persons = persons.into_iter().map(|row| (row.person, Some(row)));
    Ok((keys, states(persons.collect())?, visits))
}

fn states(rows: Vec<(u64, Option<PersonRow>)>) -> Result<Vec<Stored>, String> {
    let states = rows.into_iter().map(|(number, row)| {
        let state = row.map(|row| PersonState::read(&row.state));
        state.transpose().map(|state| (number, state))
    });
    states.collect()
}
