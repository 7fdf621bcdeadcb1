//! How many settlements a second an agency takes, durable before each answer, beside the bare engine committing the same bytes:
//! `cargo bench -p agency -- [persons] [seconds] [paced seconds]`, and on PostgreSQL `cargo xtask postgres cargo bench -p agency`.
#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark prints rates, stops at the first fault, and is told by a variable where a server is"
)]

mod bare;
mod load;
mod people;

use std::path::PathBuf;
use std::sync::Arc;

use agency::{Agency, Options, Place};
use domain::region::Region;

/// The binary's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let numbers: Vec<u64> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let persons = numbers.first().copied().unwrap_or(100_000);
    let seconds = numbers.get(1).copied().unwrap_or(8);
    let paced = numbers.get(2).copied().unwrap_or(20);
    let root = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let embedded = Place::Directory(root.path().join("data"));
    let mut places = vec![("SQLite", embedded)];
    if let Ok(url) = std::env::var("YIBAO_TEST_POSTGRES") {
        places.push(("PostgreSQL", Place::Server(url)));
    }
    for (name, place) in places {
        println!("\n{name}: {persons} persons, two lanes");
        let options = Options {
            place: place.clone(),
            key: root.path().join("key"),
            policies: PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../policies"),
            region: Region::parse("310000").unwrap(),
        };
        let agency = Arc::new(Agency::create(&options, 2).unwrap());
        let people = Arc::new(people::enrol(&agency, persons));
        let before = load::bytes(root.path());
        let full = load::closed(&agency, &people, 256, seconds).print("256 waiting callers");
        println!(
            "    {} bytes on disk a settlement (files grown)",
            (load::bytes(root.path()).saturating_sub(before))
                .checked_div(full.count)
                .unwrap_or(0)
        );
        load::closed(&agency, &people, 64, seconds).print("64 waiting callers");
        load::closed(&agency, &people, 1, 3).print("a lone caller");
        load::paced(&agency, &people, 3500, paced).print("paced at 3,500 a second");
        let template = bare::Template::of(&agency, &people);
        drop(agency);
        bare::run(root.path(), &place, &template, &people, 256, seconds)
            .print("bare engine, batches of 256");
        bare::run(root.path(), &place, &template, &people, 1, 3).print("bare engine, batches of 1");
    }
}
