//! Transaction: a good message of some transaction with some of its fields said otherwise, chosen by the bytes of the input.
#![no_main]

#[path = "../../crates/service/tests/proof/mod.rs"]
mod proof;

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use proof::law::{Watched, seeds};
use proof::mutate;
use serde_json::Value;

/// An agency, messages that are good there, and the numbers that were given.
struct Town {
    watched: Watched,
    messages: Vec<Value>,
    known: Vec<String>,
    serial: u64,
}

thread_local! {
    static TOWN: RefCell<Town> = RefCell::new({
        let mut watched = Watched::new();
        let (messages, known) = seeds(&mut watched);
        Town { watched, messages, known, serial: 0 }
    });
}

fuzz_target!(|data: &[u8]| {
    TOWN.with_borrow_mut(|town| {
        let mut rest = data.iter().copied();
        // Two bytes a choice; when they are used up the first of everything is taken.
        let mut roll = |sides: usize| {
            let (high, low) = (rest.next().unwrap_or(0), rest.next().unwrap_or(0));
            usize::from(u16::from_be_bytes([high, low])) % sides.max(1)
        };
        let mut message = town.messages[roll(town.messages.len())].clone();
        town.serial += 1;
        message["msgid"] = format!("n{}", town.serial).into();
        mutate::fields(&mut message, &town.known, &mut roll);
        town.watched.knock("/fsi/api/callService", message.to_string().as_bytes());
    });
});
