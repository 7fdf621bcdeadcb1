//! `Attempts`: how often something was tried in vain of late, by whatever names it goes: an operator's, an address's, both.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many names are remembered; when there are more, those that are over are forgotten, then whoever tried first.
const MOST: usize = 50_000;

/// Tries in vain within a time. A try counts before it is made, so that many at once are counted, too; one that succeeds is given back.
#[derive(Debug)]
pub struct Attempts {
    within: Duration,
    names: Mutex<HashMap<String, (u32, Instant)>>,
}

impl Attempts {
    /// Tries are forgotten so long after the first one.
    #[must_use]
    pub fn new(within: Duration) -> Attempts {
        Attempts {
            within,
            names: Mutex::default(),
        }
    }

    /// Whether one more try may be made under all the names, each of which has its bound; then it is counted under all of them, else under
    /// none.
    #[must_use]
    pub fn begin(&self, names: &[(String, u32)], now: Instant) -> bool {
        let mut known = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        let over = |since: Instant| now.saturating_duration_since(since) >= self.within;
        for (name, most) in names {
            if known.get(name).is_some_and(|(_, since)| over(*since)) {
                known.remove(name);
            }
            if known.get(name).is_some_and(|(tries, _)| tries >= most) {
                return false;
            }
        }
        if known.len() >= MOST {
            known.retain(|_, (_, since)| !over(*since));
        }
        if known.len() >= MOST {
            let first = known.iter().min_by_key(|(_, (_, since))| *since);
            if let Some(first) = first.map(|(name, _)| name.clone()) {
                known.remove(&first);
            }
        }
        for (name, _) in names {
            let (tries, _) = known.entry(name.clone()).or_insert((0, now));
            *tries = tries.saturating_add(1);
        }
        true
    }

    /// A try has succeeded: it was none in vain, and under the first name nothing was.
    pub fn succeeded(&self, names: &[(String, u32)]) {
        let mut known = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        for (place, (name, _)) in names.iter().enumerate() {
            if place == 0 {
                known.remove(name);
            } else if let Some((tries, _)) = known.get_mut(name) {
                *tries = tries.saturating_sub(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITHIN: Duration = Duration::from_mins(15);

    fn names(one: &str, other: &str) -> [(String, u32); 2] {
        [(one.to_owned(), 3), (other.to_owned(), 5)]
    }

    #[test]
    fn tries_are_counted_by_all_names_and_forgotten_in_time() {
        let (attempts, now) = (Attempts::new(WITHIN), Instant::now());
        for _ in 0..3 {
            assert!(attempts.begin(&names("wang", "here"), now));
        }
        assert!(!attempts.begin(&names("wang", "here"), now));
        assert!(attempts.begin(&names("li", "here"), now));
        assert!(attempts.begin(&names("li", "here"), now));
        // What was refused counts nowhere: five were made here.
        assert!(!attempts.begin(&names("zhao", "here"), now));
        assert!(attempts.begin(&names("zhao", "there"), now));
        assert!(attempts.begin(&names("wang", "here"), now + WITHIN));
    }

    #[test]
    fn who_succeeds_begins_anew_and_the_others_do_not() {
        let (attempts, now) = (Attempts::new(WITHIN), Instant::now());
        for _ in 0..2 {
            assert!(attempts.begin(&names("wang", "here"), now));
        }
        assert!(attempts.begin(&names("wang", "here"), now));
        attempts.succeeded(&names("wang", "here"));
        for _ in 0..3 {
            assert!(attempts.begin(&names("wang", "here"), now));
        }
        // Two in vain before the one that succeeded, and three since.
        assert!(!attempts.begin(&names("li", "here"), now));
    }

    /// Five hundred at once are no more than three.
    #[test]
    fn tries_at_once_are_counted_as_well() {
        let (attempts, now) = (Attempts::new(WITHIN), Instant::now());
        let made = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..500)
                .map(|_| scope.spawn(|| attempts.begin(&names("wang", "here"), now)))
                .collect();
            let made = tries.into_iter().map(|t| t.join().expect("a try"));
            made.filter(|made| *made).count()
        });
        assert_eq!(made, 3);
    }
}
