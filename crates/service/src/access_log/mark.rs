//! `Mark`: a text from outside that may stand in the access log: short, ASCII, without an identity number.

use agency::domain::identity_number::{IdentityFault, IdentityNumber};
use serde::Serialize;

/// A text from outside that may stand in the access log: at most 64 ASCII characters. A character of another script becomes
/// `?`, so that a name cannot stand here, and an identity number becomes eighteen `*`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Mark(String);

const LONGEST: usize = 64;
const NUMBER: usize = 18;

impl Mark {
    /// What of the text may stand in the log.
    #[must_use]
    pub fn of(text: &str) -> Mark {
        // A number that begins before the cut is still seen whole.
        let seen = text.chars().take(LONGEST + NUMBER);
        let mut bytes: Vec<u8> = seen.map(plain).collect();
        for start in 0..bytes.len().saturating_sub(NUMBER - 1) {
            if begins_a_number(&bytes, start) {
                bytes[start..start + NUMBER].fill(b'*');
            }
        }
        bytes.truncate(LONGEST);
        Mark(bytes.into_iter().map(char::from).collect())
    }

    /// As it stands in the log.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn plain(character: char) -> u8 {
    match u8::try_from(character) {
        Ok(byte) if byte.is_ascii_graphic() => byte,
        _ => b'?',
    }
}

fn begins_a_number(bytes: &[u8], start: usize) -> bool {
    let Some(Ok(text)) = bytes.get(start..start + NUMBER).map(str::from_utf8) else {
        return false;
    };
    let digit = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    let alone = !digit(start.checked_sub(1)) && !digit(Some(start + NUMBER));
    names_a_citizen(text, alone)
}

/// Whether a text is an identity number. One that stands alone is one also with a wrong check character, since it still names
/// somebody; within a longer row of digits, such as a message's number, the check character must be right.
fn names_a_citizen(text: &str, alone: bool) -> bool {
    let year = text.get(6..8);
    if year != Some("19") && year != Some("20") {
        return false;
    }
    match IdentityNumber::parse(text) {
        Ok(_) => true,
        Err(IdentityFault::Check(_)) => alone,
        Err(_) => false,
    }
}

/// Whether an identity number stands in it, also in the digits of another keyboard, also in groups.
pub(crate) fn names_somebody(text: &str) -> bool {
    let all: Vec<char> = text.chars().map(narrow).collect();
    (0..all.len()).any(|start| {
        let is_digit = |at: Option<usize>| {
            let one = at.and_then(|at| all.get(at));
            one.is_some_and(char::is_ascii_digit)
        };
        if !is_digit(Some(start)) {
            return false;
        }
        let rest = all.iter().enumerate().skip(start);
        let within = rest.filter(|(_, one)| one.is_alphanumeric());
        let within: Vec<_> = within.take(NUMBER).collect();
        let number: String = within.iter().map(|(_, one)| *one).collect();
        let after = within.last().map(|(last, _)| last + 1);
        let alone = !is_digit(start.checked_sub(1)) && !is_digit(after);
        names_a_citizen(&number, alone)
    })
}

/// A digit or letter of full width as a plain one.
fn narrow(one: char) -> char {
    match one {
        '０'..='９' | 'Ｘ' | 'ｘ' => {
            let plain = u32::from(one).checked_sub(0xFEE0);
            plain.and_then(char::from_u32).unwrap_or(one)
        }
        _ => one,
    }
}
