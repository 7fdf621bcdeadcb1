//! The catalogue page by page, and the dictionary.

use serde_json::{Value, json};

use crate::house::{HOSPITAL, House, sample};

/// Two versions, a limit and a share of its own.
const STATIN: &str = "XC10AAA233A001010100007";

fn shown(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

#[tokio::test]
async fn an_item_is_told_with_all_that_the_tables_ask() {
    let house = House::new();
    let input = json!({"data": {
        "hilist_code": STATIN, "query_date": "2024-03-01", "updt_time": "2020-01-01",
        "page_num": 1, "page_size": 10
    }});
    let mut told = String::new();
    for number in ["1312", "1316", "1318", "1319"] {
        let output = house.output(HOSPITAL, number, input.clone()).await;
        told += &format!("{number}\n{}\n", shown(&output));
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn pages_hold_every_version_once() {
    let house = House::new();
    let mut codes = Vec::new();
    for page in 1.. {
        let input = json!({"data": {"page_num": page.to_string(), "page_size": "7"}});
        let output = house.output(HOSPITAL, "1312", input).await;
        let rows = output["data"].as_array().unwrap();
        codes.extend(rows.iter().map(|row| row["hilist_code"].clone()));
        assert_eq!(output["recordCounts"], sample().items().len());
        if output["lastPage"] == true {
            break;
        }
    }
    let expected: Vec<&str> = sample_codes();
    assert_eq!(codes, expected);
}

fn sample_codes() -> Vec<&'static str> {
    let sample = Box::leak(Box::new(sample()));
    sample.items().iter().map(|item| &*item.code).collect()
}

async fn count(house: &House, number: &str, data: Value) -> u64 {
    let output = house.output(HOSPITAL, number, json!({"data": data})).await;
    output["recordCounts"].as_u64().unwrap()
}

#[tokio::test]
async fn what_is_asked_for_is_found_and_nothing_else() {
    let house = House::new();
    let all = sample().items().len() as u64;
    for (number, data, expected) in [
        ("1312", json!({}), all),
        ("1312", json!({"hilist_code": STATIN}), 2),
        ("1312", json!({"hilist_code": STATIN, "chrgitm_lv": "1"}), 1),
        (
            "1312",
            json!({"hilist_code": STATIN, "chrgitm_lv": "02"}),
            1,
        ),
        ("1312", json!({"hilist_name": "阿托伐"}), 2),
        (
            "1312",
            json!({"hilist_code": STATIN, "begndate": "2024-07-01"}),
            1,
        ),
        // The version of 2024-07-01 and the end of the one before it changed on the same day.
        (
            "1312",
            json!({"hilist_code": STATIN, "updt_time": "2024-07-01"}),
            2,
        ),
        (
            "1312",
            json!({"hilist_code": STATIN, "updt_time": "2024-07-02"}),
            0,
        ),
        ("1312", json!({"insu_admdvs": "420106"}), all),
        ("1312", json!({"insu_admdvs": "420000"}), all),
        ("1312", json!({"insu_admdvs": "310000"}), 0),
        ("1312", json!({"vali_flag": "1"}), all),
        ("1312", json!({"vali_flag": "0"}), 0),
        ("1312", json!({"list_type": "102"}), 3),
        ("1312", json!({"pinyin": "ATFTT"}), 0),
        ("1316", json!({"med_list_codg": STATIN}), 2),
        (
            "1318",
            json!({"hilist_code": STATIN, "enddate": "2024-12-31"}),
            1,
        ),
        ("1304", json!({"page_num": 10, "page_size": 1}), 0),
    ] {
        let found = count(&house, number, data.clone()).await;
        assert_eq!(found, expected, "{number} {data}");
    }
    let told = house
        .refused(
            HOSPITAL,
            "1312",
            json!({"data": {"updt_time": "yesterday"}}),
        )
        .await;
    assert!(told.contains("updt_time"), "{told}");
}

#[tokio::test]
async fn the_dictionary_knows_both_spellings() {
    let house = House::new();
    for data in [
        json!({"type": "gend", "parent_value": "", "admdvs": "420100", "date": "2025-01-01", "Vali_Flag": "1"}),
        json!({"type": "GEND", "parentValue": null, "valiFlag": 1}),
    ] {
        let output = house.output(HOSPITAL, "1901", json!({"data": data})).await;
        let rows = output["list"].as_array().unwrap();
        let row = rows.iter().find(|row| row["value"] == "1").unwrap();
        assert_eq!(
            row.to_string(),
            r#"{"type":"GEND","label":"男","value":"1","parentValue":"","sort":SORT,"valiFlag":"1","createUser":"420100","createDate":"2000-01-01","version":1}"#
                .replace("SORT", &row["sort"].to_string())
        );
    }
    let none = json!({"data": {"type": "gend", "vali_flag": "0"}});
    let output = house.output(HOSPITAL, "1901", none).await;
    assert_eq!(output, json!({"list": []}));
    assert_eq!(
        house
            .refused(HOSPITAL, "1901", json!({"data": {"type": "weather"}}))
            .await,
        "没有字典类型weather，请核对type。请核对交易编号或字典类型，字典可用1901查询[no_table]"
    );
}
