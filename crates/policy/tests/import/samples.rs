//! The shipped samples are good files, and the ones of the same things agree.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use domain::bill::{Category, ItemClass, Quantity, Scheme, UnitPrice};
use domain::catalogue::{Fee, Unknown};
use domain::region::Region;
use jiff::civil::{Date, date};
use policy::import::national::{self, Choice, Combination, Combined, LeftOut, layout};
use policy::import::{self, Row, Sheet};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../catalogues")
        .join(name)
}

fn open(name: &str) -> File {
    File::open(path(name)).expect("a sample")
}

fn rows<T>(sheet: Result<Sheet<T, File>, import::RowErrors>) -> Vec<T> {
    let rows = sheet.and_then(Sheet::gather).expect("good rows");
    rows.into_iter().map(|row| row.row).collect()
}

#[test]
fn the_registers_are_good_and_refer_to_each_other() {
    let persons = rows(import::persons("persons.csv", open("persons.csv")));
    let employers = rows(import::employers("employers.csv", open("employers.csv")));
    let facilities = rows(import::facilities("facilities.csv", open("facilities.csv")));
    let premiums = rows(import::premiums("premiums.csv", open("premiums.csv")));
    let registrations = rows(import::registrations(
        "registrations.csv",
        open("registrations.csv"),
    ));
    let numbers: BTreeSet<_> = persons.iter().map(|p| p.identity_number).collect();
    let employers: BTreeSet<_> = employers.iter().map(|e| e.code).collect();
    let providers: BTreeSet<_> = facilities.iter().map(|f| f.code.as_str()).collect();
    assert!(persons.len() >= 40 && premiums.len() >= 48 && facilities.len() >= 12);
    assert!(
        persons
            .iter()
            .filter_map(|p| p.employer)
            .all(|code| employers.contains(&code))
    );
    assert!(
        premiums
            .iter()
            .all(|p| numbers.contains(&p.identity_number))
    );
    for row in &registrations {
        assert!(numbers.contains(&row.identity_number));
        let facility = row.registration.facility.as_deref();
        assert!(
            facility.is_none_or(|code| providers.contains(code)),
            "{row:?}"
        );
    }
    assert!(
        facilities
            .iter()
            .any(|f| !f.designated_on(date(2024, 4, 1)))
    );
}

#[test]
fn the_sample_catalogue_makes_lines() {
    let catalogue = import::catalogue("sample.csv", open("sample.csv")).unwrap();
    assert!(catalogue.items().len() >= 60);
    for category in Category::ALL.iter().filter(|c| **c != Category::Other) {
        assert!(
            catalogue
                .items()
                .iter()
                .any(|item| item.category == *category),
            "{category:?}"
        );
    }
    let statin = |day: Date| Fee {
        code: "XC10AAA233A001010100007",
        quantity: Quantity(280_000),
        unit_price: UnitPrice(560_000),
        day,
        approved: false,
    };
    for (day, class, limit) in [
        (date(2024, 6, 30), ItemClass::B, UnitPrice(550_000)),
        (date(2024, 7, 1), ItemClass::A, UnitPrice(124_300)),
    ] {
        let line = catalogue.line(&statin(day), Unknown::Refuse).unwrap();
        assert_eq!(
            (line.class, line.limit, line.barred),
            (class, Some(limit), false),
            "{day}"
        );
    }
    assert!(
        catalogue
            .line(&statin(date(2022, 1, 1)), Unknown::Refuse)
            .is_err()
    );
}

fn combined() -> Combined {
    let mut combination = Combination::new(Choice {
        region: Region::parse("420100").expect("a region"),
        scheme: Scheme::Employee,
        limit_type: None,
    });
    for (list, name) in [
        (&layout::DRUGS, "drugs.zip"),
        (&layout::HERBS, "herbs.txt"),
        (&layout::SERVICES, "services.txt"),
        (&layout::MATERIALS, "materials.txt"),
    ] {
        let read = |name: &str, text: &mut dyn Read| {
            let rows = national::listed_items(list, name, text)
                .gather()
                .expect("good rows");
            rows.into_iter().for_each(|row| combination.listed(row));
        };
        national::with_text(&path("national").join(name), read).expect("a text");
    }
    let file = |name: &str| open(&format!("national/{name}.txt"));
    let insured = national::insured_items("insured-items.txt", file("insured-items"));
    insured.for_each(|row| combination.insured(row.expect("a good row")));
    let limits = national::price_limits("price-limits.txt", file("price-limits"));
    limits.for_each(|row| combination.limit(row.expect("a good row")));
    let shares = national::first_shares("first-shares.txt", file("first-shares"));
    shares.for_each(|row| combination.first_share(row.expect("a good row")));
    combination.finish().expect("lists that agree")
}

/// What the national samples say of an item is what the sample of our own form says.
#[test]
fn the_national_samples_agree_with_the_sample_of_our_own_form() {
    let ours = import::catalogue("sample.csv", open("sample.csv")).unwrap();
    let combined = combined();
    let (day, catalogue) = (date(2024, 8, 1), combined.catalogue);
    let mut compared = 0;
    for item in catalogue
        .items()
        .iter()
        .filter(|item| item.days().covers(day))
    {
        let Some(own) = ours.on(&item.code, day) else {
            panic!("{} is in one sample only", item.code);
        };
        // Where a city has changed what the province says, the samples differ on purpose.
        if item.from == date(2024, 1, 1) {
            let same = domain::catalogue::CatalogueItem {
                until: own.until,
                ..item.clone()
            };
            assert_eq!(&same, own);
            compared += 1;
        }
    }
    assert!(compared >= 25, "{compared} items were compared");
    let left_out = LeftOut {
        elsewhere: 1,
        invalid: 2,
        not_medical: 1,
        of_others: 2,
        other_shares: 1,
        ..LeftOut::default()
    };
    assert_eq!(combined.left_out, left_out);
}

#[test]
fn a_zip_gives_the_text_that_is_in_it() {
    let rows = |name: &str| -> Vec<Row<national::ListedItem>> {
        let path = path("national").join(name);
        national::with_text(&path, |inner, text| {
            assert!(inner.ends_with("drugs.txt"), "{inner}");
            national::listed_items(&layout::DRUGS, inner, text)
                .gather()
                .unwrap()
        })
        .unwrap()
    };
    assert_eq!(rows("drugs.zip"), rows("drugs.txt"));
}

/// A ZIP with these texts in it, written into the folder of the tests.
fn zip(name: &str, texts: &[&str]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut zip = zip::ZipWriter::new(File::create(&path).expect("a file"));
    for text in texts {
        zip.start_file(*text, zip::write::SimpleFileOptions::default())
            .expect("an entry");
        zip.write_all(b"X1\t\n").expect("its text");
    }
    zip.finish().expect("a ZIP");
    path
}

#[test]
fn a_file_that_is_not_there_or_no_zip_of_one_text_is_told() {
    let broken = Path::new(env!("CARGO_TARGET_TMPDIR")).join("broken.zip");
    std::fs::write(&broken, b"PK\x03\x04 and nothing more").unwrap();
    let found =
        |texts| format!(": it holds {texts} texts (.txt); a ZIP of the catalogue holds one");
    for (path, told) in [
        (path("nothing.txt"), ": cannot be opened: ".to_owned()),
        (broken, ": is no ZIP that can be read: ".to_owned()),
        (zip("none.zip", &["a.xlsx"]), found(0)),
        (zip("two.zip", &["a.txt", "b.TXT"]), found(2)),
    ] {
        let read = |_: &str, _: &mut dyn Read| ();
        let said = national::with_text(&path, read).unwrap_err().to_string();
        let said = said.strip_prefix(&path.display().to_string()).unwrap();
        assert!(said.starts_with(&told), "{said}");
    }
    let one = zip("one.zip", &["a.TXT", "readme.md"]);
    let read = |name: &str, text: &mut dyn Read| {
        let mut found = String::new();
        text.read_to_string(&mut found).unwrap();
        (name.ends_with("one.zip/a.TXT"), found)
    };
    assert_eq!(national::with_text(&one, read), Ok((true, "X1\t\n".into())));
}
