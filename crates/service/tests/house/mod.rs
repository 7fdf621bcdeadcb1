//! `House`: an agency in a directory of its own behind a door, a few insured persons, and short words for what institutions say.
#![allow(dead_code, reason = "each test takes the part that it needs")]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use agency::act::Act;
use agency::domain::agreement::Agreement;
use agency::domain::bill::{Category, ItemClass, UnitPrice};
use agency::domain::catalogue::CatalogueItem;
use agency::domain::facility::FacilityKind;
use agency::domain::membership::{Joining, Sex};
use agency::domain::person::Status;
use agency::domain::region::Region;
use agency::domain::{Fen, Ratio};
use agency::record::Enrolled;
use agency::{Agency, Options, Place, Request};
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use service::auth::Doors;
use service::door::{Door, Incoming};
use service::settings::{Settings, Sources};
use service::window::Window;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A hospital of level 3.
pub(crate) const HOSPITAL: &str = "H33010000003";
/// A community centre of level 1.
pub(crate) const CENTRE: &str = "H33010000001";
/// A pharmacy.
pub(crate) const PHARMACY: &str = "P33010000001";
/// Works, has an account of 2,000 yuan.
pub(crate) const LI: &str = "330102198005061226";
/// Works, has nothing in the account.
pub(crate) const WANG: &str = "330102197001013214";

/// An agency behind a door. Everything happens in 2026, by the messages' own days.
pub(crate) struct House {
    pub(crate) door: Door,
    runtime: Runtime,
    /// Removed when the house goes.
    root: TempDir,
}

impl House {
    /// A new agency with institutions, a few items and two persons.
    pub(crate) fn new() -> House {
        let root = tempfile::tempdir().unwrap();
        let key = root.path().join("key");
        std::fs::write(&key, format!("{}\n", "5a".repeat(64))).unwrap();
        let options = Options {
            place: Place::Directory(root.path().join("data")),
            key,
            policies: Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies"),
            region: Region::parse("330100").unwrap(),
        };
        let agency = Agency::create(&options, 2).unwrap();
        agency.list_institutions(institutions()).unwrap();
        agency.list_items(&items()).unwrap();
        enrol(&agency, LI, "李四", 200_000);
        enrol(&agency, WANG, "王五", 0);
        House {
            door: door(agency, root.path()),
            runtime: Runtime::new().unwrap(),
            root,
        }
    }

    /// A person's number as the interface has it.
    pub(crate) fn person(&self, identity: &str) -> String {
        let (number, _) = self.door.window.agency.find(identity);
        format!("330100{number:019}")
    }

    /// A message of an institution, under its own name; the whole answer.
    pub(crate) fn say(&self, institution: &str, number: &str, id: &str, input: Value) -> Value {
        let message = json!({
            "infno": number, "msgid": id, "mdtrtarea_admvs": "330100", "insuplc_admdvs": "330100",
            "recer_sys_code": "TEST", "infver": "V1.0", "opter_type": "1", "opter": "01", "opter_name": "甲",
            "inf_time": "2026-03-05 10:00:00", "fixmedins_code": institution, "input": input,
        });
        let body = message.to_string();
        let incoming = Incoming {
            path: "/fsi/api/callService",
            headers: &|_| None,
            body: body.as_bytes(),
            file: None,
            address: "127.0.0.1".parse().unwrap(),
        };
        let outgoing = self.runtime.block_on(self.door.answer(&incoming));
        assert_eq!(outgoing.status, 200);
        serde_json::from_slice(&outgoing.body).unwrap()
    }

    /// What comes of a message that must be carried out.
    pub(crate) fn done(&self, institution: &str, number: &str, id: &str, input: Value) -> Value {
        let answer = self.say(institution, number, id, input);
        assert_eq!(answer["infcode"], json!(0), "{answer}");
        answer["output"].clone()
    }

    /// Why a message is refused.
    pub(crate) fn refused(
        &self,
        institution: &str,
        number: &str,
        id: &str,
        input: Value,
    ) -> String {
        let answer = self.say(institution, number, id, input);
        assert_eq!(answer["infcode"], json!(-1), "{answer}");
        answer["err_msg"].as_str().unwrap().to_owned()
    }

    /// The door alone, for those who come by HTTP; the rest is ended when they are done.
    pub(crate) fn taken(self) -> (Door, Rest) {
        let (runtime, root) = (self.runtime, self.root);
        (self.door, Rest { runtime, root })
    }

    /// Waits for something.
    pub(crate) fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }
}

/// What is left of a house without its door.
pub(crate) struct Rest {
    runtime: Runtime,
    root: TempDir,
}

impl Rest {
    /// A database of the agency: `office`, `lane-01`.
    pub(crate) fn database(&self, name: &str) -> std::path::PathBuf {
        self.root.path().join(format!("data/330100/{name}.db"))
    }

    /// A runtime cannot end inside of another.
    pub(crate) async fn end(self) {
        let ended = tokio::task::spawn_blocking(move || drop((self.runtime, self.root)));
        ended.await.unwrap();
    }
}

fn door(agency: Agency, root: &Path) -> Door {
    let settings = Settings::load(Sources {
        flags: &[
            ("default_profile", "none".to_owned()),
            ("operators", "on".to_owned()),
            ("address_rate", "1000000".to_owned()),
        ],
        environment: &|_| None,
        file: None,
        home: root,
    });
    let settings = settings.unwrap();
    let doors = Doors::new(&settings);
    let doors = doors.unwrap_or_else(|_| panic!("no key is needed"));
    let diseases = [("M03900".to_owned(), "高血压".to_owned())];
    let window = Window::new(Arc::new(agency), diseases.into(), false);
    Door::new(window, settings, doors, None)
}

fn institutions() -> Vec<Agreement> {
    let agreement = |code: &str, name: &str, kind, level| Agreement {
        code: code.into(),
        name: name.into(),
        region: Region::parse("330100").unwrap(),
        kind,
        level,
        community: code == CENTRE,
        tags: Vec::new(),
        from: date(2000, 1, 1),
        until: None,
        suspended: Vec::new(),
    };
    vec![
        agreement(HOSPITAL, "市一医院", FacilityKind::General, 3),
        agreement(CENTRE, "湖滨社区卫生服务中心", FacilityKind::General, 1),
        agreement(PHARMACY, "湖滨大药房", FacilityKind::Pharmacy, 0),
    ]
}

/// A drug of class A, two of class B with a first share of a tenth whose names begin alike, a service.
fn items() -> Vec<CatalogueItem> {
    let item = |code: &str, name: &str, category, class, share: Option<u64>| CatalogueItem {
        code: code.into(),
        name: name.into(),
        category,
        class,
        limit: share.map(|_| UnitPrice(30_000_000)),
        first_share: share.and_then(|share| Ratio::new(share, 100)),
        restriction: None,
        from: date(2000, 1, 1),
        until: None,
    };
    vec![
        item("XA01", "阿莫西林", Category::Drug, ItemClass::A, None),
        item("XB01", "奥美拉唑", Category::Drug, ItemClass::B, Some(10)),
        item(
            "XB02",
            "奥美拉唑肠溶胶囊",
            Category::Drug,
            ItemClass::B,
            Some(10),
        ),
        item(
            "001101",
            "普通门诊诊查费",
            Category::Service,
            ItemClass::A,
            None,
        ),
    ]
}

/// Somebody who works and has this in the account.
pub(crate) fn enrol(agency: &Agency, identity: &str, name: &str, fen: u64) {
    let (person, lookup) = agency.find(identity);
    let text = json!({ "name": name, "identity_number": identity }).to_string();
    let enrolled = Enrolled {
        status: Status::Active,
        joining: Joining::TransferIn,
        from: date(2020, 1, 1),
        birth: Some(date(1980, 5, 6)),
        sex: Some(Sex::Female),
        retired: None,
        identities: Vec::new(),
        employer: None,
        base: Some(Fen::from_yuan(8000)),
        earlier_months: 60,
        sealed: Some(agency.key().seal_same(person, &text).unwrap()),
    };
    let opening = Fen::new(fen);
    let request = Request {
        lookup: Some(lookup),
        ..Request::plain(person, Act::Enrol { enrolled, opening })
    };
    agency.call(request).unwrap();
    paid(agency, person, 202_501, date(2025, 1, 10));
    paid(agency, person, 202_601, date(2026, 1, 10));
}

/// A year's premiums, by the policy's rows.
fn paid(agency: &Agency, person: u64, first: u32, day: Date) {
    let act = Act::Pay {
        first,
        last: first + 11,
        base: None,
        stated: Vec::new(),
        paid: day,
    };
    agency.call(Request::plain(person, act)).unwrap();
}

/// An output as lines, a field each; times of today are told as such, and what says nothing is left out.
pub(crate) fn told(output: &Value) -> String {
    let mut text = String::new();
    lines(&mut text, "", output);
    text
}

fn lines(text: &mut String, path: &str, value: &Value) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                lines(text, &path, value);
            }
        }
        Value::Array(rows) if rows.is_empty() => {
            let _ = writeln!(text, "{path}[]");
        }
        Value::Array(rows) => {
            for (n, row) in rows.iter().enumerate() {
                lines(text, &format!("{path}[{n}]"), row);
            }
        }
        Value::Null => {}
        Value::String(empty) if empty.is_empty() => {}
        value => {
            let now = path.ends_with("setl_time") || path.ends_with("opt_time");
            let value = if now {
                "(now)".into()
            } else {
                value.to_string()
            };
            let _ = writeln!(text, "{path} {value}");
        }
    }
}

/// Every key of a table stands in an object.
pub(crate) fn has_all(value: &Value, number: &str, node: &str) {
    use service::wire::fields::{Way, shapes};
    let shape = shapes(number, Way::Out).find(|shape| shape.node == node);
    for field in shape.unwrap().fields {
        assert!(
            value.get(field.name).is_some(),
            "{number} {node}: {}",
            field.name
        );
    }
}
