//! `Reader`: who reads a page: in which language, and where.

use std::convert::Infallible;

use agency::domain::words::Lang;
use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

/// Remembers the language that was chosen.
const COOKIE: &str = "lang";
/// A year.
const AGE: u32 = 365 * 24 * 60 * 60;

/// Who reads a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The language: the one that was chosen, else the one that the browser asks for.
    pub lang: Lang,
    /// The page, to come back to in the other language: path and question.
    pub here: String,
    /// Where else there is to go.
    pub places: Places,
}

/// Which pages this service has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Anyone may ask about the rules.
    pub rules: bool,
    /// Insured persons sign in.
    pub mine: bool,
    /// Reconciling and funds, as a sandbox shows them.
    pub sandbox: bool,
    /// Messages, where a sandbox keeps them.
    pub trace: bool,
    /// Operators sign in.
    pub operators: bool,
}

impl Reader {
    /// One of two phrases.
    #[must_use]
    pub const fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        super::say(self.lang, zh, en)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Reader, Infallible> {
        let here = match parts.method {
            Method::GET | Method::HEAD => parts.uri.path_and_query().map(ToString::to_string),
            _ => Some(page_of(parts.uri.path()).to_owned()),
        };
        Ok(Reader {
            lang: chosen(&parts.headers).unwrap_or_else(|| super::language(&parts.headers)),
            places: parts.extensions.get().copied().unwrap_or_default(),
            here: here.unwrap_or_else(|| "/".to_owned()),
        })
    }
}

/// Forms that are sent to an address of their own, and the page on which each stands: the answer to one cannot be asked for again by its
/// address. A page is named, or is what the address is a part of.
const FORMS: [(&str, &str, Option<&str>); 16] = [
    ("/agency/audit/begin", "", Some("/agency/audit")),
    ("/agency/operators/", "/password", None),
    ("/agency/operators/", "/end", None),
    ("/agency/operators/", "/resume", None),
    ("/agency/persons/", "/unmask", None),
    ("/agency/persons/", "/cancel", None),
    ("/agency/persons/", "/register", None),
    ("/agency/persons/", "/reverse", None),
    ("/agency/proposals/", "", Some("/agency/proposals")),
    ("/cashier/day", "", Some("/cashier/day")),
    ("/cashier/settlements/", "/reverse", None),
    ("/cashier/", "", Some("/cashier")),
    ("/mine/family", "/end", None),
    ("/operator/sign-out", "", Some("/operator")),
    ("/sign-in/code", "", Some("/sign-in")),
    ("/sign-out", "", Some("/")),
];

/// The page of the form that is sent to an address; the address itself where it is a page, too.
fn page_of(path: &str) -> &str {
    let pages = FORMS.iter().filter_map(|(begins, ends, page)| {
        let of = path
            .strip_suffix(ends)
            .filter(|of| of.starts_with(begins))?;
        Some(page.unwrap_or(of))
    });
    pages.into_iter().next().unwrap_or(path)
}

/// Where a language is chosen.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/language", get(choose))
}

#[derive(Deserialize)]
struct Choice {
    to: String,
    #[serde(default)]
    back: String,
}

/// Remembers the choice and goes back to where it was made.
async fn choose(reader: Reader, choice: Result<Query<Choice>, QueryRejection>) -> Response {
    let choice = choice
        .ok()
        .and_then(|Query(choice)| Some((of_code(&choice.to)?, choice)));
    let Some((lang, choice)) = choice else {
        return super::absent(reader).into_response();
    };
    let cookie = format!(
        "{COOKIE}={}; Path=/; Max-Age={AGE}; SameSite=Lax; HttpOnly",
        code(lang)
    );
    let back = HeaderValue::from_str(within(&choice.back));
    let back = back.unwrap_or(HeaderValue::from_static("/"));
    let cookie = HeaderValue::from_str(&cookie).unwrap_or(HeaderValue::from_static(""));
    let headers = [(header::LOCATION, back), (header::SET_COOKIE, cookie)];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// A path of this service, and nothing that a browser takes for another host.
fn within(path: &str) -> &str {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|byte| byte.is_ascii_graphic());
    if ours { path } else { "/" }
}

fn chosen(headers: &HeaderMap) -> Option<Lang> {
    let cookies = headers.get_all(header::COOKIE).into_iter();
    let mut cookies = cookies
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    cookies.find_map(|cookie| {
        let (name, value) = cookie.trim().split_once('=')?;
        (name == COOKIE).then(|| of_code(value)).flatten()
    })
}

fn of_code(code: &str) -> Option<Lang> {
    match code {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

const fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_to_pages_of_ours_alone() {
        for (asked, expected) in [
            ("/pay?region=110000&cost=12", "/pay?region=110000&cost=12"),
            ("/", "/"),
            ("", "/"),
            ("pay", "/"),
            ("//elsewhere.example/", "/"),
            ("/\\elsewhere.example", "/"),
            ("https://elsewhere.example/", "/"),
            ("/a\r\nset-cookie: x=y", "/"),
        ] {
            assert_eq!(within(asked), expected, "{asked:?}");
        }
    }

    #[test]
    fn the_answer_to_a_form_leads_back_to_its_page() {
        for (sent, expected) in [
            ("/agency", "/agency"),
            ("/agency/operators/wang/end", "/agency/operators/wang"),
            ("/agency/operators/end", "/agency/operators/end"),
            ("/agency/persons/7/unmask", "/agency/persons/7"),
            ("/agency/proposals/7/approve", "/agency/proposals"),
            ("/cashier/items/3", "/cashier"),
            (
                "/cashier/settlements/1-7/reverse",
                "/cashier/settlements/1-7",
            ),
            ("/cashier/day", "/cashier/day"),
            ("/mine/family/end", "/mine/family"),
            ("/mine/voucher", "/mine/voucher"),
            ("/sign-in/code", "/sign-in"),
            ("/sign-out", "/"),
            ("/operator/password", "/operator/password"),
            ("/reconcile", "/reconcile"),
        ] {
            assert_eq!(page_of(sent), expected);
        }
    }

    #[test]
    fn a_choice_is_found_among_other_cookies() {
        for (cookies, expected) in [
            ("lang=en", Some(Lang::En)),
            ("a=b; lang=zh; c=d", Some(Lang::Zh)),
            ("lang=fr", None),
            ("xlang=en", None),
            ("", None),
        ] {
            let value = HeaderValue::from_str(cookies).expect("a header");
            let headers = HeaderMap::from_iter([(header::COOKIE, value)]);
            assert_eq!(chosen(&headers), expected, "{cookies}");
        }
    }
}
