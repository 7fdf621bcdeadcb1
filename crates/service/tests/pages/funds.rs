//! The funds' page: what the books hold stands in its table and its chart, in a sandbox alone.

use std::sync::Arc;

use agency::domain::explain::amount;
use agency::domain::words::Lang;
use agency::funds::by_month;

use axum::http::{StatusCode, header};
use service::codes::Delivery;

use crate::house::House;
use crate::visitor::{Visitor, pages};

#[tokio::test]
async fn every_month_of_every_fund_is_told_in_a_sandbox() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (mut door, rest) = house.taken();
    door.window.sandbox = true;
    let agency = Arc::clone(&door.window.agency);
    let funds = tokio::task::spawn_blocking(move || by_month(&agency)).await;
    let funds = funds.unwrap().unwrap();
    assert!(!funds.is_empty());
    let router = service::server::router(Arc::new(door));
    let shown = Visitor::new(&router).get("/funds").await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(!shown.text.contains(" style=\""), "{}", shown.text);
    for (account, months) in &funds {
        let name = account.name(Lang::En);
        assert!(shown.text.contains(&format!("<h2>{name}</h2>")), "{name}");
        assert!(shown.text.contains(&format!("aria-label=\"{name}: bars")));
        for row in months {
            let told = format!(
                "<th scope=\"row\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>",
                row.month,
                amount(row.income),
                amount(row.outlay),
                row.balance.text()
            );
            let shown = shown
                .text
                .replace("</th> <", "</th><")
                .replace("</td> <", "</td><");
            assert!(shown.contains(&told), "{told}: {shown}");
        }
    }
    rest.end().await;
}

/// Where real money is kept, the funds are the staff's to look at: others find no way to them, and whoever tries is asked to sign in.
#[tokio::test]
async fn outside_a_sandbox_there_are_no_funds_to_see() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let mut visitor = Visitor::new(&router);
    let home = visitor.get("/").await;
    assert_eq!(home.status, StatusCode::OK);
    assert!(!home.text.contains("/funds"), "{}", home.text);
    let funds = visitor.get("/funds").await;
    assert_eq!(funds.status, StatusCode::SEE_OTHER);
    assert_eq!(funds.headers[header::LOCATION], "/operator/sign-in");
    assert_eq!(funds.text, "");
    rest.end().await;
}
