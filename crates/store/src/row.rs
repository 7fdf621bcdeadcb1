//! Rows: what stands in the tables of a lane. Integers and text only; days as `20261126`, months as `202611`.

use domain::fen::Fen;
use domain::ledger::{AccountNumber, Posting};
use jiff::civil::Date;

use crate::chain::Hash;
use crate::lane::LaneId;

/// A person's state, rewritten by each entry that changes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// The person's number, from the keyed hash of the identity number; below 2^63.
    pub person: u64,
    /// More of the keyed hash, to tell two persons apart whose numbers are the same.
    pub lookup: String,
    /// The state, as JSON; the agency knows what it means.
    pub state: String,
}

/// A person's name and identity number, sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityRow {
    /// Whose.
    pub person: u64,
    /// Sealed with the agency's key, which is not in the database.
    pub sealed: String,
}

/// One entry of the ledger. Never changed, never deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    /// Its number in the lane, from 1 without gaps.
    pub seq: u64,
    /// The day to which it counts.
    pub day: Date,
    /// First day of the benefit year of its year sums, where it has any.
    pub year: Option<Date>,
    /// What happened.
    pub kind: String,
    /// To whom; 0 if to no person.
    pub person: u64,
    /// Institution, employer or other party; may be empty.
    pub party: String,
    /// The entry that this one is about (a reversal's settlement), 0 if none.
    pub about: u64,
    /// The policy, by its number in the office lane; 0 if none.
    pub policy: u32,
    /// The money.
    pub postings: Vec<Posting>,
    /// Everything else about what happened, as JSON.
    pub record: String,
    /// The chain up to and with this entry.
    pub hash: Hash,
}

/// A request that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// The caller's key.
    pub key: String,
    /// Digest of the request's content.
    pub content: String,
    /// The entry that carried it out.
    pub seq: u64,
}

/// A visit, rewritten as it goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitRow {
    /// Its number: that of the entry that opened it.
    pub visit: u64,
    /// Whose.
    pub person: u64,
    /// The state, as JSON.
    pub state: String,
}

/// What was debited and credited to an account in a month; a batch gives what it adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BalanceRow {
    /// Account.
    pub account: AccountNumber,
    /// Month like 202611.
    pub month: u32,
    /// Debited.
    pub debit: Fen,
    /// Credited.
    pub credit: Fen,
}

/// A message to another lane, until it is delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its number in the lane that sends it.
    pub number: u64,
    /// The lane that receives it.
    pub to: LaneId,
    /// What it says, as JSON.
    pub body: String,
}

/// Something the office keeps a list of: an employer, an institution, a catalogue item, a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedRow {
    /// `employer`, `facility` …
    pub kind: String,
    /// Its code.
    pub code: String,
    /// From which day on it is so.
    pub from: Date,
    /// What it is, as JSON.
    pub body: String,
}

/// The codes that begin so lie from the prefix up to this text: no character comes after the last one of it.
pub(crate) fn end_of(prefix: &str) -> String {
    format!("{prefix}{}", char::MAX)
}

/// A named value of the lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetaRow {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
}
