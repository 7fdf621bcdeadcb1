//! Writing a batch to a SQLite lane, in one transaction.

use rusqlite::{CachedStatement, Connection, Result, Transaction, TransactionBehavior, params};

use crate::batch::Batch;
use crate::chain::{day_digits, write_postings};
use crate::row::{BalanceRow, EntryRow};

pub(super) fn commit(connection: &mut Connection, batch: &Batch) -> Result<()> {
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    entries(&transaction, &batch.entries)?;
    persons(&transaction, batch)?;
    each(
        &transaction,
        "INSERT INTO idempotency VALUES (?1, ?2, ?3)",
        &batch.keys,
        |s, key| s.execute(params![key.key, key.content, signed(key.seq)]),
    )?;
    each(
        &transaction,
        "INSERT INTO visit VALUES (?1, ?2, ?3) ON CONFLICT (visit) DO UPDATE SET state = excluded.state",
        &batch.visits,
        |s, visit| {
            s.execute(params![
                signed(visit.visit),
                signed(visit.person),
                visit.state
            ])
        },
    )?;
    balances(&transaction, &batch.balances)?;
    super::slips::write(&transaction, &batch.slips)?;
    messages(&transaction, batch)?;
    office(&transaction, batch)?;
    transaction.commit()
}

fn entries(transaction: &Transaction<'_>, entries: &[EntryRow]) -> Result<()> {
    let mut postings = String::new();
    each(
        transaction,
        "INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        entries,
        |s, entry| {
            postings.clear();
            write_postings(&mut postings, &entry.postings);
            s.execute(params![
                signed(entry.seq),
                day_digits(entry.day),
                entry.year.map_or(0, day_digits),
                entry.kind,
                signed(entry.person),
                entry.party,
                signed(entry.about),
                entry.policy,
                postings,
                entry.record,
                entry.hash.hex(),
            ])
        },
    )
}

fn persons(transaction: &Transaction<'_>, batch: &Batch) -> Result<()> {
    each(
        transaction,
        "INSERT INTO person VALUES (?1, ?2, ?3) ON CONFLICT (person) DO UPDATE SET lookup = excluded.lookup, state = excluded.state",
        &batch.persons,
        |s, person| s.execute(params![signed(person.person), person.lookup, person.state]),
    )?;
    each(
        transaction,
        "INSERT INTO identity VALUES (?1, ?2) ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed",
        &batch.identities,
        |s, identity| s.execute(params![signed(identity.person), identity.sealed]),
    )
}

fn balances(transaction: &Transaction<'_>, balances: &[BalanceRow]) -> Result<()> {
    each(
        transaction,
        "INSERT INTO balance VALUES (?1, ?2, ?3, ?4) ON CONFLICT (account, month)
         DO UPDATE SET debit = debit + excluded.debit, credit = credit + excluded.credit",
        balances,
        |s, balance| {
            s.execute(params![
                balance.account.0,
                balance.month,
                signed(balance.debit.fen()),
                signed(balance.credit.fen()),
            ])
        },
    )
}

fn messages(transaction: &Transaction<'_>, batch: &Batch) -> Result<()> {
    each(
        transaction,
        "INSERT INTO outbox VALUES (?1, ?2, ?3)",
        &batch.outbox,
        |s, message| {
            s.execute(params![
                signed(message.number),
                message.to.digits(),
                message.body
            ])
        },
    )?;
    each(
        transaction,
        "DELETE FROM outbox WHERE number = ?1",
        &batch.delivered,
        |s, number| s.execute([signed(*number)]),
    )
}

fn office(transaction: &Transaction<'_>, batch: &Batch) -> Result<()> {
    each(
        transaction,
        "INSERT INTO listed VALUES (?1, ?2, ?3, ?4) ON CONFLICT (kind, code, since) DO UPDATE SET body = excluded.body",
        &batch.listed,
        |s, listed| {
            s.execute(params![
                listed.kind,
                listed.code,
                day_digits(listed.from),
                listed.body
            ])
        },
    )?;
    each(
        transaction,
        "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        &batch.meta,
        |s, meta| s.execute(params![meta.name, meta.value]),
    )
}

/// One statement over many rows; it is prepared once.
pub(super) fn each<T>(
    transaction: &Transaction<'_>,
    sql: &str,
    rows: &[T],
    mut write: impl FnMut(&mut CachedStatement<'_>, &T) -> Result<usize>,
) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut statement = transaction.prepare_cached(sql)?;
    for row in rows {
        write(&mut statement, row)?;
    }
    Ok(())
}

/// SQLite's integers have a sign. Numbers of rows and amounts lie far below 2^63; a larger one would be refused on reading.
pub(super) const fn signed(number: u64) -> i64 {
    number.cast_signed()
}
