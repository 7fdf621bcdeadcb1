//! `Source`: the text of one file with its name; positions, size, encoding and depth are checked here.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::node::{Node, Value, on_one_line};

const BYTE_ORDER_MARK: char = '\u{feff}';

/// A text with its name.
#[derive(Clone, Debug)]
pub struct Source {
    /// As it was given; `-` is standard input.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: String,
    /// JSON rather than TOML.
    pub json: bool,
}

impl Source {
    /// The largest file that is read.
    pub const LARGEST: usize = 16 * 1024 * 1024;
    /// The deepest nesting that is read.
    pub const DEEPEST: usize = 32;

    /// From bytes. JSON is recognised by the ending `.json` or by a first character `{`. A byte order mark, which
    /// some editors write, is left out.
    ///
    /// # Errors
    /// When the bytes are too many or no UTF-8.
    pub fn new(name: &str, bytes: Vec<u8>) -> Result<Source, Error> {
        if bytes.len() > Source::LARGEST {
            let most = Source::LARGEST;
            return Err(whole(
                name,
                format!("the file has more than {most} bytes, 16 MB; no more are read"),
            ));
        }
        match String::from_utf8(bytes) {
            Ok(mut text) => {
                if text.starts_with(BYTE_ORDER_MARK) {
                    text.drain(..BYTE_ORDER_MARK.len_utf8());
                }
                let json = name.ends_with(".json") || text.trim_start().starts_with('{');
                Ok(Source {
                    name: name.to_owned(),
                    text,
                    json,
                })
            }
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let before = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
                let byte = error.as_bytes()[good];
                let message = format!("byte 0x{byte:02x} is not UTF-8; files are UTF-8");
                let at = Some(position(&before, before.len()));
                Err(Error {
                    file: name.to_owned(),
                    at,
                    path: String::new(),
                    message,
                    hint: None,
                })
            }
        }
    }

    /// From a file.
    ///
    /// # Errors
    /// When it cannot be read, is too large or no UTF-8.
    pub fn read(path: &Path) -> Result<Source, Error> {
        let name = path.display().to_string();
        let file = std::fs::File::open(path)
            .map_err(|e| whole(&name, format!("cannot be opened: {e}")))?;
        Source::read_from(&name, file)
    }

    /// From a file, or from standard input where the path is `-`.
    ///
    /// # Errors
    /// When it cannot be read, is too large or no UTF-8.
    pub fn read_or_stdin(path: &Path) -> Result<Source, Error> {
        if path == Path::new("-") {
            Source::read_from("-", std::io::stdin().lock())
        } else {
            Source::read(path)
        }
    }

    /// From a stream; reads no more than is allowed.
    ///
    /// # Errors
    /// When it cannot be read, is too large or no UTF-8.
    pub fn read_from(name: &str, stream: impl std::io::Read) -> Result<Source, Error> {
        use std::io::Read as _;
        let mut bytes = Vec::new();
        let most = u64::try_from(Source::LARGEST).unwrap_or(u64::MAX) + 1;
        stream
            .take(most)
            .read_to_end(&mut bytes)
            .map_err(|e| whole(name, format!("cannot be read: {e}")))?;
        Source::new(name, bytes)
    }

    /// SHA-256 of the text, in hexadecimal: the same bytes, the same settlement.
    #[must_use]
    pub fn hash(&self) -> String {
        Sha256::digest(self.text.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The tree of the text.
    ///
    /// # Errors
    /// When it is empty, no TOML or JSON, no table or nested too deeply.
    pub(crate) fn tree(&self) -> Result<Node, Error> {
        if self.text.trim().is_empty() {
            return Err(whole(&self.name, "the file is empty".into()));
        }
        let tree = if self.json {
            crate::json::parse(self)
        } else {
            crate::toml::parse(self)
        }?;
        if !matches!(tree.value, Value::Table(_)) {
            return Err(self.error(
                tree.at,
                "",
                format!("{} was found; the whole file is one table", tree.found()),
            ));
        }
        match tree.deeper_than(Source::DEEPEST) {
            None => Ok(tree),
            Some(at) => Err(self.too_deep(at)),
        }
    }

    /// The error at a bracket or key that is nested too deeply.
    pub(crate) fn too_deep(&self, byte: usize) -> Error {
        self.error(
            byte,
            "",
            format!(
                "tables and lists are nested more than {} deep",
                Source::DEEPEST
            ),
        )
    }

    /// An error of form: what the parser says, and the word at which it says so.
    /// The line that a byte lies in.
    pub(crate) fn line_at(&self, byte: usize) -> &str {
        let (line, _) = self.position(byte);
        self.text.lines().nth(line.saturating_sub(1)).unwrap_or("")
    }

    pub(crate) fn malformed(&self, byte: usize, form: &str, rule: &str) -> Error {
        let rest = self.text.get(byte..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let found = match line.split_ascii_whitespace().next() {
            _ if rest.is_empty() => "the end of the file".to_owned(),
            None => "the end of the line".to_owned(),
            Some(word) => format!("`{}`", on_one_line(word, 20)),
        };
        self.error(byte, "", format!("not {form}: {rule}; {found} was found"))
    }

    /// An error at the value that a path leads to, like `line[2].amount`; at the table that lacks it if there is none.
    #[must_use]
    pub fn error_at(&self, path: &str, message: String) -> Error {
        let at = self
            .tree()
            .ok()
            .map(|tree| self.position(tree.at_path(path)));
        Error {
            file: self.name.clone(),
            at,
            path: path.to_owned(),
            message,
            hint: None,
        }
    }

    /// Line and column of a byte, from 1; columns count characters.
    #[must_use]
    pub fn position(&self, byte: usize) -> (usize, usize) {
        position(&self.text, byte)
    }

    /// An error at a byte.
    pub(crate) fn error(&self, byte: usize, path: &str, message: String) -> Error {
        Error {
            file: self.name.clone(),
            at: Some(self.position(byte)),
            path: path.to_owned(),
            message,
            hint: None,
        }
    }
}

pub(crate) fn whole(file: &str, message: String) -> Error {
    Error {
        file: file.to_owned(),
        at: None,
        path: String::new(),
        message,
        hint: None,
    }
}

/// Gives each error the position of its byte, in one walk over the text; they are in the order of their bytes.
pub(crate) fn place(text: &str, errors: Vec<(usize, Error)>) -> Vec<Error> {
    let (mut line, mut column, mut at) = (1, 1, 0);
    let mut placed = Vec::with_capacity(errors.len());
    for (byte, mut error) in errors {
        let end = boundary(text, byte);
        let passed = &text[at..end];
        match passed.rfind('\n') {
            None => column += passed.chars().count(),
            Some(last) => {
                line += passed.matches('\n').count();
                column = passed[last..].chars().count();
            }
        }
        at = end;
        error.at = Some((line, column));
        placed.push(error);
    }
    placed
}

fn boundary(text: &str, byte: usize) -> usize {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..boundary(text, byte)];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    (line, before[start..].chars().count() + 1)
}
