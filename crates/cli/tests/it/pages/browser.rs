//! `Browser`: a real Chromium without a window, told what to do over WebDriver.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// Everything that a reader of the page would stumble over; a list of sentences.
const ACCESSIBLE: &str = include_str!("accessible.js");

/// A Chromium, and the driver that it is told through.
pub(crate) struct Browser {
    pub(crate) page: Client,
    driver: Child,
}

impl Browser {
    /// In a language, with a window of this width.
    pub(crate) async fn open(lang: &str, width: u32) -> Browser {
        let (driver, port) = driver();
        let options = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                format!("--window-size={width},900"),
            ],
            "prefs": { "intl.accept_languages": lang },
        });
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("goog:chromeOptions".into(), options);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let page = builder
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("Chromium starts");
        Browser { page, driver }
    }

    pub(crate) async fn goto(&self, address: &str) {
        self.page.goto(address).await.expect("the page is there");
    }

    /// Types into the field of this name what is to stand in it.
    pub(crate) async fn fill(&self, name: &str, text: &str) {
        let field = self.find(&format!("[name={name}]")).await;
        field.clear().await.expect("a field");
        field.send_keys(text).await.expect("a field");
    }

    pub(crate) async fn choose(&self, name: &str, value: &str) {
        let list = self.find(&format!("select[name={name}]")).await;
        list.select_by_value(value)
            .await
            .expect("it is on the list");
    }

    /// Presses the button of the page's main form, and waits for the page that follows.
    pub(crate) async fn press(&self, selector: &str) {
        let before = self.page.find(Locator::Css("html")).await.expect("a page");
        self.find(selector).await.click().await.expect("a button");
        let began = Instant::now();
        // The element of the page before is gone when the next one is there.
        while before.tag_name().await.is_ok() {
            assert!(began.elapsed() < Duration::from_secs(20), "no page follows");
            tokio::task::yield_now().await;
        }
    }

    pub(crate) async fn find(&self, selector: &str) -> fantoccini::elements::Element {
        let wait = self.page.wait().at_most(Duration::from_secs(20));
        let found = wait.for_element(Locator::Css(selector)).await;
        found.unwrap_or_else(|why| panic!("{selector}: {why}"))
    }

    pub(crate) async fn text(&self, selector: &str) -> String {
        self.find(selector).await.text().await.expect("a text")
    }

    /// The texts of all elements that are found.
    pub(crate) async fn texts(&self, selector: &str) -> Vec<String> {
        let found = self.page.find_all(Locator::Css(selector)).await;
        let mut texts = Vec::new();
        for one in found.expect("a page") {
            texts.push(one.text().await.expect("a text"));
        }
        texts
    }

    /// Fails with everything that a reader would stumble over on this page.
    pub(crate) async fn is_accessible(&self) {
        let found = self.page.execute(ACCESSIBLE, Vec::new()).await;
        let found = found.expect("the page can be asked");
        let address = self.page.current_url().await.expect("an address");
        let none = Value::Array(Vec::new());
        assert_eq!(found, none, "{address}: {found:#}");
    }

    /// Every control that is not folded away is reached by the tabulator, and what is reached is seen to be.
    pub(crate) async fn is_reached_by_keys(&self) {
        const WANTED: &str = "return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
            .filter(e => e.checkVisibility()).length";
        const NOW: &str = "const e = document.activeElement; const s = getComputedStyle(e);
            if (!window.reached) window.reached = new Set(); if (e.matches('a, button, input, select, summary')) window.reached.add(e);
            return [window.reached.size, e === document.body || (s.outlineStyle !== 'none' && s.outlineWidth !== '0px'), e.outerHTML.slice(0, 80)]";
        let wanted = self.page.execute(WANTED, Vec::new()).await.expect("a page");
        let wanted = wanted.as_u64().expect("a number");
        let body = self.find("body").await;
        let mut reached = 0;
        // Where a field waits from the beginning, the way goes once past the end of the page; wide tables are stopped at, too.
        for _ in 0..2 * wanted {
            if reached == wanted {
                break;
            }
            let keys = self.page.find(Locator::Css(":focus")).await;
            let at = keys.as_ref().unwrap_or(&body);
            at.send_keys("\u{e004}").await.expect("a key");
            let now = self.page.execute(NOW, Vec::new()).await.expect("a page");
            assert_eq!(now[1], json!(true), "not seen to be reached: {}", now[2]);
            reached = now[0].as_u64().expect("a number");
        }
        assert_eq!(reached, wanted, "controls reached by the tabulator");
    }

    pub(crate) async fn close(mut self) {
        let _ = self.page.clone().close().await;
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // After a test that failed.
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A driver on a port of its own, which it prints.
fn driver() -> (Child, u16) {
    use std::io::{BufRead as _, BufReader};
    let started = Command::new("chromedriver")
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut driver =
        started.unwrap_or_else(|why| panic!("chromedriver (cargo xtask packages): {why}"));
    let said = BufReader::new(driver.stdout.take().expect("its output"));
    let port = said.lines().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim().trim_end_matches('.').parse().ok()
    });
    (driver, port.expect("chromedriver tells its port"))
}
