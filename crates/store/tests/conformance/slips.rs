//! Slips: read by institution and moment, in pages, and summed.

use std::collections::BTreeMap;

use fastrand::Rng;
use store::{Batch, LaneStore, Period, SlipAsk, SlipRow, SlipSum};

use crate::place::{Engine, Place, lane, numbered};
use crate::rows::{AWKWARD, BEGIN, entries, slip};

const PARTIES: [&str; 3] = ["H1", "H2", AWKWARD];
const SETTINGS: [&str; 3] = ["outpatient", "inpatient", "pharmacy"];
const SCHEMES: [&str; 2] = ["employee", "resident"];
const BEFORE: u64 = 20_261_231_235_959;
const AFTER: u64 = 20_270_101_000_000;

fn of(slips: &[SlipRow]) -> Batch {
    Batch {
        slips: slips.to_vec(),
        ..Batch::default()
    }
}

fn ask(party: &str, from: u64, until: u64) -> SlipAsk {
    SlipAsk {
        party: party.into(),
        from,
        until,
        ..SlipAsk::default()
    }
}

pub(crate) fn a_settlement_and_its_reversal_are_reconciled(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    let settled = slip("H1", BEFORE, 1, 500);
    let reversed = SlipRow {
        at: AFTER,
        seq: 2,
        about: 1,
        ..settled.clone()
    };
    let other = slip("H2", AFTER, 3, 7);
    opened
        .commit(&of(&[settled.clone(), reversed.clone(), other]))
        .unwrap();
    let o = &mut opened;
    let both = ask("H1", BEFORE, AFTER);
    assert_eq!(
        o.slips(&both, 9).unwrap(),
        [settled.clone(), reversed.clone()]
    );
    for (from, until, found) in [
        (BEFORE, BEFORE, vec![&settled]),
        (BEFORE + 1, u64::MAX, vec![&reversed]),
        (0, u64::MAX, vec![&settled, &reversed]),
        (BEFORE + 1, AFTER - 1, vec![]),
        (AFTER, BEFORE, vec![]),
        (u64::MAX, u64::MAX, vec![]),
    ] {
        let asked = ask("H1", from, until);
        let rows = o.slips(&asked, 9).unwrap();
        assert_eq!(rows.iter().collect::<Vec<_>>(), found, "{from} to {until}");
        let (sums, last) = o.slip_sums(&asked, Period::Whole, 9).unwrap();
        let count: u64 = sums.iter().map(|sum| sum.count).sum();
        assert_eq!((count, last), (found.len() as u64, None));
    }
    let (sums, _) = o.slip_sums(&both, Period::Month, 9).unwrap();
    let sum = |period, refunds| SlipSum {
        period,
        refunds,
        ..sum_of(&settled)
    };
    assert_eq!(sums, [sum(202_612, false), sum(202_701, true)]);
    let (sums, _) = o.slip_sums(&both, Period::Day, 9).unwrap();
    assert_eq!(sums, [sum(20_261_231, false), sum(20_270_101, true)]);
    let (sums, _) = o.slip_sums(&both, Period::Whole, 9).unwrap();
    assert_eq!(sums, [sum(0, false), sum(0, true)]);
    assert_eq!(o.slips(&ask("H3", 0, u64::MAX), 9).unwrap(), []);
    assert_eq!(o.slips(&both, 0).unwrap(), []);
}

/// Pages and sums of random slips, beside a list that is looked through from end to end.
pub(crate) fn slips_and_their_sums_are_those_of_a_naive_fold(place: &Place) {
    let mut opened = place.create(lane()).unwrap();
    let mut random = Rng::with_seed(5);
    let mut all: Vec<SlipRow> = (1..=300).map(|seq| some(&mut random, seq)).collect();
    for page in all.chunks(60) {
        opened.commit(&of(page)).unwrap();
    }
    all.sort_by_key(|slip| (slip.at, slip.seq));
    for _ in 0..40 {
        let asked = some_ask(&mut random);
        let naive: Vec<&SlipRow> = all.iter().filter(|slip| is_asked(&asked, slip)).collect();
        for limit in [1, 7, 1000] {
            let rows = pages(&mut *opened, &asked, limit);
            assert_eq!(rows.iter().collect::<Vec<_>>(), naive, "{asked:?}");
            for (by, unit) in [
                (Period::Day, 1_000_000),
                (Period::Month, 100_000_000),
                (Period::Whole, u64::MAX),
            ] {
                let mut folded = BTreeMap::new();
                for slip in &naive {
                    add(&mut folded, slip.at / unit, slip.about > 0, sum_of(slip));
                }
                let summed = pages_of_sums(&mut *opened, &asked, by, limit);
                assert_eq!(summed, folded, "{asked:?}, {by:?}");
            }
        }
    }
    let (mut every, mut after) = (Vec::new(), None);
    loop {
        let page = opened.all_slips(after.as_ref(), 37).unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.clone());
        every.extend(page);
    }
    all.sort_by(|a, b| (&a.party, a.at, a.seq).cmp(&(&b.party, b.at, b.seq)));
    assert_eq!(every, all);
}

fn some(random: &mut Rng, seq: u64) -> SlipRow {
    let day = 20_261_100 + random.u64(1..=3) + 100 * random.u64(0..2);
    let party = PARTIES[random.usize(..3)];
    let at = day * 1_000_000 + random.u64(0..4);
    SlipRow {
        about: if random.u8(..4) == 0 { seq - 1 } else { 0 },
        scheme: SCHEMES[random.usize(..2)].into(),
        setting: SETTINGS[random.usize(..3)].into(),
        key: if random.bool() { AWKWARD } else { "" }.into(),
        ..slip(party, at, seq, random.u64(..1 << 40))
    }
}

fn some_ask(random: &mut Rng) -> SlipAsk {
    let day = |random: &mut Rng| (20_261_100 + random.u64(0..5)) * 1_000_000;
    let from = day(random);
    let until = if random.bool() {
        u64::MAX
    } else {
        day(random) + 2
    };
    let settings = SETTINGS.iter().filter(|_| random.u8(..3) == 0);
    let settings = settings.map(|&s| s.to_owned()).collect();
    let mut after = || Some((20_261_102_000_000 + random.u64(..4), random.u64(..300)));
    let after = after().filter(|_| random.u8(..3) == 0);
    let scheme = SCHEMES.get(random.usize(..4)).map(|&s| s.to_owned());
    SlipAsk {
        scheme,
        settings,
        after,
        ..ask(PARTIES[random.usize(..3)], from, until)
    }
}

fn is_asked(ask: &SlipAsk, slip: &SlipRow) -> bool {
    slip.party == ask.party
        && (ask.from..=ask.until).contains(&slip.at)
        && ask.scheme.as_ref().is_none_or(|s| *s == slip.scheme)
        && (ask.settings.is_empty() || ask.settings.contains(&slip.setting))
        && ask.after.is_none_or(|after| (slip.at, slip.seq) > after)
}

fn pages(opened: &mut dyn LaneStore, ask: &SlipAsk, limit: u32) -> Vec<SlipRow> {
    let (mut ask, mut rows) = (ask.clone(), Vec::new());
    loop {
        let page = opened.slips(&ask, limit).unwrap();
        let Some(last) = page.last() else {
            return rows;
        };
        ask.after = Some((last.at, last.seq));
        rows.extend(page);
    }
}

fn pages_of_sums(
    opened: &mut dyn LaneStore,
    ask: &SlipAsk,
    by: Period,
    limit: u32,
) -> BTreeMap<(u64, bool), SlipSum> {
    let (mut ask, mut all) = (ask.clone(), BTreeMap::new());
    loop {
        let (sums, last) = opened.slip_sums(&ask, by, limit).unwrap();
        for sum in sums {
            add(&mut all, sum.period, sum.refunds, sum);
        }
        if last.is_none() {
            return all;
        }
        ask.after = last;
    }
}

fn sum_of(slip: &SlipRow) -> SlipSum {
    SlipSum {
        period: 0,
        refunds: false,
        count: 1,
        total: slip.total,
        funds: slip.funds,
        account: slip.account,
        cash: slip.cash,
        hospital: slip.hospital,
    }
}

fn add(sums: &mut BTreeMap<(u64, bool), SlipSum>, period: u64, refunds: bool, more: SlipSum) {
    let sum = sums.entry((period, refunds)).or_default();
    (sum.period, sum.refunds) = (period, refunds);
    sum.count += more.count;
    sum.total += more.total;
    sum.funds += more.funds;
    sum.account += more.account;
    sum.cash += more.cash;
    sum.hospital += more.hospital;
}

pub(crate) fn slips_of_lanes_are_their_own(place: &Place) {
    let mut one = place.create(numbered(1)).unwrap();
    let mut two = place.create(numbered(2)).unwrap();
    one.commit(&of(&[slip("H1", AFTER, 1, 5)])).unwrap();
    two.commit(&of(&[slip("H1", AFTER, 1, 6)])).unwrap();
    let asked = ask("H1", 0, u64::MAX);
    assert_eq!(two.slips(&asked, 9).unwrap(), [slip("H1", AFTER, 1, 6)]);
    let (sums, _) = one.slip_sums(&asked, Period::Whole, 9).unwrap();
    assert_eq!(sums, [sum_of(&slip("H1", AFTER, 1, 5))]);
}

/// A lane with settlements that was made before there were slips is told as such when it is opened.
pub(crate) fn a_lane_of_before_there_were_slips_is_refused(place: &Place) {
    let mut made = place.create(lane()).unwrap();
    let settled = Batch {
        entries: entries(lane(), BEGIN, 2),
        ..Batch::default()
    };
    made.commit(&settled).unwrap();
    drop(made);
    let before = match place.engine {
        Engine::Sqlite => "DROP TABLE slip; PRAGMA user_version = 1",
        Engine::Postgres => {
            "DROP TABLE slip; DROP FUNCTION commit_slips; DELETE FROM migration WHERE number = 3"
        }
    };
    place.execute(before).unwrap();
    let refused = place.open(lane()).err().map(|e| e.to_string());
    let refused = refused.unwrap_or_default();
    let says = refused.contains("an earlier program made") && refused.contains("made anew");
    assert!(says, "{refused}");
}
