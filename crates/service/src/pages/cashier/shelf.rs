//! `Shelf`: what of the catalogue of a day has a code or a name like what is looked for.

use std::sync::Arc;

use agency::domain::bill::Category;
use agency::domain::catalogue::{Catalogue, CatalogueItem};
use agency::domain::facility::FacilityKind;
use agency::office::Office;
use jiff::civil::Date;
use tokio::task::spawn_blocking;

use super::super::plain;

/// So many are shown.
const MOST: usize = 50;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shelf {
    /// The best first.
    pub(super) items: Vec<CatalogueItem>,
    /// How many more there are.
    pub(super) more: usize,
    /// The last day of the code that was looked for, where it has ended.
    pub(super) ended: Option<Date>,
}

/// Looks through the whole catalogue, beside the pages of others.
pub(super) async fn found(office: &Arc<Office>, asked: (&str, FacilityKind), day: Date) -> Shelf {
    let (text, at) = (plain::text(asked.0), asked.1);
    if text.is_empty() {
        return Shelf::default();
    }
    let office = Arc::clone(office);
    let found = spawn_blocking(move || Shelf::of(&office.catalogue, (&text, at), day));
    found.await.unwrap_or_default()
}

impl Shelf {
    fn of(catalogue: &Catalogue, (text, at): (&str, FacilityKind), day: Date) -> Shelf {
        // A pharmacy sells things; what is done to a person comes after them.
        let is_done = |item: &CatalogueItem| {
            at == FacilityKind::Pharmacy
                && !matches!(item.category, Category::Drug | Category::Material)
        };
        let ranked = catalogue.items().iter();
        let ranked = ranked.filter(|item| item.days().covers(day));
        let mut ranked: Vec<_> = ranked
            .filter_map(|item| Some((rank(item, text)?, item)))
            .collect();
        // Of equals the catalogue's order stays.
        ranked.sort_by_key(|(rank, item)| (*rank > 0 && is_done(item), *rank));
        let versions = catalogue.versions(text).iter();
        let last = versions.filter_map(|item| item.until).max();
        Shelf {
            more: ranked.len().saturating_sub(MOST),
            items: ranked
                .into_iter()
                .take(MOST)
                .map(|(_, item)| item.clone())
                .collect(),
            ended: last.filter(|last| *last < day && catalogue.on(text, day).is_none()),
        }
    }
}

/// How well an item fits: its code, its name, their beginnings, a part of the name; of several words each is a part.
fn rank(item: &CatalogueItem, text: &str) -> Option<u8> {
    let code = item.code.as_bytes();
    let begins = code.get(..text.len());
    let begins = begins.is_some_and(|begins| begins.eq_ignore_ascii_case(text.as_bytes()));
    match () {
        () if (begins && code.len() == text.len()) || item.name == text => Some(0),
        () if begins || item.name.starts_with(text) => Some(1),
        () if item.name.contains(text) => Some(2),
        () if text.split_whitespace().all(|word| has(item, word)) => Some(3),
        () => None,
    }
}

/// The name may have full-width characters, too.
fn has(item: &CatalogueItem, word: &str) -> bool {
    let word = word.to_lowercase();
    let names = [plain::text(&item.name), item.code.to_string()];
    names.iter().any(|name| name.to_lowercase().contains(&word))
}

#[cfg(test)]
mod tests {
    use agency::domain::bill::ItemClass;
    use jiff::civil::date;

    use super::*;

    fn item(code: &str, name: &str, until: Option<Date>) -> (u64, CatalogueItem) {
        let item = CatalogueItem {
            code: code.into(),
            name: name.into(),
            category: Category::Drug,
            class: ItemClass::A,
            limit: None,
            first_share: None,
            restriction: None,
            from: date(2020, 1, 1),
            until,
        };
        (1, item)
    }

    #[test]
    fn the_code_and_the_name_go_before_their_beginnings_and_these_before_a_part() {
        let items = vec![
            item("XA01", "阿莫西林", None),
            item("XA0", "注射用阿莫西林", None),
            item("XA02", "阿莫西林胶囊", None),
            item("XB01", "奥美拉唑", Some(date(2025, 12, 31))),
        ];
        let catalogue = Catalogue::new(items).unwrap();
        let codes = |text: &str| -> Vec<String> {
            let shelf = Shelf::of(&catalogue, (text, FacilityKind::Clinic), date(2026, 1, 1));
            shelf.items.iter().map(|item| item.code.clone()).collect()
        };
        for (text, expected) in [
            ("阿莫西林", vec!["XA01", "XA02", "XA0"]),
            ("xa0", vec!["XA0", "XA01", "XA02"]),
            ("XA02", vec!["XA02"]),
            ("胶囊", vec!["XA02"]),
            ("奥美拉唑", vec![]),
            ("胶囊 阿莫", vec!["XA02"]),
            ("西林 xa0", vec!["XA0", "XA01", "XA02"]),
            ("胶囊 片", vec![]),
            ("无", vec![]),
        ] {
            assert_eq!(codes(text), expected, "{text}");
        }
        let ended =
            |text| Shelf::of(&catalogue, (text, FacilityKind::Clinic), date(2026, 1, 1)).ended;
        assert_eq!(ended("XB01"), Some(date(2025, 12, 31)));
        assert_eq!(ended("XA01"), None);
    }

    #[test]
    fn a_pharmacy_finds_first_what_it_sells() {
        let mut done = item("YA01", "换药", None);
        done.1.category = Category::Service;
        let catalogue = Catalogue::new(vec![done, item("YA02", "换药包一次性", None)]).unwrap();
        for (at, text, first) in [
            (FacilityKind::Clinic, "换 药", "YA01"),
            (FacilityKind::Pharmacy, "换 药", "YA02"),
            (FacilityKind::Pharmacy, "YA01", "YA01"),
        ] {
            let shelf = Shelf::of(&catalogue, (text, at), date(2026, 1, 1));
            assert_eq!(shelf.items[0].code, first, "{at:?} {text}");
        }
    }

    #[test]
    fn fifty_are_shown_and_the_others_counted() {
        let items = (0..53).map(|n| item(&format!("X{n:03}"), "药", None));
        let catalogue = Catalogue::new(items.collect()).unwrap();
        let shelf = Shelf::of(&catalogue, ("药", FacilityKind::Clinic), date(2026, 1, 1));
        assert_eq!((shelf.items.len(), shelf.more), (50, 3));
    }
}
