//! Envelope: any bytes knock at the whole door of a small agency; an answer of the right form comes, and what is refused left nothing.
#![no_main]

#[path = "../../crates/service/tests/proof/mod.rs"]
mod proof;

use std::cell::RefCell;

use fuzz::edit;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use proof::law::{Watched, seeds};

thread_local! {
    /// One agency for all: what is carried out stays, as it does in the world.
    static WATCHED: RefCell<Watched> = RefCell::new(Watched::new());
}

/// The messages that are mutated.
fn planted() -> Vec<String> {
    WATCHED.with_borrow_mut(|watched| {
        let (messages, _) = seeds(watched);
        messages.iter().map(ToString::to_string).collect()
    })
}

fuzz_target!(init: fuzz::seeds::plant("envelope", planted()), |data: &[u8]| {
    WATCHED.with_borrow_mut(|watched| watched.knock("/fsi/api/callService", data));
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    edit::mutate(data, size, max_size, seed)
});
