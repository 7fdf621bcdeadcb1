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
    /// Too much waits to be read or written.
    #[error("lane {lane}: too many requests are waiting; try again")]
    Busy {
        /// Where.
        lane: LaneId,
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
    /// The engine has no such lane.
    #[error("lane {lane}: the database has no such lane")]
    LaneAbsent {
        /// Which.
        lane: LaneId,
    },
    /// It has one already.
    #[error("lane {lane}: the database has this lane already")]
    LanePresent {
        /// Which.
        lane: LaneId,
    },
    /// The server does not keep what it acknowledges.
    #[error(
        "lane {lane}: the server runs with {setting} = off: what it acknowledged would be lost with the power"
    )]
    NotDurable {
        /// Which.
        lane: LaneId,
        /// Its setting.
        setting: &'static str,
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
    /// What PostgreSQL said.
    #[error("lane {lane}: {doing}: {}", told(source))]
    Postgres {
        /// Where.
        lane: LaneId,
        /// What was being done.
        doing: &'static str,
        /// Why.
        source: postgres::Error,
    },
    /// The server cannot be reached, or the connection is gone; what was being written may be there or not.
    #[error("lane {lane}: {doing}: the server cannot be reached: {}", told(source))]
    Unreachable {
        /// Where.
        lane: LaneId,
        /// What was being done.
        doing: &'static str,
        /// Why.
        source: postgres::Error,
    },
}

/// The client says only "db error"; what the server said, and why a connection failed, is behind it.
fn told(error: &postgres::Error) -> String {
    let cause = std::error::Error::source(error);
    match (error.as_db_error(), cause) {
        (Some(said), _) => format!("{} ({})", said.message(), said.code().code()),
        (None, Some(cause)) => format!("{error}: {cause}"),
        (None, None) => error.to_string(),
    }
}
