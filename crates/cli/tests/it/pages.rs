//! The pages as people meet them, in a real browser: each journey from the first page to the result, in both languages, at the width of a phone
//! and of a desk.

mod administrator;
mod browser;
mod cashier;
mod staff;

use agency::Library;
use agency::domain::account::OwnPart;
use agency::domain::bill::{Category, Cost, ItemClass, Line, Quantity, Sums, UnitPrice};
use agency::domain::explain::amount;
use agency::domain::step::Payer;
use agency::domain::{Fen, Ratio};
use agency::what_if::WhatIf;
use jiff::civil::Date;
use serde_json::Value;

use crate::root;
use crate::serve::{Service, message};
use browser::Browser;

/// In work, with a filled account; its number is one of a district that does not exist.
const PERSON: &str = "99989019850312001";

/// Where an answer to a purchase tells what.
const TOLD: &str = include_str!("pages/told.txt");

/// What a page says in a language.
struct Words {
    lang: &'static str,
    of_yuan: fn(&str, &str, &str) -> String,
    mine: &'static str,
    signed_out: &'static str,
    wrong_code: &'static str,
    wrong_cost: &'static str,
    no_first_share: &'static str,
}

const ZH: Words = Words {
    lang: "zh-CN",
    of_yuan: |total, own, funds| format!("{total}元中，您负担{own}元，基金支付{funds}元"),
    mine: "我的医保",
    signed_out: "登录",
    wrong_code: "验证码不正确或已失效",
    wrong_cost: "费用“12,3”：应为金额（元），至多两位小数，不超过1亿元",
    no_first_share: "请填写第2行的比例",
};

const EN: Words = Words {
    lang: "en-GB",
    of_yuan: |total, own, funds| format!("Of {total} yuan you pay {own}; the funds pay {funds}"),
    mine: "My insurance",
    signed_out: "Sign in",
    wrong_code: "The code is wrong, or too old",
    wrong_cost: "cost `12,3`: yuan with at most two decimals, and at most 100 million",
    no_first_share: "tell that of line 2",
};

#[test]
fn people_find_their_way_in_both_languages() {
    let service = Service::open(&[]);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let purchase = service.curl(&message("purchase"));
    let purchase: Value = serde_json::from_str(&purchase).expect("an answer");
    for (words, width) in [(&ZH, 390), (&EN, 1280)] {
        runtime.block_on(async {
            let browser = Browser::open(words.lang, width).await;
            first_page(&browser, service.base()).await;
            what_do_i_pay(&browser, service.base(), words).await;
            two_lines(&browser, service.base(), words).await;
            my_insurance(&browser, service.base(), words, &purchase).await;
            administrator::journey(&browser, service.base(), words).await;
            for path in [
                "/trace",
                "/reconcile",
                "/reconcile?institution=P99990000001",
                "/funds",
                "/policies",
                "/policies/110000/employee?on=2024-03-01",
                "/policies/110000/employee/changes?from=2022-09-01&to=2023-01-01",
            ] {
                browser.goto(&format!("{}{path}", service.base())).await;
                browser.is_accessible().await;
            }
            browser.close().await;
        });
    }
    drop(service.end());
}

async fn first_page(browser: &Browser, base: &str) {
    browser.goto(base).await;
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
    let lang = "html[lang]";
    let before = browser.find(lang).await.attr("lang").await.expect("a page");
    browser.press("body > header > a").await;
    let after = browser.find(lang).await.attr("lang").await.expect("a page");
    assert_ne!(before, after, "the other language");
    browser.press("body > header > a").await;
    let again = browser.find(lang).await.attr("lang").await.expect("a page");
    assert_eq!(before, again, "and back");
}

/// The page's figures are those of the core for the same bill.
async fn what_do_i_pay(browser: &Browser, base: &str, words: &Words) {
    browser.goto(&format!("{base}/pay")).await;
    browser.is_accessible().await;
    browser.fill("cost", "12,3").await;
    browser.press("main button").await;
    let told = browser.text("[role=alert] li").await;
    assert_eq!(told, words.wrong_cost);
    browser.choose("region", "110000").await;
    browser.choose("status", "retired").await;
    browser.choose("setting", "inpatient").await;
    browser.choose("hospital", "3").await;
    browser.fill("age", "70").await;
    browser.fill("cost", "55500.00").await;
    browser.fill("outside", "1860").await;
    browser.fill("first_share", "975.50").await;
    browser.fill("account", "330").await;
    browser.press("main button").await;
    // The day is the page's: it may be another by now.
    let told = browser.text("#answer p.note").await;
    let day = told.rsplit(' ').next().and_then(|day| day.parse().ok());
    let day: Date = day.unwrap_or_else(|| panic!("no day: {told}"));
    let yuan = |text| agency::yuan(text).expect("an amount");
    let what = beijing(
        day,
        Cost::Sums(Sums {
            self_funded: yuan("1860"),
            first_share: yuan("975.50"),
            in_scope: yuan("52664.50"),
            ..Sums::default()
        }),
    );
    let settlement = &what.settlement;
    let (total, own) = (amount(settlement.total()), amount(settlement.personal()));
    let funds = amount(settlement.funds());
    let title = browser.text("#answer-title").await;
    assert_eq!(title, (words.of_yuan)(&total, &own, &funds));
    let rows = browser.texts("#answer table:first-of-type td.n").await;
    assert!(
        rows.contains(&amount(settlement.paid_by(Payer::Cash))),
        "{rows:?}"
    );
    assert_eq!(browser.texts("dl.questions dt").await.len(), 5);
    assert_eq!(
        browser.texts("ol.steps li").await.len(),
        settlement.steps().len()
    );
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
}

/// The same stay, told in two lines: rows are asked for, and what the lines divide into is what the core says.
async fn two_lines(browser: &Browser, base: &str, words: &Words) {
    let stay = "region=110000&status=retired&setting=inpatient&hospital=3&age=70&account=330";
    browser.goto(&format!("{base}/pay?{stay}")).await;
    browser.press("main button.more").await;
    assert_eq!(browser.texts("[name^=price-]").await.len(), 10);
    browser.choose("class-1", "A").await;
    browser.fill("price-1", "26000.10").await;
    browser.fill("quantity-1", "2").await;
    browser.fill("item-3", "XB").await;
    browser.choose("class-3", "B").await;
    browser.fill("price-3", "999.99").await;
    browser.press("main button").await;
    let told = browser.text("[role=alert] p").await;
    assert!(told.contains(words.no_first_share), "{told}");
    // What was typed has moved up to the second row.
    browser.fill("share-2", "12.5").await;
    browser.is_accessible().await;
    browser.press("main button").await;
    let told = browser.text("#answer p.note").await;
    let day = told.rsplit(' ').next().and_then(|day| day.parse().ok());
    let day: Date = day.unwrap_or_else(|| panic!("no day: {told}"));
    let what = beijing(day, Cost::Lines(lines(day)));
    let settlement = &what.settlement;
    let (total, own) = (amount(settlement.total()), amount(settlement.personal()));
    let funds = amount(settlement.funds());
    let title = browser.text("#answer-title").await;
    assert_eq!(title, (words.of_yuan)(&total, &own, &funds));
    let first = settlement.own(OwnPart::FirstShare);
    let cells = browser.texts("#answer tfoot td.n").await;
    assert!(cells.contains(&amount(first)), "{first}: {cells:?}");
    assert!(cells.contains(&"100.0".to_owned()), "{cells:?}");
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
}

/// The lines as they are typed.
fn lines(day: Date) -> Vec<Line> {
    let line = |class, quantity, price, share: Option<Ratio>| Line {
        item: "XB".to_owned(),
        class,
        category: Category::Other,
        quantity: Quantity(quantity),
        unit_price: UnitPrice(price),
        amount: None,
        tolerance: Fen::ZERO,
        limit: None,
        first_share: share,
        barred: false,
        hospital: false,
        day: Some(day),
    };
    vec![
        line(ItemClass::A, 20_000, 26_000_100_000, None),
        line(ItemClass::B, 10_000, 999_990_000, Ratio::new(125, 1000)),
    ]
}

/// The same bill as the form makes it.
fn beijing(today: Date, cost: Cost) -> WhatIf {
    use agency::domain::account::Accounts;
    use agency::domain::bill::{Bill, Days, Place, Scheme, StaySoFar};
    use agency::domain::facility::{Facility, FacilityKind};
    use agency::domain::person::{Coverage, CoverageState, Person, Status};
    use agency::domain::region::Region;
    use agency::domain::setting::Setting;
    use agency::domain::year::YearToDate;
    let yuan = |text| agency::yuan(text).expect("an amount");
    let library = Library::open(&[&root().join("policies")]).expect("the policies");
    let bill = Bill {
        region: Region::parse("110000").expect("a region"),
        scheme: Scheme::Employee,
        place: Place::Home,
        setting: Setting::Inpatient,
        disease: None,
        causes: Vec::new(),
        third_party_unpaid: false,
        days: Days::Stay {
            admission: today,
            discharge: today,
        },
        facility: Facility {
            kind: FacilityKind::General,
            level: 3,
            community: false,
            tags: Vec::new(),
            designated: true,
            approved: false,
        },
        person: Person {
            status: Status::Retired,
            birth: today.checked_sub(jiff::Span::new().years(70)).ok(),
            retired: None,
            identities: Vec::new(),
            coverage: Coverage::Always(CoverageState::InForce),
        },
        accounts: Accounts {
            current: yuan("330"),
            ..Accounts::default()
        },
        use_account: true,
        year: YearToDate::default(),
        year_before: None,
        stay: StaySoFar::default(),
        continuation: None,
        interim: false,
        deposit: None,
        cost,
    };
    WhatIf::of(&library, bill).expect("it is settled")
}

/// From the identity number to the sheet of a purchase; a wrong code is told, and after signing out nothing is shown.
async fn my_insurance(browser: &Browser, base: &str, words: &Words, purchase: &Value) {
    let mine = format!("{base}/mine");
    browser.goto(&mine).await;
    assert_eq!(browser.text("h1").await, words.signed_out);
    browser.is_accessible().await;
    let number = format!("{PERSON}{}", check(PERSON));
    browser.fill("identity_number", &number).await;
    browser.press("main form button").await;
    let code = browser.text("#code").await;
    browser
        .fill("code", if code == "000000" { "000001" } else { "000000" })
        .await;
    browser.press("main form button").await;
    assert_eq!(browser.text("[role=alert]").await, words.wrong_code);
    browser.is_accessible().await;
    browser.fill("code", &code).await;
    browser.press("main form button").await;
    assert_eq!(browser.text("h1").await, words.mine);
    let address = browser.page.current_url().await.expect("an address");
    assert!(!address.as_str().contains(&number), "{address}");
    let page = browser.page.source().await.expect("a page");
    assert!(!page.contains(&number), "the number is shown");
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
    // What the pharmacy was told is what the person reads.
    let figure = |name: &str| amount(figure(purchase, name));
    let balances = browser.texts(".figures dd").await;
    assert!(
        balances.contains(&figure("balance")),
        "{balances:?} {purchase}"
    );
    for path in [
        "/mine/account",
        "/mine/cover",
        "/mine/family",
        "/mine/voucher",
    ] {
        browser.goto(&format!("{base}{path}")).await;
        browser.is_accessible().await;
    }
    browser.press("[action='/mine/voucher'] button").await;
    assert!(browser.text("#token").await.starts_with("YB"));
    browser.is_accessible().await;
    browser.goto(&format!("{base}/mine/settlements")).await;
    browser.is_accessible().await;
    browser.press("tbody tr:first-child a").await;
    let sums = browser.texts("tfoot td.n").await;
    assert_eq!(sums.last(), Some(&figure("total")), "{purchase}");
    assert!(!browser.texts("ol.steps li").await.is_empty());
    browser.is_accessible().await;
    browser.press(".places form button").await;
    browser.goto(&mine).await;
    assert_eq!(browser.text("h1").await, words.signed_out);
}

/// An amount of an answer to a purchase.
fn figure(purchase: &Value, name: &str) -> Fen {
    let line = TOLD.lines().find_map(|line| line.strip_prefix(name));
    let figure = line.and_then(|path| purchase.pointer(path.trim()));
    let text = figure
        .unwrap_or_else(|| panic!("{name}: {purchase}"))
        .to_string();
    agency::yuan(text.trim_matches('"')).expect("an amount")
}

fn check(digits: &str) -> char {
    char::from(agency::domain::identity_number::check_character(
        digits.as_bytes(),
    ))
}
