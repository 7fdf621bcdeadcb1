//! Signing in of an insured person: by identity number and a one-time code.

use std::sync::Arc;
use std::time::Instant;

use agency::domain::identity_number::IdentityNumber;
use axum::Router;
use axum::extract::{ConnectInfo, Form, FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use tower_sessions::Session;

use super::alert::alert;
use super::{Page, Reader, plain};
use crate::codes::{Errand, Proved, Sent};
use crate::door::Door;
use crate::tls::Peer;

/// Who has proved to be it.
const PERSON: &str = "person";
/// Who has named it, and not proved it yet.
const NAMED: &str = "named";

/// An insured person who is signed in; whoever is not is sent to sign in.
#[derive(Clone, Debug)]
pub struct Insured {
    /// The person's number.
    pub person: u64,
    /// As a reader.
    pub reader: Reader,
}

impl FromRequestParts<Arc<Door>> for Insured {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, door: &Arc<Door>) -> Result<Insured, Response> {
        let away = || Redirect::to("/sign-in").into_response();
        let session = Session::from_request_parts(parts, door).await;
        let session = session.map_err(IntoResponse::into_response)?;
        let person = session.get::<u64>(PERSON).await.ok().flatten();
        let person = person.ok_or_else(away)?;
        let Ok(reader) = Reader::from_request_parts(parts, door).await;
        Ok(Insured { person, reader })
    }
}

/// Where one signs in, and out.
pub fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/sign-in", get(asked).post(named))
        .route("/sign-in/code", post(proved))
        .route("/sign-out", post(left))
}

async fn asked(reader: Reader) -> Page {
    page(reader, html! {})
}

#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    identity_number: String,
}

#[derive(Deserialize)]
struct Code {
    #[serde(default)]
    code: String,
}

/// Somebody names an identity number. Whether anybody insured here has it is not told.
async fn named(
    State(door): State<Arc<Door>>,
    ConnectInfo(Peer(address)): ConnectInfo<Peer>,
    reader: Reader,
    session: Session,
    Form(form): Form<Named>,
) -> Response {
    let t = |zh, en| reader.say(zh, en);
    let number = plain::paper(&form.identity_number);
    if IdentityNumber::parse(&number).is_err() {
        let wrong = t(
            "身份证号码不正确，请核对",
            "This is no identity number; please compare",
        );
        let page = page(reader.clone(), alert(wrong));
        return (StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
    }
    let (person, _) = door.window.agency.find(&number);
    let known = door.window.is_known(person).await;
    let sent = match known {
        Ok(known) => door.codes.send(person, known, address.ip(), Instant::now()),
        Err(_) => Sent::Failed("the books cannot be read".to_owned()),
    };
    let away = || html! { p role="status" { (t("如该号码在本地参保，验证码已发出，5分钟内有效。", "If the number is insured here, a code is on its way. It is good for five minutes.")) } };
    let note = match sent {
        Sent::Away => away(),
        Sent::Errand(errand) => {
            bring(errand);
            away()
        }
        Sent::Shown(code) => {
            html! { p role="status" { (t("沙箱：验证码为 ", "Sandbox: the code is ")) strong #code { (code) } } }
        }
        Sent::Locked => {
            let locked = alert(t(
                "次数过多，请15分钟后再试",
                "Too many times; try again in a quarter of an hour",
            ));
            // Nothing is remembered of who is kept out.
            let page = code_page(reader.clone(), &locked);
            return (StatusCode::TOO_MANY_REQUESTS, page).into_response();
        }
        Sent::Failed(why) => {
            tracing::error!(%why, "a one-time code was not sent");
            alert(t(
                "验证码未能发出，请稍后再试",
                "The code could not be sent; try again later",
            ))
        }
    };
    if session.insert(NAMED, person).await.is_err() {
        return page(reader.clone(), alert(t("请重试", "Please try again"))).into_response();
    }
    code_page(reader, &note).into_response()
}

/// The program brings the code beside the answer.
fn bring(errand: Errand) {
    tokio::task::spawn_blocking(move || {
        if let Err(why) = errand.carry_out() {
            tracing::error!(%why, ?errand, "a one-time code was not sent");
        }
    });
}

/// Somebody tells the code. The session gets a new name: one that was known before proves nothing.
async fn proved(
    State(door): State<Arc<Door>>,
    ConnectInfo(Peer(address)): ConnectInfo<Peer>,
    reader: Reader,
    session: Session,
    Form(form): Form<Code>,
) -> Response {
    let t = |zh, en| reader.say(zh, en);
    let Some(person) = session.get::<u64>(NAMED).await.ok().flatten() else {
        return Redirect::to("/sign-in").into_response();
    };
    let (code, now) = (plain::paper(&form.code), Instant::now());
    let wrong = match door.codes.prove(person, &code, address.ip(), now) {
        Proved::Yes => {
            session.clear().await;
            let renewed = session.cycle_id().await.is_ok();
            let signed_in = session.insert(PERSON, person).await.is_ok();
            if renewed && signed_in {
                return Redirect::to("/mine").into_response();
            }
            t("请重试", "Please try again")
        }
        Proved::No => t("验证码不正确或已失效", "The code is wrong, or too old"),
        Proved::Locked => t(
            "次数过多，请15分钟后再试",
            "Too many times; try again in a quarter of an hour",
        ),
    };
    let note = alert(wrong);
    let page = code_page(reader, &note);
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

async fn left(session: Session) -> Redirect {
    // A session that cannot be ended is ended by its time.
    let _ = session.flush().await;
    Redirect::to("/")
}

fn page(reader: Reader, note: Markup) -> Page {
    let t = |zh, en| reader.say(zh, en);
    let body = html! {
        (note)
        form.ask method="post" action="/sign-in" {
            label { span { (t("身份证号码", "Identity number")) }
                input name="identity_number" autocomplete="off" spellcheck="false" maxlength="40" size="20" required; }
            button { (t("发送验证码", "Send me a code")) }
        }
    };
    Page {
        title: t("登录", "Sign in").to_owned(),
        // What somebody put behind the address is not carried on.
        reader: Reader {
            here: "/sign-in".to_owned(),
            ..reader
        },
        status: StatusCode::OK,
        body,
    }
}

fn code_page(reader: Reader, note: &Markup) -> Page {
    let t = |zh, en| reader.say(zh, en);
    let body = html! {
        (note)
        form.ask method="post" action="/sign-in/code" {
            label { span { (t("验证码", "Code")) }
                input name="code" autocomplete="one-time-code" inputmode="numeric" maxlength="20" size="8" required; }
            button { (t("登录", "Sign in")) }
        }
        p { a href="/sign-in" { (t("换一个号码", "Another number")) } }
    };
    Page {
        title: t("登录", "Sign in").to_owned(),
        // The page of a form cannot be asked for again by its address.
        reader: Reader {
            here: "/sign-in".to_owned(),
            ..reader
        },
        status: StatusCode::OK,
        body,
    }
}
