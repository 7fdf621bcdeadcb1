//! `Statement`: the file of an institution's own rows as it is sent, and the file that tells what came of them.

use std::borrow::Cow;
use std::io::{Cursor, Read as _, Write as _};

use encoding_rs::GBK;
use jiff::civil::Date;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::fields::reconciliation::IN_3202_COLUMNS;
use super::node::Node;
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
/// What marks a text as UTF-8.
const BOM: &str = "\u{feff}";
/// A file of rows has at most so many bytes, unpacked.
const MOST_BYTES: u64 = 64 << 20;
/// So many faults of one file are told.
const MOST_FAULTS: usize = 20;

/// The rows of a file: a ZIP with one text in it, or the text itself, in UTF-8 or GBK; seven columns divided by tabs, or by commas, in the order of the
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
    if bytes.contains(&0) {
        return Err(whole(
            "应为UTF-8或GBK编码的TXT或CSV，或内含一个此类文件的ZIP".to_owned(),
            "a TXT or CSV in UTF-8 or GBK, or a ZIP with one in it".to_owned(),
        ));
    }
    let text = decoded(&bytes).ok_or_else(|| vec![undecoded(&bytes)])?;
    match text.strip_prefix(BOM) {
        Some(rest) => Ok(rest.to_owned()),
        None => Ok(text.into_owned()),
    }
}

/// A text in UTF-8, else in GBK, in which Excel writes where Chinese is spoken. Whoever marks it as UTF-8 means it.
fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match str::from_utf8(bytes) {
        Ok(text) => Some(Cow::Borrowed(text)),
        Err(_) if bytes.starts_with(BOM.as_bytes()) => None,
        Err(_) => GBK.decode_without_bom_handling_and_without_replacement(bytes),
    }
}

/// Where a text is neither: neither a line's end nor what divides columns is ever a part of another character.
fn undecoded(bytes: &[u8]) -> Fault {
    let is_marked = bytes.starts_with(BOM.as_bytes());
    let is_bad = |part: &[u8]| match is_marked {
        true => str::from_utf8(part).is_err(),
        false => decoded(part).is_none(),
    };
    let mut lines = (1..).zip(bytes.split(|byte| *byte == b'\n'));
    let (line, text) = lines.find(|(_, line)| is_bad(line)).unwrap_or((1, bytes));
    let divided = if text.contains(&b'\t') { b'\t' } else { b',' };
    let mut cells = (1..).zip(text.split(|byte| *byte == divided));
    let (column, cell) = cells.find(|(_, cell)| is_bad(cell)).unwrap_or((1, text));
    let (zh, en) = match is_marked {
        true => ("UTF-8", "UTF-8"),
        false => ("UTF-8或GBK", "UTF-8 or GBK"),
    };
    Fault {
        path: format!("line[{line}].column[{column}]"),
        found: Node::Text(String::from_utf8_lossy(cell)).shown(),
        rule_zh: format!("第{line}行第{column}列应为{zh}编码"),
        rule_en: format!("a text in {en}"),
        hint_zh: "请核对后重新上传".to_owned(),
        hint_en: "correct it and send it again".to_owned(),
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
