//! `Region`: the six-digit code of a region, and whether one lies within another.

use std::fmt;

/// A six-digit administrative code; of a policy it names the pooling region (统筹区).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(u32);

impl Region {
    /// From exactly six digits, of which the first is not 0.
    #[must_use]
    pub fn parse(text: &str) -> Option<Region> {
        let digits =
            text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
        digits.then(|| text.parse().ok().map(Region)).flatten()
    }

    /// Its six digits as a number.
    #[must_use]
    pub const fn digits(self) -> u32 {
        self.0
    }

    /// Does `other` lie within this region? `110105` lies in `110000`, `420106` in `420100`: a code that ends
    /// in zeros covers what begins like it.
    #[must_use]
    pub fn covers(self, other: Region) -> bool {
        let whole = if self.0.is_multiple_of(10_000) {
            10_000
        } else if self.0.is_multiple_of(100) {
            100
        } else {
            1
        };
        self.0 / whole == other.0 / whole
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_covers_what_begins_like_it() {
        let covers = |a, b| {
            Region::parse(a)
                .zip(Region::parse(b))
                .map(|(a, b)| a.covers(b))
        };
        assert_eq!(covers("110000", "110105"), Some(true));
        assert_eq!(covers("420100", "420106"), Some(true));
        assert_eq!(covers("420100", "420200"), Some(false));
        assert_eq!(covers("500112", "500113"), Some(false));
        assert_eq!(Region::parse("11000"), None);
        assert_eq!(Region::parse("١١٠٠٠٠"), None);
    }
}
