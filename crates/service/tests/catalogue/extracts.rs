//! Downloads: what is handed out is what is asked for, the same again after a restart, and can be read in again.

use std::collections::BTreeMap;

use agency::domain::bill::{Category, Scheme};
use agency::domain::catalogue::{Catalogue, CatalogueItem};
use policy::import::national::{
    Choice, Combination, first_shares, insured_items, layout, listed_items, price_limits, with_text,
};
use serde_json::{Value, json};

use crate::house::{HOSPITAL, House, PHARMACY, region, sample};

async fn asked(house: &House, number: &str, version: &str) -> Value {
    house
        .output(HOSPITAL, number, json!({"data": {"ver": version}}))
        .await
}

/// The text in the file of an answer, through the importer's own way in.
async fn text(house: &House, answer: &Value) -> String {
    let fetched = house.fetch(HOSPITAL, &answer["file_qury_no"]).await;
    assert!(fetched.is_file);
    let path = house.root().join(answer["filename"].as_str().unwrap());
    std::fs::write(&path, &fetched.body).unwrap();
    with_text(&path, |_, input| {
        let mut text = String::new();
        input.read_to_string(&mut text).unwrap();
        text
    })
    .unwrap()
}

fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines().map(|row| row.split('\t').collect()).collect()
}

#[tokio::test]
async fn every_download_has_its_columns_and_its_count() {
    let house = House::new();
    let mut told = String::new();
    for number in [
        "1301", "1302", "1303", "1305", "1306", "1306A", "1307", "1308", "1309", "1310", "1311",
        "1313", "1314", "1315", "1320", "1321", "1322", "1323", "1324", "1325", "1326", "1327",
    ] {
        let answer = asked(&house, number, "0").await;
        let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
        let expected = [
            "file_qury_no",
            "filename",
            "dld_end_time",
            "dld_endtime",
            "data_cnt",
        ];
        assert_eq!(keys, expected);
        let text = text(&house, &answer).await;
        let rows = rows(&text);
        assert_eq!(answer["data_cnt"], rows.len());
        let widths: Vec<usize> = rows.iter().map(Vec::len).collect();
        let first = widths.first().copied().unwrap_or_default();
        assert!(widths.iter().all(|width| *width == first));
        told += &format!("{number}: {} rows of {first} columns\n", rows.len());
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn a_version_brings_what_changed_after_it() {
    let house = House::new();
    let all = asked(&house, "1301", "F001").await;
    let text_of_all = text(&house, &all).await;
    let versions: Vec<&str> = rows(&text_of_all).iter().map(|row| row[82]).collect();
    let newest = versions.iter().max().copied().unwrap();
    let newer = asked(&house, "1301", newest).await;
    assert_eq!(newer["data_cnt"], 0);
    assert_eq!(text(&house, &newer).await, "");
    // On 2024-07-01 a version ended and the next one began.
    for version in ["F001_20240630000000", "F001_20240630000000_A"] {
        let answer = asked(&house, "1301", version).await;
        let text = text(&house, &answer).await;
        let found: Vec<[&str; 3]> = rows(&text)
            .iter()
            .map(|row| [row[36], row[37], row[82]])
            .collect();
        let expected: Vec<[&str; 3]> = rows(&text_of_all)
            .iter()
            .filter(|row| row[82] > version)
            .map(|row| [row[36], row[37], row[82]])
            .collect();
        assert_eq!(found, expected);
        assert!(
            found.contains(&["2023-01-01", "2024-06-30", "F001_20240701000000"]),
            "{found:?}"
        );
        assert!(found.len() < versions.len());
    }
}

#[tokio::test]
async fn the_same_number_is_the_same_bytes_after_a_restart_for_everybody() {
    let house = House::new();
    let answer = asked(&house, "1305", "0").await;
    let number = &answer["file_qury_no"];
    let first = house.fetch(HOSPITAL, number).await.body;
    let house = house.again();
    assert_eq!(house.fetch(HOSPITAL, number).await.body, first);
    assert_eq!(house.fetch(PHARMACY, number).await.body, first);
    assert!(!house.root().join("files").exists(), "nothing is kept");
}

#[tokio::test]
async fn a_download_is_told_in_pages_where_a_page_is_asked_for() {
    let house = House::new();
    let input = json!({"data": {"ver": "0", "page_num": 2, "page_size": 1}});
    let mut told = String::new();
    for number in ["1301", "1302", "1305", "1306", "1307", "1309"] {
        let output = house.output(HOSPITAL, number, input.clone()).await;
        let rows = serde_json::to_string_pretty(&output["data"]).unwrap();
        told += &format!(
            "{number} {} of {}: {rows}\n",
            output["size"], output["recordCounts"]
        );
    }
    insta::assert_snapshot!(told);
}

/// All rows of a paged query as a national file: its keys stand in the order of the columns.
async fn paged(house: &House, number: &str) -> String {
    let mut text = String::new();
    for page in 1.. {
        let input = json!({"data": {"page_num": page, "page_size": 20}});
        let output = house.output(HOSPITAL, number, input).await;
        for row in output["data"].as_array().unwrap() {
            let cells = row.as_object().unwrap().values().map(|cell| match cell {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            });
            text += &(cells.collect::<Vec<_>>().join("\t") + "\n");
        }
        if output["lastPage"] == true {
            break;
        }
    }
    text
}

#[tokio::test]
async fn what_is_handed_out_can_be_read_in_again() {
    let house = House::new();
    let mut combination = Combination::new(Choice {
        region: region(),
        scheme: Scheme::Employee,
        limit_type: None,
    });
    for (number, layout) in [
        ("1301", &layout::DRUGS),
        ("1302", &layout::HERBS),
        ("1305", &layout::SERVICES),
        ("1306", &layout::MATERIALS),
    ] {
        let answer = asked(&house, number, "").await;
        let text = text(&house, &answer).await;
        for row in listed_items(layout, number, text.as_bytes()) {
            combination.listed(row.unwrap());
        }
    }
    let (insured, limits, shares) = (
        paged(&house, "1312").await,
        paged(&house, "1318").await,
        paged(&house, "1319").await,
    );
    for row in insured_items("1312", insured.as_bytes()) {
        combination.insured(row.unwrap());
    }
    for row in price_limits("1318", limits.as_bytes()) {
        combination.limit(row.unwrap());
    }
    for row in first_shares("1319", shares.as_bytes()) {
        combination.first_share(row.unwrap());
    }
    let combined = combination.finish().unwrap();
    assert_eq!(combined.left_out, Default::default());
    assert_eq!(by_key(&combined.catalogue), by_key(&told(&sample())));
}

fn by_key(catalogue: &Catalogue) -> BTreeMap<String, &CatalogueItem> {
    let key = |item: &CatalogueItem| format!("{} {}", item.code, item.from);
    catalogue
        .items()
        .iter()
        .map(|item| (key(item), item))
        .collect()
}

/// What the form of the country can hold: it has no list for blood, and no column for the restriction of a herb or a service.
fn told(catalogue: &Catalogue) -> Catalogue {
    let items = catalogue.items().iter().cloned().map(|mut item| {
        let wordless = match item.category {
            Category::Material => false,
            Category::Drug => item.code.starts_with('T'),
            _ => true,
        };
        if wordless && item.restriction.is_some() {
            item.restriction = Some("限制使用".into());
        }
        if item.category == Category::Blood {
            item.category = Category::Service;
        }
        item
    });
    Catalogue::new((1..).zip(items).collect()).unwrap()
}
