//! `Books`: numbers and chains the entries of a lane, and adds up what they post by account and month.

use std::collections::BTreeMap;

use domain::Fen;
use domain::ledger::AccountNumber;
use jiff::civil::Date;
use store::{BalanceRow, Batch, EntryRow, Hash, Head, LaneId};

use crate::act::Draft;

/// The books of a lane as its writer keeps them.
pub(crate) struct Books {
    lane: LaneId,
    head: Head,
    /// The hash before the head's.
    previous: Hash,
}

impl Books {
    pub(crate) const fn new(lane: LaneId, head: Head) -> Books {
        Books {
            lane,
            head,
            previous: head.hash,
        }
    }

    /// The next entry, chained to the one before it.
    pub(crate) fn next(&mut self, draft: &Draft, person: u64, record: String) -> EntryRow {
        let mut entry = EntryRow {
            seq: self.head.seq + 1,
            day: draft.day,
            year: draft.year,
            kind: draft.event.kind().code().to_owned(),
            person,
            party: one_line(&draft.party),
            about: draft.about,
            policy: draft.policy,
            postings: draft.postings.clone(),
            record,
            hash: Hash([0; 32]),
        };
        let previous = self.head.hash;
        entry.hash = entry.chained(self.lane, &previous);
        self.head = Head {
            seq: entry.seq,
            hash: entry.hash,
        };
        self.previous = previous;
        entry
    }

    /// Takes back the entry that was numbered last.
    pub(crate) fn forget(&mut self, entry: &EntryRow) {
        debug_assert_eq!(entry.seq, self.head.seq);
        self.head = Head {
            seq: entry.seq - 1,
            hash: self.previous,
        };
    }

    /// Adds what the batch's entries post to the sums by account and month.
    pub(crate) fn close(&self, batch: &mut Batch) {
        let mut sums: BTreeMap<(AccountNumber, u32), (Fen, Fen)> = BTreeMap::new();
        for entry in &batch.entries {
            let month = month(entry.day);
            for posting in &entry.postings {
                sums.entry((posting.debit, month)).or_default().0 += posting.amount;
                sums.entry((posting.credit, month)).or_default().1 += posting.amount;
            }
        }
        let rows = sums
            .into_iter()
            .map(|((account, month), (debit, credit))| BalanceRow {
                account,
                month,
                debit,
                credit,
            });
        batch.balances.extend(rows);
    }
}

/// A month like 202611.
pub(crate) fn month(day: Date) -> u32 {
    domain::month::Month::of(day).digits()
}

/// A party's code is one line of text; the chain's form rests on it.
fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
