//! `Trace`: messages word for word, one line of JSON each, for those who connect a new system.
//!
//! It holds names and identity numbers. In a sandbox it is on unless told otherwise; elsewhere only where its file is named.

mod pretty;
mod reading;
mod record;
#[cfg(test)]
mod tests;
mod writer;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use jiff::Timestamp;
use jiff::civil::DateTime;

pub use pretty::pretty;
pub use reading::{Find, find};
pub use record::{Record, Sentence, Timings, Why};

use writer::{Told, Writer};

/// The moment of a time in China: what [`Find`] looks between.
#[must_use]
pub fn moment(time: DateTime) -> Timestamp {
    crate::clock::moment(time)
}

/// Why there is no trace.
#[derive(Debug, thiserror::Error)]
pub enum TraceError {
    /// The file cannot be opened for writing.
    #[error("{path}: the trace cannot be written: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The system gives no thread.
    #[error("no thread for the trace: {0}")]
    Thread(io::Error),
}

/// So many records may wait for the disk.
const WAITING: usize = 4096;
/// And so many bytes of them.
const BYTES: usize = 32 << 20;

/// The trace, open for writing. Dropping it writes what waits and ends its thread.
pub struct Trace {
    path: PathBuf,
    longest: usize,
    sender: Option<SyncSender<Told>>,
    thread: Option<JoinHandle<()>>,
    bytes: Arc<AtomicUsize>,
    lost: Arc<AtomicU64>,
}

impl Trace {
    /// Opens or makes the file. At half of `size` bytes it is put aside as `FILE.1`, in place of the one that was there: both
    /// together are never much larger than `size`.
    ///
    /// # Errors
    /// When the file cannot be opened for writing, or there is no thread to be had.
    pub fn open(path: &Path, size: u64) -> Result<Trace, TraceError> {
        let (bytes, lost) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicU64::new(0)));
        let half = (size / 2).max(1);
        let counted = (Arc::clone(&bytes), Arc::clone(&lost));
        let writer = Writer::open(path, half, counted).map_err(|source| TraceError::File {
            path: path.to_owned(),
            source,
        })?;
        let (sender, receiver) = sync_channel(WAITING);
        let thread = std::thread::Builder::new()
            .name("trace".to_owned())
            .spawn(move || writer.run(&receiver))
            .map_err(TraceError::Thread)?;
        Ok(Trace {
            path: path.to_owned(),
            longest: record::longest(half),
            sender: Some(sender),
            thread: Some(thread),
            bytes,
            lost,
        })
    }

    /// Where it is written.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The longest body that is kept whole, in bytes.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// Hands the record to the trace's thread and never waits: where too many wait already it is lost and counted.
    pub fn write(&self, record: Record) {
        let size = record.size();
        let waiting = self.bytes.fetch_add(size, Ordering::Relaxed);
        let told = Told::Record(Box::new(record));
        let sender = self.sender.as_ref().filter(|_| waiting <= BYTES);
        if sender.is_none_or(|sender| sender.try_send(told).is_err()) {
            self.bytes.fetch_sub(size, Ordering::Relaxed);
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

    /// How many records were lost since the trace was opened.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }
}

impl Drop for Trace {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so itself.
            let _ = thread.join();
        }
    }
}
