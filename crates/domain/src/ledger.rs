//! The ledger: chart of accounts, postings, and the postings that a settlement makes.
//!
//! Double entry: every posting debits one account and credits another by the same amount, so the books balance whatever is posted.
//! Whose account it is (the person's, the institution's, the employer's) is said by the entry that carries the posting.

mod chart;
mod kind;
mod settled;

pub use chart::{Chart, Holder, LedgerAccount, Side, YearFigure, YearSum};
pub use kind::EntryKind;
pub use settled::{StayCounts, settled};

use crate::fen::Fen;

/// The number of an account in the [`Chart`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountNumber(pub u16);

/// An amount that goes from one account to another, and by which rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Posting {
    /// Debited (借).
    pub debit: AccountNumber,
    /// Credited (贷).
    pub credit: AccountNumber,
    /// Never zero.
    pub amount: Fen,
    /// The rule it rests on: of a settlement its [`crate::step::RuleId`], of a premium or a credit the row's place in the policy file,
    /// counted from 1; 0 where the entry's own kind names the rule.
    pub rule: u16,
}

impl Posting {
    /// The mirrored posting, which takes this one back.
    #[must_use]
    pub const fn mirrored(self) -> Posting {
        Posting {
            debit: self.credit,
            credit: self.debit,
            ..self
        }
    }
}

/// A list of postings in the making; amounts of zero are not posted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postings(Vec<Posting>);

impl Postings {
    /// Room for so many.
    #[must_use]
    pub fn with_capacity(room: usize) -> Postings {
        Postings(Vec::with_capacity(room))
    }

    /// Posts an amount by a rule.
    pub fn post(
        &mut self,
        debit: impl Into<AccountNumber>,
        credit: impl Into<AccountNumber>,
        amount: Fen,
        rule: u16,
    ) {
        if amount.is_zero() {
            return;
        }
        let (debit, credit) = (debit.into(), credit.into());
        let same = |p: &&mut Posting| (p.debit, p.credit, p.rule) == (debit, credit, rule);
        match self.0.iter_mut().find(same) {
            Some(posting) => posting.amount += amount,
            None => self.0.push(Posting {
                debit,
                credit,
                amount,
                rule,
            }),
        }
    }

    /// All of it.
    #[must_use]
    pub fn sum(&self) -> Fen {
        self.0.iter().map(|posting| posting.amount).sum()
    }

    /// The list.
    #[must_use]
    pub fn list(self) -> Vec<Posting> {
        self.0
    }
}

#[cfg(test)]
mod tests;
