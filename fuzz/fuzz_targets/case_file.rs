//! Case files: whatever reads is settled under a shipped policy and compared with what it expects.
#![no_main]

use fuzz::{edit, laws, seeds};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use policy::{Source, cases};

/// So many cases of a file are settled; shipped files have more than are needed.
const MOST: usize = 4;

fuzz_target!(init: seeds::plant("case_file", small()), |data: &[u8]| {
    let Ok(source) = Source::new("cases.toml", data.to_vec()) else {
        return;
    };
    match cases::read(&source) {
        Err(errors) => assert!(!errors.0.is_empty()),
        Ok(cases) => {
            assert!(!cases.is_empty());
            for case in cases.iter().take(MOST) {
                let plans = seeds::plans().iter();
                let plans = plans.filter(|plan| plan.policy.region == case.bill.region);
                for plan in plans {
                    if let Some(settlement) = laws::hold(&laws::fitted(&case.bill, plan), plan) {
                        let _ = case.differences(&settlement);
                    }
                }
            }
        }
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    edit::mutate(data, size, max_size, seed)
});

/// The shipped files in pieces of a few cases: small seeds are mutated better than large ones.
fn small() -> Vec<String> {
    let mut pieces = Vec::new();
    for text in seeds::case_files() {
        let cases: Vec<&str> = text.split("[[case]]").skip(1).collect();
        for few in cases.chunks(2) {
            pieces.push(format!("[[case]]{}", few.join("[[case]]")));
        }
    }
    pieces
}
