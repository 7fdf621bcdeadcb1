//! National files as they are downloaded: a ZIP with one text in it, or the text itself.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use zip::ZipArchive;

use crate::import::RowErrors;

/// What a ZIP begins with.
const ZIP: [u8; 4] = *b"PK\x03\x04";

/// Opens a file, unpacks it as it is read if it is a ZIP, and hands the text with its name to `read`.
///
/// # Errors
/// When the file cannot be opened, or is a ZIP without exactly one text (`.txt`) in it.
pub fn with_text<T>(
    path: &Path,
    read: impl FnOnce(&str, &mut dyn Read) -> T,
) -> Result<T, RowErrors> {
    let name = path.display().to_string();
    let told = |rule: String| RowErrors::of(&name, None, rule);
    let mut file = File::open(path).map_err(|error| told(format!("cannot be opened: {error}")))?;
    let packed = is_zip(&mut file).map_err(|error| told(format!("cannot be read: {error}")))?;
    if !packed {
        return Ok(read(&name, &mut file));
    }
    let not_zip =
        |error: zip::result::ZipError| told(format!("is no ZIP that can be read: {error}"));
    let mut archive = ZipArchive::new(file).map_err(not_zip)?;
    // Names may be in a Chinese encoding that is not UTF-8; only their ends are asked for.
    let is_text = |name: &[u8]| name.to_ascii_lowercase().ends_with(b".txt");
    let names = archive.file_names_raw().enumerate();
    let texts: Vec<usize> = names
        .filter(|(_, name)| is_text(name))
        .map(|(at, _)| at)
        .collect();
    let [text] = texts.as_slice() else {
        let found = texts.len();
        return Err(told(format!(
            "it holds {found} texts (.txt); a ZIP of the catalogue holds one"
        )));
    };
    let mut entry = archive.by_index(*text).map_err(not_zip)?;
    let inner = String::from_utf8_lossy(entry.name_raw()).into_owned();
    Ok(read(&format!("{name}/{inner}"), &mut entry))
}

fn is_zip(file: &mut File) -> std::io::Result<bool> {
    let mut head = Vec::new();
    file.by_ref().take(4).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head == ZIP)
}
