//! An institution's items are matched with the catalogue's, asked for, and taken back.

use serde_json::{Value, json};

use crate::house::{HOSPITAL, House, PHARMACY, message, output, refusal};

const DRUG: &str = "XJ01CAA040A001010100001";

fn row(own: &str, item: &str) -> Value {
    json!({
        "fixmedins_hilist_id": own, "fixmedins_hilist_name": format!("院内{own}"), "list_type": "101",
        "med_list_codg": item, "begndate": "2025-01-01", "enddate": "9999-12-31", "spec": "0.25g*24粒"
    })
}

fn taken_back(own: &str) -> Value {
    json!({"data": {
        "fixmedins_code": HOSPITAL, "fixmedins_hilist_id": own, "list_type": "101", "med_list_codg": DRUG
    }})
}

async fn found(house: &House, by: &str, data: Value) -> Vec<String> {
    let output = house.output(by, "1317", json!({"data": data})).await;
    let rows = output["data"].as_array().unwrap();
    assert_eq!(output["recordCounts"], rows.len());
    rows.iter()
        .map(|row| {
            let own = row["medins_list_codg"].as_str().unwrap();
            format!("{own} {}", row["vali_flag"].as_str().unwrap())
        })
        .collect()
}

#[tokio::test]
async fn what_was_matched_is_found_by_its_institution_alone_and_outlives_a_restart() {
    let house = House::new();
    let rows = json!({"data": [row("Y-1", DRUG), row("Y-2", DRUG)]});
    assert_eq!(house.output(HOSPITAL, "3301", rows).await, json!({}));
    // A single row may come as an object.
    let one = json!({"data": row("Y-3", DRUG)});
    house.output(HOSPITAL, "3301", one).await;
    let house = house.again();
    let all = ["Y-1 1", "Y-2 1", "Y-3 1"];
    assert_eq!(found(&house, HOSPITAL, json!({})).await, all);
    for (data, expected) in [
        (json!({"medins_list_codg": "Y-2"}), 1),
        (json!({"medins_list_name": "院内"}), 3),
        (json!({"med_list_codg": DRUG, "list_type": "101"}), 3),
        (json!({"list_type": "301"}), 0),
        (json!({"query_date": "2024-12-31"}), 0),
        (json!({"query_date": "2030-01-01"}), 3),
        (json!({"vali_flag": "0"}), 0),
        (json!({"fixmedins_code": PHARMACY}), 0),
    ] {
        let rows = found(&house, HOSPITAL, data.clone()).await;
        assert_eq!(rows.len(), expected, "{data}");
    }
    let none: [String; 0] = [];
    assert_eq!(found(&house, PHARMACY, json!({})).await, none);
    let of_hospital = json!({"fixmedins_code": HOSPITAL});
    assert_eq!(found(&house, PHARMACY, of_hospital).await, none);
    let input = json!({"data": {"medins_list_codg": "Y-1"}});
    let mut output = house.output(HOSPITAL, "1317", input).await;
    output["data"][0]["updt_time"] = json!("(today)");
    insta::assert_snapshot!(serde_json::to_string_pretty(&output).unwrap());
}

#[tokio::test]
async fn rows_without_an_item_of_the_catalogue_are_named_and_nothing_is_taken() {
    let house = House::new();
    let mut without = row("Y-4", DRUG);
    without["begndate"] = json!("");
    let rows =
        json!({"data": [row("Y-1", DRUG), row("Y-2", "X-none"), row("Y-3", "Z-none"), without]});
    let told = house.refused(HOSPITAL, "3301", rows).await;
    insta::assert_snapshot!(told.replace('；', "\n"));
    let none: [String; 0] = [];
    assert_eq!(found(&house, HOSPITAL, json!({})).await, none);
}

#[tokio::test]
async fn what_was_taken_back_stays_so_until_a_new_message_brings_it() {
    let house = House::new();
    let rows = json!({"data": [row("Y-1", DRUG), row("Y-2", DRUG)]});
    let brought = message(HOSPITAL, "3301", "M1", &rows);
    output(&house.send(&brought, None).await);
    for _ in 0..2 {
        house.output(HOSPITAL, "3302", taken_back("Y-1")).await;
        assert_eq!(found(&house, HOSPITAL, json!({})).await, ["Y-1 0", "Y-2 1"]);
        // The first message comes once more, late.
        output(&house.send(&brought, None).await);
    }
    house
        .output(HOSPITAL, "3301", json!({"data": row("Y-1", DRUG)}))
        .await;
    assert_eq!(found(&house, HOSPITAL, json!({})).await, ["Y-1 1", "Y-2 1"]);
    for (by, own, told) in [
        (HOSPITAL, "Y-9", "没有目录对照：Y-9与"),
        (PHARMACY, "Y-1", "与报文中的定点医药机构编号不一致"),
    ] {
        let sent = house.message(by, "3302", &taken_back(own));
        let refused = refusal(&house.send(&sent, None).await);
        assert!(refused.contains(told), "{refused}");
    }
    assert_eq!(found(&house, HOSPITAL, json!({})).await, ["Y-1 1", "Y-2 1"]);
}
