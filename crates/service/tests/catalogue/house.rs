//! `House`: a door before an agency with a catalogue, in a directory of its own, and short words for what is said at it.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use agency::domain::agreement::Agreement;
use agency::domain::catalogue::Catalogue;
use agency::domain::facility::FacilityKind;
use agency::domain::region::Region;
use agency::{Agency, Options, Place};
use jiff::civil::date;
use serde_json::{Value, json};
use service::auth::Doors;
use service::door::{Door, Incoming, Outgoing};
use service::settings::{Settings, Sources};
use service::window::Window;
use tempfile::TempDir;

/// A hospital.
pub(crate) const HOSPITAL: &str = "H42010600004";
/// A pharmacy, which is another institution.
pub(crate) const PHARMACY: &str = "P42010600001";

/// A door before an agency.
pub(crate) struct House {
    pub(crate) door: Arc<Door>,
    root: TempDir,
    serial: AtomicU64,
}

impl House {
    /// A new agency with the sample catalogue.
    pub(crate) fn new() -> House {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("key"), format!("{}\n", "5a".repeat(64))).unwrap();
        let agency = Agency::create(&options(root.path()), 1).unwrap();
        agency.list_items(sample().items()).unwrap();
        agency
            .list_institutions(vec![
                agreement(HOSPITAL, FacilityKind::General),
                agreement(PHARMACY, FacilityKind::Pharmacy),
            ])
            .unwrap();
        House::open(root, agency)
    }

    /// The same after everything was stopped and begun again.
    pub(crate) fn again(self) -> House {
        let House { door, root, serial } = self;
        let door = Arc::try_unwrap(door).map_err(|_| "somebody is at the door");
        drop(door.unwrap());
        let agency = Agency::open(&options(root.path())).unwrap();
        House {
            serial,
            ..House::open(root, agency)
        }
    }

    fn open(root: TempDir, agency: Agency) -> House {
        let flags = [
            ("sandbox", "true"),
            ("body_limit", "64 KiB"),
            ("upload_limit", "256 KiB"),
        ];
        let flags = flags.map(|(key, value)| (key, value.to_owned()));
        let settings = Settings::load(Sources {
            flags: &flags,
            environment: &|_| None,
            file: None,
            home: root.path(),
        })
        .unwrap();
        let diseases = [("M00500".to_owned(), "透析".to_owned())];
        let window = Window::new(Arc::new(agency), diseases.into(), true);
        let doors = Doors::new(&settings).unwrap();
        House {
            door: Arc::new(Door::new(window, settings, doors, None)),
            root,
            serial: AtomicU64::new(1),
        }
    }

    /// The directory of all of it.
    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    /// A message with a number of its own.
    pub(crate) fn message(&self, by: &str, number: &str, input: &Value) -> String {
        let serial = self.serial.fetch_add(1, Ordering::Relaxed);
        message(by, number, &format!("{by}{serial:018}"), input)
    }

    /// What is answered, whatever it is.
    pub(crate) async fn send(&self, message: &str, file: Option<&[u8]>) -> Outgoing {
        let incoming = Incoming {
            path: "/fsi/api/rsfComIfsService/callService",
            headers: &|_| None,
            body: message.as_bytes(),
            file,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        };
        self.door.answer(&incoming).await
    }

    /// The output of what goes well.
    pub(crate) async fn output(&self, by: &str, number: &str, input: Value) -> Value {
        let outgoing = self.send(&self.message(by, number, &input), None).await;
        output(&outgoing)
    }

    /// The sentence of what is refused.
    pub(crate) async fn refused(&self, by: &str, number: &str, input: Value) -> String {
        let outgoing = self.send(&self.message(by, number, &input), None).await;
        refusal(&outgoing)
    }

    /// The bytes of a file.
    pub(crate) async fn fetch(&self, by: &str, number: &Value) -> Outgoing {
        let input = json!({"fsDownloadIn": {
            "file_qury_no": number, "filename": "x.zip", "fixmedins_code": "plc"
        }});
        self.send(&self.message(by, "9102", &input), None).await
    }
}

pub(crate) fn message(by: &str, number: &str, id: &str, input: &Value) -> String {
    json!({
        "infno": number, "msgid": id, "fixmedins_code": by, "opter": "1", "input": input
    })
    .to_string()
}

pub(crate) fn output(outgoing: &Outgoing) -> Value {
    let answer: Value = serde_json::from_slice(&outgoing.body).unwrap();
    assert_eq!(answer["infcode"], 0, "{answer}");
    answer["output"].clone()
}

pub(crate) fn refusal(outgoing: &Outgoing) -> String {
    assert!(!outgoing.is_file);
    let answer: Value = serde_json::from_slice(&outgoing.body).unwrap();
    assert_eq!(answer["infcode"], -1, "{answer}");
    answer["err_msg"].as_str().unwrap().to_owned()
}

/// The catalogue to try.
pub(crate) fn sample() -> Catalogue {
    let path = shared("catalogues/sample.csv");
    let file = std::fs::File::open(path).unwrap();
    policy::import::catalogue("sample.csv", file).unwrap()
}

fn shared(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

fn options(root: &Path) -> Options {
    Options {
        place: Place::Directory(root.join("data")),
        key: root.join("key"),
        policies: shared("policies"),
        region: region(),
    }
}

pub(crate) fn region() -> Region {
    Region::parse("420100").unwrap()
}

fn agreement(code: &str, kind: FacilityKind) -> Agreement {
    Agreement {
        code: code.into(),
        name: code.into(),
        region: region(),
        kind,
        level: 0,
        community: false,
        tags: Vec::new(),
        from: date(2000, 1, 1),
        until: None,
        suspended: Vec::new(),
    }
}
