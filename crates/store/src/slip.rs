//! `SlipRow`: what an institution and the agency reconcile by (对账明细): one row for each settlement and for each that was taken back.

use domain::fen::Fen;

/// A settlement of an institution, or one that was taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlipRow {
    /// The institution.
    pub party: String,
    /// When it was recorded, like 20261126183005; the first second of its day where no clock was told.
    pub at: u64,
    /// Its entry.
    pub seq: u64,
    /// The settlement that it takes back; 0 if it takes none back.
    pub about: u64,
    /// Whose.
    pub person: u64,
    /// The visit; 0 if there was none.
    pub visit: u64,
    /// The scheme's code.
    pub scheme: String,
    /// The setting's code.
    pub setting: String,
    /// The caller's key; empty if there was none.
    pub key: String,
    /// The whole bill. All amounts are those of the settlement, also where it is taken back.
    pub total: Fen,
    /// Paid by funds.
    pub funds: Fen,
    /// Paid from accounts, the person's own and relatives'.
    pub account: Fen,
    /// Paid in cash.
    pub cash: Fen,
    /// Borne by the institution.
    pub hospital: Fen,
}

/// Which slips, in the order of their moments and entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlipAsk {
    /// The institution.
    pub party: String,
    /// First moment.
    pub from: u64,
    /// Last moment.
    pub until: u64,
    /// Only those of a scheme.
    pub scheme: Option<String>,
    /// Only those of these settings; of all if empty.
    pub settings: Vec<String>,
    /// Only those after this moment and entry.
    pub after: Option<(u64, u64)>,
}

/// By what slips are summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Days like 20261126.
    Day,
    /// Months like 202611.
    Month,
    /// All in one, 0.
    Whole,
}

/// The sum of slips of one period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SlipSum {
    /// The day, the month, or 0.
    pub period: u64,
    /// Of settlements taken back, or of the others.
    pub refunds: bool,
    /// How many.
    pub count: u64,
    /// The bills.
    pub total: Fen,
    /// Paid by funds.
    pub funds: Fen,
    /// Paid from accounts.
    pub account: Fen,
    /// Paid in cash.
    pub cash: Fen,
    /// Borne by the institution.
    pub hospital: Fen,
}

impl SlipRow {
    /// Its place among all slips.
    pub(crate) fn place(&self) -> (&str, i64, i64) {
        (&self.party, self.at.cast_signed(), self.seq.cast_signed())
    }
}

impl Period {
    /// A moment is of the period that is its quotient by this.
    pub(crate) const fn unit(self) -> i64 {
        match self {
            Period::Day => 1_000_000,
            Period::Month => 100_000_000,
            Period::Whole => i64::MAX,
        }
    }
}

/// The bounds of an ask as numbers that a database has: first and last moment, and the moment and entry after which it begins.
pub(crate) struct Bounds {
    pub(crate) from: i64,
    pub(crate) until: i64,
    pub(crate) after: (i64, i64),
}

impl SlipAsk {
    pub(crate) fn bounds(&self) -> Bounds {
        let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        // Before every moment there is.
        let after = self.after.map(|(at, seq)| (number(at), number(seq)));
        let after = after.unwrap_or((-1, 0));
        Bounds {
            from: number(self.from).max(after.0),
            until: number(self.until),
            after,
        }
    }
}
