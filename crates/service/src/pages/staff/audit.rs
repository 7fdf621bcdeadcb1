//! The audit of the books: starting one, watching it, what the last ones found.

use std::sync::Arc;

use agency::audit::Report;
use agency::deed::Doing;
use agency::domain::words::Lang;
use agency::operator::Right;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};

use super::super::Reader;
use super::super::operator::{AtWork, broken, gate};
use super::page;
use crate::auditing::{self, Audited, Going};
use crate::door::Door;

const HERE: &str = "/agency/audit";
/// The browser looks again by itself while an audit goes on: after so many seconds.
const AGAIN: (HeaderName, HeaderValue) = (
    HeaderName::from_static("refresh"),
    HeaderValue::from_static("3"),
);

/// Where the pages are.
pub(super) fn routes(door: &Arc<Door>) -> Router<Arc<Door>> {
    let results = Router::new().route(HERE, get(shown));
    let begin = Router::new().route("/agency/audit/begin", post(begun));
    gate(door, Right::Look, results).merge(gate(door, Right::Audit, begin))
}

async fn shown(State(door): State<Arc<Door>>, work: AtWork) -> Response {
    let results = match auditing::results(&door.window).await {
        Ok(results) => results,
        Err(refusal) => return broken(work.reader, &refusal).into_response(),
    };
    let going = door.auditing.going();
    let may = work.operator.may(Right::Audit);
    let reader = &work.reader;
    let body = html! {
        @match &going {
            Some(going) => { (watched(reader, going)) }
            None if may => { form.ask method="post" action="/agency/audit/begin" { button { (reader.say("开始核查", "Audit now")) } } }
            None => {}
        }
        p.note { (reader.say(
            "核查把每一笔记录从头推算一遍，对照余额、状态、对账明细和十条规律；期间业务照常办理。",
            "An audit derives everything anew from the entries and holds balances, states, slips and the ten laws against it; work goes on meanwhile.",
        )) }
        @match results.first() {
            Some(last) => { (result(reader, last)) }
            None => { p { (reader.say("还没有核查过。", "There was no audit yet.")) } }
        }
        @if results.len() > 1 { (before(reader, &results[1..])) }
    };
    let page = page(work, ("核查账目", "Audit"), &body);
    match going {
        Some(_) => ([AGAIN], page).into_response(),
        None => page.into_response(),
    }
}

fn watched(reader: &Reader, going: &Going) -> Markup {
    let told = match reader.lang {
        Lang::Zh => format!(
            "核查正在进行：{} 由 {} 开始，已读记录 {} 条。本页每3秒更新。",
            going.since.strftime("%H:%M:%S"),
            going.by,
            going.entries()
        ),
        Lang::En => format!(
            "An audit goes on: begun at {} by {}, {} entries read. This page looks again every 3 seconds.",
            going.since.strftime("%H:%M:%S"),
            going.by,
            going.entries()
        ),
    };
    html! { p role="status" { (told) } }
}

fn result(reader: &Reader, audited: &Audited) -> Markup {
    html! {
        section aria-labelledby="last" {
            h2 #last { (reader.say("最近一次核查", "The last audit")) }
            p { (audited.at.strftime("%Y-%m-%d %H:%M:%S")) " · " (audited.by) }
            @match &audited.report {
                Ok(report) => { (found(reader, report)) }
                Err(why) => { p.bad { (reader.say("未能完成：", "It could not be finished: ")) (why) } }
            }
        }
    }
}

fn found(reader: &Reader, report: &Report) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    let clean = report.is_clean();
    let counts = [
        (t("分道", "lanes"), report.lanes),
        (t("记录", "entries"), report.entries),
        (t("分录", "postings"), report.postings),
        (t("参保人", "persons"), report.persons),
    ];
    html! {
        p.good[clean].bad[!clean] { @if clean { (t("全部相符。", "Everything holds.")) }
            @else { (t("有不符之处，请勿继续记账，先查明原因。", "Something does not hold: record nothing more before it is understood.")) } }
        dl.figures { @for (name, count) in counts { div { dt { (name) } dd { (count) } } } }
        div.wide { table {
            thead { tr { th scope="col" { (t("检查", "check")) } th.n scope="col" { (t("次数", "times")) } th.n scope="col" { (t("不符", "broken")) } } }
            tbody { @for (check, (made, broken)) in &report.checks { tr {
                td { (check.name(reader.lang)) } td.n { (made) } td.n { (broken) }
            } } }
        } }
        @if !report.breaks.is_empty() {
            h3 { (t("不符之处", "What does not hold")) }
            ul { @for one in &report.breaks { li { (one.lane) " · " (one.check.name(reader.lang)) ": " (one.found) } } }
        }
    }
}

fn before(reader: &Reader, results: &[Audited]) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    let told = |audited: &Audited| match &audited.report {
        Ok(report) if report.is_clean() => t("全部相符", "everything holds"),
        Ok(_) => t("有不符", "something did not hold"),
        Err(_) => t("未能完成", "not finished"),
    };
    html! {
        h2 { (t("此前的核查", "Audits before")) }
        div.wide { table {
            thead { tr { th scope="col" { (t("时间", "when")) } th scope="col" { (t("操作员", "operator")) } th scope="col" { (t("结果", "result")) } } }
            tbody { @for one in results { tr {
                td { (one.at.strftime("%Y-%m-%d %H:%M:%S")) } td { (one.by) } td { (told(one)) }
            } } }
        } }
    }
}

async fn begun(State(door): State<Arc<Door>>, work: AtWork) -> Response {
    if door.auditing.going().is_some() {
        return Redirect::to(HERE).into_response();
    }
    if let Err(refusal) = door.window.deed(work.deed(Doing::Audited)).await {
        return broken(work.reader, &refusal).into_response();
    }
    if let Some(going) = door.auditing.begin(&work.operator.name) {
        // It goes on when whoever started it has left: from its beginning nothing is waited for here.
        tokio::spawn(async move { door.auditing.carry_out(&door.window, going).await });
    }
    Redirect::to(HERE).into_response()
}
