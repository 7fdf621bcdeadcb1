//! What force, a full disk, a read-only disk and a second process do to an agency. It starts itself anew for the parts of other processes.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]
#![allow(
    clippy::print_stdout,
    reason = "what was tried is told, and processes talk by it"
)]

#[path = "../house/mod.rs"]
mod house;

mod disk;
mod kill;
mod load;
mod second;

use std::path::Path;
use std::process::{Command, Stdio};

/// Kills of the ordinary run; `--kills N` asks for others.
const KILLS: u64 = 20;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        // The parts of other processes.
        ["load", root, run] => load::work(Path::new(root), run.parse().unwrap()),
        ["disk", root] => disk::inside(Path::new(root)),
        ["second", root] => second::other(Path::new(root)),
        _ => trials(&words),
    }
}

/// The trials whose names hold the word that was given, all without one; a harness's own flags are passed over.
fn trials(words: &[&str]) {
    let flag = words.iter().position(|word| *word == "--kills");
    let kills = flag.and_then(|at| words.get(at + 1)?.parse().ok());
    let kills = kills.unwrap_or(KILLS);
    let mut named = words
        .iter()
        .filter(|word| word.starts_with(char::is_alphabetic));
    let named = named.next().copied().unwrap_or_default();
    let trials: [(&str, &dyn Fn()); 3] = [
        ("kills", &|| kill::kills(kills)),
        ("full_and_read_only", &disk::full_and_read_only),
        ("two_processes", &second::two_processes),
    ];
    for (_, trial) in trials.iter().filter(|(name, _)| name.contains(named)) {
        trial();
    }
}

/// This program as another process, whose output can be read.
fn myself() -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.stdout(Stdio::piped());
    command
}
