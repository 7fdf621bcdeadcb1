//! `StoreError`: why the database did not do what was asked.

use std::path::PathBuf;

use crate::lane::LaneId;

/// Why the database did not do what was asked. The operator reads it, with its source chain.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No room.
    #[error("lane {lane}: the disk is full; nothing of the batch was written")]
    Full {
        /// Where.
        lane: LaneId,
    },
    /// The file or folder may not be written.
    #[error("{path}: it may not be written")]
    ReadOnly {
        /// Which.
        path: PathBuf,
    },
    /// Another process has the data directory.
    #[error("{path}: another process is working with this data directory")]
    InUse {
        /// Which.
        path: PathBuf,
    },
    /// Another process has become the owner of the lane.
    #[error("lane {lane}: another process owns it now (epoch {found}, ours is {ours})")]
    Fenced {
        /// Which.
        lane: LaneId,
        /// The epoch in the database.
        found: u64,
        /// Ours.
        ours: u64,
    },
    /// There is no data directory.
    #[error("{path}: there is no data directory; `yibao init` makes one")]
    Absent {
        /// Where.
        path: PathBuf,
    },
    /// There is one already.
    #[error("{path}: there is a data directory already")]
    Present {
        /// Where.
        path: PathBuf,
    },
    /// A row breaks its form.
    #[error("lane {lane}: {table}, row {row}: {found}")]
    Damaged {
        /// Where.
        lane: LaneId,
        /// Table.
        table: &'static str,
        /// Its key.
        row: String,
        /// What is wrong.
        found: String,
    },
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// What SQLite said.
    #[error("lane {lane}: {doing}: {source}")]
    Sqlite {
        /// Where.
        lane: LaneId,
        /// What was being done.
        doing: &'static str,
        /// Why.
        source: rusqlite::Error,
    },
}
