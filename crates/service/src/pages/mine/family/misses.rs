//! `Misses`: how often somebody named an identity number that nobody insured here has. Who does it too often waits: the form is to give
//! to relatives, not to find out who is insured.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often it may happen.
const MOST: u8 = 5;
/// Within so long.
const WITHIN: Duration = Duration::from_mins(15);

/// Of each person that did, how often and since when.
#[derive(Debug, Default)]
pub(super) struct Misses(Mutex<HashMap<u64, (u8, Instant)>>);

impl Misses {
    /// Counts a try as a miss until it is known to be none, so that many at once are no more than one after another; false if there
    /// were too many.
    pub(super) fn begin(&self, person: u64, now: Instant) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (_, since)| now.saturating_duration_since(*since) < WITHIN);
        let (count, _) = all.entry(person).or_insert((0, now));
        let fits = *count < MOST;
        *count += u8::from(fits);
        fits
    }

    /// The try was no miss.
    pub(super) fn hit(&self, person: u64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((count, _)) = all.get_mut(&person) {
            *count = count.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_misses_five_times_waits_for_a_quarter_of_an_hour() {
        let (misses, now) = (Misses::default(), Instant::now());
        for _ in 0..20 {
            assert!(misses.begin(7, now));
            misses.hit(7);
        }
        for _ in 0..MOST {
            assert!(misses.begin(7, now));
        }
        assert!(!misses.begin(7, now));
        assert!(misses.begin(8, now), "nobody else waits");
        assert!(misses.begin(7, now + WITHIN));
    }
}
