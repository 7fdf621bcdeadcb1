//! `PostgresLane`: a lane as a key prefix in a PostgreSQL database: one call a batch, fenced by an epoch.

mod columns;
mod read;
mod session;
mod slips;

use postgres::types::ToSql;
use postgres::{Client, Statement};

use crate::batch::{Ask, Batch, Loaded};
use crate::chain::{Hash, START};
use crate::error::StoreError;
use crate::lane::{Head, LaneId, LaneStore};
use crate::row::{
    BalanceRow, EntryRow, IdentityRow, KeyRow, ListedRow, OutboxRow, PersonRow, VisitRow, end_of,
};
use crate::slip::{Period, SlipAsk, SlipRow, SlipSum};

use columns::Columns;
use read::{Cells, signed};
use session::failed;

/// A lane in a PostgreSQL database, on a connection of its own. It blocks its thread, which must not be one of an async runtime.
pub struct PostgresLane {
    lane: LaneId,
    /// Ours; a commit is refused once another process has taken the lane.
    epoch: i64,
    client: Client,
    load: Statement,
    commit: Statement,
}

impl std::fmt::Debug for PostgresLane {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PostgresLane({}, epoch {})", self.lane, self.epoch)
    }
}

impl PostgresLane {
    /// Makes a lane, and the tables if the database has none.
    ///
    /// # Errors
    /// When it is there already, or the database cannot be reached or written.
    pub fn create(url: &str, lane: LaneId) -> Result<PostgresLane, StoreError> {
        let mut client = session::connect(url, lane)?;
        session::migrate(&mut client).map_err(failed(lane, "making the tables"))?;
        let made = "INSERT INTO lane_epoch (lane, epoch) VALUES ($1, 0) ON CONFLICT DO NOTHING";
        match client.execute(made, &[&digits(lane)]) {
            Ok(0) => Err(StoreError::LanePresent { lane }),
            Ok(_) => PostgresLane::take(client, lane),
            Err(e) => Err(failed(lane, "making the lane")(e)),
        }
    }

    /// Opens a lane and becomes its owner; the commits of the owner before are refused from then on.
    ///
    /// # Errors
    /// When there is none, the database is of a newer schema, or it cannot be reached or written.
    pub fn open(url: &str, lane: LaneId) -> Result<PostgresLane, StoreError> {
        let mut client = session::connect(url, lane)?;
        match session::schema(&mut client).map_err(failed(lane, "reading the schema's number"))? {
            None => return Err(StoreError::LaneAbsent { lane }),
            Some(found) if found > session::SCHEMA => {
                let ours = session::SCHEMA;
                return Err(StoreError::Damaged {
                    lane,
                    table: "migration",
                    row: "schema".into(),
                    found: format!("its schema is number {found}, this program's is {ours}"),
                });
            }
            Some(_) => {}
        }
        session::migrate(&mut client).map_err(failed(lane, "renewing the tables"))?;
        PostgresLane::take(client, lane)
    }

    /// Our epoch: how often the lane has been opened.
    #[must_use]
    pub fn epoch(&self) -> u64 {
        self.epoch.unsigned_abs()
    }

    fn take(mut client: Client, lane: LaneId) -> Result<PostgresLane, StoreError> {
        let next = "UPDATE lane_epoch SET epoch = epoch + 1 WHERE lane = $1 RETURNING epoch";
        let taken = client.query_opt(next, &[&digits(lane)]);
        let taken = taken.map_err(failed(lane, "taking the lane"))?;
        let epoch = taken.ok_or(StoreError::LaneAbsent { lane })?.get(0);
        let load = client.prepare(include_str!("postgres/load.sql"));
        let load = load.map_err(failed(lane, "preparing to load"))?;
        let commit = client.prepare(&columns::call());
        let commit = commit.map_err(failed(lane, "preparing to commit"))?;
        Ok(PostgresLane {
            lane,
            epoch,
            client,
            load,
            commit,
        })
    }

    /// The rows of a statement whose first parameter is the lane.
    fn rows<T>(
        &mut self,
        doing: &'static str,
        sql: &str,
        arguments: &[&(dyn ToSql + Sync)],
        row: fn(&Cells<'_>) -> Result<T, read::Broken>,
    ) -> Result<Vec<T>, StoreError> {
        let lane = self.lane;
        let lead = digits(lane);
        let mut all: Vec<&(dyn ToSql + Sync)> = vec![&lead];
        all.extend(arguments);
        let found = self.client.query(sql, &all).map_err(failed(lane, doing))?;
        found
            .iter()
            .map(|found| {
                let cells = Cells::of(found, 0).map_err(failed(lane, doing))?;
                row(&cells).map_err(|broken| damaged(lane, broken))
            })
            .collect()
    }
}

impl LaneStore for PostgresLane {
    fn lane(&self) -> LaneId {
        self.lane
    }

    fn head(&mut self) -> Result<Head, StoreError> {
        let lane = self.lane;
        let sql = "SELECT seq, hash FROM entry WHERE lane = $1 ORDER BY seq DESC LIMIT 1";
        let last = self.client.query_opt(sql, &[&digits(lane)]);
        let Some(last) = last.map_err(failed(lane, "reading the last entry"))? else {
            return Ok(Head {
                seq: 0,
                hash: START,
            });
        };
        let (seq, hash): (i64, &str) = (last.get(0), last.get(1));
        let broken = |found: &str| damaged(lane, ("entry", seq.to_string(), found.to_owned()));
        Ok(Head {
            seq: u64::try_from(seq).map_err(|_| broken("its number is negative"))?,
            hash: Hash::parse(hash).ok_or_else(|| broken("its hash is no hash"))?,
        })
    }

    fn load(&mut self, ask: &Ask) -> Result<Loaded, StoreError> {
        let lane = self.lane;
        let doing = "loading";
        let numbers = |asked: &[u64]| asked.iter().map(|n| signed(*n)).collect::<Vec<i64>>();
        let (persons, visits) = (numbers(&ask.persons), numbers(&ask.visits));
        let (entries, identities) = (numbers(&ask.entries), numbers(&ask.identities));
        let found = self.client.query(
            &self.load,
            &[
                &digits(lane),
                &persons,
                &ask.keys,
                &visits,
                &entries,
                &identities,
            ],
        );
        let mut loaded = Loaded {
            persons: vec![None; persons.len()],
            keys: vec![None; ask.keys.len()],
            visits: vec![None; visits.len()],
            entries: vec![None; entries.len()],
            identities: vec![None; identities.len()],
        };
        for row in found.map_err(failed(lane, doing))? {
            let cells = Cells::of(&row, 2).map_err(failed(lane, doing))?;
            let (table, place): (&str, i64) = (row.get(0), row.get(1));
            let put = read::put(&mut loaded, table, place, &cells);
            put.map_err(|broken| damaged(lane, broken))?;
        }
        Ok(loaded)
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let lane = self.lane;
        let columns = Columns::of(batch);
        let lead = digits(lane);
        let arguments = columns.arguments(&lead, &self.epoch);
        let committed = self.client.query_one(&self.commit, &arguments);
        let found: i64 = committed.map_err(failed(lane, "committing"))?.get(0);
        if found == self.epoch {
            return Ok(());
        }
        Err(StoreError::Fenced {
            lane,
            found: found.unsigned_abs(),
            ours: self.epoch(),
        })
    }

    fn persons(&mut self, after: Option<u64>, limit: u32) -> Result<Vec<PersonRow>, StoreError> {
        let sql = "SELECT ARRAY[person], ARRAY[lookup, state] FROM person
             WHERE lane = $1 AND person > $2 ORDER BY person LIMIT $3";
        let after = after.map_or(-1, signed);
        let page = [&after as _, &i64::from(limit) as _];
        self.rows("reading persons", sql, &page, read::person)
    }

    fn identities(
        &mut self,
        after: Option<u64>,
        limit: u32,
    ) -> Result<Vec<IdentityRow>, StoreError> {
        let sql = "SELECT ARRAY[person], ARRAY[sealed] FROM identity
             WHERE lane = $1 AND person > $2 ORDER BY person LIMIT $3";
        let after = after.map_or(-1, signed);
        let page = [&after as _, &i64::from(limit) as _];
        self.rows("reading identities", sql, &page, read::identity)
    }

    fn identity(&mut self, person: u64) -> Result<Option<IdentityRow>, StoreError> {
        let sql = "SELECT ARRAY[person], ARRAY[sealed] FROM identity
             WHERE lane = $1 AND person = $2";
        let mut found = self.rows(
            "reading an identity",
            sql,
            &[&signed(person)],
            read::identity,
        )?;
        Ok(found.pop())
    }

    fn entries(&mut self, from: u64, limit: u32) -> Result<Vec<EntryRow>, StoreError> {
        let sql = "SELECT ARRAY[seq, day, year, person, about, policy],
             ARRAY[kind, party, postings, record, hash] FROM entry
             WHERE lane = $1 AND seq >= $2 ORDER BY seq LIMIT $3";
        let page = [&signed(from) as _, &i64::from(limit) as _];
        self.rows("reading entries", sql, &page, read::entry)
    }

    fn keys(&mut self, after: &str, limit: u32) -> Result<Vec<KeyRow>, StoreError> {
        let sql = "SELECT ARRAY[seq], ARRAY[key, content] FROM idempotency
             WHERE lane = $1 AND key > $2 ORDER BY key LIMIT $3";
        let page = [&after as _, &i64::from(limit) as _];
        self.rows("reading keys", sql, &page, read::key)
    }

    fn visits(&mut self, after: u64, limit: u32) -> Result<Vec<VisitRow>, StoreError> {
        let sql = "SELECT ARRAY[visit, person], ARRAY[state] FROM visit
             WHERE lane = $1 AND visit > $2 ORDER BY visit LIMIT $3";
        let page = [&signed(after) as _, &i64::from(limit) as _];
        self.rows("reading visits", sql, &page, read::visit)
    }

    fn balances(&mut self) -> Result<Vec<BalanceRow>, StoreError> {
        let sql = "SELECT ARRAY[account, month, debit, credit], ARRAY[]::text[] FROM balance
             WHERE lane = $1 ORDER BY account, month";
        self.rows("reading balances", sql, &[], read::balance)
    }

    fn outbox(&mut self, after: u64, limit: u32) -> Result<Vec<OutboxRow>, StoreError> {
        let sql = "SELECT ARRAY[number, target], ARRAY[body] FROM outbox
             WHERE lane = $1 AND number > $2 ORDER BY number LIMIT $3";
        let page = [&signed(after) as _, &i64::from(limit) as _];
        self.rows("reading the outbox", sql, &page, read::message)
    }

    fn listed(&mut self, kind: &str) -> Result<Vec<ListedRow>, StoreError> {
        let sql = "SELECT ARRAY[since::bigint], ARRAY[kind, code, body] FROM listed
             WHERE lane = $1 AND kind = $2 ORDER BY code, since";
        self.rows("reading a list", sql, &[&kind], read::listed)
    }

    fn listed_like(
        &mut self,
        kind: &str,
        prefix: &str,
        limit: u32,
    ) -> Result<Vec<ListedRow>, StoreError> {
        let sql = "SELECT ARRAY[since::bigint], ARRAY[kind, code, body] FROM listed
             WHERE lane = $1 AND kind = $2 AND code >= $3 AND code < $4
             ORDER BY code, since LIMIT $5";
        let (end, limit) = (end_of(prefix), i64::from(limit));
        let asked = [&kind as _, &prefix as _, &end as _, &limit as _];
        self.rows("reading a list", sql, &asked, read::listed)
    }

    fn slips(&mut self, ask: &SlipAsk, limit: u32) -> Result<Vec<SlipRow>, StoreError> {
        self.asked_slips(ask, limit)
    }

    fn slip_sums(
        &mut self,
        ask: &SlipAsk,
        by: Period,
        limit: u32,
    ) -> Result<(Vec<SlipSum>, Option<(u64, u64)>), StoreError> {
        let last = self.last_of_slips(ask, limit)?;
        Ok((self.sums_of_slips(ask, by, last)?, last))
    }

    fn all_slips(
        &mut self,
        after: Option<&SlipRow>,
        limit: u32,
    ) -> Result<Vec<SlipRow>, StoreError> {
        let after = after.map_or(("", -1, 0), SlipRow::place);
        self.slips_after(after, limit)
    }

    fn meta(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM meta WHERE lane = $1 AND name = $2";
        let found = self.client.query_opt(sql, &[&digits(self.lane), &name]);
        let found = found.map_err(failed(self.lane, "reading a named value"))?;
        Ok(found.map(|row| row.get(0)))
    }
}

/// The lane as it leads each key.
fn digits(lane: LaneId) -> i32 {
    lane.digits().cast_signed()
}

fn damaged(lane: LaneId, (table, row, found): read::Broken) -> StoreError {
    StoreError::Damaged {
        lane,
        table,
        row,
        found,
    }
}
