//! Messages through the door of a sandbox, and what is kept of them: in the trace, on its pages, under the answer's number.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use agency::act::Act;
use agency::domain::Fen;
use agency::domain::agreement::Agreement;
use agency::domain::facility::FacilityKind;
use agency::domain::membership::{Joining, Sex};
use agency::domain::person::Status;
use agency::domain::policy::contribution::{Contributor, PremiumPurse};
use agency::domain::region::Region;
use agency::record::Enrolled;
use agency::record::money::Stated;
use agency::{Agency, Options, Place, Request};
use jiff::civil::date;
use service::auth::Doors;
use service::door::{Door, Incoming, Outgoing};
use service::settings::{Settings, Sources};
use service::trace::{Find, Record, Trace, find};
use service::window::Window;
use service::wire::ids;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const PHARMACY: &str = "P00000000001";
const TEMPLATE: &str = include_str!("purchase.json");

/// A sandbox with a pharmacy and one person, who has 1,000 yuan.
struct Sandbox {
    door: Arc<Door>,
    person: String,
    root: TempDir,
}

impl Sandbox {
    fn new() -> Sandbox {
        let root = tempfile::tempdir().unwrap();
        let agency = agency(root.path());
        let (person, _) = agency.find("420101198005060020");
        enrol(&agency, person);
        let settings = settings(root.path());
        let region = ids::Region::of(agency.region());
        let number = ids::PersonId {
            region,
            number: person,
        };
        let trace = Trace::open(settings.trace.as_ref().unwrap(), settings.trace_size).unwrap();
        let doors = Doors::new(&settings).unwrap();
        let window = Window::new(Arc::new(agency), BTreeMap::new(), settings.sandbox);
        Sandbox {
            door: Arc::new(Door::new(window, settings, doors, None).with_trace(trace)),
            person: number.told().unwrap(),
            root,
        }
    }

    fn purchase(&self, transaction: &str, message: &str, total: &str) -> String {
        TEMPLATE
            .replace("@TRANSACTION@", transaction)
            .replace("@MESSAGE@", message)
            .replace("@PERSON@", &self.person)
            .replace("@TOTAL@", total)
    }

    async fn asked(&self, path: &str, body: &str) -> Outgoing {
        let incoming = Incoming {
            path,
            headers: &|_| None,
            body: body.as_bytes(),
            file: None,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        };
        self.door.answer(&incoming).await
    }

    fn kept(&self, message: &str) -> Record {
        self.door.flush();
        let look = Find {
            message: Some(message),
            last: 1,
            ..Find::default()
        };
        let path = self.root.path().join("data/trace.jsonl");
        find(&path, &look).unwrap().pop().unwrap()
    }
}

fn agency(root: &Path) -> Agency {
    let key = root.join("key");
    std::fs::write(&key, format!("{}\n", "5a".repeat(64))).unwrap();
    let region = Region::parse("420100").unwrap();
    let policies: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let options = Options {
        place: Place::Directory(root.join("data")),
        key,
        policies,
        region,
    };
    let agency = Agency::create(&options, 1).unwrap();
    let pharmacy = Agreement {
        code: PHARMACY.into(),
        name: "示例大药房".into(),
        region,
        kind: FacilityKind::Pharmacy,
        level: 0,
        community: false,
        tags: Vec::new(),
        from: date(2000, 1, 1),
        until: None,
        suspended: Vec::new(),
    };
    agency.list_institutions(vec![pharmacy]).unwrap();
    agency
}

fn enrol(agency: &Agency, person: u64) {
    let enrolled = Enrolled {
        status: Status::Active,
        joining: Joining::First,
        from: date(2024, 1, 1),
        birth: Some(date(1980, 5, 6)),
        sex: Some(Sex::Female),
        retired: None,
        identities: Vec::new(),
        employer: None,
        base: Some(Fen::from_yuan(8000)),
        earlier_months: 0,
        sealed: None,
    };
    let opening = Fen::from_yuan(1000);
    let stated = |payer, into, yuan: u64| Stated {
        payer,
        into,
        amount: Fen::from_yuan(yuan * 12),
    };
    let paid = Act::Pay {
        first: 202_401,
        last: 202_412,
        base: None,
        stated: vec![
            stated(Contributor::Employer, PremiumPurse::Pooled, 720),
            stated(Contributor::Person, PremiumPurse::Account, 160),
        ],
        paid: date(2024, 1, 10),
    };
    for act in [Act::Enrol { enrolled, opening }, paid] {
        agency.call(Request::plain(person, act)).unwrap();
    }
}

fn settings(root: &Path) -> Settings {
    let sources = Sources {
        flags: &[("sandbox", "true".to_owned())],
        environment: &|_| None,
        file: None,
        home: &root.join("data"),
    };
    Settings::load(sources).unwrap()
}

fn text(outgoing: &Outgoing) -> String {
    String::from_utf8(outgoing.body.clone()).unwrap()
}

#[tokio::test]
async fn a_settlement_is_kept_with_its_steps_and_what_each_part_took() {
    let sandbox = Sandbox::new();
    let body = sandbox.purchase("2102", "P000000000012024030300001", "40.00");
    let outgoing = sandbox.asked("/fsi/api/2102", &body).await;
    let record = sandbox.kept("P000000000012024030300001");
    assert_eq!(record.refusal, None, "{}", text(&outgoing));
    assert_eq!(record.asked, body, "word for word");
    assert_eq!(record.answered, text(&outgoing));
    assert_eq!(record.request, outgoing.request.to_string());
    assert_eq!(
        (record.institution.as_str(), record.number.as_str()),
        (PHARMACY, "2102")
    );
    assert_eq!(record.path, "/fsi/api/2102");
    assert!(record.settlement.is_some() && record.visit.is_some());
    let told: Vec<_> = record
        .steps
        .iter()
        .map(|s| format!("{} {} {}", s.stage_zh, s.amount, s.zh))
        .collect();
    assert!(
        told.iter()
            .any(|step| step.contains("40.00") && step.contains("现金支付")),
        "{told:?}"
    );
    assert!(record.steps.iter().all(|step| !step.en.is_empty()));
    assert!(
        record.timings.agency > 0 && record.timings.admit > 0,
        "{:?}",
        record.timings
    );
}

#[tokio::test]
async fn a_trial_is_told_step_by_step_and_keys_that_look_like_others_are_warned_of() {
    let sandbox = Sandbox::new();
    let body = sandbox.purchase("2101", "T1", "40.00");
    let outgoing = sandbox.asked("/2101", &body).await;
    let record = sandbox.kept("T1");
    assert_eq!(record.refusal, None, "{}", text(&outgoing));
    assert!(!record.steps.is_empty());
    let warnings = record.warnings.join("\n");
    for expected in [
        "psnname被读作",
        "invonno不是此处的字段，未读取，是否为invono",
        "是地方代码，按药店购药处理",
    ] {
        assert!(warnings.contains(expected), "{expected}: {warnings}");
    }
    // The most useful stands first in what has room for 200 characters.
    assert!(
        text(&outgoing).contains("psnname被读作"),
        "{}",
        text(&outgoing)
    );
}

#[tokio::test]
async fn a_refusal_is_kept_with_its_places_and_what_to_do() {
    let sandbox = Sandbox::new();
    let wrong = sandbox
        .purchase("2102", "R1", "\"forty\"")
        .replace("2024-03-03 17:00:00", "tomorrow");
    sandbox.asked("/2102", &wrong).await;
    let why = sandbox.kept("R1").refusal.unwrap();
    assert_eq!(why.code, "form");
    let places: Vec<_> = why.faults.iter().map(|fault| fault.path.as_str()).collect();
    assert!(
        places.len() >= 2 && places.iter().all(|place| place.starts_with("input.")),
        "{places:?}"
    );
    let other = sandbox.purchase("2102", "R2", "41.00");
    let outgoing = sandbox.asked("/2102", &other).await;
    let why = sandbox.kept("R2").refusal.unwrap();
    assert_eq!(why.code, "other_total");
    assert!(why.hint_zh.is_some() && why.hint_en.is_some());
    assert!(
        text(&outgoing).contains("[other_total]"),
        "{}",
        text(&outgoing)
    );
    let path = sandbox.purchase("2102", "R3", "40.00");
    sandbox.asked("/2207", &path).await;
    assert_eq!(sandbox.kept("R3").refusal.unwrap().code, "other_path");
}

#[tokio::test]
async fn what_is_no_message_is_kept_too_and_has_a_number() {
    let sandbox = Sandbox::new();
    let outgoing = sandbox.asked("/2102", "<script>alert(1)</script>").await;
    let record = sandbox.kept(&outgoing.request.to_string());
    assert_eq!(record.asked, "<script>alert(1)</script>");
    assert_eq!(record.refusal.unwrap().code, "no_message");
    let second = sandbox.asked("/2102", "[]").await;
    assert_ne!(second.request, outgoing.request);
}

/// What is sent over a connection, and all that comes back.
async fn over(address: SocketAddr, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let request =
        format!("{head}\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn the_pages_show_messages_and_the_answers_header_has_the_number() {
    let sandbox = Sandbox::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let served = service::server::serve(Arc::clone(&sandbox.door), listener, async {
        let _ = ended.await;
    });
    let served = tokio::spawn(served);
    let body = sandbox.purchase("2102", "W1", "40.00");
    let answer = over(address, "POST /fsi/api/2102 HTTP/1.1", &body).await;
    let record = sandbox.kept("W1");
    assert!(
        answer.contains(&format!("x-request-id: {}", record.request)),
        "{answer}"
    );
    let list = over(address, "GET /trace HTTP/1.1\r\naccept-language: en", "").await;
    assert!(list.starts_with("HTTP/1.1 200"), "{list}");
    assert!(
        list.contains(&format!("/trace/{}", record.request)) && list.contains("The last messages"),
        "{list}"
    );
    let one = over(
        address,
        "GET /trace/W1 HTTP/1.1\r\naccept-language: zh-CN",
        "",
    )
    .await;
    for shown in ["结算步骤", "示例大药房", "请求", "应答", "40.00"] {
        assert!(one.contains(shown), "{shown}: {one}");
    }
    let none = over(address, "GET /trace?number=2207&refused=1 HTTP/1.1", "").await;
    assert!(none.contains("没有报文"), "{none}");
    let absent = over(address, "GET /trace/%3Cscript%3E HTTP/1.1", "").await;
    assert!(
        absent.starts_with("HTTP/1.1 404") && absent.contains("&lt;script&gt;"),
        "{absent}"
    );
    end.send(()).unwrap();
    served.await.unwrap().unwrap();
}
