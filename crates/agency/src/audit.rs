//! `audit`: derives everything anew from the entries of each lane, checks the laws of the domain, and says what was checked.

mod check;
mod fold;
mod json;
mod laws;
mod office;
mod slips;

use std::collections::BTreeMap;

use domain::ledger::{AccountNumber, LedgerAccount};
use store::{Ask, BalanceRow, EntryRow, LaneId, LaneStore, StoreError};

use crate::act::Message;
use crate::agency::Agency;

use fold::Fold;

pub use check::Check;

/// Breaks that are told in full; the others are only counted.
const TOLD: usize = 100;
/// Rows that are read at once.
const PAGE: u32 = 4096;

/// What was checked, and what did not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Lanes.
    pub lanes: u64,
    /// Entries.
    pub entries: u64,
    /// Postings.
    pub postings: u64,
    /// Persons.
    pub persons: u64,
    /// By check: how many times it was made, and how many times it did not hold.
    pub checks: BTreeMap<Check, (u64, u64)>,
    /// The first breaks.
    pub breaks: Vec<Break>,
}

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// Which check.
    pub check: Check,
    /// In which lane.
    pub lane: LaneId,
    /// What, with the entry, person or account.
    pub found: String,
}

impl Report {
    /// Does everything hold?
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.checks.values().all(|(_, broken)| *broken == 0)
    }

    /// Counts one check.
    pub(crate) fn check(
        &mut self,
        check: Check,
        lane: LaneId,
        holds: bool,
        found: impl FnOnce() -> String,
    ) {
        let counts = self.checks.entry(check).or_default();
        counts.0 += 1;
        if !holds {
            counts.1 += 1;
            if self.breaks.len() < TOLD {
                let found = found();
                self.breaks.push(Break { check, lane, found });
            }
        }
    }

    fn add(&mut self, other: Report) {
        self.lanes += other.lanes;
        self.entries += other.entries;
        self.postings += other.postings;
        self.persons += other.persons;
        for (check, (made, broken)) in other.checks {
            let counts = self.checks.entry(check).or_default();
            counts.0 += made;
            counts.1 += broken;
        }
        let room = TOLD.saturating_sub(self.breaks.len());
        self.breaks.extend(other.breaks.into_iter().take(room));
    }
}

/// Derives everything anew from the entries of all lanes at once; `progress` is told entries read since the last time.
///
/// The agency may go on working: what is younger than the entries read is not compared.
///
/// # Errors
/// When a lane cannot be read. A changed byte is no error but a break in the report.
pub fn audit(agency: &Agency, progress: impl Fn(u64) + Sync) -> Result<Report, StoreError> {
    let mut report = Report::default();
    // What was on its way when the agency was opened arrives first.
    agency.settle_messages()?;
    let mut transit = Some(0_i128);
    if let Some(office) = agency.lane_ids().next() {
        report.add(office::audit_office(agency, office, &progress)?);
    }
    let lanes: Vec<LaneId> = agency.lane_ids().skip(1).collect();
    let audited: Vec<Result<(Report, Option<i128>), StoreError>> = std::thread::scope(|scope| {
        let threads: Vec<_> = lanes
            .iter()
            .map(|&lane| {
                let progress = &progress;
                scope.spawn(move || audit_lane(agency, lane, progress))
            })
            .collect();
        let joined = threads.into_iter().map(|thread| {
            thread.join().unwrap_or_else(|_| {
                Err(StoreError::Absent {
                    path: "audit".into(),
                })
            })
        });
        joined.collect()
    });
    for lane in audited {
        let (of_lane, in_transit) = lane?;
        report.add(of_lane);
        transit = transit.zip(in_transit).map(|(sum, of_lane)| sum + of_lane);
    }
    if let Some((transit, &lane)) = transit.zip(lanes.first()) {
        report.check(Check::Transit, lane, transit == 0, || {
            format!("{transit} fen more are in transit than messages carry")
        });
    }
    Ok(report)
}

fn audit_lane(
    agency: &Agency,
    lane: LaneId,
    progress: &(impl Fn(u64) + Sync),
) -> Result<(Report, Option<i128>), StoreError> {
    let office = agency.office();
    let head = agency.read(lane, |store| store.head())?;
    let mut fold = Fold::new(&office, lane);
    let mut from = 1;
    while from <= head.seq {
        let page: Result<Vec<EntryRow>, StoreError> =
            agency.read(lane, move |store| store.entries(from, PAGE));
        let page = match page {
            Err(StoreError::Damaged {
                table, row, found, ..
            }) => {
                fold.damaged(table, &row, &found);
                break;
            }
            page => page?,
        };
        let Some(last) = page.last() else {
            fold.missing(from, head.seq);
            break;
        };
        from = last.seq + 1;
        let seen = page.len() as u64;
        for entry in page.into_iter().filter(|entry| entry.seq <= head.seq) {
            fold.entry(entry);
        }
        progress(seen);
    }
    fold.end(&head);
    reversals(agency, lane, &mut fold)?;
    persons(agency, lane, &mut fold)?;
    visits(agency, lane, &mut fold)?;
    slips(agency, lane, &mut fold)?;
    keys(agency, lane, &mut fold)?;
    fold.lost_slips();
    fold.ends(&agency.read(lane, |store| store.head())?);
    let balances = agency.read(lane, |store| store.balances())?;
    let transit = transit(agency, lane, &balances)?;
    // Sums have no number of the entry that made them: while the agency goes on working they are ahead of the entries read.
    let still = agency.read(lane, |store| store.head())? == head;
    if still {
        fold.balances(&balances);
    }
    Ok((fold.report(), still.then_some(transit)))
}

fn persons(agency: &Agency, lane: LaneId, fold: &mut Fold<'_>) -> Result<(), StoreError> {
    let mut after = None;
    loop {
        let rows = agency.read(lane, move |store| store.persons(after, PAGE))?;
        let Some(last) = rows.last() else {
            fold.lost_persons();
            return Ok(());
        };
        after = Some(last.person);
        for row in rows {
            fold.person(&row);
        }
    }
}

/// What reversals take back is looked up when all entries are read: they are few, and the entries many.
fn reversals(agency: &Agency, lane: LaneId, fold: &mut Fold<'_>) -> Result<(), StoreError> {
    for page in fold.reversals().chunks(PAGE as usize) {
        let ask = Ask {
            entries: page.iter().map(|reversal| reversal.entry.about).collect(),
            ..Ask::default()
        };
        let originals = agency.read(lane, move |store| store.load(&ask))?.entries;
        fold.mirrored(page, &originals);
    }
    Ok(())
}

/// A visit does not say which entry it is of: once the agency has gone on, visits are not compared any more.
fn visits(agency: &Agency, lane: LaneId, fold: &mut Fold<'_>) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let page = move |store: &mut dyn LaneStore| Ok((store.visits(after, PAGE)?, store.head()?));
        let (rows, head) = agency.read(lane, page)?;
        let Some(last) = rows.last().filter(|_| fold.reached(&head)) else {
            return Ok(());
        };
        after = last.visit;
        for row in rows {
            fold.visit(&row);
        }
    }
}

fn slips(agency: &Agency, lane: LaneId, fold: &mut Fold<'_>) -> Result<(), StoreError> {
    let mut after = None;
    loop {
        let page = move |store: &mut dyn LaneStore| store.all_slips(after.as_ref(), PAGE);
        let rows = agency.read(lane, page)?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = Some(last.clone());
        for row in rows {
            fold.slip(&row);
        }
    }
}

fn keys(agency: &Agency, lane: LaneId, fold: &mut Fold<'_>) -> Result<(), StoreError> {
    let mut after = String::new();
    loop {
        let asked = after.clone();
        let rows = agency.read(lane, move |store| store.keys(&asked, PAGE))?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after.clone_from(&last.key);
        for row in rows {
            fold.key(&row);
        }
    }
}

/// What the lane has in transit beyond what its messages still carry: over all lanes together nothing.
fn transit(agency: &Agency, lane: LaneId, balances: &[BalanceRow]) -> Result<i128, StoreError> {
    let number: AccountNumber = LedgerAccount::InTransit.number();
    let of_account = balances.iter().filter(|row| row.account == number);
    let mut sum: i128 = of_account
        .map(|row| i128::from(row.credit.fen()) - i128::from(row.debit.fen()))
        .sum();
    let mut after = 0;
    loop {
        let rows = agency.read(lane, move |store| store.outbox(after, PAGE))?;
        let Some(last) = rows.last() else {
            return Ok(sum);
        };
        after = last.number;
        for row in rows {
            if let Ok(
                Message::Granted { amount, .. }
                | Message::Returned { amount, .. }
                | Message::Inherited { amount, .. },
            ) = serde_json::from_str(&row.body)
            {
                sum -= i128::from(amount.fen());
            }
        }
    }
}
