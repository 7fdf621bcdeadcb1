//! One operator: what the account is; changing it, another password, the end, and taking the operator back.

use std::sync::Arc;

use agency::NotChanged;
use agency::deed::{Deed, Doing};
use agency::operator::{Operator, Right};
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::super::alert;
use super::super::super::operator::{AtWork, broken};
use super::super::super::reason::{self, Reason};
use super::super::super::{Page, Reader};
use super::super::page;
use super::{HERE, Typed, digested, fields, new_password, not_changed, told};
use crate::clock;
use crate::demo;
use crate::door::Door;
use crate::operators::Wanted;
use crate::password;

/// Where the pages are. What ends and what takes back are two: a form that is sent again does not undo what it did.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/agency/operators/{name}", get(shown).post(change))
        .route("/agency/operators/{name}/password", post(renew))
        .route("/agency/operators/{name}/end", post(end))
        .route("/agency/operators/{name}/resume", post(resume))
}

/// Why, of an account as the form showed it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Told {
    why: String,
    version: u32,
}

async fn shown(State(door): State<Arc<Door>>, work: AtWork, Path(name): Path<String>) -> Response {
    match known(&door, work, &name).await {
        Ok((work, operator)) => sheet(work, &operator, &html! {}).into_response(),
        Err(other) => other,
    }
}

/// The operator of an address.
async fn known(door: &Door, work: AtWork, name: &str) -> Result<(AtWork, Operator), Response> {
    match door.window.operator(name).await {
        Ok(Some(operator)) => Ok((work, operator)),
        Ok(None) => Err(absent(work)),
        Err(refusal) => Err(broken(work.reader, &refusal).into_response()),
    }
}

fn absent(work: AtWork) -> Response {
    let why = work
        .reader
        .say("没有这位操作员", "There is no such operator");
    let body = html! { p { (why) } };
    let page = page(work, ("操作员", "Operator"), &body);
    Page {
        status: StatusCode::NOT_FOUND,
        ..page
    }
    .into_response()
}

fn sheet(work: AtWork, operator: &Operator, note: &Markup) -> Page {
    let reader = &work.reader;
    let t = |zh, en| reader.say(zh, en);
    let here = format!("{HERE}/{}", operator.name);
    let typed = Typed {
        called: operator.called.clone(),
        role: operator.role.code().to_owned(),
        institution: operator.institution.clone().unwrap_or_default(),
        ..Typed::default()
    };
    let version = html! { input type="hidden" name="version" value=(operator.version); };
    let why = html! { (version) (reason::field(reader, Reason::WORD)) };
    let (way, name) = match operator.is_at_work() {
        true => ("end", t("停用", "End")),
        false => ("resume", t("恢复", "Let work again")),
    };
    let body = html! {
        (note)
        dl.figures {
            div { dt { (t("用户名", "name")) } dd { (operator.name) } }
            div { dt { (t("角色", "role")) } dd { (operator.role.name(reader.lang)) } }
            div { dt { (t("自", "since")) } dd { (operator.since) } }
            @if let Some(until) = operator.until { div { dt { (t("至", "until")) } dd { (until) } } }
        }
        h2 { (t("变更", "Change")) }
        form.ask method="post" action=(here) { (version) (fields(reader, &typed, Reason::WORD)) button { (t("保存", "Save")) } }
        @if operator.is_at_work() {
            h2 { (t("重设密码", "Another password")) }
            form.ask method="post" action={ (here) "/password" } { (why) button { (t("重设", "Give another")) } }
        }
        h2 { (name) }
        form.ask method="post" action={ (here) "/" (way) } { (why) button { (name) } }
        p { a href={ "/agency/log?by=" (operator.name) } { (t("此人的操作日志", "What this operator did")) } }
    };
    page(work, ("操作员", "Operator"), &body)
}

/// A change of an operator: from what to what, the deed, and what is said of it.
struct Change {
    before: Operator,
    after: Operator,
    deed: Deed,
    note: Markup,
}

/// Puts the changed operator in place, and shows how the account is then.
async fn put(door: &Door, work: AtWork, change: Change) -> Response {
    let Change {
        before,
        after,
        deed,
        note,
    } = change;
    let done = match manages_alone(door, &before, &after).await {
        Ok(true) => Ok(Err(NotChanged::Last)),
        Ok(false) => door.window.change_operator(after.clone(), deed).await,
        Err(refusal) => Err(refusal),
    };
    match done {
        // Whoever changes the own account signs in anew.
        Ok(Ok(())) if before.name == work.operator.name => {
            Redirect::to("/operator/sign-in").into_response()
        }
        Ok(Ok(())) => {
            let version = after.version.saturating_add(1);
            sheet(work, &Operator { version, ..after }, &note).into_response()
        }
        Ok(Err(why)) => {
            let now = door.window.operator(&before.name).await;
            let now = now.ok().flatten().unwrap_or(before);
            let note = alert::faults(&work.reader, &[not_changed(&work.reader, &why)]);
            (StatusCode::CONFLICT, sheet(work, &now, &note)).into_response()
        }
        Err(refusal) => broken(work.reader, &refusal).into_response(),
    }
}

/// Whether nobody else could manage then. Outside a sandbox one whose password is a demonstration's cannot sign in, and does not count.
async fn manages_alone(
    door: &Door,
    before: &Operator,
    after: &Operator,
) -> Result<bool, crate::wire::refusal::Refusal> {
    let manages = |one: &Operator| one.may(Right::Manage);
    if door.window.sandbox || !manages(before) || manages(after) {
        return Ok(false);
    }
    for other in door.window.operators().await? {
        if other.name == before.name || !manages(&other) {
            continue;
        }
        let known = demo::OPERATORS.iter().any(|one| one.name == other.name);
        let is_demo = move || {
            Ok(password::is(
                &demo::password(&other.name),
                Some(&other.password),
            ))
        };
        // What cannot be known now counts for nothing.
        if !known || door.passwords.digested(is_demo).await == Ok(false) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The deed tells what is otherwise than before.
fn deed(work: &AtWork, what: Doing, (before, after): (&Operator, &Operator), why: Reason) -> Deed {
    let mut about = vec![after.name.clone()];
    if before.role != after.role {
        about.push(format!("{} → {}", before.role.code(), after.role.code()));
    }
    if before.institution != after.institution {
        let code = |one: &Operator| one.institution.clone().unwrap_or_else(|| "–".to_owned());
        about.push(format!("{} → {}", code(before), code(after)));
    }
    if before.called != after.called {
        about.push(format!("{} → {}", before.called, after.called));
    }
    Deed {
        about: about.join(" "),
        why: why.into_text(),
        ..work.deed(what)
    }
}

fn saved(reader: &Reader) -> Markup {
    html! { p role="status" { (reader.say("已保存；此人须重新登录", "Saved; the operator signs in anew")) } }
}

fn ended(reader: &Reader) -> Markup {
    html! { p role="status" { (reader.say("已停用；此人已不能登录", "Ended; the operator cannot sign in any more")) } }
}

async fn change(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(name): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let (work, before) = match known(&door, work, &name).await {
        Ok(known) => known,
        Err(other) => return other,
    };
    let typed = Typed { name, ..typed };
    let (wanted, why) = match typed.read(&door, &work.reader, Reason::WORD) {
        Ok(read) => read,
        Err(faults) => return wrong(work, &before, &faults),
    };
    let after = Operator {
        called: wanted.called,
        role: wanted.role,
        institution: Some(wanted.institution).filter(|code| !code.is_empty()),
        version: typed.version,
        ..before.clone()
    };
    let deed = deed(&work, Doing::Changed, (&before, &after), why);
    let note = saved(&work.reader);
    let change = Change {
        before,
        after,
        deed,
        note,
    };
    put(&door, work, change).await
}

/// The operator as before, and what is wrong with what was typed.
fn wrong(work: AtWork, operator: &Operator, faults: &[String]) -> Response {
    let note = alert::faults(&work.reader, faults);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    (status, sheet(work, operator, &note)).into_response()
}

/// What a form with a reason alone is about, and the reason.
async fn reasoned(
    door: &Door,
    work: AtWork,
    name: &str,
    told: &Told,
) -> Result<(AtWork, Operator, Reason), Response> {
    let (work, before) = known(door, work, name).await?;
    match Reason::read(&told.why, Reason::WORD, &work.reader) {
        Ok(why) => Ok((work, before, why)),
        Err(fault) => Err(wrong(work, &before, &[fault])),
    }
}

async fn renew(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(name): Path<String>,
    Form(form): Form<Told>,
) -> Response {
    let (work, before, why) = match reasoned(&door, work, &name, &form).await {
        Ok(read) => read,
        Err(other) => return other,
    };
    let (made, given) = match digested(&door, Wanted::of(&before)).await {
        Ok(made) => made,
        Err(fault) => {
            let faults = told(&work.reader, &[fault]);
            return wrong(work, &before, &faults);
        }
    };
    let after = Operator {
        password: made.password,
        given: true,
        version: form.version,
        ..before.clone()
    };
    let deed = deed(&work, Doing::Renewed, (&before, &after), why);
    let note = new_password(&work.reader, &after.name, &given);
    let change = Change {
        before,
        after,
        deed,
        note,
    };
    put(&door, work, change).await
}

async fn end(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(name): Path<String>,
    Form(form): Form<Told>,
) -> Response {
    let today = clock::now().date();
    works_until(&door, work, &name, (&form, Some(today))).await
}

async fn resume(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(name): Path<String>,
    Form(form): Form<Told>,
) -> Response {
    works_until(&door, work, &name, (&form, None)).await
}

/// Ends an operator's work with a day, or lets it go on where there is none.
async fn works_until(
    door: &Door,
    work: AtWork,
    name: &str,
    (form, until): (&Told, Option<Date>),
) -> Response {
    let (work, before, why) = match reasoned(door, work, name, form).await {
        Ok(read) => read,
        Err(other) => return other,
    };
    let (what, note) = match until {
        Some(_) => (Doing::Ended, ended(&work.reader)),
        None => (Doing::Resumed, saved(&work.reader)),
    };
    // Who has ended is not ended once more.
    if until.is_some() && !before.is_at_work() {
        return sheet(work, &before, &note).into_response();
    }
    let after = Operator {
        until,
        version: form.version,
        ..before.clone()
    };
    let deed = deed(&work, what, (&before, &after), why);
    let change = Change {
        before,
        after,
        deed,
        note,
    };
    put(door, work, change).await
}
