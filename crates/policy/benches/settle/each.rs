//! Each shipped policy for itself: how long all take to load, and which settles slowest and fastest.

use std::time::Instant;

use crate::mix::{Mix, shipped};

/// Prints the time to read and compile all policies, and the speeds of the slowest and the fastest.
pub(crate) fn report(rounds: usize, bills: usize) {
    let mut milliseconds: Vec<f64> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            let files = shipped();
            let time = start.elapsed().as_secs_f64() * 1e3;
            drop(files);
            time
        })
        .collect();
    milliseconds.sort_by(f64::total_cmp);
    let files = shipped();
    println!(
        "\nall {} policies read and compiled: median {:.1} ms, fastest {:.1} ms",
        files.len(),
        milliseconds[rounds / 2],
        milliseconds[0]
    );
    let mut speeds: Vec<(f64, String)> = files
        .into_iter()
        .filter_map(|file| {
            let name = file.name.clone();
            let speed = Mix::over(vec![file], "", 512, bills).speed(rounds)?;
            Some((speed / 1e6, name))
        })
        .collect();
    speeds.sort_by(|a, b| a.0.total_cmp(&b.0));
    let place = |name: &str| name.rsplit("policies/").next().unwrap_or(name).to_owned();
    if let (Some((slow, slowest)), Some((fast, fastest))) = (speeds.first(), speeds.last()) {
        println!(
            "sums only, 512 bills of each policy in cache, millions a second: slowest {slow:.2} ({}), fastest {fast:.2} ({}), {:.1}x apart",
            place(slowest),
            place(fastest),
            fast / slow
        );
    }
}
