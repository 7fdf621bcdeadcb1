//! `Writer`: the thread that owns the file of the access log.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::Entry;

/// What the thread is told.
pub(super) enum Told {
    Entry(Box<Entry>),
    /// Write, then answer.
    Flush(SyncSender<()>),
}

/// The longest that a line waits in memory.
const PATIENCE: Duration = Duration::from_millis(200);
/// So long the thread rests when it has taken what waited: under load it is then woken a hundred times a second, not by every message.
const REST: Duration = Duration::from_millis(10);
/// So much is written without waiting for more.
const BATCH: usize = 64 * 1024;

pub(super) struct Writer {
    path: PathBuf,
    size: u64,
    /// None after a fault: it is opened anew for the next batch.
    file: Option<File>,
    length: u64,
    /// At this length the file is put aside.
    turn: u64,
    batch: Vec<u8>,
    entries: u64,
    /// When the batch began.
    since: Option<Instant>,
    last: Timestamp,
    lost: Arc<AtomicU64>,
    /// How many of the lost the log itself has told.
    owned_up: u64,
    failing: bool,
}

impl Writer {
    pub(super) fn open(path: &Path, size: u64, lost: Arc<AtomicU64>) -> io::Result<Writer> {
        let mut writer = Writer {
            path: path.to_owned(),
            size,
            file: None,
            length: 0,
            turn: size,
            batch: Vec::with_capacity(BATCH),
            entries: 0,
            since: None,
            last: Timestamp::UNIX_EPOCH,
            lost,
            owned_up: 0,
            failing: false,
        };
        writer.opened()?;
        Ok(writer)
    }

    /// Until nobody can send any more.
    pub(super) fn run(mut self, receiver: &Receiver<Told>) {
        loop {
            let wait = self
                .since
                .map_or(PATIENCE, |since| PATIENCE.saturating_sub(since.elapsed()));
            match receiver.recv_timeout(wait) {
                Ok(first) => {
                    self.told(first);
                    while let Ok(next) = receiver.try_recv() {
                        self.told(next);
                    }
                    std::thread::sleep(REST);
                }
                Err(RecvTimeoutError::Timeout) => self.write(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
            let due = self.since.is_some_and(|since| since.elapsed() >= PATIENCE);
            if due {
                self.write();
            }
        }
        self.write();
        if let Err(why) = self.file.as_ref().map_or(Ok(()), File::sync_all) {
            self.complain("cannot be forced to the disk", &why);
        }
    }

    fn told(&mut self, told: Told) {
        match told {
            Told::Entry(entry) => self.take(&entry),
            Told::Flush(done) => {
                self.write();
                // Whoever asked may have gone.
                let _ = done.send(());
            }
        }
        if self.batch.len() >= BATCH {
            self.write();
        }
    }

    fn take(&mut self, entry: &Entry) {
        let start = self.batch.len();
        if serde_json::to_writer(&mut self.batch, entry).is_err() {
            self.batch.truncate(start);
            self.lost.fetch_add(1, Ordering::Relaxed);
            return;
        }
        self.batch.push(b'\n');
        self.entries += 1;
        self.last = entry.time;
        self.since.get_or_insert_with(Instant::now);
    }

    /// Writes the batch, or counts it as lost: the service goes on in either case. What was lost is told as soon as it can be,
    /// also when nothing more comes.
    fn write(&mut self) {
        let lost = self.lost.load(Ordering::Relaxed);
        if self.batch.is_empty() && lost == self.owned_up {
            return;
        }
        match self.put(lost) {
            Ok(()) => {
                if lost > self.owned_up {
                    let lacks = lost - self.owned_up;
                    let path = self.path.display();
                    tracing::warn!(%path, lacks, "the access log is written again and lacks entries");
                }
                self.owned_up = lost;
                self.failing = false;
            }
            Err(why) => {
                self.lost.fetch_add(self.entries, Ordering::Relaxed);
                if !self.failing {
                    self.complain("cannot be written; the service goes on without it", &why);
                }
                self.failing = true;
                self.file = None;
            }
        }
        self.batch.clear();
        self.entries = 0;
        self.since = None;
        if self.file.is_some() && self.length >= self.turn {
            self.put_aside();
        }
    }

    fn put(&mut self, lost: u64) -> io::Result<()> {
        let mut gap = String::new();
        if lost > self.owned_up {
            let (time, lacks) = (self.last, lost - self.owned_up);
            gap = format!("{{\"time\":\"{time:.3}\",\"lost\":{lacks}}}\n");
        }
        self.opened()?;
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        file.write_all(gap.as_bytes())?;
        file.write_all(&self.batch)?;
        self.length += (gap.len() + self.batch.len()) as u64;
        Ok(())
    }

    /// Opens the file unless it is open. A line that was cut off by a crash or a full disk is ended first.
    fn opened(&mut self) -> io::Result<()> {
        if self.file.is_some() {
            return Ok(());
        }
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
        let mut file = options.open(&self.path)?;
        self.length = file.metadata()?.len();
        self.turn = self.size;
        if self.length > 0 {
            let mut last = [0];
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
            if last != *b"\n" {
                file.write_all(b"\n")?;
                self.length += 1;
            }
        }
        self.file = Some(file);
        Ok(())
    }

    /// Forces the full file to the disk and gives it the time of its last entry as a name; the next batch opens a new one.
    fn put_aside(&mut self) {
        match self.renamed() {
            Ok(()) => self.file = None,
            Err(why) => {
                self.complain("cannot be put aside and grows on", &why);
                // Not again with each batch.
                self.turn = self.length.saturating_add(self.size);
            }
        }
    }

    fn renamed(&self) -> io::Result<()> {
        if let Some(file) = &self.file {
            file.sync_all()?;
        }
        let stamp = self.last.strftime("%Y%m%dT%H%M%SZ");
        let named = |suffix: &str| {
            let mut name = self.path.as_os_str().to_owned();
            name.push(format!(".{stamp}{suffix}"));
            PathBuf::from(name)
        };
        let mut aside = named("");
        let mut number = 1;
        while aside.try_exists()? {
            number += 1;
            aside = named(&format!("-{number}"));
        }
        std::fs::rename(&self.path, aside)?;
        let folder = self.path.parent().filter(|path| *path != Path::new(""));
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }

    fn complain(&self, what: &str, why: &io::Error) {
        let path = self.path.display();
        tracing::error!(%path, %why, "the access log {what}");
    }
}
