//! Random batches, by seed, on an engine and in memory side by side.

use fastrand::Rng;
use jiff::civil::date;
use store::{Ask, Batch, Head, LaneStore};

use crate::contents::{Contents, KINDS, Memory, NAMES};
use crate::place::Place;
use crate::rows::{
    AWKWARD, balance, entries, identity, key, listed, message, named, person, slip, visit,
};

const SEEDS: u64 = 4;
const BATCHES: usize = 60;

pub(crate) fn random_batches_are_read_back_as_from_memory(place: &Place) {
    for seed in 0..SEEDS {
        let lane = crate::place::numbered(u8::try_from(seed).unwrap());
        let mut random = Rng::with_seed(seed);
        let mut memory = Memory::default();
        let mut opened = place.create(lane).unwrap();
        let mut used = 0;
        for number in 0..BATCHES {
            let used_before = used;
            let mut batch = batch(&mut random, lane, opened.head().unwrap(), &mut used);
            let spoilt = used > 0 && random.u8(..8) == 0;
            if spoilt {
                batch.keys.push(key(&key_text(random.u64(..used)), 1));
            }
            let committed = opened.commit(&batch);
            assert_eq!(committed.is_err(), spoilt, "seed {seed}, batch {number}");
            if committed.is_ok() {
                memory.commit(&batch);
            } else {
                used = used_before;
                opened = place.open(lane).unwrap();
            }
            if random.u8(..8) == 0 {
                opened = place.open(lane).unwrap();
            }
            ask(&mut random, &mut *opened, &memory, used);
        }
        let contents = Contents::of(&mut *opened);
        assert_eq!(contents, memory.contents(), "seed {seed}");
    }
}

/// Asks for some of what is there and some of what is not.
fn ask(random: &mut Rng, opened: &mut dyn LaneStore, memory: &Memory, used: u64) {
    let mut some = |below: u64| -> Vec<u64> {
        let count = random.usize(..5);
        (0..count).map(|_| random.u64(..below)).collect()
    };
    let (persons, entries, identities) = (some(40), some(200), some(40));
    let keys: Vec<String> = some(used + 5).into_iter().map(key_text).collect();
    let asked = Ask {
        persons,
        keys,
        visits: Vec::new(),
        entries,
        identities,
    };
    let found = opened.load(&asked).unwrap();
    let persons: Vec<_> = asked.persons.iter().map(|p| memory.person(*p)).collect();
    assert_eq!(found.persons, persons);
    let keys: Vec<_> = asked.keys.iter().map(|k| memory.key(k)).collect();
    assert_eq!(found.keys, keys);
    let entries: Vec<_> = asked.entries.iter().map(|e| memory.entry(*e)).collect();
    assert_eq!(found.entries, entries);
    let identities = asked.identities.iter();
    let identities: Vec<_> = identities.map(|p| memory.identity(*p)).collect();
    assert_eq!(found.identities, identities);
}

fn key_text(number: u64) -> String {
    format!("{:03}-{number}", number * 37 % 100)
}

/// A batch that can be written; it may have the same person, visit, sum or name more than once.
fn batch(random: &mut Rng, lane: store::LaneId, head: Head, used: &mut u64) -> Batch {
    let mut batch = Batch::default();
    let text = |random: &mut Rng| match random.u8(..4) {
        0 => AWKWARD.to_owned(),
        1 => String::new(),
        _ => format!("{{\"n\":{}}}", random.u32(..)),
    };
    let count = random.usize(..9);
    batch.entries = entries(lane, head, count);
    for entry in &batch.entries {
        let party = format!("H{}", random.u8(..4));
        let at = 20_261_100_000_000 + random.u64(..1 << 30);
        batch
            .slips
            .extend(random.bool().then(|| slip(&party, at, entry.seq, at)));
    }
    for _ in 0..random.u8(..6) {
        let whose = random.u64(..30);
        batch.persons.push(person(whose, &text(random)));
        batch.identities.push(identity(whose, &text(random)));
        // A visit is of one person for good.
        let which = 1 + random.u64(..20);
        batch.visits.push(visit(which, which + 100, &text(random)));
        let (debit, credit) = (random.u64(..1 << 40), random.u64(..1 << 40));
        let month = 202_600 + random.u32(1..=12);
        let account = random.u16(1001..1006);
        batch.balances.push(balance(account, month, debit, credit));
    }
    for _ in 0..random.u8(..4) {
        batch.keys.push(key(&key_text(*used), head.seq + 1));
        batch.outbox.push(message(*used + 1, 2, &text(random)));
        *used += 1;
        batch.delivered.push(1 + random.u64(..*used));
    }
    for _ in 0..random.u8(..3) {
        let kind = KINDS[random.usize(..KINDS.len())];
        let from = date(2026, random.i8(1..=12), 1);
        let code = format!("C{}", random.u8(..5));
        batch.listed.push(listed(kind, &code, from, &text(random)));
        let name = NAMES[random.usize(..NAMES.len())];
        batch.meta.push(named(name, &text(random)));
    }
    batch
}
