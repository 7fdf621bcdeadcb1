//! A file is sent in each of its three forms, and fetched by who sent it.

use serde_json::{Value, json};

use crate::house::{HOSPITAL, House, PHARMACY, message, output, refusal};

const BYTES: &[u8] = b"PK\x03\x04\xFF\x00\n";

fn upload(bytes: Value) -> Value {
    json!({"fsUploadIn": {"in": bytes, "filename": "3202.zip", "fixmedins_code": HOSPITAL}})
}

#[tokio::test]
async fn a_file_comes_in_three_forms() {
    let house = House::new();
    let beside = json!({"fsUploadIn": {"filename": "3202.zip", "fixmedins_code": HOSPITAL}});
    let beside = house.message(HOSPITAL, "9101", &beside);
    let answers = [
        output(&house.send(&beside, Some(BYTES)).await),
        house
            .output(HOSPITAL, "9101", upload(json!("UEsDBP8ACg==")))
            .await,
        house
            .output(HOSPITAL, "9101", upload(json!([80, 75, 3, 4, -1, 0, 10])))
            .await,
    ];
    for answer in answers {
        let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
        let expected = ["file_qury_no", "filename", "fixmedins_code", "dld_endtime"];
        assert_eq!(keys, expected);
        assert_eq!(answer["filename"], "3202.zip");
        assert_eq!(answer["fixmedins_code"], HOSPITAL);
        assert!(answer["file_qury_no"].as_str().unwrap().len() <= 30);
        let fetched = house.fetch(HOSPITAL, &answer["file_qury_no"]).await;
        assert!(fetched.is_file);
        assert_eq!((fetched.status, &fetched.body[..]), (200, BYTES));
    }
}

#[tokio::test]
async fn another_institution_finds_nothing_and_a_restart_loses_nothing() {
    let house = House::new();
    let answer = house
        .output(HOSPITAL, "9101", upload(json!("UEsDBP8ACg==")))
        .await;
    let house = house.again();
    let number = &answer["file_qury_no"];
    assert_eq!(house.fetch(HOSPITAL, number).await.body, BYTES);
    let absent = "文件不存在或已过下载截止时间[no_file]";
    assert_eq!(refusal(&house.fetch(PHARMACY, number).await), absent);
    for number in [
        json!("F0000000000000000000000000000"),
        json!("../key"),
        json!("C13010000000020240101"),
        json!("C13010000000029991231"),
        json!(7),
    ] {
        let fetched = house.fetch(HOSPITAL, &number).await;
        assert_eq!(refusal(&fetched), absent, "{number}");
    }
}

#[tokio::test]
async fn the_same_message_brings_the_same_file_once() {
    let house = House::new();
    let first = upload(json!("UEsDBP8ACg=="));
    let sent = message(HOSPITAL, "9101", "M1", &first);
    let answer = output(&house.send(&sent, None).await);
    assert_eq!(output(&house.send(&sent, None).await), answer);
    let other = message(HOSPITAL, "9101", "M1", &upload(json!("UEsDBA==")));
    assert_eq!(
        refusal(&house.send(&other, None).await),
        "该msgid已上传过其他文件，请使用新的msgid重新上传[file_taken]"
    );
    // What another calls by the same name is another's.
    let own = json!({"fsUploadIn": {"in": "UEsDBA==", "filename": "a.zip"}});
    let own = message(PHARMACY, "9101", "M1", &own);
    assert_ne!(output(&house.send(&own, None).await), answer);
    let files = std::fs::read_dir(house.root().join("files")).unwrap();
    assert_eq!(files.count(), 2);
}

#[tokio::test]
async fn what_is_no_file_is_told() {
    let house = House::new();
    let named = |name: &str| json!({"fsUploadIn": {"in": "UEsDBA==", "filename": name}});
    let mut told = Vec::new();
    for input in [
        upload(json!("not base64!")),
        upload(json!([256])),
        upload(json!("")),
        upload(json!([])),
        named(".."),
        named("a\u{0}.zip"),
        named(""),
        json!({"fsUploadIn": {"in": "UEsDBA==", "filename": "a.zip", "fixmedins_code": PHARMACY}}),
        json!({}),
    ] {
        told.push(house.refused(HOSPITAL, "9101", input).await);
    }
    insta::assert_snapshot!(told.join("\n"));
    let path = named("C:\\his\\out\\a.zip");
    let answer = house.output(HOSPITAL, "9101", path).await;
    assert_eq!(answer["filename"], "a.zip");
    assert!(!house.root().join("a.zip").exists());
}

#[tokio::test]
async fn a_folder_that_does_not_work_is_a_refusal() {
    let house = House::new();
    std::fs::write(house.root().join("files"), "no folder").unwrap();
    let refused = house
        .refused(HOSPITAL, "9101", upload(json!("UEsDBA==")))
        .await;
    assert_eq!(refused, "文件服务暂不可用，请稍后重试[files_broken]");
}
