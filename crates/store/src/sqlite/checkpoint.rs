//! `Checkpointer`: moves the write-ahead log into the database file on a second connection, so that the writer does not wait for it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::Connection;

/// Frames (pages) in the log at which the second connection begins to move them.
const BEGIN: u64 = 8_000;
/// Frames (384 MiB) in the log at which the writer moves the last ones itself, so that the log begins anew. Each time a few callers wait
/// for it, so it is done seldom.
const RENEW: u64 = 98_304;
/// Frames that are new between two passes of the second connection at which it leaves the rest to the writer.
const FEW: u64 = 800;
/// Passes in a row at most.
const PASSES: u32 = 8;
/// Frames (1 GiB) at which the writer stops and moves them all: large batches one after the other outrun the second connection.
const MOST: u64 = 262_144;

/// The second connection's thread. It ends when the value is dropped.
#[derive(Debug)]
pub(super) struct Checkpointer {
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
    seen: Arc<Seen>,
    commits: u32,
}

/// What the second connection last saw of the log.
#[derive(Debug, Default)]
struct Seen {
    /// It is at work; meanwhile nobody else can move frames.
    working: AtomicBool,
    /// Frames in the log.
    log: AtomicU64,
    /// Frames of them that are not in the file.
    left: AtomicU64,
}

impl Checkpointer {
    pub(super) fn start(path: &Path) -> Checkpointer {
        let (wake, woken) = sync_channel::<()>(1);
        let seen = Arc::new(Seen::default());
        let told = Arc::clone(&seen);
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
                    if let Some((log, moved)) = connection.as_ref().and_then(passes) {
                        told.left
                            .store(log.saturating_sub(moved), Ordering::Relaxed);
                        told.log.store(log, Ordering::Relaxed);
                    }
                    told.working.store(false, Ordering::Release);
                }
            })
            .ok();
        Checkpointer {
            wake: Some(wake),
            thread,
            seen,
            commits: 0,
        }
    }

    /// Told after each commit.
    pub(super) fn wrote(&mut self, connection: &Connection) {
        self.commits += 1;
        if self.seen.working.load(Ordering::Acquire) {
            return;
        }
        let log = self.seen.log.swap(0, Ordering::Relaxed);
        if log >= RENEW && self.seen.left.load(Ordering::Relaxed) <= FEW {
            // The second connection waits now, so the few frames since its last pass can be moved, and the next commit begins the log anew.
            let _ = passive(connection);
            return;
        }
        let frames = frames(connection);
        if frames.is_some_and(|frames| frames >= MOST) {
            let _ = truncate(connection);
        } else if self.commits >= 64 && frames.is_none_or(|frames| frames >= BEGIN) {
            self.commits = 0;
            self.seen.working.store(true, Ordering::Release);
            let woken = self.wake.as_ref().map(|wake| wake.try_send(()));
            if !matches!(woken, Some(Ok(()))) {
                self.seen.working.store(false, Ordering::Release);
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
    Some(size / u64::from(super::PAGE))
}

/// Moves frames until few are new between two passes: frames in the log, and how many of them are in the file now.
fn passes(connection: &Connection) -> Option<(u64, u64)> {
    let mut before = 0;
    for _ in 1..PASSES {
        let (log, moved) = passive(connection)?;
        if log.saturating_sub(before) <= FEW || moved < log {
            return Some((log, moved));
        }
        before = log;
    }
    passive(connection)
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
