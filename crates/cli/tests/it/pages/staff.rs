//! The agency's staff in a real browser: a clerk finds a person and proposes, a reviewer approves, the record shows it.

use service::demo::password;

use super::browser::Browser;
use super::{PERSON, check};
use crate::serve::{Service, message};

/// What a page says in a language, and what is proposed in it.
struct Words {
    lang: &'static str,
    find: &'static str,
    record: &'static str,
    proposals: &'static str,
    disease: &'static str,
    registered: &'static str,
    carried_out: &'static str,
}

const ZH: Words = Words {
    lang: "zh-CN",
    find: "查找参保人",
    record: "参保人档案",
    proposals: "业务复核",
    disease: "hypertension",
    registered: "门诊慢特病备案，高血压",
    carried_out: "已办结",
};

const EN: Words = Words {
    lang: "en-GB",
    find: "Find a person",
    record: "Record of a person",
    proposals: "Proposals",
    disease: "diabetes",
    registered: "chronic or special disease of the outpatient, diabetes",
    carried_out: "carried out",
};

#[test]
fn the_staff_finds_proposes_and_approves_in_both_languages() {
    let service = Service::open(&[]);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    service.curl(&message("purchase"));
    for (words, width) in [(&ZH, 390), (&EN, 1280)] {
        runtime.block_on(async {
            let browser = Browser::open(words.lang, width).await;
            let record = clerk(&browser, service.base(), words).await;
            reviewer(&browser, service.base(), words, &record).await;
            browser.close().await;
        });
    }
    drop(service.end());
}

async fn sign_in(browser: &Browser, base: &str, name: &str) {
    browser.goto(&format!("{base}/operator/sign-in")).await;
    browser.is_accessible().await;
    browser.fill("name", name).await;
    browser.fill("password", &password(name)).await;
    browser.press("main form button").await;
}

/// From the search to the proposal; gives where the record is.
async fn clerk(browser: &Browser, base: &str, words: &Words) -> String {
    sign_in(browser, base, "clerk").await;
    assert_eq!(browser.text("h1").await, words.find);
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
    let number = format!("{PERSON}{}", check(PERSON));
    browser.fill("identity_number", &number).await;
    browser
        .press("form:has([name=identity_number]) button")
        .await;
    assert_eq!(browser.text("h1").await, words.record);
    let record = browser.page.current_url().await.expect("an address");
    let record = record.as_str().to_owned();
    let page = browser.page.source().await.expect("a page");
    assert!(!record.contains(&number) && !page.contains(&number));
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
    browser.fill("why", "asked by letter").await;
    browser.press("[action$='/unmask'] button").await;
    let whole = browser.texts("#whole dd").await;
    assert_eq!(whole, ["测试·在职", number.as_str()]);
    browser.is_accessible().await;
    for path in ["account", "settlements"] {
        browser.goto(&format!("{record}/{path}")).await;
        browser.is_accessible().await;
    }
    browser.press("tbody tr:first-child a").await;
    browser.is_accessible().await;
    let total = browser.texts("tfoot td.n").await;
    browser.press("[href$='/what-if']").await;
    let first = browser
        .texts("main > .wide tbody tr:first-child td.n")
        .await;
    assert_eq!(first.last(), total.last(), "the line of what was settled");
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
    browser.goto(&format!("{record}/cover")).await;
    browser.is_accessible().await;
    browser.choose("kind", "disease").await;
    browser.choose("disease", words.disease).await;
    browser.fill("why", "proof came by post").await;
    browser.press("[action$='/register'] button").await;
    assert_eq!(browser.text("h1").await, words.proposals);
    let waits = browser.text(".cards h3").await;
    assert!(waits.contains(words.registered), "{waits}");
    browser.is_accessible().await;
    browser.press(".places form button").await;
    record
}

async fn reviewer(browser: &Browser, base: &str, words: &Words, record: &str) {
    sign_in(browser, base, "reviewer").await;
    browser.goto(&format!("{base}/agency/proposals")).await;
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
    browser.press("[action$='/approve'] button").await;
    assert!(browser.texts(".cards h3").await.is_empty());
    let outcome = browser.text("tbody tr:first-child td:last-child").await;
    assert!(outcome.starts_with(words.carried_out), "{outcome}");
    browser.is_accessible().await;
    browser.goto(&format!("{record}/cover")).await;
    let registered = browser.texts("main li").await;
    let found = registered
        .iter()
        .any(|line| line.starts_with(words.registered));
    assert!(found, "{registered:?}");
    browser.is_accessible().await;
    browser.press(".places form button").await;
}
