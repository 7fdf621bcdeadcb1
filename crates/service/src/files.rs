//! `Files`: the folder of files that institutions send and that are made for them, each under its number until its last day.
//!
//! A file is one file of the folder: a line of JSON that says whose it is, then its bytes. So it is written whole or not at all,
//! and found again after a restart. Only numbers of the one form below become paths; the name of a file is never one.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

#[cfg(test)]
mod tests;

/// A file may be fetched for so many days after the one on which it was written.
pub const DAYS: i64 = 7;

/// The folder.
#[derive(Debug)]
pub struct Files {
    folder: PathBuf,
    /// A number that no other writing of this run has.
    serial: AtomicU64,
    /// Held while a file gets its number.
    placing: Mutex<()>,
}

/// What is known of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// What its owner calls it.
    pub name: String,
    /// Whose it is: an institution's code.
    pub owner: String,
    /// The last day on which it may be fetched.
    pub until: Date,
}

/// A file's number: `F` and 28 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileNumber(String);

/// Why a file was not kept or is not given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is not there, its last day has passed, or it is another's.
    #[error("there is no such file, or its last day has passed")]
    Absent,
    /// The number has a file with other bytes or another name.
    #[error("this message already brought another file")]
    Taken,
    /// The disk has no room.
    #[error("the disk is full")]
    Full,
    /// The folder cannot be read or written.
    #[error("the folder of files does not work: {0}")]
    Broken(String),
}

/// Beyond this a label is none of ours.
const LONGEST_LABEL: u64 = 8 * 1024;
/// How a file that is being written begins and ends.
const PART: (&str, &str) = (".", ".part");

impl FileNumber {
    /// The number of what a message brings or asks for, by the message's own key: the same message has the same file.
    #[must_use]
    pub fn of(key: &str) -> FileNumber {
        let digest = Sha256::digest(key);
        let mut number = String::with_capacity(29);
        number.push('F');
        for byte in &digest[..14] {
            for digit in [byte >> 4, byte & 15] {
                number.extend(char::from_digit(digit.into(), 16));
            }
        }
        FileNumber(number)
    }

    /// A number as it was given.
    #[must_use]
    pub fn parse(text: &str) -> Option<FileNumber> {
        let digits = text.strip_prefix('F')?;
        let hex = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
        (digits.len() == 28 && digits.bytes().all(hex)).then(|| FileNumber(text.to_owned()))
    }

    /// As it is given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Files {
    /// The files in a folder, which is made when the first one comes.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Files {
        Files {
            folder: folder.into(),
            serial: AtomicU64::new(1),
            placing: Mutex::default(),
        }
    }

    /// Keeps a file under a number, durably. The same file again is what stands already.
    ///
    /// # Errors
    /// When the number has another file, or the disk did not take it; then nothing of it is left.
    pub fn keep(
        &self,
        number: &FileNumber,
        label: Label,
        bytes: &[u8],
    ) -> Result<Label, FileError> {
        self.make_folder()?;
        let serial = self.serial.fetch_add(1, Ordering::Relaxed);
        let part = self
            .folder
            .join(format!("{}{}-{serial}{}", PART.0, number.0, PART.1));
        let written = write(&part, &label, bytes).map_err(FileError::from);
        let placed = written.and_then(|()| self.place(&part, number, label, bytes));
        // Of what was not placed nothing stays; of what was there is nothing to remove.
        let _ = fs::remove_file(&part);
        placed
    }

    fn place(
        &self,
        part: &Path,
        number: &FileNumber,
        label: Label,
        bytes: &[u8],
    ) -> Result<Label, FileError> {
        let _placing = self.placing.lock().unwrap_or_else(PoisonError::into_inner);
        let path = self.folder.join(&number.0);
        match read(&path) {
            Ok((known, held))
                if known.owner == label.owner && known.until >= written_on(&label) =>
            {
                let same = known.name == label.name && held == bytes;
                return if same {
                    Ok(known)
                } else {
                    Err(FileError::Taken)
                };
            }
            Ok(_) | Err(FileError::Absent) => {}
            Err(error) => return Err(error),
        }
        fs::rename(part, &path)?;
        File::open(&self.folder)?.sync_all()?;
        Ok(label)
    }

    /// A file of an institution.
    ///
    /// # Errors
    /// When it is not there, is another's, its last day has passed, or the folder cannot be read.
    pub fn fetch(
        &self,
        number: &FileNumber,
        owner: &str,
        today: Date,
    ) -> Result<(Label, Vec<u8>), FileError> {
        let (label, bytes) = read(&self.folder.join(&number.0))?;
        if label.owner != owner || label.until < today {
            return Err(FileError::Absent);
        }
        Ok((label, bytes))
    }

    /// Removes what a broken end left half written. Nothing may be on its way: it is done before the doors open.
    ///
    /// # Errors
    /// When the folder cannot be read or something not be removed.
    pub fn clear(&self) -> Result<usize, FileError> {
        self.remove(|name, _| name.starts_with(PART.0) && name.ends_with(PART.1))
    }

    /// Removes the files whose last day has passed.
    ///
    /// # Errors
    /// When the folder cannot be read or something not be removed.
    pub fn sweep(&self, today: Date) -> Result<usize, FileError> {
        self.remove(|name, path| {
            let passed = |label: Label| label.until < today;
            FileNumber::parse(name).is_some() && label(path).is_ok_and(passed)
        })
    }

    fn remove(&self, which: impl Fn(&str, &Path) -> bool) -> Result<usize, FileError> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
            entries => entries?,
        };
        let mut removed = 0;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            if name.to_str().is_some_and(|name| which(name, &entry.path())) {
                fs::remove_file(entry.path())?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// What lies here is about persons: nobody else on the machine looks in.
    fn make_folder(&self) -> Result<(), FileError> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        Ok(builder.create(&self.folder)?)
    }
}

impl Label {
    /// Of a file that is written on a day.
    #[must_use]
    pub fn new(name: impl Into<String>, owner: impl Into<String>, day: Date) -> Label {
        Label {
            name: name.into(),
            owner: owner.into(),
            until: last_day(day),
        }
    }
}

/// The last day on which what was made on a day may be fetched.
#[must_use]
pub fn last_day(day: Date) -> Date {
    day.checked_add(Span::new().days(DAYS)).unwrap_or(day)
}

fn written_on(label: &Label) -> Date {
    let day = label.until.checked_sub(Span::new().days(DAYS));
    day.unwrap_or(label.until)
}

/// The bare name in what a sender calls a file, without the folders that some put before it; none when nothing is left of it.
#[must_use]
pub fn bare_name(text: &str) -> Option<&str> {
    let name = text.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let hidden = name.is_empty() || name.starts_with('.');
    let odd = name.chars().any(char::is_control) || name.chars().count() > 200;
    (!hidden && !odd).then_some(name)
}

fn write(part: &Path, label: &Label, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(part)?;
    let mut line = serde_json::to_vec(label)?;
    line.push(b'\n');
    file.write_all(&line)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn read(path: &Path) -> Result<(Label, Vec<u8>), FileError> {
    let (label, mut rest) = open(path)?;
    let mut bytes = Vec::new();
    rest.read_to_end(&mut bytes)?;
    Ok((label, bytes))
}

fn label(path: &Path) -> Result<Label, FileError> {
    open(path).map(|(label, _)| label)
}

/// The label of a file, and what follows it.
fn open(path: &Path) -> Result<(Label, BufReader<File>), FileError> {
    let mut file = BufReader::new(File::open(path)?);
    let mut line = Vec::new();
    file.by_ref()
        .take(LONGEST_LABEL)
        .read_until(b'\n', &mut line)?;
    let label = serde_json::from_slice(&line)
        .map_err(|error| FileError::Broken(format!("{}: {error}", path.display())))?;
    Ok((label, file))
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> FileError {
        match error.kind() {
            ErrorKind::NotFound => FileError::Absent,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                FileError::Full
            }
            _ => FileError::Broken(error.to_string()),
        }
    }
}
