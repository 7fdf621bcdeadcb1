//! The session of whoever signs in: kept in memory, told by a cookie that no script and no other site has; and one form of it at a time.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, SessionManagerLayer, SessionStore};

use super::guard;
use crate::door::Door;

/// So long a session lives without being used.
const IDLE: Duration = Duration::from_mins(15);
/// So long it lives however much it is used.
const LONGEST: Duration = Duration::from_hours(12);
/// So many sessions are kept; beyond them the one ends that was not used for the longest time.
const MOST: usize = 20_000;
/// Forms of one session wait for each other; those of different sessions seldom do.
const TURNS: usize = 256;
/// The cookie.
const NAME: &str = "yibao";

/// Pages of those who sign in, with a session and behind the guard.
pub(crate) fn within(pages: Router<Arc<Door>>, secure: bool) -> Router<Arc<Door>> {
    let sessions = SessionManagerLayer::new(Sessions::default())
        .with_name(NAME)
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Strict)
        // When it ends is the store's affair: each use begins the time anew.
        .with_expiry(Expiry::OnSessionEnd);
    pages
        .layer(sessions)
        .layer(from_fn_with_state(Turns::default(), in_turn))
        .layer(from_fn(guard::guarded))
}

/// The sessions, in memory alone.
#[derive(Clone, Debug, Default)]
struct Sessions(Arc<Mutex<HashMap<Id, Kept>>>);

#[derive(Clone, Debug)]
struct Kept {
    record: Record,
    begun: Instant,
    used: Instant,
}

impl Kept {
    fn is_alive(&self, now: Instant) -> bool {
        let since = |then| now.saturating_duration_since(then);
        since(self.used) < IDLE && since(self.begun) < LONGEST
    }
}

impl Sessions {
    fn with<T>(&self, work: impl FnOnce(&mut HashMap<Id, Kept>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn begin(&self, record: &mut Record, now: Instant) {
        self.with(|all| {
            if all.len() >= MOST {
                all.retain(|_, kept| kept.is_alive(now));
            }
            if all.len() >= MOST {
                let idlest = all.iter().min_by_key(|(_, kept)| kept.used);
                if let Some(idlest) = idlest.map(|(id, _)| *id) {
                    all.remove(&idlest);
                }
            }
            while all.contains_key(&record.id) {
                record.id = Id::default();
            }
            let kept = Kept {
                record: record.clone(),
                begun: now,
                used: now,
            };
            all.insert(record.id, kept);
        });
    }

    /// What has ended meanwhile is not begun again by what was read of it before.
    fn keep(&self, record: &Record) {
        self.with(|all| {
            if let Some(kept) = all.get_mut(&record.id) {
                kept.record = record.clone();
            }
        });
    }

    fn find(&self, id: &Id, now: Instant) -> Option<Record> {
        self.with(|all| {
            if !all.get(id)?.is_alive(now) {
                all.remove(id);
                return None;
            }
            let kept = all.get_mut(id)?;
            kept.used = now;
            Some(kept.record.clone())
        })
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        self.begin(record, Instant::now());
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        self.keep(record);
        Ok(())
    }

    async fn load(&self, id: &Id) -> std::result::Result<Option<Record>, Error> {
        Ok(self.find(id, Instant::now()))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.with(|all| all.remove(id));
        Ok(())
    }
}

/// Whose turn it is: a place for each session, which some share.
#[derive(Clone, Debug)]
struct Turns(Arc<Vec<tokio::sync::Mutex<()>>>);

impl Default for Turns {
    fn default() -> Turns {
        Turns(Arc::new(
            (0..TURNS).map(|_| tokio::sync::Mutex::default()).collect(),
        ))
    }
}

/// Two forms of one session are carried out one after the other: the second sees what the first has changed.
async fn in_turn(State(turns): State<Turns>, request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    let place = changes.then(|| place(request.headers())).flatten();
    let turn = place.and_then(|place| turns.0.get(place));
    let _turn = match turn {
        Some(turn) => Some(turn.lock().await),
        None => None,
    };
    next.run(request).await
}

fn place(headers: &HeaderMap) -> Option<usize> {
    let cookies = headers.get_all(header::COOKIE).into_iter();
    let mut cookies = cookies
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='));
    let (_, value) = cookies.find(|(name, _)| *name == NAME)?;
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    usize::try_from(hasher.finish() % TURNS as u64).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record {
            id: Id::default(),
            data: HashMap::new(),
            expiry_date: tower_sessions::cookie::time::OffsetDateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_session_ends_unused_and_at_last_also_used() {
        let (sessions, begun) = (Sessions::default(), Instant::now());
        let mut one = record();
        sessions.begin(&mut one, begun);
        assert!(sessions.find(&one.id, begun + IDLE / 2).is_some());
        assert!(
            sessions.find(&one.id, begun + IDLE).is_some(),
            "it was used"
        );
        assert!(sessions.find(&one.id, begun + IDLE * 2).is_none());
        assert!(sessions.find(&one.id, begun).is_none(), "it has ended");
        sessions.begin(&mut one, begun);
        let mut now = begun;
        while now < begun + LONGEST {
            assert!(sessions.find(&one.id, now).is_some());
            now += IDLE / 2;
        }
        assert!(sessions.find(&one.id, now).is_none());
    }

    #[test]
    fn who_has_signed_out_is_not_let_in_again_by_a_page_of_before() {
        let (sessions, now) = (Sessions::default(), Instant::now());
        let mut one = record();
        sessions.begin(&mut one, now);
        let read = sessions.find(&one.id, now).expect("a session");
        sessions.with(|all| all.remove(&one.id));
        sessions.keep(&read);
        assert!(sessions.find(&one.id, now).is_none());
    }

    #[test]
    fn so_many_are_kept_and_no_more() {
        let (sessions, now) = (Sessions::default(), Instant::now());
        let mut first = record();
        sessions.begin(&mut first, now);
        let mut used = record();
        sessions.begin(&mut used, now);
        for n in 0..MOST as u64 {
            let later = now + Duration::from_millis(1 + n / 100);
            assert!(sessions.find(&used.id, later).is_some());
            sessions.begin(&mut record(), later);
        }
        assert_eq!(sessions.with(|all| all.len()), MOST);
        assert!(sessions.find(&first.id, now).is_none(), "the idlest went");
        assert!(sessions.find(&used.id, now + IDLE / 2).is_some());
    }

    #[test]
    fn forms_of_one_session_have_one_place() {
        let at = |cookies: &str| {
            let value = cookies.parse().expect("a header");
            place(&HeaderMap::from_iter([(header::COOKIE, value)]))
        };
        assert_eq!(at("lang=zh; yibao=abc"), at("yibao=abc"));
        assert!(at("yibao=abc").is_some_and(|place| place < TURNS));
        assert_eq!(at("lang=zh"), None);
        assert_eq!(at("xyibao=abc"), None);
    }
}
