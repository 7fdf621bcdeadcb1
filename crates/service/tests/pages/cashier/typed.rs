//! All that stands in the fields of the till travels with each button.

use axum::http::{StatusCode, header};

use super::{DRUG, MASK, Shop, field, location, settling};
use crate::house::LI;

/// What stands in the fields of the page, as a browser sends all of them with any button.
#[tokio::test]
async fn what_is_typed_and_not_taken_yet_is_never_settled_over() {
    let mut shop = Shop::open().await;
    shop.bill(LI).await;
    let all = |page: &str, quantity: &str, accounts: &str| {
        let lines = "line.0.price=35.55&line.1.quantity=3&line.1.price=1.335&kind=&find=";
        format!(
            "{}&line.0.quantity={quantity}&{lines}&accounts={accounts}",
            settling(page)
        )
    };
    for (quantity, accounts, told) in [("2", "own", "75.11"), ("2", "none", "Cash 75.11")] {
        let page = shop.cashier.get("/cashier").await.text;
        let typed = all(&page, quantity, accounts);
        let shown = shop.cashier.send("/cashier/settle", &typed).await;
        assert_eq!(shown.status, StatusCode::CONFLICT, "{typed}");
        assert!(shown.text.contains("nothing was settled"), "{typed}");
        assert!(shown.text.contains(told), "{told}: {}", shown.text);
        assert!(shop.slips().await.is_empty());
    }
    // With a wrong figure nothing is changed; it stays in its field, which is marked.
    let page = shop.cashier.get("/cashier").await.text;
    let shown = shop
        .cashier
        .send("/cashier/settle", &all(&page, "two", "own"))
        .await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let marked = "name=\"line.0.quantity\" value=\"two\" aria-invalid=\"true\"";
    assert!(shown.text.contains(marked), "{}", shown.text);
    assert!(shown.text.contains("Cash 75.11"), "as it was");
    // Every other button takes what was typed, too: the enter key, and adding.
    let typed = all(&page, "4", "own").replace("find=", "find=%E8%8E%AB+x");
    let shown = shop.cashier.send("/cashier/look", &typed).await;
    assert_eq!(location(&shown), "/cashier?find=%E8%8E%AB%20x");
    let page = shop.cashier.get("/cashier").await.text;
    assert_eq!(field(&page, "line.0.quantity"), "4");
    let more = format!("{}&add=own&{MASK}", all(&page, "5", "own"));
    location(&shop.cashier.send("/cashier/items", &more).await);
    let page = shop.cashier.get("/cashier").await.text;
    assert_eq!(field(&page, "line.0.quantity"), "5");
    assert_eq!(page.matches("formaction=\"/cashier/items/").count(), 3);
    // A price that stands in the catalogue is a line, not forgotten.
    let shown = format!("{}&{DRUG}", settling(&page));
    let shown = shop.cashier.send("/cashier/settle", &shown).await;
    assert_eq!(shown.status, StatusCode::CONFLICT);
    let now = settling(&shown.text);
    location(&shop.cashier.send("/cashier/settle", &now).await);
    let slips = shop.slips().await;
    // 177.75, twice 4.01 of own expense, 88.88.
    assert_eq!(slips[0].total.to_string(), "274.65");
    shop.close().await;
}

/// As a scanner, a hand or a full-width keyboard writes it.
#[tokio::test]
async fn a_number_is_found_however_it_is_written() {
    let mut shop = Shop::open().await;
    let (area, rest) = LI.split_at(6);
    let wide: String = LI
        .bytes()
        .map(|digit| format!("%EF%BC%{:02X}", digit - b'0' + 0x90))
        .collect();
    for paper in [format!("{area}+{rest}"), format!("+{area}-{rest}+"), wide] {
        shop.find(&paper).await;
        let page = shop.cashier.get("/cashier").await.text;
        assert!(page.contains("李*") && !page.contains(LI), "{paper}");
        let next = format!("bill={}&what=person", field(&page, "bill"));
        location(&shop.cashier.send("/cashier/anew", &next).await);
    }
    // What found nobody stays, to be corrected.
    for (paper, why) in [
        ("YB12 34", "was not read whole"),
        ("330102198005061227", "The check digit"),
    ] {
        let form = format!("paper={paper}");
        let shown = shop.cashier.send("/cashier/person", &form).await;
        assert!(shown.text.contains(why), "{}", shown.text);
        assert_eq!(field(&shown.text, "paper"), paper);
        assert_eq!(shown.headers[header::CACHE_CONTROL], "no-store");
    }
    shop.close().await;
}
