//! `Place`: where the lanes of a test are: a folder of SQLite files or a schema of the test server, gone with the test.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use domain::region::Region;
use store::{LaneId, LaneStore, PostgresLane, SqliteLane, StoreError};

/// The engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// Where the lanes of a test are.
pub(crate) struct Place {
    pub(crate) engine: Engine,
    /// A folder, or a URL with a schema of its own.
    pub(crate) at: String,
    /// What is to be removed: the folder, or the schema's name.
    owned: Option<String>,
}

/// The variable that tells where the test server is.
const VARIABLE: &str = "YIBAO_TEST_POSTGRES";
const ABSENT: &str = "YIBAO_TEST_POSTGRES is not set, and the tests of PostgreSQL need a server: \
    `cargo xtask postgres cargo test -p store` starts one and sets it";

/// The lane of most tests.
pub(crate) fn lane() -> LaneId {
    numbered(1)
}

/// A lane by its number.
pub(crate) fn numbered(number: u8) -> LaneId {
    let region = Region::parse("420100").unwrap();
    LaneId { region, number }
}

/// A value of the environment: tests are told where the server is, and a child what to do.
#[expect(
    clippy::disallowed_methods,
    reason = "a test binary has no arguments of its own"
)]
pub(crate) fn told(variable: &str) -> Option<String> {
    std::env::var(variable).ok()
}

impl Place {
    /// An empty one.
    pub(crate) fn new(engine: Engine) -> Place {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("yibao_store_{}_{number}", std::process::id());
        let (at, owned) = match engine {
            Engine::Sqlite => {
                let folder = std::env::temp_dir().join(&name);
                std::fs::create_dir(&folder).unwrap();
                let folder = folder.to_str().unwrap().to_owned();
                (folder.clone(), folder)
            }
            Engine::Postgres => {
                let url = told(VARIABLE).expect(ABSENT);
                let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
                client
                    .batch_execute(&format!("CREATE SCHEMA {name}"))
                    .unwrap();
                let join = if url.contains('?') { '&' } else { '?' };
                let at = format!("{url}{join}options=-c%20search_path%3D{name}");
                (at, name)
            }
        };
        Place {
            engine,
            at,
            owned: Some(owned),
        }
    }

    /// One that another process made.
    pub(crate) fn of_another(engine: Engine, at: String) -> Place {
        Place {
            engine,
            at,
            owned: None,
        }
    }

    /// Makes a lane.
    pub(crate) fn create(&self, lane: LaneId) -> Result<Box<dyn LaneStore>, StoreError> {
        Ok(match self.engine {
            Engine::Sqlite => Box::new(SqliteLane::create(lane, &self.file(lane))?),
            Engine::Postgres => Box::new(PostgresLane::create(&self.at, lane)?),
        })
    }

    /// Opens a lane.
    pub(crate) fn open(&self, lane: LaneId) -> Result<Box<dyn LaneStore>, StoreError> {
        Ok(match self.engine {
            Engine::Sqlite => Box::new(SqliteLane::open(lane, &self.file(lane))?),
            Engine::Postgres => Box::new(PostgresLane::open(&self.at, lane)?),
        })
    }

    /// The file of a lane.
    pub(crate) fn file(&self, lane: LaneId) -> PathBuf {
        Path::new(&self.at).join(format!("{}.db", lane.digits()))
    }

    /// Runs statements past the store, as somebody with SQL could.
    pub(crate) fn execute(&self, sql: &str) -> Result<(), String> {
        match self.engine {
            Engine::Sqlite => self.sqlite().execute_batch(sql).map_err(|e| e.to_string()),
            Engine::Postgres => self.client().batch_execute(sql).map_err(|e| {
                let said = e.as_db_error().map(|said| said.message().to_owned());
                said.unwrap_or_else(|| e.to_string())
            }),
        }
    }

    /// The one number that a query gives.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        match self.engine {
            Engine::Sqlite => self.sqlite().query_row(sql, [], |row| row.get(0)).unwrap(),
            Engine::Postgres => self.client().query_one(sql, &[]).unwrap().get(0),
        }
    }

    /// Takes away what keeps entries from being changed.
    pub(crate) fn unguard(&self) {
        let sql = match self.engine {
            Engine::Sqlite => {
                "DROP TRIGGER entry_is_not_changed; DROP TRIGGER entry_is_not_deleted"
            }
            Engine::Postgres => "ALTER TABLE entry DISABLE TRIGGER USER",
        };
        self.execute(sql).unwrap();
    }

    fn sqlite(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.file(lane())).unwrap()
    }

    pub(crate) fn client(&self) -> postgres::Client {
        postgres::Client::connect(&self.at, postgres::NoTls).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(owned) = self.owned.take() else {
            return;
        };
        // A test that failed has said so already.
        match self.engine {
            Engine::Sqlite => drop(std::fs::remove_dir_all(owned)),
            Engine::Postgres => drop(self.execute(&format!("DROP SCHEMA {owned} CASCADE"))),
        }
    }
}
