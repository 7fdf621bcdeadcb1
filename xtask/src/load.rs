//! The load: full sequences of the institutions' messages over keep-alive connections, every answer checked, and its figures.

mod bare;
mod checks;
mod clock;
mod drive;
mod fen;
mod host;
mod http;
mod lists;
mod message;
mod options;
mod order;
mod report;
mod scan;
mod started;
mod tally;
mod visit;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use clock::Clock;
use host::{Sample, Watched};
use lists::Lists;
use options::Options;
use order::{Order, Piece};
use report::Figures;
use started::{Started, Town};
use tally::Tally;
use visit::{Kind, Mix};

use crate::postgres;

/// What is loaded.
struct Target {
    name: &'static str,
    address: SocketAddr,
    watched: Watched,
    /// It answers a constant.
    constant: bool,
}

/// Runs the command in the project's root.
pub(crate) fn run(target: &Path, words: &[String]) -> Result<(), String> {
    if words.iter().any(|word| word == "--help" || word == "-h") {
        print!("{}", options::help());
        return Ok(());
    }
    let options = Options::read(words)?;
    if let Some(ready) = &options.bare_serve {
        return bare::serve(ready);
    }
    if cfg!(debug_assertions) {
        return in_release(target, words);
    }
    let runs = load(target, &options)?;
    tell(&options, &runs)?;
    verdict(&runs)
}

/// What is measured is measured in release: this program is built so, and does the work.
fn in_release(target: &Path, words: &[String]) -> Result<(), String> {
    let build = ["build", "--quiet", "--release", "--package", "xtask"];
    started::finish(Command::new("cargo").args(build))?;
    let program = target.join("release/xtask");
    let mut command = Command::new(&program);
    let status = command.arg("load").args(words).status();
    let status = status.map_err(|why| format!("cannot start {}: {why}", program.display()))?;
    match status.success() {
        true => Ok(()),
        false => Err("the load did not succeed, see above".to_owned()),
    }
}

/// The bare server first, if it is wanted, then the real one; one at a time, since both want the whole machine.
fn load(target: &Path, options: &Options) -> Result<Vec<Vec<Figures>>, String> {
    let clock = Clock::at(options.now.as_deref())?;
    if options.serve {
        let build = ["build", "--quiet", "--release", "--package", "cli"];
        started::finish(Command::new("cargo").args(build))?;
    }
    let database = options.postgres.then(postgres::Server::start).transpose()?;
    let ready = || Town::ready(target, options, database.as_ref(), clock.begins());
    let town = options.serve.then(ready).transpose()?;
    let lists = lists(options, town.as_ref())?;
    let mut runs = Vec::new();
    if options.bare {
        let server = started::bare(target)?;
        let bare = Target {
            name: "the bare server",
            address: server.address,
            watched: Watched {
                processes: vec![server.process()],
                data: None,
            },
            constant: true,
        };
        runs.push(measure(&bare, options, &lists, &clock)?);
    }
    let started = town.as_ref().map(|town| town.start(target)).transpose()?;
    let address = started.as_ref().map(|server| server.address);
    if let Some(address) = options.server.or(address) {
        let real = Target {
            name: "yibao",
            address,
            watched: watched(options, town.as_ref(), started.as_ref(), database.as_ref())?,
            constant: false,
        };
        runs.push(measure(&real, options, &lists, &clock)?);
    }
    Ok(runs)
}

/// The processes that were named or started; the folder that was named, or where the books are.
fn watched(
    options: &Options,
    town: Option<&Town>,
    started: Option<&Started>,
    database: Option<&postgres::Server>,
) -> Result<Watched, String> {
    let mut processes = options.processes.clone();
    processes.extend(started.map(Started::process));
    processes.extend(database.map(postgres::Server::process).transpose()?);
    let books = match (database, &options.store) {
        (Some(database), _) => Some(database.data()),
        (None, Some(_)) => None,
        (None, None) => town.map(|town| town.data().to_owned()),
    };
    let data = options.disk.clone().or(books);
    Ok(Watched { processes, data })
}

/// The lists that were named, those of the town, or made-up ones for a server that looks nothing up.
fn lists(options: &Options, town: Option<&Town>) -> Result<Lists, String> {
    let named = [&options.persons, &options.items, &options.institutions];
    let lists = match (named, town) {
        ([Some(persons), Some(items), Some(institutions)], _) => {
            Lists::read(persons, items, institutions)?
        }
        (_, Some(town)) => {
            let names = ["persons.csv", "items.csv", "institutions.csv"];
            let [persons, items, institutions] = names.map(|name| town.list(name));
            Lists::read(&persons, &items, &institutions)?
        }
        _ => Lists::made_up(options.persons_count)?,
    };
    let pharmacies = options.mix == Mix::Mixed || options.mix == Mix::Only(Kind::Purchase);
    let hospitals = options.mix != Mix::Only(Kind::Purchase);
    if pharmacies && (lists.pharmacies.is_empty() || lists.drugs == 0) {
        return Err("for purchases there must be a pharmacy and a drug in the lists".to_owned());
    }
    if hospitals && lists.hospitals.is_empty() {
        return Err("for visits there must be a hospital in the lists".to_owned());
    }
    if lists.persons.count() < options.threads {
        return Err("each thread needs a person of its own".to_owned());
    }
    Ok(lists)
}

/// Loads one server; the figures of each interval, and at last of the whole.
fn measure(
    target: &Target,
    options: &Options,
    lists: &Lists,
    clock: &Clock,
) -> Result<Vec<Figures>, String> {
    let order = Order {
        address: target.address,
        path: options.path.clone(),
        headers: options.headers.clone(),
        mix: options.mix,
        connections: options.connections.div_ceil(options.threads),
        rate: options.rate,
        seed: options.seed,
        thread: 0,
        threads: options.threads,
        begin: Instant::now(),
        warmup: options.warmup,
        length: options.length,
        every: options.every,
        constant: target.constant,
        run: format!("L{}", clock::millis()),
        clock: clock.clone(),
        area: options.region.clone(),
    };
    if !options.json {
        println!(
            "── {} at {}\n{}",
            target.name,
            target.address,
            report::HEADING
        );
    }
    std::thread::scope(|scope| {
        let (hand_in, pieces) = mpsc::channel();
        let threads: Vec<_> = (0..options.threads)
            .map(|thread| {
                let order = Order {
                    thread,
                    ..order.clone()
                };
                let hand_in = hand_in.clone();
                scope.spawn(move || drive::run(order, lists, &hand_in))
            })
            .collect();
        drop(hand_in);
        let figures = collect(&pieces, target, options);
        for thread in threads {
            thread
                .join()
                .map_err(|_| "a thread of the load ended early")??;
        }
        figures
    })
}

/// Puts the threads' pieces together, interval by interval, and looks at the server when each is whole.
fn collect(
    pieces: &Receiver<Piece>,
    target: &Target,
    options: &Options,
) -> Result<Vec<Figures>, String> {
    let mut waiting: BTreeMap<u64, (usize, Tally)> = BTreeMap::new();
    let mut told = Vec::new();
    let mut whole = Tally::new()?;
    let mut first = Sample::default();
    let mut before = Sample::default();
    for piece in pieces {
        let known = waiting.remove(&piece.interval);
        let (count, mut tally) = known.map_or_else(|| Tally::new().map(|new| (0, new)), Ok)?;
        tally.merge(&piece.tally)?;
        if count + 1 < options.threads {
            waiting.insert(piece.interval, (count + 1, tally));
            continue;
        }
        let after = target.watched.sample();
        if piece.interval == 0 {
            (first, before) = (after, after);
            continue;
        }
        whole.merge(&tally)?;
        let until = (options.every * piece.interval as u32).min(options.length);
        let since = options.every * (piece.interval - 1) as u32;
        let figures = figures(
            target,
            tally,
            until,
            until.saturating_sub(since),
            [before, after],
        );
        if !options.json {
            println!("{}", figures.line()?);
        }
        told.push(figures);
        before = after;
    }
    let length = options.length;
    told.push(figures(target, whole, length, length, [first, before]));
    Ok(told)
}

fn figures(
    target: &Target,
    tally: Tally,
    until: Duration,
    length: Duration,
    [before, after]: [Sample; 2],
) -> Figures {
    Figures {
        name: target.name.to_owned(),
        until: until.as_secs(),
        length,
        tally,
        before,
        after,
    }
}

/// Prints the whole of each run, and two beside each other.
fn tell(options: &Options, runs: &[Vec<Figures>]) -> Result<(), String> {
    if options.json {
        let runs = runs.iter().map(|run| {
            let each = run.iter().map(Figures::json);
            let mut each = each.collect::<Result<Vec<_>, _>>()?;
            let mut whole = each.pop().unwrap_or_default();
            whole["intervals"] = each.into();
            Ok(whole)
        });
        let runs = runs.collect::<Result<Vec<_>, String>>()?;
        println!("{}", serde_json::json!({ "runs": runs }));
        return Ok(());
    }
    for run in runs {
        if let [intervals @ .., whole] = run.as_slice() {
            print!("{}", whole.text()?);
            if let [first, .., last] = intervals {
                print!("{}", report::drift(first, last)?);
            }
        }
    }
    let wholes: Vec<&Figures> = runs.iter().filter_map(|run| run.last()).collect();
    if let [limit, found] = wholes[..] {
        print!("{}", report::beside(limit, found));
    }
    Ok(())
}

/// A run with a failure has failed, and so has one in which nothing happened.
fn verdict(runs: &[Vec<Figures>]) -> Result<(), String> {
    for whole in runs.iter().filter_map(|run| run.last()) {
        let (failures, behind) = (whole.failures(), whole.tally.behind);
        if failures + behind > 0 {
            return Err(format!(
                "{}: {failures} failures, {behind} starts not begun in time",
                whole.name
            ));
        }
        if whole.tally.requests() == 0 {
            return Err(format!("{}: nothing was answered", whole.name));
        }
    }
    Ok(())
}
