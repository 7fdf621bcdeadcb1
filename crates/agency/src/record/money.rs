//! What is recorded of money that is no settlement: premiums, credits, interest, grants, inheritance, moves.

use domain::Fen;
use domain::bill::Scheme;
use domain::policy::contribution::{Contributor, PremiumPurse};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::word;

/// A part of a premium as the collector reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// Who paid.
    #[serde(with = "word")]
    pub payer: Contributor,
    /// Into which purse.
    #[serde(with = "word")]
    pub into: PremiumPurse,
    /// How much, for all the months.
    #[serde(with = "word::fen")]
    pub amount: Fen,
}

/// A premium was paid for these months, like 202611.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PremiumPaid {
    /// First month.
    pub first: u32,
    /// Last month.
    pub last: u32,
    /// Of these months, first and last of those that were paid before and not again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<(u32, u32)>,
    /// The base of contribution that was taken, between floor and ceiling; absent where no part of it is taken.
    #[serde(
        default,
        with = "word::fen::option",
        skip_serializing_if = "Option::is_none"
    )]
    pub base: Option<Fen>,
    /// The day it was paid, if after it was due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Date>,
}

/// The account was credited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credited {
    /// For which month, or the first month of the year credited in advance.
    pub month: u32,
    /// How many months it is for: 1, or those of a year in advance.
    pub months: u32,
    /// It may be drawn out as money (Beijing's credits before September 2022).
    #[serde(default, skip_serializing_if = "super::care::is_false")]
    pub withdrawable: bool,
}

/// The account bore interest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterestPaid {
    /// Up to which day.
    pub until: Date,
    /// Fen-days of the current-year part.
    pub current: u64,
    /// Fen-days of the prior years' part.
    pub prior: u64,
}

/// The current-year part became prior years'.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearClosed {
    /// First day of the year that begins.
    pub begins: Date,
}

/// A grant: by the lane and the entry of its giver.
pub type Grant = (u32, u64);

/// A relative may draw on the account, to an amount that is set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantGiven {
    /// The relative.
    pub to: u64,
    /// The relative's lane.
    pub lane: u32,
}

/// A relative's account may be drawn on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantReceived {
    /// The grant.
    pub grant: Grant,
    /// Who gives it.
    pub from: u64,
}

/// What is left of a grant goes back to its giver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantReturned {
    /// The grant.
    pub grant: Grant,
}

/// What was left of a grant came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantRestored {
    /// The grant.
    pub grant: Grant,
}

/// The person died; the account goes to an heir's account, in cash, or to the pooled fund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Died {
    /// The day.
    pub on: Date,
    /// To whom the account goes.
    pub to: Heir,
}

/// To whom an account goes at death (国发〔1998〕44号: heritable; the heir's account, else cash, else the pool).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heir {
    /// An heir's account: the person and the lane.
    Account(u64, u32),
    /// Heirs without an account, in cash.
    Cash,
    /// Nobody: the pooled fund.
    Nobody,
}

/// An account was inherited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inherited {
    /// From whom.
    pub from: u64,
}

/// The person moved to another region, and the account with him.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedOut {
    /// Last day here.
    pub until: Date,
    /// Where to, as it was told.
    pub to: String,
}

/// Money was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// In which scheme's policy the clause stands.
    #[serde(with = "word")]
    pub scheme: Scheme,
}

/// Lists of the office changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Which list.
    pub kind: String,
    /// How many rows.
    pub rows: u64,
    /// Digest of the rows.
    pub digest: String,
}
