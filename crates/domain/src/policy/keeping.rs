//! How the personal account is kept: by when it is credited, what interest it bears, who may use it, what becomes of it.

use jiff::civil::Date;

use super::RowRef;
use crate::account::AccountPart;
use crate::cite::Cite;
use crate::interest::RateWord;
use crate::words::words;

words! {
    /// How often interest is credited.
    pub enum InterestEvery {
        Quarter: "quarter", "每季度", "quarterly";
        Year: "year", "每年", "yearly";
    }
}

words! {
    /// What becomes of an account on death.
    pub enum OnDeath {
        Heirs: "heirs", "由继承人继承", "it goes to the heirs";
        HeirsOrPool: "heirs_or_pool", "由继承人继承，没有继承人的并入统筹基金", "it goes to the heirs, without any to the pooled fund";
    }
}

/// How the personal account is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keeping {
    /// Interest; at most one row for each part.
    pub interest: Vec<InterestRule>,
    /// The other rules; at most one of each kind.
    pub rules: Vec<KeepingRule>,
}

/// The interest of parts of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterestRule {
    /// Which parts.
    pub parts: Vec<AccountPart>,
    /// At which rate of the banks.
    pub rate: RateWord,
    /// How often it is credited.
    pub every: InterestEvery,
    /// On which day of the year, as month and day, where it is yearly and the day is known.
    pub on: Option<(i8, i8)>,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// One rule of keeping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeepingRule {
    /// What it says.
    pub says: Says,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// What a rule of keeping says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// The credit of a month is in the account by this day of it.
    CreditByDay(i8),
    /// Sums credited before this day may be drawn out as money.
    WithdrawableBefore(Date),
    /// Linked relatives may use these parts.
    FamilyUses(Vec<AccountPart>),
    /// What becomes of it on death.
    OnDeath(OnDeath),
}

impl Says {
    /// Its key in files: a file says each at most once.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Says::CreditByDay(_) => "credit_by_day",
            Says::WithdrawableBefore(_) => "withdrawable_before",
            Says::FamilyUses(_) => "family_uses",
            Says::OnDeath(_) => "on_death",
        }
    }
}

impl Keeping {
    /// The interest of a part.
    #[must_use]
    pub fn interest(&self, part: AccountPart) -> Option<&InterestRule> {
        self.interest.iter().find(|row| row.parts.contains(&part))
    }

    /// By which day of the month its credit is in the account.
    #[must_use]
    pub fn credit_by_day(&self) -> Option<(i8, &Cite)> {
        self.rules.iter().find_map(|rule| match rule.says {
            Says::CreditByDay(day) => Some((day, &rule.cite)),
            _ => None,
        })
    }

    /// Sums credited before this day may be drawn out as money.
    #[must_use]
    pub fn withdrawable_before(&self) -> Option<(Date, &Cite)> {
        self.rules.iter().find_map(|rule| match rule.says {
            Says::WithdrawableBefore(day) => Some((day, &rule.cite)),
            _ => None,
        })
    }

    /// The parts that linked relatives may use.
    #[must_use]
    pub fn family_uses(&self) -> Option<(&[AccountPart], &Cite)> {
        self.rules.iter().find_map(|rule| match &rule.says {
            Says::FamilyUses(parts) => Some((parts.as_slice(), &rule.cite)),
            _ => None,
        })
    }

    /// What becomes of the account on death.
    #[must_use]
    pub fn on_death(&self) -> Option<(OnDeath, &Cite)> {
        self.rules.iter().find_map(|rule| match rule.says {
            Says::OnDeath(word) => Some((word, &rule.cite)),
            _ => None,
        })
    }
}
