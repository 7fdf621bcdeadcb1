//! The e-voucher: a token that an institution reads in place of a card, shown as a QR code and as text.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use jiff::SignedDuration;
use maud::{Markup, html};
use qrcode::{Color, QrCode};

use crate::clock;
use crate::door::Door;
use crate::pages::Page;
use crate::pages::person::PersonRecord;
use crate::pages::sign_in::Insured;
use crate::vouchers::Voucher;

/// So many modules around a QR code stay white, by the standard.
const MARGIN: usize = 4;

/// Where the page is.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new().route("/mine/voucher", get(shown).post(made))
}

/// A new one is made by a form: to look at a page changes nothing.
async fn made(State(door): State<Arc<Door>>, insured: Insured) -> Response {
    let person = insured.person;
    // Of somebody who has died there is none.
    match super::of(&door, insured).await {
        Ok(record) if record.is_over() => return Redirect::to("/mine").into_response(),
        Ok(_) => {}
        Err(page) => return page.into_response(),
    }
    let made = door.window.vouchers.make(person, Instant::now());
    if made.is_none() {
        tracing::error!("there is no randomness: no e-voucher was made");
    }
    Redirect::to("/mine/voucher").into_response()
}

async fn shown(State(door): State<Arc<Door>>, insured: Insured) -> Page {
    let record = super::of(&door, insured).await;
    super::shown(record.map(|record| {
        if record.is_over() {
            let body = record.ended();
            return super::page(record, ("电子凭证", "E-voucher"), &body);
        }
        let now = Instant::now();
        let voucher = door.window.vouchers.of(record.person, now);
        let again = voucher.is_some();
        let body = html! {
            @match voucher {
                Some(voucher) => (told(&record, &voucher, now)),
                None => p { (record.t("现在没有有效的电子凭证。", "There is no e-voucher now.")) },
            }
            form method="post" action="/mine/voucher" {
                button { @if again { (record.t("换一个", "A new one")) } @else { (record.t("出示电子凭证", "Show an e-voucher")) } }
            }
            p.note { (record.t(
                "就医购药时向收费窗口出示。5分钟内有效，只能由首次扫码的机构使用；请勿发给他人。",
                "Show it where you are treated or buy medicine. It is good for five minutes, and only at the institution that reads it first; send it to nobody.",
            )) }
        };
        super::page(record, ("电子凭证", "E-voucher"), &body)
    }))
}

fn told(record: &PersonRecord, voucher: &Voucher, now: Instant) -> Markup {
    let left = voucher.until.saturating_duration_since(now);
    let left = SignedDuration::try_from(left).unwrap_or_default();
    let until = clock::now().saturating_add(left).time();
    let by = voucher.used_by.as_deref();
    let by = by.map(|code| match record.office.institution(code, record.today) {
        Ok(institution) => institution.name.as_str(),
        Err(_) => code,
    });
    html! {
        (qr(&voucher.token, record.t("电子凭证二维码", "QR code of the e-voucher")))
        p { code #token { (voucher.token) } }
        p { (record.t("有效至 ", "Good until ")) strong { (until.strftime("%H:%M:%S")) } }
        @if let Some(by) = by { p role="status" { (record.t("已使用：", "Used by: ")) (by) } }
    }
}

/// Black on white whatever the page's colours are: scanners expect it.
fn qr(text: &str, name: &str) -> Markup {
    let Ok(code) = QrCode::new(text) else {
        return html! {};
    };
    let side = code.width() + 2 * MARGIN;
    let path = modules(&code);
    html! {
        svg.qr viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(name) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}

/// The dark modules, a rectangle for each row of neighbours.
fn modules(code: &QrCode) -> String {
    let mut path = String::new();
    let colours = code.to_colors();
    for (y, row) in colours.chunks(code.width()).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            let long = run.len();
            if run.first() == Some(&Color::Dark) {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{long}v1h-{long}z", x + MARGIN, y + MARGIN);
            }
            x += long;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path drawn again, module by module, is the code.
    #[test]
    fn every_dark_module_is_drawn_and_no_other() {
        let code = QrCode::new("YB0123456789ABCDEF0123456789ABCDEF").expect("it fits");
        let mut drawn = vec![Color::Light; code.width() * code.width()];
        for part in modules(&code).split('M').skip(1) {
            let (place, long) = part.split_once('h').expect("a run");
            let (x, y) = place.split_once(' ').expect("a place");
            let (long, _) = long.split_once('v').expect("its length");
            let [x, y, long] = [x, y, long].map(|n| n.parse::<usize>().expect("a number"));
            let first = (y - MARGIN) * code.width() + x - MARGIN;
            drawn[first..first + long].fill(Color::Dark);
        }
        assert!(drawn == code.to_colors());
    }
}
