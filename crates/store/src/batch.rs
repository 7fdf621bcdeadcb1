//! `Ask` and `Loaded`, `Batch`: what the writer of a lane reads and writes at once.

use crate::row::{
    BalanceRow, EntryRow, IdentityRow, KeyRow, ListedRow, MetaRow, OutboxRow, PersonRow, VisitRow,
};
use crate::slip::SlipRow;

/// What to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// Persons by number.
    pub persons: Vec<u64>,
    /// Keys of requests.
    pub keys: Vec<String>,
    /// Visits by number.
    pub visits: Vec<u64>,
    /// Entries by number.
    pub entries: Vec<u64>,
    /// Sealed names, by the persons' numbers.
    pub identities: Vec<u64>,
}

impl Ask {
    /// Is there nothing to read?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Ask::default()
    }
}

/// What was read, in the order asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Persons; none for a number that nobody has.
    pub persons: Vec<Option<PersonRow>>,
    /// Requests that were carried out before.
    pub keys: Vec<Option<KeyRow>>,
    /// Visits.
    pub visits: Vec<Option<VisitRow>>,
    /// Entries.
    pub entries: Vec<Option<EntryRow>>,
    /// Sealed names.
    pub identities: Vec<Option<IdentityRow>>,
}

/// What to write: all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Entries to append; the first follows the lane's last.
    pub entries: Vec<EntryRow>,
    /// New states.
    pub persons: Vec<PersonRow>,
    /// New sealed names.
    pub identities: Vec<IdentityRow>,
    /// New keys; one that is there already is an error.
    pub keys: Vec<KeyRow>,
    /// New states of visits.
    pub visits: Vec<VisitRow>,
    /// What to add to the sums by account and month.
    pub balances: Vec<BalanceRow>,
    /// Slips to add.
    pub slips: Vec<SlipRow>,
    /// Messages to other lanes.
    pub outbox: Vec<OutboxRow>,
    /// Numbers of messages that were delivered.
    pub delivered: Vec<u64>,
    /// Things listed; the same kind, code and day is replaced.
    pub listed: Vec<ListedRow>,
    /// Named values; the same name is replaced.
    pub meta: Vec<MetaRow>,
}

impl Batch {
    /// Is there nothing to write?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Batch::default()
    }
}
