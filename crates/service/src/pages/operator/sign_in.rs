//! Signing in of an operator: name and password; choosing a password; signing out.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use agency::NotChanged;
use agency::deed::Doing;
use agency::operator::{Operator, Role};
use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{ConnectInfo, Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use tokio::sync::Semaphore;
use tower_sessions::Session;

use super::{OPERATOR, PASSWORD, SIGN_IN, Whence, broken, deed, home, signed_in};
use crate::attempts::Attempts;
use crate::demo;
use crate::door::Door;
use crate::limits::network;
use crate::pages::alert::alert;
use crate::pages::{Page, Reader};
use crate::password::{self, Weak};
use crate::tls::Peer;

/// How long failures are remembered.
const WITHIN: Duration = Duration::from_mins(15);
/// So often one may be wrong with a name from an address.
const TRIES: u32 = 5;
/// So often all may be with a name, so that a name is not guessed from everywhere; and from an address with all names.
const TRIES_OF_ALL: u32 = 50;
/// So many passwords are digested at once: each takes 19 MiB and some twenty milliseconds.
const AT_ONCE: usize = 2;

/// What is known of those who try to sign in.
#[derive(Debug)]
pub struct Passwords {
    attempts: Attempts,
    at_once: Semaphore,
}

impl Default for Passwords {
    fn default() -> Passwords {
        Passwords {
            attempts: Attempts::new(WITHIN),
            at_once: Semaphore::new(AT_ONCE),
        }
    }
}

impl Passwords {
    /// The names under which a try is counted, and how often each may fail. Behind a proxy on this machine all have one address.
    fn counted(name: &str, from: IpAddr) -> impl Iterator<Item = (String, u32)> {
        let (network, local) = (network(from), from.to_canonical().is_loopback());
        let both = (format!("{name} from {network}"), TRIES);
        let name = (format!("name {name}"), TRIES_OF_ALL);
        let from = (!local).then(|| (format!("address {network}"), TRIES_OF_ALL));
        [Some(both), Some(name), from].into_iter().flatten()
    }

    fn is_locked(&self, name: &str, from: IpAddr, now: Instant) -> bool {
        let mut counted = Passwords::counted(name, from);
        counted.any(|(name, most)| self.attempts.failures(&name, now) >= most)
    }

    fn failed(&self, name: &str, from: IpAddr, now: Instant) {
        for (name, _) in Passwords::counted(name, from) {
            self.attempts.failed(&name, now);
        }
    }

    fn succeeded(&self, name: &str, from: IpAddr) {
        if let Some((both, _)) = Passwords::counted(name, from).next() {
            self.attempts.succeeded(&both);
        }
    }

    /// Whether a password is an operator's. It takes as long where there is none.
    async fn are(&self, password: String, operator: Option<&Operator>) -> bool {
        let digest = operator.map(|operator| operator.password.clone());
        let _turn = self.at_once.acquire().await;
        let same = tokio::task::spawn_blocking(move || password::is(&password, digest.as_deref()));
        same.await.unwrap_or(false)
    }

    async fn digest(&self, password: String) -> Result<String, String> {
        let _turn = self.at_once.acquire().await;
        let digest = tokio::task::spawn_blocking(move || password::digest(&password));
        digest.await.unwrap_or_else(|e| Err(e.to_string()))
    }
}

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
    let t = |zh, en| reader.say(zh, en);
    let whence = Whence::of_code(&form.from);
    let (name, now) = (form.name.trim().to_ascii_lowercase(), Instant::now());
    if door.passwords.is_locked(&name, address.ip(), now) {
        let note = alert(t(
            "次数过多，请15分钟后再试",
            "Too many times; try again in a quarter of an hour",
        ));
        return (
            StatusCode::TOO_MANY_REQUESTS,
            page(&door, reader.clone(), &note, whence).await,
        )
            .into_response();
    }
    let operator = match Operator::is_name(&name) {
        true => door.window.operator(&name).await,
        false => Ok(None),
    };
    let operator = match operator {
        Ok(operator) => operator,
        Err(refusal) => return broken(reader, &refusal).into_response(),
    };
    let open = door.window.sandbox || form.password != demo::password(&name);
    let right = door.passwords.are(form.password, operator.as_ref()).await && open;
    let at_work = operator
        .clone()
        .filter(|operator| right && operator.is_at_work());
    let what = at_work
        .as_ref()
        .map_or(Doing::NotSignedIn, |_| Doing::SignedIn);
    if let Some(operator) = &operator
        && let Err(refusal) = door.window.deed(deed(operator, what)).await
    {
        return broken(reader, &refusal).into_response();
    }
    let Some(operator) = at_work else {
        door.passwords.failed(&name, address.ip(), now);
        let note = alert(t("用户名或密码不正确", "The name or the password is wrong"));
        return (
            StatusCode::UNPROCESSABLE_ENTITY,
            page(&door, reader.clone(), &note, whence).await,
        )
            .into_response();
    };
    door.passwords.succeeded(&name, address.ip());
    match begun(&session, &operator).await {
        true => {
            let back = whence.filter(|_| operator.role == Role::Cashier);
            Redirect::to(back.map_or(home(operator.role), Whence::path)).into_response()
        }
        false => page(
            &door,
            reader.clone(),
            &alert(t("请重试", "Please try again")),
            whence,
        )
        .await
        .into_response(),
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
    let now = Instant::now();
    if door.passwords.is_locked(&operator.name, address.ip(), now) {
        return again(reader.say(
            "次数过多，请15分钟后再试",
            "Too many times; try again in a quarter of an hour",
        ));
    }
    if let Some(why) = fault(&reader, &operator, &form) {
        return again(why);
    }
    if !door.passwords.are(form.before, Some(&operator)).await {
        door.passwords.failed(&operator.name, address.ip(), now);
        return again(reader.say("原密码不正确", "The password of before is wrong"));
    }
    let digest = match door.passwords.digest(form.password).await {
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
            "新密码过于简单：不要只用用户名或重复的字符",
            "The new password is too plain: not the name alone, nor the same few characters",
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
