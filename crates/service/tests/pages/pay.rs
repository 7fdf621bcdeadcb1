//! "What do I pay?": every region and every choice of the form is answered, or told why not; and what is typed stays text.

use axum::http::StatusCode;
use service::codes::Delivery;

use crate::house::House;
use crate::visitor::{Visitor, pages};

/// Region by region, setting by setting, status by status, place by place.
#[tokio::test]
async fn every_choice_of_the_form_is_answered_or_refused_with_a_reason() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let mut visitor = Visitor::new(&router);
    let form = visitor.get("/pay").await.text;
    let choices = |name: &str| -> Vec<String> {
        let (_, list) = form
            .split_once(&format!("<select name=\"{name}\">"))
            .unwrap();
        let (list, _) = list.split_once("</select>").unwrap();
        let values = list.split("<option value=\"").skip(1);
        values
            .map(|option| option.split('"').next().unwrap().to_owned())
            .collect()
    };
    let (mut answered, mut refused) = (0, 0);
    for region in choices("region") {
        for status in choices("status") {
            for setting in choices("setting") {
                for place in choices("place") {
                    let query = format!(
                        "/pay?region={region}&status={status}&setting={setting}&place={place}&age=40&cost=1234.56&account=100"
                    );
                    let shown = visitor.get(&query).await;
                    assert_eq!(shown.status, StatusCode::OK, "{query}");
                    let is_answer = shown.text.contains("Of 1,234.56 yuan you pay ");
                    let is_refused = shown.text.contains("role=\"alert\"");
                    assert!(is_answer != is_refused, "{query}: {}", shown.text);
                    answered += usize::from(is_answer);
                    refused += usize::from(is_refused);
                }
            }
        }
    }
    assert!(answered > 100, "{answered} answered, {refused} refused");
    rest.end().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_told_all_at_once_and_stays_text() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let mut visitor = Visitor::new(&router);
    let shown = visitor
        .get("/pay?region=xx&status=king&setting=moon&place=mars&hospital=9&age=200&cost=1e5&outside=-1&account=99999999999&stays=x")
        .await;
    assert_eq!(shown.status, StatusCode::OK);
    for told in [
        "region `xx`: choose one of the list",
        "status `king`",
        "care `moon`",
        "place `mars`",
        "age `200`: a whole number from 0 to 120",
        "cost `1e5`: yuan",
        "of it outside the catalogue `-1`",
        "account `99999999999`",
        "stays so far `x`",
    ] {
        assert!(shown.text.contains(told), "{told}: {}", shown.text);
    }
    let more = visitor
        .get("/pay?cost=10&outside=8&first_share=3")
        .await
        .text;
    assert!(
        more.contains("not less than what of it is outside"),
        "{more}"
    );
    for field in [
        "region", "status", "cost", "age", "account", "identity", "disease", "hospital",
    ] {
        let hostile = "%3C%2Fp%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%22onload%3D%22x";
        let cost = if field == "cost" { "" } else { "&cost=5" };
        let shown = visitor.get(&format!("/pay?{field}={hostile}{cost}")).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(!shown.text.contains("<script"), "{field}: {}", shown.text);
        assert!(!shown.text.contains("\"onload"), "{field}: {}", shown.text);
    }
    rest.end().await;
}

#[tokio::test]
async fn the_language_is_remembered_and_one_comes_back() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let mut visitor = Visitor::new(&router);
    let english = visitor.get("/pay?cost=50").await.text;
    assert!(english.contains("<html lang=\"en\">"), "{english}");
    assert!(
        english.contains("/language?to=zh&amp;back=%2Fpay%3Fcost%3D50"),
        "{english}"
    );
    let chosen = visitor.get("/language?to=zh&back=%2Fpay%3Fcost%3D50").await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER);
    assert_eq!(chosen.headers["location"], "/pay?cost=50");
    let chinese = visitor.get("/pay?cost=50").await.text;
    assert!(chinese.contains("<html lang=\"zh-CN\">"), "{chinese}");
    let away = visitor
        .get("/language?to=en&back=%2F%2Felsewhere.example")
        .await;
    assert_eq!(away.headers["location"], "/");
    assert_eq!(
        visitor.get("/language?to=fr").await.status,
        StatusCode::NOT_FOUND
    );
    rest.end().await;
}

#[tokio::test]
async fn what_is_not_there_is_told_and_every_answer_is_hardened() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let mut visitor = Visitor::new(&router);
    let twice = visitor.get("/pay?cost=1&cost=2").await;
    assert_eq!(twice.status, StatusCode::OK);
    assert!(
        twice.text.contains("says something twice"),
        "{}",
        twice.text
    );
    for path in [
        "/",
        "/pay",
        "/pay?cost=1&cost=2",
        "/mine",
        "/language?to=zh&back=/",
        "/language",
        "/sign-in",
        "/sign-in/code",
    ] {
        let shown = visitor.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(
                shown.headers.get(name).map(|v| v.to_str().unwrap()),
                Some(value),
                "{path}: {name}"
            );
        }
        assert!(
            shown.headers.contains_key("content-security-policy"),
            "{path}"
        );
    }
    rest.end().await;
}
