//! `Answer`: what a request came to. It is told from the entry alone, so a repeated request gets the same answer; only who it was is not.

use domain::ledger::{EntryKind, Posting};
use jiff::civil::{Date, DateTime};
use store::{EntryRow, LaneId};

use crate::record::{Event, Told};
use crate::who::Who;

/// What a request came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The lane.
    pub lane: LaneId,
    /// The entry that carried it out; 0 for a trial.
    pub entry: u64,
    /// The day to which it counts.
    pub day: Date,
    /// Institution, employer or other party; may be empty.
    pub party: String,
    /// The entry that it takes back or cancels; 0 if none.
    pub about: u64,
    /// When it was recorded, where a clock was told; none for a trial.
    pub at: Option<DateTime>,
    /// The policy's number in the office's list; 0 if none.
    pub policy: u32,
    /// The money.
    pub postings: Vec<Posting>,
    /// What happened.
    pub event: Event,
    /// Who it was on that day, where that was asked: by the state of now, since an entry does not tell it.
    pub who: Option<Who>,
}

impl Answer {
    /// Of an entry that was recorded.
    ///
    /// # Errors
    /// When its kind or record is of no known form.
    pub fn of(lane: LaneId, entry: EntryRow) -> Result<Answer, String> {
        let kind = EntryKind::from_code(&entry.kind)
            .ok_or_else(|| format!("entry {}: there is no kind `{}`", entry.seq, entry.kind))?;
        let Told { at, event, .. } =
            Event::read(kind, &entry.record).map_err(|e| format!("entry {}: {e}", entry.seq))?;
        Ok(Answer {
            lane,
            entry: entry.seq,
            day: entry.day,
            party: entry.party,
            about: entry.about,
            at,
            policy: entry.policy,
            postings: entry.postings,
            event,
            who: None,
        })
    }

    /// What an entry records; none when it is of no known form.
    pub(crate) fn of_record(entry: &EntryRow) -> Option<Event> {
        let kind = EntryKind::from_code(&entry.kind)?;
        Event::read(kind, &entry.record).ok().map(|told| told.event)
    }
}
