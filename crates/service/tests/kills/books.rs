//! What the books must hold after a kill.

use std::collections::BTreeMap;

use agency::{Agency, SlipAsk};

use crate::client::Said;
use crate::proof::{HOSPITAL, PHARMACY};

/// Holds the books against what was answered and what was not; how many of the latter are settlements that stand.
pub(crate) fn hold(agency: &Agency, answered: &[&Said], open: &[&Said], kill: u64) -> usize {
    let mut slips: BTreeMap<String, u32> = BTreeMap::new();
    for party in [HOSPITAL, PHARMACY] {
        let ask = SlipAsk {
            party: party.to_owned(),
            until: 99_999_999_999_999,
            ..SlipAsk::default()
        };
        for slip in agency.slips(&ask, None, u32::MAX).unwrap() {
            *slips.entry(slip.row.key).or_default() += 1;
        }
    }
    let settles = |said: &&&Said| said.is("2102") || said.is("2207");
    for said in answered.iter().filter(settles) {
        let count = slips.remove(&said.key());
        assert_eq!(count, Some(1), "kill {kill}: {} was answered", said.key());
    }
    let mut stood = 0;
    for said in open.iter().filter(settles) {
        match slips.remove(&said.key()) {
            None => {}
            Some(1) => stood += 1,
            Some(count) => panic!("kill {kill}: {} stands {count} times", said.key()),
        }
    }
    assert!(slips.is_empty(), "kill {kill}: nobody asked for {slips:?}");
    whole(agency, answered, open);
    let report = agency::audit::audit(agency, |_| ()).unwrap();
    assert!(report.is_clean(), "kill {kill}: {:?}", report.breaks);
    stood
}

/// No visit has a part of its batch, and none is settled in part.
fn whole(agency: &Agency, answered: &[&Said], open: &[&Said]) {
    for said in answered.iter().chain(open).filter(|said| said.is("2203")) {
        let info = &said.message["input"]["mdtrtinfo"];
        let person: u64 = info["psn_no"].as_str().unwrap()[6..].parse().unwrap();
        let number: u64 = info["mdtrt_id"].as_str().unwrap()[9..].parse().unwrap();
        let visit = agency.visit(person, number).unwrap().unwrap();
        let settled: Vec<u64> = visit.lines.iter().map(|line| line.settled).collect();
        let one = settled.iter().all(|of| *of == settled[0]);
        assert!(
            [0, 2].contains(&settled.len()) && one,
            "visit {number}: {visit:?}"
        );
        assert!(visit.lines.is_empty() || visit.described, "visit {number}");
    }
}
