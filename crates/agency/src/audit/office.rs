//! The office's own entries: the deeds of those who work here, chained like the ledger.

use store::{EntryRow, LaneId, START, StoreError};

use super::check::Check;
use super::{PAGE, Report};
use crate::agency::Agency;
use crate::deed::Deed;

/// Checks every deed's form and place in the chain.
pub(super) fn audit_office(
    agency: &Agency,
    lane: LaneId,
    progress: &(impl Fn(u64) + Sync),
) -> Result<Report, StoreError> {
    let mut report = Report::default();
    let head = agency.read(lane, |store| store.head())?;
    let (mut from, mut hash) = (1, START);
    while from <= head.seq {
        let page: Vec<EntryRow> = agency.read(lane, move |store| store.entries(from, PAGE))?;
        let page = page.into_iter().filter(|entry| entry.seq <= head.seq);
        let before = from;
        for entry in page {
            let follows = entry.seq == from && entry.chained(lane, &hash) == entry.hash;
            report.check(Check::Chain, lane, follows, || {
                format!(
                    "deed {}: its hash does not follow from it and the one before it",
                    entry.seq
                )
            });
            let form = Deed::of(&entry);
            report.check(Check::Form, lane, form.is_ok(), || {
                format!("deed {}: {}", entry.seq, form.err().unwrap_or_default())
            });
            (from, hash) = (entry.seq + 1, entry.hash);
            report.entries += 1;
        }
        if from == before {
            break;
        }
        progress(from - before);
    }
    let whole = from == head.seq + 1 && hash == head.hash;
    if head.seq > 0 {
        report.check(Check::Chain, lane, whole, || {
            format!(
                "the deeds end at {}, and the last is {}",
                from - 1,
                head.seq
            )
        });
    }
    Ok(report)
}
