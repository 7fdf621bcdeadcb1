//! Slips in a SQLite lane: written with their batch, read and summed by institution and moment.

use domain::fen::Fen;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Result, Row, Transaction, params};

use super::read::number;
use super::write::{each, signed};
use crate::slip::{Period, SlipAsk, SlipRow, SlipSum};

const COLUMNS: &str = "party, at, seq, about, person, visit, scheme, setting, key,
    total, funds, account, cash, hospital";

pub(super) fn write(transaction: &Transaction<'_>, slips: &[SlipRow]) -> Result<()> {
    let sql =
        "INSERT INTO slip VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    each(transaction, sql, slips, |s, slip| {
        s.execute(params![
            slip.party,
            signed(slip.at),
            signed(slip.seq),
            signed(slip.about),
            signed(slip.person),
            signed(slip.visit),
            slip.scheme,
            slip.setting,
            slip.key,
            signed(slip.total.fen()),
            signed(slip.funds.fen()),
            signed(slip.account.fen()),
            signed(slip.cash.fen()),
            signed(slip.hospital.fen()),
        ])
    })
}

/// Slips of all institutions after one of them.
pub(super) fn all(
    connection: &Connection,
    (party, at, seq): (&str, i64, i64),
    limit: u32,
) -> Result<Vec<SlipRow>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM slip WHERE (party, at, seq) > (?1, ?2, ?3) ORDER BY party, at, seq LIMIT ?4"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    statement
        .query_map((party, at, seq, limit), slip)?
        .collect()
}

pub(super) fn asked(connection: &Connection, ask: &SlipAsk, limit: u32) -> Result<Vec<SlipRow>> {
    let (filter, mut arguments) = filter(ask);
    let sql = format!("SELECT {COLUMNS} FROM slip WHERE {filter} ORDER BY at, seq LIMIT ?");
    arguments.push(Value::Integer(limit.into()));
    let mut statement = connection.prepare_cached(&sql)?;
    statement
        .query_map(rusqlite::params_from_iter(arguments), slip)?
        .collect()
}

/// The moment and entry of the last of so many slips; none if there are not so many.
pub(super) fn last_of(
    connection: &Connection,
    ask: &SlipAsk,
    limit: u32,
) -> Result<Option<(u64, u64)>> {
    let (filter, mut arguments) = filter(ask);
    let sql = format!("SELECT at, seq FROM slip WHERE {filter} ORDER BY at, seq LIMIT 1 OFFSET ?");
    arguments.push(Value::Integer(limit.saturating_sub(1).into()));
    let mut statement = connection.prepare_cached(&sql)?;
    statement
        .query_row(rusqlite::params_from_iter(arguments), |row| {
            Ok((number(row, 0)?, number(row, 1)?))
        })
        .optional()
}

/// The sums of the slips up to a moment and entry, of all that are asked if none is given.
pub(super) fn sums(
    connection: &Connection,
    ask: &SlipAsk,
    by: Period,
    last: Option<(u64, u64)>,
) -> Result<Vec<SlipSum>> {
    let (filter, mut arguments) = filter(ask);
    let (at, seq) = last.map_or((i64::MAX, i64::MAX), |(at, seq)| (signed(at), signed(seq)));
    let sql = format!(
        "SELECT at / {} AS period, about <> 0 AS refunds, count(*),
             sum(total), sum(funds), sum(account), sum(cash), sum(hospital)
         FROM slip WHERE {filter} AND at <= ? AND (at < ? OR seq <= ?)
         GROUP BY period, refunds ORDER BY period, refunds",
        by.unit()
    );
    arguments.extend([at, at, seq].map(Value::Integer));
    let mut statement = connection.prepare_cached(&sql)?;
    statement
        .query_map(rusqlite::params_from_iter(arguments), sum)?
        .collect()
}

fn filter(ask: &SlipAsk) -> (String, Vec<Value>) {
    let bounds = ask.bounds();
    let mut arguments = vec![
        Value::Text(ask.party.clone()),
        Value::Integer(bounds.from),
        Value::Integer(bounds.until),
        Value::Integer(bounds.after.0),
        Value::Integer(bounds.after.1),
    ];
    let mut filter = "party = ? AND at BETWEEN ? AND ? AND (at > ? OR seq > ?)".to_owned();
    if let Some(scheme) = &ask.scheme {
        filter.push_str(" AND scheme = ?");
        arguments.push(Value::Text(scheme.clone()));
    }
    if !ask.settings.is_empty() {
        let places = vec!["?"; ask.settings.len()];
        filter.push_str(&format!(" AND setting IN ({})", places.join(", ")));
        arguments.extend(ask.settings.iter().cloned().map(Value::Text));
    }
    (filter, arguments)
}

fn slip(row: &Row<'_>) -> Result<SlipRow> {
    Ok(SlipRow {
        party: row.get(0)?,
        at: number(row, 1)?,
        seq: number(row, 2)?,
        about: number(row, 3)?,
        person: number(row, 4)?,
        visit: number(row, 5)?,
        scheme: row.get(6)?,
        setting: row.get(7)?,
        key: row.get(8)?,
        total: fen(row, 9)?,
        funds: fen(row, 10)?,
        account: fen(row, 11)?,
        cash: fen(row, 12)?,
        hospital: fen(row, 13)?,
    })
}

fn sum(row: &Row<'_>) -> Result<SlipSum> {
    Ok(SlipSum {
        period: number(row, 0)?,
        refunds: row.get(1)?,
        count: number(row, 2)?,
        total: fen(row, 3)?,
        funds: fen(row, 4)?,
        account: fen(row, 5)?,
        cash: fen(row, 6)?,
        hospital: fen(row, 7)?,
    })
}

fn fen(row: &Row<'_>, at: usize) -> Result<Fen> {
    number(row, at).map(Fen::new)
}
