//! Events: a life in order, as often as lives go, and nothing after its end.

use super::{town, year};
use domain::month::Month;
use domain::person::Status;
use jiff::civil::{Date, date};
use town::Event;

/// The 120 months from January 2024 on.
fn decade() -> impl Iterator<Item = Month> {
    (2024..2034).flat_map(|year| (1..=12).map(move |number| crate::month(year, number)))
}

#[test]
fn a_life_goes_forward_and_ends_once() {
    let town = town(31, 2_000);
    for number in 0..town.persons() {
        let person = town.person(number).expect("it lives there");
        let (mut employer, mut end) = (person.employer, None::<Date>);
        for month in decade() {
            let events: Vec<Event> = town.events_of(number, month).collect();
            assert!(events.is_sorted_by_key(Event::day), "{number}: {events:?}");
            for event in events {
                assert_eq!(Month::of(event.day()), month, "{number}: {event:?}");
                assert_eq!(end, None, "{number}: {event:?} after the end");
                match event {
                    Event::Born(day) => assert!(day == person.birth && day > town.start()),
                    Event::Retired(day) => {
                        assert!(day > town.start() && person.retired.is_none());
                        assert_ne!(person.status, Status::Resident);
                        employer = None;
                    }
                    Event::ChangedEmployer { from, to, wage, .. } => {
                        assert!(employer == Some(from) && to < town.employers() && !wage.is_zero());
                        employer = Some(to);
                    }
                    Event::EmployerPaysLate {
                        employer: late,
                        due,
                        paid,
                    } => {
                        assert!(employer == Some(late) && due == due.last_of_month() && paid > due);
                        assert_eq!(town.late_payment(late, month), Some(paid));
                    }
                    Event::Died(day) | Event::MovedOut(day) => end = Some(day),
                }
            }
            if let Some(end) = end {
                let late = town
                    .visits_of(number, month)
                    .find(|visit| visit.days.settlement() > end);
                assert_eq!(late, None, "{number} left on {end}");
            }
        }
    }
}

#[test]
fn who_is_not_yet_born_neither_falls_ill_nor_dies() {
    let town = town(32, 5_000);
    let mut born = 0;
    for number in 0..town.persons() {
        let person = town.person(number).expect("it lives there");
        for month in [crate::month(2024, 6), crate::month(2024, 12)] {
            let last = month.last_day();
            if person.birth > last {
                assert_eq!(town.visits_of(number, month).count(), 0, "{number}");
                assert_eq!(
                    town.events_of(number, month)
                        .filter(|e| e.day() < last)
                        .count(),
                    0,
                    "{number}"
                );
            }
        }
        let births = decade().flat_map(|month| town.events_of(number, month));
        let births = births
            .filter(|event| matches!(event, Event::Born(_)))
            .count();
        assert_eq!(
            births,
            usize::from(person.birth > date(2024, 1, 1)),
            "{number}"
        );
        born += births;
    }
    assert!(
        (40..80).contains(&born),
        "{born} of 5,000 are born in two years"
    );
}

#[test]
fn events_are_as_frequent_as_in_a_city() {
    let town = town(33, 20_000);
    let mut counts = [0; 6];
    for number in 0..town.persons() {
        for event in year().flat_map(|month| town.events_of(number, month)) {
            counts[match event {
                Event::Born(_) => 0,
                Event::ChangedEmployer { .. } => 1,
                Event::Retired(_) => 2,
                Event::EmployerPaysLate { .. } => 3,
                Event::MovedOut(_) => 4,
                Event::Died(_) => 5,
            }] += 1;
        }
    }
    let bounds = [90..150, 500..750, 150..350, 400..1_200, 80..180, 90..160];
    let names = [
        "born",
        "changed employer",
        "retired",
        "paid late",
        "moved out",
        "died",
    ];
    for ((count, bounds), name) in counts.iter().zip(bounds).zip(names) {
        assert!(
            bounds.contains(count),
            "{name}: {count} of 20,000 in a year"
        );
    }
}
