//! `LaneStore`: one lane of one engine, in the hands of its only writer.

use std::fmt;
use std::path::Path;

use domain::region::Region;

use crate::batch::{Ask, Batch, Loaded};
use crate::chain::Hash;
use crate::error::StoreError;
use crate::row::{
    BalanceRow, EntryRow, IdentityRow, KeyRow, ListedRow, OutboxRow, PersonRow, VisitRow,
};
use crate::slip::{Period, SlipAsk, SlipRow, SlipSum};

/// A lane: a pooling region times a number. Number 0 is the region's office (employers, institutions, catalogues, policies); the others
/// hold persons, each person in one of them for life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneId {
    /// Pooling region.
    pub region: Region,
    /// Below 100.
    pub number: u8,
}

impl LaneId {
    /// The lane as one number: the region's six digits and the lane's two.
    #[must_use]
    pub fn digits(self) -> u32 {
        self.region.digits() * 100 + u32::from(self.number)
    }

    /// From its number.
    #[must_use]
    pub fn of_digits(digits: u32) -> Option<LaneId> {
        let region = Region::parse(&format!("{:06}", digits / 100))?;
        let number = u8::try_from(digits % 100).ok()?;
        Some(LaneId { region, number })
    }
}

impl fmt::Display for LaneId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.region, self.number)
    }
}

/// Where a lane's chain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of the last entry; 0 when there is none.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
}

/// One lane of one engine. Entries are numbered from 1 without gaps.
pub trait LaneStore: Send {
    /// Which lane.
    fn lane(&self) -> LaneId;

    /// Where the chain stands.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn head(&mut self) -> Result<Head, StoreError>;

    /// Reads everything that a batch of requests needs, in the order asked; in one round trip where there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn load(&mut self, ask: &Ask) -> Result<Loaded, StoreError>;

    /// Writes a batch: all of it or nothing, durable on return. After an error the lane must be opened anew. No text may hold the
    /// character of number 0, which PostgreSQL refuses.
    ///
    /// # Errors
    /// When the disk is full, the connection is gone, the lane has another owner …
    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError>;

    /// Persons in the order of their numbers, after one of them.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn persons(&mut self, after: Option<u64>, limit: u32) -> Result<Vec<PersonRow>, StoreError>;

    /// Sealed names and identity numbers, in the order of the persons' numbers.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn identities(
        &mut self,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Vec<IdentityRow>, StoreError>;

    /// One person's sealed name and identity number.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn identity(&mut self, person: u64) -> Result<Option<IdentityRow>, StoreError>;

    /// Entries from a number on.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn entries(&mut self, from: u64, limit: u32) -> Result<Vec<EntryRow>, StoreError>;

    /// Keys in their order, after one of them.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn keys(&mut self, after: &str, limit: u32) -> Result<Vec<KeyRow>, StoreError>;

    /// Visits in the order of their numbers, after one of them.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn visits(&mut self, after: u64, limit: u32) -> Result<Vec<VisitRow>, StoreError>;

    /// Sums by account and month.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn balances(&mut self) -> Result<Vec<BalanceRow>, StoreError>;

    /// Messages to other lanes that are not yet delivered, in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn outbox(&mut self, after: u64, limit: u32) -> Result<Vec<OutboxRow>, StoreError>;

    /// All that is listed of a kind, by code and day.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn listed(&mut self, kind: &str) -> Result<Vec<ListedRow>, StoreError>;

    /// What is listed of a kind under codes that begin so, at most so many, by code and day.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn listed_like(
        &mut self,
        kind: &str,
        prefix: &str,
        limit: u32,
    ) -> Result<Vec<ListedRow>, StoreError>;

    /// Slips of an institution, in the order of their moments and entries.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn slips(&mut self, ask: &SlipAsk, limit: u32) -> Result<Vec<SlipRow>, StoreError>;

    /// The sums of at most so many of an institution's slips, by period, those taken back after the others; and the moment and entry
    /// after which there may be more.
    ///
    /// # Errors
    /// When the database cannot be read.
    #[expect(clippy::type_complexity, reason = "sums, and a moment with its entry")]
    fn slip_sums(
        &mut self,
        ask: &SlipAsk,
        by: Period,
        limit: u32,
    ) -> Result<(Vec<SlipSum>, Option<(u64, u64)>), StoreError>;

    /// Slips of all institutions by institution, moment and entry, after one of them.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn all_slips(
        &mut self,
        after: Option<&SlipRow>,
        limit: u32,
    ) -> Result<Vec<SlipRow>, StoreError>;

    /// Copies the lane to a file, whole and of one moment; only where a lane is a file. A server has tools of its own.
    ///
    /// # Errors
    /// When the lane is no file, or the copy cannot be written.
    fn copy_to(&mut self, path: &Path) -> Result<(), StoreError> {
        Err(StoreError::File {
            path: path.to_owned(),
            source: std::io::ErrorKind::Unsupported.into(),
        })
    }

    /// A named value.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn meta(&mut self, name: &str) -> Result<Option<String>, StoreError>;
}
