//! `Attempts`: how often something has failed of late, by whatever name it goes: an operator's, an address's, both.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many names are remembered; beyond them whoever failed first is forgotten.
const MOST: usize = 100_000;

/// Failures within a time.
#[derive(Debug)]
pub struct Attempts {
    within: Duration,
    names: Mutex<HashMap<String, (u32, Instant)>>,
}

impl Attempts {
    /// Failures are forgotten so long after the first one.
    #[must_use]
    pub fn new(within: Duration) -> Attempts {
        Attempts {
            within,
            names: Mutex::default(),
        }
    }

    /// How often it has failed.
    #[must_use]
    pub fn failures(&self, name: &str, now: Instant) -> u32 {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let known = names.get(name);
        known
            .filter(|(_, since)| now.saturating_duration_since(*since) < self.within)
            .map_or(0, |(failures, _)| *failures)
    }

    /// It has failed once more.
    pub fn failed(&self, name: &str, now: Instant) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= MOST {
            let within = self.within;
            names.retain(|_, (_, since)| now.saturating_duration_since(*since) < within);
            let first = names.iter().min_by_key(|(_, (_, since))| *since);
            if let Some(first) = first
                .map(|(name, _)| name.clone())
                .filter(|_| names.len() >= MOST)
            {
                names.remove(&first);
            }
        }
        let known = names.entry(name.to_owned()).or_insert((0, now));
        if now.saturating_duration_since(known.1) >= self.within {
            *known = (0, now);
        }
        known.0 = known.0.saturating_add(1);
    }

    /// It has succeeded: what failed before is forgotten.
    pub fn succeeded(&self, name: &str) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_counted_by_name_and_forgotten_in_time() {
        let within = Duration::from_mins(15);
        let (attempts, now) = (Attempts::new(within), Instant::now());
        for _ in 0..3 {
            attempts.failed("wang", now);
        }
        assert_eq!(attempts.failures("wang", now), 3);
        assert_eq!(attempts.failures("li", now), 0);
        assert_eq!(attempts.failures("wang", now + within), 0);
        attempts.failed("wang", now + within);
        assert_eq!(attempts.failures("wang", now + within), 1);
        attempts.succeeded("wang");
        assert_eq!(attempts.failures("wang", now), 0);
    }
}
