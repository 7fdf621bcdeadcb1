//! `Mirror`: the books of an agency kept a second time: every entry is read, held against the laws, and added up slowly.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use agency::Agency;
use agency::office::Office;
use agency::record::Event;
use agency::state::PersonState;
use agency::visit::VisitState;
use domain::bill::Scheme;
use domain::ledger::{EntryKind, Posting};
use jiff::civil::Date;
use store::{Ask, BalanceRow, EntryRow, Hash, KeyRow, LaneId, START};

use super::laws;

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

/// What a lane has to show beside its entries.
struct Rows {
    entries: Vec<EntryRow>,
    keys: Vec<KeyRow>,
    balances: Vec<BalanceRow>,
    persons: Vec<(u64, Option<PersonState>)>,
    visits: Vec<(u64, u64, VisitState)>,
}

impl Mirror {
    /// Everything that the agency has recorded until now holds.
    pub(crate) fn of(agency: &Agency) -> Mirror {
        let mut mirror = Mirror::default();
        mirror.catch_up(agency, &mut |_| Ok(())).unwrap();
        mirror
    }

    /// Reads what is new in every lane, holds it against the laws, and the stored rows against the sums.
    pub(crate) fn catch_up(
        &mut self,
        agency: &Agency,
        judge: &mut dyn FnMut(&Case<'_>) -> Result<(), String>,
    ) -> Result<(), String> {
        let office = agency.office();
        for lane in agency.lane_ids() {
            let kept = self.lanes.entry(lane).or_insert_with(Kept::new);
            let rows = read(agency, lane, kept.head.0)?;
            let place = |e: String| format!("lane {lane}: {e}");
            for entry in &rows.entries {
                let seen = kept.follow(&office, lane, entry, judge).map_err(place)?;
                *self.seen.entry(seen).or_default() += 1;
            }
            kept.compare(&rows).map_err(place)?;
            for key in rows.keys {
                if !kept.entries.contains_key(&key.seq) {
                    return Err(format!("key {}: no entry {}", key.key, key.seq));
                }
                let here = (lane, key.seq);
                let known = self.keys.insert(key.key.clone(), here);
                if known.is_some_and(|known| known != here) {
                    return Err(format!("key {} was carried out twice", key.key));
                }
            }
        }
        Ok(())
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
        judge: &mut dyn FnMut(&Case<'_>) -> Result<(), String>,
    ) -> Result<String, String> {
        let place = |e: String| format!("entry {} ({}): {e}", entry.seq, entry.kind);
        if entry.seq != self.head.0 + 1 || entry.chained(lane, &self.head.1) != entry.hash {
            return Err(place("it breaks the chain".into()));
        }
        self.head = (entry.seq, entry.hash);
        let kind = EntryKind::from_code(&entry.kind).ok_or_else(|| place("no kind".into()))?;
        let (after, event) = Event::read(kind, &entry.record).map_err(|e| place(e.to_string()))?;
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
        let settled = match event {
            Event::Settled(settled) => Some(settled.clone()),
            Event::Reversed(_) => self
                .entries
                .get(&entry.about)
                .and_then(|of| Event::read(EntryKind::Settlement, &of.record).ok())
                .and_then(|(_, event)| match event {
                    Event::Settled(settled) => Some(settled),
                    _ => None,
                }),
            _ => None,
        };
        let parts = settled.map_or((0, 0), |settled| laws::parts(&settled));
        visit.apply(entry, event, parts)
    }

    /// What is stored beside the entries is what they add up to.
    fn compare(&self, rows: &Rows) -> Result<(), String> {
        let stored: BTreeMap<_, _> = rows
            .balances
            .iter()
            .map(|b| ((b.account.0, b.month), (b.debit.fen(), b.credit.fen())))
            .collect();
        if stored != self.balances {
            return Err("the table of balances is not the sum of the entries".into());
        }
        for (person, state) in &rows.persons {
            let held = self.persons.get(person).map(|held| &held.state);
            if held != state.as_ref() {
                return Err(format!(
                    "person {person} is stored as {state:#?}\nand the entries come to {held:#?}"
                ));
            }
        }
        for (number, person, visit) in &rows.visits {
            if self.visits.get(number) != Some(&(*person, visit.clone())) {
                return Err(format!("visit {number} is not what its entries come to"));
            }
        }
        if rows.visits.len() != self.visits.len() {
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
        self.years.retain(|_, sum| *sum != 0);
        Ok(())
    }

    pub(crate) fn account(&self, account: u16) -> i128 {
        self.money.get(&account).copied().unwrap_or(0)
    }
}

/// All that a lane has, of one moment.
fn read(agency: &Agency, lane: LaneId, known: u64) -> Result<Rows, String> {
    let rows = agency.read(lane, move |store| {
        let entries = store.entries(known + 1, u32::MAX)?;
        let touched: BTreeSet<u64> = match known {
            0 => store
                .persons(None, u32::MAX)?
                .iter()
                .map(|row| row.person)
                .collect(),
            _ => entries.iter().map(|entry| entry.person).collect(),
        };
        let persons: Vec<u64> = touched.into_iter().collect();
        let ask = Ask {
            persons: persons.clone(),
            ..Ask::default()
        };
        let loaded = store.load(&ask)?;
        Ok((
            entries,
            store.keys("", u32::MAX)?,
            store.balances()?,
            persons.into_iter().zip(loaded.persons).collect::<Vec<_>>(),
            store.visits(0, u32::MAX)?,
        ))
    });
    let (entries, keys, balances, persons, visits) = rows.map_err(|e| e.to_string())?;
    let persons = persons.into_iter().map(|(number, row)| {
        let state = row.map(|row| PersonState::read(&row.state));
        state.transpose().map(|state| (number, state))
    });
    let visits = visits.into_iter().map(|row| {
        let state = serde_json::from_str(&row.state).map_err(|e| e.to_string())?;
        Ok((row.visit, row.person, state))
    });
    Ok(Rows {
        entries,
        keys,
        balances,
        persons: persons.collect::<Result<_, String>>()?,
        visits: visits.collect::<Result<_, String>>()?,
    })
}
