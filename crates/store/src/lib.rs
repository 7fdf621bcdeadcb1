//! The agency's database: lanes of rows, appended and chained. SQLite embedded, PostgreSQL as a server; no rules.
//!
//! A [`LaneStore`] is one lane, which has exactly one writer. Its hot half is two verbs, [`LaneStore::load`] and [`LaneStore::commit`], by
//! batch; a commit is durable when it returns. The other half are queries. What a row means, the rooms above know.

mod batch;
mod chain;
mod directory;
mod error;
mod lane;
mod postgres;
mod row;
mod seal;
mod slip;
mod sqlite;
mod stored;

pub use crate::postgres::PostgresLane;
pub use batch::{Ask, Batch, Loaded};
pub use chain::{Hash, START};
pub use directory::Directory;
pub use error::StoreError;
pub use lane::{Head, LaneId, LaneStore};
pub use row::{
    BalanceRow, EntryRow, IdentityRow, KeyRow, ListedRow, MetaRow, OutboxRow, PersonRow, VisitRow,
};
pub use seal::{Key, KeyError};
pub use slip::{Period, SlipAsk, SlipRow, SlipSum};
pub use sqlite::SqliteLane;
