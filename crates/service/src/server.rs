//! `Server`: the doors open: addresses, connections, health, measures; and how they close without losing what was accepted.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::{IncomingStream, Listener};

use crate::door::{Door, Incoming, Outgoing};
use crate::tls::Peer;

/// What clients expect beside an answer.
const JSON: HeaderValue = HeaderValue::from_static("application/json;charset=UTF-8");
const FILE: HeaderValue = HeaderValue::from_static("application/octet-stream");
const MEASURES: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// All that is served.
pub fn router(door: Arc<Door>) -> Router {
    let largest = door.limits.largest(true);
    Router::new()
        .route("/healthz", get(healthz))
        .route("/metrics", get(metrics))
        .fallback(message)
        .layer(DefaultBodyLimit::max(largest))
        .with_state(door)
}

/// Serves until told to end; then takes no new connection, and finishes what it has.
///
/// # Errors
/// When the address cannot be listened at.
pub async fn serve<L>(
    door: Arc<Door>,
    listener: L,
    end: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()>
where
    L: Listener<Addr = SocketAddr>,
    Peer: for<'s> Connected<IncomingStream<'s, L>>,
{
    let service = router(Arc::clone(&door)).into_make_service_with_connect_info::<Peer>();
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(end)
        .await;
    door.flush();
    served
}

/// Alive, and the books can be read.
async fn healthz(State(door): State<Arc<Door>>) -> Response {
    match door.window.is_well().await {
        Ok(()) => (StatusCode::OK, "ok\n").into_response(),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")).into_response(),
    }
}

async fn metrics(State(door): State<Arc<Door>>) -> Response {
    let text = door.metrics.text(door.limits.taken(), door.log_lost());
    ([(header::CONTENT_TYPE, MEASURES)], text).into_response()
}

async fn message(
    State(door): State<Arc<Door>>,
    ConnectInfo(Peer(address)): ConnectInfo<Peer>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let named = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let incoming = Incoming {
        path: uri.path(),
        headers: &named,
        body: &body,
        address: address.ip(),
    };
    let outgoing = door.answer(&incoming).await;
    response(outgoing)
}

fn response(outgoing: Outgoing) -> Response {
    let kind = match outgoing.is_file {
        true => FILE,
        false => JSON,
    };
    let status = StatusCode::from_u16(outgoing.status).unwrap_or(StatusCode::OK);
    let mut response = (status, [(header::CONTENT_TYPE, kind)], outgoing.body).into_response();
    if let Some(seconds) = outgoing.retry_after {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
