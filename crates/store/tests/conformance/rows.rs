//! Rows to write: entries that follow a lane's head, and a batch with some of everything.

use domain::fen::Fen;
use domain::ledger::{AccountNumber, Posting};
use jiff::civil::{Date, date};
use store::{
    BalanceRow, Batch, EntryRow, Hash, Head, IdentityRow, KeyRow, LaneId, ListedRow, MetaRow,
    OutboxRow, PersonRow, START, SlipRow, VisitRow,
};

use crate::place::numbered;

/// What strings may hold: quotes, line ends, signs of SQL and JSON, characters of four bytes.
pub(crate) const AWKWARD: &str = "{\"a\":\"\\u0041 'b' \"\"\n\t$1 ?1 %s 𠮷野\u{1f600} NULL --\"}";

/// Before the first entry.
pub(crate) const BEGIN: Head = Head {
    seq: 0,
    hash: START,
};

/// An entry that follows `head`.
pub(crate) fn entry(lane: LaneId, head: Head, record: &str) -> EntryRow {
    let seq = head.seq + 1;
    let postings = (0..seq % 4).map(|n| posting(3101, 2101, seq * 100 + n, 12));
    let mut entry = EntryRow {
        seq,
        day: date(2026, 11, 26),
        year: (!seq.is_multiple_of(3)).then_some(date(2026, 1, 1)),
        kind: "settlement".into(),
        person: 7_000 + seq % 5,
        party: "H42010000001".into(),
        about: 0,
        policy: 3,
        postings: postings.collect(),
        record: record.into(),
        hash: START,
    };
    entry.hash = entry.chained(lane, &head.hash);
    entry
}

/// So many entries that follow `head`.
pub(crate) fn entries(lane: LaneId, mut head: Head, count: usize) -> Vec<EntryRow> {
    let mut entries = Vec::with_capacity(count);
    for _ in 0..count {
        let next = entry(lane, head, "{}");
        head = Head {
            seq: next.seq,
            hash: next.hash,
        };
        entries.push(next);
    }
    entries
}

/// The first entry of a list that does not follow what is before it.
pub(crate) fn broken_link(lane: LaneId, entries: &[EntryRow]) -> Option<u64> {
    let mut before = (0, START);
    for entry in entries {
        if entry.seq != before.0 + 1 || entry.hash != entry.chained(lane, &before.1) {
            return Some(entry.seq);
        }
        before = (entry.seq, entry.hash);
    }
    None
}

pub(crate) fn posting(debit: u16, credit: u16, fen: u64, rule: u16) -> Posting {
    Posting {
        debit: AccountNumber(debit),
        credit: AccountNumber(credit),
        amount: Fen::new(fen),
        rule,
    }
}

pub(crate) fn person(person: u64, state: &str) -> PersonRow {
    PersonRow {
        person,
        lookup: format!("{person:032x}"),
        state: state.into(),
    }
}

pub(crate) fn identity(person: u64, sealed: &str) -> IdentityRow {
    IdentityRow {
        person,
        sealed: sealed.into(),
    }
}

pub(crate) fn key(key: &str, seq: u64) -> KeyRow {
    KeyRow {
        key: key.into(),
        content: format!("content of {key}"),
        seq,
    }
}

pub(crate) fn visit(visit: u64, person: u64, state: &str) -> VisitRow {
    VisitRow {
        visit,
        person,
        state: state.into(),
    }
}

pub(crate) fn balance(account: u16, month: u32, debit: u64, credit: u64) -> BalanceRow {
    BalanceRow {
        account: AccountNumber(account),
        month,
        debit: Fen::new(debit),
        credit: Fen::new(credit),
    }
}

pub(crate) fn message(number: u64, to: u8, body: &str) -> OutboxRow {
    OutboxRow {
        number,
        to: numbered(to),
        body: body.into(),
    }
}

/// A slip of a bill of so many fen.
pub(crate) fn slip(party: &str, at: u64, seq: u64, fen: u64) -> SlipRow {
    SlipRow {
        party: party.into(),
        at,
        seq,
        about: 0,
        person: 7_000 + seq % 5,
        visit: seq % 3,
        scheme: "employee".into(),
        setting: "outpatient".into(),
        key: format!("k-{seq}"),
        total: Fen::new(fen),
        funds: Fen::new(fen / 2),
        account: Fen::new(fen / 3),
        cash: Fen::new(fen / 7),
        hospital: Fen::new(fen % 7),
    }
}

pub(crate) fn listed(kind: &str, code: &str, from: Date, body: &str) -> ListedRow {
    ListedRow {
        kind: kind.into(),
        code: code.into(),
        from,
        body: body.into(),
    }
}

pub(crate) fn named(name: &str, value: &str) -> MetaRow {
    MetaRow {
        name: name.into(),
        value: value.into(),
    }
}

/// A batch with some of everything, the largest numbers and the most awkward texts among it.
pub(crate) fn some_of_everything(lane: LaneId) -> Batch {
    let largest = i64::MAX.unsigned_abs();
    let mut entries = entries(lane, BEGIN, 3);
    let last = &mut entries[2];
    last.kind = "冲正 'x'".into();
    last.person = largest;
    last.party = String::new();
    last.about = 1;
    last.policy = u32::MAX;
    last.day = date(9999, 12, 31);
    last.record = AWKWARD.into();
    last.postings = vec![posting(u16::MAX, 0, largest, u16::MAX)];
    entries[2].hash = entries[2].chained(lane, &entries[1].hash);
    Batch {
        entries,
        persons: vec![person(7_001, AWKWARD), person(0, ""), person(largest, "{}")],
        identities: vec![identity(7_001, "00ff"), identity(largest, "")],
        keys: vec![key("k-1", 1), key(AWKWARD, 2), key("", largest)],
        visits: vec![visit(1, 7_001, AWKWARD), visit(largest, largest, "{}")],
        balances: vec![
            balance(3101, 202_611, 100, 0),
            balance(0, 999_912, 0, 1),
            balance(u16::MAX, 1, largest, largest),
        ],
        slips: vec![
            slip("H42010000001", 20_261_126_183_005, 1, 4550),
            SlipRow {
                about: largest,
                visit: largest,
                scheme: AWKWARD.into(),
                setting: String::new(),
                key: AWKWARD.into(),
                ..slip(AWKWARD, largest, largest, largest)
            },
            slip("", 0, 0, 0),
        ],
        outbox: vec![message(1, 2, AWKWARD), message(largest, 99, "{}")],
        delivered: Vec::new(),
        listed: vec![
            listed("employer", "E1", date(2026, 1, 1), AWKWARD),
            listed("employer", "E1", date(2026, 7, 1), "{}"),
            listed("facility", AWKWARD, date(1949, 10, 1), ""),
        ],
        meta: vec![named("policy", AWKWARD), named("", "")],
    }
}

/// The hash that no entry has.
pub(crate) const WRONG: Hash = Hash([7; 32]);
