//! Slips in a PostgreSQL lane, read and summed by institution and moment.

use domain::fen::Fen;
use postgres::types::ToSql;

use super::PostgresLane;
use super::read::{Broken, Cells, signed};
use crate::error::StoreError;
use crate::slip::{Period, SlipAsk, SlipRow, SlipSum};

const ROW: &str =
    "SELECT ARRAY[at, seq, about, person, visit, total, funds, account, cash, hospital],
     ARRAY[party, scheme, setting, key] FROM slip WHERE lane = $1";
/// The lane is the first parameter; seven more are those of [`Filter`].
const FILTER: &str = "party = $2 AND at BETWEEN $3 AND $4 AND (at > $5 OR seq > $6)
     AND ($7::text IS NULL OR scheme = $7) AND (cardinality($8::text[]) = 0 OR setting = ANY ($8))";

/// The parameters of [`FILTER`].
struct Filter<'a> {
    ask: &'a SlipAsk,
    from: i64,
    until: i64,
    after: (i64, i64),
}

impl<'a> Filter<'a> {
    fn of(ask: &'a SlipAsk) -> Filter<'a> {
        let bounds = ask.bounds();
        Filter {
            ask,
            from: bounds.from,
            until: bounds.until,
            after: bounds.after,
        }
    }

    fn with<'f>(&'f self, more: &[&'f (dyn ToSql + Sync)]) -> Vec<&'f (dyn ToSql + Sync)> {
        let mut arguments: Vec<&(dyn ToSql + Sync)> = vec![
            &self.ask.party,
            &self.from,
            &self.until,
            &self.after.0,
            &self.after.1,
            &self.ask.scheme,
            &self.ask.settings,
        ];
        arguments.extend(more);
        arguments
    }
}

impl PostgresLane {
    /// Slips of all institutions after one of them.
    pub(super) fn slips_after(
        &mut self,
        (party, at, seq): (&str, i64, i64),
        limit: u32,
    ) -> Result<Vec<SlipRow>, StoreError> {
        let sql =
            format!("{ROW} AND (party, at, seq) > ($2, $3, $4) ORDER BY party, at, seq LIMIT $5");
        let page = [&party as _, &at as _, &seq as _, &i64::from(limit) as _];
        self.rows("reading slips", &sql, &page, slip)
    }

    pub(super) fn asked_slips(
        &mut self,
        ask: &SlipAsk,
        limit: u32,
    ) -> Result<Vec<SlipRow>, StoreError> {
        let sql = format!("{ROW} AND {FILTER} ORDER BY at, seq LIMIT $9");
        let filter = Filter::of(ask);
        let arguments = [&i64::from(limit) as _];
        self.rows("reading slips", &sql, &filter.with(&arguments), slip)
    }

    /// The moment and entry of the last of so many slips; none if there are not so many.
    pub(super) fn last_of_slips(
        &mut self,
        ask: &SlipAsk,
        limit: u32,
    ) -> Result<Option<(u64, u64)>, StoreError> {
        let sql = format!(
            "SELECT ARRAY[at, seq], ARRAY[]::text[] FROM slip
             WHERE lane = $1 AND {FILTER} ORDER BY at, seq LIMIT 1 OFFSET $9"
        );
        let filter = Filter::of(ask);
        let arguments = [&i64::from(limit.saturating_sub(1)) as _];
        let last = |cells: &Cells<'_>| {
            let broken = cells.broken("slip");
            Ok((
                cells.number(0).map_err(&broken)?,
                cells.number(1).map_err(&broken)?,
            ))
        };
        let mut found = self.rows("reading slips", &sql, &filter.with(&arguments), last)?;
        Ok(found.pop())
    }

    /// The sums of the slips up to a moment and entry, of all that are asked if none is given.
    pub(super) fn sums_of_slips(
        &mut self,
        ask: &SlipAsk,
        by: Period,
        last: Option<(u64, u64)>,
    ) -> Result<Vec<SlipSum>, StoreError> {
        let sql = format!(
            "SELECT ARRAY[period, refunds::integer::bigint, count(*), sum(total)::bigint, sum(funds)::bigint,
                 sum(account)::bigint, sum(cash)::bigint, sum(hospital)::bigint], ARRAY[]::text[]
             FROM (SELECT at / {} AS period, about <> 0 AS refunds, total, funds, account, cash, hospital
                 FROM slip WHERE lane = $1 AND {FILTER} AND at <= $9 AND (at < $9 OR seq <= $10)) asked
             GROUP BY period, refunds ORDER BY period, refunds",
            by.unit()
        );
        let (at, seq) = last.map_or((i64::MAX, i64::MAX), |(at, seq)| (signed(at), signed(seq)));
        let filter = Filter::of(ask);
        let arguments = [&at as _, &seq as _];
        self.rows("adding slips up", &sql, &filter.with(&arguments), sum)
    }
}

fn slip(cells: &Cells<'_>) -> Result<SlipRow, Broken> {
    let broken = cells.broken("slip");
    let number = |at| cells.number(at).map_err(&broken);
    Ok(SlipRow {
        party: cells.text(0).to_owned(),
        at: number(0)?,
        seq: number(1)?,
        about: number(2)?,
        person: number(3)?,
        visit: number(4)?,
        scheme: cells.text(1).to_owned(),
        setting: cells.text(2).to_owned(),
        key: cells.text(3).to_owned(),
        total: Fen::new(number(5)?),
        funds: Fen::new(number(6)?),
        account: Fen::new(number(7)?),
        cash: Fen::new(number(8)?),
        hospital: Fen::new(number(9)?),
    })
}

fn sum(cells: &Cells<'_>) -> Result<SlipSum, Broken> {
    let broken = cells.broken("slip");
    let number = |at| cells.number::<u64>(at).map_err(&broken);
    Ok(SlipSum {
        period: number(0)?,
        refunds: number(1)? == 1,
        count: number(2)?,
        total: Fen::new(number(3)?),
        funds: Fen::new(number(4)?),
        account: Fen::new(number(5)?),
        cash: Fen::new(number(6)?),
        hospital: Fen::new(number(7)?),
    })
}
