//! What somebody with SQL can do to a lane, and how it shows.

use store::{Ask, Batch, LaneStore, StoreError};

use crate::place::{Engine, Place, lane};
use crate::rows::{BEGIN, WRONG, broken_link, entries, some_of_everything};

pub(crate) fn another_schema_is_refused(place: &Place) {
    drop(place.create(lane()).unwrap());
    let renumber = match place.engine {
        Engine::Sqlite => "PRAGMA user_version = 99",
        Engine::Postgres => "INSERT INTO migration (number, name) VALUES (99, 'later')",
    };
    place.execute(renumber).unwrap();
    let refused = place.open(lane()).err().map(|e| e.to_string());
    let refused = refused.unwrap_or_default();
    assert!(refused.contains("its schema is number 99"), "{refused}");
}

pub(crate) fn an_entry_is_neither_changed_nor_deleted(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    opened.commit(&some_of_everything(lane())).unwrap();
    for sql in [
        "UPDATE entry SET record = '{}' WHERE seq = 3",
        "UPDATE entry SET seq = 9 WHERE seq = 3",
        "DELETE FROM entry WHERE seq = 3",
        "DELETE FROM entry",
    ] {
        let refused = place.execute(sql).unwrap_err();
        assert!(refused.starts_with("an entry is never"), "{sql}: {refused}");
    }
    assert_eq!(opened.head().unwrap().seq, 3);
}

/// The table of damages.
pub(crate) fn a_damaged_row_is_told_with_its_table_and_key(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    opened.commit(&some_of_everything(lane())).unwrap();
    place.unguard();
    type Read = fn(&mut dyn LaneStore) -> Result<(), StoreError>;
    let listed: Read = |lane| lane.listed("employer").map(drop);
    let outbox: Read = |lane| lane.outbox(0, 9).map(drop);
    let entries: Read = |lane| lane.entries(1, 9).map(drop);
    let load: Read = |lane| {
        let asked = Ask {
            entries: vec![1, 2],
            ..Ask::default()
        };
        lane.load(&asked).map(drop)
    };
    let head: Read = |lane| lane.head().map(drop);
    for (damage, read, table, key, found) in [
        (
            "UPDATE listed SET since = 20261301 WHERE since = 20260701",
            listed,
            "listed",
            "E1",
            "20261301 is no day",
        ),
        (
            "UPDATE outbox SET target = 5 WHERE number = 1",
            outbox,
            "outbox",
            "1",
            "5 is no lane",
        ),
        (
            "UPDATE entry SET hash = 'x' WHERE seq = 3",
            head,
            "entry",
            "3",
            "its hash is no hash",
        ),
        (
            "UPDATE entry SET hash = 'x' WHERE seq = 2",
            load,
            "entry",
            "2",
            "its hash is no hash",
        ),
        (
            "UPDATE entry SET postings = '[[1,2,3]]' WHERE seq = 2",
            load,
            "entry",
            "2",
            "its postings are not of the form [[debit,credit,fen,rule],…]",
        ),
        (
            "UPDATE entry SET year = 20260230 WHERE seq = 2",
            entries,
            "entry",
            "2",
            "20260230 is no first day of a year",
        ),
        (
            "UPDATE entry SET day = 20261131 WHERE seq = 1",
            entries,
            "entry",
            "1",
            "20261131 is no day",
        ),
    ] {
        place.execute(damage).unwrap();
        let told = read(&mut *opened).unwrap_err().to_string();
        let place = format!("lane 420100-01: {table}, row {key}: {found}");
        assert_eq!(told, place, "{damage}");
    }
}

pub(crate) fn a_changed_entry_breaks_the_chain(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    let batch = Batch {
        entries: entries(lane(), BEGIN, 12),
        ..Batch::default()
    };
    opened.commit(&batch).unwrap();
    let read = |opened: &mut dyn LaneStore| opened.entries(1, 100).unwrap();
    assert_eq!(broken_link(lane(), &read(&mut *opened)), None);
    place.unguard();
    let forged = format!("UPDATE entry SET hash = '{}' WHERE seq = 7", WRONG.hex());
    for (damage, at) in [
        ("DELETE FROM entry WHERE seq = 11", 12),
        ("UPDATE entry SET record = '{ }' WHERE seq = 10", 10),
        ("UPDATE entry SET person = person + 1 WHERE seq = 9", 9),
        (
            "UPDATE entry SET postings = '[[3101,2101,801,12]]' WHERE seq = 8",
            8,
        ),
        (forged.as_str(), 7),
        ("DELETE FROM entry WHERE seq = 1", 2),
    ] {
        place.execute(damage).unwrap();
        let broken = broken_link(lane(), &read(&mut *opened));
        assert_eq!(broken, Some(at), "{damage}");
    }
}
