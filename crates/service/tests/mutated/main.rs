//! Spoilt messages by the thousand against the whole door: never a stumble, and nothing recorded of what is refused.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]
#![allow(clippy::print_stdout, reason = "counts are told")]

#[path = "../proof/mod.rs"]
mod proof;

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_json::Value;

use crate::proof::law::{Watched, seeds};
use crate::proof::mutate;

/// Messages of the ordinary run.
const MESSAGES: u32 = 20_000;
const PATHS: [&str; 4] = [
    "/fsi/api/callService",
    "/",
    "/fsi/api/hospSettService/settV2",
    "/x/2207",
];

#[test]
fn twenty_thousand_spoilt_messages() {
    let mut dice = Rng::with_seed(20);
    let mut watched = Watched::new();
    let (seeds, known) = seeds(&mut watched);
    let mut well: BTreeMap<String, u64> = BTreeMap::new();
    let mut spoilt = 0;
    for serial in 0..MESSAGES {
        let mut message = seeds[dice.usize(..seeds.len())].clone();
        // A name of its own: else most would be refused as repetitions.
        if dice.u32(..10) > 0 {
            message["msgid"] = format!("n{serial}").into();
        }
        let number = message["infno"].as_str().unwrap().to_owned();
        let mut roll = |sides: usize| dice.usize(..sides.max(1));
        let structured = roll(3) > 0;
        if structured {
            mutate::fields(&mut message, &known, &mut roll);
        }
        let mut body = message.to_string().into_bytes();
        if !structured {
            mutate::bytes(&mut body, &mut roll);
            spoilt += 1;
        }
        let path = match dice.u32(..50) {
            0 => PATHS[dice.usize(..PATHS.len())],
            _ => PATHS[0],
        };
        let answer: Value = watched.knock(path, &body);
        if answer["infcode"] == 0 {
            *well.entry(number).or_default() += 1;
        }
    }
    watched.end();
    let [done, refused] = watched.count;
    println!("{done} went well, {refused} were refused, {spoilt} had spoilt bytes: {well:?}");
    assert!(done > 500 && refused > 5_000, "the dice are one-sided");
}
