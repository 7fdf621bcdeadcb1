//! `Event`: what happens in a person's life after the town's first day, month by month.

use domain::fen::Fen;
use domain::month::Month;
use domain::person::Status;
use jiff::Span;
use jiff::civil::Date;

use crate::dice::{Dice, Purpose};
use crate::town::Town;
use crate::townsman::{Traits, wage};

/// What happens to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Born, and insured from this day.
    Born(Date),
    /// Begins to work for another employer.
    ChangedEmployer {
        /// First day at the new employer.
        day: Date,
        /// Number of the old employer.
        from: u32,
        /// Number of the new employer.
        to: u32,
        /// Monthly wage there.
        wage: Fen,
    },
    /// Stops work and draws a pension from this day.
    Retired(Date),
    /// The employer pays the premium of the month late; see [`Town::late_payment`].
    EmployerPaysLate {
        /// Its number.
        employer: u32,
        /// Last day of the month that the premium is for.
        due: Date,
        /// The day on which it is paid.
        paid: Date,
    },
    /// Leaves for another region; the last event.
    MovedOut(Date),
    /// Dies; the last event.
    Died(Date),
}

impl Event {
    /// The day on which it happens.
    #[must_use]
    pub fn day(&self) -> Date {
        match self {
            Event::ChangedEmployer { day, .. } => *day,
            Event::EmployerPaysLate { due, .. } => *due,
            Event::Born(day) | Event::Retired(day) | Event::MovedOut(day) | Event::Died(day) => {
                *day
            }
        }
    }
}

/// Up to this age, how many of ten thousand die in a year and how many move away.
const LEAVING: &[(i16, u32, u32)] = &[
    (-1, 0, 0),
    (0, 40, 20),
    (17, 4, 40),
    (39, 6, 150),
    (49, 15, 60),
    (59, 40, 30),
    (69, 110, 20),
    (79, 320, 10),
    (89, 900, 5),
    (i16::MAX, 2200, 0),
];

/// Of a hundred employed, how many change their employer in a year.
const RESTLESS: u32 = 9;

/// A year of a life, counted from the town's first day: at most one change of employer, at most one end.
struct Turn {
    change: Option<(Date, u32, Fen)>,
    end: Option<Event>,
}

/// Days of a year of a life. That a year has a quarter of a day more does not matter here.
const YEAR: i32 = 365;

impl Town {
    /// What happens to a person in a month, in the order of the days; nothing for a month before the town's first day.
    pub fn events_of(&self, number: u64, month: Month) -> impl Iterator<Item = Event> + use<> {
        self.events(number, month).unwrap_or_default().into_iter()
    }

    fn events(&self, number: u64, month: Month) -> Option<Vec<Event>> {
        let (first, last) = self.days_in(month)?;
        let traits = self.traits(number)?;
        let mut events = Vec::new();
        if traits.birth > self.start {
            events.push(Event::Born(traits.birth));
        }
        let retirement = traits
            .retirement()
            .filter(|_| traits.status != Status::Retired);
        events.extend(retirement.map(Event::Retired));
        let works_on = |day: Date| retirement.is_some_and(|retired| day < retired);
        let mut employer = traits.employer;
        let mut end = None;
        for turn in self.turns(number, &traits, last) {
            let change = turn
                .change
                .filter(|(day, ..)| works_on(*day) && *day <= last);
            if let (Some((day, to, wage)), Some(from)) = (change, employer) {
                events.push(Event::ChangedEmployer {
                    day,
                    from,
                    to,
                    wage,
                });
                employer = Some(to);
            }
            end = turn.end.filter(|end| end.day() <= last);
        }
        if let Some(employer) = employer.filter(|_| works_on(last)) {
            let late = self.late_payment(employer, month);
            events.extend(late.map(|paid| Event::EmployerPaysLate {
                employer,
                due: last,
                paid,
            }));
        }
        if let Some(end) = end {
            events.retain(|event| event.day() < end.day());
            events.push(end);
        }
        events.retain(|event| first <= event.day() && event.day() <= last);
        events.sort_by_key(Event::day);
        Some(events)
    }

    /// The day on which a person dies or moves away, if that is until then.
    pub(crate) fn leaves(&self, number: u64, traits: &Traits, until: Date) -> Option<Date> {
        let end = self
            .turns(number, traits, until)
            .find_map(|turn| turn.end)?;
        (end.day() <= until).then(|| end.day())
    }

    /// The years of a life up to the one in which `until` lies or in which it ends.
    fn turns(&self, number: u64, traits: &Traits, until: Date) -> impl Iterator<Item = Turn> {
        let years = domain::day::days_between(self.start, until) / YEAR.unsigned_abs();
        let mut ended = false;
        (0..=years).map_while(move |year| {
            let turn = (!ended).then(|| self.turn(number, traits, year))?;
            ended = turn.end.is_some();
            Some(turn)
        })
    }

    fn turn(&self, number: u64, traits: &Traits, year: u32) -> Turn {
        let mut dice = Dice::new(self.seed, Purpose::Life, number, year.into());
        let year = i16::try_from(year).unwrap_or(i16::MAX);
        let age = traits.age.saturating_add(year);
        let row = LEAVING.iter().find(|(upto, ..)| age <= *upto);
        let (deaths, moves) = row.map_or((0, 0), |(_, deaths, moves)| (*deaths, *moves));
        let (lot, days, change) = (dice.below(10_000), dice.below(365), dice.percent(RESTLESS));
        let day = |days: u32| {
            let days = i32::from(year) * YEAR + i32::try_from(days).unwrap_or(0);
            self.start.saturating_add(Span::new().days(days))
        };
        let end = if lot < deaths {
            Some(Event::Died(day(days)))
        } else if lot < deaths + moves {
            Some(Event::MovedOut(day(days)))
        } else {
            None
        };
        let change = (change && traits.employer.is_some()).then(|| {
            (
                day(dice.below(365)),
                dice.heavy_tail(self.employers()),
                wage(&mut dice),
            )
        });
        Turn { change, end }
    }
}
