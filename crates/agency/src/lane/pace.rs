//! `Pace`: how long a busy lane gathers before its next turn. A commit costs nearly as much for one request as for ten, so a lane whose
//! requests come close upon one another serves all of them sooner by waiting a little than by committing each; an idle one never waits.

use std::time::{Duration, Instant};

/// From the beginning of a busy turn to that of the next.
const STRIDE: Duration = Duration::from_millis(2);
/// A turn of so many requests was busy.
const BUSY: usize = 2;

/// When the last turn began, if it was busy.
#[derive(Debug, Default)]
pub(super) struct Pace {
    busy: Option<Instant>,
}

impl Pace {
    /// What is left of the stride before the next turn may begin; nothing if it may begin at once.
    pub(super) fn left(&self, now: Instant) -> Duration {
        let since = self.busy.map(|began| now.saturating_duration_since(began));
        since.map_or(Duration::ZERO, |since| STRIDE.saturating_sub(since))
    }

    /// A turn that began then took so many requests.
    pub(super) fn turned(&mut self, began: Instant, requests: usize) {
        self.busy = (requests >= BUSY).then_some(began);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_busy_lane_waits_and_never_longer_than_a_stride() {
        let began = Instant::now();
        let mut pace = Pace::default();
        assert_eq!(pace.left(began), Duration::ZERO, "nothing came before");
        pace.turned(began, BUSY);
        assert_eq!(pace.left(began), STRIDE);
        assert_eq!(pace.left(began + STRIDE / 4), STRIDE * 3 / 4);
        assert_eq!(pace.left(began + STRIDE), Duration::ZERO);
        assert_eq!(pace.left(began + STRIDE * 9), Duration::ZERO);
        pace.turned(began, BUSY - 1);
        assert_eq!(pace.left(began), Duration::ZERO, "one request alone");
    }
}
