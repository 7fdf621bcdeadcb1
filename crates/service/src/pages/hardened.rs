//! What every answer to a browser has: nothing is guessed, kept, told on or loaded; and what was refused without a page has one.

use axum::extract::{FromRequestParts as _, Request};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use maud::html;

use super::alert::alert;
use super::{Page, Reader};

/// Around every page.
pub(crate) async fn hardened(request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(reader) = Reader::from_request_parts(&mut parts, &()).await;
    // Institutions may send to the bare address.
    let reads = matches!(parts.method, Method::GET | Method::HEAD);
    let is_message = parts.uri.path() == "/" && !reads;
    let response = next.run(Request::from_parts(parts, body)).await;
    let mut response = match is_bare(&response) && !is_message {
        true => in_words(reader, response),
        false => response,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
    ] {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Refused by what stands before a page: a status, and at most a line of text in English.
fn is_bare(response: &Response) -> bool {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_text = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    (status.is_client_error() || status.is_server_error()) && is_text
}

/// The same refusal as a page, with the headers that it had.
fn in_words(reader: Reader, bare: Response) -> Response {
    let status = bare.status();
    let (zh, en) = words(status);
    let body = html! {
        (alert(reader.say(zh, en)))
        p { a href="/" { (reader.say("到首页", "To the first page")) } }
    };
    let page = Page {
        title: reader.say("未能办理", "It was not done").to_owned(),
        // Nothing leads back to what is refused.
        reader: Reader {
            here: "/".to_owned(),
            ..reader
        },
        status,
        body,
    };
    let mut response = page.into_response();
    for (name, value) in bare.headers() {
        // Those of its text are the page's own now.
        if *name != header::CONTENT_TYPE && *name != header::CONTENT_LENGTH {
            response.headers_mut().append(name, value.clone());
        }
    }
    response
}

fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status {
        StatusCode::FORBIDDEN => (
            "请从本服务的页面提交表单",
            "A form is sent from a page of this service",
        ),
        StatusCode::NOT_FOUND => ("没有这个页面", "There is no such page"),
        StatusCode::METHOD_NOT_ALLOWED => (
            "此地址不能这样访问，请从首页进入",
            "This address is not asked in this way; begin at the first page",
        ),
        StatusCode::TOO_MANY_REQUESTS => (
            "访问过于频繁，请稍后再试",
            "Too many pages were asked for; come again in a moment",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => ("提交的内容过大", "What was sent is too large"),
        _ if status.is_client_error() => (
            "地址或表单无法读取，请从首页重新进入",
            "The address or the form cannot be read; begin again at the first page",
        ),
        _ => (
            "暂时无法办理，请稍后再试",
            "It cannot be done now; try again later",
        ),
    }
}
