//! What a lane does with batches, whatever its engine.

use jiff::civil::date;
use store::{Ask, Batch, StoreError};

use crate::contents::{Contents, Memory};
use crate::place::{Engine, Place, lane, numbered};
use crate::rows::{
    AWKWARD, BEGIN, balance, entries, entry, identity, key, listed, message, named, person, slip,
    some_of_everything, visit,
};

pub(crate) fn what_is_written_is_read_back(place: &Place) {
    let mut memory = Memory::default();
    let mut written = place.create(lane()).unwrap();
    let batch = some_of_everything(lane());
    written.commit(&batch).unwrap();
    memory.commit(&batch);
    assert_eq!(written.lane(), lane());
    assert_eq!(Contents::of(&mut *written), memory.contents());
    drop(written);
    let mut opened = place.open(lane()).unwrap();
    assert_eq!(Contents::of(&mut *opened), memory.contents());
    let sealed = opened.identity(7_001).unwrap();
    assert_eq!(sealed, Some(identity(7_001, "00ff")));
    assert_eq!(opened.identity(5).unwrap(), None);
    assert_eq!(opened.listed("nothing").unwrap(), []);
}

pub(crate) fn what_is_asked_is_answered_in_its_order(place: &Place) {
    let mut written = place.create(lane()).unwrap();
    let batch = some_of_everything(lane());
    written.commit(&batch).unwrap();
    let ask = Ask {
        persons: vec![7_001, 5, 0, 7_001],
        keys: vec![AWKWARD.into(), "k-2".into(), "k-1".into()],
        visits: vec![9, 1],
        entries: vec![3, 4, 1, 0],
        identities: vec![5, 7_001],
    };
    let found = written.load(&ask).unwrap();
    let [one, nobody] = [&batch.persons[0], &batch.persons[1]].map(|p| Some(p.clone()));
    assert_eq!(found.persons, [one.clone(), None, nobody, one]);
    let keys = [
        Some(batch.keys[1].clone()),
        None,
        Some(batch.keys[0].clone()),
    ];
    assert_eq!(found.keys, keys);
    assert_eq!(found.visits, [None, Some(batch.visits[0].clone())]);
    let [first, last] = [&batch.entries[0], &batch.entries[2]].map(|e| Some(e.clone()));
    assert_eq!(found.entries, [last, None, first, None]);
    assert_eq!(found.identities, [None, Some(identity(7_001, "00ff"))]);
    let nothing = written.load(&Ask::default()).unwrap();
    assert_eq!(nothing, store::Loaded::default());
}

/// The table of batches that cannot be written: each has good rows before the bad one.
pub(crate) fn a_batch_is_written_whole_or_not_at_all(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    opened.commit(&some_of_everything(lane())).unwrap();
    let before = Contents::of(&mut *opened);
    let head = opened.head().unwrap();
    let good = || Batch {
        entries: vec![entry(lane(), head, "{}")],
        persons: vec![person(7_001, "changed"), person(8_000, "new")],
        identities: vec![identity(7_001, "changed")],
        keys: vec![key("k-9", 4)],
        visits: vec![visit(1, 7_001, "changed"), visit(8, 8_000, "new")],
        balances: vec![balance(3101, 202_611, 1, 1)],
        slips: vec![slip("H42010000001", 20_261_126_183_005, 4, 1)],
        outbox: vec![message(5, 2, "new")],
        delivered: vec![1],
        listed: vec![listed("employer", "E1", date(2026, 1, 1), "changed")],
        meta: vec![named("policy", "changed")],
    };
    type Spoil = fn(&mut Batch);
    let bad: [(&str, Spoil); 9] = [
        ("a key that is there", |b| b.keys.push(key("k-1", 4))),
        ("a key twice", |b| b.keys.push(key("k-9", 4))),
        ("an entry that is there", |b| b.entries[0].seq = 3),
        ("an entry twice", |b| b.entries.push(b.entries[0].clone())),
        ("a message that is there", |b| b.outbox[0].number = 1),
        ("a message twice", |b| b.outbox.push(b.outbox[0].clone())),
        ("a slip that is there", |b| b.slips[0].seq = 1),
        ("a slip twice", |b| b.slips.push(b.slips[0].clone())),
        ("a sum beyond all numbers", |b| {
            b.balances
                .push(balance(u16::MAX, 1, i64::MAX.unsigned_abs(), 0));
        }),
    ];
    for (what, spoil) in bad {
        let mut batch = good();
        spoil(&mut batch);
        let refused = opened.commit(&batch);
        assert!(refused.is_err(), "{what}");
        drop(opened);
        opened = place.open(lane()).unwrap();
        assert_eq!(Contents::of(&mut *opened), before, "{what}");
    }
    opened.commit(&good()).unwrap();
    assert_eq!(opened.head().unwrap().seq, 4);
}

pub(crate) fn a_batch_of_nothing_changes_nothing(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    opened.commit(&some_of_everything(lane())).unwrap();
    let before = Contents::of(&mut *opened);
    assert!(Batch::default().is_empty());
    opened.commit(&Batch::default()).unwrap();
    assert_eq!(Contents::of(&mut *opened), before);
}

pub(crate) fn the_head_is_the_last_entry(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    assert_eq!(opened.head().unwrap(), BEGIN);
    for count in [1, 4, 300] {
        let head = opened.head().unwrap();
        let batch = Batch {
            entries: entries(lane(), head, count),
            ..Batch::default()
        };
        opened.commit(&batch).unwrap();
        let last = batch.entries.last().unwrap();
        let head = opened.head().unwrap();
        assert_eq!((head.seq, head.hash), (last.seq, last.hash));
    }
    drop(opened);
    assert_eq!(place.open(lane()).unwrap().head().unwrap().seq, 305);
}

pub(crate) fn balances_add_up(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    let mut add = |balances: Vec<store::BalanceRow>| {
        let batch = Batch {
            balances,
            ..Batch::default()
        };
        opened.commit(&batch).unwrap();
        opened.balances().unwrap()
    };
    let first = add(vec![
        balance(2101, 202_611, 5, 0),
        balance(2101, 202_611, 1, 2),
        balance(2101, 202_610, 7, 7),
    ]);
    let sums = [balance(2101, 202_610, 7, 7), balance(2101, 202_611, 6, 2)];
    assert_eq!(first, sums);
    let second = add(vec![
        balance(1001, 202_612, 1, 0),
        balance(2101, 202_611, 0, 3),
    ]);
    let sums = [
        balance(1001, 202_612, 1, 0),
        balance(2101, 202_610, 7, 7),
        balance(2101, 202_611, 6, 5),
    ];
    assert_eq!(second, sums);
}

pub(crate) fn a_message_stays_until_it_is_delivered(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    let mut commit = |outbox: Vec<store::OutboxRow>, delivered: Vec<u64>| {
        let batch = Batch {
            outbox,
            delivered,
            ..Batch::default()
        };
        opened.commit(&batch).unwrap();
        let left = opened.outbox(0, 10).unwrap();
        left.iter().map(|message| message.number).collect()
    };
    let three = (1..=3).map(|number| message(number, 2, "{}")).collect();
    let steps: [(Vec<store::OutboxRow>, Vec<u64>, Vec<u64>); 5] = [
        (three, vec![], vec![1, 2, 3]),
        (vec![], vec![2], vec![1, 3]),
        // What is delivered already, or was never sent, is no error: a delivery may be told twice.
        (vec![], vec![2, 77], vec![1, 3]),
        (vec![message(4, 0, "{}")], vec![4, 1], vec![3]),
        (vec![message(4, 0, "again")], vec![3], vec![4]),
    ];
    for (outbox, delivered, left) in steps {
        let found: Vec<u64> = commit(outbox, delivered);
        assert_eq!(found, left);
    }
}

pub(crate) fn what_is_listed_and_named_is_replaced(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    let january = date(2026, 1, 1);
    let july = date(2026, 7, 1);
    for body in ["old", "new"] {
        let batch = Batch {
            listed: vec![
                listed("employer", "E2", january, body),
                listed("employer", "E1", july, body),
                listed("facility", "E1", january, body),
            ],
            meta: vec![named("policy", body)],
            ..Batch::default()
        };
        opened.commit(&batch).unwrap();
    }
    let earlier = Batch {
        listed: vec![listed("employer", "E1", january, "earlier")],
        ..Batch::default()
    };
    opened.commit(&earlier).unwrap();
    let employers = [
        listed("employer", "E1", january, "earlier"),
        listed("employer", "E1", july, "new"),
        listed("employer", "E2", january, "new"),
    ];
    assert_eq!(opened.listed("employer").unwrap(), employers);
    let facilities = [listed("facility", "E1", january, "new")];
    assert_eq!(opened.listed("facility").unwrap(), facilities);
    assert_eq!(opened.meta("policy").unwrap().as_deref(), Some("new"));
    assert_eq!(opened.meta("none").unwrap(), None);
}

pub(crate) fn what_is_listed_is_found_by_how_its_code_begins(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    let (january, july) = (date(2026, 1, 1), date(2026, 7, 1));
    let codes = [
        "",
        "A",
        "A%",
        "A_1",
        "a",
        "AB",
        "B",
        "中1",
        "中2",
        "\u{1f600}",
    ];
    let rows = codes.map(|code| listed("paper:x", code, january, "{}"));
    let again = listed("paper:x", "AB", july, "{}");
    let other = listed("paper:y", "A", january, "{}");
    let batch = Batch {
        listed: rows.into_iter().chain([again, other]).collect(),
        ..Batch::default()
    };
    opened.commit(&batch).unwrap();
    for (prefix, limit, found) in [
        ("A", 9, &["A", "A%", "AB", "AB", "A_1"][..]),
        ("A", 2, &["A", "A%"]),
        ("A%", 9, &["A%"]),
        ("A_", 9, &["A_1"]),
        ("AB", 9, &["AB", "AB"]),
        ("中", 9, &["中1", "中2"]),
        ("\u{1f600}", 9, &["\u{1f600}"]),
        ("C", 9, &[]),
        ("", 3, &["", "A", "A%"]),
    ] {
        let rows = opened.listed_like("paper:x", prefix, limit).unwrap();
        let codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
        assert_eq!(codes, found, "{prefix}");
    }
    let all = opened.listed_like("paper:x", "", 99).unwrap();
    assert_eq!(all, opened.listed("paper:x").unwrap());
    assert_eq!(opened.listed_like("paper", "", 99).unwrap(), []);
}

pub(crate) fn of_rows_with_the_same_key_the_last_stays(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    let first = date(2026, 1, 1);
    for (old, new) in [("a", "b"), ("d", "c")] {
        let batch = Batch {
            persons: vec![person(1, old), person(2, "x"), person(1, new)],
            identities: vec![identity(1, old), identity(1, new)],
            visits: vec![visit(1, 1, old), visit(1, 1, new)],
            listed: vec![
                listed("employer", "E", first, old),
                listed("employer", "E", first, new),
            ],
            meta: vec![named("policy", old), named("policy", new)],
            ..Batch::default()
        };
        opened.commit(&batch).unwrap();
        let found = Contents::of(&mut *opened);
        assert_eq!(found.persons, [person(1, new), person(2, "x")]);
        assert_eq!(found.identities, [identity(1, new)]);
        assert_eq!(found.visits, [visit(1, 1, new)]);
        assert_eq!(found.listed, [listed("employer", "E", first, new)]);
        assert_eq!(found.meta[0].as_deref(), Some(new));
    }
}

pub(crate) fn lanes_do_not_see_each_other(place: &Place) {
    let mut one = place.create(numbered(1)).unwrap();
    let mut two = place.create(numbered(2)).unwrap();
    let empty = Contents::of(&mut *two);
    one.commit(&some_of_everything(numbered(1))).unwrap();
    assert_eq!(Contents::of(&mut *two), empty);
    two.commit(&some_of_everything(numbered(2))).unwrap();
    let (one, two) = (Contents::of(&mut *one), Contents::of(&mut *two));
    assert_eq!(one.persons, two.persons);
    assert_ne!(one.head, two.head);
}

pub(crate) fn a_lane_is_made_once_and_opened_only_if_made(place: &Place) {
    let absent = |number| match (place.engine, place.open(numbered(number)).err()) {
        (Engine::Sqlite, Some(StoreError::Absent { .. })) => true,
        (Engine::Postgres, Some(StoreError::LaneAbsent { lane })) => lane == numbered(number),
        _ => false,
    };
    assert!(absent(1));
    let mut made = place.create(numbered(1)).unwrap();
    made.commit(&some_of_everything(numbered(1))).unwrap();
    let again = place.create(numbered(1)).err();
    let refused = matches!(again, Some(StoreError::LanePresent { lane }) if lane == numbered(1));
    assert!(refused, "{again:?}");
    assert!(absent(2));
    assert_eq!(made.head().unwrap().seq, 3);
}

pub(crate) fn the_books_can_be_read_with_sql(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    let mut batch = Batch {
        entries: entries(lane(), BEGIN, 4),
        ..Batch::default()
    };
    batch.entries[3].kind = "reversal".into();
    batch.entries[3].about = 2;
    opened.commit(&batch).unwrap();
    let amounts = batch.entries.iter().flat_map(|entry| &entry.postings);
    let sum: u64 = amounts.map(|posting| posting.amount.fen()).sum();
    for (sql, number) in [
        ("SELECT count(*) FROM posting", 6),
        (
            "SELECT CAST(sum(fen) AS BIGINT) FROM posting",
            sum.cast_signed(),
        ),
        (
            "SELECT count(*) FROM posting WHERE debit = 3101 AND credit = 2101 AND rule = 12",
            6,
        ),
        ("SELECT count(*) FROM settlement", 3),
        (
            "SELECT settlement FROM settlement WHERE reversed_by IS NOT NULL",
            2,
        ),
        ("SELECT reversed_by FROM settlement WHERE settlement = 2", 4),
    ] {
        assert_eq!(place.number(sql), number, "{sql}");
    }
}
