//! Callers: so many who wait, each asking again when answered, or a fixed number a second.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use agency::{Agency, Done};

use crate::people::bill;

static NEXT: AtomicU64 = AtomicU64::new(1);

/// What a run came to.
pub(crate) struct Run {
    pub(crate) count: u64,
    refused: u64,
    seconds: f64,
    cpu: f64,
    micros: Vec<u64>,
}

impl Run {
    pub(crate) fn new(count: u64, refused: u64, seconds: f64, cpu: f64, micros: Vec<u64>) -> Run {
        Run {
            count,
            refused,
            seconds,
            cpu,
            micros,
        }
    }

    pub(crate) fn print(mut self, what: &str) -> Run {
        self.micros.sort_unstable();
        let at = |part: usize| {
            let place = self.micros.len() * part / 1000;
            self.micros.get(place).copied().unwrap_or(0) as f64 / 1000.0
        };
        println!(
            "  {what:<28} {:>8.0} a second  p50 {:>7.2} ms  p99 {:>7.2}  p99.9 {:>7.2}  max {:>7.2}  CPU {:>5.1} us each  refused {}  resident {} MiB",
            self.count as f64 / self.seconds,
            at(500),
            at(990),
            at(999),
            self.micros.last().copied().unwrap_or(0) as f64 / 1000.0,
            self.cpu * 1e6 / self.count.max(1) as f64,
            self.refused,
            resident(),
        );
        self
    }
}

/// Callers who wait for an answer and ask again when they have it: each in the thread that answers, so no time goes into waking them.
struct Callers {
    agency: Arc<Agency>,
    people: Arc<Vec<u64>>,
    until: Instant,
    /// Microseconds of each answer; how many were refused.
    answered: Mutex<(Vec<u64>, u64)>,
    /// Told when a caller has stopped.
    stopped: Sender<()>,
}

impl Callers {
    fn ask(self: Arc<Callers>, mut random: fastrand::Rng) {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let person = self.people[random.usize(..self.people.len())];
        let (callers, asked) = (Arc::clone(&self), Instant::now());
        let done: Done = Box::new(move |answer| {
            let took = u64::try_from(asked.elapsed().as_micros()).unwrap_or(u64::MAX);
            {
                let mut answered = callers.answered.lock().unwrap();
                answered.0.push(took);
                answered.1 += u64::from(answer.is_err());
            }
            if Instant::now() < callers.until {
                callers.ask(random);
            } else {
                let _ = callers.stopped.send(());
            }
        });
        self.agency.submit(bill(number, person), done);
    }
}

/// So many callers who wait.
pub(crate) fn closed(
    agency: &Arc<Agency>,
    people: &Arc<Vec<u64>>,
    callers: usize,
    seconds: u64,
) -> Run {
    let (tell, told) = channel();
    let (began, cpu_before) = (Instant::now(), cpu());
    let all = Arc::new(Callers {
        agency: Arc::clone(agency),
        people: Arc::clone(people),
        until: began + Duration::from_secs(seconds),
        answered: Mutex::default(),
        stopped: tell,
    });
    for caller in 0..callers {
        Arc::clone(&all).ask(fastrand::Rng::with_seed(caller as u64));
    }
    for _ in 0..callers {
        told.recv().unwrap();
    }
    let seconds = began.elapsed().as_secs_f64();
    let (micros, refused) = std::mem::take(&mut *all.answered.lock().unwrap());
    Run::new(
        micros.len() as u64,
        refused,
        seconds,
        cpu() - cpu_before,
        micros,
    )
}

/// So many a second, whether answered or not.
pub(crate) fn paced(agency: &Agency, people: &[u64], rate: u64, seconds: u64) -> Run {
    let (tell, told) = channel();
    let mut random = fastrand::Rng::with_seed(9);
    let (began, cpu_before) = (Instant::now(), cpu());
    let total = rate * seconds;
    for n in 0..total {
        let due = Duration::from_nanos(n * 1_000_000_000 / rate);
        while began.elapsed() < due {
            std::thread::yield_now();
            std::thread::park_timeout(Duration::from_micros(100));
        }
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let person = people[random.usize(..people.len())];
        let (tell, asked) = (tell.clone(), began + due);
        let done: Done = Box::new(move |answer| {
            let _ = tell.send((asked.elapsed(), answer.is_ok()));
        });
        agency.submit(bill(number, person), done);
    }
    drop(tell);
    let mut micros = Vec::new();
    let mut refused = 0;
    while let Ok((took, carried_out)) = told.recv() {
        micros.push(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        refused += u64::from(!carried_out);
    }
    let seconds = began.elapsed().as_secs_f64();
    Run::new(
        micros.len() as u64,
        refused,
        seconds,
        cpu() - cpu_before,
        micros,
    )
}

/// Seconds of processor time of this process so far.
pub(crate) fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or("")
        .split_whitespace()
        .collect();
    let ticks = |n: usize| {
        fields
            .get(n)
            .and_then(|f| f.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    // User and system time, in hundredths of a second.
    (ticks(11) + ticks(12)) / 100.0
}

fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}

/// Bytes of all files below a folder.
pub(crate) fn bytes(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(data) if data.is_dir() => bytes(&entry.path()),
            Ok(data) => data.len(),
            Err(_) => 0,
        })
        .sum()
}
