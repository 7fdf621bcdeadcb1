//! Shares: of statuses, ages, visits and costs, within bounds that a Chinese city lies in.

use super::{town, year};
use domain::bill::Setting;
use domain::person::Status;
use domain::words::Lang;
use town::{Town, Townsman, Visit};

const PERSONS: u64 = 10_000;

fn people(town: &Town) -> Vec<Townsman> {
    (0..town.persons())
        .filter_map(|number| town.person(number))
        .collect()
}

/// Asserts that so many of ten thousand lie within these hundredths.
fn share(what: &str, count: usize, (least, most): (usize, usize)) {
    assert!(
        (least * 100..=most * 100).contains(&count),
        "{what}: {count} of 10,000"
    );
}

#[test]
fn statuses_and_ages_are_those_of_a_city() {
    let people = people(&town(11, PERSONS));
    let count = |holds: &dyn Fn(&&Townsman) -> bool| people.iter().filter(holds).count();
    for (status, bounds) in [
        (Status::Active, (33, 37)),
        (Status::Flexible, (4, 7)),
        (Status::Retired, (13, 17)),
        (Status::Resident, (42, 48)),
    ] {
        share(status.code(), count(&|p| p.status == status), bounds);
    }
    share("under 18", count(&|p| p.birth.year() > 2005), (18, 22));
    share("over 60", count(&|p| p.birth.year() < 1964), (15, 20));
    share("chronic", count(&|p| p.chronic.is_some()), (13, 22));
    share("identities", count(&|p| !p.identities.is_empty()), (35, 50));
    share(
        "with a relative's account",
        count(&|p| p.family.is_some()),
        (8, 30),
    );
}

#[test]
fn what_a_person_is_fits_together() {
    let town = town(12, PERSONS);
    let people = people(&town);
    for person in &people {
        let (id, status) = (person.number, person.status);
        assert_eq!(person.employer.is_some(), status == Status::Active, "{id}");
        assert_eq!(person.retired.is_some(), status == Status::Retired, "{id}");
        let paid = matches!(status, Status::Active | Status::Flexible);
        assert_eq!(person.wage.is_some(), paid, "{id}");
        assert!(
            person
                .employer
                .is_none_or(|employer| employer < town.employers()),
            "{id}"
        );
        assert!(
            person
                .retired
                .is_none_or(|day| day <= town.start() && day > person.birth),
            "{id}"
        );
        if let Some(family) = person.family {
            let relative = &people[usize::try_from(family).expect("few")];
            assert!(
                family != id && matches!(relative.status, Status::Active | Status::Retired),
                "{id}"
            );
        }
    }
}

#[test]
fn employers_have_a_heavy_tail_and_all_wages_are_paid() {
    let town = town(13, PERSONS);
    let people = people(&town);
    let mut staff = vec![0; town.employers() as usize];
    for employer in people.iter().filter_map(|person| person.employer) {
        staff[employer as usize] += 1;
    }
    let (all, first): (usize, usize) = (staff.iter().sum(), staff[0]);
    assert!(
        first * 20 > all * 2 && first * 20 < all * 5,
        "the largest has {first} of {all}"
    );
    assert!(
        staff.iter().filter(|n| **n < 20).count() * 2 > staff.len(),
        "most are small"
    );
    let mut wages: Vec<u64> = people
        .iter()
        .filter_map(|person| person.wage)
        .map(|w| w.fen())
        .collect();
    wages.sort_unstable();
    let median = wages[wages.len() / 2];
    assert!((600_000..700_000).contains(&median), "{median}");
    assert!(wages[0] >= 230_000 && wages[wages.len() - 1] > 2_500_000);
}

fn visits(town: &Town) -> Vec<Visit> {
    let numbers = 0..town.persons();
    numbers
        .flat_map(|number| year().flat_map(move |month| town.visits_of(number, month)))
        .collect()
}

#[test]
fn visits_are_as_many_and_cost_as_much_as_in_a_city() {
    let visits = visits(&town(14, PERSONS));
    for (setting, of_a_hundred, median, dearest) in [
        (Setting::Outpatient, 500..580, 80..250, 600..2_000),
        (Setting::Emergency, 25..45, 250..600, 700..4_000),
        (Setting::Pharmacy, 200..260, 30..90, 200..600),
        (Setting::Chronic, 130..220, 50..200, 3_000..20_000),
        (Setting::Inpatient, 12..18, 4_000..9_000, 40_000..120_000),
    ] {
        let mut yuan: Vec<u64> = visits
            .iter()
            .filter(|visit| visit.setting == setting)
            .map(|visit| visit.total().fen() / 100)
            .collect();
        yuan.sort_unstable();
        let name = setting.name(Lang::En);
        let often = yuan.len() / 100;
        assert!(
            of_a_hundred.contains(&often),
            "{often} {name} for a hundred persons"
        );
        let middle = yuan[yuan.len() / 2];
        assert!(
            median.contains(&middle),
            "{name}: the median costs {middle}"
        );
        let last = yuan[yuan.len() - 1];
        assert!(dearest.contains(&last), "{name}: the dearest costs {last}");
    }
}

#[test]
fn there_is_more_care_in_winter() {
    let town = town(15, PERSONS);
    let count = |month| -> usize {
        (0..PERSONS)
            .map(|number| town.visits_of(number, crate::month(2024, month)).count())
            .sum()
    };
    let (january, july) = (count(1), count(7));
    assert!(
        january * 10 > july * 12,
        "{january} in January, {july} in July"
    );
}
