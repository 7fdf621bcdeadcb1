//! The server under load is ended by force again and again: what was answered stands once, what was not stands once or not at all.
#![allow(clippy::unwrap_used, reason = "what fails ends the test")]
#![allow(
    clippy::print_stdout,
    reason = "what was tried is told, and processes talk by it"
)]

#[path = "../proof/mod.rs"]
mod proof;

mod books;
mod client;

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fastrand::Rng;

use crate::client::{Said, Teller};
use crate::proof::{made, options, people, settings};

/// Kills of the ordinary run; `--kills N` asks for others.
const KILLS: u64 = 10;
/// Clients at once; each has persons of its own.
const CLIENTS: usize = 4;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["serve", root] = words[..] {
        return serve(Path::new(root));
    }
    let flag = words.iter().position(|word| *word == "--kills");
    let asked = flag.and_then(|at| words.get(at + 1)?.parse().ok());
    kills(asked.unwrap_or(KILLS));
}

/// The part of the other process: the doors, which tell their address.
fn serve(root: &Path) {
    let agency = agency::Agency::open(&options(root)).unwrap();
    let told = |address: SocketAddr| println!("{address}");
    service::open(agency, agency::Library::default(), settings(root), told).unwrap();
}

fn kills(kills: u64) {
    let root = tempfile::tempdir().unwrap();
    let agency = made(root.path(), CLIENTS * 2);
    let people = people(&agency, CLIENTS * 2);
    drop(agency);
    let mut tellers: Vec<Teller> = people
        .chunks(2)
        .enumerate()
        .map(|(n, people)| Teller::new(n, people))
        .collect();
    let mut dice = Rng::with_seed(kills);
    let (mut answered, mut unanswered, mut stood, mut went_on) = (0, 0, 0, 0);
    for kill in 1..=kills {
        let wait = dice.u64(5..400);
        tellers = under_load(root.path(), tellers, Some(Duration::from_millis(wait)));
        let said = tellers.iter().flat_map(|teller| &teller.said);
        let (well, open): (Vec<&Said>, Vec<&Said>) = said.partition(|said| said.output.is_some());
        let agency = agency::Agency::open(&options(root.path())).unwrap();
        stood += books::hold(&agency, &well, &open, kill);
        went_on += u64::from(well.len() > answered);
        answered = well.len();
        unanswered += open.len();
    }
    tellers = under_load(root.path(), tellers, None);
    let left: usize = tellers.iter().map(|teller| teller.open().count()).sum();
    assert_eq!(left, 0, "what had no answer has one when asked again");
    println!(
        "{kills} kills: {answered} answered messages all stand once; of {unanswered} without an answer {stood} settlements stood, and each was the same when asked again"
    );
    assert!(
        went_on * 2 >= kills,
        "too little was tried: {went_on} runs went on"
    );
}

/// Everybody talks to a server until it is killed, or, where nobody kills it, until what was open is answered.
fn under_load(root: &Path, tellers: Vec<Teller>, kill: Option<Duration>) -> Vec<Teller> {
    let mut child = started(root);
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    let address: SocketAddr = line.trim().parse().unwrap();
    let threads: Vec<_> = tellers
        .into_iter()
        .map(|mut teller| {
            std::thread::spawn(move || {
                teller.talk(address, kill.is_some());
                teller
            })
        })
        .collect();
    if let Some(after) = kill {
        wait(after);
        child.kill().unwrap();
    }
    let tellers = threads.into_iter().map(|thread| thread.join().unwrap());
    let tellers = tellers.collect();
    if kill.is_none() {
        child.kill().unwrap();
    }
    let status = child.wait().unwrap();
    assert_eq!(status.signal(), Some(9), "it ended by itself: {status}");
    tellers
}

/// Waits; one call may return at once, where somebody woke this thread before.
fn wait(after: Duration) {
    let began = Instant::now();
    while let Some(left) = after.checked_sub(began.elapsed()) {
        std::thread::park_timeout(left);
    }
}

fn started(root: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg("serve").arg(root).stdout(Stdio::piped());
    command.spawn().unwrap()
}
