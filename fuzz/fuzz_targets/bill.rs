//! Bills in TOML and JSON: whatever reads is settled under every shipped policy and its twin by the laws; its lines read alone, too.
#![no_main]

use domain::bill::Cost;
use fuzz::{edit, laws, seeds};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use policy::Source;
use policy::bill::fees::Fee;

fuzz_target!(init: seeds::plant("bill", seeds::bills()), |data: &[u8]| {
    let Ok(source) = Source::new("-", data.to_vec()) else {
        return;
    };
    let fees = policy::bill::fees::read(&source);
    match policy::bill::read(&source) {
        Err(errors) => {
            assert!(!errors.0.is_empty());
            for error in &errors.0 {
                assert!(!error.message.contains('\n') && !error.path.contains('\n'), "{error}");
            }
        }
        Ok(bill) => {
            if let Cost::Lines(lines) = &bill.cost {
                let lines = lines.iter().cloned().map(Fee::Classed).collect::<Vec<_>>();
                assert_eq!(fees.ok(), Some(lines));
            }
            for plan in seeds::plans() {
                laws::hold(&laws::fitted(&bill, plan), plan);
            }
        }
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    edit::mutate(data, size, max_size, seed)
});
