//! A page that is asked in a way that it does not know: sent to, where it is only read, or the other way round.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::{Page, Reader};

/// Which ways there are, the router tells in the header `Allow`.
pub(crate) async fn unknown(reader: Reader) -> Response {
    let t = |zh, en| reader.say(zh, en);
    let title = t(
        "这个页面不能这样访问",
        "This page cannot be asked in this way",
    );
    let page = Page {
        title: title.to_owned(),
        body: html! { p { a href="/" { (t("到首页", "To the first page")) } } },
        // Nothing leads back to what was sent.
        reader: Reader {
            here: "/".to_owned(),
            ..reader
        },
        found: true,
    };
    (StatusCode::METHOD_NOT_ALLOWED, page).into_response()
}
