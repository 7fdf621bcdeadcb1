//! The clock of a load: what time the messages say it is, in China's time.

use std::cell::RefCell;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// Begins at a moment and goes on with the machine; a text is made once a second.
#[derive(Clone)]
pub(super) struct Clock {
    begin: Instant,
    at_begin: DateTime,
    told: RefCell<(u64, String)>,
}

impl Clock {
    /// Begins with `2025-03-03 17:00:00`, or with the machine's time.
    pub(super) fn at(told: Option<&str>) -> Result<Clock, String> {
        let at_begin = match told {
            Some(text) => text
                .parse::<DateTime>()
                .map_err(|why| format!("`{text}` is no time: {why}"))?,
            None => china(millis()),
        };
        Ok(Clock {
            begin: Instant::now(),
            at_begin,
            told: RefCell::new((0, text(at_begin))),
        })
    }

    /// The text of a moment.
    pub(super) fn now(&self, moment: Instant) -> String {
        let second = moment.saturating_duration_since(self.begin).as_secs();
        let mut told = self.told.borrow_mut();
        if told.0 != second {
            let later = jiff::SignedDuration::from_secs(second as i64);
            *told = (second, text(self.at_begin.saturating_add(later)));
        }
        told.1.clone()
    }

    pub(super) fn begins(&self) -> DateTime {
        self.at_begin
    }
}

fn text(moment: DateTime) -> String {
    let whole = moment.to_string().replace('T', " ");
    whole.chars().take(19).collect()
}

fn china(millis: i64) -> DateTime {
    let moment = Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH);
    Offset::constant(8).to_datetime(moment)
}

/// The machine's time in milliseconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "the load tool is a door: its messages say what time it is"
)]
pub(super) fn millis() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_clock_goes_on_second_by_second() {
        let clock = Clock::at(Some("2025-12-31 23:59:59")).expect("a time");
        assert_eq!(clock.now(clock.begin), "2025-12-31 23:59:59");
        let later = clock.begin + Duration::from_millis(1_500);
        assert_eq!(clock.now(later), "2026-01-01 00:00:00");
        assert!(Clock::at(Some("yesterday")).is_err());
    }

    #[test]
    fn the_time_is_chinas() {
        assert_eq!(text(china(0)), "1970-01-01 08:00:00");
    }
}
