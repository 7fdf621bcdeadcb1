//! `Find`: which messages of a trace are looked for; both files are read from their ends.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use jiff::Timestamp;

use super::Record;
use super::writer::aside;

/// Which messages are looked for: those that everything said holds of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Find<'a> {
    /// The sender's number for it, or the service's.
    pub message: Option<&'a str>,
    /// From this institution.
    pub institution: Option<&'a str>,
    /// Of this transaction.
    pub number: Option<&'a str>,
    /// Only what was not carried out.
    pub refused: bool,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Older than the one of this number of the service; nothing where it is there no more.
    pub older_than: Option<&'a str>,
    /// At most so many.
    pub last: usize,
}

impl Find<'_> {
    fn takes(&self, record: &Record) -> bool {
        let message = self.message;
        let is = |said: Option<&str>, found: &str| said.is_none_or(|said| said == found);
        message.is_none_or(|m| m == record.message || m == record.request)
            && is(self.institution, &record.institution)
            && is(self.number, &record.number)
            && (!self.refused || record.refusal.is_some())
            && self.from.is_none_or(|from| record.time >= from)
            && self.until.is_none_or(|until| record.time < until)
    }

    /// Whether a line can be one of these: most lines are told apart without being taken to pieces.
    fn may_take(&self, line: &str) -> bool {
        let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
        let said = [self.message, self.institution, self.number];
        said.iter()
            .flatten()
            .all(|text| line.contains(&quoted(text)))
    }
}

/// The messages looked for, the newest first. A line that is none, such as one that is just being written, is passed over.
///
/// # Errors
/// When a file that is there cannot be read.
pub fn find(path: &Path, find: &Find<'_>) -> io::Result<Vec<Record>> {
    let mut found = Vec::new();
    let mut newer = find.older_than;
    // Both are opened before either is read: what is put aside meanwhile is not read twice.
    let files = [opened(path)?, opened(&aside(path))?];
    let [current, before] = files;
    let same = match (&current, &before) {
        (Some(one), Some(other)) => is_same(one, other)?,
        _ => false,
    };
    for file in [current, before.filter(|_| !same)].into_iter().flatten() {
        let mut lines = Backwards::of(file)?;
        while found.len() < find.last
            && let Some(line) = lines.next()?
        {
            let text = std::str::from_utf8(&line).unwrap_or_default();
            if let Some(request) = newer {
                if is_request(text, request) {
                    newer = None;
                }
                continue;
            }
            if !find.may_take(text) {
                continue;
            }
            let record = serde_json::from_str(text).ok();
            found.extend(record.filter(|record| find.takes(record)));
        }
    }
    Ok(found)
}

/// Whether a line is the message of this number of the service.
fn is_request(line: &str, request: &str) -> bool {
    line.contains(request)
        && serde_json::from_str::<Record>(line).is_ok_and(|record| record.request == request)
}

fn opened(path: &Path) -> io::Result<Option<File>> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn is_same(one: &File, other: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let (one, other) = (one.metadata()?, other.metadata()?);
    Ok((one.dev(), one.ino()) == (other.dev(), other.ino()))
}

#[cfg(not(unix))]
fn is_same(_: &File, _: &File) -> io::Result<bool> {
    Ok(false)
}

/// So much is read at once.
const PIECE: u64 = 64 * 1024;

/// The lines of a file, the last first.
struct Backwards {
    file: File,
    /// What lies before it is not read yet.
    start: u64,
    held: Vec<u8>,
}

impl Backwards {
    fn of(file: File) -> io::Result<Backwards> {
        let start = file.metadata()?.len();
        Ok(Backwards {
            file,
            start,
            held: Vec::new(),
        })
    }

    fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        // What was looked through in vain is not looked through again.
        let mut looked = 0;
        loop {
            let fresh = self.held.len() - looked;
            let end = self.held[..fresh].iter().rposition(|b| *b == b'\n');
            if let Some(end) = end {
                let line = self.held.split_off(end + 1);
                self.held.truncate(end);
                if line.is_empty() {
                    looked = 0;
                    continue;
                }
                return Ok(Some(line));
            }
            if self.start == 0 {
                let line = std::mem::take(&mut self.held);
                return Ok(Some(line).filter(|line| !line.is_empty()));
            }
            looked = self.held.len();
            self.read_piece()?;
        }
    }

    fn read_piece(&mut self) -> io::Result<()> {
        let piece = self.start.min(PIECE);
        self.start -= piece;
        self.file.seek(SeekFrom::Start(self.start))?;
        let mut read = Vec::new();
        (&mut self.file).take(piece).read_to_end(&mut read)?;
        read.append(&mut self.held);
        self.held = read;
        Ok(())
    }
}
