//! How many bills a second one core settles: `cargo bench -p policy`.
//!
//! Two works, each with the steps collected and with sums only, beside a hand-written loop. All are measured in turn,
//! round by round, so that the ratios hold on a noisy machine; the medians are printed.
#![expect(
    clippy::print_stdout,
    clippy::float_arithmetic,
    clippy::unwrap_used,
    reason = "a benchmark prints, and its bills are good"
)]

mod common;
mod each;
mod mix;

use std::hint::black_box;
use std::time::Instant;

/// One thing that is measured: its name, how many bills a run settles, and the run, which returns a sum that must not be optimised away.
struct Work<'a> {
    name: String,
    bills: usize,
    run: Box<dyn FnMut() -> u64 + 'a>,
}

const ROUNDS: usize = 11;

fn main() {
    // `cargo bench` passes `--bench`; `cargo test` does not, and then one short round shows that it runs.
    let measured = std::env::args().any(|a| a == "--bench");
    let (rounds, persons) = if measured {
        (ROUNDS, 1_000_000)
    } else {
        (1, 1_000)
    };
    let common = common::Common::new(persons);
    let (cached, streamed) = (
        mix::Mix::new("4,096 bills, in cache", 4_096, persons / 5),
        mix::Mix::new("from memory", persons / 10, 0),
    );
    let mut works = common.works();
    works.extend(cached.works());
    works.extend(streamed.works());
    let mut seconds = vec![Vec::with_capacity(rounds); works.len()];
    for _ in 0..rounds {
        for (work, seconds) in works.iter_mut().zip(&mut seconds) {
            let start = Instant::now();
            black_box((work.run)());
            seconds.push(start.elapsed().as_secs_f64());
        }
    }
    report(&works, &mut seconds);
    each::report(rounds, persons / 50);
}

fn report(works: &[Work<'_>], seconds: &mut [Vec<f64>]) {
    println!(
        "{:<68} {:>10} {:>10} {:>10} {:>9}",
        "millions of bills a second, one core", "median", "slowest", "fastest", "to first"
    );
    let mut first = None;
    for (work, seconds) in works.iter().zip(seconds) {
        seconds.sort_by(f64::total_cmp);
        let millions = |s: f64| f64::from(u32::try_from(work.bills).unwrap()) / s / 1e6;
        let median = millions(seconds[seconds.len() / 2]);
        let first = *first.get_or_insert(median);
        let (slowest, fastest) = (millions(seconds[seconds.len() - 1]), millions(seconds[0]));
        println!(
            "{:<68} {median:>10.2} {slowest:>10.2} {fastest:>10.2} {:>8.2}x",
            work.name,
            first / median
        );
    }
}
