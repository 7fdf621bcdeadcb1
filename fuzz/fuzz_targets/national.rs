//! National lists: any bytes as each of the lists, and one catalogue of three of them; it finds its items.
#![no_main]

use domain::bill::Scheme;
use domain::region::Region;
use fuzz::{edit, rows, seeds};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use policy::import::national::{self, Choice, Combination, layout};

/// What divides the lists of one input.
const NEXT: u8 = b'#';

fuzz_target!(init: seeds::plant("national", seeds::national()), |data: &[u8]| {
    for list in [
        &layout::DRUGS,
        &layout::HERBS,
        &layout::PREPARATIONS,
        &layout::SERVICES,
        &layout::MATERIALS,
    ] {
        rows::held(Ok(national::listed_items(list, "l.txt", data)));
    }
    let mut combination = Combination::new(Choice {
        region: Region::parse("420100").expect("a region"),
        scheme: Scheme::Employee,
        limit_type: None,
    });
    for list in data.split(|byte| *byte == NEXT) {
        for row in rows::held(Ok(national::listed_items(&layout::DRUGS, "d.txt", list))) {
            combination.listed(row);
        }
        for row in rows::held(Ok(national::insured_items("i.txt", list))) {
            combination.insured(row);
        }
        for row in rows::held(Ok(national::price_limits("l.txt", list))) {
            combination.limit(row);
        }
        for row in rows::held(Ok(national::first_shares("s.txt", list))) {
            combination.first_share(row);
        }
    }
    match combination.finish() {
        Ok(combined) => rows::looked_up(&combined.catalogue),
        Err(clashes) => assert!(!clashes.is_empty()),
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    edit::mutate(data, size, max_size, seed)
});
