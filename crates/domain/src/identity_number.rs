//! `IdentityNumber`: the eighteen characters of GB 11643-1999 that name a citizen, with the birth day and the sex they tell.

use std::fmt;

use jiff::civil::Date;

use crate::membership::Sex;

/// A citizen's identity number (公民身份号码): region 6, birth 8, sequence 3, check 1. Always one that checks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityNumber([u8; 18]);

/// Why a text is no identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityFault {
    /// It is not seventeen digits and a digit or `X`.
    Shape,
    /// Its digits 7 to 14 are no day.
    Birth,
    /// The last character should be this one.
    Check(char),
}

/// What each of the first seventeen digits counts (GB 11643-1999, annex).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character by the sum's remainder by 11.
const CHECKS: &[u8; 11] = b"10X98765432";

impl IdentityNumber {
    /// From its text; a small `x` at the end is read as `X`.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<IdentityNumber, IdentityFault> {
        let mut bytes: [u8; 18] = text
            .as_bytes()
            .try_into()
            .map_err(|_| IdentityFault::Shape)?;
        bytes[17].make_ascii_uppercase();
        let (digits, last) = (&bytes[..17], bytes[17]);
        let shaped = digits.iter().all(u8::is_ascii_digit)
            && (last.is_ascii_digit() || last == b'X')
            && digits[0] != b'0';
        if !shaped {
            return Err(IdentityFault::Shape);
        }
        day(&bytes).ok_or(IdentityFault::Birth)?;
        let check = check_character(digits);
        if last == check {
            Ok(IdentityNumber(bytes))
        } else {
            Err(IdentityFault::Check(char::from(check)))
        }
    }

    /// The day of birth.
    #[must_use]
    pub fn birth(self) -> Date {
        // `parse` has seen that it is a day.
        day(&self.0).unwrap_or(Date::MIN)
    }

    /// The sex: an odd sequence is a man's.
    #[must_use]
    pub fn sex(self) -> Sex {
        if number(&self.0[16..17]) % 2 == 1 {
            Sex::Male
        } else {
            Sex::Female
        }
    }

    /// Its eighteen characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII is let in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// The digits of a number; they are few.
fn number(digits: &[u8]) -> i16 {
    let value = |n: i16, digit: &u8| n * 10 + i16::from(digit - b'0');
    digits.iter().fold(0, value)
}

fn day(bytes: &[u8; 18]) -> Option<Date> {
    let month = i8::try_from(number(&bytes[10..12])).ok()?;
    let day = i8::try_from(number(&bytes[12..14])).ok()?;
    Date::new(number(&bytes[6..10]), month, day).ok()
}

/// The check character of the seventeen digits before it (ISO 7064, MOD 11-2).
#[must_use]
pub fn check_character(digits: &[u8]) -> u8 {
    let weighed = digits.iter().zip(WEIGHTS);
    let sum: u32 = weighed
        .map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight)
        .sum();
    CHECKS[(sum % 11) as usize]
}

impl fmt::Display for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Without the sequence: a log does not give a person away.
impl fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.as_str();
        write!(
            f,
            "IdentityNumber({}****)",
            text.get(..14).unwrap_or_default()
        )
    }
}

/// The rule that is broken.
impl fmt::Display for IdentityFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IdentityFault::Shape => {
                f.write_str("an identity number is 17 digits and a check digit or X")
            }
            IdentityFault::Birth => {
                f.write_str("digits 7 to 14 of an identity number are the day of birth")
            }
            IdentityFault::Check(check) => {
                write!(
                    f,
                    "the check digit of this identity number would be {check}"
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_examples_of_the_standard_tell_birth_and_sex() {
        for (text, birth, sex) in [
            ("11010519491231002X", date(1949, 12, 31), Sex::Female),
            ("440524188001010014", date(1880, 1, 1), Sex::Male),
        ] {
            let number = IdentityNumber::parse(text).unwrap();
            assert_eq!((number.birth(), number.sex()), (birth, sex));
            assert_eq!(number.to_string(), text);
        }
        assert!(IdentityNumber::parse("11010519491231002x").is_ok());
    }

    #[test]
    fn what_is_none_is_told_why() {
        for (text, fault) in [
            ("110105194912310021", IdentityFault::Check('X')),
            ("11010519491231003X", IdentityFault::Check('8')),
            ("11010519490231002X", IdentityFault::Birth),
            ("01010519491231002X", IdentityFault::Shape),
            ("1101051949123100X", IdentityFault::Shape),
            ("11010519491231002Y", IdentityFault::Shape),
            ("110105491231002", IdentityFault::Shape),
            ("１１０１０５", IdentityFault::Shape),
            ("", IdentityFault::Shape),
        ] {
            assert_eq!(
                IdentityNumber::parse(text).map(|_| ()),
                Err(fault),
                "{text}"
            );
        }
    }

    #[test]
    fn two_digits_that_change_places_are_found() {
        let good = b"440524188001010014";
        for at in 0..16 {
            let mut bytes = *good;
            bytes.swap(at, at + 1);
            let text = std::str::from_utf8(&bytes).unwrap();
            assert_eq!(
                IdentityNumber::parse(text).is_ok(),
                bytes == *good,
                "{text}"
            );
        }
    }

    #[test]
    fn a_log_does_not_give_the_sequence_away() {
        let number = IdentityNumber::parse("11010519491231002X").unwrap();
        assert_eq!(format!("{number:?}"), "IdentityNumber(11010519491231****)");
    }
}
