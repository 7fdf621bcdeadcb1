//! The rules of every region as pages: each file and each reform is shown, figures stand with their clauses, and what is typed stays text.

use std::path::Path;

use agency::Library;
use axum::http::StatusCode;
use service::codes::Delivery;

use crate::house::{House, Rest};
use crate::visitor::{Shown, Visitor, pages};

async fn opened() -> (Visitor, Rest) {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    (Visitor::new(&router), rest)
}

fn is_whole(shown: &Shown, path: &str) {
    assert_eq!(shown.status, StatusCode::OK, "{path}: {}", shown.text);
    assert_eq!(shown.text.matches("<h1>").count(), 1, "{path}");
    assert!(!shown.text.contains(" style=\""), "{path}");
}

#[tokio::test]
async fn every_file_and_every_reform_is_shown() {
    let (mut visitor, rest) = opened().await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let library = Library::open(&[&folder]).unwrap();
    let list = visitor.get("/policies").await;
    is_whole(&list, "/policies");
    let mut reforms = 0;
    for known in library.regions() {
        assert!(list.text.contains(&known.name.en), "{}", known.region);
        for &scheme in &known.schemes {
            let path = format!("/policies/{}/{}", known.region, scheme.code());
            assert!(list.text.contains(&format!("href=\"{path}\"")), "{path}");
            let days = library.days(known.region, scheme);
            for day in &days {
                let path = format!("{path}?on={day}");
                let shown = visitor.get(&path).await;
                is_whole(&shown, &path);
                assert!(shown.text.contains("<caption>"), "{path}");
            }
            for pair in days.windows(2) {
                let path = format!("{path}/changes?from={}&to={}", pair[0], pair[1]);
                is_whole(&visitor.get(&path).await, &path);
                reforms += 1;
            }
            // Today's file, or a word on why there is none any more.
            let today = visitor.get(&path).await;
            let has_ended = today.status == StatusCode::NOT_FOUND;
            assert_eq!(has_ended, today.text.contains("ended on"), "{path}");
        }
    }
    assert!(reforms > 10, "{reforms}");
    rest.end().await;
}

/// Each row of a table, as text.
fn rows(text: &str) -> Vec<&str> {
    text.split("<tr>").skip(1).collect()
}

#[tokio::test]
async fn figures_stand_with_their_clause_and_standing() {
    let (mut visitor, rest) = opened().await;
    let path = "/policies/110000/employee?on=2024-03-01&setting=inpatient&facility=3&person=active&place=home";
    let shown = visitor.get(path).await;
    is_whole(&shown, path);
    for (what, told) in [
        (
            ">deductible<",
            [
                "1,300 yuan",
                "650 yuan",
                "北京职工医保住院报销比例表",
                "reported",
            ],
        ),
        (
            ">paid by the fund up to 30,000<",
            [
                "<td>85%</td>",
                "2004年11月23日",
                "class=\"clause\"",
                " · official",
            ],
        ),
    ] {
        let row = rows(&shown.text).into_iter().find(|row| row.contains(what));
        let row = row.unwrap_or_else(|| panic!("{what}: {}", shown.text));
        for told in told {
            assert!(row.contains(told), "{told}: {row}");
        }
    }
    for told in [
        "Causes for which the funds pay nothing",
        "Gaps: ",
        "Documents",
        "credit to the account",
    ] {
        assert!(shown.text.contains(told), "{told}");
    }
    let path = "/policies/110000/employee/changes?from=2022-09-01&to=2023-01-01";
    let reform = visitor.get(path).await;
    is_whole(&reform, path);
    let row = rows(&reform.text).into_iter().find(|row| {
        row.contains("large-amount") && row.contains("60%") && row.contains("class=\"clause\"")
    });
    assert!(row.is_some(), "{}", reform.text);
    rest.end().await;
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_stays_text() {
    let (mut visitor, rest) = opened().await;
    let hostile = "%3C%2Fp%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%22onload%3D%22x";
    for path in [
        "/policies/999999/employee".to_owned(),
        "/policies/110000/king".to_owned(),
        "/policies/xx/employee".to_owned(),
        "/policies/110000/employee?on=1980-01-01".to_owned(),
        "/policies/110000/employee?on=tomorrow".to_owned(),
        "/policies/110000/employee?on=2024-02-30".to_owned(),
        "/policies/110000/employee/changes".to_owned(),
        "/policies/110000/employee/changes?from=2022-09-01&to=2022-09-02".to_owned(),
        "/policies/110000/employee/changes?from=2023-01-01&to=2022-09-01".to_owned(),
        "/policies/110000/employee/changes?from=2023-01-01&to=2023-01-01".to_owned(),
        format!("/policies/{hostile}/{hostile}"),
        format!("/policies/110000/employee?on={hostile}"),
        format!("/policies/110000/employee/changes?from={hostile}&to={hostile}"),
    ] {
        let shown = visitor.get(&path).await;
        assert_eq!(shown.status, StatusCode::NOT_FOUND, "{path}");
        assert!(shown.text.contains("role=\"alert\""), "{path}");
        assert!(!shown.text.contains("<script"), "{path}: {}", shown.text);
        assert!(!shown.text.contains("\"onload"), "{path}: {}", shown.text);
    }
    for field in ["setting", "facility", "person", "place", "disease"] {
        let path = format!("/policies/110000/employee?on=2024-03-01&{field}={hostile}");
        let shown = visitor.get(&path).await;
        is_whole(&shown, &path);
        assert!(shown.text.contains("another was taken"), "{path}");
        assert!(!shown.text.contains("<script"), "{path}");
        assert!(!shown.text.contains("\"onload"), "{path}");
    }
    rest.end().await;
}
