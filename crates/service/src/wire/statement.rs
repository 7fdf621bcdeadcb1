//! `Statement`: the file of an institution's own rows as it is sent, and the file that tells what came of them.

use std::io::{Cursor, Read as _, Write as _};

use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::fields::reconciliation::IN_3202_COLUMNS;
use super::read::Fault;
use crate::reconcile::compare::Theirs;
use crate::reconcile::ours::MOST_ROWS;

mod cells;
mod outcome;

#[cfg(test)]
mod tests;

pub use outcome::{memo, outcome};

/// What a ZIP begins with.
const ZIP: [u8; 4] = *b"PK\x03\x04";
/// A file of rows has at most so many bytes, unpacked.
const MOST_BYTES: u64 = 64 << 20;
/// So many faults of one file are told.
const MOST_FAULTS: usize = 20;

/// The rows of a file: a ZIP with one text in it, or the text itself; seven columns divided by tabs, or by commas, in the order of the
/// table or under a heading that names them.
///
/// # Errors
/// What is wrong with the file, or with its lines.
pub fn rows(bytes: &[u8]) -> Result<Vec<Theirs>, Vec<Fault>> {
    let text = text(bytes)?;
    let mut faults = Vec::new();
    let mut rows = Vec::new();
    let mut columns = None;
    for (line, text) in (1..).zip(text.lines()) {
        let text = text.trim_end_matches('\r');
        if text.trim().is_empty() {
            continue;
        }
        if rows.len() == MOST_ROWS {
            return Err(whole(
                format!("最多{MOST_ROWS}行"),
                format!("at most {MOST_ROWS} rows"),
            ));
        }
        let (known, heading) = match columns.take() {
            Some(columns) => (columns, false),
            None => cells::Columns::of_first(line, text)?,
        };
        if !heading {
            rows.extend(known.row(line, text, &mut faults));
        }
        columns = Some(known);
        if faults.len() >= MOST_FAULTS {
            break;
        }
    }
    match faults.is_empty() {
        true => Ok(rows),
        false => Err(faults),
    }
}

/// The text of a file, unpacked if it is a ZIP.
fn text(bytes: &[u8]) -> Result<String, Vec<Fault>> {
    let bytes = match bytes.starts_with(&ZIP) {
        true => unpacked(bytes)?,
        false => bounded(bytes)?,
    };
    let no_text = || {
        whole(
            "应为ZIP，内含一个UTF-8编码的TXT".to_owned(),
            "a ZIP with one text in it, in UTF-8".to_owned(),
        )
    };
    let text = String::from_utf8(bytes).map_err(|_| no_text())?;
    if text.contains('\0') {
        return Err(no_text());
    }
    match text.strip_prefix('\u{feff}') {
        Some(rest) => Ok(rest.to_owned()),
        None => Ok(text),
    }
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Vec<Fault>> {
    let broken = |error: &dyn std::fmt::Display| {
        whole(
            "ZIP无法解压".to_owned(),
            format!("a ZIP that can be read: {error}"),
        )
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    // Names may be in an encoding that is not UTF-8; only folders have this end.
    let files: Vec<usize> = archive
        .file_names_raw()
        .enumerate()
        .filter(|(_, name)| !name.ends_with(b"/"))
        .map(|(at, _)| at)
        .collect();
    let [file] = files.as_slice() else {
        let found = files.len();
        return Err(whole(
            format!("ZIP内应只有一个TXT，实有{found}个文件"),
            format!("a ZIP with one text in it; there are {found}"),
        ));
    };
    let entry = archive.by_index(*file).map_err(|error| broken(&error))?;
    let mut text = Vec::new();
    // What the ZIP says of its size may be untrue: it is read no further than it may be long.
    let read = entry.take(MOST_BYTES + 1).read_to_end(&mut text);
    read.map_err(|error| broken(&error))?;
    bounded(&text)?;
    Ok(text)
}

fn bounded(bytes: &[u8]) -> Result<Vec<u8>, Vec<Fault>> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_BYTES {
        let most = MOST_BYTES >> 20;
        return Err(whole(
            format!("解压后不能超过{most}MB"),
            format!("at most {most} MB, unpacked"),
        ));
    }
    Ok(bytes.to_vec())
}

/// A ZIP with one text in it. The same text gives the same bytes.
///
/// # Errors
/// When it is too large to be packed.
pub fn packed(name: &str, text: &str) -> std::io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::DEFAULT)?;
    zip.write_all(text.as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

/// A fault of the whole file.
fn whole(zh: String, en: String) -> Vec<Fault> {
    vec![Fault {
        path: "file".to_owned(),
        found: String::new(),
        rule_zh: format!("对账文件{zh}"),
        rule_en: format!("it must be {en}"),
        hint_zh: "请核对后重新上传".to_owned(),
        hint_en: "correct it and send it again".to_owned(),
    }]
}

/// The name of a column, as a fault tells it.
fn zh_of(name: &str) -> &'static str {
    IN_3202_COLUMNS.field(name).map_or("", |field| field.zh)
}

/// A day, or the day of a time, as a column of the institution's own may tell it.
fn day(text: &str) -> Option<Date> {
    super::read::time(text).map(|time| time.date())
}
