//! The operators: who there is, with which role; making one, changing one, ending one.

use std::sync::Arc;

use agency::NotChanged;
use agency::deed::{Deed, Doing};
use agency::domain::words::Word as _;
use agency::operator::{Operator, Right, Role};
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::alert;
use super::super::operator::{AtWork, broken};
use super::super::plain;
use super::super::{Page, Reader};
use super::page;
use crate::clock;
use crate::door::Door;
use crate::operators::{Unmade, Wanted};

const HERE: &str = "/agency/operators";

/// Where the pages are.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route(HERE, get(listed).post(make))
        .route("/agency/operators/{name}", get(one).post(change))
        .route("/agency/operators/{name}/password", post(renew))
        .route("/agency/operators/{name}/end", post(end))
}

/// As it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    called: String,
    role: String,
    institution: String,
    why: String,
}

impl Typed {
    /// What is wanted, or all that is wrong with it.
    fn wanted(&self, door: &Door, reader: &Reader) -> Result<Wanted, Vec<String>> {
        let Some(role) = Role::read(&self.role) else {
            return Err(vec![reader.say("请选择角色", "Choose a role").to_owned()]);
        };
        let wanted = Wanted {
            name: self.name.clone(),
            called: self.called.clone(),
            role,
            institution: plain::text(&self.institution),
        };
        let office = door.window.agency.office();
        let checked = wanted.checked(&office, clock::now().date());
        checked.map_err(|faults| told(reader, &faults))
    }
}

fn told(reader: &Reader, faults: &[Unmade]) -> Vec<String> {
    let sentence = |fault: &Unmade| fault.describe().lang(reader.lang).to_owned();
    faults.iter().map(sentence).collect()
}

async fn listed(State(door): State<Arc<Door>>, work: AtWork) -> Response {
    shown(&door, work, (&html! {}, StatusCode::OK), &Typed::default()).await
}

async fn shown(
    door: &Door,
    work: AtWork,
    (note, status): (&Markup, StatusCode),
    typed: &Typed,
) -> Response {
    let all = match door.window.operators().await {
        Ok(all) => all,
        Err(refusal) => return broken(work.reader, &refusal).into_response(),
    };
    let reader = &work.reader;
    let t = |zh, en| reader.say(zh, en);
    let heads = [
        t("用户名", "name"),
        t("姓名", "person"),
        t("角色", "role"),
        t("机构", "institution"),
        t("自", "since"),
        t("至", "until"),
    ];
    let body = html! {
        (note)
        div.wide { table {
            thead { tr { @for head in heads { th scope="col" { (head) } } } }
            tbody { @for one in &all { tr {
                td { a href={ (HERE) "/" (one.name) } { (one.name) } } td { (one.called) }
                td { (one.role.name(reader.lang)) } td { (one.institution.as_deref().unwrap_or_default()) }
                td { (one.since) } td { @if let Some(until) = one.until { (until) } }
            } } }
        } }
        h2 { (t("新增操作员", "A new operator")) }
        form.ask method="post" action=(HERE) {
            label { span { (t("用户名（小写字母、数字）", "Name, small letters and digits")) } input name="name" value=(typed.name) autocapitalize="none" spellcheck="false" maxlength="32" size="16" required; }
            (fields(reader, typed))
            button { (t("新增", "Make")) }
        }
        h2 { (t("角色与权限", "Roles and rights")) }
        (rights(reader))
    };
    (status, page(work, ("操作员", "Operators"), &body)).into_response()
}

/// What an operator is, as far as it can be changed.
fn fields(reader: &Reader, typed: &Typed) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    html! {
        label { span { (t("姓名", "What people call the person")) } input name="called" value=(typed.called) maxlength="40" size="16" required; }
        label { span { (t("角色", "Role")) }
            select name="role" required { @for role in Role::ALL {
                option value=(role.code()) selected[role.code() == typed.role] { (role.name(reader.lang)) }
            } } }
        label { span { (t("机构编码（仅收费员）", "Code of the institution, for a cashier")) } input name="institution" value=(typed.institution) maxlength="30" size="16"; }
        label { span { (t("理由（记入日志）", "Why, for the log")) } input name="why" value=(typed.why) maxlength="200" size="24"; }
    }
}

/// The one table of rights, as people read it.
fn rights(reader: &Reader) -> Markup {
    html! {
        div.wide { table {
            thead { tr { th scope="col" { (reader.say("权限", "right")) } @for role in Role::ALL { th scope="col" { (role.name(reader.lang)) } } } }
            tbody { @for right in Right::ALL { tr {
                th scope="row" { (right.name(reader.lang)) }
                @for role in Role::ALL { td { @if role.may(*right) { (reader.say("有", "yes")) } @else { "–" } } }
            } } }
        } }
    }
}

async fn make(State(door): State<Arc<Door>>, work: AtWork, Form(typed): Form<Typed>) -> Response {
    let made = typed.wanted(&door, &work.reader);
    let wanted = match made {
        Ok(wanted) => wanted,
        Err(wrong) => return again(&door, work, &wrong, &typed).await,
    };
    let (operator, given) = match digested(wanted).await {
        Ok(made) => made,
        Err(fault) => {
            let faults = told(&work.reader, &[fault]);
            return again(&door, work, &faults, &typed).await;
        }
    };
    let deed = deed(&work, Doing::Made, &operator, &typed.why);
    let name = operator.name.clone();
    match door.window.make_operator(operator, deed).await {
        Ok(Ok(())) => {
            let note = new_password(&work.reader, &name, &given);
            shown(&door, work, (&note, StatusCode::OK), &Typed::default()).await
        }
        Ok(Err(why)) => {
            let why = vec![not_changed(&work.reader, &why)];
            again(&door, work, &why, &typed).await
        }
        Err(refusal) => broken(work.reader, &refusal).into_response(),
    }
}

/// A password takes its time.
async fn digested(wanted: Wanted) -> Result<(Operator, String), Unmade> {
    let today = clock::now().date();
    let made = tokio::task::spawn_blocking(move || wanted.made(today));
    made.await
        .unwrap_or_else(|e| Err(Unmade::Failed(e.to_string())))
}

async fn again(door: &Door, work: AtWork, faults: &[String], typed: &Typed) -> Response {
    let note = alert::faults(&work.reader, faults);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    shown(door, work, (&note, status), typed).await
}

fn new_password(reader: &Reader, name: &str, given: &str) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    html! {
        div.told role="status" {
            p { (t("初始密码只显示这一次，首次登录须修改：", "The password is shown this once, and has to be changed at the first signing in: ")) }
            p { code { (name) } " " code #given { (given) } }
        }
    }
}

fn not_changed(reader: &Reader, why: &NotChanged) -> String {
    let t = |zh: &'static str, en| reader.say(zh, en).to_owned();
    match why {
        NotChanged::Exists => t("已有此用户名", "There is an operator of this name"),
        NotChanged::Absent => t("没有这位操作员", "There is no such operator"),
        NotChanged::Last => t(
            "至少须有一位系统管理员",
            "There must be an administrator left",
        ),
        NotChanged::Meanwhile => t(
            "他人刚刚改过，请重新查看",
            "Somebody else has just changed it; look again",
        ),
    }
}

fn deed(work: &AtWork, what: Doing, operator: &Operator, why: &str) -> Deed {
    let institution = operator.institution.as_deref().unwrap_or_default();
    let about = [&operator.name, operator.role.code(), institution];
    Deed {
        about: about.join(" ").trim_end().to_owned(),
        why: why.trim().to_owned(),
        ..work.deed(what)
    }
}

async fn one(State(door): State<Arc<Door>>, work: AtWork, Path(name): Path<String>) -> Response {
    match door.window.operator(&name).await {
        Ok(Some(operator)) => sheet(work, &operator, &html! {}).into_response(),
        Ok(None) => absent(work),
        Err(refusal) => broken(work.reader, &refusal).into_response(),
    }
}

fn absent(work: AtWork) -> Response {
    let body = html! { p { (work.reader.say("没有这位操作员", "There is no such operator")) } };
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
    let why = html! { label { span { (t("理由（记入日志）", "Why, for the log")) } input name="why" maxlength="200" size="24"; } };
    let body = html! {
        (note)
        dl.figures {
            div { dt { (t("用户名", "name")) } dd { (operator.name) } }
            div { dt { (t("角色", "role")) } dd { (operator.role.name(reader.lang)) } }
            div { dt { (t("自", "since")) } dd { (operator.since) } }
            @if let Some(until) = operator.until { div { dt { (t("至", "until")) } dd { (until) } } }
        }
        h2 { (t("变更", "Change")) }
        form.ask method="post" action=(here) { (fields(reader, &typed)) button { (t("保存", "Save")) } }
        h2 { (t("重设密码", "Another password")) }
        form.ask method="post" action={ (here) "/password" } { (why) button { (t("重设", "Give another")) } }
        h2 { @if operator.is_at_work() { (t("停用", "End")) } @else { (t("恢复", "Take back")) } }
        form.ask method="post" action={ (here) "/end" } {
            (why) button { @if operator.is_at_work() { (t("停用", "End")) } @else { (t("恢复", "Take back")) } }
        }
        p { a href={ "/agency/log?by=" (operator.name) } { (t("此人的操作日志", "What this operator did")) } }
    };
    page(work, ("操作员", "Operator"), &body)
}

/// Puts the changed operator in place, and shows it.
async fn put(
    door: &Door,
    work: AtWork,
    operator: Operator,
    (deed, note): (Deed, Markup),
) -> Response {
    let name = operator.name.clone();
    match door.window.change_operator(operator.clone(), deed).await {
        // Whoever changes the own account signs in anew.
        Ok(Ok(())) if name == work.operator.name => {
            Redirect::to("/operator/sign-in").into_response()
        }
        Ok(Ok(())) => sheet(work, &operator, &note).into_response(),
        Ok(Err(why)) => {
            let note = alert::faults(&work.reader, &[not_changed(&work.reader, &why)]);
            let status = StatusCode::CONFLICT;
            (status, sheet(work, &operator, &note)).into_response()
        }
        Err(refusal) => broken(work.reader, &refusal).into_response(),
    }
}

fn saved(reader: &Reader) -> Markup {
    html! { p role="status" { (reader.say("已保存；此人须重新登录", "Saved; the operator signs in anew")) } }
}

async fn change(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(name): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let operator = match door.window.operator(&name).await {
        Ok(Some(operator)) => operator,
        Ok(None) => return absent(work),
        Err(refusal) => return broken(work.reader, &refusal).into_response(),
    };
    let typed = Typed { name, ..typed };
    let wanted = match typed.wanted(&door, &work.reader) {
        Ok(wanted) => wanted,
        Err(faults) => {
            let note = alert::faults(&work.reader, &faults);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return (status, sheet(work, &operator, &note)).into_response();
        }
    };
    let changed = Operator {
        called: wanted.called,
        role: wanted.role,
        institution: Some(wanted.institution).filter(|code| !code.is_empty()),
        ..operator
    };
    let deed = deed(&work, Doing::Changed, &changed, &typed.why);
    let note = saved(&work.reader);
    put(&door, work, changed, (deed, note)).await
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Reason {
    why: String,
}

async fn renew(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(name): Path<String>,
    Form(reason): Form<Reason>,
) -> Response {
    let operator = match door.window.operator(&name).await {
        Ok(Some(operator)) => operator,
        Ok(None) => return absent(work),
        Err(refusal) => return broken(work.reader, &refusal).into_response(),
    };
    let wanted = Wanted {
        name: operator.name.clone(),
        called: operator.called.clone(),
        role: operator.role,
        institution: operator.institution.clone().unwrap_or_default(),
    };
    let (made, given) = match digested(wanted).await {
        Ok(made) => made,
        Err(fault) => {
            let note = alert::faults(&work.reader, &told(&work.reader, &[fault]));
            return sheet(work, &operator, &note).into_response();
        }
    };
    let changed = Operator {
        password: made.password,
        given: true,
        ..operator
    };
    let deed = deed(&work, Doing::Changed, &changed, &reason.why);
    let note = new_password(&work.reader, &changed.name, &given);
    put(&door, work, changed, (deed, note)).await
}

async fn end(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(name): Path<String>,
    Form(reason): Form<Reason>,
) -> Response {
    let operator = match door.window.operator(&name).await {
        Ok(Some(operator)) => operator,
        Ok(None) => return absent(work),
        Err(refusal) => return broken(work.reader, &refusal).into_response(),
    };
    let (until, what) = match operator.until {
        None => (Some(clock::now().date()), Doing::Ended),
        Some(_) => (None, Doing::Changed),
    };
    let changed = Operator { until, ..operator };
    let deed = deed(&work, what, &changed, &reason.why);
    let note = saved(&work.reader);
    put(&door, work, changed, (deed, note)).await
}
