//! `House`: an agency in a folder of its own, or on the test server; with nobody insured.

use std::path::Path;

use agency::domain::region::Region;
use agency::{Agency, Options, Place};
use tempfile::TempDir;

const REGION: &str = "620100";
const VARIABLE: &str = "YIBAO_TEST_POSTGRES";
const ABSENT: &str = "YIBAO_TEST_POSTGRES is not set, and the tests of PostgreSQL need a server: \
    `cargo xtask postgres cargo test -p agency` starts one and sets it";

pub(crate) struct House {
    root: TempDir,
    server: Option<String>,
}

impl House {
    pub(crate) fn sqlite() -> House {
        House {
            root: tempfile::tempdir().unwrap(),
            server: None,
        }
    }

    /// On the test server, whose region is nobody else's.
    #[expect(
        clippy::disallowed_methods,
        reason = "a test binary has no arguments of its own"
    )]
    pub(crate) fn postgres() -> House {
        House {
            root: tempfile::tempdir().unwrap(),
            server: Some(std::env::var(VARIABLE).expect(ABSENT)),
        }
    }

    fn options(&self) -> Options {
        let root = self.root.path();
        Options {
            place: match &self.server {
                Some(url) => Place::Server(url.clone()),
                None => Place::Directory(root.join("data")),
            },
            key: root.join("key"),
            policies: Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies"),
            region: Region::parse(REGION).unwrap(),
        }
    }

    pub(crate) fn create(&self) -> Agency {
        Agency::create(&self.options(), 1).unwrap()
    }

    pub(crate) fn open(&self) -> Agency {
        Agency::open(&self.options()).unwrap()
    }

    /// Changes the office's file behind the agency's back.
    pub(crate) fn spoil(&self, sql: &str) {
        let office = self.root.path().join("data").join(REGION).join("office.db");
        let connection = rusqlite::Connection::open(office).unwrap();
        connection
            .execute_batch("DROP TRIGGER entry_is_not_changed; DROP TRIGGER entry_is_not_deleted;")
            .unwrap();
        assert_eq!(connection.execute(sql, []).unwrap(), 1, "{sql}");
    }
}
