//! `Clock`: what time it is, in China. The agency has no clock; the doors tell it.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{self, TimeZone};

/// All of China keeps one time, eight hours ahead of the universal one, without summer time.
const AHEAD: tz::Offset = tz::offset(8);

/// Now, to the millisecond.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the doors have the clock")]
pub(crate) fn stamp() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    // A clock set before 1970 tells 1970.
    let millis = since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0));
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Now, in China, to the millisecond.
#[must_use]
pub(crate) fn now() -> DateTime {
    civil(stamp())
}

/// A moment, in China.
#[must_use]
pub(crate) fn civil(stamp: Timestamp) -> DateTime {
    TimeZone::fixed(AHEAD).to_datetime(stamp)
}

/// The moment of a time in China; the earliest there is, where it is too far off to have one.
#[must_use]
pub(crate) fn moment(time: DateTime) -> Timestamp {
    TimeZone::fixed(AHEAD)
        .to_timestamp(time)
        .unwrap_or(Timestamp::MIN)
}

/// A time to the second, as it is recorded.
#[must_use]
pub(crate) fn second(time: DateTime) -> DateTime {
    time.with().subsec_nanosecond(0).build().unwrap_or(time)
}
