//! What only PostgreSQL can do to a lane: another owner, a cut connection, a server that is not there.

use store::{Batch, LaneStore as _, PostgresLane, StoreError};

use crate::contents::Contents;
use crate::place::{Engine, Place, lane, numbered};
use crate::rows::{entries, person, some_of_everything};

fn of_person(state: &str) -> Batch {
    Batch {
        persons: vec![person(1, state)],
        ..Batch::default()
    }
}

#[test]
fn the_commits_of_an_owner_before_are_refused() {
    let place = Place::new(Engine::Postgres);
    let mut first = PostgresLane::create(&place.at, lane()).unwrap();
    first.commit(&of_person("first")).unwrap();
    let mut second = PostgresLane::open(&place.at, lane()).unwrap();
    assert_eq!((first.epoch(), second.epoch()), (1, 2));
    let refused = first.commit(&some_of_everything(lane())).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "lane 420100-01: another process owns it now (epoch 2, ours is 1)"
    );
    assert!(matches!(refused, StoreError::Fenced { .. }));
    assert!(first.commit(&Batch::default()).is_err());
    let found = Contents::of(&mut second);
    assert_eq!((found.persons, found.head.0), (vec![person(1, "first")], 0));
    second.commit(&of_person("second")).unwrap();
    assert_eq!(second.persons(None, 9).unwrap(), [person(1, "second")]);
}

#[test]
fn a_lane_that_is_taken_leaves_the_others_alone() {
    let place = Place::new(Engine::Postgres);
    let mut one = PostgresLane::create(&place.at, numbered(1)).unwrap();
    let mut two = PostgresLane::create(&place.at, numbered(2)).unwrap();
    drop(PostgresLane::open(&place.at, numbered(2)).unwrap());
    one.commit(&of_person("one")).unwrap();
    assert!(two.commit(&of_person("two")).is_err());
}

/// Each of several processes makes the tables if there are none; one makes them, the others wait and find them.
#[test]
fn lanes_that_are_made_at_once_share_the_tables() {
    let place = Place::new(Engine::Postgres);
    std::thread::scope(|scope| {
        let made: Vec<_> = (1..=6)
            .map(|number| {
                let at = &place.at;
                scope.spawn(move || PostgresLane::create(at, numbered(number)).map(drop))
            })
            .collect();
        for made in made {
            made.join().unwrap().unwrap();
        }
    });
    assert_eq!(place.number("SELECT count(*) FROM lane_epoch"), 6);
    assert_eq!(place.number("SELECT count(*) FROM migration"), 3);
}

#[test]
fn a_cut_connection_is_told_and_the_lane_opens_again() {
    let place = Place::new(Engine::Postgres);
    let name = format!("cut{}", std::process::id());
    let named = format!("{}&application_name={name}", place.at);
    let mut opened = PostgresLane::create(&named, lane()).unwrap();
    opened.commit(&of_person("before")).unwrap();
    let process = place.number(&format!(
        "SELECT pid::bigint FROM pg_stat_activity WHERE application_name = '{name}'"
    ));
    let cut = format!("SELECT pg_terminate_backend({process}, 10000)::integer::bigint");
    assert_eq!(place.number(&cut), 1);
    let gone = opened.commit(&of_person("cut")).unwrap_err();
    assert!(matches!(gone, StoreError::Unreachable { .. }), "{gone}");
    let still = opened.head().unwrap_err();
    assert!(matches!(still, StoreError::Unreachable { .. }), "{still}");
    let mut opened = PostgresLane::open(&place.at, lane()).unwrap();
    assert_eq!(opened.persons(None, 9).unwrap(), [person(1, "before")]);
    opened.commit(&of_person("after")).unwrap();
}

#[test]
fn a_server_that_is_not_there_is_told() {
    for (url, says) in [
        (
            "postgres://yibao@%2Fno%2Fsuch%2Ffolder/postgres",
            "lane 420100-01: connecting to the database: the server cannot be reached: ",
        ),
        (
            "postgres://yibao@/postgres?port=x",
            "lane 420100-01: reading the database's URL: ",
        ),
    ] {
        let refused = PostgresLane::open(url, lane()).unwrap_err().to_string();
        assert!(refused.starts_with(says), "{refused}");
    }
}

/// What the server does when the disk is full cannot be had in a test; what it says can.
#[test]
fn a_full_disk_is_told_as_such() {
    let place = Place::new(Engine::Postgres);
    let mut opened = PostgresLane::create(&place.at, lane()).unwrap();
    raise_when_a_person_is_written(&place, "true", "53100");
    let refused = opened.commit(&of_person("x")).unwrap_err();
    assert!(matches!(refused, StoreError::Full { .. }), "{refused}");
    let other = PostgresLane::create(&place.at, numbered(2));
    assert!(other.unwrap().commit(&Batch::default()).is_ok());
}

#[test]
fn a_commit_is_durable_whatever_the_url_asks_for() {
    let place = Place::new(Engine::Postgres);
    let hasty = format!("{}%20-c%20synchronous_commit%3Doff", place.at);
    let mut opened = PostgresLane::create(&hasty, lane()).unwrap();
    let off = "current_setting('synchronous_commit') <> 'on'";
    raise_when_a_person_is_written(&place, off, "P0001");
    opened.commit(&of_person("x")).unwrap();
}

fn raise_when_a_person_is_written(place: &Place, condition: &str, code: &str) {
    let sql = format!(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF {condition} THEN RAISE EXCEPTION 'refused' USING ERRCODE = '{code}'; END IF;
             RETURN NEW;
         END $$;
         CREATE TRIGGER refuse BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION refuse()"
    );
    place.execute(&sql).unwrap();
}

/// A connection keeps the plan that it made at first, when the lane had nothing in it.
#[test]
fn a_plan_made_while_the_lane_was_empty_looks_rows_up_by_their_keys() {
    let place = Place::new(Engine::Postgres);
    drop(PostgresLane::create(&place.at, lane()).unwrap());
    let mut client = place.client();
    let session = include_str!("../../src/postgres/session.sql");
    let load = include_str!("../../src/postgres/load.sql");
    let prepare = format!("{session}; PREPARE load AS {load}");
    client.batch_execute(&prepare).unwrap();
    let explain = "EXPLAIN EXECUTE load(1, '{1,2}', '{a,b}', '{1,2}', '{1,2}', '{1,2}')";
    let told = client.simple_query(explain).unwrap();
    let plan: Vec<&str> = told
        .iter()
        .filter_map(|line| match line {
            postgres::SimpleQueryMessage::Row(row) => row.get(0),
            _ => None,
        })
        .collect();
    let by_key = ["person =", "key =", "visit =", "seq ="].map(|key| {
        let found = plan
            .iter()
            .filter(|line| line.contains("Index Cond: ((lane = $1) AND (") && line.contains(key));
        found.count()
    });
    // Persons and their sealed names.
    assert_eq!(by_key, [2, 1, 1, 1], "{plan:#?}");
}

/// The server of the tests is durable; one that is not is acted by a function that answers for its settings.
#[test]
fn a_server_that_does_not_keep_what_it_acknowledges_is_refused() {
    for setting in ["fsync", "full_page_writes"] {
        let place = Place::new(Engine::Postgres);
        let acted = format!(
            "CREATE FUNCTION current_setting(asked text) RETURNS text LANGUAGE sql AS
             $$ SELECT CASE asked WHEN '{setting}' THEN 'off' ELSE pg_catalog.current_setting(asked) END $$"
        );
        place.execute(&acted).unwrap();
        let url = format!("{},pg_catalog", place.at);
        let refused = PostgresLane::create(&url, lane()).unwrap_err().to_string();
        let says = format!("lane 420100-01: the server runs with {setting} = off: ");
        assert!(refused.starts_with(&says), "{refused}");
    }
}

/// The new owner reads a lane that no longer changes: a commit under way ends before it, a later one is refused.
#[test]
fn nothing_of_the_owner_before_arrives_after_the_lane_is_taken() {
    let place = Place::new(Engine::Postgres);
    let mut owner = PostgresLane::create(&place.at, lane()).unwrap();
    for taking in 1..=10 {
        let (acknowledged, heard) = std::sync::mpsc::channel();
        let writer = std::thread::spawn(move || {
            let mut head = owner.head().unwrap();
            loop {
                let batch = Batch {
                    entries: entries(lane(), head, 20),
                    ..Batch::default()
                };
                if let Err(refused) = owner.commit(&batch) {
                    return (head.seq, refused);
                }
                head = owner.head().unwrap();
                // The other end is gone once it has heard enough.
                let _ = acknowledged.send(());
            }
        });
        for _ in 0..taking {
            heard.recv().unwrap();
        }
        let mut next = PostgresLane::open(&place.at, lane()).unwrap();
        let taken = next.head().unwrap();
        let (last, refused) = writer.join().unwrap();
        assert!(matches!(refused, StoreError::Fenced { .. }), "{refused}");
        assert_eq!((last, next.head().unwrap()), (taken.seq, taken));
        owner = next;
    }
}
