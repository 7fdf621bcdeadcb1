//! The same seed gives the same bytes, whoever else is asked for and in whatever order.

use domain::month::Month;
use std::fmt::Write as _;

use super::{town, year};
use domain::region::Region;
use jiff::civil::{Date, date};
use town::Town;

/// FNV-1a of what is written into it.
struct Hash(u64);

impl std::fmt::Write for Hash {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
        Ok(())
    }
}

/// Persons and employers, and the persons' visits and events of one month.
fn bytes(town: &Town) -> [String; 2] {
    let (mut persons, mut month) = (Hash(0xCBF2_9CE4_8422_2325), Hash(0xCBF2_9CE4_8422_2325));
    for number in 0..1000 {
        write!(persons, "{:?}", town.person(number)).expect("a hash takes all");
        for visit in town.visits_of(number, crate::month(2024, 2)) {
            write!(month, "{visit:?}").expect("a hash takes all");
        }
        for event in town.events_of(number, crate::month(2024, 2)) {
            write!(month, "{event:?}").expect("a hash takes all");
        }
    }
    for number in 0..town.employers() {
        write!(persons, "{:?}", town.employer(number)).expect("a hash takes all");
    }
    [persons, month].map(|hash| format!("{:016x}", hash.0))
}

/// When a figure of the generator is changed on purpose, these change with it.
#[test]
fn the_bytes_of_a_seed_are_these() {
    assert_eq!(
        bytes(&town(1, 1000)),
        ["3d6a6ee5038e58b2", "0f910fb2990f380a"]
    );
}

#[test]
fn another_seed_gives_others() {
    let (one, two) = (bytes(&town(1, 1000)), bytes(&town(2, 1000)));
    assert_ne!(one[0], two[0]);
    assert_ne!(one[1], two[1]);
}

#[test]
fn months_may_be_asked_for_in_any_order() {
    let town = town(3, 200);
    let forward: Vec<_> = year().map(|month| all(&town, month)).collect();
    let mut backward: Vec<_> = year().collect::<Vec<_>>().into_iter().rev().collect();
    let mut backward: Vec<_> = backward.drain(..).map(|month| all(&town, month)).collect();
    backward.reverse();
    assert_eq!(forward, backward);
}

/// What happens in a month, told from the last person to the first.
fn all(town: &Town, month: Month) -> String {
    let mut text = String::new();
    for number in (0..town.persons()).rev() {
        let visits: Vec<_> = town.visits_of(number, month).collect();
        let events: Vec<_> = town.events_of(number, month).collect();
        write!(text, "{visits:?}{events:?}").expect("a text takes all");
    }
    text
}

#[test]
fn nothing_is_outside_the_town() {
    let town = town(1, 10);
    assert_eq!(
        (town.person(10), town.employer(town.employers())),
        (None, None)
    );
    assert_eq!(town.facility(town.facility_count()), None);
    for (number, month) in [(10, crate::month(2024, 1)), (0, crate::month(2023, 12))] {
        assert_eq!(town.visits_of(number, month).count(), 0, "{month:?}");
        assert_eq!(town.events_of(number, month).count(), 0, "{month:?}");
    }
}

#[test]
fn the_largest_town_and_the_ends_of_time_are_towns_too() {
    let region = Region::parse("990000").expect("six digits");
    for start in [Date::MIN, date(2024, 2, 29), Date::MAX] {
        let town = Town::new(u64::MAX, u64::MAX, start, region);
        assert_eq!(town.persons(), Town::LARGEST);
        for number in [0, 1_825_000, Town::LARGEST - 1] {
            let person = town.person(number).expect("it lives there");
            assert_eq!(person.identity_number.len(), 18);
            for month in [(-9999, 1), (2024, 2), (9999, 12)].map(|(y, m)| crate::month(y, m)) {
                let visits = town.visits_of(number, month);
                let first = visits.map(|visit| visit.days.first()).min();
                assert!(first.is_none_or(|day| day >= start), "{start} {month:?}");
                let events = town.events_of(number, month);
                assert!(events.map(|event| event.day()).all(|day| day >= start));
            }
        }
        let last = town
            .facility(town.facility_count() - 1)
            .expect("it is there");
        assert_eq!(last.code.len(), 12, "{}", last.code);
        let last = town.employer(town.employers() - 1).expect("it is there");
        assert_eq!(last.code.len(), 18, "{}", last.code);
    }
}
