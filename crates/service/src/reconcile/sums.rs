//! `Sums`: how many rows, and what they come to, of either sign.

use std::ops::{AddAssign, Sub};

use agency::SlipSum;
use agency::domain::Fen;

use super::Amounts;

/// How many rows there are, and what they come to in fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many.
    pub count: i128,
    /// The bills.
    pub total: i128,
    /// Paid by funds.
    pub funds: i128,
    /// Paid from accounts.
    pub account: i128,
}

impl Sums {
    /// Of the slips of a period: those of what was taken back are negative. With `with_account`, accounts count among the funds.
    #[must_use]
    pub fn of(sum: &SlipSum, with_account: bool) -> Sums {
        let sign = if sum.refunds { -1 } else { 1 };
        let signed = |fen: Fen| sign * i128::from(fen.fen());
        let counted = if with_account { sum.account } else { Fen::ZERO };
        Sums {
            count: sum.count.into(),
            total: signed(sum.total),
            funds: signed(sum.funds) + signed(counted),
            account: signed(sum.account),
        }
    }

    /// Of one row.
    #[must_use]
    pub fn one(amounts: Amounts) -> Sums {
        let [total, funds, account] = amounts.each().map(i128::from);
        Sums {
            count: 1,
            total,
            funds,
            account,
        }
    }

    /// Of several rows.
    #[must_use]
    pub fn all(rows: impl Iterator<Item = Amounts>) -> Sums {
        let mut sums = Sums::default();
        rows.for_each(|row| sums += Sums::one(row));
        sums
    }

    /// Bills, funds, accounts.
    #[must_use]
    pub const fn each(self) -> [i128; 3] {
        [self.total, self.funds, self.account]
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, more: Sums) {
        self.count += more.count;
        self.total += more.total;
        self.funds += more.funds;
        self.account += more.account;
    }
}

impl Sub for Sums {
    type Output = Sums;

    fn sub(self, other: Sums) -> Sums {
        Sums {
            count: self.count - other.count,
            total: self.total - other.total,
            funds: self.funds - other.funds,
            account: self.account - other.account,
        }
    }
}
