//! A moment: the second in which something was recorded, in China's time, as a whole number like `20261126183005`.

use jiff::civil::{Date, DateTime};
use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serializer};

/// A moment as a whole number; parts of a second are not kept.
#[must_use]
pub fn digits(at: DateTime) -> u64 {
    let (day, time) = (at.date(), at.time());
    let two = |part: i8| u64::from(part.unsigned_abs());
    let clock = two(time.hour()) * 10_000 + two(time.minute()) * 100 + two(time.second());
    first(day) + clock
}

/// The first second of a day.
#[must_use]
pub fn first(day: Date) -> u64 {
    let two = |part: i8| u64::from(part.unsigned_abs());
    let year = u64::from(day.year().unsigned_abs());
    (year * 10_000 + two(day.month()) * 100 + two(day.day())) * 1_000_000
}

/// The last second of a day.
#[must_use]
pub fn last(day: Date) -> u64 {
    first(day) + 235_959
}

/// The moment of such a number.
#[must_use]
pub fn of_digits(digits: u64) -> Option<DateTime> {
    let part = |unit: u64| i8::try_from(digits / unit % 100).ok();
    let year = i16::try_from(digits / 10_000_000_000).ok()?;
    let (month, day) = (part(100_000_000)?, part(1_000_000)?);
    let (hour, minute, second) = (part(10_000)?, part(100)?, part(1)?);
    DateTime::new(year, month, day, hour, minute, second, 0).ok()
}

/// A moment without the parts of its second, as it comes back from a record.
pub(crate) fn whole(at: DateTime) -> Option<DateTime> {
    of_digits(digits(at))
}

pub(crate) fn serialize<S: Serializer>(at: &Option<DateTime>, s: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => s.serialize_u64(digits(*at)),
        None => s.serialize_none(),
    }
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<DateTime>, D::Error> {
    let read = |digits: u64| {
        of_digits(digits).ok_or_else(|| D::Error::custom(format!("{digits} is no moment")))
    };
    Option::<u64>::deserialize(d)?.map(read).transpose()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::*;

    #[test]
    fn a_moment_comes_back_from_its_number_without_parts_of_a_second() {
        let at = datetime(2026, 11, 26, 18, 30, 5, 999_000_000);
        assert_eq!(digits(at), 20_261_126_183_005);
        assert_eq!(of_digits(digits(at)), whole(at));
        assert_eq!(whole(at), Some(datetime(2026, 11, 26, 18, 30, 5, 0)));
        assert_eq!(first(date(2026, 11, 6)), 20_261_106_000_000);
        assert_eq!(last(date(2026, 11, 6)), 20_261_106_235_959);
        for none in [20_261_126_246_000, 20_261_326_000_000, 5, u64::MAX] {
            assert_eq!(of_digits(none), None, "{none}");
        }
    }
}
