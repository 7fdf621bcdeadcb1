//! `SqliteLane`: a lane as one SQLite file: write-ahead log, full synchronisation, checkpoints off the writer's path.

mod checkpoint;
mod read;
mod slips;
mod write;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::batch::{Ask, Batch, Loaded};
use crate::chain::{Hash, START};
use crate::error::StoreError;
use crate::lane::{Head, LaneId, LaneStore};
use crate::row::{
    BalanceRow, EntryRow, IdentityRow, KeyRow, ListedRow, OutboxRow, PersonRow, VisitRow,
};
use crate::slip::{Period, SlipAsk, SlipRow, SlipSum};

use checkpoint::Checkpointer;

/// The number of the schema; a file with another is not opened.
const SCHEMA: i32 = 2;

/// Bytes of a page. A settlement touches several pages at random and fills none of them, and each goes whole into the log and from there
/// into the file: small ones cost less.
const PAGE: u32 = 4096;

/// A connection is used by one thread at a time, so it needs no locks of its own.
const ONE_THREAD: OpenFlags =
    OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);
/// `SQLITE_IOERR_SHMSIZE`.
const SHARED_MEMORY_SIZE: i32 = 4874;

/// A lane as one SQLite file.
#[derive(Debug)]
pub struct SqliteLane {
    lane: LaneId,
    path: PathBuf,
    connection: Connection,
    checkpointer: Checkpointer,
}

impl SqliteLane {
    /// Makes the file of a lane.
    ///
    /// # Errors
    /// When it is there already or cannot be written.
    pub fn create(lane: LaneId, path: &Path) -> Result<SqliteLane, StoreError> {
        if path.exists() {
            return Err(StoreError::LanePresent { lane });
        }
        let flags = ONE_THREAD | OpenFlags::SQLITE_OPEN_CREATE;
        let connection = Connection::open_with_flags(path, flags)
            .map_err(|e| failed(lane, path, "making the file", e))?;
        let make = || {
            connection.pragma_update(None, "page_size", PAGE)?;
            connection.pragma_update(None, "journal_mode", "wal")?;
            connection.execute_batch(include_str!("sqlite/schema.sql"))?;
            connection.execute(
                "INSERT INTO meta VALUES ('lane', ?1)",
                [lane.digits().to_string()],
            )?;
            connection.pragma_update(None, "user_version", SCHEMA)
        };
        make().map_err(|e| failed(lane, path, "making the tables", e))?;
        drop(connection);
        SqliteLane::open(lane, path)
    }

    /// Opens the file of a lane; the caller owns its folder ([`crate::Directory`]).
    ///
    /// # Errors
    /// When there is none, it is of another schema or another lane, or it may not be written.
    pub fn open(lane: LaneId, path: &Path) -> Result<SqliteLane, StoreError> {
        let connection = Connection::open_with_flags(path, ONE_THREAD)
            .map_err(|e| failed(lane, path, "opening the file", e))?;
        let prepare = || {
            connection.pragma_update(None, "journal_mode", "wal")?;
            connection.pragma_update(None, "synchronous", "full")?;
            connection.pragma_update(None, "wal_autocheckpoint", 0)?;
            connection.pragma_update(None, "cache_size", -64 * 1024)?;
            connection.pragma_update(None, "temp_store", "memory")?;
            connection.set_prepared_statement_cache_capacity(64);
            connection.pragma_query_value(None, "user_version", |row| row.get::<_, i32>(0))
        };
        let schema = prepare().map_err(|e| failed(lane, path, "opening the file", e))?;
        let mut opened = SqliteLane {
            lane,
            path: path.to_owned(),
            connection,
            checkpointer: Checkpointer::start(path),
        };
        if schema != SCHEMA {
            let mut found = format!("its schema is number {schema}, this program's is {SCHEMA}");
            if schema < SCHEMA {
                found.push_str(": an earlier program made it, and it must be made anew");
            }
            return Err(opened.damaged("meta", "schema", found));
        }
        let named = opened.meta("lane")?;
        if named.as_deref() != Some(&lane.digits().to_string()) {
            let found = format!("it is the file of lane {}", named.unwrap_or_default());
            return Err(opened.damaged("meta", "lane", found));
        }
        opened.writable()?;
        Ok(opened)
    }

    /// Copies the lane to a file while it stays in use; the copy is whole and of one moment.
    ///
    /// # Errors
    /// When the copy cannot be written.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let copy = || {
            let mut target = Connection::open(path)?;
            let backup = rusqlite::backup::Backup::new(&self.connection, &mut target)?;
            backup.run_to_completion(4096, std::time::Duration::ZERO, None)?;
            drop(backup);
            target.pragma_update(None, "journal_mode", "wal")
        };
        copy().map_err(|e| failed(self.lane, path, "copying the lane", e))
    }

    /// A read-only file system is told when the lane is opened, not at the first settlement.
    fn writable(&mut self) -> Result<(), StoreError> {
        let epoch = "INSERT INTO meta VALUES ('epoch', '1')
            ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)";
        let written = self.connection.execute(epoch, []);
        written.map_err(|e| failed(self.lane, &self.path, "taking the lane", e))?;
        Ok(())
    }

    fn doing(&self, doing: &'static str) -> impl Fn(rusqlite::Error) -> StoreError + '_ {
        move |e| failed(self.lane, &self.path, doing, e)
    }

    fn damaged(&self, table: &'static str, row: impl ToString, found: String) -> StoreError {
        StoreError::Damaged {
            lane: self.lane,
            table,
            row: row.to_string(),
            found,
        }
    }
}

impl LaneStore for SqliteLane {
    fn lane(&self) -> LaneId {
        self.lane
    }

    fn head(&mut self) -> Result<Head, StoreError> {
        let last = read::last(&self.connection).map_err(self.doing("reading the last entry"))?;
        let Some((seq, hash)) = last else {
            return Ok(Head {
                seq: 0,
                hash: START,
            });
        };
        let hash = Hash::parse(&hash)
            .ok_or_else(|| self.damaged("entry", seq, "its hash is no hash".into()))?;
        Ok(Head { seq, hash })
    }

    fn load(&mut self, ask: &Ask) -> Result<Loaded, StoreError> {
        let rows = read::load(&self.connection, ask).map_err(self.doing("loading"))?;
        rows.map_err(|(table, row, found)| self.damaged(table, row, found))
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let committed = write::commit(&mut self.connection, batch);
        committed.map_err(self.doing("committing"))?;
        self.checkpointer.wrote(&self.connection);
        Ok(())
    }

    fn persons(&mut self, after: Option<u64>, limit: u32) -> Result<Vec<PersonRow>, StoreError> {
        read::persons(&self.connection, after, limit).map_err(self.doing("reading persons"))
    }

    fn identities(
        &mut self,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Vec<IdentityRow>, StoreError> {
        read::identities(&self.connection, after, limit).map_err(self.doing("reading identities"))
    }

    fn identity(&mut self, person: u64) -> Result<Option<IdentityRow>, StoreError> {
        read::identity(&self.connection, person).map_err(self.doing("reading an identity"))
    }

    fn entries(&mut self, from: u64, limit: u32) -> Result<Vec<EntryRow>, StoreError> {
        let rows = read::entries(&self.connection, from, limit);
        let rows = rows.map_err(self.doing("reading entries"))?;
        rows.map_err(|(table, row, found)| self.damaged(table, row, found))
    }

    fn keys(&mut self, after: &str, limit: u32) -> Result<Vec<KeyRow>, StoreError> {
        read::keys(&self.connection, after, limit).map_err(self.doing("reading keys"))
    }

    fn visits(&mut self, after: u64, limit: u32) -> Result<Vec<VisitRow>, StoreError> {
        read::visits(&self.connection, after, limit).map_err(self.doing("reading visits"))
    }

    fn balances(&mut self) -> Result<Vec<BalanceRow>, StoreError> {
        read::balances(&self.connection).map_err(self.doing("reading balances"))
    }

    fn outbox(&mut self, after: u64, limit: u32) -> Result<Vec<OutboxRow>, StoreError> {
        let rows = read::outbox(&self.connection, after, limit);
        let rows = rows.map_err(self.doing("reading the outbox"))?;
        rows.map_err(|(table, row, found)| self.damaged(table, row, found))
    }

    fn listed(&mut self, kind: &str) -> Result<Vec<ListedRow>, StoreError> {
        let rows = read::listed(&self.connection, kind);
        let rows = rows.map_err(self.doing("reading a list"))?;
        rows.map_err(|(table, row, found)| self.damaged(table, row, found))
    }

    fn listed_like(
        &mut self,
        kind: &str,
        prefix: &str,
        limit: u32,
    ) -> Result<Vec<ListedRow>, StoreError> {
        let rows = read::listed_like(&self.connection, kind, prefix, limit);
        let rows = rows.map_err(self.doing("reading a list"))?;
        rows.map_err(|(table, row, found)| self.damaged(table, row, found))
    }

    fn slips(&mut self, ask: &SlipAsk, limit: u32) -> Result<Vec<SlipRow>, StoreError> {
        slips::asked(&self.connection, ask, limit).map_err(self.doing("reading slips"))
    }

    fn slip_sums(
        &mut self,
        ask: &SlipAsk,
        by: Period,
        limit: u32,
    ) -> Result<(Vec<SlipSum>, Option<(u64, u64)>), StoreError> {
        let last = slips::last_of(&self.connection, ask, limit);
        let last = last.map_err(self.doing("reading slips"))?;
        let sums = slips::sums(&self.connection, ask, by, last);
        Ok((sums.map_err(self.doing("adding slips up"))?, last))
    }

    fn all_slips(
        &mut self,
        after: Option<&SlipRow>,
        limit: u32,
    ) -> Result<Vec<SlipRow>, StoreError> {
        let after = after.map_or(("", -1, 0), SlipRow::place);
        slips::all(&self.connection, after, limit).map_err(self.doing("reading slips"))
    }

    fn copy_to(&mut self, path: &Path) -> Result<(), StoreError> {
        SqliteLane::copy_to(self, path)
    }

    fn meta(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        read::meta(&self.connection, name).map_err(self.doing("reading a named value"))
    }
}

/// What SQLite said, in our words where it is one of the faults that an operator can mend.
fn failed(lane: LaneId, path: &Path, doing: &'static str, source: rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    match source.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full { lane },
        // The index of the log, a file in shared memory, could not grow: SQLite has no other word for a full disk there.
        _ if source
            .sqlite_error()
            .is_some_and(|e| e.extended_code == SHARED_MEMORY_SIZE) =>
        {
            StoreError::Full { lane }
        }
        Some(ErrorCode::ReadOnly) => StoreError::ReadOnly { path },
        Some(ErrorCode::CannotOpen) if !path.exists() => StoreError::Absent { path },
        Some(ErrorCode::DatabaseBusy) => StoreError::InUse { path },
        _ => StoreError::Sqlite {
            lane,
            doing,
            source,
        },
    }
}
