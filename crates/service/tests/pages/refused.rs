//! What is refused before a page looks at it comes as a page, too; what institutions send is answered as before.

use axum::http::{Method, StatusCode, header};
use service::codes::Delivery;

use crate::house::{House, LI};
use crate::visitor::{Visitor, pages};

#[tokio::test]
async fn every_refusal_is_a_page_in_the_readers_language() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let mut visitor = Visitor::new(&router);
    let form = "application/x-www-form-urlencoded";
    let json = "application/json";
    let table = [
        (Method::POST, "/sign-in", json, "{}", 415),
        (
            Method::POST,
            "/sign-in",
            form,
            "identity_number=1&identity_number=2",
            422,
        ),
        (Method::GET, "/sign-in/code", "", "", 405),
        (Method::DELETE, "/pay", "", "", 405),
        (Method::POST, "/pay", form, "", 405),
        (Method::POST, "/policies", form, "", 405),
        (Method::GET, "/mine/family/end", "", "", 405),
    ];
    for (method, path, kind, body, status) in table {
        for (lang, told) in [("en", "It was not done"), ("zh-CN", "未能办理")] {
            let shown = visitor.tell((&method, path), (lang, kind), body).await;
            assert_eq!(shown.status, status, "{method} {path}: {}", shown.text);
            assert!(shown.text.contains(told), "{method} {path}: {}", shown.text);
            assert!(shown.text.contains("role=\"alert\""), "{}", shown.text);
            // The other language is not asked for where nothing can be asked for.
            assert!(shown.text.contains("&amp;back=%2F\""), "{}", shown.text);
            let policy = &shown.headers[header::CONTENT_SECURITY_POLICY];
            assert!(policy.to_str().unwrap().contains("style-src 'sha256-"));
            assert_eq!(shown.headers[header::CACHE_CONTROL], "no-store");
            assert_eq!(shown.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        }
    }
    let shown = visitor.tell((&Method::POST, "/pay"), ("en", ""), "").await;
    assert_eq!(shown.headers[header::ALLOW], "GET,HEAD");
    let away = visitor.send_from("/sign-in", "", "cross-site").await;
    assert_eq!(away.status, StatusCode::FORBIDDEN);
    assert!(
        away.text
            .contains("A form is sent from a page of this service"),
        "{}",
        away.text
    );
    rest.end().await;
}

/// An institution that sends to the bare address or to any other, and what comes of it, know nothing of pages.
#[tokio::test]
async fn messages_of_institutions_are_answered_as_before() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let mut visitor = Visitor::new(&router);
    for path in ["/", "/fsi/api/callService", "/anything"] {
        let told = visitor
            .tell((&Method::POST, path), ("en", "application/json"), "no json")
            .await;
        assert_eq!(told.status, StatusCode::OK, "{path}");
        assert!(
            told.text.starts_with("{\"infcode\":"),
            "{path}: {}",
            told.text
        );
        // A form in parts without its boundary is refused with nothing said.
        let kind = "multipart/form-data";
        let told = visitor.tell((&Method::POST, path), ("en", kind), "-").await;
        assert!(!told.text.contains("<html"), "{path}: {}", told.text);
    }
    rest.end().await;
}

/// The page that answers a form is not asked for again by its address: the other language leads to the form.
#[tokio::test]
async fn from_an_answer_to_a_form_the_other_language_leads_to_the_form() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let mut visitor = Visitor::new(&router);
    let named = format!("identity_number={LI}");
    for (path, form, status) in [
        ("/sign-in", "identity_number=123", 422),
        ("/sign-in", named.as_str(), 200),
        ("/sign-in/code", "code=none", 422),
    ] {
        let shown = visitor.send(path, form).await;
        assert_eq!(shown.status, status, "{path} {form}");
        let link = "<a href=\"/language?to=zh&amp;back=%2Fsign-in\"";
        assert!(shown.text.contains(link), "{}", shown.text);
    }
    let led = visitor.get("/language?to=zh&back=%2Fsign-in").await;
    assert_eq!(led.headers[header::LOCATION], "/sign-in");
    assert_eq!(visitor.get("/sign-in").await.status, StatusCode::OK);
    rest.end().await;
}

/// Whoever asks faster than an address may is told so in a page, and when to come again.
#[tokio::test]
async fn who_reads_too_fast_is_told_to_wait() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (mut door, rest) = house.taken();
    let mut bounds = door.settings().bounds;
    bounds.address_rate = std::num::NonZeroU32::MIN;
    door.limits = service::limits::Limits::new(bounds);
    let router = service::server::router(std::sync::Arc::new(door));
    let mut visitor = Visitor::new(&router);
    let mut shown = visitor.get("/").await;
    assert_eq!(shown.status, StatusCode::OK);
    while shown.status == StatusCode::OK {
        shown = visitor.get("/").await;
    }
    assert_eq!(shown.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(shown.headers[header::RETRY_AFTER], "1");
    assert!(shown.text.contains("It was not done"), "{}", shown.text);
    rest.end().await;
}
