//! `Columns`: a batch as one array a column, the arguments of `commit_batch` and, for the slips, of `commit_slips`.

use postgres::types::ToSql;

use super::read::signed;
use crate::batch::Batch;
use crate::chain::{day_digits, write_postings};

/// Number of arguments of `commit_batch`.
const BATCH: usize = 38;
/// Number of arguments of both: the slips' columns follow.
const ARGUMENTS: usize = BATCH + 14;

/// A column.
enum Column<'a> {
    Numbers(Vec<i64>),
    Texts(Vec<&'a str>),
    /// Texts that stand in no row as such.
    Written(Vec<String>),
}

/// The columns of a batch, in the order of the arguments.
pub(super) struct Columns<'a>(Vec<Column<'a>>);

/// The statement that calls the functions.
pub(super) fn call() -> String {
    let places: Vec<String> = (1..=ARGUMENTS).map(|n| format!("${n}")).collect();
    let (batch, slips) = places.split_at(BATCH);
    let (batch, slips) = (batch.join(", "), slips.join(", "));
    format!("SELECT commit_slips($1, $2, commit_batch({batch}), {slips})")
}

impl<'a> Columns<'a> {
    /// The table of the columns: their order is that of the function's arguments in `0002_commit.sql` and `0003_slips.sql`.
    pub(super) fn of(batch: &'a Batch) -> Columns<'a> {
        let b = batch;
        Columns(vec![
            numbers(&b.entries, |e| signed(e.seq)),
            numbers(&b.entries, |e| day_digits(e.day).into()),
            numbers(&b.entries, |e| e.year.map_or(0, day_digits).into()),
            texts(&b.entries, |e| &e.kind),
            numbers(&b.entries, |e| signed(e.person)),
            texts(&b.entries, |e| &e.party),
            numbers(&b.entries, |e| signed(e.about)),
            numbers(&b.entries, |e| e.policy.into()),
            postings(b),
            texts(&b.entries, |e| &e.record),
            Column::Written(b.entries.iter().map(|e| e.hash.hex()).collect()),
            numbers(&b.persons, |p| signed(p.person)),
            texts(&b.persons, |p| &p.lookup),
            texts(&b.persons, |p| &p.state),
            numbers(&b.identities, |i| signed(i.person)),
            texts(&b.identities, |i| &i.sealed),
            texts(&b.keys, |k| &k.key),
            texts(&b.keys, |k| &k.content),
            numbers(&b.keys, |k| signed(k.seq)),
            numbers(&b.visits, |v| signed(v.visit)),
            numbers(&b.visits, |v| signed(v.person)),
            texts(&b.visits, |v| &v.state),
            numbers(&b.balances, |r| r.account.0.into()),
            numbers(&b.balances, |r| r.month.into()),
            numbers(&b.balances, |r| signed(r.debit.fen())),
            numbers(&b.balances, |r| signed(r.credit.fen())),
            numbers(&b.outbox, |m| signed(m.number)),
            numbers(&b.outbox, |m| m.to.digits().into()),
            texts(&b.outbox, |m| &m.body),
            numbers(&b.delivered, |n| signed(*n)),
            texts(&b.listed, |l| &l.kind),
            texts(&b.listed, |l| &l.code),
            numbers(&b.listed, |l| day_digits(l.from).into()),
            texts(&b.listed, |l| &l.body),
            texts(&b.meta, |m| &m.name),
            texts(&b.meta, |m| &m.value),
            texts(&b.slips, |s| &s.party),
            numbers(&b.slips, |s| signed(s.at)),
            numbers(&b.slips, |s| signed(s.seq)),
            numbers(&b.slips, |s| signed(s.about)),
            numbers(&b.slips, |s| signed(s.person)),
            numbers(&b.slips, |s| signed(s.visit)),
            texts(&b.slips, |s| &s.scheme),
            texts(&b.slips, |s| &s.setting),
            texts(&b.slips, |s| &s.key),
            numbers(&b.slips, |s| signed(s.total.fen())),
            numbers(&b.slips, |s| signed(s.funds.fen())),
            numbers(&b.slips, |s| signed(s.account.fen())),
            numbers(&b.slips, |s| signed(s.cash.fen())),
            numbers(&b.slips, |s| signed(s.hospital.fen())),
        ])
    }

    /// The arguments: the lane, our epoch, the columns.
    pub(super) fn arguments<'c>(
        &'c self,
        lane: &'c i32,
        epoch: &'c i64,
    ) -> Vec<&'c (dyn ToSql + Sync)> {
        let mut arguments: Vec<&(dyn ToSql + Sync)> = Vec::with_capacity(ARGUMENTS);
        arguments.extend([lane as &(dyn ToSql + Sync), epoch]);
        arguments.extend(self.0.iter().map(|column| match column {
            Column::Numbers(numbers) => numbers as &(dyn ToSql + Sync),
            Column::Texts(texts) => texts,
            Column::Written(texts) => texts,
        }));
        arguments
    }
}

fn numbers<'a, T>(rows: &[T], number: fn(&T) -> i64) -> Column<'a> {
    Column::Numbers(rows.iter().map(number).collect())
}

fn texts<'a, T>(rows: &'a [T], text: fn(&T) -> &str) -> Column<'a> {
    Column::Texts(rows.iter().map(text).collect())
}

fn postings<'a>(batch: &Batch) -> Column<'a> {
    let written = batch.entries.iter().map(|entry| {
        let mut text = String::with_capacity(2 + 24 * entry.postings.len());
        write_postings(&mut text, &entry.postings);
        text
    });
    Column::Written(written.collect())
}
