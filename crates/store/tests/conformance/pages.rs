//! How rows are read in pages.

use store::Batch;

use crate::place::{Place, lane};
use crate::rows::{BEGIN, entries, identity, key, message, person, visit};

/// Reads page after page until one is empty; `next` reads what follows the last row.
fn all<T: Clone>(mut next: impl FnMut(Option<&T>) -> Vec<T>) -> Vec<T> {
    let mut rows: Vec<T> = Vec::new();
    loop {
        let page = next(rows.last());
        if page.is_empty() {
            return rows;
        }
        rows.extend(page);
    }
}

pub(crate) fn rows_come_in_pages_in_the_order_of_their_keys(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    // Written in no order: 0, 7, 14, 4, 11 …
    let numbers: Vec<u64> = (0..17).map(|n| n * 7 % 17).collect();
    let batch = Batch {
        entries: entries(lane(), BEGIN, 17),
        persons: numbers.iter().map(|n| person(*n, "{}")).collect(),
        identities: numbers.iter().map(|n| identity(*n, "00")).collect(),
        keys: numbers
            .iter()
            .map(|n| key(&format!("{n:02}"), *n))
            .collect(),
        visits: numbers.iter().map(|n| visit(n + 1, *n, "{}")).collect(),
        outbox: numbers.iter().map(|n| message(n + 1, 2, "{}")).collect(),
        ..Batch::default()
    };
    opened.commit(&batch).unwrap();
    for limit in [1, 5, 17, 100] {
        let o = &mut opened;
        let persons = all(|last: Option<&store::PersonRow>| {
            o.persons(last.map(|p| p.person), limit).unwrap()
        });
        let persons: Vec<u64> = persons.iter().map(|p| p.person).collect();
        let sealed = all(|last: Option<&store::IdentityRow>| {
            o.identities(last.map(|i| i.person), limit).unwrap()
        });
        let sealed: Vec<u64> = sealed.iter().map(|i| i.person).collect();
        let keys =
            all(|last: Option<&store::KeyRow>| o.keys(last.map_or("", |k| &k.key), limit).unwrap());
        let keys: Vec<u64> = keys.iter().map(|k| k.seq).collect();
        let visits = all(|last: Option<&store::VisitRow>| {
            o.visits(last.map_or(0, |v| v.visit), limit).unwrap()
        });
        let visits: Vec<u64> = visits.iter().map(|v| v.visit - 1).collect();
        let outbox = all(|last: Option<&store::OutboxRow>| {
            o.outbox(last.map_or(0, |m| m.number), limit).unwrap()
        });
        let outbox: Vec<u64> = outbox.iter().map(|m| m.number - 1).collect();
        let in_order: Vec<u64> = (0..17).collect();
        for found in [persons, sealed, keys, visits, outbox] {
            assert_eq!(found, in_order, "pages of {limit}");
        }
        let entries = all(|last: Option<&store::EntryRow>| {
            o.entries(last.map_or(1, |e| e.seq + 1), limit).unwrap()
        });
        assert_eq!(entries, batch.entries, "pages of {limit}");
    }
    assert_eq!(opened.persons(None, 0).unwrap(), []);
    assert_eq!(opened.entries(18, 5).unwrap(), []);
}

pub(crate) fn keys_are_ordered_by_their_bytes(place: &Place) {
    let ordered = ["A", "B", "Z-1", "Z1", "_", "a", "a ", "ab", "é", "中", "𠮷"];
    let mut opened = place.create(lane()).unwrap();
    let batch = Batch {
        keys: ordered.iter().rev().map(|text| key(text, 1)).collect(),
        ..Batch::default()
    };
    opened.commit(&batch).unwrap();
    let found = opened.keys("", 100).unwrap();
    let found: Vec<&str> = found.iter().map(|key| key.key.as_str()).collect();
    assert_eq!(found, ordered);
    let after = opened.keys("a", 2).unwrap();
    let after: Vec<&str> = after.iter().map(|key| key.key.as_str()).collect();
    assert_eq!(after, ["a ", "ab"]);
}
