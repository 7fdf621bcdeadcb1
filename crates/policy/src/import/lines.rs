//! `Lines`: the lines of a stream with their numbers; size and encoding are checked here, and no more than a line is held.

use std::io::{BufRead, BufReader, Read};

/// The largest line that is read, in bytes.
pub(super) const LARGEST: usize = 64 * 1024;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The lines of a stream.
pub(super) struct Lines<R> {
    input: BufReader<R>,
    buffer: Vec<u8>,
    number: u64,
    broken: bool,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(input: R) -> Lines<R> {
        Lines {
            input: BufReader::with_capacity(LARGEST, input),
            buffer: Vec::new(),
            number: 0,
            broken: false,
        }
    }

    /// The number of the line read last, from 1.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The next line without its end and without a byte order mark, or the rule that it breaks; none at the end of the
    /// stream and after the stream itself has failed.
    pub(super) fn next(&mut self) -> Option<Result<&str, String>> {
        if self.broken {
            return None;
        }
        self.number += 1;
        match self.fill() {
            Ok(true) => Some(line(&self.buffer, self.number == 1)),
            Ok(false) => None,
            Err(error) => {
                self.broken = true;
                Some(Err(format!("cannot be read: {error}")))
            }
        }
    }

    /// Reads up to the end of the line, and of a line that is too long no more than shows that it is; false at the end.
    fn fill(&mut self) -> std::io::Result<bool> {
        self.buffer.clear();
        // One byte more, and the two of the line's end.
        let most = u64::try_from(LARGEST + 3).unwrap_or(u64::MAX);
        let mut limited = self.input.by_ref().take(most);
        limited.read_until(b'\n', &mut self.buffer)?;
        if self.buffer.len() == LARGEST + 3 && self.buffer.last() != Some(&b'\n') {
            self.input.skip_until(b'\n')?;
        }
        Ok(!self.buffer.is_empty())
    }
}

fn line(bytes: &[u8], first: bool) -> Result<&str, String> {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    if bytes.len() > LARGEST {
        return Err(format!(
            "the line has more than {LARGEST} bytes, 64 KiB; no more are read"
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
        format!("byte 0x{byte:02x} is not UTF-8; files are UTF-8 (in Excel: save as `CSV UTF-8`)")
    })?;
    let marked = if first {
        text.strip_prefix(BYTE_ORDER_MARK)
    } else {
        None
    };
    Ok(marked.unwrap_or(text))
}
