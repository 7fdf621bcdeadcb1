//! The order of a drive: what it does, how fast and how long, and the intervals in which it is tallied.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::clock::Clock;
use super::tally::Tally;
use super::visit::Mix;

/// What a drive is to do.
#[derive(Clone)]
pub(super) struct Order {
    pub(super) address: SocketAddr,
    pub(super) path: String,
    pub(super) headers: Vec<String>,
    pub(super) mix: Mix,
    pub(super) connections: usize,
    /// Visits begun in a second by all threads; none for as fast as they go.
    pub(super) rate: Option<u64>,
    pub(super) seed: u64,
    pub(super) thread: usize,
    pub(super) threads: usize,
    pub(super) begin: Instant,
    pub(super) warmup: Duration,
    pub(super) length: Duration,
    pub(super) every: Duration,
    /// The server answers a constant: only what holds inside an answer is checked.
    pub(super) constant: bool,
    /// In the number of every message of the run.
    pub(super) run: String,
    pub(super) clock: Clock,
    pub(super) area: String,
}

/// What a thread has tallied in one interval; the first, number zero, is the warming up.
pub(super) struct Piece {
    pub(super) interval: u64,
    pub(super) tally: Tally,
}

impl Order {
    pub(super) fn end(&self) -> Instant {
        self.begin + self.warmup + self.length
    }

    pub(super) fn interval(&self, now: Instant) -> u64 {
        match now.checked_duration_since(self.begin + self.warmup) {
            None => 0,
            Some(since) => 1 + (since.as_nanos() / self.every.as_nanos().max(1)) as u64,
        }
    }

    /// The interval in which the order ends.
    pub(super) fn last(&self) -> u64 {
        self.interval(self.end() - Duration::from_nanos(1))
    }

    /// When the interval ends.
    pub(super) fn ends(&self, interval: u64) -> Instant {
        let measured = self.begin + self.warmup;
        let ends = measured + self.every * u32::try_from(interval).unwrap_or(u32::MAX);
        ends.min(self.end())
    }

    /// When the start of this number is due, counted over all threads.
    pub(super) fn due(&self, start: u64, rate: u64) -> Instant {
        self.begin
            + Duration::from_nanos((u128::from(start) * 1_000_000_000 / u128::from(rate)) as u64)
    }
}
