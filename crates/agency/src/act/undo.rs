//! Undoing by the key: whoever heard no answer takes back whatever became of the request, before, while or after it comes.

use domain::ledger::EntryKind;
use jiff::civil::Date;

use super::{Draft, Known, reverse, visit};
use crate::record::{Event, Forestalled};
use crate::refused::Refused;

/// A settlement is reversed, an opened visit cancelled. What has not come is forestalled: it will be refused when it comes.
pub(super) fn undo(known: &Known<'_>, key: &str, on: Date) -> Result<Draft, Refused> {
    known.state()?;
    let Some(entry) = known.entry else {
        let key = key.to_owned();
        return Ok(Draft {
            party: known.by.unwrap_or_default().to_owned(),
            ..Draft::new(Event::Forestalled(Forestalled { key }), on)
        });
    };
    match EntryKind::from_code(&entry.kind) {
        _ if entry.person != known.person || !known.is_own(&entry.party) => {
            Err(Refused::NoEntry(entry.seq))
        }
        Some(EntryKind::Forestalled) => Err(Refused::Forestalled(key.to_owned())),
        Some(EntryKind::Settlement) => reverse::reverse(known, entry.seq, on),
        Some(EntryKind::VisitOpened) => visit::cancel(known, entry.seq, on),
        _ => Err(Refused::NotReversible(entry.seq)),
    }
}
