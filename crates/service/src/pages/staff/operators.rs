//! The operators: who there is, with which role; making one.

mod one;

use std::sync::Arc;

use agency::NotChanged;
use agency::deed::{Deed, Doing};
use agency::domain::words::Word as _;
use agency::operator::{Operator, Right, Role};
use axum::Router;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::Reader;
use super::super::alert;
use super::super::operator::{AtWork, broken};
use super::super::plain;
use super::super::reason::{self, Reason};
use super::page;
use crate::clock;
use crate::door::Door;
use crate::operators::{Unmade, Wanted};

const HERE: &str = "/agency/operators";

/// Where the pages are.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route(HERE, get(listed).post(make))
        .merge(one::routes())
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
    /// Of which version of the account the form is.
    version: u32,
}

impl Typed {
    /// What is wanted and why, or all that is wrong with it.
    fn read(
        &self,
        door: &Door,
        reader: &Reader,
        least: usize,
    ) -> Result<(Wanted, Reason), Vec<String>> {
        let why = Reason::read(&self.why, least, reader);
        match (self.wanted(door, reader), why) {
            (Ok(wanted), Ok(why)) => Ok((wanted, why)),
            (wanted, why) => {
                let mut faults = wanted.err().unwrap_or_default();
                faults.extend(why.err());
                Err(faults)
            }
        }
    }

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
            (fields(reader, typed, Reason::NONE))
            button { (t("新增", "Make")) }
        }
        h2 { (t("角色与权限", "Roles and rights")) }
        (rights(reader))
    };
    (status, page(work, ("操作员", "Operators"), &body)).into_response()
}

/// What an operator is, as far as it can be changed.
fn fields(reader: &Reader, typed: &Typed, least: usize) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    html! {
        label { span { (t("姓名", "What people call the person")) } input name="called" value=(typed.called) maxlength="40" size="16" required; }
        label { span { (t("角色", "Role")) }
            select name="role" required { @for role in Role::ALL {
                option value=(role.code()) selected[role.code() == typed.role] { (role.name(reader.lang)) }
            } } }
        label { span { (t("机构编码（仅收费员）", "Code of the institution, for a cashier")) } input name="institution" value=(typed.institution) maxlength="30" size="16"; }
        (reason::field(reader, least))
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
    let (wanted, why) = match typed.read(&door, &work.reader, Reason::NONE) {
        Ok(read) => read,
        Err(wrong) => return again(&door, work, &wrong, &typed).await,
    };
    let (operator, given) = match digested(&door, wanted).await {
        Ok(made) => made,
        Err(fault) => {
            let faults = told(&work.reader, &[fault]);
            return again(&door, work, &faults, &typed).await;
        }
    };
    let deed = deed(&work, Doing::Made, &operator, why);
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

/// A password takes its time, and its turn.
async fn digested(door: &Door, wanted: Wanted) -> Result<(Operator, String), Unmade> {
    let today = clock::now().date();
    let made = move || Ok(wanted.made(today));
    let made = door.passwords.digested(made).await;
    made.unwrap_or_else(|why| Err(Unmade::Failed(why)))
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

fn deed(work: &AtWork, what: Doing, operator: &Operator, why: Reason) -> Deed {
    let institution = operator.institution.as_deref().unwrap_or_default();
    let about = [&operator.name, operator.role.code(), institution];
    Deed {
        about: about.join(" ").trim_end().to_owned(),
        why: why.into_text(),
        ..work.deed(what)
    }
}
