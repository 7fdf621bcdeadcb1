//! `Day`: a day of the calendar, its number, and the benefit year it lies in.

/// Year, month, day; their order is the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    pub(crate) year: i64,
    pub(crate) month: i64,
    pub(crate) day: i64,
}

impl Day {
    /// Reads `2005-06-01`.
    pub(crate) fn read(text: &str) -> Day {
        let numbers: Vec<i64> = text.split('-').map(|n| n.parse().expect("a day")).collect();
        Day {
            year: numbers[0],
            month: numbers[1],
            day: numbers[2],
        }
    }

    /// Days since the first of March of the year 0, counted year by year and month by month from March.
    pub(crate) fn number(self) -> i64 {
        let (year, month) = if self.month > 2 {
            (self.year, self.month)
        } else {
            (self.year - 1, self.month + 12)
        };
        let months = [31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 29];
        let before: i64 = months
            .iter()
            .take(usize::try_from(month - 3).expect("a month"))
            .sum();
        year * 365 + year / 4 - year / 100 + year / 400 + before + self.day - 1
    }

    /// The day of a number: the search is slow and obvious.
    pub(crate) fn of(number: i64) -> Day {
        let mut day = Day {
            year: number / 366,
            month: 1,
            day: 1,
        };
        while (Day {
            year: day.year + 1,
            ..day
        })
        .number()
            <= number
        {
            day.year += 1;
        }
        while day.month < 12
            && (Day {
                month: day.month + 1,
                ..day
            })
            .number()
                <= number
        {
            day.month += 1;
        }
        day.day += number - day.number();
        day
    }

    pub(crate) fn plus(self, days: i64) -> Day {
        Day::of(self.number() + days)
    }

    /// The first day of the benefit year that this day lies in; `starts` is `07-01`.
    pub(crate) fn first_of_year(self, starts: &str) -> Day {
        let first = Day::read(&format!("{}-{starts}", self.year));
        if first <= self {
            first
        } else {
            Day {
                year: first.year - 1,
                ..first
            }
        }
    }

    /// Whole years since `birth`, none before it.
    pub(crate) fn age(self, birth: Day) -> i64 {
        let birthday_passed = (self.month, self.day) >= (birth.month, birth.day);
        let years = self.year - birth.year - i64::from(!birthday_passed);
        years.max(0)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
