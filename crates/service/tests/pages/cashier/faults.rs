//! Everything that a hand can do wrong at the till: told, and nothing done.

use agency::Request;
use agency::act::Act;
use agency::domain::agreement::Agreement;
use agency::domain::day::Span;
use agency::domain::facility::FacilityKind;
use agency::domain::region::Region;
use agency::domain::setting::Setting;
use agency::record::money::Heir;
use agency::record::{Care, Cost, When};
use axum::http::{StatusCode, header};
use jiff::civil::date;

use super::{DRUG, Shop, field, location, settling};
use crate::house::{CENTRE, LI, WANG};
use crate::visitor::Visitor;

#[tokio::test]
async fn nobody_is_found_by_a_wrong_paper() {
    let mut shop = Shop::open().await;
    let token = format!("YB{}", "0".repeat(32));
    let elsewhere = "1101000000000000000000001".to_owned();
    let nobody = "3301000000000000000000001".to_owned();
    for (paper, why) in [
        ("", "nobody is insured here"),
        ("330102198005061227", "The check digit"),
        ("110101199003070011", "nobody is insured here"),
        (token.as_str(), "there is no such e-voucher"),
        (elsewhere.as_str(), "nobody is insured here"),
        (nobody.as_str(), "nobody is insured here"),
        ("%3Cb%3E%27%00", "nobody is insured here"),
        (&"9".repeat(500), "nobody is insured here"),
    ] {
        let form = format!("paper={paper}");
        let shown = shop.cashier.send("/cashier/person", &form).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{paper}");
        assert!(shown.text.contains(why), "{paper}: {}", shown.text);
        assert!(shown.text.contains("name=\"paper\""), "one can try again");
    }
    // Whoever stood there before does not come back when the page is loaded again.
    shop.find(WANG).await;
    let shown = shop.cashier.send("/cashier/person", "paper=x").await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let next = shop.cashier.get("/cashier").await.text;
    assert!(
        next.contains("name=\"paper\"") && !next.contains("王*"),
        "{next}"
    );
    // The number as the interface has it is one's own.
    let number = shop.zhao.clone();
    shop.find(&number).await;
    assert!(shop.cashier.get("/cashier").await.text.contains("赵*"));
    let found = shop.deeds().await;
    let looked = found.iter().filter(|deed| deed.what.code() == "found");
    assert_eq!(looked.count(), 11, "also who was not found is written down");
    shop.close().await;
}

#[tokio::test]
async fn a_line_that_is_not_right_is_told_and_not_added() {
    let mut shop = Shop::open().await;
    shop.find(LI).await;
    let page = shop.cashier.get("/cashier?find=%E8%8E%AB").await.text;
    assert!(page.contains("阿莫西林") && !page.contains("奥美拉唑"));
    assert!(page.contains("class A"), "{page}");
    let nothing = shop.cashier.get("/cashier?find=ZZZ").await.text;
    assert!(nothing.contains("Nothing of the kind"));
    let bill = field(&page, "bill");
    for (form, why) in [
        (
            "add=XA01&item.XA01.quantity=0&item.XA01.price=1",
            "quantity `0`",
        ),
        (
            "add=XA01&item.XA01.quantity=1,5&item.XA01.price=1",
            "quantity `1,5`",
        ),
        ("add=XA01&item.XA01.quantity=1&item.XA01.price=", "price ``"),
        (
            "add=XA01&item.XA01.quantity=1&item.XA01.price=-2",
            "price `-2`",
        ),
        (
            "add=XA01&item.XA01.quantity=0.001&item.XA01.price=1",
            "comes to nothing",
        ),
        (
            "add=GONE&item.GONE.quantity=1&item.GONE.price=1",
            "does not have the item today",
        ),
        ("add=own&own=&own.quantity=1&own.price=1", "tell its name"),
        (
            "add=own&own=XA01&own.quantity=1&own.price=1",
            "has this code",
        ),
        (
            "add=own&own=a%0Ab&own.quantity=1&own.price=1",
            "nobody sees",
        ),
        (
            "add=own&own=a%E2%80%AEb&own.quantity=1&own.price=1",
            "nobody sees",
        ),
        ("add=own", "tell its name"),
    ] {
        let form = format!("bill={bill}&{form}");
        let shown = shop.cashier.send("/cashier/items", &form).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(shown.text.contains(why), "{form}: {}", shown.text);
        assert!(shown.text.contains("There is no line yet"), "{form}");
    }
    let empty = format!("bill={bill}&shown=");
    let shown = shop.cashier.send("/cashier/settle", &empty).await;
    assert!(
        shown.text.contains("The bill has no line"),
        "{}",
        shown.text
    );
    // Right at last: and the form of before is old then.
    let add = format!("bill={bill}&{DRUG}");
    assert_eq!(
        location(&shop.cashier.send("/cashier/items", &add).await),
        "/cashier"
    );
    let again = shop.cashier.send("/cashier/items", &add).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert_eq!(
        again.text.matches("formaction=\"/cashier/items/").count(),
        1
    );
    shop.close().await;
}

#[tokio::test]
async fn a_line_is_changed_and_taken_out_and_the_bill_begun_anew() {
    let mut shop = Shop::open().await;
    let page = shop.bill(LI).await;
    let lines = |page: &str| page.matches("formaction=\"/cashier/items/").count();
    assert_eq!(lines(&page), 2);
    let change = |page: &str| {
        let bill = field(page, "bill");
        format!("bill={bill}&line.0.quantity=1&line.0.price=10")
    };
    let path = "/cashier/items/0";
    location(&shop.cashier.send("/cashier/care", &change(&page)).await);
    let changed = shop.cashier.get("/cashier").await.text;
    assert!(changed.contains("14.01"), "10 and 4.01: {changed}");
    let old = shop.cashier.send(path, &change(&page)).await;
    assert_eq!(old.status, StatusCode::CONFLICT, "the form is of before");
    location(&shop.cashier.send(path, &change(&changed)).await);
    let left = shop.cashier.get("/cashier").await.text;
    assert_eq!(lines(&left), 1);
    let gone = shop.cashier.send(path, &change(&left)).await;
    assert_eq!(gone.status, StatusCode::CONFLICT, "there is no such line");
    let old = format!("bill={}&what=bill", field(&page, "bill"));
    let refused = shop.cashier.send("/cashier/anew", &old).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(lines(&refused.text), 1);
    let anew = format!("bill={}&what=bill", field(&left, "bill"));
    location(&shop.cashier.send("/cashier/anew", &anew).await);
    let anew = shop.cashier.get("/cashier").await.text;
    assert!(lines(&anew) == 0 && anew.contains("李*"));
    // No account pays, where the person does not want it; and nobody has a kind of care that is not offered.
    let page = shop.bill(LI).await;
    for kind in ["inpatient", "chronic/gout", "king"] {
        let care = format!("bill={}&kind={kind}&accounts=none", field(&page, "bill"));
        let refused = shop.cashier.send("/cashier/care", &care).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
        assert!(refused.text.contains("no such kind of care"), "{kind}");
        // What was typed stands in the form, and the bill is as it was.
        let kept = shop.cashier.get("/cashier").await.text;
        assert!(kept.contains("value=\"own\" selected"), "{kind}");
        assert_eq!(field(&kept, "bill"), field(&page, "bill"), "{kind}");
        assert_eq!(field(&refused.text, "bill"), field(&page, "bill"), "{kind}");
    }
    let care = format!(
        "bill={}&kind=outpatient&accounts=none",
        field(&page, "bill")
    );
    location(&shop.cashier.send("/cashier/care", &care).await);
    let page = shop.cashier.get("/cashier").await.text;
    location(&shop.cashier.send("/cashier/settle", &settling(&page)).await);
    assert!(shop.slips().await[0].account.is_zero());
    shop.close().await;
}

/// Another tab, another person, another settlement meanwhile: what was shown is settled, or nothing.
#[tokio::test]
async fn what_was_not_shown_is_not_settled() {
    let mut shop = Shop::open().await;
    let page = shop.bill(LI).await;
    let form = settling(&page);
    let shown = field(page.split_once("/cashier/settle").unwrap().1, "shown");
    let other = form.replace(&shown, &format!("1{shown}"));
    let refused = shop.cashier.send("/cashier/settle", &other).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("not those that were shown"));
    assert!(refused.text.contains(&shown), "the new trial is shown");
    // The account pays for something else before the button is pressed.
    shop.books(|agency| {
        let (person, _) = agency.find(LI);
        let when = When {
            from: date(2026, 3, 5),
            until: None,
        };
        let cost = Cost::Sums([0, 0, 0, 0, 199_000]);
        let care = Care::new(CENTRE, Setting::Outpatient, when, cost);
        let settle = Act::Settle(Box::new(care));
        agency.call(Request::plain(person, settle)).unwrap();
    })
    .await;
    let refused = shop.cashier.send("/cashier/settle", &form).await;
    assert!(
        refused.text.contains("not those that were shown"),
        "{}",
        refused.text
    );
    assert_eq!(shop.slips().await.len(), 1);
    let now = settling(&refused.text);
    assert_ne!(now, form);
    // Another window finds somebody else: the bill of before is no bill any more.
    shop.find(WANG).await;
    let told = shop.cashier.get("/cashier").await.text;
    assert!(told.contains("2 lines, is put aside"), "{told}");
    let refused = shop.cashier.send("/cashier/settle", &now).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(shop.slips().await.len(), 1);
    let next = format!("bill={}&what=person", field(&told, "bill"));
    location(&shop.cashier.send("/cashier/anew", &next).await);
    let refused = shop.cashier.send("/cashier/settle", &now).await;
    assert!(
        refused.text.contains("First find the person"),
        "{}",
        refused.text
    );
    // Without a session there is no till.
    let away = Visitor::new(&shop.router)
        .send("/cashier/settle", &now)
        .await;
    let sign_in = "/operator/sign-in?from=till&done=nothing";
    assert_eq!(away.headers[header::LOCATION], sign_in);
    let foreign = shop
        .cashier
        .send_from("/cashier/settle", &now, "cross-site");
    assert_eq!(foreign.await.status, StatusCode::FORBIDDEN);
    shop.close().await;
}

/// The answer of the first press was lost, and the session does not know of it.
#[tokio::test]
async fn a_bill_whose_answer_was_lost_is_not_settled_again() {
    let mut shop = Shop::open().await;
    let page = shop.bill(LI).await;
    let form = settling(&page);
    let bill = field(&page, "bill");
    let key = format!("{CENTRE}/page/{}", bill.split('.').next().unwrap());
    let entry = shop
        .books(move |agency| {
            let (person, _) = agency.find(LI);
            let when = When {
                from: date(2026, 3, 5),
                until: None,
            };
            let cost = Cost::Sums([0, 0, 0, 0, 9_289]);
            let care = Care::new(CENTRE, Setting::Outpatient, when, cost);
            let settle = Act::Settle(Box::new(care));
            agency
                .call(Request::keyed(person, key, settle))
                .unwrap()
                .entry
        })
        .await;
    let receipt = location(&shop.cashier.send("/cashier/settle", &form).await);
    assert!(receipt.ends_with(&format!("-{entry}")), "{receipt}");
    assert_eq!(shop.slips().await.len(), 1);
    // That it is another than was shown is told with it.
    let told = shop.cashier.get(&receipt).await;
    assert!(
        told.text.contains("Mind: the amounts are not those"),
        "{}",
        told.text
    );
    shop.close().await;
}

#[tokio::test]
async fn whom_nothing_is_paid_for_is_told_why() {
    let mut shop = Shop::open().await;
    let page = shop.bill(LI).await;
    let form = settling(&page);
    let today = shop.today().await;
    shop.books(move |agency| {
        let suspended = Agreement {
            code: CENTRE.into(),
            name: "湖滨社区卫生服务中心".into(),
            region: Region::parse("330100").unwrap(),
            kind: FacilityKind::General,
            level: 1,
            community: true,
            tags: Vec::new(),
            from: date(2000, 1, 1),
            until: None,
            suspended: vec![Span {
                from: date(2026, 1, 1),
                until: None,
            }],
        };
        agency.list_institutions(vec![suspended]).unwrap();
    })
    .await;
    let page = shop.cashier.get("/cashier").await.text;
    assert!(page.contains("not designated today"), "{page}");
    let refused = shop.cashier.send("/cashier/settle", &form).await;
    assert!(
        refused.text.contains("not those that were shown"),
        "{}",
        refused.text
    );
    shop.books(move |agency| {
        let (person, _) = agency.find(LI);
        let (on, to) = (today.yesterday().unwrap(), Heir::Cash);
        agency
            .call(Request::plain(person, Act::Die { on, to }))
            .unwrap();
    })
    .await;
    let refused = shop.cashier.send("/cashier/settle", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = &refused.text;
    assert!(told.contains("has died; the enrolment has ended"), "{told}");
    assert!(told.contains("<strong class=\"bad\">has died</strong>"));
    assert!(!told.contains("id=\"trial\"") && !told.contains("/cashier/settle"));
    assert!(shop.slips().await.is_empty());
    shop.close().await;
}

/// The region's rules have no row for pharmacies: that is told in place of a trial, and what was typed stays.
#[tokio::test]
async fn what_the_rules_do_not_answer_is_told_above_the_bill() {
    let mut shop = Shop::open().await;
    let form = format!("paper={LI}");
    location(&shop.other.send("/cashier/person", &form).await);
    let page = shop.other.get("/cashier").await.text;
    let add = format!("bill={}&{DRUG}", field(&page, "bill"));
    location(&shop.other.send("/cashier/items", &add).await);
    let page = shop.other.get("/cashier").await.text;
    assert!(page.contains("no class of providers") && page.contains("88.88"));
    assert!(!page.contains("/cashier/settle\""), "{page}");
    let form = format!("bill={}&shown=", field(&page, "bill"));
    let refused = shop.other.send("/cashier/settle", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("no class of providers"));
    shop.close().await;
}

#[tokio::test]
async fn addresses_and_days_that_are_none_are_told() {
    let mut shop = Shop::open().await;
    for id in [
        "1-1",
        "0-1",
        "1",
        "a-b",
        "9-9",
        "1-99999999999",
        "-",
        "1-1-1",
        "+1-1",
        "1-+1",
        "256-1",
        "1-9223372036854775808",
        "1-18446744073709551615",
    ] {
        let shown = shop
            .cashier
            .get(&format!("/cashier/settlements/{id}"))
            .await;
        assert_eq!(shown.status, StatusCode::NOT_FOUND, "{id}");
        let path = format!("/cashier/settlements/{id}/reverse");
        let shown = shop.cashier.send(&path, "why=x").await;
        assert_eq!(shown.status, StatusCode::NOT_FOUND, "{id}");
    }
    for day in ["yesterday", "2026-13-01", "2026-1-1", "9999999"] {
        let shown = shop.cashier.get(&format!("/cashier/day?on={day}")).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
        assert!(shown.text.contains("A day is written like"), "{day}");
    }
    let form = "on=2026-03-05&count=x&total=1.234&funds=&account=0&cash=0";
    let shown = shop.cashier.send("/cashier/day", form).await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    for why in ["count `x`", "total `1.234`", "funds ``"] {
        assert!(shown.text.contains(why), "{why}: {}", shown.text);
    }
    let mut clerk = Visitor::new(&shop.router);
    clerk.work("c.clerk").await;
    for path in ["/cashier", "/cashier/day", "/cashier/settlements/1-1"] {
        assert_eq!(
            clerk.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    shop.close().await;
}
