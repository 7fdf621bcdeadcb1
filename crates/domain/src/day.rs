//! Days: the benefit year a day falls in, ages, spans.

use jiff::civil::Date;

/// The first day of a region's benefit year (结算年度), as month and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearStart {
    /// 1 to 12.
    pub month: i8,
    /// 1 to 28.
    pub day: i8,
}

impl YearStart {
    /// The calendar year.
    pub const CALENDAR: YearStart = YearStart { month: 1, day: 1 };

    /// First day of the benefit year in which `day` falls.
    #[must_use]
    pub fn of(self, day: Date) -> Date {
        let earlier = (day.month(), day.day()) < (self.month, self.day);
        let year = day.year() - i16::from(earlier);
        // The day is at most 28, so it exists in every month of every year.
        Date::new(year, self.month, self.day).unwrap_or(day)
    }
}

/// A stretch of days; both the first and the last belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day; open if absent.
    pub until: Option<Date>,
}

impl Span {
    /// Does the day lie in it?
    #[inline]
    #[must_use]
    pub fn covers(self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// The first day that both have; none when they have none in common.
    #[must_use]
    pub fn overlap(self, other: Span) -> Option<Date> {
        let first = self.from.max(other.from);
        (self.covers(first) && other.covers(first)).then_some(first)
    }
}

/// Whole years of age on `day`; none when born later.
#[must_use]
pub fn age_on(birth: Date, day: Date) -> Option<u16> {
    if birth > day {
        return None;
    }
    let before_birthday = (day.month(), day.day()) < (birth.month(), birth.day());
    u16::try_from(day.year() - birth.year() - i16::from(before_birthday)).ok()
}

/// Whole days from `from` to `until`; 0 when `until` is earlier.
#[must_use]
pub fn days_between(from: Date, until: Date) -> u32 {
    let days = (until - from).get_days();
    u32::try_from(days).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_before_the_first_of_july_belongs_to_the_year_before() {
        let shanghai = YearStart { month: 7, day: 1 };
        assert_eq!(shanghai.of(date(2023, 6, 30)), date(2022, 7, 1));
        assert_eq!(shanghai.of(date(2023, 7, 1)), date(2023, 7, 1));
        assert_eq!(YearStart::CALENDAR.of(date(2023, 12, 31)), date(2023, 1, 1));
    }

    #[test]
    fn a_person_ages_on_the_birthday() {
        assert_eq!(age_on(date(1953, 6, 2), date(2023, 6, 1)), Some(69));
        assert_eq!(age_on(date(1953, 6, 2), date(2023, 6, 2)), Some(70));
        assert_eq!(age_on(date(2024, 1, 1), date(2023, 6, 2)), None);
    }

    #[test]
    fn spans_meet_on_the_first_day_that_both_have() {
        let span = |from, until| Span { from, until };
        let year = span(date(2024, 1, 1), Some(date(2024, 12, 31)));
        assert!(year.covers(date(2024, 1, 1)) && year.covers(date(2024, 12, 31)));
        assert!(!year.covers(date(2023, 12, 31)) && !year.covers(date(2025, 1, 1)));
        let open = span(date(2024, 12, 31), None);
        assert_eq!(year.overlap(open), Some(date(2024, 12, 31)));
        assert_eq!(open.overlap(year), Some(date(2024, 12, 31)));
        assert_eq!(year.overlap(span(date(2025, 1, 1), None)), None);
        let backwards = span(date(2024, 6, 2), Some(date(2024, 6, 1)));
        assert_eq!(year.overlap(backwards), None);
    }

    #[test]
    fn a_stay_of_two_weeks_is_fourteen_days() {
        assert_eq!(days_between(date(2005, 6, 1), date(2005, 6, 15)), 14);
        assert_eq!(days_between(date(2004, 12, 20), date(2005, 3, 20)), 90);
    }
}
