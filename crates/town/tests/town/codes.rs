//! Codes: right check digits, one for each, of the forms that the country uses.

use std::collections::BTreeSet;
use std::path::Path;

use super::town;
use domain::facility::FacilityKind;
use domain::membership::Sex;
use domain::region::Region;
use domain::words::Lang;
use jiff::civil::date;
use town::{Disease, Town};

/// By the other definition of GB 11643: all eighteen digits, weighed by powers of two, leave 1 modulo 11.
fn is_identity_number(text: &str) -> bool {
    let value = |c: char| {
        if c == 'X' {
            10
        } else {
            c.to_digit(10).expect("a digit")
        }
    };
    let sum = text.chars().fold(0, |sum, c| (sum * 2 + value(c)) % 11);
    text.len() == 18 && sum == 1
}

#[test]
fn identity_numbers_are_valid_tell_birth_and_sex_and_differ() {
    for (region, persons) in [("420100", 20_000), ("110000", 2_000), ("330109", 2_000)] {
        let place = Region::parse(region).expect("six digits");
        let town = Town::new(5, persons, date(2024, 2, 29), place);
        let mut seen = BTreeSet::new();
        for number in 0..persons {
            let person = town.person(number).expect("it lives there");
            let text = &person.identity_number;
            assert!(is_identity_number(text), "{text}");
            let birth = person.birth.strftime("%Y%m%d").to_string();
            assert_eq!((&text[..2], &text[6..14]), (&region[..2], birth.as_str()));
            let odd = text.as_bytes()[16] % 2 == 1;
            assert_eq!(odd, person.sex == Sex::Male, "{text}");
            assert!(seen.insert(text.clone()), "twice: {text}");
        }
    }
}

#[test]
fn codes_of_employers_providers_and_items_differ() {
    let town = town(5, 200_000);
    let employers = (0..town.employers()).filter_map(|number| town.employer(number));
    let employers: BTreeSet<String> = employers.map(|employer| employer.code).collect();
    assert_eq!(employers.len(), town.employers() as usize);
    assert!(
        employers
            .iter()
            .all(|code| code.len() == 18 && code.starts_with("914201"))
    );
    let facilities = town.facilities();
    let codes: BTreeSet<&str> = facilities.iter().map(|f| f.code.as_str()).collect();
    assert_eq!(codes.len(), facilities.len());
    for facility in &facilities {
        let pharmacy = facility.facility.kind == FacilityKind::Pharmacy;
        let start = if pharmacy { "P42019" } else { "H42019" };
        assert!(
            facility.code.len() == 12 && facility.code.starts_with(start),
            "{facility:?}"
        );
        assert!(town.region().covers(facility.region));
    }
    let items = town.catalogue();
    let codes: BTreeSet<&str> = items.iter().map(|item| item.code).collect();
    let names: BTreeSet<&str> = items.iter().map(|item| item.name).collect();
    assert_eq!((codes.len(), names.len()), (items.len(), items.len()));
    for item in &items {
        let form = item.code.len() >= 20
            && item
                .code
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-');
        assert!(form && item.code.contains("SYN"), "{}", item.code);
    }
}

#[test]
fn every_sort_of_provider_is_there_however_small_the_town() {
    for persons in [1, 1_000, 100_000] {
        let facilities = town(1, persons).facilities();
        for (kind, level, community) in [
            (FacilityKind::General, 3, false),
            (FacilityKind::General, 2, false),
            (FacilityKind::General, 1, false),
            (FacilityKind::General, 1, true),
            (FacilityKind::Tcm, 3, false),
            (FacilityKind::Tcm, 2, false),
            (FacilityKind::Psychiatric, 2, false),
            (FacilityKind::Pharmacy, 0, false),
        ] {
            let found = facilities.iter().any(|f| {
                (f.facility.kind, f.facility.level, f.facility.community)
                    == (kind, level, community)
            });
            assert!(found, "{kind:?} {level} {community} for {persons}");
        }
    }
}

#[test]
fn every_disease_stands_in_the_glossary_with_its_chinese_name() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/glossary.md");
    let glossary = policy::Source::read(&path).expect("it is there").text;
    for disease in Disease::ALL {
        let row = format!("| `{}` | {} |", disease.code(), disease.name(Lang::Zh));
        assert!(glossary.contains(&row), "docs/glossary.md lacks {row}");
    }
}
