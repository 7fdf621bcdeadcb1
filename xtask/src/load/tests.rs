//! The load against a tiny server in this process, which answers rightly, wrongly, or not at all.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use super::tally::Failure;
use super::*;

/// How the tiny server behaves.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Right,
    /// The cash is a fen too much.
    AFenOff,
    /// The account is debited twice.
    TwiceDebited,
    /// The settlement is a fen dearer than its trial, and right in itself.
    UnlikeItsTrial,
    Refuses,
    FailsInside,
    HangsUp,
    /// The tenth answer is late.
    Stalls,
}

/// Balances by the end of the identity number, and the answers given.
#[derive(Default)]
struct Books {
    balances: HashMap<String, i64>,
    answers: u64,
}

/// The wire's name of a word of ours: names stand in the table alone.
fn name(node: &str, word: &str) -> &'static str {
    let lines = include_str!("../../load/fields.txt").lines();
    let found = lines.filter_map(|line| {
        let mut words = line.split_whitespace();
        let fits = words.next() == Some(node) && words.next() == Some(word);
        fits.then(|| words.next()).flatten()
    });
    found.into_iter().next().expect("a word of the table")
}

/// A node with some of its fields, by our words.
fn node(of: &str, fields: &[(&str, Value)]) -> Value {
    let named = fields.iter();
    let named = named.map(|(word, value)| (name(of, word).to_owned(), value.clone()));
    Value::Object(named.collect())
}

fn yuan(fen: i64) -> Value {
    serde_json::from_str(&fen::text(fen)).expect("a number")
}

/// The first value of this name, however deep.
fn find<'a>(tree: &'a Value, name: &str) -> Option<&'a Value> {
    match tree {
        Value::Object(fields) => {
            let here = fields.get(name);
            here.or_else(|| fields.values().find_map(|value| find(value, name)))
        }
        Value::Array(values) => values.iter().find_map(|value| find(value, name)),
        _ => None,
    }
}

fn answer(asked: &str, manner: Manner, books: &Mutex<Books>) -> String {
    let tree: Value = serde_json::from_str(asked).expect("JSON");
    let number = tree.as_object().and_then(|fields| fields.values().next());
    let number = number.and_then(Value::as_str).expect("a number");
    let mut books = books.lock().expect("books");
    books.answers += 1;
    let person = find(&tree, name("settled", "person")).and_then(Value::as_str);
    let person = person.unwrap_or_default().to_owned();
    // The first call knows the identity number alone; those of the made-up persons begin alike.
    let identity = asked.split("\"3100001990").nth(1).unwrap_or_default();
    let identity = identity.chars().take(8).collect::<String>();
    let balance = books.balances.entry(identity).or_insert(100_000_000);
    let output = match number {
        "1101" => {
            let standing = [("balance", yuan(*balance)), ("insurance", json!("310"))];
            let standing = [&standing[..], &[("standing", json!("1"))]].concat();
            json!({ name("output", "node:insured"): [node("insured", &standing)] })
        }
        "2201" => json!({ name("output", "node:data"): node("data", &[("visit", json!("V1"))]) }),
        "2401" => json!({ name("output", "node:line"): node("line", &[("visit", json!("V2"))]) }),
        "2102" | "2206" | "2207" | "2303" | "2304" => {
            let total = find(&tree, name("settled", "total")).expect("a total");
            let total = fen::read(total.to_string().as_bytes()).expect("fen");
            let trial = number == "2206" || number == "2303";
            let account = total / 2 + i64::from(manner == Manner::UnlikeItsTrial && !trial);
            if !trial {
                let times = if manner == Manner::TwiceDebited { 2 } else { 1 };
                *balance -= account * times;
            }
            let cash = total - account + i64::from(manner == Manner::AFenOff);
            settlement(&person, [total, account, cash, *balance])
        }
        _ => Value::Null,
    };
    let refused = manner == Manner::Refuses;
    let outcome = [
        ("outcome", json!(if refused { -1 } else { 0 })),
        (
            "error",
            if refused {
                json!("人员[甲]没有参保")
            } else {
                Value::Null
            },
        ),
        ("node:output", if refused { Value::Null } else { output }),
    ];
    node("envelope", &outcome).to_string()
}

fn settlement(person: &str, [total, account, cash, balance]: [i64; 4]) -> Value {
    let [zero, whole] = [0, total].map(yuan);
    let settled = node(
        "settled",
        &[
            ("person", json!(person)),
            ("total", whole.clone()),
            ("in_scope", whole.clone()),
            ("funds", zero.clone()),
            ("personal", whole),
            ("account", yuan(account)),
            ("cash", yuan(cash)),
            ("balance", yuan(balance)),
        ],
    );
    let share = [("fund", json!("310200")), ("paid", yuan(account))];
    json!({
        name("output", "node:settled"): settled,
        name("output", "node:share"): [node("share", &share)],
    })
}

/// Starts the server; its threads end with their connections.
fn server(manner: Manner) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let books = Arc::new(Mutex::new(Books::default()));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let books = Arc::clone(&books);
            std::thread::spawn(move || serve(stream, manner, &books));
        }
    });
    address
}

fn serve(mut stream: TcpStream, manner: Manner, books: &Mutex<Books>) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut arrived = Vec::new();
    loop {
        let mut part = [0; 4096];
        let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
        arrived.extend_from_slice(&part[..count]);
        let text = String::from_utf8_lossy(&arrived);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let (_, length) = head.rsplit_once(": ")?;
        if body.len() < length.parse().ok()? {
            continue;
        }
        let answer = answer(body, manner, books);
        let (status, closes) = match manner {
            Manner::FailsInside => ("500 Internal Server Error", "keep-alive"),
            Manner::HangsUp => return None,
            _ => ("200 OK", "keep-alive"),
        };
        if manner == Manner::Stalls && books.lock().ok()?.answers == 10 {
            std::thread::park_timeout(Duration::from_millis(400));
        }
        let length = answer.len();
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: {closes}\r\n\r\n"
        );
        arrived.clear();
        // In two parts, as a network may.
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(answer.as_bytes()).ok()?;
    }
}

/// Half a second of load, a few connections.
fn loaded(manner: Manner, change: impl FnOnce(&mut Options)) -> Figures {
    let mut options = Options {
        length: Duration::from_millis(500),
        warmup: Duration::ZERO,
        every: Duration::from_millis(200),
        connections: 4,
        threads: 2,
        persons_count: 50,
        json: true,
        ..Options::default()
    };
    change(&mut options);
    let target = Target {
        name: "tiny",
        address: server(manner),
        watched: Watched::default(),
        constant: false,
    };
    let lists = Lists::made_up(options.persons_count).expect("lists");
    let clock = Clock::at(Some("2025-03-03 17:00:00")).expect("a clock");
    let mut figures = measure(&target, &options, &lists, &clock).expect("figures");
    let intervals = if options.every < options.length { 3 } else { 1 };
    assert_eq!(figures.len(), intervals + 1);
    figures.pop().expect("the whole")
}

fn mix(word: &'static str) -> impl FnOnce(&mut Options) {
    move |options| options.mix = Mix::named(word).expect("a mix")
}

#[test]
fn right_answers_of_every_mix_pass_every_check() {
    for word in ["purchase", "outpatient", "inpatient", "mixed"] {
        let whole = loaded(Manner::Right, mix(word));
        assert_eq!(
            whole.tally.failures,
            BTreeMap::new(),
            "{word}: {:?}",
            whole.tally.examples
        );
        assert!(
            whole.tally.settlements > 10,
            "{word}: {}",
            whole.tally.settlements
        );
        assert!(whole.tally.visits.len() > 10, "{word}");
        assert_eq!(whole.tally.behind, 0, "{word}");
    }
}

#[test]
fn wrong_answers_are_told_by_the_rule_that_they_break() {
    for (manner, word, rule) in [
        (Manner::AFenOff, "purchase", "(#) personal = account + cash"),
        (Manner::TwiceDebited, "outpatient", "(#) balance after"),
        (
            Manner::UnlikeItsTrial,
            "outpatient",
            "(#) a settlement is what its trial said",
        ),
    ] {
        let whole = loaded(manner, mix(word));
        let told: Vec<_> = whole.tally.failures.keys().collect();
        let (failure, _, text) = told.first().expect("a failure");
        assert_eq!(*failure, Failure::Wrong);
        assert!(text.starts_with(rule), "{text}");
        // five examples in full: what was asked and what was answered
        assert_eq!(whole.tally.examples.len(), 5);
        let example = &whole.tally.examples[0];
        assert!(
            example.contains("POST ") && example.contains("HTTP/1.1 200"),
            "{example}"
        );
        assert!(verdict(&[vec![whole]]).is_err());
    }
}

#[test]
fn refusals_and_broken_answers_are_counted_by_their_text() {
    for (manner, failure, text) in [
        (Manner::Refuses, Failure::Refused, "人员[]没有参保"),
        (Manner::FailsInside, Failure::Broken, "HTTP status #"),
        (
            Manner::HangsUp,
            Failure::Broken,
            "the server closed the connection",
        ),
    ] {
        let whole = loaded(manner, mix("purchase"));
        let key = (failure, "2102", text.to_owned());
        assert!(
            whole.tally.failures.contains_key(&key),
            "{:?}",
            whole.tally.failures
        );
        assert_eq!(whole.tally.failures.len(), 1);
        assert_eq!(whole.tally.settlements, 0);
    }
}

#[test]
fn a_paced_load_keeps_its_pace() {
    let whole = loaded(Manner::Right, |options| options.rate = Some(200));
    assert!(
        (80..=100).contains(&whole.tally.settlements),
        "{}",
        whole.tally.settlements
    );
}

#[test]
fn what_could_not_be_begun_in_time_is_told() {
    let whole = loaded(Manner::Stalls, |options| {
        options.rate = Some(2_000_000);
        (options.threads, options.connections) = (1, 1);
    });
    assert!(whole.tally.behind > 100_000, "{}", whole.tally.behind);
    assert!(verdict(&[vec![whole]]).is_err());
}

#[test]
fn a_stall_is_counted_from_when_each_start_was_due() {
    let whole = loaded(Manner::Stalls, |options| {
        options.rate = Some(100);
        options.length = Duration::from_secs(1);
        options.every = Duration::from_secs(1);
        (options.threads, options.connections) = (1, 1);
    });
    // One answer was late by 0.4 s; some forty that were due meanwhile waited for it, 0.2 s in the mean.
    let latencies = whole.tally.all().expect("all");
    assert!(
        latencies.value_at_quantile(0.85) > 150_000,
        "{}",
        latencies.value_at_quantile(0.85)
    );
    assert_eq!(whole.failures(), 0, "{:?}", whole.tally.failures);
}

#[test]
fn a_server_that_is_not_there_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let target = Target {
        name: "nobody",
        address,
        watched: Watched::default(),
        constant: false,
    };
    let lists = Lists::made_up(2).expect("lists");
    let clock = Clock::at(None).expect("a clock");
    let options = Options {
        json: true,
        ..Options::default()
    };
    let told = measure(&target, &options, &lists, &clock)
        .err()
        .unwrap_or_default();
    assert!(told.starts_with("cannot connect to"), "{told}");
}
