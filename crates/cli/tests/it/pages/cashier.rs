//! A cashier of the demonstration's pharmacy: from signing in to the receipt and its being taken back, held against what the interface
//! makes of the same bill and against the day.

use agency::domain::explain::amount;
use agency::domain::fen::Fen;
use serde_json::Value;

use super::browser::Browser;
use super::{PERSON, check, figure};
use crate::serve::{Service, message};

/// What a page says in a language.
struct Words {
    lang: &'static str,
    till: &'static str,
    receipt: &'static str,
    fault: &'static str,
    no_reason: &'static str,
    equal: &'static str,
    sentence: fn(&[String; 4]) -> String,
}

const ZH: Words = Words {
    lang: "zh-CN",
    till: "收费",
    receipt: "结算单",
    fault: "数量“0”：应为大于0的数，最多4位小数",
    no_reason: "理由：现为0个字符，应为1至200个字符",
    equal: "核对一致",
    sentence: |[total, funds, account, cash]| {
        format!("收现金{cash}元（合计{total}元，基金{funds}元，账户{account}元）")
    },
};

const EN: Words = Words {
    lang: "en-GB",
    till: "Till",
    receipt: "Receipt",
    fault: "quantity `0`: more than 0, with at most four decimals",
    no_reason: "why: it has 0, and should have 1 to 200 characters",
    equal: "All is equal",
    sentence: |[total, funds, account, cash]| {
        format!("Cash {cash} yuan, of {total}; funds {funds}, accounts {account}")
    },
};

/// The lines of the purchase of the examples: code, quantity, price.
const LINES: [(&str, &str, &str); 2] = [
    ("XM01SYN086A001010100086", "2", "18.60"),
    ("XJ01SYN084A001010100084", "1", "28.60"),
];

#[test]
fn a_cashier_settles_and_takes_back_in_both_languages() {
    let service = Service::open(&[]);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    for (words, width) in [(&ZH, 390), (&EN, 1280)] {
        // The trial of the same bill over the interface.
        let trial = message("purchase").replacen("2102", "2101", 1);
        let trial: Value = serde_json::from_str(&service.curl(&trial)).expect("an answer");
        let figures = ["total", "funds", "account", "cash"].map(|name| figure(&trial, name));
        runtime.block_on(async {
            let browser = Browser::open(words.lang, width).await;
            sign_in(&browser, service.base(), words).await;
            find(&browser).await;
            bill(&browser, words).await;
            settle(&browser, words, figures).await;
            taken_back(&browser, words).await;
            day(&browser, service.base(), words, figures).await;
            browser.close().await;
        });
    }
    drop(service.end());
}

async fn sign_in(browser: &Browser, base: &str, words: &Words) {
    browser.goto(&format!("{base}/cashier")).await;
    browser.fill("name", "pharmacy").await;
    browser
        .fill("password", &service::demo::password("pharmacy"))
        .await;
    browser.press("main form button").await;
    assert_eq!(browser.text("h1").await, words.till);
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
}

/// A scanner is a keyboard: what it reads stands in the field that waits, and its last key sends it.
async fn find(browser: &Browser) {
    let number = format!("{PERSON}{}", check(PERSON));
    let wrong = format!("{PERSON}{}", if number.ends_with('0') { '1' } else { '0' });
    browser.fill("paper", &wrong).await;
    browser
        .press("main [action='/cashier/person'] button")
        .await;
    assert!(!browser.texts("[role=alert] li").await.is_empty());
    browser.is_accessible().await;
    browser.fill("paper", &number).await;
    browser
        .press("main [action='/cashier/person'] button")
        .await;
    let address = browser.page.current_url().await.expect("an address");
    assert!(!address.as_str().contains(&number), "{address}");
    let page = browser.page.source().await.expect("a page");
    assert!(!page.contains(&number), "the number is shown");
    let waits = browser.text("#person").await;
    assert!(waits.contains('*'), "{waits}");
    browser.is_accessible().await;
}

async fn bill(browser: &Browser, words: &Words) {
    for (place, (code, quantity, price)) in LINES.into_iter().enumerate() {
        browser.fill("find", code).await;
        browser.press("[action='/cashier/look'] button").await;
        browser.is_accessible().await;
        let [many, each] = ["quantity", "price"].map(|what| format!("'item.{code}.{what}'"));
        if place == 0 {
            browser.fill(&many, "0").await;
            browser.fill(&each, price).await;
            browser.press("[formaction='/cashier/items']").await;
            assert_eq!(browser.text("[role=alert] li").await, words.fault);
            browser.is_accessible().await;
        }
        browser.fill(&many, quantity).await;
        browser.fill(&each, price).await;
        browser.press("[formaction='/cashier/items']").await;
    }
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
}

/// The page's figures are those of the interface, before and after.
async fn settle(browser: &Browser, words: &Words, figures: [Fen; 4]) {
    let sentence = (words.sentence)(&figures.map(amount));
    assert_eq!(browser.text("#trial").await, sentence);
    assert!(!browser.texts("ol.steps li").await.is_empty());
    browser.press("[formaction='/cashier/settle']").await;
    assert_eq!(browser.text("h1").await, words.receipt);
    let heads = browser.texts("h2").await;
    assert!(heads.contains(&sentence), "{heads:?} {sentence}");
    let sums = browser.texts("tfoot td.n").await;
    assert_eq!(sums.first(), Some(&amount(figures[0])));
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
}

async fn taken_back(browser: &Browser, words: &Words) {
    browser.fill("why", " ").await;
    browser.press("[action$='/reverse'] button").await;
    assert_eq!(browser.text("[role=alert] li").await, words.no_reason);
    browser.fill("why", "wrong size").await;
    browser.press("[action$='/reverse'] button").await;
    let number = browser.text("#settlement").await;
    let told = browser.text("main p.bad").await;
    assert!(told.contains(number.split('S').next().expect("its beginning")));
    assert!(browser.texts("[action$='/reverse']").await.is_empty());
    browser.is_accessible().await;
}

/// After each round a settlement and its being taken back more, which come to nothing.
async fn day(browser: &Browser, base: &str, words: &Words, figures: [Fen; 4]) {
    browser.goto(&format!("{base}/cashier/day")).await;
    browser.is_accessible().await;
    let sums = browser.texts("#sums ~ div tfoot td.n").await;
    let (count, sums) = sums.split_first().expect("sums");
    assert!(sums.iter().all(|sum| sum == "0.00"), "{sums:?}");
    let rows = browser.texts("#rows ~ div tbody td.n:nth-child(4)").await;
    assert_eq!(&rows.len().to_string(), count);
    let total = amount(figures[0]);
    assert_eq!(rows[..2], [total.clone(), format!("-{total}")]);
    browser.fill("count", count).await;
    for name in ["total", "funds", "account", "cash"] {
        browser.fill(name, "0").await;
    }
    browser.press("main form.ask button").await;
    assert_eq!(browser.text("#compared").await, words.equal);
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
}
