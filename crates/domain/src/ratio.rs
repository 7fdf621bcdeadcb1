//! `Ratio`: an exact share from nothing to all; `Round`: how a share becomes whole fen.

use std::fmt;

/// An exact part of a whole, from nothing to all of it: `85%`, `1/3`. Kept in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    num: u32,
    den: u32,
}

impl Ratio {
    /// Nothing of it.
    pub const ZERO: Ratio = Ratio { num: 0, den: 1 };
    /// All of it.
    pub const ONE: Ratio = Ratio { num: 1, den: 1 };
    /// The finest denominator: with [`crate::Fen::LARGEST`] every product of the settlement stays below 2^64.
    pub const FINEST: u32 = 1_000_000;

    /// `num/den` in lowest terms; none when `den` is 0, the ratio is above one, or it is finer than [`Ratio::FINEST`].
    #[must_use]
    pub fn new(num: u64, den: u64) -> Option<Ratio> {
        if den == 0 || num > den {
            return None;
        }
        let shared = gcd(num, den);
        let (num, den) = (
            u32::try_from(num / shared).ok()?,
            u32::try_from(den / shared).ok()?,
        );
        (den <= Ratio::FINEST).then_some(Ratio { num, den })
    }

    /// `percent` hundredths; more than 100 counts as 100.
    #[must_use]
    pub fn percent(percent: u32) -> Ratio {
        Ratio::new(u64::from(percent.min(100)), 100).unwrap_or(Ratio::ONE)
    }

    /// Numerator in lowest terms.
    #[must_use]
    pub const fn num(self) -> u32 {
        self.num
    }

    /// Denominator in lowest terms.
    #[must_use]
    pub const fn den(self) -> u32 {
        self.den
    }

    /// What is missing to all of it.
    #[must_use]
    pub const fn complement(self) -> Ratio {
        Ratio {
            num: self.den - self.num,
            den: self.den,
        }
    }

    /// The part of a part; none when it gets finer than [`Ratio::FINEST`].
    #[must_use]
    pub fn of(self, other: Ratio) -> Option<Ratio> {
        Ratio::new(
            u64::from(self.num) * u64::from(other.num),
            u64::from(self.den) * u64::from(other.den),
        )
    }

    /// This many points more, at most all of it; none when it gets too fine.
    #[must_use]
    pub fn up(self, points: Ratio) -> Option<Ratio> {
        let (a, b, den) = self.with(points);
        Ratio::new((a + b).min(den), den)
    }

    /// This many points less, at least nothing; none when it gets too fine.
    #[must_use]
    pub fn down(self, points: Ratio) -> Option<Ratio> {
        let (a, b, den) = self.with(points);
        Ratio::new(a.saturating_sub(b), den)
    }

    /// Is it less than the other?
    #[must_use]
    pub fn below(self, other: Ratio) -> bool {
        let (a, b, _) = self.with(other);
        a < b
    }

    fn with(self, other: Ratio) -> (u64, u64, u64) {
        let (a, b) = (
            u64::from(self.num) * u64::from(other.den),
            u64::from(other.num) * u64::from(self.den),
        );
        (a, b, u64::from(self.den) * u64::from(other.den))
    }
}

/// As a percentage where it is one with at most four decimals (`95.5%`), else as a fraction (`1/3`).
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millionths = u64::from(self.num) * 1_000_000;
        if !millionths.is_multiple_of(u64::from(self.den)) {
            return f.pad(&format!("{}/{}", self.num, self.den));
        }
        let millionths = millionths / u64::from(self.den);
        let decimals = format!("{:04}", millionths % 10_000);
        let decimals = decimals.trim_end_matches('0');
        let point = if decimals.is_empty() { "" } else { "." };
        f.pad(&format!("{}{point}{decimals}%", millionths / 10_000))
    }
}

/// How an exact amount becomes whole fen. There is no default: the policy says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Round {
    /// To the nearest, halves up (四舍五入).
    HalfUp,
    /// To the nearest, halves to the even fen.
    HalfEven,
    /// Any part of a fen counts as one.
    Up,
    /// Parts of a fen are cut.
    Down,
}

impl Round {
    /// `n / d` as a whole number; `d` is not 0.
    #[inline]
    #[must_use]
    pub const fn quotient(self, n: u64, d: u64) -> u64 {
        let (whole, rest) = (n / d, n % d);
        whole + self.up(whole % 2 == 1, rest, d - rest)
    }

    /// The same for products beyond 64 bits; none when the result is.
    #[must_use]
    pub fn wide_quotient(self, n: u128, d: u128) -> Option<u64> {
        let (whole, rest) = (n / d, n % d);
        // Which side of the middle the rest lies on is all that counts.
        let (rest, missing) = match rest.cmp(&(d - rest)) {
            std::cmp::Ordering::Less => (u64::from(rest > 0), 2),
            std::cmp::Ordering::Equal => (1, 1),
            std::cmp::Ordering::Greater => (2, 1),
        };
        let whole_is_odd = whole % 2 == 1;
        u64::try_from(whole)
            .ok()?
            .checked_add(self.up(whole_is_odd, rest, missing))
    }

    /// One more for the rest of a division, which is `rest` above the whole number and `missing` below the next?
    #[inline]
    const fn up(self, whole_is_odd: bool, rest: u64, missing: u64) -> u64 {
        let up = match self {
            Round::HalfUp => rest >= missing,
            Round::HalfEven => rest > missing || (rest == missing && whole_is_odd),
            Round::Up => rest > 0,
            Round::Down => false,
        };
        up as u64
    }
}

/// A division by one fixed denominator with one rounding, made ready for 64 bits.
///
/// Its argument is an amount up to [`crate::Fen::LARGEST`] times a numerator up to [`Ratio::FINEST`]: below 2^64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Divide {
    den: u64,
    add: u64,
    even: bool,
}

impl Divide {
    /// Hundredths of a percent: the denominator that nearly every policy shares, so that the compiler can
    /// turn the division by it into a multiplication.
    pub const COMMON: u64 = 10_000;

    /// Division by `den`, at least 1.
    #[must_use]
    pub fn by(den: u64, round: Round) -> Divide {
        let den = den.max(1);
        let add = match round {
            Round::HalfUp | Round::HalfEven => den / 2,
            Round::Up => den - 1,
            Round::Down => 0,
        };
        Divide {
            den,
            add,
            even: round == Round::HalfEven,
        }
    }

    /// The denominator.
    #[must_use]
    pub const fn den(self) -> u64 {
        self.den
    }

    /// `n / den`, rounded.
    #[inline(always)]
    #[must_use]
    pub fn round(self, n: u64) -> u64 {
        if self.den == Divide::COMMON && !self.even {
            return (n + self.add) / Divide::COMMON;
        }
        let up = (n + self.add) / self.den;
        // A half was counted up; it goes down again where that gives the even fen.
        let half =
            self.even && self.den.is_multiple_of(2) && (n + self.add).is_multiple_of(self.den);
        if half { up - up % 2 } else { up }
    }
}

pub(crate) fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_prints_as_a_document_would_spell_it() {
        let spelt = |n, d| Ratio::new(n, d).map(|r| r.to_string());
        let expect = |s: &str| Some(s.to_owned());
        assert_eq!(spelt(85, 100), expect("85%"));
        assert_eq!(spelt(955, 1000), expect("95.5%"));
        assert_eq!(spelt(1, 3), expect("1/3"));
        assert_eq!(spelt(0, 7), expect("0%"));
        assert_eq!(
            (spelt(3, 2), spelt(1, 0), spelt(1, 1_000_001)),
            (None, None, None)
        );
    }

    #[test]
    fn a_retiree_bears_sixty_percent_of_the_own_share() {
        let own = Ratio::percent(85).complement().of(Ratio::percent(60));
        assert_eq!(
            own.map(Ratio::complement).map(|r| r.to_string()).as_deref(),
            Some("91%")
        );
    }

    #[test]
    fn the_ready_division_agrees_with_the_plain_one() {
        let rounds = [Round::HalfUp, Round::HalfEven, Round::Up, Round::Down];
        for den in [1, 2, 3, 7, 100, 10_000, 30_000, 999_999, 1_000_000] {
            for round in rounds {
                for n in (0..200)
                    .chain(den * 7 - 3..den * 7 + 3)
                    .chain([9_999_999_999_999 * den])
                {
                    let plain = round.quotient(n, den);
                    assert_eq!(
                        Divide::by(den, round).round(n),
                        plain,
                        "{n}/{den} {round:?}"
                    );
                    assert_eq!(
                        round.wide_quotient(n.into(), den.into()),
                        Some(plain),
                        "{n}/{den} {round:?}"
                    );
                }
            }
        }
    }
}
