//! Signing in of an operator: name and password; choosing a password; signing out.

use std::net::IpAddr;
use std::sync::Arc;

use agency::NotChanged;
use agency::deed::{Deed, Doing};
use agency::operator::{Operator, Role};
use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{ConnectInfo, Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use tower_sessions::Session;

use super::{OPERATOR, PASSWORD, SIGN_IN, Whence, broken, deed, home, signed_in};
use crate::demo;
use crate::door::Door;
use crate::limits::network;
use crate::pages::alert::alert;
use crate::pages::{Page, Reader};
use crate::password::{self, Weak};
use crate::passwords::Denied;
use crate::tls::Peer;

/// Where one signs in, chooses a password, signs out.
pub fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route(SIGN_IN, get(asked).post(tried))
        .route(PASSWORD, get(choosing).post(chosen))
        .route("/operator/sign-out", post(left))
}

#[derive(Deserialize)]
struct Tried {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    from: String,
}

/// Where one was when the session had ended, and whether something was sent then.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Ended {
    from: String,
    done: String,
}

async fn asked(
    State(door): State<Arc<Door>>,
    reader: Reader,
    ended: Result<Query<Ended>, QueryRejection>,
) -> Page {
    let Query(ended) = ended.unwrap_or_default();
    let lost = ended.done == "nothing";
    let note = lost.then(|| {
        alert(reader.say(
            "登录已失效，刚才的操作未执行，没有结算。请重新登录后再核对",
            "The session had ended: what was sent was not done, nothing was settled. Sign in and look again",
        ))
    });
    page(
        &door,
        reader,
        &note.unwrap_or_default(),
        Whence::of_code(&ended.from),
    )
    .await
}

async fn tried(
    State(door): State<Arc<Door>>,
    reader: Reader,
    ConnectInfo(Peer(address)): ConnectInfo<Peer>,
    session: Session,
    Form(form): Form<Tried>,
) -> Response {
    let whence = Whence::of_code(&form.from);
    let name = form.name.trim().to_ascii_lowercase();
    let made = match door.passwords.begin(&name, address.ip()) {
        Ok(made) => made,
        Err(denied) => return again(&door, reader, whence, denied_words(denied)).await,
    };
    let known = match Operator::is_name(&name) {
        true => door.window.operator(&name).await,
        false => Ok(None),
    };
    let known = match known {
        Ok(known) => known,
        Err(refusal) => return broken(reader, &refusal).into_response(),
    };
    let open = door.window.sandbox || !demo::is_of_demo(&form.password);
    let right = match door.passwords.are(form.password, known.as_ref()).await {
        Ok(right) => right && open,
        Err(denied) => return again(&door, reader, whence, denied_words(denied)).await,
    };
    let Some(operator) = known.clone().filter(|one| right && one.is_at_work()) else {
        not_signed_in(&door, known.as_ref(), address.ip());
        let wrong = ("用户名或密码不正确", "The name or the password is wrong");
        return again(
            &door,
            reader,
            whence,
            (StatusCode::UNPROCESSABLE_ENTITY, wrong),
        )
        .await;
    };
    if let Err(refusal) = door.window.deed(deed(&operator, Doing::SignedIn)).await {
        return broken(reader, &refusal).into_response();
    }
    door.passwords.succeeded(&made);
    match begun(&session, &operator).await {
        true => {
            let back = whence.filter(|_| operator.role == Role::Cashier);
            Redirect::to(back.map_or(home(operator.role), Whence::path)).into_response()
        }
        false => {
            let once_more = ("请重试", "Please try again");
            again(
                &door,
                reader,
                whence,
                (StatusCode::SERVICE_UNAVAILABLE, once_more),
            )
            .await
        }
    }
}

/// A try in vain is written down of whoever is known, beside the answer: how long that takes tells nobody who is.
fn not_signed_in(door: &Arc<Door>, known: Option<&Operator>, from: IpAddr) {
    let Some(operator) = known else {
        return;
    };
    let deed = Deed {
        about: network(from).to_string(),
        ..deed(operator, Doing::NotSignedIn)
    };
    let door = Arc::clone(door);
    tokio::spawn(async move {
        if let Err(refusal) = door.window.deed(deed).await {
            tracing::error!(why = refusal.english(), "a deed was not written");
        }
    });
}

/// The page once more, with what is the matter.
async fn again(
    door: &Door,
    reader: Reader,
    whence: Option<Whence>,
    (status, (zh, en)): (StatusCode, (&'static str, &'static str)),
) -> Response {
    let note = alert(reader.say(zh, en));
    let page = page(door, reader, &note, whence).await;
    (status, page).into_response()
}

const fn denied_words(denied: Denied) -> (StatusCode, (&'static str, &'static str)) {
    match denied {
        Denied::Locked => (
            StatusCode::TOO_MANY_REQUESTS,
            (
                "次数过多，请15分钟后再试",
                "Too many times; try again in a quarter of an hour",
            ),
        ),
        Denied::Busy => (
            StatusCode::SERVICE_UNAVAILABLE,
            (
                "登录人数过多，请稍后再试",
                "Too many sign in at once; try again in a moment",
            ),
        ),
    }
}

/// The session gets a new name and holds nothing of before: one that was known proves nothing.
async fn begun(session: &Session, operator: &Operator) -> bool {
    session.clear().await;
    let renewed = session.cycle_id().await.is_ok();
    let who = (operator.name.clone(), operator.version);
    renewed && session.insert(OPERATOR, who).await.is_ok()
}

async fn left(State(door): State<Arc<Door>>, session: Session) -> Redirect {
    if let Ok(Some(operator)) = signed_in(&door, &session).await {
        // One who leaves is not kept because the books cannot be written.
        let _ = door.window.deed(deed(&operator, Doing::SignedOut)).await;
    }
    let _ = session.flush().await;
    Redirect::to("/")
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    before: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

async fn choosing(State(door): State<Arc<Door>>, reader: Reader, session: Session) -> Response {
    match signed_in(&door, &session).await {
        Ok(Some(operator)) => password_page(reader, &operator, &html! {}).into_response(),
        Ok(None) => Redirect::to(SIGN_IN).into_response(),
        Err(refusal) => broken(reader, &refusal).into_response(),
    }
}

async fn chosen(
    State(door): State<Arc<Door>>,
    reader: Reader,
    ConnectInfo(Peer(address)): ConnectInfo<Peer>,
    session: Session,
    Form(form): Form<Chosen>,
) -> Response {
    let operator = match signed_in(&door, &session).await {
        Ok(Some(operator)) => operator,
        Ok(None) => return Redirect::to(SIGN_IN).into_response(),
        Err(refusal) => return broken(reader, &refusal).into_response(),
    };
    let again = |why| {
        let note = alert(why);
        let page = password_page(reader.clone(), &operator, &note);
        (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
    };
    if let Some(why) = fault(&reader, &operator, &form) {
        return again(why);
    }
    if let Err((zh, en)) = proved(&door, &operator, form.before, address.ip()).await {
        return again(reader.say(zh, en));
    }
    let chosen = form.password;
    let digest = door
        .passwords
        .digested(move || password::digest(&chosen))
        .await;
    let digest = match digest {
        Ok(digest) => digest,
        Err(why) => {
            tracing::error!(%why, "a password was not digested");
            return again(reader.say("请重试", "Please try again"));
        }
    };
    let changed = Operator {
        password: digest,
        given: false,
        ..operator.clone()
    };
    let done = door
        .window
        .change_operator(changed, deed(&operator, Doing::ChosePassword))
        .await;
    match done {
        Ok(Ok(())) => {}
        Ok(Err(
            NotChanged::Meanwhile | NotChanged::Absent | NotChanged::Exists | NotChanged::Last,
        )) => {
            return Redirect::to(SIGN_IN).into_response();
        }
        Err(refusal) => return broken(reader, &refusal).into_response(),
    }
    let version = operator.version.saturating_add(1);
    let role = operator.role;
    match begun(
        &session,
        &Operator {
            version,
            ..operator
        },
    )
    .await
    {
        true => Redirect::to(home(role)).into_response(),
        false => Redirect::to(SIGN_IN).into_response(),
    }
}

/// Whether the password of before is the right one; else what is the matter.
async fn proved(
    door: &Arc<Door>,
    operator: &Operator,
    before: String,
    from: IpAddr,
) -> Result<(), (&'static str, &'static str)> {
    let words = |denied| denied_words(denied).1;
    let made = door.passwords.begin(&operator.name, from).map_err(words)?;
    match door.passwords.are(before, Some(operator)).await {
        Ok(true) => {
            door.passwords.succeeded(&made);
            Ok(())
        }
        Ok(false) => {
            not_signed_in(door, Some(operator), from);
            Err(("原密码不正确", "The password of before is wrong"))
        }
        Err(denied) => Err(words(denied)),
    }
}

/// What is wrong with what was chosen.
fn fault(reader: &Reader, operator: &Operator, form: &Chosen) -> Option<&'static str> {
    let t = |zh, en| Some(reader.say(zh, en));
    if form.password != form.again {
        return t(
            "两次输入的新密码不一致",
            "The new password was typed in two ways",
        );
    }
    if form.password == form.before {
        return t(
            "新密码与原密码相同",
            "The new password is the one of before",
        );
    }
    match password::good(&form.password, &operator.name) {
        Ok(()) => None,
        Err(Weak::Short) => t(
            "新密码至少12个字符",
            "The new password has at least 12 characters",
        ),
        Err(Weak::Long) => t(
            "新密码最多200个字符",
            "The new password has at most 200 characters",
        ),
        Err(Weak::Plain) => t(
            "新密码过于简单：不要只用用户名、数字或重复的字符，也不要以sandbox-开头",
            "The new password is too plain: not the name alone, nor digits alone, nor the same few characters, nor sandbox- at the beginning",
        ),
    }
}

async fn page(door: &Door, reader: Reader, note: &Markup, whence: Option<Whence>) -> Page {
    let known = match door.window.sandbox {
        true => door.window.operators().await.unwrap_or_default(),
        false => Vec::new(),
    };
    let t = |zh, en| reader.say(zh, en);
    let body = html! {
        (note)
        form.ask method="post" action=(SIGN_IN) {
            label { span { (t("用户名", "Name")) }
                input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="32" size="20" required; }
            label { span { (t("密码", "Password")) }
                input name="password" type="password" autocomplete="current-password" maxlength="200" size="20" required; }
            @if let Some(whence) = whence { input type="hidden" name="from" value=(whence.code()); }
            button { (t("登录", "Sign in")) }
        }
        p.note { (t("此处供经办机构工作人员和定点医药机构收费员登录。参保人请到", "Here the agency's staff and the cashiers of institutions sign in. If you are insured, go to "))
            a href="/mine" { (t("我的医保", "My insurance")) } (t("。", ".")) }
        @if !known.is_empty() { (shown(&reader, &known)) }
    };
    Page {
        title: t("工作人员登录", "Sign in to work").to_owned(),
        // What somebody put behind the address is not carried on.
        reader: Reader {
            here: SIGN_IN.to_owned(),
            ..reader
        },
        status: StatusCode::OK,
        body,
    }
}

/// Whoever tries a sandbox is told how to come in.
fn shown(reader: &Reader, known: &[Operator]) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    let heads = [
        t("用户名", "name"),
        t("密码", "password"),
        t("角色", "role"),
    ];
    html! {
        h2 { (t("沙箱的演示用户", "Operators of this sandbox")) }
        div.wide { table {
            thead { tr { @for head in heads { th scope="col" { (head) } } } }
            tbody { @for one in demo::OPERATORS.iter().filter(|one| known.iter().any(|known| known.name == one.name)) { tr {
                td { code { (one.name) } } td { code { (demo::password(one.name)) } }
                td { (one.role.name(reader.lang)) }
            } } }
        } }
    }
}

fn password_page(reader: Reader, operator: &Operator, note: &Markup) -> Page {
    let t = |zh, en| reader.say(zh, en);
    let body = html! {
        (note)
        @if operator.given { p { (t("您的密码由他人设定，请先修改。", "Your password was given by somebody else. Choose another first.")) } }
        form.ask method="post" action=(PASSWORD) {
            label { span { (t("原密码", "The password of before")) }
                input name="before" type="password" autocomplete="current-password" maxlength="200" size="20" required; }
            label { span { (t("新密码（至少12个字符）", "The new password, at least 12 characters")) }
                input name="password" type="password" autocomplete="new-password" minlength="12" maxlength="200" size="20" required; }
            label { span { (t("再输入一次新密码", "The new password once more")) }
                input name="again" type="password" autocomplete="new-password" minlength="12" maxlength="200" size="20" required; }
            button { (t("修改密码", "Change the password")) }
        }
        form.plain method="post" action="/operator/sign-out" { button { (t("退出", "Sign out")) } }
    };
    Page {
        title: t("修改密码", "Choose a password").to_owned(),
        reader: Reader {
            here: PASSWORD.to_owned(),
            ..reader
        },
        status: StatusCode::OK,
        body,
    }
}
