//! `Checkpointer`: moves the write-ahead log into the database file on a second connection, so that the writer does not wait for it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;

use rusqlite::Connection;

/// Frames (pages) in the log at which the second connection begins to move them.
const BEGIN: u64 = 4_000;
/// Frames left at which the writer moves the last ones itself, so that the log begins anew.
const FEW: u64 = 400;
/// Frames (1 GiB) at which the writer stops and moves them all: large batches one after the other outrun the second connection.
const MOST: u64 = 131_072;

/// The second connection's thread. It ends when the value is dropped.
#[derive(Debug)]
pub(super) struct Checkpointer {
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
    /// Frames that are in the log and not in the file, as the thread last saw them; none yet is `u64::MAX`.
    left: Arc<AtomicU64>,
    commits: u32,
}

impl Checkpointer {
    pub(super) fn start(path: &Path) -> Checkpointer {
        let (wake, woken) = sync_channel::<()>(1);
        let left = Arc::new(AtomicU64::new(u64::MAX));
        let seen = Arc::clone(&left);
        let path = path.to_owned();
        let thread = std::thread::Builder::new()
            .name("checkpoint".into())
            .spawn(move || {
                let mut connection = None;
                while woken.recv().is_ok() {
                    if connection.is_none() {
                        let flags = super::ONE_THREAD;
                        connection = Connection::open_with_flags(&path, flags).ok();
                    }
                    // What does not succeed now is tried again with the next commits; the log only grows meanwhile.
                    let Some((log, moved)) = connection.as_ref().and_then(passive) else {
                        continue;
                    };
                    seen.store(log.saturating_sub(moved), Ordering::Release);
                }
            })
            .ok();
        Checkpointer {
            wake: Some(wake),
            thread,
            left,
            commits: 0,
        }
    }

    /// Told after each commit.
    pub(super) fn wrote(&mut self, connection: &Connection) {
        self.commits += 1;
        let left = self.left.load(Ordering::Acquire);
        if left <= FEW {
            self.left.store(u64::MAX, Ordering::Release);
            let _ = passive(connection);
            self.commits = 0;
            return;
        }
        let frames = frames(connection);
        if frames.is_some_and(|frames| frames >= MOST) {
            // Does nothing while the second connection is at it; then the next commit comes here again.
            let _ = truncate(connection);
        } else if self.commits >= 64 {
            self.commits = 0;
            if frames.is_none_or(|frames| frames >= BEGIN) {
                match self.wake.as_ref().map(|wake| wake.try_send(())) {
                    None | Some(Ok(()) | Err(TrySendError::Full(()))) => {}
                    Some(Err(TrySendError::Disconnected(()))) => self.wake = None,
                }
            }
        }
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        self.wake = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has nothing to tell that matters here.
            let _ = thread.join();
        }
    }
}

/// Frames in the log, by the size of its file.
fn frames(connection: &Connection) -> Option<u64> {
    let path = connection.path()?;
    let size = std::fs::metadata(format!("{path}-wal")).ok()?.len();
    Some(size / 8192)
}

/// Moves all of it and begins the log anew.
fn truncate(connection: &Connection) -> Option<()> {
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .ok()
}

/// Moves what can be moved without waiting: frames in the log, and how many of them are in the file now.
fn passive(connection: &Connection) -> Option<(u64, u64)> {
    connection
        .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| {
            Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
        })
        .ok()
        .map(|(log, moved)| (log.unsigned_abs(), moved.unsigned_abs()))
}
