//! `Fen`: an amount of money in whole fen, never negative.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use crate::ratio::{Ratio, Round};

/// An amount of money in whole fen (0.01 yuan), never negative: direction lies in the accounts, not in a sign.
///
/// There is no multiplication, division or subtraction: a part is taken by splitting, which returns both
/// parts, so that the residue of a rounding always lands somewhere named.
///
/// ```
/// use domain::{Fen, Ratio, Round};
/// let (fund, own) = Fen::from_yuan(28_700).split_by(Ratio::percent(85), Round::HalfUp);
/// assert_eq!((fund.to_string(), own.to_string()), ("24395.00".into(), "4305.00".into()));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fen(u64);

impl Fen {
    /// Nothing.
    pub const ZERO: Fen = Fen(0);
    /// The largest amount a bill, a policy or a year's sum may name: 99,999,999,999.99 yuan. Below it the
    /// arithmetic of the settlement stays within 64 bits (see [`Ratio::FINEST`]).
    pub const LARGEST: Fen = Fen(9_999_999_999_999);
    /// No limit: larger than every amount that may be named.
    pub const UNLIMITED: Fen = Fen(u64::MAX);

    /// `fen` fen.
    #[must_use]
    pub const fn new(fen: u64) -> Fen {
        Fen(fen)
    }

    /// `yuan` whole yuan.
    #[must_use]
    pub const fn from_yuan(yuan: u64) -> Fen {
        Fen(yuan * 100)
    }

    /// The number of fen.
    #[must_use]
    pub const fn fen(self) -> u64 {
        self.0
    }

    /// Is it nothing?
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The part within `limit`, and the rest.
    #[inline]
    #[must_use]
    pub const fn split_at(self, limit: Fen) -> (Fen, Fen) {
        if self.0 <= limit.0 {
            (self, Fen(0))
        } else {
            (limit, Fen(self.0 - limit.0))
        }
    }

    /// The share `ratio` of it, rounded to whole fen, and the rest.
    #[inline]
    #[must_use]
    pub fn split_by(self, ratio: Ratio, round: Round) -> (Fen, Fen) {
        // A ratio is at most one, so the rounded share is at most the whole.
        let share = match self.0.checked_mul(u64::from(ratio.num())) {
            Some(product) => round.quotient(product, u64::from(ratio.den())),
            None => {
                let product = u128::from(self.0) * u128::from(ratio.num());
                round
                    .wide_quotient(product, u128::from(ratio.den()))
                    .unwrap_or(self.0)
            }
        };
        (Fen(share), Fen(self.0 - share))
    }

    /// What remains beyond `other`: nothing when `other` is larger.
    #[inline]
    #[must_use]
    pub const fn beyond(self, other: Fen) -> Fen {
        Fen(self.0.saturating_sub(other.0))
    }

    /// The sum, or none beyond 64 bits.
    #[inline]
    #[must_use]
    pub const fn checked_add(self, other: Fen) -> Option<Fen> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Fen(sum)),
            None => None,
        }
    }
}

impl Add for Fen {
    type Output = Fen;

    #[inline]
    fn add(self, other: Fen) -> Fen {
        Fen(self.0 + other.0)
    }
}

impl AddAssign for Fen {
    #[inline]
    fn add_assign(&mut self, other: Fen) {
        self.0 += other.0;
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Fen>>(amounts: I) -> Fen {
        amounts.fold(Fen::ZERO, Add::add)
    }
}

/// Plain yuan with two decimals: `1300.00`.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}.{:02}", self.0 / 100, self.0 % 100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_conserves_the_whole() {
        for (fen, limit) in [(0, 5), (5, 0), (5, 5), (6, 5)] {
            let (within, rest) = Fen::new(fen).split_at(Fen::new(limit));
            assert_eq!(within + rest, Fen::new(fen));
            assert!(within <= Fen::new(limit));
        }
    }

    #[test]
    fn the_share_is_rounded_as_told() {
        // 2380.715 was printed as 2380.72 on a real slip, so halves are not cut.
        let whole = Fen::new(476_143);
        let half = Ratio::percent(50);
        let shares = [Round::HalfUp, Round::HalfEven, Round::Up, Round::Down]
            .map(|r| whole.split_by(half, r).0.fen());
        assert_eq!(shares, [238_072, 238_072, 238_072, 238_071]);
        let shares =
            [Round::HalfUp, Round::HalfEven].map(|r| Fen::new(5).split_by(half, r).0.fen());
        assert_eq!(shares, [3, 2]);
    }

    #[test]
    fn it_prints_as_plain_yuan() {
        assert_eq!(Fen::new(5).to_string(), "0.05");
        assert_eq!(Fen::LARGEST.to_string(), "99999999999.99");
    }
}
