//! Visits: every line is a line of the domain, every day fits, and shipped policies settle them.

use std::collections::BTreeMap;
use std::path::Path;

use super::town;
use domain::account::Accounts;
use domain::bill::{Bill, Cost, Days, ItemClass, Place, Setting, StaySoFar};
use domain::facility::FacilityKind;
use domain::person::{Coverage, CoverageState, Person};
use domain::ratio::{Ratio, Round};
use domain::region::Region;
use domain::settlement::Figure;
use domain::words::Lang;
use domain::year::YearToDate;
use domain::{Plan, Unsettled};
use jiff::civil::date;
use town::{Item, Town, Townsman, Visit};

#[test]
fn every_line_is_one_of_the_catalogue_and_states_what_it_comes_to() {
    let town = town(21, 2_000);
    let catalogue = town.catalogue();
    let items: BTreeMap<&str, &Item> = catalogue.iter().map(|item| (item.code, item)).collect();
    for item in &catalogue {
        assert_eq!(
            item.first_share().is_some(),
            item.class == ItemClass::B,
            "{}",
            item.name
        );
        assert!(
            item.limit.is_none_or(|limit| limit < item.price),
            "{}",
            item.name
        );
    }
    let mut used = BTreeMap::new();
    for (_, visit) in visits(&town) {
        assert!(!visit.lines.is_empty());
        for line in &visit.lines {
            let item = items[line.item.as_str()];
            assert_eq!(
                (line.class, line.category, line.limit),
                (item.class, item.category, item.limit)
            );
            assert_eq!(
                (line.unit_price, line.first_share),
                (item.price, item.first_share())
            );
            assert!(line.quantity.0 > 0 && line.first_share != Some(Ratio::ZERO));
            for round in [Round::Down, Round::Up] {
                assert_eq!(line.amount, line.unit_price.times(line.quantity, round));
            }
            let day = line.day.expect("each line has its day");
            assert!(visit.days.first() <= day && day <= visit.days.settlement());
            *used.entry(item.code).or_insert(0) += 1;
        }
    }
    assert!(
        used.len() * 10 > items.len() * 9,
        "{} of {} items are used",
        used.len(),
        items.len()
    );
}

fn visits(town: &Town) -> Vec<(Townsman, Visit)> {
    let mut all = Vec::new();
    for number in 0..town.persons() {
        let person = town.person(number).expect("it lives there");
        let year = town.start().year();
        let visits = (1..=12).flat_map(|month| town.visits_of(number, crate::month(year, month)));
        all.extend(visits.map(|visit| (person.clone(), visit)));
    }
    all
}

#[test]
fn days_follow_each_other_and_no_two_stays_overlap() {
    let town = town(22, 3_000);
    let (mut over_a_month, mut over_the_year) = (0, 0);
    for number in 0..town.persons() {
        let person = town.person(number).expect("it lives there");
        let mut last = town.start();
        let mut stays: Vec<(jiff::civil::Date, jiff::civil::Date)> = Vec::new();
        for (year, month) in (2024..=2025).flat_map(|year| (1..=12).map(move |month| (year, month)))
        {
            for visit in town.visits_of(number, crate::month(year, month)) {
                let (from, day) = (visit.days.first(), visit.days.settlement());
                assert_eq!((day.year(), day.month()), (year, month), "{number}");
                assert!(
                    last <= day && person.birth <= from && town.start() <= from,
                    "{number}"
                );
                last = day;
                if let Days::Stay {
                    admission,
                    discharge,
                } = visit.days
                {
                    assert!(
                        admission <= discharge && stays.iter().all(|stay| stay.1 < admission),
                        "{number}"
                    );
                    over_a_month += usize::from(admission.month() != discharge.month());
                    over_the_year += usize::from(admission.year() != discharge.year());
                    stays.push((admission, discharge));
                } else {
                    assert!(
                        stays.iter().all(|stay| day < stay.0 || stay.1 < day),
                        "{number}"
                    );
                }
            }
        }
    }
    assert!(
        over_a_month > 50 && over_the_year > 2,
        "{over_a_month} {over_the_year}"
    );
}

#[test]
fn settings_go_to_the_providers_that_offer_them() {
    let town = town(23, 2_000);
    let facilities = town.facilities();
    for (person, visit) in visits(&town) {
        let place = &facilities[visit.facility as usize];
        let pharmacy = place.facility.kind == FacilityKind::Pharmacy;
        assert_eq!(
            pharmacy,
            visit.setting == Setting::Pharmacy,
            "{}",
            place.name
        );
        let stay = matches!(visit.days, Days::Stay { .. });
        assert_eq!(stay, visit.setting == Setting::Inpatient, "{}", place.name);
        assert!(visit.setting != Setting::Chronic || visit.disease == person.chronic);
    }
}

/// The plan of a shipped policy.
fn plan(file: &str) -> Plan {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../policies")
        .join(file);
    let source = policy::Source::read(&path).expect("the file is there");
    let file = policy::PolicyFile::read(&source).expect("it is a policy");
    file.plan
}

fn bill(town: &Town, person: &Townsman, visit: Visit) -> Bill {
    Bill {
        region: town.region(),
        scheme: person.status.scheme(),
        place: Place::Home,
        setting: visit.setting,
        disease: None,
        causes: Vec::new(),
        third_party_unpaid: false,
        days: visit.days,
        facility: town.facility(visit.facility).expect("it is there").facility,
        person: Person {
            status: person.status,
            birth: Some(person.birth),
            retired: person.retired,
            identities: person.identities.clone(),
            coverage: Coverage::Always(CoverageState::InForce),
        },
        accounts: Accounts::default(),
        use_account: true,
        year: YearToDate::default(),
        year_before: Some(YearToDate::default()),
        stay: StaySoFar::default(),
        continuation: None,
        interim: false,
        deposit: None,
        cost: Cost::Lines(visit.lines),
    }
}

/// Settings that a policy has no rule for, and classes of persons and providers that it leaves out, are the policy's affair.
#[test]
fn shipped_policies_settle_the_visits_to_the_fen() {
    for (region, file, year, least) in [
        ("420100", "420100/employee/2023-04-10.toml", 2024, 4_000),
        ("500000", "500000/resident/2023-01-01.toml", 2023, 1_600),
        ("110000", "110000/employee/2023-01-01.toml", 2024, 2_800),
        ("110000", "110000/resident/2023-01-01.toml", 2024, 2_500),
        ("120000", "120000/employee/2024-01-01.toml", 2024, 3_300),
        ("330100", "330100/employee/2023-01-01.toml", 2024, 3_300),
    ] {
        let place = Region::parse(region).expect("six digits");
        let town = Town::new(24, 1_000, date(year, 1, 1), place);
        let plan = plan(file);
        let mut settled = 0;
        for (person, visit) in visits(&town) {
            let total = visit.total();
            let bill = bill(&town, &person, visit);
            if bill.scheme != plan.policy.scheme {
                continue;
            }
            match domain::settle(&bill, &plan) {
                Ok(settlement) => {
                    assert_eq!(settlement.figure(Figure::Total), total, "{file}");
                    settled += 1;
                }
                Err(
                    Unsettled::NoSetting(..)
                    | Unsettled::NotInSetting(..)
                    | Unsettled::LeftOut(..)
                    | Unsettled::NoPersonClass(..),
                ) => {}
                Err(why) => panic!("{file}: {}: {}", why.path(), why.sentence(Lang::En)),
            }
        }
        assert!(settled >= least, "{file}: {settled} visits were settled");
    }
}
