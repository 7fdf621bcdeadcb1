//! `Dated`: something of a person that is so from a day on until the next.

use jiff::civil::Date;

/// Values by the day from which each holds, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<T>(pub Vec<(Date, T)>);

impl<T> Default for Dated<T> {
    fn default() -> Dated<T> {
        Dated(Vec::new())
    }
}

impl<T> Dated<T> {
    /// What holds on a day: the last value begun, or the first where none has begun yet.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&T> {
        let begun = self.0.iter().rev().find(|(from, _)| *from <= day);
        begun.or(self.0.first()).map(|(_, value)| value)
    }

    /// The latest value.
    #[must_use]
    pub fn latest(&self) -> Option<&T> {
        self.0.last().map(|(_, value)| value)
    }

    /// From a day on it is this; what was known for later days stays.
    pub(super) fn set(&mut self, from: Date, value: T) {
        match self.0.binary_search_by_key(&from, |(day, _)| *day) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (from, value)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_value_holds_from_its_day_on() {
        let mut dated = Dated::default();
        assert_eq!(dated.on(date(2024, 1, 1)), None);
        dated.set(date(2024, 1, 1), "a");
        dated.set(date(2025, 1, 1), "c");
        dated.set(date(2024, 7, 1), "b");
        dated.set(date(2025, 1, 1), "d");
        for (day, value) in [
            (date(2023, 1, 1), "a"),
            (date(2024, 6, 30), "a"),
            (date(2024, 7, 1), "b"),
            (date(2024, 12, 31), "b"),
            (date(2026, 1, 1), "d"),
        ] {
            assert_eq!(dated.on(day), Some(&value), "{day}");
        }
    }
}
