//! `Page`: one page for people: a title, a language, a body in which every text is escaped by its type.
//!
//! Plain HTML with one small stylesheet in it: nothing is loaded from anywhere, and nothing runs in the browser.

mod alert;
pub mod cashier;
mod clause;
mod cover;
mod division;
pub mod funds;
mod guard;
pub(crate) mod hardened;
pub(crate) mod home;
pub mod mine;
pub mod operator;
pub mod pay;
mod person;
mod plain;
pub mod policies;
pub(crate) mod reader;
mod reason;
pub mod reconcile;
mod scope;
pub(crate) mod session;
mod shares;
pub mod sign_in;
pub mod staff;
#[cfg(test)]
mod tests;
pub mod trace;

use std::sync::LazyLock;

use agency::domain::explain::amount;
use agency::domain::fen::Fen;
use agency::domain::words::Lang;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

pub use reader::{Places, Reader};

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// What stands over it.
    pub title: String,
    /// Who reads it.
    pub reader: Reader,
    /// What it says of itself to the browser: that it is what was looked for, that nothing is there, that it cannot be told now.
    pub status: StatusCode,
    /// The rest.
    pub body: Markup,
}

const STYLE: &str = include_str!("pages/style.css");

/// The stylesheet is the only thing that a page may use: the browser knows it by its digest.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let digest = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

impl Page {
    /// As a browser reads it.
    #[must_use]
    pub fn html(&self) -> String {
        let reader = &self.reader;
        let (lang, other) = match reader.lang {
            Lang::Zh => ("zh-CN", ("en", "en", "English")),
            Lang::En => ("en", ("zh", "zh-CN", "中文")),
        };
        let back = escaped(&reader.here);
        let page = html! {
            (DOCTYPE)
            html lang=(lang) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#main" { (reader.say("跳到正文", "Skip to the text")) }
                    header {
                        (ways(reader))
                        a href={ "/language?to=" (other.0) "&back=" (back) } lang=(other.1) hreflang=(other.1) { (other.2) }
                    }
                    main #main tabindex="-1" { h1 { (self.title) } (self.body) }
                }
            }
        };
        page.into_string()
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let text = |value| HeaderValue::from_static(value);
        let headers = [
            (header::CONTENT_TYPE, text("text/html; charset=utf-8")),
            (header::CONTENT_SECURITY_POLICY, POLICY.clone()),
            (header::X_CONTENT_TYPE_OPTIONS, text("nosniff")),
            (header::REFERRER_POLICY, text("no-referrer")),
            (header::CACHE_CONTROL, text("no-store")),
            (header::VARY, text("accept-language, cookie")),
        ];
        (self.status, headers, self.html()).into_response()
    }
}

/// The ways to the other pages of this service.
fn ways(reader: &Reader) -> Markup {
    let Places {
        rules,
        mine,
        sandbox,
        trace,
        operators,
    } = reader.places;
    let ways = [
        (rules, "/pay", reader.say("我要付多少？", "What do I pay?")),
        (mine, "/mine", reader.say("我的医保", "My insurance")),
        (rules, "/policies", reader.say("政策", "Policies")),
        (sandbox, "/funds", reader.say("基金", "Funds")),
        (sandbox, "/reconcile", reader.say("对账", "Reconciling")),
        (trace, "/trace", reader.say("报文", "Messages")),
        (operators, "/operator", reader.say("工作人员", "Staff")),
    ];
    html! {
        nav aria-label=(reader.say("导航", "navigation")) {
            a.home href="/" { (reader.say("医保", "yibao")) }
            @for (_, path, name) in ways.into_iter().filter(|(is, ..)| *is) { a href=(path) { (name) } }
        }
    }
}

/// There is nothing at an address.
#[must_use]
pub fn absent(reader: Reader) -> Page {
    let t = |zh, en| reader.say(zh, en);
    Page {
        title: t("没有这个页面", "There is no such page").to_owned(),
        body: html! { p { a href="/" { (t("到首页", "To the first page")) } } },
        // Nothing leads back to where nothing is.
        reader: Reader {
            here: "/".to_owned(),
            ..reader
        },
        status: StatusCode::NOT_FOUND,
    }
}

/// A number of the books as it is typed: it lies below 2 to the power of 63.
fn number_of(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse::<i64>().ok().filter(|_| digits)?;
    u64::try_from(number).ok()
}

/// An amount in fen, of either sign, as people read it: `-1,315.99`.
fn signed(fen: i128) -> String {
    let size = u64::try_from(fen.unsigned_abs()).unwrap_or(u64::MAX);
    let sign = if fen < 0 { "-" } else { "" };
    format!("{sign}{}", amount(Fen::new(size)))
}

/// A text as a part of a URL.
#[must_use]
pub fn escaped(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let each = text.bytes().map(|byte| match keep(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    each.collect()
}

/// One of two phrases.
#[must_use]
pub const fn say(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The language that a browser asks for; Chinese where it asks for none of ours.
#[must_use]
pub fn language(headers: &HeaderMap) -> Lang {
    let asked = headers.get(header::ACCEPT_LANGUAGE);
    preferred(
        asked
            .and_then(|asked| asked.to_str().ok())
            .unwrap_or_default(),
    )
}

/// Of `en-GB,en;q=0.9,zh;q=0.8` the one with the largest weight that is ours, and of equals the first.
fn preferred(asked: &str) -> Lang {
    let mut best = (0, Lang::Zh);
    for part in asked.split(',') {
        let mut parts = part.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let weight = parts.find_map(|part| part.trim().strip_prefix("q="));
        let weight = weight.map_or(Some(1000), thousandths).unwrap_or(0);
        let primary = tag.split('-').next().unwrap_or_default();
        let lang = match primary.to_ascii_lowercase().as_str() {
            "zh" => Lang::Zh,
            "en" => Lang::En,
            _ => continue,
        };
        if weight > best.0 {
            best = (weight, lang);
        }
    }
    best.1
}

/// `0.8` as 800.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if part.len() > 3 || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole: u16 = whole.parse().ok().filter(|whole| *whole <= 1)?;
    let part: u16 = format!("{part:0<3}").parse().ok()?;
    Some(whole * 1000 + part)
}
