//! Pages: what is hostile stays text, and the language is the reader's.

use super::trace::{Filter, listed, told};
use super::*;
use crate::trace::{Record, Sentence, Timings, Why};
use crate::wire::ids::Region;
use crate::wire::node::Node;
use crate::wire::read::{Fault, Rule};

const HOSTILE: &str = "</pre><script>alert('1')</script>\"><img src=x onerror=alert(1)>&";

/// A record of which every text is hostile.
fn hostile() -> Record {
    let text = || HOSTILE.to_owned();
    Record {
        time: "2026-11-26T11:15:53.123Z".parse().expect("a time"),
        request: text(),
        institution: text(),
        number: text(),
        message: text(),
        address: "127.0.0.1".parse().expect("an address"),
        path: text(),
        asked: text(),
        opened: Some(text()),
        answered: format!("{{\"err\":{}}}", serde_json::json!(HOSTILE)),
        unsealed: Some(text()),
        file: None,
        cut: true,
        status: 200,
        refusal: Some(Why {
            code: text(),
            zh: text(),
            en: text(),
            hint_zh: Some(text()),
            hint_en: Some(text()),
            faults: vec![Fault::new(
                text(),
                Some(&Node::Text(HOSTILE.into())),
                Rule::Present,
                HOSTILE,
            )],
        }),
        warnings: vec![text()],
        person: Some(7),
        visit: Some(text()),
        settlement: Some(text()),
        steps: vec![Sentence {
            stage_zh: text(),
            stage_en: text(),
            amount: text(),
            zh: text(),
            en: text(),
        }],
        timings: Timings {
            admit: 1,
            read: 2,
            agency: 3,
            write: 4,
        },
    }
}

/// Who reads a page whose address is hostile, too.
fn reader(lang: Lang) -> Reader {
    let here = HOSTILE.to_owned();
    let places = Places {
        rules: true,
        mine: true,
        sandbox: true,
        trace: true,
        operators: true,
    };
    Reader { lang, here, places }
}

/// No text of a message makes an element, or ends an attribute.
#[test]
fn what_is_hostile_is_text() {
    let record = hostile();
    let filter = Filter {
        institution: HOSTILE.to_owned(),
        number: HOSTILE.to_owned(),
        refused: HOSTILE.to_owned(),
        before: HOSTILE.to_owned(),
    };
    let region = Region::parse("330100").expect("a region");
    let many = vec![hostile(); 101];
    for lang in [Lang::Zh, Lang::En] {
        let one = told(reader(lang), region, &record, &[hostile()]).html();
        let list = listed(reader(lang), &filter, &many).html();
        for page in [one, list] {
            assert!(!page.contains("<script"), "{page}");
            assert!(!page.contains("<img"), "{page}");
            assert!(!page.contains("\"><img"), "{page}");
            assert!(page.contains("&lt;script&gt;"), "{page}");
            assert_eq!(
                page.matches("</pre>").count(),
                page.matches("<pre>").count()
            );
        }
    }
}

/// A hundred stand on a page; what is older is a link away, and so is the beginning.
#[test]
fn older_messages_are_a_link_away() {
    let record = |n: usize| Record {
        request: format!("r-{n}"),
        ..hostile()
    };
    let records: Vec<_> = (0..101).map(record).collect();
    let filter = Filter {
        institution: "H1".to_owned(),
        ..Filter::default()
    };
    let page = listed(reader(Lang::En), &filter, &records).html();
    assert!(page.contains("/trace/r-99\"") && !page.contains("/trace/r-100\""));
    assert!(page.contains("<a href=\"/trace?institution=H1&amp;before=r-99\">Older</a>"));
    assert!(!page.contains("The last ones"));
    let filter = Filter {
        before: "r-99".to_owned(),
        ..filter
    };
    let page = listed(reader(Lang::En), &filter, &records[100..]).html();
    assert!(page.contains("/trace/r-100\"") && !page.contains(">Older<"));
    assert!(page.contains("<a href=\"/trace?institution=H1\">The last ones</a>"));
}

/// A person's number is the one that stands in the messages.
#[test]
fn a_person_is_told_as_in_messages() {
    let region = Region::parse("330100").expect("a region");
    let page = told(reader(Lang::En), region, &hostile(), &[]).html();
    assert!(
        page.contains("<td>3301000000000000000000007</td>"),
        "{page}"
    );
}

#[test]
fn a_page_says_what_it_is_and_lets_nothing_else_in() {
    let page = listed(reader(Lang::Zh), &Filter::default(), &[]);
    let html = page.html();
    assert!(
        html.starts_with("<!DOCTYPE html><html lang=\"zh-CN\">"),
        "{html}"
    );
    assert!(html.contains("<meta charset=\"utf-8\">"), "{html}");
    assert!(html.contains("prefers-color-scheme: dark"), "{html}");
    let response = page.into_response();
    let header = |name: header::HeaderName| {
        let value = response.headers().get(name).expect("the header");
        value.to_str().expect("ASCII").to_owned()
    };
    assert_eq!(header(header::CONTENT_TYPE), "text/html; charset=utf-8");
    let policy = header(header::CONTENT_SECURITY_POLICY);
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    assert_eq!(header(header::CACHE_CONTROL), "no-store");
}

#[test]
fn the_language_is_the_one_that_is_asked_for_most() {
    for (asked, expected) in [
        ("", Lang::Zh),
        ("zh-CN,zh;q=0.9,en;q=0.8", Lang::Zh),
        ("en-GB,en;q=0.9,zh;q=0.8", Lang::En),
        ("fr, en;q=0.3, zh;q=0.7", Lang::Zh),
        ("fr;q=1.0, en;q=0.001", Lang::En),
        ("fr", Lang::Zh),
        ("en;q=nonsense", Lang::Zh),
        ("en;q=0", Lang::Zh),
        ("EN", Lang::En),
    ] {
        assert_eq!(preferred(asked), expected, "{asked}");
    }
}

#[test]
fn amounts_of_either_sign_are_written_alike_on_every_page() {
    for (fen, expected) in [
        (0, "0.00"),
        (-31_599, "-315.99"),
        (123_456_789, "1,234,567.89"),
        (-100_000, "-1,000.00"),
    ] {
        assert_eq!(signed(fen), expected);
    }
}

#[test]
fn a_number_of_the_books_is_digits_that_they_can_hold() {
    for (text, expected) in [
        ("17", Some(17)),
        ("9223372036854775807", Some(u64::MAX / 2)),
        ("9223372036854775808", None),
        ("18446744073709551615", None),
        ("+1", None),
        ("-1", None),
        (" 1", None),
        ("", None),
    ] {
        assert_eq!(number_of(text), expected, "{text:?}");
    }
}
