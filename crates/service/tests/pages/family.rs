//! Family accounts at the pages: what is given and taken back moves exactly, once, and for nobody else.

use std::sync::Arc;

use agency::Agency;
use axum::Router;
use axum::http::{StatusCode, header};
use service::codes::Delivery;

use crate::house::{House, LI, Rest, WANG};
use crate::visitor::{Shown, Visitor, pages};

/// Nobody here has it.
const STRANGER: &str = "110101199003070011";

/// A house with its agency in hand.
async fn opened() -> (Router, Arc<Agency>, Rest) {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let agency = Arc::clone(&house.door.window.agency);
    let (router, rest) = pages(house, Delivery::Shown);
    (router, agency, rest)
}

async fn signed_in(router: &Router, identity: &str) -> Visitor {
    let mut visitor = Visitor::new(router);
    visitor.sign_in(identity).await;
    visitor
}

/// What somebody has of one's own, and of relatives, after all that was on its way has arrived.
fn has(agency: &Agency, identity: &str) -> (u64, u64) {
    assert_eq!(agency.settle_messages().unwrap(), 0);
    let (person, _) = agency.find(identity);
    let state = agency.person(person).unwrap().unwrap();
    (state.account.own().fen(), state.granted().fen())
}

/// The hidden field of the last form that is sent there.
fn hidden(page: &str, action: &str, name: &str) -> String {
    let form = format!("action=\"{action}\"");
    let (_, form) = page.rsplit_once(&form).unwrap();
    let field = format!("name=\"{name}\" value=\"");
    let (_, value) = form.split_once(&field).unwrap();
    value.split('"').next().unwrap().to_owned()
}

fn giving(page: &str, to: &str, amount: &str) -> String {
    let key = hidden(page, "/mine/family", "key");
    format!("key={key}&identity_number={to}&amount={amount}")
}

fn ending(page: &str) -> String {
    let [key, grant] = ["key", "grant"].map(|name| hidden(page, "/mine/family/end", name));
    format!("key={key}&grant={grant}")
}

/// Sends a form and follows to what came of it.
async fn sent(visitor: &mut Visitor, path: &str, form: &str) -> Shown {
    let sent = visitor.send(path, form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    assert_eq!(sent.headers[header::LOCATION], "/mine/family");
    visitor.get("/mine/family").await
}

async fn give(visitor: &mut Visitor, to: &str, amount: &str) -> Shown {
    let page = visitor.get("/mine/family").await.text;
    let form = giving(&page, to, amount);
    sent(visitor, "/mine/family", &form).await
}

#[tokio::test]
async fn what_is_given_and_taken_back_moves_to_the_fen() {
    let (router, agency, rest) = opened().await;
    let mut li = signed_in(&router, LI).await;
    let (before, _) = has(&agency, LI);
    assert!(before >= 200_000);
    let page = li.get("/mine/family").await.text;
    assert!(
        page.contains("At most, yuan: <strong>2,000.00</strong>"),
        "{page}"
    );
    let told = give(&mut li, WANG, "300.05").await.text;
    assert!(
        told.contains("3301**********3214 may draw 300.05 yuan"),
        "{told}"
    );
    assert!(!told.contains(WANG) && !told.contains('王'), "{told}");
    assert_eq!(has(&agency, LI), (before - 30_005, 0));
    assert_eq!(has(&agency, WANG), (0, 30_005));
    // What came of it is told once; the books go on telling it.
    let page = li.get("/mine/family").await.text;
    assert!(
        !page.contains("may draw") && page.contains("300.05"),
        "{page}"
    );
    let mut wang = signed_in(&router, WANG).await;
    let others = wang.get("/mine/family").await.text;
    for told in ["李* 3301**********1226", "300.05", "Give back"] {
        assert!(others.contains(told), "{told}: {others}");
    }
    let told = sent(&mut li, "/mine/family/end", &ending(&page)).await.text;
    assert!(
        told.contains("The 300.05 yuan that are left of grant"),
        "{told}"
    );
    assert_eq!(has(&agency, LI), (before, 0));
    assert_eq!(has(&agency, WANG), (0, 0));
    let page = li.get("/mine/family").await.text;
    assert!(!page.contains("Take back"), "{page}");
    rest.end().await;
}

#[tokio::test]
async fn the_relative_gives_back_what_is_left() {
    let (router, agency, rest) = opened().await;
    let mut li = signed_in(&router, LI).await;
    let (before, _) = has(&agency, LI);
    give(&mut li, WANG, "12").await;
    assert_eq!(has(&agency, WANG), (0, 1_200));
    let mut wang = signed_in(&router, WANG).await;
    let form = ending(&wang.get("/mine/family").await.text);
    let told = sent(&mut wang, "/mine/family/end", &form).await.text;
    assert!(told.contains("The 12.00 yuan"), "{told}");
    assert_eq!(
        (has(&agency, LI), has(&agency, WANG)),
        ((before, 0), (0, 0))
    );
    rest.end().await;
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_carried_out_once() {
    let (router, agency, rest) = opened().await;
    let mut li = signed_in(&router, LI).await;
    let (before, _) = has(&agency, LI);
    let page = li.get("/mine/family").await.text;
    // All of it: a second time there would be nothing to give.
    let form = giving(&page, WANG, "2000");
    let first = sent(&mut li, "/mine/family", &form).await.text;
    let second = sent(&mut li, "/mine/family", &form).await.text;
    let told = |page: &str| {
        let (_, told) = page.split_once("role=\"status\">").unwrap();
        told.split("</p>").next().unwrap().to_owned()
    };
    assert!(told(&first).contains("may draw 2,000.00 yuan"));
    assert_eq!(told(&first), told(&second));
    assert_eq!(has(&agency, WANG), (0, 200_000));
    // The same key with something else is nothing of the kind.
    let other = form.replace("amount=2000", "amount=1");
    let refused = sent(&mut li, "/mine/family", &other).await.text;
    assert!(
        refused.contains("was used for a request with another content"),
        "{refused}"
    );
    let form = ending(&li.get("/mine/family").await.text);
    let first = sent(&mut li, "/mine/family/end", &form).await.text;
    let second = sent(&mut li, "/mine/family/end", &form).await.text;
    assert!(told(&first).contains("The 2,000.00 yuan"));
    assert_eq!(told(&first), told(&second));
    assert_eq!(
        (has(&agency, LI), has(&agency, WANG)),
        ((before, 0), (0, 0))
    );
    rest.end().await;
}

#[tokio::test]
async fn why_nothing_was_given_is_told_in_the_readers_language() {
    let (router, agency, rest) = opened().await;
    let mut li = signed_in(&router, LI).await;
    let before = has(&agency, LI);
    for (to, amount, why) in [
        (WANG, "2000.01", "less than"),
        (WANG, "0", "less than"),
        (LI, "1", "nobody grants to himself"),
        (WANG, "1.001", "The amount is yuan"),
        (WANG, "-1", "The amount is yuan"),
        (WANG, "", "The amount is yuan"),
        ("330102197001013215", "1", "This is no identity number"),
        ("", "1", "This is no identity number"),
        (STRANGER, "1", "Nobody with this number is enrolled here"),
    ] {
        let told = give(&mut li, to, amount).await.text;
        let (_, alert) = told.split_once("role=\"alert\"").unwrap();
        assert!(alert.contains(why), "{to} {amount}: {why}: {alert}");
    }
    for key in ["", "lane:1", "H33010000003/2207/1"] {
        let form = format!("key={key}&identity_number={WANG}&amount=1");
        let told = sent(&mut li, "/mine/family", &form).await.text;
        assert!(told.contains("Open the page anew"), "{told}");
    }
    let page = li.get("/mine/family").await.text;
    let form = giving(&page, WANG, "99999");
    let chinese = format!("{}; lang=zh", li.cookie());
    Visitor::with(&router, &chinese)
        .send("/mine/family", &form)
        .await;
    let told = Visitor::with(&router, &chinese)
        .get("/mine/family")
        .await
        .text;
    assert!(told.contains("不足 99,999.00 元"), "{told}");
    assert_eq!((has(&agency, LI), has(&agency, WANG)), (before, (0, 0)));
    rest.end().await;
}

/// A number that nobody has is answered like one that somebody has, unless the money is there; and not often.
#[tokio::test]
async fn whether_a_number_is_insured_here_is_not_to_be_found_out() {
    let (router, agency, rest) = opened().await;
    // Who has nothing finds out nothing.
    let mut wang = signed_in(&router, WANG).await;
    let alert = |page: &str| {
        let (_, told) = page.split_once("role=\"alert\"").unwrap();
        told.split("</div>").next().unwrap().to_owned()
    };
    let known = give(&mut wang, LI, "1").await.text;
    for _ in 0..6 {
        let unknown = give(&mut wang, STRANGER, "1").await.text;
        assert_eq!(alert(&known), alert(&unknown));
    }
    let mut li = signed_in(&router, LI).await;
    for _ in 0..5 {
        let unknown = give(&mut li, STRANGER, "1").await.text;
        assert!(alert(&unknown).contains("Nobody with this number"));
    }
    let locked = give(&mut li, STRANGER, "1").await.text;
    assert!(alert(&locked).contains("too often"), "{locked}");
    assert_eq!(alert(&give(&mut li, WANG, "1").await.text), alert(&locked));
    // Signing in anew does not help.
    let mut li = signed_in(&router, LI).await;
    assert_eq!(alert(&give(&mut li, WANG, "1").await.text), alert(&locked));
    assert_eq!(has(&agency, WANG), (0, 0));
    rest.end().await;
}

#[tokio::test]
async fn a_grant_between_others_cannot_be_ended() {
    let (router, agency, rest) = opened().await;
    let mut li = signed_in(&router, LI).await;
    give(&mut li, WANG, "5").await;
    let between = (has(&agency, LI), has(&agency, WANG));
    let page = li.get("/mine/family").await.text;
    let grant = hidden(&page, "/mine/family/end", "grant");
    // A third person, of the same lanes.
    let third = "330102196603101006";
    crate::house::enrol(&agency, third, "赵六", 0);
    let mut third = signed_in(&router, third).await;
    let page = third.get("/mine/family").await.text;
    let key = hidden(&page, "/mine/family", "key");
    for grant in [&*grant, "1-1", "x", "", "4294967296-1"] {
        let form = format!("key={key}&grant={grant}");
        let told = sent(&mut third, "/mine/family/end", &form).await.text;
        assert!(told.contains("there is no such grant"), "{grant}: {told}");
    }
    assert_eq!((has(&agency, LI), has(&agency, WANG)), between);
    rest.end().await;
}

#[tokio::test]
async fn only_who_is_signed_in_and_on_our_own_page_gives() {
    let (router, agency, rest) = opened().await;
    let before = has(&agency, LI);
    let mut li = signed_in(&router, LI).await;
    let page = li.get("/mine/family").await.text;
    let form = giving(&page, WANG, "5");
    for path in ["/mine/family", "/mine/family/end"] {
        for site in ["cross-site", "same-site"] {
            let shown = li.send_from(path, &form, site).await;
            assert_eq!(shown.status, StatusCode::FORBIDDEN, "{site} {path}");
        }
        let shown = Visitor::new(&router).send(path, &form).await;
        assert_eq!(shown.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(shown.headers[header::LOCATION], "/sign-in", "{path}");
    }
    assert_eq!((has(&agency, LI), has(&agency, WANG)), (before, (0, 0)));
    rest.end().await;
}
