//! How long the pages of the demonstration take to answer: the server of `yibao serve --demo`, one reader and eight readers on connections that
//! are kept, everything read to its end.
#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Who reads a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Reviewer,
    Administrator,
    Cashier,
}

/// Pages of those who work: `{person}` is a person's number, `{entry}` a settlement of the person's.
const OF_STAFF: [(&str, &str, Who); 12] = [
    ("staff: finding", "/agency", Who::Reviewer),
    ("staff: a person", "/agency/persons/{person}", Who::Reviewer),
    (
        "staff: a settlement",
        "/agency/persons/{person}/settlements/{entry}",
        Who::Reviewer,
    ),
    (
        "staff: what if",
        "/agency/persons/{person}/settlements/{entry}/what-if",
        Who::Reviewer,
    ),
    ("staff: institutions", "/agency/institutions", Who::Reviewer),
    (
        "staff: an institution",
        "/agency/institutions/P99999700001",
        Who::Reviewer,
    ),
    ("staff: proposals", "/agency/proposals", Who::Reviewer),
    ("staff: operators", "/agency/operators", Who::Administrator),
    ("staff: the log", "/agency/log", Who::Administrator),
    ("till: a bill and its trial", "/cashier", Who::Cashier),
    ("till: search", "/cashier?find=SYN", Who::Cashier),
    ("till: the day", "/cashier/day", Who::Cashier),
];

/// Pages of anyone and of the insured person.
const PAGES: [(&str, &str); 14] = [
    ("first page", "/"),
    ("what do I pay, empty form", "/pay"),
    (
        "what do I pay, answered",
        "/pay?region=110000&status=retired&setting=inpatient&hospital=3&age=70&cost=55500&outside=1860&first_share=975.50&account=330",
    ),
    ("my insurance", "/mine"),
    ("my account", "/mine/account"),
    ("my settlements", "/mine/settlements"),
    ("my coverage", "/mine/cover"),
    ("my family", "/mine/family"),
    ("my e-voucher", "/mine/voucher"),
    ("policies", "/policies"),
    ("a policy", "/policies/110000/employee"),
    (
        "what a reform changed",
        "/policies/110000/employee/changes?from=2022-09-01&to=2023-01-01",
    ),
    ("funds", "/funds"),
    ("the last messages", "/trace"),
];
/// Answers of each page that are timed, after some that are not.
const TIMED: usize = 2_000;
const BEFORE: usize = 100;
/// In work, with a filled account.
const PERSON: &str = "999890198503120015";

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(folder.path());
    let address: Arc<str> = server.address.as_str().into();
    live(&address);
    println!(
        "{:<28} {:>8} {:>8} {:>8} {:>8} {:>9}",
        "page", "readers", "p50 ms", "p99 ms", "max ms", "bytes"
    );
    let person: Arc<str> = signed_in(&address).into();
    for (name, path) in PAGES {
        row(&address, name, path, &person);
    }
    let staff = Staff::at_work(&address);
    for (name, path, who) in OF_STAFF {
        let path = path
            .replace("{person}", &staff.number)
            .replace("{entry}", &staff.entry);
        row(&address, name, &path, staff.cookie(who));
    }
}

/// One reader, then eight, of one page.
fn row(address: &Arc<str>, name: &str, path: &str, cookie: &Arc<str>) {
    for readers in [1, 8] {
        let threads: Vec<_> = (0..readers)
            .map(|_| {
                let (address, cookie) = (Arc::clone(address), Arc::clone(cookie));
                let path = path.to_owned();
                std::thread::spawn(move || times(&address, &path, &cookie, TIMED / readers))
            })
            .collect();
        let mut all = Vec::new();
        let mut bytes = 0;
        for thread in threads {
            let (times, length) = thread.join().expect("a reader");
            all.extend(times);
            bytes = length;
        }
        all.sort();
        let at = |share: usize| all[(all.len() * share / 100).min(all.len() - 1)];
        println!(
            "{name:<28} {readers:>8} {:>8} {:>8} {:>8} {bytes:>9}",
            millis(at(50)),
            millis(at(99)),
            millis(at(100))
        );
    }
}

/// Those who work, signed in; a person whom they found, with a settlement, and a bill at the till.
struct Staff {
    reviewer: Arc<str>,
    administrator: Arc<str>,
    cashier: Arc<str>,
    number: String,
    entry: String,
}

impl Staff {
    fn at_work(address: &str) -> Staff {
        let [reviewer, administrator, cashier] =
            ["reviewer", "administrator", "pharmacy"].map(|name| at_work(address, name));
        let mut line = Connection::open(address);
        let found = line.ask(
            "POST /agency",
            &reviewer,
            &format!("identity_number={PERSON}"),
        );
        let (_, number) = found.head.split_once("/agency/persons/").expect("found");
        let number = number.split_whitespace().next().unwrap_or_default();
        let path = format!("GET /agency/persons/{number}/settlements");
        let listed = line.ask(&path, &reviewer, "").body;
        let (_, entry) = listed.split_once("/settlements/").expect("a settlement");
        let entry = entry.split('"').next().unwrap_or_default().to_owned();
        line.ask("POST /cashier/person", &cashier, &format!("paper={PERSON}"));
        for code in ["XM01SYN086A001010100086", "XJ01SYN084A001010100084"] {
            let till = line.ask("GET /cashier", &cashier, "").body;
            let (_, bill) = till.split_once("name=\"bill\" value=\"").expect("a bill");
            let bill = bill.split('"').next().unwrap_or_default();
            let item = format!("bill={bill}&item.{code}.quantity=2&item.{code}.price=18.60");
            line.ask("POST /cashier/items", &cashier, &item);
        }
        let till = line.ask("GET /cashier", &cashier, "").body;
        assert!(till.contains("/cashier/settle"), "{till}");
        Staff {
            reviewer: reviewer.into(),
            administrator: administrator.into(),
            cashier: cashier.into(),
            number: number.to_owned(),
            entry,
        }
    }

    const fn cookie(&self, who: Who) -> &Arc<str> {
        match who {
            Who::Reviewer => &self.reviewer,
            Who::Administrator => &self.administrator,
            Who::Cashier => &self.cashier,
        }
    }
}

/// The cookie of an operator of the demonstration.
fn at_work(address: &str, name: &str) -> String {
    let form = format!("name={name}&password={}", service::demo::password(name));
    let mut line = Connection::open(address);
    let entered = line.ask("POST /operator/sign-in", "", &form);
    assert!(entered.head.starts_with("HTTP/1.1 303"), "{}", entered.head);
    entered.cookie
}

/// Milliseconds with two decimals.
fn millis(time: Duration) -> String {
    let hundredths = time.as_micros() / 10;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// How long each answer took, and how long the last one was.
fn times(address: &str, path: &str, cookie: &str, count: usize) -> (Vec<Duration>, usize) {
    let mut line = Connection::open(address);
    let mut times = Vec::with_capacity(count);
    let mut length = 0;
    for n in 0..BEFORE + count {
        let began = Instant::now();
        let answer = line.ask(&format!("GET {path}"), cookie, "");
        assert!(
            answer.head.starts_with("HTTP/1.1 200"),
            "{path}: {}",
            answer.head
        );
        if n >= BEFORE {
            times.push(began.elapsed());
        }
        length = answer.body.len();
    }
    (times, length)
}

/// Fifty purchases, so that there is something to list.
fn live(address: &str) {
    let message = root().join("examples/interface/purchase.json");
    let message = std::fs::read_to_string(message).expect("the example");
    let mut line = Connection::open(address);
    for n in 0..50 {
        let message = message.replace("PURCHASE-1", &format!("PAGE-{n}"));
        let answer = line.ask("POST /fsi/api/rsfComIfsService/callService", "", &message);
        // The first field of an answer tells what came of the message; 0 is well.
        let came = answer.body.split([':', ',']).nth(1);
        assert_eq!(came, Some("0"), "{}", answer.body);
    }
}

/// The cookie of a session.
fn signed_in(address: &str) -> String {
    let mut line = Connection::open(address);
    let asked = line.ask("POST /sign-in", "", &format!("identity_number={PERSON}"));
    let (_, code) = asked.body.split_once("id=\"code\">").expect("a code");
    let proved = line.ask(
        "POST /sign-in/code",
        &asked.cookie,
        &format!("code={}", &code[..6]),
    );
    assert!(proved.head.contains("location: /mine"), "{}", proved.head);
    proved.cookie
}

/// A connection that is kept.
struct Connection {
    stream: BufReader<TcpStream>,
    address: String,
}

struct Answer {
    head: String,
    cookie: String,
    body: String,
}

impl Connection {
    fn open(address: &str) -> Connection {
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_nodelay(true).expect("a socket");
        Connection {
            stream: BufReader::new(stream),
            address: address.to_owned(),
        }
    }

    fn ask(&mut self, what: &str, cookie: &str, body: &str) -> Answer {
        let (address, length) = (&self.address, body.len());
        let kind = if body.starts_with('{') {
            "application/json"
        } else {
            "application/x-www-form-urlencoded"
        };
        let request = format!(
            "{what} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\ncookie: {cookie}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        self.stream
            .get_mut()
            .write_all(request.as_bytes())
            .expect("the server reads");
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let read = self
                .stream
                .read_line(&mut head)
                .expect("the server answers");
            assert!(read > 0, "the server hangs up: {head}");
        }
        let field = |name: &str| {
            let lines = head.lines();
            let mut values = lines.filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            values.next().unwrap_or_default().to_owned()
        };
        let length = field("content-length").parse().expect("a length");
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("the whole answer");
        let cookie = field("set-cookie");
        Answer {
            cookie: cookie.split(';').next().unwrap_or_default().to_owned(),
            body: String::from_utf8(body).expect("UTF-8"),
            head,
        }
    }
}

/// The server of a demonstration.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    #[expect(
        clippy::disallowed_methods,
        reason = "another process tells by a file that it is ready, and nothing else can be waited for"
    )]
    fn start(folder: &Path) -> Server {
        let ready = folder.join("ready");
        let child = Command::new(env!("CARGO_BIN_EXE_yibao"))
            .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder.join("data"))
            .arg("--ready-file")
            .arg(&ready)
            .args(["--address-rate", "1000000", "--institution-rate", "1000000"])
            .current_dir(root())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let child = child.expect("the binary starts");
        let began = Instant::now();
        while !ready.exists() {
            assert!(
                began.elapsed() < Duration::from_secs(120),
                "it does not listen"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        let address = std::fs::read_to_string(&ready).expect("the address");
        Server { child, address }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing of it is kept.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
