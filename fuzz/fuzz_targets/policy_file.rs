//! Policy files: any bytes, and shipped policies after a script of changes; what still reads settles bills by the laws.
#![no_main]

use fuzz::{edit, laws, seeds};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use policy::{PolicyFile, Source};

/// A byte that no text begins with: what follows is the number of a shipped policy and a script.
const SCRIPT: u8 = 0xff;

fuzz_target!(init: plant(), |data: &[u8]| {
    let bytes = match data {
        [SCRIPT, number, script @ ..] => {
            let policies = seeds::policies();
            edit::scripted(&policies[usize::from(*number) % policies.len()], script)
        }
        data => data.to_vec(),
    };
    let Ok(source) = Source::new("policy.toml", bytes) else {
        return;
    };
    match PolicyFile::read(&source) {
        Err(errors) => {
            assert!(!errors.0.is_empty());
            for error in &errors.0 {
                assert!(!error.message.contains('\n') && !error.path.contains('\n'), "{error}");
            }
        }
        Ok(file) => {
            for bill in seeds::good_bills() {
                laws::hold(&laws::fitted(bill, &file.plan), &file.plan);
            }
        }
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if data[..size].first() == Some(&SCRIPT) {
        libfuzzer_sys::fuzzer_mutate(data, size, max_size)
    } else {
        edit::mutate(data, size, max_size, seed)
    }
});

fn plant() {
    let texts = seeds::policies()
        .iter()
        .map(|text| text.as_bytes().to_vec());
    let scripts = (0..u8::MAX)
        .zip(seeds::policies())
        .map(|(number, _)| vec![SCRIPT, number, 0, 0, 3, 0, 0]);
    seeds::plant("policy_file", texts.chain(scripts));
}
