//! The session of whoever signs in: kept in memory, told by a cookie that no script and no other site has.

use std::sync::Arc;

use axum::{Router, middleware};
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::Duration;
use tower_sessions::{Expiry, MemoryStore, SessionManagerLayer};

use super::guard;
use crate::door::Door;

/// So long a session lives without being used.
const IDLE: Duration = Duration::minutes(15);

/// Pages of those who sign in, with a session and behind the guard.
pub(crate) fn within(pages: Router<Arc<Door>>, secure: bool) -> Router<Arc<Door>> {
    let sessions = SessionManagerLayer::new(MemoryStore::default())
        .with_name("yibao")
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Strict)
        .with_expiry(Expiry::OnInactivity(IDLE))
        // Each use begins the time anew.
        .with_always_save(true);
    pages
        .layer(sessions)
        .layer(middleware::from_fn(guard::guarded))
}
