//! Rows as PostgreSQL gives them, the numbers and the texts of each as two arrays, into rows of a lane.

use domain::fen::Fen;
use domain::ledger::AccountNumber;
use postgres::Row;

use crate::batch::Loaded;
use crate::chain::day_of;
use crate::lane::LaneId;
use crate::row::{
    BalanceRow, EntryRow, IdentityRow, KeyRow, ListedRow, OutboxRow, PersonRow, VisitRow,
};
use crate::stored::StoredEntry;

/// A row that breaks its form: table, key, what is wrong.
pub(super) type Broken = (&'static str, String, String);

/// The numbers and the texts of a row, in the order in which its statement names them.
pub(super) struct Cells<'a> {
    numbers: Vec<i64>,
    texts: Vec<&'a str>,
}

impl<'a> Cells<'a> {
    /// From two columns of a row.
    pub(super) fn of(row: &'a Row, first: usize) -> Result<Cells<'a>, postgres::Error> {
        Ok(Cells {
            numbers: row.try_get(first)?,
            texts: row.try_get(first + 1)?,
        })
    }

    pub(super) fn text(&self, at: usize) -> &'a str {
        self.texts.get(at).copied().unwrap_or_default()
    }

    /// A number that fits its place: none of them is negative, and days, months and accounts are small.
    pub(super) fn number<N: TryFrom<i64>>(&self, at: usize) -> Result<N, String> {
        let found = self.numbers.get(at).copied().unwrap_or_default();
        N::try_from(found).map_err(|_| format!("{found} is out of its range"))
    }

    /// What is wrong, with the row's key.
    pub(super) fn broken(&self, table: &'static str) -> impl Fn(String) -> Broken {
        let key = match table {
            "idempotency" => self.text(0).to_owned(),
            "listed" => self.text(1).to_owned(),
            _ => self.numbers.first().map(i64::to_string).unwrap_or_default(),
        };
        move |found| (table, key.clone(), found)
    }
}

/// Puts a row where it was asked for.
pub(super) fn put(
    loaded: &mut Loaded,
    table: &str,
    place: i64,
    cells: &Cells<'_>,
) -> Result<(), Broken> {
    fn at<T>(rows: &mut [Option<T>], place: i64, row: T) {
        // Places are counted from 1, as PostgreSQL counts.
        let place = usize::try_from(place - 1).ok();
        if let Some(slot) = place.and_then(|place| rows.get_mut(place)) {
            *slot = Some(row);
        }
    }
    match table {
        "person" => at(&mut loaded.persons, place, person(cells)?),
        "idempotency" => at(&mut loaded.keys, place, key(cells)?),
        "visit" => at(&mut loaded.visits, place, visit(cells)?),
        "identity" => at(&mut loaded.identities, place, identity(cells)?),
        _ => at(&mut loaded.entries, place, entry(cells)?),
    }
    Ok(())
}

pub(super) fn person(cells: &Cells<'_>) -> Result<PersonRow, Broken> {
    Ok(PersonRow {
        person: cells.number(0).map_err(cells.broken("person"))?,
        lookup: cells.text(0).to_owned(),
        state: cells.text(1).to_owned(),
    })
}

pub(super) fn identity(cells: &Cells<'_>) -> Result<IdentityRow, Broken> {
    Ok(IdentityRow {
        person: cells.number(0).map_err(cells.broken("identity"))?,
        sealed: cells.text(0).to_owned(),
    })
}

pub(super) fn key(cells: &Cells<'_>) -> Result<KeyRow, Broken> {
    Ok(KeyRow {
        key: cells.text(0).to_owned(),
        content: cells.text(1).to_owned(),
        seq: cells.number(0).map_err(cells.broken("idempotency"))?,
    })
}

pub(super) fn visit(cells: &Cells<'_>) -> Result<VisitRow, Broken> {
    let broken = cells.broken("visit");
    Ok(VisitRow {
        visit: cells.number(0).map_err(&broken)?,
        person: cells.number(1).map_err(&broken)?,
        state: cells.text(0).to_owned(),
    })
}

pub(super) fn entry(cells: &Cells<'_>) -> Result<EntryRow, Broken> {
    let read = || {
        let stored = StoredEntry {
            seq: cells.number(0)?,
            day: cells.number(1)?,
            year: cells.number(2)?,
            person: cells.number(3)?,
            about: cells.number(4)?,
            policy: cells.number(5)?,
            kind: cells.text(0),
            party: cells.text(1),
            postings: cells.text(2),
            record: cells.text(3),
            hash: cells.text(4),
        };
        stored.read()
    };
    read().map_err(cells.broken("entry"))
}

pub(super) fn balance(cells: &Cells<'_>) -> Result<BalanceRow, Broken> {
    let broken = cells.broken("balance");
    Ok(BalanceRow {
        account: AccountNumber(cells.number(0).map_err(&broken)?),
        month: cells.number(1).map_err(&broken)?,
        debit: Fen::new(cells.number(2).map_err(&broken)?),
        credit: Fen::new(cells.number(3).map_err(&broken)?),
    })
}

pub(super) fn message(cells: &Cells<'_>) -> Result<OutboxRow, Broken> {
    let broken = cells.broken("outbox");
    let target = cells.number(1).map_err(&broken)?;
    Ok(OutboxRow {
        number: cells.number(0).map_err(&broken)?,
        to: LaneId::of_digits(target).ok_or_else(|| broken(format!("{target} is no lane")))?,
        body: cells.text(0).to_owned(),
    })
}

pub(super) fn listed(cells: &Cells<'_>) -> Result<ListedRow, Broken> {
    let broken = cells.broken("listed");
    let since = cells.number(0).map_err(&broken)?;
    Ok(ListedRow {
        kind: cells.text(0).to_owned(),
        code: cells.text(1).to_owned(),
        from: day_of(since).ok_or_else(|| broken(format!("{since} is no day")))?,
        body: cells.text(2).to_owned(),
    })
}

/// PostgreSQL's integers have a sign. Numbers of rows and amounts lie far below 2^63; a larger one would be refused on reading.
pub(super) const fn signed(number: u64) -> i64 {
    number.cast_signed()
}
