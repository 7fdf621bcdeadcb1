//! `CreditCode`: the eighteen characters of GB 32100-2015 that name an organisation (统一社会信用代码).

use std::fmt;

/// A unified social credit code: authority 1, kind 1, region 6, organisation 9, check 1. Always one that checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode([u8; 18]);

/// Why a text is no unified social credit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditCodeFault {
    /// It is not eighteen digits and capitals other than I, O, S, V and Z.
    Shape,
    /// Its characters 3 to 8 are not the digits of a region.
    Region,
    /// The last character should be this one.
    Check(char),
}

/// The alphabet; what a character counts is its place here (GB 32100-2015, table 2).
pub const CHARACTERS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The check character of the seventeen before it (MOD 31; the weights are the powers of 3 by 31). One that is none of the alphabet counts
/// nothing.
#[must_use]
pub fn check_character(characters: &[u8]) -> u8 {
    let (mut sum, mut weight) = (0, 1);
    for character in characters {
        let place = CHARACTERS.iter().position(|c| c == character);
        sum += place.unwrap_or(0) * weight;
        weight = weight * 3 % 31;
    }
    CHARACTERS[(31 - sum % 31) % 31]
}

impl CreditCode {
    /// From its text.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<CreditCode, CreditCodeFault> {
        let bytes: [u8; 18] = text
            .as_bytes()
            .try_into()
            .map_err(|_| CreditCodeFault::Shape)?;
        if !bytes.iter().all(|byte| CHARACTERS.contains(byte)) {
            return Err(CreditCodeFault::Shape);
        }
        if !bytes[2..8].iter().all(u8::is_ascii_digit) {
            return Err(CreditCodeFault::Region);
        }
        let check = check_character(&bytes[..17]);
        if bytes[17] == check {
            Ok(CreditCode(bytes))
        } else {
            Err(CreditCodeFault::Check(char::from(check)))
        }
    }

    /// Its eighteen characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII is let in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The rule that is broken.
impl fmt::Display for CreditCodeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CreditCodeFault::Shape => f.write_str(
                "a unified social credit code is 18 digits and capitals without I, O, S, V and Z",
            ),
            CreditCodeFault::Region => f.write_str(
                "characters 3 to 8 of a unified social credit code are the digits of a region",
            ),
            CreditCodeFault::Check(check) => write!(
                f,
                "the check character of this unified social credit code would be {check}"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_checks_and_what_is_none_is_told_why() {
        for (text, told) in [
            ("91350100M000100Y43", Ok(())),
            ("91350100M000100Y44", Err(CreditCodeFault::Check('3'))),
            ("91350100M000100Y34", Err(CreditCodeFault::Check('0'))),
            ("9135010AM000100Y43", Err(CreditCodeFault::Region)),
            ("91350100m000100y43", Err(CreditCodeFault::Shape)),
            ("91350100M000100I43", Err(CreditCodeFault::Shape)),
            ("91350100M000100Y4", Err(CreditCodeFault::Shape)),
            ("", Err(CreditCodeFault::Shape)),
        ] {
            assert_eq!(CreditCode::parse(text).map(|_| ()), told, "{text}");
        }
    }

    #[test]
    fn one_wrong_character_is_always_found() {
        let good = b"91350100M000100Y43";
        for at in 0..18 {
            for character in CHARACTERS {
                let mut bytes = *good;
                bytes[at] = *character;
                let text = std::str::from_utf8(&bytes).unwrap();
                assert_eq!(CreditCode::parse(text).is_ok(), bytes == *good, "{text}");
            }
        }
    }
}
