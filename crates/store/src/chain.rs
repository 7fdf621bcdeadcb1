//! The hash chain: each entry's hash covers everything in it and the hash before it.

use std::fmt;
use std::fmt::Write as _;

use domain::fen::Fen;
use domain::ledger::{AccountNumber, Posting};
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::lane::LaneId;
use crate::row::EntryRow;

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

/// What the first entry of a lane follows.
pub const START: Hash = Hash([0; 32]);

impl Hash {
    /// From 64 hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Hash> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Some(Hash(bytes))
    }

    /// Its 64 hexadecimal digits.
    #[must_use]
    pub fn hex(&self) -> String {
        hex(&self.0)
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// The bytes of an even number of lower-case hexadecimal digits.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    pairs
        .map(|pair| Some(nibble(pair[0])? << 4 | nibble(pair[1])?))
        .collect()
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl EntryRow {
    /// The hash that this entry must have after `previous`: of the lines lane, number, day, year, kind, person, party, about, policy,
    /// postings and record, each as it stands in the database, after the hash before it. Only the record may hold a line end, and it
    /// comes last, so no two entries give the same bytes.
    #[must_use]
    pub fn chained(&self, lane: LaneId, previous: &Hash) -> Hash {
        let mut text = String::with_capacity(200 + self.record.len() + 24 * self.postings.len());
        let year = self.year.map_or(0, day_digits);
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "{}\n{}\n{}\n{year}\n{}\n{}\n{}\n{}\n{}\n",
            lane.digits(),
            self.seq,
            day_digits(self.day),
            self.kind,
            self.person,
            self.party,
            self.about,
            self.policy,
        );
        write_postings(&mut text, &self.postings);
        text.push('\n');
        text.push_str(&self.record);
        let mut hasher = Sha256::new();
        hasher.update(previous.0);
        hasher.update(text.as_bytes());
        Hash(hasher.finalize().into())
    }
}

/// `20261126`.
pub(crate) fn day_digits(day: Date) -> u32 {
    u32::from(day.year().unsigned_abs()) * 10_000
        + u32::from(day.month().unsigned_abs()) * 100
        + u32::from(day.day().unsigned_abs())
}

/// The day of eight digits.
pub(crate) fn day_of(digits: u32) -> Option<Date> {
    let year = i16::try_from(digits / 10_000).ok()?;
    let month = i8::try_from(digits / 100 % 100).ok()?;
    let day = i8::try_from(digits % 100).ok()?;
    Date::new(year, month, day).ok()
}

/// `[[3101,2101,4550,12],…]`: debit, credit, fen, rule.
pub(crate) fn write_postings(text: &mut String, postings: &[Posting]) {
    text.push('[');
    for (n, posting) in postings.iter().enumerate() {
        let comma = if n == 0 { "" } else { "," };
        let _ = write!(
            text,
            "{comma}[{},{},{},{}]",
            posting.debit.0,
            posting.credit.0,
            posting.amount.fen(),
            posting.rule
        );
    }
    text.push(']');
}

/// The postings of that text, exactly as [`write_postings`] writes it.
pub(crate) fn read_postings(text: &str) -> Option<Vec<Posting>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    if inner.is_empty() {
        return Some(Vec::new());
    }
    let rows = inner.strip_prefix('[')?.strip_suffix(']')?;
    rows.split("],[")
        .map(|row| {
            let mut fields = row.split(',');
            let posting = Posting {
                debit: AccountNumber(fields.next()?.parse().ok()?),
                credit: AccountNumber(fields.next()?.parse().ok()?),
                amount: Fen::new(fields.next()?.parse().ok()?),
                rule: fields.next()?.parse().ok()?,
            };
            fields.next().is_none().then_some(posting)
        })
        .collect()
}
