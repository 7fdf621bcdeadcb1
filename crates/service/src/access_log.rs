//! `AccessLog`: who did what, one line of JSON for each message, for those who look back. It has no place for a name.

mod mark;
#[cfg(test)]
mod tests;
mod writer;

use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

pub use mark::Mark;
pub(crate) use mark::names_somebody;

use writer::{Told, Writer};

/// One message: who sent it and what came of it. What is absent is left out of the line.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// When it was answered.
    #[serde(serialize_with = "to_the_millisecond")]
    pub time: Timestamp,
    /// The service's number for it, which its own log says as well.
    pub request: Mark,
    /// The institution's code, as it was proved or only claimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub institution: Option<Mark>,
    /// The operator's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<Mark>,
    /// Where it came from.
    pub address: IpAddr,
    /// The number of the transaction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction: Option<Mark>,
    /// The sender's number for the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Mark>,
    /// The person's number with the agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Mark>,
    /// The visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visit: Option<Mark>,
    /// The settlement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settlement: Option<Mark>,
    /// The status code of the answer.
    pub outcome: i32,
    /// Why it was refused, by the word of the refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Mark>,
    /// How long it took.
    pub micros: u64,
}

fn to_the_millisecond<S: Serializer>(time: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{time:.3}"))
}

/// Why there is no log.
#[derive(Debug, thiserror::Error)]
pub enum AccessLogError {
    /// The file cannot be opened for writing.
    #[error("{path}: the access log cannot be written: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The system gives no thread.
    #[error("no thread for the access log: {0}")]
    Thread(io::Error),
}

/// Entries that may wait for the disk; beyond them the service goes on and the log says how many it lacks.
const WAITING: usize = 16_384;

/// The log, open for writing. Dropping it writes what waits, forces it to the disk and ends its thread.
pub struct AccessLog {
    sender: Option<SyncSender<Told>>,
    thread: Option<JoinHandle<()>>,
    lost: Arc<AtomicU64>,
}

impl AccessLog {
    /// Opens or makes the file, to which lines are only ever added; at `size` bytes it is put aside under the time of its
    /// last entry, and a new one begins. Nothing is deleted.
    ///
    /// # Errors
    /// When the file cannot be opened for writing, or there is no thread to be had.
    pub fn open(path: &Path, size: u64) -> Result<AccessLog, AccessLogError> {
        let lost = Arc::new(AtomicU64::new(0));
        let writer =
            Writer::open(path, size, Arc::clone(&lost)).map_err(|source| AccessLogError::File {
                path: path.to_owned(),
                source,
            })?;
        let (sender, receiver) = sync_channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("access-log".to_owned())
            .spawn(move || writer.run(&receiver))
            .map_err(AccessLogError::Thread)?;
        Ok(AccessLog {
            sender: Some(sender),
            thread: Some(thread),
            lost,
        })
    }

    /// Hands the entry to the log's thread and never waits: it is on its way to the disk within 200 milliseconds. Where too
    /// many wait already it is lost and counted.
    pub fn write(&self, entry: Entry) {
        let sent = self
            .sender
            .as_ref()
            .is_some_and(|sender| sender.try_send(Told::Entry(Box::new(entry))).is_ok());
        if !sent {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Waits until all that was handed over before is written, or lost.
    pub fn flush(&self) {
        let (done, wait) = sync_channel(1);
        let told = self.sender.as_ref().map(|to| to.send(Told::Flush(done)));
        if let Some(Ok(())) = told {
            // The thread may have ended, and then there is nothing to wait for.
            let _ = wait.recv();
        }
    }

    /// How many entries were lost since the log was opened; the log itself says so in a line of its own.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }
}

impl Drop for AccessLog {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so itself.
            let _ = thread.join();
        }
    }
}
