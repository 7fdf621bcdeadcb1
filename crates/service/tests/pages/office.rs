//! The agency's pages about its institutions and its books: what stands there is what the office and the books have.

use std::sync::Arc;

use agency::Request;
use agency::act::Act;
use agency::domain::setting::Setting;
use agency::record::{Care, Cost, When};
use axum::http::{StatusCode, header};
use jiff::civil::{Date, date};
use service::codes::Delivery;

use crate::house::{CENTRE, HOSPITAL, House, LI, PHARMACY};
use crate::visitor::{Visitor, pages, staffed};

/// A house in which somebody has been at the hospital twice, and once in vain.
fn been() -> (House, [u64; 3]) {
    let house = staffed();
    let agency = &house.door.window.agency;
    let (person, _) = agency.find(LI);
    let settle = |fen: u64, day: Date| {
        let when = When {
            from: day,
            until: None,
        };
        let cost = Cost::Sums([0, fen, 0, 0, 0]);
        let care = Care::new(HOSPITAL, Setting::Outpatient, when, cost);
        let act = Act::Settle(Box::new(care));
        agency.call(Request::plain(person, act)).unwrap().entry
    };
    let march = date(2026, 3, 5);
    let entries = [
        settle(4_000, march),
        settle(5_000, march),
        settle(700, date(2026, 4, 1)),
    ];
    let back = Act::Reverse {
        entry: entries[1],
        on: march,
    };
    agency.call(Request::plain(person, back)).unwrap();
    (house, entries)
}

#[tokio::test]
async fn institutions_are_found_by_name_code_and_kind() {
    let house = tokio::task::spawn_blocking(staffed).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let mut reader = Visitor::new(&router);
    reader.work("r.reader").await;
    for (asked, found) in [
        ("", vec![HOSPITAL, CENTRE, PHARMACY]),
        ("?q=%E6%B9%96%E6%BB%A8", vec![CENTRE, PHARMACY]),
        ("?q=h330&kind=general", vec![HOSPITAL, CENTRE]),
        ("?kind=pharmacy", vec![PHARMACY]),
        ("?q=nothing", vec![]),
        ("?q=%3Cb%3E", vec![]),
    ] {
        let page = reader
            .get(&format!("/agency/institutions{asked}"))
            .await
            .text;
        for code in [HOSPITAL, CENTRE, PHARMACY] {
            let link = format!("/agency/institutions/{code}\"");
            assert_eq!(
                page.contains(&link),
                found.contains(&code),
                "{asked} {code}"
            );
        }
        assert!(page.contains(&format!("{} found", found.len())), "{page}");
        assert!(!page.contains("<b>"));
    }
    let none = reader.get("/agency/institutions/H0").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    rest.end().await;
}

/// By month as the slips tell it: what was taken back stands beside what was settled.
#[tokio::test]
async fn an_institution_shows_its_agreement_and_its_months() {
    let (house, _) = tokio::task::spawn_blocking(been).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let mut reader = Visitor::new(&router);
    reader.work("r.reader").await;
    let shown = reader
        .get(&format!("/agency/institutions/{HOSPITAL}?until=2026-05"))
        .await;
    assert_eq!(shown.status, StatusCode::OK);
    let page = shown
        .text
        .replace("</td> <", "</td><")
        .replace("</th> <", "</th><");
    for told in [
        "市一医院",
        "designated",
        "<th scope=\"row\">2026-03</th><td class=\"n\">2</td><td class=\"n\">90.00</td>",
        "<td class=\"n\">1</td><td class=\"n\">50.00</td>",
        "<th scope=\"row\">2026-04</th><td class=\"n\">1</td><td class=\"n\">7.00</td>",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    // What is no month is that of today.
    let today = format!("/agency/institutions/{HOSPITAL}");
    let today = reader.get(&today).await.text;
    let other = format!("/agency/institutions/{HOSPITAL}?until=%2B002025-05");
    let heading = |page: &str| {
        page.split("<h2>Settled in 12")
            .nth(1)
            .map(|rest| rest[..60].to_owned())
    };
    let shown = reader.get(&other).await.text;
    assert_eq!(heading(&shown), heading(&today));
    let before = format!("/agency/institutions/{HOSPITAL}?until=2025-05");
    assert!(page.contains(&before), "{page}");
    let shown = reader.get(&before).await.text;
    assert!(shown.contains("Nothing was settled"), "{shown}");
    rest.end().await;
}

#[tokio::test]
async fn a_reviewer_has_the_books_audited_and_all_see_what_was_found() {
    let (house, _) = tokio::task::spawn_blocking(been).await.unwrap();
    let agency = Arc::clone(&house.door.window.agency);
    let (router, rest) = pages(house, Delivery::Off);
    let (mut reader, mut reviewer) = (Visitor::new(&router), Visitor::new(&router));
    reader.work("r.reader").await;
    reviewer.work("v.reviewer").await;
    let before = reader.get("/agency/audit").await.text;
    assert!(before.contains("There was no audit yet") && !before.contains("Audit now"));
    let refused = reader.send("/agency/audit/begin", "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let begun = reviewer.send("/agency/audit/begin", "").await;
    assert_eq!(begun.headers[header::LOCATION], "/agency/audit");
    let mut page = reviewer.get("/agency/audit").await;
    while page.text.contains("An audit goes on") {
        assert_eq!(page.headers["refresh"], "3");
        page = reviewer.get("/agency/audit").await;
    }
    let expected = tokio::task::spawn_blocking(move || agency::audit::audit(&agency, |_| {}));
    let expected = expected.await.unwrap().unwrap();
    let shown = reader.get("/agency/audit").await.text;
    assert!(
        shown.contains("Everything holds") && shown.contains("v.reviewer"),
        "{shown}"
    );
    let page = shown.replace("</td> <", "</td><");
    for (check, (made, broken)) in &expected.checks {
        // Deeds are written while the audit reads: there may be more of them now.
        let told = format!("</td><td class=\"n\">{made}</td><td class=\"n\">{broken}</td>");
        let of_chain = matches!(check.code(), "chain" | "form");
        assert!(of_chain || page.contains(&told), "{check:?} {told}: {page}");
    }
    rest.end().await;
}
