//! The one bill that explains a difference of the day; a session that has ended.

use agency::SlipRow;
use agency::domain::Fen;
use axum::http::{StatusCode, header};

use super::{DRUG, Shop, field, location, settling};
use crate::house::{LI, WANG};
use crate::visitor::{Visitor, password};

/// What the till would tell that has these rows.
fn told(on: &str, rows: &[&SlipRow]) -> String {
    let sum =
        |of: fn(&SlipRow) -> Fen| rows.iter().map(|row| of(row)).fold(Fen::ZERO, |a, b| a + b);
    let [total, funds] = [sum(|row| row.total), sum(|row| row.funds)];
    let [account, cash] = [sum(|row| row.account), sum(|row| row.cash)];
    let count = rows.len();
    format!("on={on}&count={count}&total={total}&funds={funds}&account={account}&cash={cash}")
}

#[tokio::test]
async fn the_day_names_the_one_bill_that_explains_a_difference() {
    let mut shop = Shop::open().await;
    let page = shop.bill(LI).await;
    location(&shop.cashier.send("/cashier/settle", &settling(&page)).await);
    shop.find(WANG).await;
    let page = shop.cashier.get("/cashier").await.text;
    let add = format!("bill={}&{DRUG}", field(&page, "bill"));
    location(&shop.cashier.send("/cashier/items", &add).await);
    let page = shop.cashier.get("/cashier").await.text;
    location(&shop.cashier.send("/cashier/settle", &settling(&page)).await);
    let slips = shop.slips().await;
    let [li, wang] = slips.as_slice() else {
        panic!("two bills: {slips:?}");
    };
    let on = shop.today().await.to_string();
    let less = |row: &SlipRow| row.cash.beyond(Fen::new(1));
    let odd = SlipRow {
        cash: less(li),
        ..li.clone()
    };
    for (rows, why, which) in [
        (vec![li], "the till may lack it", Some(wang)),
        (vec![wang], "the till may lack it", Some(li)),
        (vec![li, wang, wang], "may have it twice", Some(wang)),
        // Two errors, or a cash that is wrong beside: no one bill is named.
        (vec![], "There is a difference", None),
        (vec![&odd], "There is a difference", None),
        (vec![li, wang], "All is equal", None),
    ] {
        let form = told(&on, &rows);
        let shown = shop.cashier.send("/cashier/day", &form).await.text;
        let (_, compared) = shown.split_once("id=\"compared\"").unwrap();
        let compared = compared.split("</section>").next().unwrap();
        assert!(compared.contains(why), "{form}: {compared}");
        let named = |row: &SlipRow| compared.contains(&format!("S{:014}<", row.seq));
        for row in [li, wang] {
            assert_eq!(named(row), which == Some(row), "{form}: {compared}");
        }
    }
    shop.close().await;
}

/// What is pressed after the session has ended is not done, that is told, and one comes back to where one was.
#[tokio::test]
async fn a_session_that_has_ended_is_told_and_come_back_from() {
    let shop = Shop::open().await;
    for (path, post, to, back) in [
        ("/cashier", false, "till", "/cashier"),
        ("/cashier/settlements/1-1", false, "till", "/cashier"),
        ("/cashier/day", false, "day", "/cashier/day"),
        ("/cashier/settle", true, "till&done=nothing", "/cashier"),
        ("/cashier/day", true, "day&done=nothing", "/cashier/day"),
    ] {
        let mut away = Visitor::new(&shop.router);
        let shown = match post {
            true => away.send(path, "bill=x").await,
            false => away.get(path).await,
        };
        let sign_in = location(&shown);
        assert_eq!(sign_in, format!("/operator/sign-in?from={to}"));
        let page = away.get(&sign_in).await.text;
        assert_eq!(page.contains("nothing was settled"), post, "{page}");
        let from = field(&page, "from");
        let secret = password("o.own");
        let form = format!("name=o.own&password={secret}&from={from}");
        assert_eq!(location(&away.send("/operator/sign-in", &form).await), back);
    }
    // An address that somebody made up leads nowhere, and another role goes to its own work.
    let mut away = Visitor::new(&shop.router);
    let page = away.get("/operator/sign-in?from=//evil.example").await.text;
    assert!(!page.contains("evil") && !page.contains("name=\"from\""));
    for (name, from, to) in [
        ("o.own", "//evil.example", "/cashier"),
        ("c.clerk", "day", "/agency"),
    ] {
        let form = format!("name={name}&password={}&from={from}", password(name));
        let shown = away.send("/operator/sign-in", &form).await;
        assert_eq!(shown.headers[header::LOCATION], to, "{name}");
        assert_eq!(shown.status, StatusCode::SEE_OTHER);
    }
    shop.close().await;
}
