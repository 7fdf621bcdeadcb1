//! An operator at the pages: signing in by name and password, the session, and the one gate before every page of theirs.

mod sign_in;

use std::sync::Arc;

use agency::deed::{Deed, Doing};
use agency::operator::{Operator, Right, Role};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Router, http::Extensions};
use maud::html;
use tower_sessions::Session;

use super::alert::alert;
use super::{Page, Reader};
use crate::access_log::Mark;
use crate::clock;
use crate::door::Door;
use crate::wire::refusal::Refusal;

pub use sign_in::routes;

/// Who is signed in, and with which version of the account.
const OPERATOR: &str = "operator";
/// Where one signs in.
const SIGN_IN: &str = "/operator/sign-in";
/// Where one chooses a password.
const PASSWORD: &str = "/operator/password";

/// Where a cashier was when the session had ended: one of these places, and never an address that somebody else may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whence {
    Till,
    Day,
}

impl Whence {
    const ALL: [Whence; 2] = [Whence::Till, Whence::Day];

    const fn code(self) -> &'static str {
        match self {
            Whence::Till => "till",
            Whence::Day => "day",
        }
    }

    fn of_code(code: &str) -> Option<Whence> {
        Whence::ALL.into_iter().find(|whence| whence.code() == code)
    }

    fn of_path(path: &str) -> Option<Whence> {
        match path.strip_prefix("/cashier")? {
            "/day" => Some(Whence::Day),
            _ => Some(Whence::Till),
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Whence::Till => "/cashier",
            Whence::Day => "/cashier/day",
        }
    }
}

/// An operator who is signed in and may do what is asked; the gate has seen to it.
#[derive(Clone, Debug)]
pub struct AtWork {
    /// Who.
    pub operator: Operator,
    /// As a reader.
    pub reader: Reader,
}

impl AtWork {
    /// What the operator does now, to be written down before it is done or shown.
    #[must_use]
    pub fn deed(&self, what: Doing) -> Deed {
        deed(&self.operator, what)
    }
}

/// A deed of an operator, of now.
fn deed(operator: &Operator, what: Doing) -> Deed {
    Deed {
        by: operator.name.clone(),
        role: Some(operator.role),
        at: clock::second(clock::now()),
        what,
        person: None,
        about: String::new(),
        why: String::new(),
    }
}

impl FromRequestParts<Arc<Door>> for AtWork {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, door: &Arc<Door>) -> Result<AtWork, Response> {
        let Ok(reader) = Reader::from_request_parts(parts, door).await;
        match of(&parts.extensions) {
            Some(operator) => Ok(AtWork { operator, reader }),
            // A page of theirs before which there is no gate is shut.
            None => Err(StatusCode::FORBIDDEN.into_response()),
        }
    }
}

fn of(extensions: &Extensions) -> Option<Operator> {
    extensions.get::<Operator>().cloned()
}

/// Pages for those who have a right, behind the gate.
pub(crate) fn gate(door: &Arc<Door>, right: Right, pages: Router<Arc<Door>>) -> Router<Arc<Door>> {
    pages.route_layer(from_fn_with_state((Arc::clone(door), right), admit))
}

async fn admit(
    State((door, right)): State<(Arc<Door>, Right)>,
    session: Session,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(reader) = Reader::from_request_parts(&mut parts, &door).await;
    let operator = match signed_in(&door, &session).await {
        Ok(Some(operator)) => operator,
        Ok(None) => return ended(&parts).into_response(),
        Err(refusal) => return broken(reader, &refusal).into_response(),
    };
    if operator.given {
        return Redirect::to(PASSWORD).into_response();
    }
    if !operator.may(right) {
        tracing::warn!(
            operator = operator.name,
            right = right.code(),
            "not admitted"
        );
        return not_for(reader, &operator, right);
    }
    if let Some(deed) = of_itself(&operator, right, &parts)
        && let Err(refusal) = door.window.deed(deed).await
    {
        return broken(reader, &refusal).into_response();
    }
    parts.extensions.insert(operator);
    next.run(Request::from_parts(parts, body)).await
}

/// What is done by opening a page at all: reading messages word for word, and reconciling.
fn of_itself(operator: &Operator, right: Right, parts: &Parts) -> Option<Deed> {
    let what = match right {
        Right::ReadMessages => Doing::ReadMessages,
        Right::Reconcile if parts.method != Method::GET || parts.uri.query().is_some() => {
            Doing::Reconciled
        }
        _ => return None,
    };
    let asked = parts.uri.path_and_query();
    let about = asked.map(|asked| Mark::of(asked.as_str()).as_str().to_owned());
    Some(Deed {
        about: about.unwrap_or_default(),
        ..deed(operator, what)
    })
}

/// To signing in; whoever was at the till is told that nothing was done, and comes back to it.
fn ended(parts: &Parts) -> Redirect {
    let whence = Whence::of_path(parts.uri.path()).map(Whence::code);
    let lost = if parts.method == Method::POST {
        "&done=nothing"
    } else {
        ""
    };
    match whence {
        Some(from) => Redirect::to(&format!("{SIGN_IN}?from={from}{lost}")),
        None => Redirect::to(SIGN_IN),
    }
}

/// The operator of a session, as the account is now: whatever was changed in it since ends the session.
pub(crate) async fn signed_in(door: &Door, session: &Session) -> Result<Option<Operator>, Refusal> {
    let known = session.get::<(String, u32)>(OPERATOR).await.ok().flatten();
    let Some((name, version)) = known else {
        return Ok(None);
    };
    let operator = door.window.operator(&name).await?;
    let operator = operator.filter(|one| one.is_at_work() && one.version == version);
    if operator.is_none() {
        // A session that cannot be ended is ended by its time.
        let _ = session.flush().await;
    }
    Ok(operator)
}

/// Where the work of a role begins.
pub(crate) const fn home(role: Role) -> &'static str {
    match role {
        Role::Reader | Role::Clerk | Role::Reviewer => "/agency",
        Role::Administrator => "/agency/operators",
        Role::Cashier => "/cashier",
    }
}

fn not_for(reader: Reader, operator: &Operator, right: Right) -> Response {
    let t = |zh, en| reader.say(zh, en);
    let lang = reader.lang;
    let body = html! {
        p { (t("您的角色是", "Your role is ")) strong { (operator.role.name(lang)) } (t("，没有此项权限：", ". It does not: ")) (right.name(lang)) (t("。", ".")) }
        p { a href=(home(operator.role)) { (t("到您的工作页面", "To the pages of your work")) } }
    };
    Page {
        title: t("没有权限", "Not for your role").to_owned(),
        reader,
        status: StatusCode::FORBIDDEN,
        body,
    }
    .into_response()
}

/// The books cannot be read or written now; nothing was done.
pub(crate) fn broken(reader: Reader, refusal: &Refusal) -> Page {
    tracing::error!(
        why = refusal.english(),
        "a page of an operator was not shown"
    );
    let why = reader.say(
        "账务系统暂时不可用，未作任何处理，请稍后再试",
        "The books cannot be reached now; nothing was done. Try again later",
    );
    let body = alert(why);
    Page {
        title: reader.say("暂时不可用", "Not available now").to_owned(),
        reader,
        status: StatusCode::SERVICE_UNAVAILABLE,
        body,
    }
}
