//! The log of who did what, the latest first; by operator and by person.

use std::sync::Arc;

use agency::DeedAsk;
use agency::deed::Deed;
use agency::domain::words::Lang;
use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::alert::faults;
use super::super::operator::{AtWork, broken};
use super::super::{Reader, escaped, number_of};
use super::page;
use crate::door::Door;

/// Deeds on one page.
const MOST: usize = 100;
const TITLE: (&str, &str) = ("操作日志", "Who did what");

/// Where the page is.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new().route("/agency/log", get(shown))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    by: String,
    person: String,
    before: String,
}

impl Asked {
    /// Which deeds are asked for, or everything that is wrong.
    fn read(&self, reader: &Reader) -> Result<DeedAsk, Vec<String>> {
        let mut wrong = Vec::new();
        let mut number = |text: &str, name| match text.trim() {
            "" => None,
            text => {
                let read = number_of(text);
                if read.is_none() {
                    wrong.push(no_number(reader, name, text));
                }
                read
            }
        };
        let person = number(&self.person, ("参保人编号", "number of the person"));
        let before = number(&self.before, ("早于序号", "before"));
        let by = Some(self.by.trim().to_owned()).filter(|by| !by.is_empty());
        match wrong.is_empty() {
            true => Ok(DeedAsk {
                before,
                by,
                person,
                most: MOST,
            }),
            false => Err(wrong),
        }
    }
}

fn no_number(reader: &Reader, (zh, en): (&str, &str), text: &str) -> String {
    let text: String = text.chars().take(20).collect();
    match reader.lang {
        Lang::Zh => format!("{zh}“{text}”：应为数字，小于2的63次方"),
        Lang::En => format!("{en} `{text}`: digits alone, below 2 to the power of 63"),
    }
}

async fn shown(
    State(door): State<Arc<Door>>,
    work: AtWork,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let asked = match asked {
        Ok(Query(asked)) => asked,
        Err(_) => {
            let wrong = work.reader.say(
                "查询条件有误，未查询",
                "The question cannot be read; nothing was looked for",
            );
            return again(work, &Asked::default(), &[wrong.to_owned()]);
        }
    };
    let ask = match asked.read(&work.reader) {
        Ok(ask) => ask,
        Err(wrong) => return again(work, &asked, &wrong),
    };
    let deeds = match door.window.deeds(ask).await {
        Ok(deeds) => deeds,
        Err(refusal) => return broken(work.reader, &refusal).into_response(),
    };
    let reader = &work.reader;
    let t = |zh, en| reader.say(zh, en);
    let body = html! {
        (asking(reader, &asked))
        (table(reader, &deeds.found))
        @if let Some(before) = deeds.before {
            p { a href={ "/agency/log?by=" (escaped(&asked.by)) "&person=" (escaped(&asked.person)) "&before=" (before) } { (t("更早的", "Earlier ones")) } }
        }
        p.note { (t("日志与账目一样逐条以哈希链相连，不可更改、不可删除；“yibao audit”可核查。", "Each line is chained to the one before it like the ledger: none is changed, none is taken out, and `yibao audit` proves it.")) }
    };
    page(work, TITLE, &body).into_response()
}

/// The form, with what is wrong in it, and no deeds.
fn again(work: AtWork, asked: &Asked, wrong: &[String]) -> Response {
    let body = html! { (faults(&work.reader, wrong)) (asking(&work.reader, asked)) };
    let page = page(work, TITLE, &body);
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

fn asking(reader: &Reader, asked: &Asked) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    html! {
        form.ask method="get" action="/agency/log" {
            label { span { (t("操作员", "Operator")) } input name="by" value=(asked.by) maxlength="32" size="16"; }
            label { span { (t("参保人编号", "Number of the person")) } input name="person" value=(asked.person) inputmode="numeric" maxlength="20" size="20"; }
            button { (t("查询", "Look")) }
        }
    }
}

fn table(reader: &Reader, found: &[(u64, Deed)]) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    let heads = [
        t("序号", "no."),
        t("时间", "when"),
        t("操作员", "operator"),
        t("角色", "role"),
        t("事项", "what"),
        t("参保人编号", "person"),
        t("对象", "about"),
        t("理由", "why"),
    ];
    html! {
        @if found.is_empty() { p { (t("没有记录", "There is none")) } }
        @else { div.wide { table {
            thead { tr { @for head in heads { th scope="col" { (head) } } } }
            tbody { @for (number, deed) in found { tr {
                td { (number) } td { (deed.at.strftime("%Y-%m-%d %H:%M:%S")) }
                td { @if deed.by.is_empty() { (t("命令行", "command line")) } @else { (deed.by) } }
                td { @if let Some(role) = deed.role { (role.name(reader.lang)) } }
                td { (deed.what.name(reader.lang)) }
                td { @if let Some(person) = deed.person { (person) } }
                td { (deed.about) } td { (deed.why) }
            } } }
        } } }
    }
}
