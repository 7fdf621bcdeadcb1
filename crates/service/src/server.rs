//! `Server`: the doors open: addresses, connections, health, measures; and how they close without losing what was accepted.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;

use crate::door::{Door, Incoming, Outgoing};
use crate::pages;

/// What clients expect beside an answer.
const JSON: HeaderValue = HeaderValue::from_static("application/json;charset=UTF-8");
const FILE: HeaderValue = HeaderValue::from_static("application/octet-stream");
const MEASURES: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// The service's number for the message, by which it is found in the logs.
const REQUEST: HeaderName = HeaderName::from_static("x-request-id");

/// All that is served.
pub fn router(door: Arc<Door>) -> Router {
    let largest = door.limits.largest(true);
    let shows = door.window.sandbox && door.trace().is_some();
    let pages = if shows {
        pages::trace::routes()
    } else {
        Router::new()
    };
    Router::new()
        .route("/healthz", get(healthz))
        .route("/metrics", get(metrics))
        .merge(pages)
        .fallback(message)
        .layer(DefaultBodyLimit::max(largest))
        .with_state(door)
}

/// Serves until told to end; then takes no new connection, and finishes what it has.
///
/// # Errors
/// When the address cannot be listened at.
pub async fn serve(
    door: Arc<Door>,
    listener: TcpListener,
    end: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(Arc::clone(&door)).into_make_service_with_connect_info::<SocketAddr>();
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
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let named = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let read = body.as_ref().map_or(&[][..], |body| body);
    let incoming = Incoming {
        path: uri.path(),
        headers: &named,
        body: read,
        address: address.ip(),
    };
    match &body {
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            response(door.too_large(&incoming))
        }
        // It broke off: nobody is there to read an answer.
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
        Ok(_) => response(door.answer(&incoming).await),
    }
}

fn response(outgoing: Outgoing) -> Response {
    let kind = match outgoing.is_file {
        true => FILE,
        false => JSON,
    };
    let status = StatusCode::from_u16(outgoing.status).unwrap_or(StatusCode::OK);
    let mut response = (status, [(header::CONTENT_TYPE, kind)], outgoing.body).into_response();
    let headers = response.headers_mut();
    if let Ok(request) = HeaderValue::from_str(&outgoing.request.to_string()) {
        headers.insert(REQUEST, request);
    }
    if let Some(seconds) = outgoing.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
