//! Slips of an institution over all lanes of persons, in one order, and their sums.

use std::collections::BTreeMap;

use store::{LaneId, Period, SlipAsk, SlipRow, SlipSum, StoreError};

use super::Agency;

/// Slips that are read at once, so that no lane is held up for long.
const PAGE: u32 = 2_000;

/// A slip with the lane that its entry is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The lane.
    pub lane: LaneId,
    /// The slip.
    pub row: SlipRow,
}

impl Slip {
    /// The order of slips over all lanes: moment, lane, entry.
    #[must_use]
    pub const fn place(&self) -> (u64, LaneId, u64) {
        (self.row.at, self.lane, self.row.seq)
    }
}

impl Agency {
    /// An institution's slips in the order of [`Slip::place`], at most so many, after a place. Where the ask itself begins after a moment
    /// and entry, that is not looked at: entries of several lanes have the same numbers.
    ///
    /// # Errors
    /// When a lane cannot be read.
    pub fn slips(
        &self,
        ask: &SlipAsk,
        after: Option<(u64, LaneId, u64)>,
        limit: u32,
    ) -> Result<Vec<Slip>, StoreError> {
        let mut slips = Vec::new();
        for lane in self.lane_ids().skip(1) {
            let after = after.map(|after| begins(lane, after));
            let ask = SlipAsk {
                after,
                ..ask.clone()
            };
            let rows = self.slips_of(lane, ask, limit)?;
            slips.extend(rows.into_iter().map(|row| Slip { lane, row }));
        }
        slips.sort_by_key(Slip::place);
        slips.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(slips)
    }

    /// The slip of an entry of a person that was recorded at a moment, found as quickly as by a number; `done` is called as by
    /// [`Agency::look`].
    pub fn slip_then(
        &self,
        person: u64,
        (party, at, entry): (String, u64, u64),
        done: impl FnOnce(Result<Option<SlipRow>, StoreError>) + Send + 'static,
    ) {
        let ask = SlipAsk {
            party,
            from: at,
            until: at,
            after: Some((at, entry.saturating_sub(1))),
            ..SlipAsk::default()
        };
        let read = move |store: &mut dyn store::LaneStore| {
            let slip = store.slips(&ask, 1)?.into_iter().next();
            Ok(slip.filter(|slip| slip.seq == entry && slip.person == person))
        };
        self.read_then(self.lane_of(person), read, done);
    }

    fn slips_of(
        &self,
        lane: LaneId,
        mut ask: SlipAsk,
        limit: u32,
    ) -> Result<Vec<SlipRow>, StoreError> {
        let mut rows = Vec::new();
        let mut left = limit;
        while left > 0 {
            let (asked, size) = (ask.clone(), left.min(PAGE));
            let page = self.read(lane, move |store| store.slips(&asked, size))?;
            let count = u32::try_from(page.len()).unwrap_or(u32::MAX);
            ask.after = page.last().map(|last| (last.at, last.seq));
            rows.extend(page);
            left = left.saturating_sub(count);
            if count < size {
                break;
            }
        }
        Ok(rows)
    }

    /// The sums of an institution's slips over all lanes, by period; of each, those taken back after the others.
    ///
    /// # Errors
    /// When a lane cannot be read.
    pub fn slip_sums(&self, ask: &SlipAsk, by: Period) -> Result<Vec<SlipSum>, StoreError> {
        let mut all = BTreeMap::new();
        for lane in self.lane_ids().skip(1) {
            let mut ask = SlipAsk {
                after: None,
                ..ask.clone()
            };
            loop {
                let asked = ask.clone();
                let page = self.read(lane, move |store| store.slip_sums(&asked, by, PAGE))?;
                let (sums, last) = page;
                for sum in &sums {
                    add(&mut all, sum);
                }
                if last.is_none() {
                    break;
                }
                ask.after = last;
            }
        }
        Ok(all.into_values().collect())
    }
}

/// After which moment and entry a lane's slips follow a place.
fn begins(lane: LaneId, (at, last, seq): (u64, LaneId, u64)) -> (u64, u64) {
    match lane.cmp(&last) {
        std::cmp::Ordering::Less => (at, u64::MAX),
        std::cmp::Ordering::Equal => (at, seq),
        // Entries are numbered from 1.
        std::cmp::Ordering::Greater => (at, 0),
    }
}

fn add(all: &mut BTreeMap<(u64, bool), SlipSum>, more: &SlipSum) {
    let sum = all.entry((more.period, more.refunds)).or_insert(SlipSum {
        period: more.period,
        refunds: more.refunds,
        ..SlipSum::default()
    });
    sum.count += more.count;
    sum.total += more.total;
    sum.funds += more.funds;
    sum.account += more.account;
    sum.cash += more.cash;
    sum.hospital += more.hospital;
}
