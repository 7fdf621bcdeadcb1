//! `House`: an agency of an invented place behind a door, with institutions, items and insured persons, for the proofs of the service.
#![allow(dead_code, reason = "each test takes the part that it needs")]

pub(crate) mod http;
pub(crate) mod law;
pub(crate) mod money;
pub(crate) mod mutate;
pub(crate) mod say;

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use agency::act::Act;
use agency::domain::Fen;
use agency::domain::agreement::Agreement;
use agency::domain::bill::{Category, ItemClass, UnitPrice};
use agency::domain::catalogue::CatalogueItem;
use agency::domain::facility::FacilityKind;
use agency::domain::membership::{Joining, Sex};
use agency::domain::person::Status;
use agency::domain::ratio::Ratio;
use agency::domain::region::Region;
use agency::record::Enrolled;
use agency::{Agency, Options, Place, Request};
use jiff::civil::date;
use serde_json::{Value, json};
use service::auth::Doors;
use service::door::{Door, Incoming, Outgoing};
use service::settings::{Settings, Sources};
use service::window::Window;
use tempfile::TempDir;

/// The place.
pub(crate) const REGION: &str = "999900";
/// A hospital of level 3.
pub(crate) const HOSPITAL: &str = "H99990000003";
/// Another, of level 2.
pub(crate) const OTHER: &str = "H99990000002";
/// A pharmacy.
pub(crate) const PHARMACY: &str = "P99990000001";
/// What everybody's account holds at first.
pub(crate) const OPENING: i64 = 50_000;

/// An insured person as institutions know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// As the interface numbers them.
    pub(crate) id: String,
    pub(crate) identity: String,
    pub(crate) name: String,
    pub(crate) number: u64,
}

/// An agency behind a door.
pub(crate) struct House {
    pub(crate) door: Arc<Door>,
    pub(crate) people: Vec<Person>,
    pub(crate) root: TempDir,
}

impl House {
    /// A new agency with so many persons. Refusals tell all that is known.
    pub(crate) fn new(persons: usize) -> House {
        let root = quick();
        let agency = made(root.path(), persons);
        let people = people(&agency, persons);
        House {
            door: Arc::new(door(agency, root.path())),
            people,
            root,
        }
    }

    pub(crate) fn agency(&self) -> &Agency {
        &self.door.window.agency
    }

    /// Bytes in, bytes out, on a path.
    pub(crate) fn knock(&self, path: &str, body: &[u8]) -> Outgoing {
        let incoming = Incoming {
            path,
            headers: &|_| None,
            body,
            file: None,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        };
        now(self.door.answer(&incoming))
    }

    /// A whole message in, the whole answer out.
    pub(crate) fn say(&self, message: &Value) -> Value {
        let out = self.knock("/fsi/api/callService", message.to_string().as_bytes());
        assert_eq!(out.status, 200, "{message}");
        serde_json::from_slice(&out.body).unwrap()
    }

    /// How many messages were refused for each reason so far.
    pub(crate) fn refusals(&self) -> BTreeMap<String, u64> {
        let text = self.door.metrics.text(0, 0);
        let mut all = BTreeMap::new();
        for line in text
            .lines()
            .filter(|line| line.starts_with("yibao_messages"))
        {
            let (_, rest) = line.split_once("refusal=\"").unwrap_or_default();
            let Some((code, rest)) = rest.split_once('"') else {
                continue;
            };
            let count = rest.rsplit(' ').next().and_then(|n| n.parse::<u64>().ok());
            *all.entry(code.to_owned()).or_default() += count.unwrap_or(0);
        }
        all
    }
}

/// Waits for a future that needs nothing but threads which run anyway.
pub(crate) fn now<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(work)
}

/// A folder in memory where there is one: what is proved here is not that a disk keeps what it was given.
pub(crate) fn quick() -> TempDir {
    let memory = Path::new("/dev/shm");
    match memory.is_dir() {
        true => tempfile::tempdir_in(memory).unwrap(),
        false => tempfile::tempdir().unwrap(),
    }
}

/// Where everything lies under a root. The key is always the same, so that persons have the same numbers every time.
pub(crate) fn options(root: &Path) -> Options {
    let key = root.join("key");
    if !key.exists() {
        std::fs::write(&key, format!("{}\n", "5a".repeat(64))).unwrap();
    }
    Options {
        place: Place::Directory(root.join("data")),
        key,
        policies: policies(),
        region: Region::parse(REGION).unwrap(),
    }
}

/// The rules of the invented place.
fn policies() -> PathBuf {
    root().join("sandbox/policies")
}

/// The folder of the whole project.
fn root() -> PathBuf {
    let mut folder = Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
    while !folder.join("sandbox").exists() {
        folder = folder.parent().unwrap().to_owned();
    }
    folder
}

/// A new agency under a root, with everything listed and everybody enrolled.
pub(crate) fn made(root: &Path, persons: usize) -> Agency {
    let agency = created(&options(root));
    agency.list_institutions(institutions()).unwrap();
    agency.list_items(&items()).unwrap();
    for person in people(&agency, persons) {
        enrol(&agency, &person);
    }
    agency
}

/// A new agency. While a test beside this one starts a process, that process holds this one's locks for a moment: then once more.
fn created(options: &Options) -> Agency {
    let mut tries = 0;
    loop {
        match Agency::create(options, 2) {
            Ok(agency) => return agency,
            Err(why) => assert!(why.to_string().contains("in use") && tries < 50, "{why}"),
        }
        tries += 1;
        std::thread::park_timeout(std::time::Duration::from_millis(20));
        if let Place::Directory(data) = &options.place {
            std::fs::remove_dir_all(data).unwrap();
        }
    }
}

/// The first so many persons.
pub(crate) fn people(agency: &Agency, persons: usize) -> Vec<Person> {
    let names = [
        "测试甲",
        "钱二",
        "孙三",
        "李四",
        "周五",
        "吴六",
        "郑七",
        "王八",
    ];
    let each = (0..persons).map(|n| {
        let identity = identity(n);
        let (number, _) = agency.find(&identity);
        Person {
            id: format!("{REGION}{number:019}"),
            identity,
            name: names[n % names.len()].to_owned(),
            number,
        }
    });
    each.collect()
}

/// An identity number of nobody, with its check character.
fn identity(n: usize) -> String {
    let text = format!("43010019900101{n:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = text.bytes().map(|b| usize::from(b - b'0'));
    let sum: usize = digits.zip(weights).map(|(d, w)| d * w).sum();
    let check = "10X98765432".as_bytes()[sum % 11];
    format!("{text}{}", char::from(check))
}

pub(crate) fn settings(root: &Path) -> Settings {
    let flag = |key, value: &str| (key, value.to_owned());
    let loaded = Settings::load(Sources {
        flags: &[
            flag("sandbox", "true"),
            flag("default_profile", "none"),
            flag("institution_rate", "1000000"),
            flag("address_rate", "1000000"),
            flag("listen", "127.0.0.1:0"),
        ],
        environment: &|_| None,
        file: None,
        home: root,
    });
    loaded.unwrap()
}

pub(crate) fn door(agency: Agency, root: &Path) -> Door {
    let settings = settings(root);
    let doors = Doors::new(&settings);
    let doors = doors.unwrap_or_else(|_| panic!("no key is needed"));
    let window = Window::new(Arc::new(agency), BTreeMap::new(), true);
    Door::new(window, settings, doors, None)
}

fn institutions() -> Vec<Agreement> {
    let agreement = |code: &str, name: &str, kind, level| Agreement {
        code: code.into(),
        name: name.into(),
        region: Region::parse(REGION).unwrap(),
        kind,
        level,
        community: false,
        tags: Vec::new(),
        from: date(2000, 1, 1),
        until: None,
        suspended: Vec::new(),
    };
    vec![
        agreement(HOSPITAL, "第一医院", FacilityKind::General, 3),
        agreement(OTHER, "第二医院", FacilityKind::General, 2),
        agreement(PHARMACY, "大药房", FacilityKind::Pharmacy, 0),
    ]
}

/// Those of the samples: of each class, one dearer than its limit.
fn items() -> Vec<CatalogueItem> {
    let item =
        |code: &str, category, class, limit: Option<u64>, share: Option<u64>| CatalogueItem {
            code: code.into(),
            name: code.into(),
            category,
            class,
            limit: limit.map(|yuan| UnitPrice(yuan * 1_000_000)),
            first_share: share.and_then(|share| Ratio::new(share, 100)),
            restriction: None,
            from: date(2000, 1, 1),
            until: None,
        };
    use Category::{Bed, Drug, Material, Service};
    use ItemClass::{A, B, C};
    vec![
        item("XA00SYN001A001010100001", Drug, A, None, None),
        item("XA00SYN002A001010100002", Drug, B, None, Some(10)),
        item("XA00SYN003A001010100003", Drug, B, None, Some(10)),
        item("XA00SYN004A001010100004", Drug, A, None, None),
        item("XA00SYN005A001010100005", Drug, B, None, Some(10)),
        item("SYN110200001", Service, A, Some(120), None),
        item("SYN110200002", Service, C, None, None),
        item("SYN110200003", Service, C, None, None),
        item("SYN110900001", Bed, A, None, None),
        item("C00SYN00000001000000001", Material, B, Some(2500), Some(20)),
    ]
}

fn enrol(agency: &Agency, person: &Person) {
    let text = json!({ "name": person.name, "identity_number": person.identity }).to_string();
    let enrolled = Enrolled {
        status: Status::Active,
        joining: Joining::TransferIn,
        from: date(2025, 1, 1),
        birth: Some(date(1990, 1, 1)),
        sex: Some(Sex::Female),
        retired: None,
        identities: Vec::new(),
        employer: None,
        base: Some(Fen::from_yuan(8000)),
        earlier_months: 60,
        sealed: Some(agency.key().seal_same(person.number, &text).unwrap()),
    };
    let opening = Fen::new(OPENING.unsigned_abs());
    let (_, lookup) = agency.find(&person.identity);
    let request = Request {
        lookup: Some(lookup),
        ..Request::plain(person.number, Act::Enrol { enrolled, opening })
    };
    agency.call(request).unwrap();
    paid(agency, person.number);
}

/// The premiums of the year in which everything happens.
fn paid(agency: &Agency, person: u64) {
    let act = Act::Pay {
        first: 202_501,
        last: 202_512,
        base: None,
        stated: Vec::new(),
        paid: date(2025, 1, 10),
    };
    agency.call(Request::plain(person, act)).unwrap();
}
