//! The log of who did what, the latest first; by operator and by person.

use std::sync::Arc;

use agency::DeedAsk;
use agency::deed::Deed;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::operator::{AtWork, broken};
use super::super::{Reader, escaped};
use super::page;
use crate::door::Door;

/// Deeds on one page.
const MOST: usize = 100;

/// Where the page is.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new().route("/agency/log", get(shown))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    by: String,
    person: String,
    before: Option<u64>,
}

async fn shown(
    State(door): State<Arc<Door>>,
    work: AtWork,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let ask = DeedAsk {
        before: asked.before,
        by: Some(asked.by.trim().to_owned()).filter(|by| !by.is_empty()),
        // What is no number is nobody's.
        person: Some(asked.person.trim())
            .filter(|person| !person.is_empty())
            .map(|person| person.parse().unwrap_or(u64::MAX)),
        most: MOST,
    };
    let deeds = match door.window.deeds(ask).await {
        Ok(deeds) => deeds,
        Err(refusal) => return broken(work.reader, &refusal).into_response(),
    };
    let reader = &work.reader;
    let t = |zh, en| reader.say(zh, en);
    let body = html! {
        form.ask method="get" action="/agency/log" {
            label { span { (t("操作员", "Operator")) } input name="by" value=(asked.by) maxlength="32" size="16"; }
            label { span { (t("参保人编号", "Number of the person")) } input name="person" value=(asked.person) inputmode="numeric" maxlength="20" size="20"; }
            button { (t("查询", "Look")) }
        }
        (table(reader, &deeds.found))
        @if let Some(before) = deeds.before {
            p { a href={ "/agency/log?by=" (escaped(&asked.by)) "&person=" (escaped(&asked.person)) "&before=" (before) } { (t("更早的", "Earlier ones")) } }
        }
        p.note { (t("日志与账目一样逐条以哈希链相连，不可更改、不可删除；“yibao audit”可核查。", "Each line is chained to the one before it like the ledger: none is changed, none is taken out, and `yibao audit` proves it.")) }
    };
    page(work, ("操作日志", "Who did what"), &body).into_response()
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
