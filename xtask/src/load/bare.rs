//! The bare server: reads each message into a tree as a real one must, and answers a constant.

use std::net::SocketAddr;
use std::path::Path;

use axum::Router;
use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::serve::ListenerExt as _;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use tokio::net::TcpListener;
use tokio::runtime;

/// As large as an answer to a purchase, and right in itself.
const ANSWER: &str = include_str!("../../load/answer.json");

/// JSON as RFC 8259 has it, nothing looser: what the doors take.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Serves until it is ended; its address is in the file as soon as it listens.
pub(super) fn serve(ready: &Path) -> Result<(), String> {
    let runtime = runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|why| format!("cannot start the bare server: {why}"))?;
    runtime.block_on(async {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)));
        let listener = listener
            .await
            .map_err(|why| format!("cannot listen: {why}"))?;
        let address = listener
            .local_addr()
            .map_err(|why| format!("no address: {why}"))?;
        tell(ready, address)?;
        // A connection that refuses the option is served all the same.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let served = axum::serve(listener, doors()).await;
        served.map_err(|why| format!("the bare server failed: {why}"))
    })
}

fn doors() -> Router {
    let answer: &'static [u8] = compact(ANSWER).leak();
    Router::new().fallback(move |body: Bytes| async move {
        match tree(&body) {
            true => Ok((
                [(header::CONTENT_TYPE, "application/json;charset=UTF-8")],
                answer,
            )),
            false => Err(StatusCode::BAD_REQUEST),
        }
    })
}

/// Reads a message as the doors do: the one place to change when they read otherwise.
fn tree(body: &[u8]) -> bool {
    let options = CollectOptions::default();
    let read = std::str::from_utf8(body).ok().map(|text| {
        let parsed = parse_to_ast(text, &options, &STRICT);
        parsed.is_ok_and(|tree| std::hint::black_box(tree).value.is_some())
    });
    read.unwrap_or(false)
}

fn compact(file: &str) -> Vec<u8> {
    let lines = file
        .lines()
        .map(|line| line.trim().replacen("\": ", "\":", 1));
    lines.collect::<String>().into_bytes()
}

/// Writes the address beside the file and moves it there, so that nobody reads half of it.
pub(super) fn tell(ready: &Path, address: SocketAddr) -> Result<(), String> {
    let beside = ready.with_extension("new");
    std::fs::write(&beside, address.to_string())
        .and_then(|()| std::fs::rename(&beside, ready))
        .map_err(|why| format!("cannot write {}: {why}", ready.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_is_a_tree() {
        assert!(tree(b"{\"a\":[1,\"x\"]}"));
        assert!(!tree(b"{\"a\":") && !tree(b"") && !tree(&[0xff]));
    }

    #[test]
    fn the_constant_is_json_on_one_line() {
        let answer = compact(ANSWER);
        let tree: serde_json::Value = serde_json::from_slice(&answer).expect("JSON");
        assert!(tree.is_object() && !answer.contains(&b'\n'));
    }
}
