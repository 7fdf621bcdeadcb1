//! The session of a lane: how it connects, which schema it finds and makes, and what its errors mean.

use std::time::Duration;

use postgres::error::SqlState;
use postgres::{Client, Config, NoTls};

use crate::error::StoreError;
use crate::lane::LaneId;

/// Plain SQL, each applied once, in order; what was released is never changed, only added to.
const MIGRATIONS: &[(&str, &str)] = &[
    ("tables", include_str!("0001_tables.sql")),
    ("commit", include_str!("0002_commit.sql")),
    ("slips", include_str!("0003_slips.sql")),
];

/// The number of the schema; a database with a higher one is not opened.
pub(super) const SCHEMA: i32 = 3;
const _: () = assert!(MIGRATIONS.len() == 3, "SCHEMA is the number of the last");

/// Advisory locks are told apart by a number only: "yibao" in ASCII.
const MIGRATING: i64 = 0x79_6962_616f;

/// How long a server that does not answer is waited for, unless the URL says otherwise.
const PATIENCE: Duration = Duration::from_secs(15);

pub(super) fn connect(url: &str, lane: LaneId) -> Result<Client, StoreError> {
    let config = url.parse::<Config>();
    let mut config = config.map_err(failed(lane, "reading the database's URL"))?;
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PATIENCE);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(PATIENCE);
    }
    if config.get_application_name().is_none() {
        config.application_name(&format!("yibao {lane}"));
    }
    let mut client = config
        .connect(NoTls)
        .map_err(failed(lane, "connecting to the database"))?;
    client
        .batch_execute(include_str!("session.sql"))
        .map_err(failed(lane, "setting up the connection"))?;
    for setting in ["fsync", "full_page_writes"] {
        let sql = "SELECT current_setting($1) = 'off'";
        let off = client.query_one(sql, &[&setting]);
        if off.map_err(failed(lane, "reading a setting"))?.get(0) {
            return Err(StoreError::NotDurable { lane, setting });
        }
    }
    Ok(client)
}

/// The number of the database's schema; none if it has none.
pub(super) fn schema(client: &mut Client) -> Result<Option<i32>, postgres::Error> {
    let there = client.query_one("SELECT to_regclass('migration') IS NOT NULL", &[])?;
    if !there.get::<_, bool>(0) {
        return Ok(None);
    }
    let last = client.query_one("SELECT max(number) FROM migration", &[])?;
    Ok(last.get(0))
}

/// Applies what is missing. The lock keeps a second process waiting until the first is done.
pub(super) fn migrate(client: &mut Client) -> Result<(), postgres::Error> {
    let mut transaction = client.transaction()?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATING])?;
    transaction.batch_execute(
        "CREATE TABLE IF NOT EXISTS migration (
             number  INTEGER PRIMARY KEY,
             name    TEXT NOT NULL,
             applied TIMESTAMPTZ NOT NULL DEFAULT now()
         )",
    )?;
    let last = transaction.query_one("SELECT COALESCE(max(number), 0) FROM migration", &[])?;
    let last: i32 = last.get(0);
    for (number, (name, sql)) in (1..).zip(MIGRATIONS) {
        if number > last {
            transaction.batch_execute(sql)?;
            let applied = "INSERT INTO migration (number, name) VALUES ($1, $2)";
            transaction.execute(applied, &[&number, name])?;
        }
    }
    transaction.commit()
}

/// What PostgreSQL said, in our words where it is one of the faults that an operator can mend.
pub(super) fn failed(
    lane: LaneId,
    doing: &'static str,
) -> impl Fn(postgres::Error) -> StoreError + Copy {
    move |source| {
        let code = source.code();
        let gone = match code {
            // Class 08 is the connection, 57P the server that is stopping or not yet there.
            Some(code) => code.code().starts_with("08") || code.code().starts_with("57P"),
            None => source.is_closed() || lost(&source),
        };
        if code == Some(&SqlState::DISK_FULL) {
            StoreError::Full { lane }
        } else if gone {
            StoreError::Unreachable {
                lane,
                doing,
                source,
            }
        } else {
            StoreError::Postgres {
                lane,
                doing,
                source,
            }
        }
    }
}

/// Did reading, writing or connecting fail, rather than what was said be wrong?
fn lost(error: &postgres::Error) -> bool {
    let cause = std::error::Error::source(error);
    cause.is_some_and(|cause| cause.is::<std::io::Error>())
}
