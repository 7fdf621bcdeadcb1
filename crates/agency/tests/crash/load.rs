//! A process that works until it is killed: several threads ask with keys, and what was asked and acknowledged is written to the output.

use std::io::Write as _;
use std::path::Path;

use agency::act::Act;
use agency::record::VisitOpened;
use agency::{Agency, Request};
use domain::Fen;
use domain::setting::Setting;
use fastrand::Rng;
use jiff::Span;
use jiff::civil::date;

use crate::house::{self, CENTRE, HOSPITAL};

/// How many persons there are; each thread has its own.
pub(crate) const PERSONS: u64 = 24;
const THREADS: u64 = 4;

/// The number of a person at the agency.
pub(crate) fn person(agency: &Agency, number: u64) -> u64 {
    agency.find(&format!("person {number}")).0
}

/// One line of the output: `?` before it is asked, `!` after it is acknowledged; the key, the person, the entry, the act.
fn say(mark: char, key: &str, person: u64, entry: u64, act: &Act) {
    let act = serde_json::to_string(act).unwrap();
    let line = format!("{mark}\t{key}\t{person}\t{entry}\t{act}\n");
    let mut out = std::io::stdout().lock();
    // The reader may have killed this process in the meantime, and then nobody reads.
    let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
}

/// Works for ever.
pub(crate) fn work(root: &Path, run: u64) {
    let agency = Agency::open(&house::options(root, "310000")).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let agency = &agency;
            scope.spawn(move || ask(agency, run, thread));
        }
    });
}

fn ask(agency: &Agency, run: u64, thread: u64) {
    let mut dice = Rng::with_seed(run * THREADS + thread);
    let mut last: Vec<(u64, u64)> = Vec::new();
    for number in 0_u64.. {
        let own = dice.u64(..PERSONS / THREADS) * THREADS + thread;
        let mut whom = person(agency, own);
        let day = date(2024, 2, 1).saturating_add(Span::new().days(dice.i64(0..300)));
        // No two bills cost the same, so one that is settled twice is seen.
        let fen = (run * THREADS + thread) * 1_000_000 + number + 1;
        let act = match dice.u8(..10) {
            0..5 => house::settle(agency::record::Care {
                cost: agency::record::Cost::Sums([0, 0, 0, 0, fen]),
                ..house::care(HOSPITAL, Setting::Outpatient, (day, None), 0)
            }),
            5 if !last.is_empty() => {
                let (of, entry) = last.swap_remove(dice.usize(..last.len()));
                whom = of;
                Act::Reverse { entry, on: day }
            }
            6 => {
                let month = 202_401 + dice.u32(..12);
                Act::Credit { month, on: day }
            }
            7 => Act::Open(Box::new(VisitOpened {
                care: house::stay(CENTRE, day),
                paper: None,
            })),
            8 => {
                let to = person(agency, dice.u64(..PERSONS));
                let amount = Fen::new(dice.u64(1..500));
                Act::Grant {
                    to,
                    amount,
                    on: day,
                }
            }
            _ => {
                let month = 202_401 + dice.u32(..12);
                house::pay(month, month, day)
            }
        };
        let key = format!("{run}-{thread}-{number}");
        say('?', &key, whom, 0, &act);
        let answer = agency.call(Request::keyed(whom, key.clone(), act.clone()));
        if let Ok(answer) = answer {
            say('!', &key, whom, answer.entry, &act);
            if matches!(act, Act::Settle(_)) {
                last.push((whom, answer.entry));
            }
        }
    }
}
