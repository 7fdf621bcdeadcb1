//! `Course`: one message's way through the door: its name, its clock, and what is kept of it.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::DateTime;
use tracing::Span;
use tracing::field::Empty;

use super::{Incoming, Outgoing, Told};
use crate::access_log::Mark;
use crate::clock;
use crate::trace::{Record, Timings, Why};
use crate::wire::message::Message;
use crate::wire::work::Notes;

/// The service's number of a message: when it came, and its place among all of this run. It stands in the logs, in the trace
/// and in the answer's header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId {
    received: DateTime,
    serial: u64,
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stamp = crate::wire::message::stamp(self.received);
        write!(f, "{stamp}-{}", self.serial)
    }
}

/// One message's way through the door.
pub(super) struct Course {
    pub(super) id: RequestId,
    pub(super) began: Instant,
    pub(super) stamp: Timestamp,
    pub(super) received: DateTime,
    kept: Mutex<Kept>,
}

/// What is kept of a message for the trace.
#[derive(Default)]
struct Kept {
    admitted: Option<Duration>,
    opened: Option<String>,
    unsealed: Option<String>,
    institution: String,
    number: String,
    message: String,
    refusal: Option<Why>,
    notes: Notes,
    took: Duration,
}

impl Course {
    pub(super) fn begin(serial: u64) -> Course {
        let stamp = clock::stamp();
        let received = clock::civil(stamp);
        Course {
            id: RequestId { received, serial },
            began: Instant::now(),
            stamp,
            received,
            kept: Mutex::default(),
        }
    }

    /// What the program's log says of everything that happens on the way.
    pub(super) fn span(&self) -> Span {
        let request = self.id;
        tracing::info_span!(
            "message",
            %request,
            institution = Empty,
            transaction = Empty,
            message = Empty
        )
    }

    fn keep(&self, keep: impl FnOnce(&mut Kept)) {
        keep(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// It was let in, with an input that was enciphered.
    pub(super) fn admitted(&self, input: Option<&str>) {
        let after = self.began.elapsed();
        self.keep(|kept| {
            kept.admitted = Some(after);
            kept.opened = input.map(str::to_owned);
        });
    }

    /// What was enciphered in the answer.
    pub(super) fn unsealed(&self, output: &str) {
        self.keep(|kept| kept.unsealed = Some(output.to_owned()));
    }

    /// Why it was not carried out.
    pub(super) fn refused(&self, why: Why) {
        self.keep(|kept| kept.refusal = Some(why));
    }

    /// What came of it.
    pub(super) fn told(&self, told: &Told<'_>, took: Duration) {
        self.keep(|kept| {
            let message = told.message;
            kept.institution = message.map_or_else(String::new, |m| m.institution.clone().into());
            kept.message = message.map_or_else(String::new, |m| m.id.clone().into());
            kept.number = told.number.to_owned();
            kept.notes = told.notes.clone();
            kept.took = took;
        });
    }

    /// All of it; of a body no more than `longest` bytes.
    pub(super) fn record(
        self,
        incoming: &Incoming<'_>,
        outgoing: &Outgoing,
        longest: usize,
    ) -> Record {
        let kept = self.kept.into_inner();
        let kept = kept.unwrap_or_else(PoisonError::into_inner);
        let notes = kept.notes;
        let mut cut = false;
        let mut body = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes);
            let end = text.floor_char_boundary(longest);
            cut |= end < text.len();
            text[..end].to_owned()
        };
        let asked = body(incoming.body);
        let answered = match outgoing.is_file {
            true => String::new(),
            false => body(&outgoing.body),
        };
        let opened = kept.opened.map(|text| body(text.as_bytes()));
        let unsealed = kept.unsealed.map(|text| body(text.as_bytes()));
        Record {
            time: self.stamp,
            request: self.id.to_string(),
            institution: kept.institution,
            number: kept.number,
            message: kept.message,
            address: incoming.address,
            path: incoming.path.to_owned(),
            asked,
            opened,
            answered,
            unsealed,
            file: outgoing.is_file.then_some(outgoing.body.len()),
            cut,
            status: outgoing.status,
            refusal: kept.refusal,
            warnings: notes.warnings,
            person: notes.person,
            visit: notes.visit,
            settlement: notes.settlement,
            steps: notes.steps,
            timings: timings(kept.admitted, (notes.read, notes.agency), kept.took),
        }
    }
}

/// What was not let in was busy with that alone.
fn timings(
    admitted: Option<Duration>,
    (read, agency): (Duration, Duration),
    took: Duration,
) -> Timings {
    let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    let admit = admitted.unwrap_or(took);
    let rest = took.saturating_sub(admit + read + agency);
    Timings {
        admit: micros(admit),
        read: micros(read),
        agency: micros(agency),
        write: micros(rest),
    }
}

/// What came from outside is marked as it is in the access log: no name, no identity number, no end of a line.
pub(super) fn name(message: &Message<'_>) {
    let span = Span::current();
    if span.is_disabled() {
        return;
    }
    let institution = Mark::of(&message.institution);
    let transaction = Mark::of(&message.number);
    let id = Mark::of(&message.id);
    tracing::record_all!(
        span,
        institution = institution.as_str(),
        transaction = transaction.as_str(),
        message = id.as_str()
    );
}

/// One line for each message, for those who follow them.
pub(super) fn say(told: &Told<'_>, micros: u64) {
    let (person, outcome) = (told.notes.person, told.outcome);
    let refusal = told.refusal;
    tracing::debug!(person, outcome, refusal, micros, "answered");
}
