//! An administrator makes an operator, who chooses a password and looks around; and reads in the log what both did.

use super::Words;
use super::browser::Browser;

/// The name of an operator who was not there before, and the words of the log, by language.
fn told(words: &Words) -> (&'static str, [&'static str; 3]) {
    match words.lang {
        "zh-CN" => ("xin.zh", ["新增操作员", "修改密码", "登录失败"]),
        _ => (
            "new.en",
            ["made an operator", "chose a password", "failed to sign in"],
        ),
    }
}

pub(super) async fn journey(browser: &Browser, base: &str, words: &Words) {
    let (name, log) = told(words);
    browser.goto(&format!("{base}/agency/operators")).await;
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
    enter(browser, base, "administrator", "a wrong password").await;
    assert!(!browser.text("[role=alert]").await.is_empty());
    browser.is_accessible().await;
    let password = service::demo::password("administrator");
    enter(browser, base, "administrator", &password).await;
    browser.is_accessible().await;
    browser.fill("name", name).await;
    browser.fill("called", "新来的").await;
    browser.choose("role", "reader").await;
    browser.fill("why", "joined").await;
    browser
        .press("main form[action='/agency/operators'] button")
        .await;
    let given = browser.text("#given").await;
    assert_eq!(given.len(), 32, "{given}");
    browser.is_accessible().await;
    browser.press(".places form button").await;
    new_operator(browser, base, name, &given).await;
    enter(browser, base, "administrator", &password).await;
    browser.goto(&format!("{base}/agency/log")).await;
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
    let lines = browser.texts("tbody tr").await;
    for what in log {
        assert!(
            lines.iter().any(|line| line.contains(what)),
            "{what}: {lines:?}"
        );
    }
    let page = browser.page.source().await.expect("a page");
    assert!(
        !page.contains(&given) && !page.contains(&password),
        "{page}"
    );
    browser.press(".places form button").await;
}

/// Signs in to work.
pub(super) async fn enter(browser: &Browser, base: &str, name: &str, password: &str) {
    browser.goto(&format!("{base}/operator/sign-in")).await;
    browser.fill("name", name).await;
    browser.fill("password", password).await;
    browser.press("main form.ask button").await;
}

/// What was given is changed first; then the pages of a reader are there, and no others.
async fn new_operator(browser: &Browser, base: &str, name: &str, given: &str) {
    let own = format!("the boats of {name}");
    enter(browser, base, name, given).await;
    let address = browser.page.current_url().await.expect("an address");
    assert_eq!(address.path(), "/operator/password");
    browser.is_accessible().await;
    browser.is_reached_by_keys().await;
    browser.fill("before", given).await;
    browser.fill("password", &own).await;
    browser.fill("again", &own).await;
    browser.press("main form.ask button").await;
    let address = browser.page.current_url().await.expect("an address");
    assert_eq!(address.path(), "/agency");
    for path in [
        "/agency",
        "/agency/audit",
        "/agency/institutions",
        "/agency/institutions/P99999700001",
    ] {
        browser.goto(&format!("{base}{path}")).await;
        browser.is_accessible().await;
        browser.is_reached_by_keys().await;
    }
    browser.goto(&format!("{base}/agency/operators")).await;
    assert!(
        browser.texts("form.ask").await.is_empty(),
        "not for a reader"
    );
    browser.is_accessible().await;
    browser.goto(&format!("{base}/agency")).await;
    browser.press(".places form button").await;
}
