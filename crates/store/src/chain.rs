//! The hash chain: each entry's hash covers everything in it and the hash before it.

use std::fmt;

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
        let mut digits = itoa::Buffer::new();
        let mut line = |text: &mut String, number: u64| {
            text.push_str(digits.format(number));
            text.push('\n');
        };
        line(&mut text, lane.digits().into());
        line(&mut text, self.seq);
        line(&mut text, day_digits(self.day).into());
        line(&mut text, self.year.map_or(0, day_digits).into());
        text.push_str(&self.kind);
        text.push('\n');
        line(&mut text, self.person);
        text.push_str(&self.party);
        text.push('\n');
        line(&mut text, self.about);
        line(&mut text, self.policy.into());
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
    let mut digits = itoa::Buffer::new();
    text.push('[');
    for (n, posting) in postings.iter().enumerate() {
        text.push_str(if n == 0 { "[" } else { ",[" });
        text.push_str(digits.format(posting.debit.0));
        text.push(',');
        text.push_str(digits.format(posting.credit.0));
        text.push(',');
        text.push_str(digits.format(posting.amount.fen()));
        text.push(',');
        text.push_str(digits.format(posting.rule));
        text.push(']');
    }
    text.push(']');
}

/// The postings of that text, exactly as [`write_postings`] writes it: another spelling of the same numbers is a changed byte.
pub(crate) fn read_postings(text: &str) -> Option<Vec<Posting>> {
    let mut rest = text.as_bytes();
    let mut postings = Vec::with_capacity(text.len() / 18);
    take(&mut rest, b'[')?;
    while rest.first() != Some(&b']') {
        if !postings.is_empty() {
            take(&mut rest, b',')?;
        }
        take(&mut rest, b'[')?;
        let debit = number(&mut rest)?;
        take(&mut rest, b',')?;
        let credit = number(&mut rest)?;
        take(&mut rest, b',')?;
        let amount = number(&mut rest)?;
        take(&mut rest, b',')?;
        let rule = number(&mut rest)?;
        take(&mut rest, b']')?;
        postings.push(Posting {
            debit: AccountNumber(u16::try_from(debit).ok()?),
            credit: AccountNumber(u16::try_from(credit).ok()?),
            amount: Fen::new(amount),
            rule: u16::try_from(rule).ok()?,
        });
    }
    take(&mut rest, b']')?;
    rest.is_empty().then_some(postings)
}

fn take(rest: &mut &[u8], byte: u8) -> Option<()> {
    *rest = rest.strip_prefix(&[byte])?;
    Some(())
}

/// Digits without a needless zero.
fn number(rest: &mut &[u8]) -> Option<u64> {
    let length = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let (digits, after) = rest.split_at(length);
    if digits.is_empty() || (digits.len() > 1 && digits[0] == b'0') {
        return None;
    }
    *rest = after;
    digits.iter().try_fold(0_u64, |number, digit| {
        number.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_are_read_as_they_are_written_and_in_no_other_spelling() {
        let posting = Posting {
            debit: AccountNumber(3101),
            credit: AccountNumber(2101),
            amount: Fen::new(4550),
            rule: 12,
        };
        for postings in [vec![], vec![posting], vec![posting, posting.mirrored()]] {
            let mut text = String::new();
            write_postings(&mut text, &postings);
            assert_eq!(read_postings(&text), Some(postings));
        }
        for spelt in [
            "",
            "[",
            "[]]",
            "[[3101,2101,4550,12]",
            "[[3101,2101,4550]]",
            "[[3101,2101,04550,12]]",
            "[[3101,2101,+4550,12]]",
            "[[3101, 2101,4550,12]]",
            "[,[3101,2101,4550,12]]",
            "[[3101,2101,4550,12],]",
            "[[70000,2101,4550,12]]",
            "[[3101,2101,99999999999999999999,12]]",
        ] {
            assert_eq!(read_postings(spelt), None, "{spelt}");
        }
    }
}
