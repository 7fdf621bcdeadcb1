//! From where a client comes, when a proxy on this machine stands before the service and tells it.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;

use crate::tls::Peer;

/// Behind a proxy on this machine a client's address is the last one that the proxy tells; from elsewhere nobody is believed.
pub(crate) async fn told(State(proxy): State<bool>, mut request: Request, next: Next) -> Response {
    let known = request.extensions().get::<ConnectInfo<Peer>>();
    let local = known.filter(|ConnectInfo(Peer(peer))| proxy && peer.ip().is_loopback());
    if let Some(ConnectInfo(Peer(peer))) = local
        && let Some(address) = forwarded(request.headers())
    {
        let client = Peer(SocketAddr::new(address, peer.port()));
        request.extensions_mut().insert(ConnectInfo(client));
    }
    next.run(request).await
}

/// The last address of `X-Forwarded-For`: the one that the proxy itself saw.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").into_iter().next_back()?;
    let last = last.to_str().ok()?.rsplit(',').next()?;
    last.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt as _;

    use super::*;

    async fn seen(proxy: bool, peer: &str, header: Option<&str>) -> String {
        let shown =
            |ConnectInfo(Peer(peer)): ConnectInfo<Peer>| async move { peer.ip().to_string() };
        let router = Router::new()
            .route("/", get(shown))
            .layer(from_fn_with_state(proxy, told));
        let peer = Peer(SocketAddr::new(peer.parse().expect("an address"), 4711));
        let mut request = Request::get("/").extension(ConnectInfo(peer));
        if let Some(header) = header {
            request = request.header("x-forwarded-for", header);
        }
        let request = request.body(Body::empty()).expect("a request");
        let answer = router.oneshot(request).await.expect("an answer");
        let body = to_bytes(answer.into_body(), 1000).await.expect("a body");
        String::from_utf8(body.to_vec()).expect("a text")
    }

    /// A client may write anything before what the proxy adds, and whoever is no proxy of this machine is not believed at all.
    #[tokio::test]
    async fn only_the_proxy_of_this_machine_is_believed() {
        for (proxy, peer, header, expected) in [
            (false, "127.0.0.1", Some("203.0.113.7"), "127.0.0.1"),
            (true, "127.0.0.1", None, "127.0.0.1"),
            (true, "127.0.0.1", Some("203.0.113.7"), "203.0.113.7"),
            (
                true,
                "127.0.0.1",
                Some("198.51.100.1, 203.0.113.7"),
                "203.0.113.7",
            ),
            (true, "::1", Some("2001:db8::7"), "2001:db8::7"),
            (
                true,
                "127.0.0.1",
                Some("203.0.113.7, nonsense"),
                "127.0.0.1",
            ),
            (true, "198.51.100.9", Some("203.0.113.7"), "198.51.100.9"),
        ] {
            assert_eq!(seen(proxy, peer, header).await, expected, "{header:?}");
        }
    }
}
