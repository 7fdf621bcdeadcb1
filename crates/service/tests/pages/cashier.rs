//! The cashier's pages: from the paper that a scanner reads to the receipt, its being taken back, and the day; held against the interface
//! and the books.

mod faults;
mod held;
mod typed;

use std::sync::Arc;

use agency::act::Act;
use agency::deed::{Deed, Doing};
use agency::domain::Fen;
use agency::domain::explain::amount;
use agency::operator::Role;
use agency::{Agency, DeedAsk, Period, Request, SlipAsk, SlipRow, audit, moment};
use axum::Router;
use axum::http::{StatusCode, header};
use jiff::civil::Date;
use serde_json::{Value, json};
use service::codes::Delivery;

use crate::house::{CENTRE, LI, PHARMACY, Rest, WANG, enrol};
use crate::visitor::{Shown, Visitor, hire_one, pages, staffed};
use crate::voucher::say;

/// Like Li in everything but the number.
const ZHAO: &str = "330102198005061242";
/// What is bought: two of a drug of class B above its limit, and something of no catalogue.
const DRUG: &str = "item.XB01.quantity=2.5&item.XB01.price=35.55";
const MASK: &str = "own=%E5%8F%A3%E7%BD%A9&own.quantity=3&own.price=1.335";

/// A small clinic at work: its cashier, one of a pharmacy, and the books.
pub(crate) struct Shop {
    pub(crate) router: Router,
    pub(crate) cashier: Visitor,
    pub(crate) other: Visitor,
    pub(crate) agency: Arc<Agency>,
    /// The person's number as the interface has it, of Zhao.
    zhao: String,
    pub(crate) rest: Rest,
}

impl Shop {
    pub(crate) async fn open() -> Shop {
        let made = tokio::task::spawn_blocking(|| {
            let house = staffed();
            hire_one(&house, "o.own", Role::Cashier, CENTRE);
            enrol(&house.door.window.agency, ZHAO, "赵六", 200_000);
            let zhao = house.person(ZHAO);
            (house, zhao)
        });
        let (house, zhao) = made.await.unwrap();
        let agency = Arc::clone(&house.door.window.agency);
        let (router, rest) = pages(house, Delivery::Shown);
        let (mut cashier, mut other) = (Visitor::new(&router), Visitor::new(&router));
        for (visitor, name) in [(&mut cashier, "o.own"), (&mut other, "p.cashier")] {
            let shown = visitor.work(name).await;
            assert_eq!(location(&shown), "/cashier");
        }
        let mut shop = Shop {
            router,
            cashier,
            other,
            agency,
            zhao,
            rest,
        };
        shop.insure().await;
        shop
    }

    /// The pages go by today: premiums are paid for this year, whichever it is.
    async fn insure(&mut self) {
        let today = self.today().await;
        self.books(move |agency| {
            for identity in [LI, WANG, ZHAO] {
                let (person, _) = agency.find(identity);
                for year in 2027..=u32::from(today.year().unsigned_abs()) {
                    let act = Act::Pay {
                        first: year * 100 + 1,
                        last: year * 100 + 12,
                        base: None,
                        stated: Vec::new(),
                        paid: today,
                    };
                    agency.call(Request::plain(person, act)).unwrap();
                }
            }
        })
        .await;
    }

    pub(crate) async fn today(&mut self) -> Date {
        let page = self.cashier.get("/cashier/day").await.text;
        field(&page, "on").parse().unwrap()
    }

    /// What waits for the lanes, in a thread that may.
    pub(crate) async fn books<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Agency) -> T + Send + 'static,
    ) -> T {
        let agency = Arc::clone(&self.agency);
        let asked = tokio::task::spawn_blocking(move || ask(&agency));
        asked.await.unwrap()
    }

    /// Finds somebody, and makes the bill of two lines.
    pub(crate) async fn bill(&mut self, paper: &str) -> String {
        self.find(paper).await;
        for line in [DRUG, MASK] {
            let page = self.cashier.get("/cashier").await.text;
            let form = format!("bill={}&{line}", field(&page, "bill"));
            let shown = self.cashier.send("/cashier/items", &form).await;
            assert_eq!(location(&shown), "/cashier", "{}", shown.text);
        }
        self.cashier.get("/cashier").await.text
    }

    pub(crate) async fn find(&mut self, paper: &str) {
        let form = format!("paper={paper}");
        let shown = self.cashier.send("/cashier/person", &form).await;
        assert_eq!(location(&shown), "/cashier", "{}", shown.text);
    }

    /// The slips of the clinic.
    pub(crate) async fn slips(&self) -> Vec<SlipRow> {
        self.books(|agency| {
            let slips = agency.slips(&every(), None, 1000).unwrap();
            slips.into_iter().map(|slip| slip.row).collect()
        })
        .await
    }

    /// The deeds of the cashier, the last one first.
    pub(crate) async fn deeds(&self) -> Vec<Deed> {
        self.books(|agency| {
            let (tell, told) = std::sync::mpsc::channel();
            let ask = DeedAsk {
                by: Some("o.own".into()),
                most: 100,
                ..DeedAsk::default()
            };
            agency.deeds(ask, move |deeds| tell.send(deeds).unwrap());
            let deeds = told.recv().unwrap().unwrap();
            deeds.found.into_iter().map(|(_, deed)| deed).collect()
        })
        .await
    }

    /// What is in somebody's account.
    pub(crate) async fn account(&self, identity: &'static str) -> Fen {
        self.books(move |agency| {
            let (person, _) = agency.find(identity);
            agency.person(person).unwrap().unwrap().account.own()
        })
        .await
    }

    /// The books are right, and the shop is closed.
    pub(crate) async fn close(self) {
        let report = self
            .books(|agency| audit::audit(agency, |_| {}))
            .await
            .unwrap();
        assert!(report.is_clean(), "{:?}", report.breaks);
        drop(self.agency);
        self.rest.end().await;
    }
}

/// All that the clinic ever settled.
fn every() -> SlipAsk {
    SlipAsk {
        party: CENTRE.into(),
        from: 0,
        until: 99_991_231_235_959,
        ..SlipAsk::default()
    }
}

pub(crate) fn location(shown: &Shown) -> String {
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.text);
    shown.headers[header::LOCATION].to_str().unwrap().to_owned()
}

/// The value of the first field of a name.
pub(crate) fn field(page: &str, name: &str) -> String {
    let begins = format!("name=\"{name}\" value=\"");
    let (_, after) = page
        .split_once(&begins)
        .unwrap_or_else(|| panic!("no {name}: {page}"));
    after.split('"').next().unwrap().to_owned()
}

/// The form that settles the bill of a page.
pub(crate) fn settling(page: &str) -> String {
    let form = page.split_once("formaction=\"/cashier/settle\"");
    let (_, form) = form.unwrap_or_else(|| panic!("nothing to settle: {page}"));
    format!(
        "bill={}&shown={}",
        field(page, "bill"),
        field(form, "shown")
    )
}

/// The same bill as a program of the clinic would send it.
fn purchase(person: &str) -> Value {
    let line = |number: &str, code: &str, count: &str, price: &str, amount: &str| {
        json!({ "feedetl_sn": number, "med_list_codg": code, "medins_list_codg": code, "rx_circ_flag": "0",
                "cnt": count, "pric": price, "det_item_fee_sumamt": amount })
    };
    json!({
        "druginfo": { "psn_no": person, "insutype": "310", "med_type": "11", "acct_used_flag": "1", "medfee_sumamt": "92.89" },
        "drugdetail": [line("1", "XB01", "2.5", "35.55", "88.88"), line("2", "口罩", "3", "1.335", "4.01")],
    })
}

#[tokio::test]
async fn a_bill_comes_to_what_the_interface_makes_of_it_and_is_settled_once() {
    let mut shop = Shop::open().await;
    let page = shop.bill(LI).await;
    assert!(!page.contains(LI) && page.contains("李*"), "{page}");
    assert!(page.contains("2,000.00") && page.contains("of no catalogue"));
    assert!(page.contains("<svg class=\"bar\"") && page.contains("ol class=\"steps\""));
    let before = shop.slips().await;
    assert!(before.is_empty(), "a trial is no settlement");
    // Twice at once, and once more.
    let (form, cookie) = (settling(&page), shop.cashier.cookie().to_owned());
    let mut twin = Visitor::with(&shop.router, &cookie);
    let (one, two) = tokio::join!(
        shop.cashier.send("/cashier/settle", &form),
        twin.send("/cashier/settle", &form)
    );
    let receipt = location(&one);
    assert_eq!(location(&two), receipt);
    let again = shop.cashier.send("/cashier/settle", &form).await;
    assert_eq!(location(&again), receipt);
    let slips = shop.slips().await;
    let [slip] = slips.as_slice() else {
        panic!("one bill: {slips:?}");
    };
    let told = say(&shop.router, CENTRE, "2102", "B1", purchase(&shop.zhao)).await;
    assert_eq!(told["infcode"], json!(0), "{told}");
    let told = &told["output"]["setlinfo"];
    let figure = |name: &str| {
        let text = told[name].to_string();
        agency::yuan(text.trim_matches('"')).unwrap()
    };
    assert_eq!(slip.total, figure("medfee_sumamt"));
    assert_eq!(slip.funds, figure("fund_pay_sumamt"));
    assert_eq!(slip.account, figure("acct_pay"));
    assert_eq!(slip.cash, figure("psn_cash_pay"));
    assert_eq!(slip.total.to_string(), "92.89");
    assert_eq!(shop.account(LI).await, figure("balc"));
    // What was shown before is what the receipt shows.
    let receipt = shop.cashier.get(&receipt).await.text;
    for sum in [slip.total, slip.account, slip.cash, figure("balc")] {
        assert!(page.contains(&amount(sum)) && receipt.contains(&amount(sum)));
    }
    assert!(
        receipt.contains("李*") && !receipt.contains(LI),
        "{receipt}"
    );
    // The next person stands before an empty till.
    let next = shop.cashier.get("/cashier").await.text;
    assert!(next.contains("name=\"paper\"") && !next.contains("李*"));
    shop.close().await;
}

#[tokio::test]
async fn what_is_taken_back_gives_the_account_its_money_and_another_institution_sees_nothing() {
    let mut shop = Shop::open().await;
    let page = shop.bill(LI).await;
    let shown = shop.cashier.send("/cashier/settle", &settling(&page)).await;
    let receipt = location(&shown);
    let back = format!("{receipt}/reverse");
    assert_eq!(shop.other.get(&receipt).await.status, StatusCode::NOT_FOUND);
    let others = shop.other.send(&back, "why=mine").await;
    assert_eq!(others.status, StatusCode::NOT_FOUND);
    assert!(shop.account(LI).await < Fen::new(200_000));
    let named = format!("why=of+{LI}");
    for (form, why) in [
        ("", "1 to 200 characters"),
        ("why=", "1 to 200 characters"),
        ("why=++", "1 to 200 characters"),
        ("why=a%0Ab", "without control characters"),
        (&named, "without an identity number"),
    ] {
        let shown = shop.cashier.send(&back, form).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(
            shown.text.contains(why) && shown.text.contains("Nothing was taken back"),
            "{form}: {}",
            shown.text
        );
    }
    assert_eq!(shop.slips().await.len(), 1);
    for _ in 0..2 {
        let shown = shop.cashier.send(&back, "why=wrong+size").await;
        assert_eq!(location(&shown), receipt);
    }
    let slips = shop.slips().await;
    assert_eq!(slips.len(), 2, "once: {slips:?}");
    assert_eq!(slips[1].about, slips[0].seq);
    assert_eq!(shop.account(LI).await, Fen::new(200_000));
    let page = shop.cashier.get(&receipt).await.text;
    assert!(page.contains("Taken back:") && !page.contains("/reverse\""));
    let number = format!("S{:014}", slips[1].seq);
    assert!(page.contains(&number), "by {number}: {page}");
    // What the cashier does now stands large, in place of what was done then.
    let (account, cash) = (amount(slips[0].account), amount(slips[0].cash));
    let give = format!("<h2>Give back cash {cash} yuan; {account} goes back to the account</h2>");
    assert!(page.contains(&give), "{page}");
    assert!(page.contains("because: wrong size"), "{page}");
    let today = shop.today().await;
    assert!(
        page.contains(&format!("</strong>{today} ")),
        "the time: {page}"
    );
    assert!(!page.contains("<h2>Cash ") && !page.contains("Left, yuan"));
    // Printed, it tells where and by whom.
    let printed = page.split_once("class=\"printed\"").unwrap().1;
    for what in [CENTRE, "湖滨社区卫生服务中心", "cashier one", "Signature"] {
        assert!(printed.contains(what), "{what}: {printed}");
    }
    let deeds = shop.deeds().await;
    let did: Vec<Doing> = deeds.iter().map(|deed| deed.what).collect();
    let expected = [
        Doing::TookBack,
        Doing::Settled,
        Doing::Found,
        Doing::SignedIn,
    ];
    assert_eq!(did, expected);
    assert_eq!(deeds[0].why, "wrong size");
    let person = deeds[2].person;
    assert!(person.is_some() && deeds[..2].iter().all(|deed| deed.person == person));
    // Both name the settlement as its slip does.
    assert!(slips[0].key.starts_with(&format!("{CENTRE}/page/")));
    let about: Vec<&str> = deeds[..2].iter().map(|deed| &*deed.about).collect();
    assert_eq!(about, [&slips[0].key, &slips[0].key]);
    shop.close().await;
}

#[tokio::test]
async fn the_day_is_the_books_and_the_till_is_held_against_it() {
    let mut shop = Shop::open().await;
    let none = shop.cashier.get("/cashier/day?on=2026-01-05").await.text;
    assert!(none.contains("There is no settlement on this day"));
    for paper in [LI, WANG] {
        let page = shop.bill(paper).await;
        let shown = shop.cashier.send("/cashier/settle", &settling(&page)).await;
        let receipt = location(&shown);
        if paper == WANG {
            let back = format!("{receipt}/reverse");
            location(&shop.cashier.send(&back, "why=returned").await);
        }
    }
    let today = shop.today().await;
    let ask = SlipAsk {
        from: moment::first(today),
        until: moment::last(today),
        ..every()
    };
    let sums = shop.books(move |agency| agency.slip_sums(&ask, Period::Whole).unwrap());
    let sums = sums.await;
    let [settled, back] = sums.as_slice() else {
        panic!("{sums:?}");
    };
    // One of two equal bills was taken back.
    assert_eq!((settled.count, back.count), (2, 1));
    let (cash, own) = (settled.cash.beyond(back.cash), settled.account);
    let page = shop.cashier.get("/cashier/day").await.text;
    let (_, foot) = page.split_once("<tfoot>").unwrap();
    let foot = foot.split("</tfoot>").next().unwrap();
    for sum in [settled.total.beyond(back.total), own, cash] {
        assert!(foot.contains(&format!(">{}<", amount(sum))), "{sum} {foot}");
    }
    assert!(page.contains(&format!(">-{}<", amount(back.total))));
    let till = |count: &str, cash: &str| {
        let total = settled.total.beyond(back.total);
        let funds = settled.funds.beyond(back.funds);
        let account = settled.account.beyond(back.account);
        format!(
            "on={today}&count={count}&total={total}&funds={funds}&account={account}&cash={cash}"
        )
    };
    let right = till("3", &cash.to_string());
    let shown = shop.cashier.send("/cashier/day", &right).await.text;
    assert!(shown.contains("All is equal"), "{shown}");
    let more = cash + Fen::new(150);
    let wrong = till("2", &more.to_string());
    let shown = shop.cashier.send("/cashier/day", &wrong).await.text;
    assert!(shown.contains("There is a difference"), "{shown}");
    let differ: Vec<&str> = shown.split("<strong class=\"bad\">").skip(1).collect();
    assert!(differ[0].starts_with("-1<") && differ[1].starts_with("1.50<"));
    assert_eq!(differ.len(), 2, "the others are equal");
    let forgot = format!(
        "on={today}&count=2&total={}&funds={}&account={}&cash={}",
        settled.total, settled.funds, settled.account, settled.cash
    );
    let shown = shop.cashier.send("/cashier/day", &forgot).await.text;
    assert!(shown.contains("just what was taken back"), "{shown}");
    let others = shop.other.get("/cashier/day").await.text;
    assert!(others.contains("There is no settlement on this day"));
    // What is no day is told and stands nowhere.
    let before = shop.deeds().await;
    let typed = format!("on={LI}&count=0&total=0&funds=0&account=0&cash=0");
    let shown = shop.cashier.send("/cashier/day", &typed).await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let deeds = shop.deeds().await;
    assert_eq!(deeds, before);
    assert_eq!(deeds[0].what, Doing::Reconciled);
    assert_eq!(deeds[0].about, format!("{CENTRE} {today}"));
    shop.close().await;
}

#[tokio::test]
async fn an_e_voucher_is_read_by_one_institution() {
    let mut shop = Shop::open().await;
    let mut li = Visitor::new(&shop.router);
    li.sign_in(LI).await;
    li.send("/mine/voucher", "").await;
    let page = li.get("/mine/voucher").await.text;
    let (_, token) = page.split_once("id=\"token\">").unwrap();
    let token = token.split('<').next().unwrap().to_owned();
    shop.find(&token.to_ascii_lowercase()).await;
    assert!(shop.cashier.get("/cashier").await.text.contains("李*"));
    let form = format!("paper={token}");
    let refused = shop.other.send("/cashier/person", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("another institution has used it"));
    // Over the interface it is used, too.
    let data = json!({ "data": { "mdtrt_cert_type": "01", "mdtrt_cert_no": token } });
    let told = say(&shop.router, PHARMACY, "1101", "L1", data).await;
    assert_eq!(told["infcode"], json!(-1), "{told}");
    assert!(
        li.get("/mine/voucher")
            .await
            .text
            .contains("湖滨社区卫生服务中心")
    );
    shop.close().await;
}
