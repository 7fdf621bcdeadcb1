//! Catalogues of a few items: the version of a day, overlaps, fee lines.

use super::*;
use jiff::civil::date;

fn item(code: &str, from: Date, until: Option<Date>) -> CatalogueItem {
    CatalogueItem {
        code: code.into(),
        name: format!("item {code}"),
        category: Category::Drug,
        class: ItemClass::B,
        limit: Some(UnitPrice(12_500_000)),
        first_share: Some(Ratio::percent(10)),
        restriction: None,
        from,
        until,
    }
}

/// Each item on the line of its place, after a header.
fn catalogue(items: Vec<CatalogueItem>) -> Result<Catalogue, Vec<Overlap>> {
    Catalogue::new((2..).zip(items).collect())
}

fn year(code: &str, year: i16) -> CatalogueItem {
    item(code, date(year, 1, 1), Some(date(year, 12, 31)))
}

#[test]
fn a_code_has_the_version_of_the_day() {
    // Neither by code nor by day in the file.
    let open = item("B", date(2025, 1, 1), None);
    let items = vec![
        year("C", 2024),
        open,
        year("B", 2023),
        year("A", 2024),
        year("B", 2021),
    ];
    let catalogue = catalogue(items).unwrap();
    for (code, day, found) in [
        ("B", date(2020, 12, 31), None),
        ("B", date(2021, 1, 1), Some(date(2021, 1, 1))),
        ("B", date(2021, 12, 31), Some(date(2021, 1, 1))),
        ("B", date(2022, 6, 1), None),
        ("B", date(2023, 6, 1), Some(date(2023, 1, 1))),
        ("B", date(2024, 6, 1), None),
        ("B", date(2031, 6, 1), Some(date(2025, 1, 1))),
        ("A", date(2024, 6, 1), Some(date(2024, 1, 1))),
        ("C", date(2024, 6, 1), Some(date(2024, 1, 1))),
        ("C", date(2025, 6, 1), None),
        ("", date(2024, 6, 1), None),
        ("BB", date(2024, 6, 1), None),
        ("D", date(2024, 6, 1), None),
    ] {
        let item = catalogue.on(code, day);
        assert_eq!(item.map(|item| item.from), found, "{code} on {day}");
        assert!(item.is_none_or(|item| item.code == code));
    }
    let firsts = catalogue.versions("B").iter().map(|item| item.from.year());
    assert_eq!(firsts.collect::<Vec<_>>(), [2021, 2023, 2025]);
    assert_eq!(catalogue.versions("BB"), []);
}

#[test]
fn versions_that_overlap_are_told_by_their_lines() {
    let told = |items| match catalogue(items) {
        Ok(_) => Vec::new(),
        Err(overlaps) => overlaps.iter().map(ToString::to_string).collect(),
    };
    let lines = |a, b, day| {
        format!(
            "lines {a} and {b} both have the code `A` on {day}; on one day a code has one version"
        )
    };
    let until = |until| item("A", date(2023, 1, 1), Some(until));
    let next = || year("A", 2024);
    assert!(told(vec![until(date(2023, 12, 31)), next()]).is_empty());
    assert!(told(vec![year("A", 2024), year("B", 2024)]).is_empty());
    assert_eq!(
        told(vec![next(), until(date(2024, 1, 1))]),
        [lines(2, 3, "2024-01-01")]
    );
    assert_eq!(told(vec![next(), next()]), [lines(2, 3, "2024-01-01")]);
    // An open version meets all later ones, also those after a short one.
    let open = item("A", date(2020, 1, 1), None);
    assert_eq!(
        told(vec![open, year("A", 2021), year("A", 2023)]),
        [lines(2, 3, "2021-01-01"), lines(2, 4, "2023-01-01")]
    );
}

#[test]
fn a_fee_becomes_the_line_of_its_day() {
    let restricted = CatalogueItem {
        restriction: Some("限二线用药".into()),
        ..item("R", date(2024, 1, 1), None)
    };
    let catalogue = catalogue(vec![item("A", date(2024, 1, 1), None), restricted]).unwrap();
    let fee = |code, approved| Fee {
        code,
        quantity: Quantity(20_000),
        unit_price: UnitPrice(15_000_000),
        day: date(2024, 6, 1),
        approved,
    };
    for (code, approved, barred) in [
        ("A", false, false),
        ("A", true, false),
        ("R", false, true),
        ("R", true, false),
    ] {
        let line = catalogue
            .line(&fee(code, approved), Unknown::Refuse)
            .unwrap();
        assert_eq!(
            line,
            Line {
                item: code.into(),
                class: ItemClass::B,
                category: Category::Drug,
                quantity: Quantity(20_000),
                unit_price: UnitPrice(15_000_000),
                amount: None,
                limit: Some(UnitPrice(12_500_000)),
                first_share: Some(Ratio::percent(10)),
                barred,
                hospital: false,
                tolerance: Fen::ZERO,
                day: Some(date(2024, 6, 1)),
            }
        );
    }
}

#[test]
fn an_unknown_code_is_refused_or_of_class_c_as_the_caller_says() {
    let catalogue = catalogue(vec![year("A", 2023), year("A", 2025)]).unwrap();
    let fee = |code, day| Fee {
        code,
        quantity: Quantity(10_000),
        unit_price: UnitPrice(1_000_000),
        day,
        approved: true,
    };
    for (code, day, told) in [
        (
            "Z",
            date(2024, 6, 1),
            "the catalogue does not have the code `Z`",
        ),
        (
            "A",
            date(2022, 6, 1),
            "the catalogue has the code `A` only from 2023-01-01, not on 2022-06-01",
        ),
        (
            "A",
            date(2024, 6, 1),
            "the catalogue has the code `A` only until 2023-12-31, not on 2024-06-01",
        ),
    ] {
        let fee = fee(code, day);
        let refused = catalogue.line(&fee, Unknown::Refuse).unwrap_err();
        assert_eq!(refused.to_string(), told);
        let unknown = Unknown::ClassC(Category::Material);
        let line = catalogue.line(&fee, unknown).unwrap();
        assert_eq!(
            (line.class, line.category),
            (ItemClass::C, Category::Material)
        );
        assert_eq!(
            (line.limit, line.first_share, line.barred),
            (None, None, false)
        );
    }
}
