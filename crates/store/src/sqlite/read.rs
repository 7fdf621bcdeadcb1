//! Reading from a SQLite lane.

use domain::fen::Fen;
use domain::ledger::AccountNumber;
use rusqlite::{Connection, OptionalExtension as _, Result, Row, Statement};

use super::write::signed;
use crate::batch::{Ask, Loaded};
use crate::chain::day_of;
use crate::lane::LaneId;
use crate::row::{
    BalanceRow, EntryRow, IdentityRow, KeyRow, ListedRow, OutboxRow, PersonRow, VisitRow, end_of,
};
use crate::stored::StoredEntry;

/// A row that breaks its form: table, key, what is wrong.
pub(super) type Broken = (&'static str, String, String);

pub(super) fn last(connection: &Connection) -> Result<Option<(u64, String)>> {
    let mut last =
        connection.prepare_cached("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1")?;
    last.query_row([], |row| Ok((number(row, 0)?, row.get(1)?)))
        .optional()
}

pub(super) fn load(
    connection: &Connection,
    ask: &Ask,
) -> Result<std::result::Result<Loaded, Broken>> {
    let mut loaded = Loaded::default();
    // One moment for all of it, and its locks are taken once. It ends when it is dropped.
    let _moment = connection.unchecked_transaction()?;
    {
        let sql = "SELECT person, lookup, state FROM person WHERE person = ?1";
        let mut statement = connection.prepare_cached(sql)?;
        for &number in &ask.persons {
            loaded.persons.push(one(&mut statement, number, person)?);
        }
    }
    {
        let sql = "SELECT key, content, seq FROM idempotency WHERE key = ?1";
        let mut statement = connection.prepare_cached(sql)?;
        for asked in &ask.keys {
            loaded
                .keys
                .push(statement.query_row([asked], key).optional()?);
        }
    }
    if !ask.visits.is_empty() {
        let sql = "SELECT visit, person, state FROM visit WHERE visit = ?1";
        let mut statement = connection.prepare_cached(sql)?;
        for &number in &ask.visits {
            loaded.visits.push(one(&mut statement, number, visit)?);
        }
    }
    if !ask.identities.is_empty() {
        let mut statement = connection.prepare_cached(IDENTITY_BY_PERSON)?;
        for &number in &ask.identities {
            loaded.identities.push(one(&mut statement, number, sealed)?);
        }
    }
    if !ask.entries.is_empty() {
        let mut statement = connection.prepare_cached(ENTRY_BY_NUMBER)?;
        for &number in &ask.entries {
            match one(&mut statement, number, entry)? {
                Some(Err(broken)) => return Ok(Err(broken)),
                Some(Ok(entry)) => loaded.entries.push(Some(entry)),
                None => loaded.entries.push(None),
            }
        }
    }
    Ok(Ok(loaded))
}

const ENTRY_BY_NUMBER: &str =
    "SELECT seq, day, year, kind, person, party, about, policy, postings, record, hash
     FROM entry WHERE seq = ?1";

const IDENTITY_BY_PERSON: &str = "SELECT person, sealed FROM identity WHERE person = ?1";

fn one<T>(
    statement: &mut Statement<'_>,
    number: u64,
    read: fn(&Row<'_>) -> Result<T>,
) -> Result<Option<T>> {
    statement.query_row([signed(number)], read).optional()
}

pub(super) fn persons(
    connection: &Connection,
    after: Option<u64>,
    limit: u32,
) -> Result<Vec<PersonRow>> {
    let sql = "SELECT person, lookup, state FROM person WHERE person > ?1 ORDER BY person LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let after = after.map_or(-1, signed);
    statement.query_map((after, limit), person)?.collect()
}

pub(super) fn identities(
    connection: &Connection,
    after: Option<u64>,
    limit: u32,
) -> Result<Vec<IdentityRow>> {
    let sql = "SELECT person, sealed FROM identity WHERE person > ?1 ORDER BY person LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let after = after.map_or(-1, signed);
    statement.query_map((after, limit), sealed)?.collect()
}

pub(super) fn identity(connection: &Connection, person: u64) -> Result<Option<IdentityRow>> {
    let mut statement = connection.prepare_cached(IDENTITY_BY_PERSON)?;
    one(&mut statement, person, sealed)
}

pub(super) fn entries(
    connection: &Connection,
    from: u64,
    limit: u32,
) -> Result<std::result::Result<Vec<EntryRow>, Broken>> {
    let sql = "SELECT seq, day, year, kind, person, party, about, policy, postings, record, hash
         FROM entry WHERE seq >= ?1 ORDER BY seq LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map((signed(from), limit), entry)?;
    rows.collect()
}

pub(super) fn keys(connection: &Connection, after: &str, limit: u32) -> Result<Vec<KeyRow>> {
    let sql = "SELECT key, content, seq FROM idempotency WHERE key > ?1 ORDER BY key LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_map((after, limit), key)?.collect()
}

pub(super) fn visits(connection: &Connection, after: u64, limit: u32) -> Result<Vec<VisitRow>> {
    let sql = "SELECT visit, person, state FROM visit WHERE visit > ?1 ORDER BY visit LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    statement
        .query_map((signed(after), limit), visit)?
        .collect()
}

pub(super) fn balances(connection: &Connection) -> Result<Vec<BalanceRow>> {
    let sql = "SELECT account, month, debit, credit FROM balance ORDER BY account, month";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        Ok(BalanceRow {
            account: AccountNumber(row.get(0)?),
            month: row.get(1)?,
            debit: Fen::new(number(row, 2)?),
            credit: Fen::new(number(row, 3)?),
        })
    })?;
    rows.collect()
}

pub(super) fn outbox(
    connection: &Connection,
    after: u64,
    limit: u32,
) -> Result<std::result::Result<Vec<OutboxRow>, Broken>> {
    let sql = "SELECT number, target, body FROM outbox WHERE number > ?1 ORDER BY number LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map((signed(after), limit), |row| {
        let (seq, target) = (number(row, 0)?, row.get::<_, u32>(1)?);
        let body = row.get(2)?;
        let broken = || ("outbox", seq.to_string(), format!("{target} is no lane"));
        Ok(LaneId::of_digits(target)
            .ok_or_else(broken)
            .map(|to| OutboxRow {
                number: seq,
                to,
                body,
            }))
    })?;
    rows.collect()
}

pub(super) fn listed(
    connection: &Connection,
    kind: &str,
) -> Result<std::result::Result<Vec<ListedRow>, Broken>> {
    let sql = "SELECT code, since, body FROM listed WHERE kind = ?1 ORDER BY code, since";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([kind], |row| listed_row(kind, row))?;
    rows.collect()
}

pub(super) fn listed_like(
    connection: &Connection,
    kind: &str,
    prefix: &str,
    limit: u32,
) -> Result<std::result::Result<Vec<ListedRow>, Broken>> {
    let sql = "SELECT code, since, body FROM listed
         WHERE kind = ?1 AND code >= ?2 AND code < ?3 ORDER BY code, since LIMIT ?4";
    let mut statement = connection.prepare_cached(sql)?;
    let asked = (kind, prefix, end_of(prefix), limit);
    let rows = statement.query_map(asked, |row| listed_row(kind, row))?;
    rows.collect()
}

fn listed_row(kind: &str, row: &Row<'_>) -> Result<std::result::Result<ListedRow, Broken>> {
    let (code, since) = (row.get::<_, String>(0)?, row.get::<_, u32>(1)?);
    let body = row.get(2)?;
    let Some(from) = day_of(since) else {
        return Ok(Err(("listed", code, format!("{since} is no day"))));
    };
    Ok(Ok(ListedRow {
        kind: kind.to_owned(),
        code,
        from,
        body,
    }))
}

pub(super) fn meta(connection: &Connection, name: &str) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
    statement.query_row([name], |row| row.get(0)).optional()
}

fn person(row: &Row<'_>) -> Result<PersonRow> {
    Ok(PersonRow {
        person: number(row, 0)?,
        lookup: row.get(1)?,
        state: row.get(2)?,
    })
}

fn sealed(row: &Row<'_>) -> Result<IdentityRow> {
    Ok(IdentityRow {
        person: number(row, 0)?,
        sealed: row.get(1)?,
    })
}

fn key(row: &Row<'_>) -> Result<KeyRow> {
    Ok(KeyRow {
        key: row.get(0)?,
        content: row.get(1)?,
        seq: number(row, 2)?,
    })
}

fn visit(row: &Row<'_>) -> Result<VisitRow> {
    Ok(VisitRow {
        visit: number(row, 0)?,
        person: number(row, 1)?,
        state: row.get(2)?,
    })
}

fn entry(row: &Row<'_>) -> Result<std::result::Result<EntryRow, Broken>> {
    let text = |at| -> Result<&str> { Ok(row.get_ref(at)?.as_str()?) };
    let stored = StoredEntry {
        seq: number(row, 0)?,
        day: row.get(1)?,
        year: row.get(2)?,
        kind: text(3)?,
        person: number(row, 4)?,
        party: text(5)?,
        about: number(row, 6)?,
        policy: row.get(7)?,
        postings: text(8)?,
        record: text(9)?,
        hash: text(10)?,
    };
    let broken = |found| ("entry", stored.seq.to_string(), found);
    Ok(stored.read().map_err(broken))
}

/// An integer that is never negative.
pub(super) fn number(row: &Row<'_>, at: usize) -> Result<u64> {
    let found: i64 = row.get(at)?;
    u64::try_from(found).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(at, found))
}
