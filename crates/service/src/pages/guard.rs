//! The guard of the forms: what another site makes a browser send is refused before anything is read.
//!
//! A browser says from where a request comes (`Sec-Fetch-Site`, `Origin`), and no page can make it say something else. The cookie of a
//! session is not sent from other sites either (`SameSite=Strict`); this is the second lock on the same door.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Lets through what only reads, and what comes from our own pages.
pub(super) async fn guarded(request: Request, next: Next) -> Response {
    if reads(request.method()) || is_ours(request.headers()) {
        return next.run(request).await;
    }
    let why = "a form is sent from a page of this service\n";
    (StatusCode::FORBIDDEN, why).into_response()
}

fn reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Says the browser that the request comes from a page of ours? What says nothing at all is no browser of today.
fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin" || site == "none";
    }
    let (Some(origin), Some(host)) = (text(header::ORIGIN), text(header::HOST)) else {
        return false;
    };
    origin
        .split_once("://")
        .is_some_and(|(_, from)| from == host)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn only_our_own_pages_send_forms() {
        let table: [(&[(&str, &str)], bool); 9] = [
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site")], false),
            // What the browser says of the site goes before what it says of the origin.
            (
                &[
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "http://a:1"),
                    ("host", "a:1"),
                ],
                false,
            ),
            (&[("origin", "http://a:1"), ("host", "a:1")], true),
            (&[("origin", "http://a:2"), ("host", "a:1")], false),
            (&[("origin", "null"), ("host", "a:1")], false),
            (&[("host", "a:1")], false),
        ];
        for (said, expected) in table {
            let pairs = said.iter().map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            });
            assert_eq!(is_ours(&HeaderMap::from_iter(pairs)), expected, "{said:?}");
        }
    }
}
