//! Days and times, in every spelling that is seen.

use jiff::civil::{Date, DateTime, Time};

/// A day, with or without a time behind it.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    time(text).map(DateTime::date)
}

/// A time: `yyyy-MM-dd HH:mm:ss`, with `T` or `/`, without seconds, with thousandths, as 14 or 17 digits; a bare day
/// is its first second. A zone other than China's is not understood: the interface has none.
#[must_use]
pub fn time(text: &str) -> Option<DateTime> {
    let text = text.trim();
    let bytes = text.as_bytes();
    if bytes.iter().all(u8::is_ascii_digit) {
        return digits(bytes);
    }
    let (day, rest) = bytes.split_at_checked(10)?;
    let [y1, y2, y3, y4, dash, m1, m2, dash2, d1, d2] = *day else {
        return None;
    };
    if dash != dash2 || !matches!(dash, b'-' | b'/') {
        return None;
    }
    let day = date(&[y1, y2, y3, y4], &[m1, m2], &[d1, d2])?;
    match rest {
        [] => Some(day.to_datetime(Time::midnight())),
        [b' ' | b'T', clock @ ..] => Some(day.to_datetime(self::clock(clock)?)),
        _ => None,
    }
}

/// `yyyyMMdd`, `yyyyMMddHHmmss` or `yyyyMMddHHmmssSSS`.
fn digits(bytes: &[u8]) -> Option<DateTime> {
    if !matches!(bytes.len(), 8 | 14 | 17) {
        return None;
    }
    let day = date(&bytes[..4], &bytes[4..6], &bytes[6..8])?;
    if bytes.len() == 8 {
        return Some(day.to_datetime(Time::midnight()));
    }
    let time = of_day(&bytes[8..10], &bytes[10..12], &bytes[12..14], &bytes[14..])?;
    Some(day.to_datetime(time))
}

/// `HH:mm`, `HH:mm:ss`, `HH:mm:ss.SSS`, each perhaps with China's zone.
fn clock(bytes: &[u8]) -> Option<Time> {
    let zones: [&[u8]; 2] = [b"+08:00", b"+0800"];
    let bytes = zones
        .iter()
        .find_map(|zone| bytes.strip_suffix(*zone))
        .unwrap_or(bytes);
    match bytes {
        [h1, h2, b':', m1, m2] => of_day(&[*h1, *h2], &[*m1, *m2], b"0", b""),
        [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] => {
            let thousandths = match rest {
                [] => &[],
                [b'.', digits @ ..] if !digits.is_empty() => digits,
                _ => return None,
            };
            of_day(&[*h1, *h2], &[*m1, *m2], &[*s1, *s2], thousandths)
        }
        _ => None,
    }
}

fn date(year: &[u8], month: &[u8], day: &[u8]) -> Option<Date> {
    let year = i16::try_from(number(year)?).ok()?;
    let month = i8::try_from(number(month)?).ok()?;
    Date::new(year, month, i8::try_from(number(day)?).ok()?).ok()
}

fn of_day(hour: &[u8], minute: &[u8], second: &[u8], fraction: &[u8]) -> Option<Time> {
    let part = |digits| i8::try_from(number(digits)?).ok();
    if fraction.len() > 9 {
        return None;
    }
    let missing = u32::try_from(9 - fraction.len()).ok()?;
    let nanosecond = number(fraction)? * 10_i32.pow(missing);
    Time::new(part(hour)?, part(minute)?, part(second)?, nanosecond).ok()
}

/// The number of at most nine digits; of none 0.
fn number(digits: &[u8]) -> Option<i32> {
    digits.iter().try_fold(0_i32, |number, b| {
        let digit = b.is_ascii_digit().then(|| i32::from(b - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}
