//! `Kept`: one row by which coverage is judged or an account is kept, for those who show, count or compare the rows.

use super::Policy;
use super::keeping::{InterestRule, KeepingRule};
use super::membership::{Arrears, MinimumYears, Newborn, Waiting};
use crate::cite::Cite;

/// One row by which coverage is judged or an account is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A waiting period.
    Waiting(Waiting),
    /// What happens when premiums are not paid.
    Arrears(Arrears),
    /// Newborns.
    Newborn(Newborn),
    /// Years that a retired person needs.
    MinimumYears(MinimumYears),
    /// Interest.
    Interest(InterestRule),
    /// Another rule of keeping.
    Keeping(KeepingRule),
}

impl Kept {
    /// Its source.
    #[must_use]
    pub fn cite(&self) -> &Cite {
        match self {
            Kept::Waiting(row) => &row.cite,
            Kept::Arrears(row) => &row.cite,
            Kept::Newborn(row) => &row.cite,
            Kept::MinimumYears(row) => &row.cite,
            Kept::Interest(row) => &row.cite,
            Kept::Keeping(row) => &row.cite,
        }
    }

    /// Does it say the same, wherever it stands and whatever it rests on?
    #[must_use]
    pub fn says_as(&self, other: &Kept) -> bool {
        macro_rules! same {
            ($($kind:ident),+) => {
                match (self, other) {
                    $((Kept::$kind(a), Kept::$kind(b)) => {
                        let mut a = a.clone();
                        (a.cite, a.row) = (b.cite.clone(), b.row);
                        a == *b
                    })+
                    _ => false,
                }
            };
        }
        same!(Waiting, Arrears, Newborn, MinimumYears, Interest, Keeping)
    }
}

impl Policy {
    /// The rows by which coverage is judged and accounts are kept, table by table.
    #[must_use]
    pub fn kept(&self) -> Vec<Kept> {
        let (membership, keeping) = (&self.membership, &self.keeping);
        let waiting = membership.waiting.iter().cloned().map(Kept::Waiting);
        let arrears = membership.arrears.iter().cloned().map(Kept::Arrears);
        let newborn = membership.newborn.iter().cloned().map(Kept::Newborn);
        let years = membership.minimum_years.iter().cloned();
        let interest = keeping.interest.iter().cloned().map(Kept::Interest);
        let rules = keeping.rules.iter().cloned().map(Kept::Keeping);
        let cover = waiting.chain(arrears).chain(newborn);
        let cover = cover.chain(years.map(Kept::MinimumYears));
        cover.chain(interest).chain(rules).collect()
    }
}
