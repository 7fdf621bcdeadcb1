//! `Server`: the doors open: addresses, connections, health, measures; and how they close without losing what was accepted.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use agency::operator::Right;
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::{IncomingStream, Listener};
use axum::{Extension, Router};

use crate::clock;
use crate::door::{Door, Incoming, Outgoing};
use crate::files::{FileError, Files};
use crate::pages::{self, Places, Reader};
use crate::proxy;
use crate::tls::Peer;
use crate::upload::{Bounds, Unread, Upload};

/// What clients expect beside an answer.
const JSON: HeaderValue = HeaderValue::from_static("application/json;charset=UTF-8");
const FILE: HeaderValue = HeaderValue::from_static("application/octet-stream");
const MEASURES: HeaderValue =
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

const HOUR: Duration = Duration::from_hours(1);

/// The service's number for the message, by which it is found in the logs.
const REQUEST: HeaderName = HeaderName::from_static("x-request-id");

/// All that is served.
pub fn router(door: Arc<Door>) -> Router {
    // Institutions may send to the bare address, too.
    let mut pages = Router::new()
        .route("/", get(pages::home::shown).fallback(message))
        .merge(pages::reader::routes());
    if !door.window.library.regions().is_empty() {
        pages = pages.merge(pages::pay::routes());
        pages = pages.merge(pages::policies::routes());
    }
    pages = pages.merge(signed_in(&door));
    if door.window.sandbox {
        pages = pages.merge(of_agency(&door, |_, pages| pages));
    }
    let places = Places {
        rules: !door.window.library.regions().is_empty(),
        mine: door.codes.are_sent(),
        sandbox: door.window.sandbox,
        trace: door.window.sandbox && door.trace().is_some(),
        operators: door.settings().operators,
    };
    Router::new()
        .route("/healthz", get(healthz))
        .route("/metrics", get(metrics))
        .fallback(message)
        // A body is measured as it is read: see `Upload`.
        .layer(DefaultBodyLimit::disable())
        .merge(
            pages
                .layer(from_fn_with_state(Arc::clone(&door), paced))
                .layer(from_fn(pages::hardened::hardened)),
        )
        .layer(Extension(places))
        .layer(from_fn_with_state(door.settings().proxy, proxy::told))
        .with_state(door)
}

/// Whoever reads pages does so no faster than an institution may send.
async fn paced(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    // A message at the bare address is counted where messages are.
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let is_message = request.uri().path() == "/" && !reads;
    let from = request.extensions().get::<ConnectInfo<Peer>>();
    let from = from.filter(|_| !is_message);
    match from.map(|ConnectInfo(Peer(address))| door.limits.address(address.ip())) {
        Some(Err(crowded)) => {
            let after = crowded.retry_after().unwrap_or(1);
            let after = [(header::RETRY_AFTER, HeaderValue::from(after))];
            (StatusCode::TOO_MANY_REQUESTS, after).into_response()
        }
        _ => next.run(request).await,
    }
}

/// The pages of whoever signs in: insured persons, operators.
fn signed_in(door: &Arc<Door>) -> Router<Arc<Door>> {
    let mut pages = Router::new();
    if door.codes.are_sent() {
        pages = pages.merge(pages::sign_in::routes());
        pages = pages.merge(pages::mine::routes());
    }
    if door.settings().operators {
        pages = pages.merge(pages::operator::routes());
        pages = pages.merge(pages::staff::routes(door));
        pages = pages.merge(pages::cashier::routes(door));
        if !door.window.sandbox {
            let gate = |right, pages| pages::operator::gate(door, right, pages);
            pages = pages.merge(of_agency(door, gate));
        }
    }
    // Real sessions go nowhere in the clear, also where a proxy has the certificate.
    let secure = door.settings().tls.is_some() || !door.window.sandbox;
    pages::session::within(pages, secure)
}

/// Pages of the agency that are open to anyone in a sandbox, and behind a gate elsewhere.
fn of_agency(
    door: &Arc<Door>,
    gate: impl Fn(Right, Router<Arc<Door>>) -> Router<Arc<Door>>,
) -> Router<Arc<Door>> {
    let pages = Router::new()
        .merge(gate(Right::Reconcile, pages::reconcile::routes(door)))
        .merge(gate(Right::Look, pages::funds::routes()));
    match door.trace() {
        Some(_) => pages.merge(gate(Right::ReadMessages, pages::trace::routes())),
        None => pages,
    }
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
    // While nobody writes yet.
    if let Some(files) = &door.window.files {
        told(files.clear());
    }
    let sweeping = tokio::spawn(sweep(door.window.files.clone()));
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(end)
        .await;
    sweeping.abort();
    door.flush();
    served
}

/// Files whose last day has passed are removed at the beginning and once an hour.
async fn sweep(files: Option<Arc<Files>>) {
    let Some(files) = files else {
        return;
    };
    // The first tick is at once.
    let mut hours = tokio::time::interval(HOUR);
    loop {
        hours.tick().await;
        let files = Arc::clone(&files);
        let sweep = move || told(files.sweep(clock::now().date()));
        let _ = tokio::task::spawn_blocking(sweep).await;
    }
}

fn told(removed: Result<usize, FileError>) {
    match removed {
        Ok(0) => {}
        Ok(removed) => tracing::info!(removed, "files were removed"),
        Err(error) => tracing::warn!("files were not removed: {error}"),
    }
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
    reader: Reader,
    request: Request,
) -> Response {
    // No institution reads: whoever does so is a person, or a browser that looks for a picture.
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return pages::absent(reader).into_response();
    }
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    let bounds = Bounds {
        upload: door.limits.largest(true),
        message: door.limits.largest(false),
    };
    let read = Upload::read(request, bounds).await;
    let named = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (upload, unread) = match read {
        Ok(upload) => (upload, None),
        Err(unread) => (Upload::default(), Some(unread)),
    };
    let incoming = Incoming {
        path: uri.path(),
        headers: &named,
        body: &upload.message,
        file: upload.file.as_deref(),
        address: address.ip(),
    };
    let outgoing = match unread {
        None => door.answer(&incoming).await,
        Some(Unread::TooLarge { upload }) => door.too_large(&incoming, upload),
        Some(Unread::Broken) => return StatusCode::BAD_REQUEST.into_response(),
    };
    response(outgoing)
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
