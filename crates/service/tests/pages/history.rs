//! What one's own pages tell of what has been: a settlement as the paper has it, one that was taken back out of order, relatives' money, an end.

use agency::act::Act;
use agency::domain::Fen;
use agency::domain::setting::Setting;
use agency::domain::words::Lang;
use agency::record::money::Heir;
use agency::record::{Care, Cost, FeeLine, When};
use agency::{Agency, Request, statement};
use axum::http::{StatusCode, header};
use jiff::civil::{Date, date};
use service::codes::Delivery;

use crate::house::{HOSPITAL, House, LI, WANG};
use crate::visitor::{Visitor, pages};

fn does(agency: &Agency, identity: &str, act: Act) -> u64 {
    let (person, _) = agency.find(identity);
    agency.call(Request::plain(person, act)).unwrap().entry
}

fn care(on: Date, cost: Cost) -> Act {
    let when = When {
        from: on,
        until: None,
    };
    Act::Settle(Box::new(Care::new(
        HOSPITAL,
        Setting::Outpatient,
        when,
        cost,
    )))
}

/// Two boxes of a drug of class B, above its limit.
fn drug(house: &House) -> Cost {
    use agency::domain::bill::{Quantity, UnitPrice};
    use agency::domain::catalogue::{Fee, Unknown};
    let office = house.door.window.agency.office();
    let fee = Fee {
        code: "XB01",
        quantity: Quantity(20_000),
        unit_price: UnitPrice(50_000_000),
        day: date(2026, 3, 5),
        approved: true,
    };
    let line = office.catalogue.line(&fee, Unknown::Refuse).unwrap();
    Cost::Lines(vec![FeeLine::of(&line)])
}

/// The sheet has the receipt's number and columns, names the item, and says whose its figures are.
#[tokio::test]
async fn the_sheet_is_told_as_the_receipt() {
    let opened = tokio::task::spawn_blocking(|| {
        let house = House::new();
        let settle = care(date(2026, 3, 5), drug(&house));
        let entry = does(&house.door.window.agency, LI, settle);
        (house, entry)
    });
    let (house, entry) = opened.await.unwrap();
    let lane = {
        let agency = &house.door.window.agency;
        agency.lane_of(agency.find(LI).0).number
    };
    let (router, rest) = pages(house, Delivery::Shown);
    let mut li = Visitor::new(&router);
    li.sign_in(LI).await;
    let page = li.get(&format!("/mine/settlements/{entry}")).await.text;
    let page = without_labels(&page);
    let number = format!("330100{lane:02}S{entry:014}");
    for told in [
        &format!("<span id=\"settlement\">{number}</span>"),
        "own expense</th>",
        "over the limit</th>",
        "first share</th>",
        "in scope</th>",
        "line 1 奥美拉唑: over the payment limit (30.00, as the catalogue has it)",
        "line 1 奥美拉唑: first share (10%, as the catalogue has it)",
        // 100.00: 40.00 over the limit, a tenth of the rest, and what is left.
        "<td class=\"n\">40.00</td><td class=\"n\">6.00</td><td class=\"n\">54.00</td>",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let page = li.get("/mine").await.text;
    assert!(
        page.contains("In-scope cost, yuan: <span class=\"n\">54.00</span>"),
        "{page}"
    );
    rest.end().await;
}

/// Three bills, of which the first is taken back last: the second stands as it was worked out with it; the third was taken back itself.
#[tokio::test]
async fn a_reversal_out_of_order_names_what_stands() {
    let opened = tokio::task::spawn_blocking(|| {
        let house = House::new();
        let agency = &house.door.window.agency;
        let sums = |fen| Cost::Sums([0, 0, 0, 0, fen]);
        let [first, second, third] = [5, 6, 7].map(|day| {
            does(
                agency,
                LI,
                care(date(2026, 3, day), sums(60_000 * day as u64)),
            )
        });
        for entry in [third, first] {
            let on = date(2026, 3, 9);
            does(agency, LI, Act::Reverse { entry, on });
        }
        let history = agency.history(agency.find(LI).0).unwrap();
        let lines = statement::lines(&history, &agency.office(), Lang::En).unwrap();
        let told: Vec<String> = lines
            .into_iter()
            .map(|line| line.what)
            .rev()
            .take(2)
            .collect();
        (house, [first, second, third], told)
    });
    let (house, [first, second, third], told) = opened.await.unwrap();
    let stands = format!("; later settlements stand as they were worked out with it: {second}");
    assert!(told[0].ends_with(&stands), "{told:?}");
    assert!(!told[1].contains("later settlements"), "{told:?}");
    let (router, rest) = pages(house, Delivery::Shown);
    let mut li = Visitor::new(&router);
    li.sign_in(LI).await;
    for (entry, note, names) in [
        (first, "they stand as they were worked out with it:", second),
        (
            second,
            "This was worked out with settlements that were taken back later:",
            first,
        ),
    ] {
        let page = li.get(&format!("/mine/settlements/{entry}")).await.text;
        let (_, after) = page.split_once(note).unwrap();
        let link = format!(" <a href=\"/mine/settlements/{names}\">");
        assert!(after.starts_with(&link), "{after}");
    }
    let page = li.get(&format!("/mine/settlements/{third}")).await.text;
    assert!(!page.contains("worked out with"), "{page}");
    rest.end().await;
}

/// Who spends a relative's money sees where it went, and no entry of a lane as its name.
#[tokio::test]
async fn relatives_money_has_a_history() {
    let opened = tokio::task::spawn_blocking(|| {
        let house = House::new();
        let agency = &house.door.window.agency;
        let (wang, _) = agency.find(WANG);
        let grant = Act::Grant {
            to: wang,
            amount: Fen::from_yuan(100),
            on: date(2026, 3, 1),
        };
        does(agency, LI, grant);
        agency.settle_messages().unwrap();
        let cost = Cost::Sums([0, 0, 0, 0, 4_000]);
        let entry = does(agency, WANG, care(date(2026, 3, 5), cost));
        (house, entry)
    });
    let (house, entry) = opened.await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let (mut li, mut wang) = (Visitor::new(&router), Visitor::new(&router));
    wang.sign_in(WANG).await;
    let page = wang.get("/mine/account").await.text;
    let (_, table) = page.split_once("Granted by relatives: movements").unwrap();
    let cells = "<td class=\"n\"></td><td class=\"n\">40.00</td><td class=\"n\">60.00</td>";
    let (spent, granted) = table.split_once(cells).unwrap();
    assert!(spent.contains("2026-03-05") && spent.contains("市一医院"));
    let came = "<td class=\"n\">100.00</td><td class=\"n\"></td><td class=\"n\">100.00</td>";
    assert!(granted.contains(came), "{granted}");
    let page = wang.get(&format!("/mine/settlements/{entry}")).await.text;
    assert!(page.contains("a relative&#39;s account: ") || page.contains("a relative's account: "));
    li.sign_in(LI).await;
    let page = li.get("/mine/account").await.text;
    assert!(!page.contains("Granted by relatives: movements"), "{page}");
    rest.end().await;
}

#[tokio::test]
async fn of_who_has_died_the_end_is_told_and_no_voucher_is_made() {
    let opened = tokio::task::spawn_blocking(|| {
        let house = House::new();
        let died = Act::Die {
            on: date(2026, 3, 1),
            to: Heir::Cash,
        };
        does(&house.door.window.agency, LI, died);
        house
    });
    let (router, rest) = pages(opened.await.unwrap(), Delivery::Shown);
    let (mut li, mut wang) = (Visitor::new(&router), Visitor::new(&router));
    li.sign_in(LI).await;
    let told = "registered as having died: the insurance has ended";
    for path in ["/mine", "/mine/voucher"] {
        let page = li.get(path).await.text;
        assert!(page.contains(told), "{path}: {page}");
        assert!(!page.contains("Show an e-voucher"), "{path}: {page}");
    }
    let made = li.send("/mine/voucher", "").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER);
    assert_eq!(made.headers[header::LOCATION], "/mine");
    let page = li.get("/mine/voucher").await.text;
    assert!(!page.contains("id=\"token\""), "{page}");
    wang.sign_in(WANG).await;
    assert!(!wang.get("/mine").await.text.contains(told));
    rest.end().await;
}

/// A page without the labels that its cells have on a phone.
fn without_labels(page: &str) -> String {
    let mut parts = page.split(" data-label=\"");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
    }
    text
}
