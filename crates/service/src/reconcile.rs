//! Reconciling (对账): what the agency has of an institution, held against what the institution has.
//!
//! A settlement and its being taken back are two rows, the second with negative amounts. All days are those on which the agency
//! recorded something.

pub mod clue;
pub mod compare;
pub mod days;
pub mod narrowed;
pub mod ours;
pub mod sums;
mod verdict;

use agency::domain::Fen;

/// Which rows are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// All.
    #[default]
    All,
    /// Settlements, also those that were taken back later.
    Settlements,
    /// Those taken back.
    Refunds,
}

/// What both sides tell of a row, in fen; of one that was taken back negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Amounts {
    /// The bill.
    pub total: i64,
    /// Paid by funds.
    pub funds: i64,
    /// Paid from accounts.
    pub account: i64,
}

impl Which {
    /// Whether a row is looked at.
    #[must_use]
    pub const fn takes(self, refund: bool) -> bool {
        match self {
            Which::All => true,
            Which::Settlements => !refund,
            Which::Refunds => refund,
        }
    }
}

impl Amounts {
    /// Bill, funds, accounts.
    #[must_use]
    pub const fn each(self) -> [i64; 3] {
        [self.total, self.funds, self.account]
    }
}

/// An amount in fen as yuan, of either sign: `-315.99`.
#[must_use]
pub fn yuan(fen: i128) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let size = u64::try_from(fen.unsigned_abs()).unwrap_or(u64::MAX);
    format!("{sign}{}", Fen::new(size))
}
