//! What is kept of messages, and how it is found again.

use std::path::PathBuf;

use jiff::Timestamp;

use super::*;

fn time(second: u32) -> Timestamp {
    let time = format!("2026-11-26T10:00:{second:02}Z");
    time.parse().expect("a time")
}

/// The message of a second; every third is refused.
fn record(second: u32) -> Record {
    let refused = second.is_multiple_of(3);
    Record {
        time: time(second),
        request: format!("r-{second}"),
        institution: format!("H{}", second % 2),
        number: "2207".to_owned(),
        message: format!("m-{}", second / 2),
        address: "127.0.0.1".parse().expect("an address"),
        path: "/2207".to_owned(),
        asked: "{\"a\":\"字\\n\"}".to_owned(),
        opened: None,
        answered: "{}".to_owned(),
        unsealed: None,
        file: None,
        cut: false,
        status: 200,
        refusal: refused.then(Why::default),
        warnings: Vec::new(),
        person: None,
        visit: None,
        settlement: None,
        steps: Vec::new(),
        timings: Timings::default(),
    }
}

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Place {
        Place(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("trace.jsonl")
    }

    fn with(seconds: u32, size: u64) -> Place {
        let place = Place::new();
        let trace = Trace::open(&place.path(), size).expect("a trace");
        for second in 0..seconds {
            trace.write(record(second));
        }
        trace.flush();
        assert_eq!(trace.lost(), 0);
        place
    }

    fn requests(&self, find: Find<'_>) -> Vec<String> {
        let last = if find.last == 0 { 1000 } else { find.last };
        let found = super::find(&self.path(), &Find { last, ..find }).expect("it is read");
        found.into_iter().map(|record| record.request).collect()
    }
}

#[test]
fn the_newest_is_found_first() {
    let place = Place::with(10, 1 << 20);
    let last = |last| Find {
        last,
        ..Find::default()
    };
    assert_eq!(place.requests(last(3)), ["r-9", "r-8", "r-7"]);
    assert_eq!(place.requests(last(100)).len(), 10);
    let same = Find {
        message: Some("m-2"),
        ..Find::default()
    };
    assert_eq!(place.requests(same), ["r-5", "r-4"]);
    let request = Find {
        message: Some("r-4"),
        ..Find::default()
    };
    assert_eq!(place.requests(request), ["r-4"]);
}

/// By what was read last one reads on, and nothing is left out or read twice, whatever else is asked.
#[test]
fn one_reads_on_where_one_was() {
    let place = Place::with(10, 1 << 20);
    let older = |older_than| Find {
        older_than: Some(older_than),
        last: 3,
        ..Find::default()
    };
    assert_eq!(place.requests(older("r-7")), ["r-6", "r-5", "r-4"]);
    assert_eq!(place.requests(older("r-1")), ["r-0"]);
    assert!(place.requests(older("r-0")).is_empty());
    assert!(place.requests(older("r-99")).is_empty());
    let of_one = Find {
        institution: Some("H1"),
        ..older("r-6")
    };
    assert_eq!(place.requests(of_one), ["r-5", "r-3", "r-1"]);
}

#[test]
fn what_is_said_holds_together() {
    let place = Place::with(10, 1 << 20);
    let find = Find {
        institution: Some("H1"),
        from: Some(time(3)),
        until: Some(time(9)),
        ..Find::default()
    };
    assert_eq!(place.requests(find), ["r-7", "r-5", "r-3"]);
    let refused = Find {
        refused: true,
        ..find
    };
    assert_eq!(place.requests(refused), ["r-3"]);
    let number = Find {
        number: Some("2304"),
        ..Find::default()
    };
    assert!(place.requests(number).is_empty());
}

#[test]
fn a_record_comes_back_word_for_word() {
    let place = Place::with(1, 1 << 20);
    let find = Find {
        last: 1,
        ..Find::default()
    };
    let found = super::find(&place.path(), &find).expect("it is read");
    assert_eq!(found, [record(0)]);
    assert_eq!(found[0].came().to_string(), "2026-11-26T18:00:00");
}

#[test]
fn two_files_of_half_the_size_are_kept_and_read_as_one() {
    let line = serde_json::to_vec(&record(10)).expect("a line").len() as u64 + 1;
    // Four lines a file.
    let place = Place::with(60, line * 8 + 7);
    let length = |path: PathBuf| std::fs::metadata(path).expect("the file").len();
    let both = [place.path(), place.0.path().join("trace.jsonl.1")];
    let sum: u64 = both.into_iter().map(length).sum();
    assert!(sum <= line * 8 + 7, "{sum}");
    let requests = place.requests(Find::default());
    assert!((5..=8).contains(&requests.len()), "{requests:?}");
    let expected: Vec<String> = (0..60).rev().map(|s| format!("r-{s}")).collect();
    assert_eq!(requests, expected[..requests.len()]);
    assert_eq!(
        std::fs::read_dir(place.0.path()).expect("a folder").count(),
        2
    );
}

#[test]
fn a_line_that_was_cut_off_is_ended_and_passed_over() {
    let place = Place::with(2, 1 << 20);
    let mut text = std::fs::read(place.path()).expect("the file");
    text.truncate(text.len() - 20);
    std::fs::write(place.path(), text).expect("it is written");
    let trace = Trace::open(&place.path(), 1 << 20).expect("a trace");
    trace.write(record(7));
    drop(trace);
    assert_eq!(place.requests(Find::default()), ["r-7", "r-0"]);
}

#[test]
fn long_lines_are_read_from_behind_too() {
    let place = Place::new();
    let trace = Trace::open(&place.path(), 64 << 20).expect("a trace");
    for second in 0..5 {
        let asked = "字".repeat(70_000);
        trace.write(Record {
            asked,
            ..record(second)
        });
    }
    drop(trace);
    assert_eq!(
        place.requests(Find::default()),
        ["r-4", "r-3", "r-2", "r-1", "r-0"]
    );
}

#[test]
fn where_nothing_was_kept_nothing_is_found() {
    assert!(Place::new().requests(Find::default()).is_empty());
}

/// A trace whose thread does nothing.
fn stuck(room: usize) -> (Trace, std::sync::mpsc::Receiver<Told>) {
    let (sender, receiver) = sync_channel(room);
    let trace = Trace {
        path: PathBuf::new(),
        longest: 0,
        sender: Some(sender),
        thread: None,
        bytes: Arc::default(),
        lost: Arc::default(),
    };
    (trace, receiver)
}

#[test]
fn what_has_no_room_is_lost_and_counted() {
    let (trace, _receiver) = stuck(2);
    for second in 0..5 {
        trace.write(record(second));
    }
    assert_eq!(trace.lost(), 3);
    let (trace, _receiver) = stuck(10);
    let large = || Record {
        asked: "a".repeat(BYTES),
        ..record(0)
    };
    trace.write(large());
    trace.write(record(1));
    assert_eq!(trace.lost(), 1);
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::with(1, 1 << 20);
    let mode = std::fs::metadata(place.path())
        .expect("the file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn json_is_indented_and_every_number_stays_as_it_came() {
    let told = pretty("{\"a\":12.10,\"b\":[1e2, {}],\"c\":\"x\\\"{,\",\"d\":[ ]}");
    assert_eq!(
        told,
        "{\n  \"a\": 12.10,\n  \"b\": [\n    1e2,\n    {}\n  ],\n  \"c\": \"x\\\"{,\",\n  \"d\": []\n}"
    );
    for not in ["", "no json", "{\"a\":"] {
        assert_eq!(pretty(not), not);
    }
}
