//! The money that is the person's own: parts of the personal account, family accounts, and the own parts of a bill.

use crate::fen::Fen;
use crate::words::words;

/// Balances before the bill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accounts {
    /// Current-year part of the personal account (当年账户).
    pub current: Fen,
    /// Prior years' part (历年账户).
    pub prior: Fen,
    /// Linked family accounts (共济账户), in the order in which they are drawn.
    pub family: Vec<FamilyAccount>,
}

impl Accounts {
    /// Is there nothing in any of them?
    #[must_use]
    pub fn are_empty(&self) -> bool {
        self.current.is_zero()
            && self.prior.is_zero()
            && self.family.iter().all(|f| f.balance.is_zero())
    }
}

/// One linked family account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyAccount {
    /// Whose it is, as the bill says.
    pub name: String,
    /// Balance before the bill.
    pub balance: Fen,
}

words! {
    /// A part of the personal account.
    pub enum AccountPart {
        Current: "current", "当年账户", "current-year account";
        Prior: "prior", "历年账户", "prior years' account";
    }
}

words! {
    /// A part of the bill that is the person's own until somebody pays it, in the order of the law.
    pub enum OwnPart {
        SelfFunded: "self_funded", "全自费", "self-funded";
        OverLimit: "over_limit", "超限价自费", "over the payment limit";
        FirstShare: "first_share", "先行自付", "first share";
        Deductible: "deductible", "起付线", "deductible";
        OwnShare: "own_share", "比例自付", "own share";
        OverCap: "over_cap", "超封顶线", "over the cap";
        LargeOwnShare: "large_own_share", "大额段自付", "own share in the large-amount layer";
    }
}
