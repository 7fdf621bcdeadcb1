//! `Writer`: the thread that owns the files of the trace.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};

use super::Record;

/// What the thread is told.
pub(super) enum Told {
    Record(Box<Record>),
    /// Answer: all before it is written.
    Flush(SyncSender<()>),
}

pub(super) struct Writer {
    path: PathBuf,
    /// At this length the file is put aside.
    half: u64,
    /// None after a fault: it is opened anew for the next record.
    file: Option<File>,
    length: u64,
    bytes: Arc<AtomicUsize>,
    lost: Arc<AtomicU64>,
    /// How many of the lost the program's log has told.
    owned_up: u64,
}

impl Writer {
    pub(super) fn open(
        path: &Path,
        half: u64,
        (bytes, lost): (Arc<AtomicUsize>, Arc<AtomicU64>),
    ) -> io::Result<Writer> {
        let mut writer = Writer {
            path: path.to_owned(),
            half,
            file: None,
            length: 0,
            bytes,
            lost,
            owned_up: 0,
        };
        writer.opened()?;
        Ok(writer)
    }

    /// Until nobody can send any more.
    pub(super) fn run(mut self, receiver: &Receiver<Told>) {
        while let Ok(told) = receiver.recv() {
            match told {
                Told::Record(record) => self.take(&record),
                Told::Flush(done) => {
                    // Whoever asked may have gone.
                    let _ = done.send(());
                }
            }
        }
    }

    fn take(&mut self, record: &Record) {
        self.bytes.fetch_sub(record.size(), Ordering::Relaxed);
        let mut line = serde_json::to_vec(record).unwrap_or_default();
        line.push(b'\n');
        if let Err(why) = self.put(&line) {
            self.file = None;
            self.lost.fetch_add(1, Ordering::Relaxed);
            let path = self.path.display();
            tracing::error!(%path, %why, "the trace cannot be written; the service goes on without it");
        }
        let lost = self.lost.load(Ordering::Relaxed);
        if lost > self.owned_up && self.file.is_some() {
            let (path, lacks) = (self.path.display(), lost - self.owned_up);
            tracing::warn!(%path, lacks, "the trace lacks messages");
            self.owned_up = lost;
        }
    }

    fn put(&mut self, line: &[u8]) -> io::Result<()> {
        let length = line.len() as u64;
        self.opened()?;
        if self.length > 0 && self.length + length > self.half {
            self.file = None;
            std::fs::rename(&self.path, aside(&self.path))?;
            self.opened()?;
        }
        if let Some(file) = &mut self.file {
            file.write_all(line)?;
            self.length += length;
        }
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
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&self.path)?;
        self.length = file.metadata()?.len();
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
}

/// Where the full file goes.
pub(super) fn aside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".1");
    PathBuf::from(name)
}
