//! Whoever signs in sees what is theirs, and nobody else does.

use agency::Request;
use agency::act::Act;
use agency::domain::setting::Setting;
use agency::record::{Care, Cost, When};
use axum::http::{StatusCode, header};
use jiff::civil::date;
use service::codes::Delivery;

use crate::house::{HOSPITAL, House, LI, WANG};
use crate::visitor::{Visitor, pages};

const PATHS: [&str; 7] = [
    "/mine",
    "/mine/account",
    "/mine/settlements",
    "/mine/settlements/1",
    "/mine/cover",
    "/mine/family",
    "/mine/voucher",
];

/// A house in which one of the two has been at the hospital, for something that no fund pays.
fn been() -> House {
    let house = House::new();
    let agency = &house.door.window.agency;
    let (person, _) = agency.find(LI);
    let when = When {
        from: date(2026, 3, 5),
        until: None,
    };
    let cost = Cost::Sums([0, 4_000, 0, 0, 0]);
    let care = Care::new(HOSPITAL, Setting::Outpatient, when, cost);
    let settle = Act::Settle(Box::new(care));
    agency.call(Request::plain(person, settle)).unwrap();
    house
}

#[tokio::test]
async fn who_is_not_signed_in_is_sent_to_sign_in() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    for path in PATHS {
        let shown = Visitor::new(&router).get(path).await;
        assert_eq!(shown.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(shown.headers[header::LOCATION], "/sign-in", "{path}");
    }
    rest.end().await;
}

#[tokio::test]
async fn one_sees_what_is_ones_own_alone() {
    let house = tokio::task::spawn_blocking(been).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let (mut li, mut wang) = (Visitor::new(&router), Visitor::new(&router));
    li.sign_in(LI).await;
    wang.sign_in(WANG).await;
    let own = li.get("/mine").await;
    assert_eq!(own.status, StatusCode::OK);
    for told in ["2,000.00", "市一医院", "40.00", "李*", "3301**********1226"] {
        assert!(own.text.contains(told), "{told}: {}", own.text);
    }
    assert!(!own.text.contains(LI), "the number is masked");
    assert!(own.text.contains("you are "), "{}", own.text);
    assert!(
        own.text
            .contains("<a href=\"/mine/settlements\">All settlements</a>"),
        "{}",
        own.text
    );
    assert_eq!(own.headers[header::CACHE_CONTROL], "no-store");
    let (_, link) = own.text.split_once("href=\"/mine/settlements/").unwrap();
    let sheet = format!("/mine/settlements/{}", link.split('"').next().unwrap());
    let shown = li.get(&sheet).await;
    assert!(shown.text.contains("How it comes about"), "{}", shown.text);
    let others = wang.get(&sheet).await;
    assert_eq!(others.status, StatusCode::NOT_FOUND);
    let page = wang.get("/mine").await.text;
    assert!(
        page.contains("There is none yet") && !page.contains("/mine/settlements/"),
        "{page}"
    );
    for path in [
        "/mine/settlements/0",
        "/mine/settlements/99999",
        "/mine/settlements/x",
    ] {
        assert_eq!(li.get(path).await.status, StatusCode::NOT_FOUND);
    }
    rest.end().await;
}

/// What moved no money of the account is not among the movements, and each page of them is a page of the account.
#[tokio::test]
async fn the_account_lists_what_moved_its_money() {
    let house = tokio::task::spawn_blocking(been).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let (mut li, mut wang) = (Visitor::new(&router), Visitor::new(&router));
    li.sign_in(LI).await;
    wang.sign_in(WANG).await;
    let page = li.get("/mine/account").await.text;
    assert!(
        page.contains("enrolment: ") && !page.contains("premium: "),
        "{page}"
    );
    assert!(!page.contains("Older") && !page.contains("Newer"), "{page}");
    let page = wang.get("/mine/account").await.text;
    assert!(page.contains("There are none"), "{page}");
    // Before the first entry there is nothing; the place is still the account.
    let page = li.get("/mine/account?before=1").await.text;
    assert!(page.contains("There are none"), "{page}");
    assert!(
        page.contains("<a href=\"/mine/account\">Newer</a>"),
        "{page}"
    );
    assert!(
        page.contains("<a href=\"/mine/account\" aria-current=\"page\">"),
        "{page}"
    );
    rest.end().await;
}

/// The session of before signing in, and that of after signing out, show nothing.
#[tokio::test]
async fn a_session_is_another_after_signing_in_and_gone_after_signing_out() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let mut visitor = Visitor::new(&router);
    let code = visitor.code(LI).await.unwrap();
    let before = visitor.cookie().to_owned();
    visitor.send("/sign-in/code", &format!("code={code}")).await;
    let after = visitor.cookie().to_owned();
    assert_ne!(before, after);
    let mut old = Visitor::with(&router, &before);
    assert_eq!(old.get("/mine").await.status, StatusCode::SEE_OTHER);
    assert_eq!(visitor.get("/mine").await.status, StatusCode::OK);
    visitor.send("/sign-out", "").await;
    let mut gone = Visitor::with(&router, &after);
    assert_eq!(gone.get("/mine").await.status, StatusCode::SEE_OTHER);
    rest.end().await;
}

#[tokio::test]
async fn five_wrong_codes_lock_out_and_the_right_one_is_no_good_then() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let mut visitor = Visitor::new(&router);
    let code = visitor.code(LI).await.unwrap();
    let wrong = if code == "123456" { "654321" } else { "123456" };
    for _ in 0..5 {
        let shown = visitor
            .send("/sign-in/code", &format!("code={wrong}"))
            .await;
        assert!(shown.text.contains("The code is wrong"), "{}", shown.text);
    }
    let shown = visitor.send("/sign-in/code", &format!("code={code}")).await;
    assert!(shown.text.contains("Too many times"), "{}", shown.text);
    let again = visitor
        .send("/sign-in", &format!("identity_number={LI}"))
        .await;
    assert!(again.text.contains("Too many times"), "{}", again.text);
    // Nobody else is locked out by it.
    Visitor::new(&router).sign_in(WANG).await;
    rest.end().await;
}

/// Whoever knows a number and is wrong on purpose waits, and its owner does not.
#[tokio::test]
async fn a_stranger_elsewhere_does_not_lock_a_person_out() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let mut stranger = Visitor::new(&router).at("203.0.113.9");
    stranger.code(LI).await.unwrap();
    for _ in 0..5 {
        let shown = stranger.send("/sign-in/code", "code=none").await;
        assert!(shown.text.contains("The code is wrong"), "{}", shown.text);
    }
    let shown = stranger.send("/sign-in/code", "code=none").await;
    assert!(shown.text.contains("Too many times"), "{}", shown.text);
    let named = format!("identity_number={LI}");
    let shown = stranger.send("/sign-in", &named).await;
    assert!(shown.text.contains("Too many times"), "{}", shown.text);
    let mut owner = Visitor::new(&router).at("203.0.113.10");
    owner.sign_in(LI).await;
    rest.end().await;
}

/// A number that nobody has is answered like one that somebody has.
#[tokio::test]
async fn whether_a_number_is_insured_here_is_not_told() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Program("/bin/cat".into()));
    let known = Visitor::new(&router)
        .send("/sign-in", &format!("identity_number={LI}"))
        .await;
    let unknown = "identity_number=110101199003070011";
    let unknown = Visitor::new(&router).send("/sign-in", unknown).await;
    assert_eq!((known.status, &known.text), (unknown.status, &unknown.text));
    assert!(
        known.text.contains("a code is on its way"),
        "{}",
        known.text
    );
    let wrong = Visitor::new(&router)
        .send("/sign-in", "identity_number=123")
        .await;
    assert!(
        wrong.text.contains("This is no identity number"),
        "{}",
        wrong.text
    );
    rest.end().await;
}

#[tokio::test]
async fn another_site_cannot_send_our_forms() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let mut visitor = Visitor::new(&router);
    visitor.sign_in(LI).await;
    for site in ["cross-site", "same-site"] {
        for path in ["/sign-out", "/sign-in", "/sign-in/code"] {
            let shown = visitor.send_from(path, "", site).await;
            assert_eq!(shown.status, StatusCode::FORBIDDEN, "{site} {path}");
        }
    }
    assert_eq!(visitor.get("/mine").await.status, StatusCode::OK);
    rest.end().await;
}

/// Where no code can be sent, nobody signs in.
#[tokio::test]
async fn without_codes_there_are_no_such_pages() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let home = Visitor::new(&router).get("/").await.text;
    assert!(home.contains("/pay") && !home.contains("/mine"), "{home}");
    rest.end().await;
}
