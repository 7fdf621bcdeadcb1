//! `Month`: a calendar month, in which premiums are paid and cover is counted.

use std::fmt;

use jiff::civil::Date;

/// A calendar month. Sums stop at the ends of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// The month with this number, 1 to 12, if the calendar has it.
    #[must_use]
    pub fn new(year: i16, month: i8) -> Option<Month> {
        Date::new(year, month, 1).ok().map(Month::of)
    }

    /// The month of a day.
    #[inline]
    #[must_use]
    pub fn of(day: Date) -> Month {
        Month {
            year: day.year(),
            month: day.month(),
        }
    }

    /// Its year.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// Its number in the year, 1 to 12.
    #[must_use]
    pub const fn month(self) -> i8 {
        self.month
    }

    /// As six digits, like 202611.
    #[must_use]
    pub fn digits(self) -> u32 {
        u32::from(self.year.unsigned_abs()) * 100 + u32::from(self.month.unsigned_abs())
    }

    /// The month of six digits.
    #[must_use]
    pub fn of_digits(digits: u32) -> Option<Month> {
        let year = i16::try_from(digits / 100).ok()?;
        Month::new(year, i8::try_from(digits % 100).ok()?)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        // Every month that can be built has a first day.
        Date::new(self.year, self.month, 1).unwrap_or(Date::MAX)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        self.first_day().last_of_month()
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Month {
        self.plus(1)
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Month {
        self.plus(-1)
    }

    /// So many months later; earlier if negative.
    #[must_use]
    pub fn plus(self, months: i32) -> Month {
        let (least, most) = (Month::of(Date::MIN).number(), Month::of(Date::MAX).number());
        let number = self.number().saturating_add(months).clamp(least, most);
        // Within the calendar both fit.
        let year = i16::try_from(number.div_euclid(12)).unwrap_or(self.year);
        let month = i8::try_from(number.rem_euclid(12) + 1).unwrap_or(self.month);
        Month { year, month }
    }

    /// Whole months from this one to `later`, which does not count; 0 when it is not later.
    #[must_use]
    pub fn months_between(self, later: Month) -> u32 {
        u32::try_from(later.number() - self.number()).unwrap_or(0)
    }

    /// Months since the year 0.
    fn number(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }
}

/// `2024-03`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}", self.year, self.month))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn month(year: i16, number: i8) -> Month {
        Month::new(year, number).expect("the calendar has it")
    }

    #[test]
    fn months_go_over_the_end_of_the_year() {
        for (from, plus, to) in [
            (month(2023, 12), 1, month(2024, 1)),
            (month(2024, 1), -1, month(2023, 12)),
            (month(2024, 3), 24, month(2026, 3)),
            (month(2024, 3), -15, month(2022, 12)),
            (month(9999, 12), 1, month(9999, 12)),
            (month(-9999, 1), -1, month(-9999, 1)),
        ] {
            assert_eq!(from.plus(plus), to, "{from} {plus}");
        }
    }

    #[test]
    fn months_between_leaves_the_later_one_out() {
        for (from, to, between) in [
            (month(2024, 1), month(2024, 1), 0),
            (month(2023, 11), month(2024, 2), 3),
            (month(2024, 2), month(2023, 11), 0),
        ] {
            assert_eq!(from.months_between(to), between, "{from} {to}");
        }
    }

    #[test]
    fn a_month_has_its_days() {
        let february = Month::of(date(2024, 2, 10));
        assert_eq!(february.first_day(), date(2024, 2, 1));
        assert_eq!(february.last_day(), date(2024, 2, 29));
        assert_eq!(february.to_string(), "2024-02");
        assert_eq!(Month::new(2024, 13), None);
        assert!(month(2023, 12) < february);
    }
}
