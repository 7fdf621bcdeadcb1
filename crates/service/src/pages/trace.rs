//! The pages of the trace: the last messages, and one message with all that is known of it. Open to anyone in a sandbox, elsewhere to who may read messages.

use std::path::PathBuf;
use std::sync::Arc;

use agency::domain::words::Lang;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Page, Reader, escaped, say};
use crate::door::Door;
use crate::trace::{self, Find, Record, Why, pretty};
use crate::wire::ids::{PersonId, Region};

/// So many messages are listed.
const LISTED: usize = 100;

/// Where the pages are.
pub fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/trace", get(list))
        .route("/trace/{message}", get(one))
}

/// Which messages a reader wants to see.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Filter {
    /// From this institution; empty is any.
    #[serde(default)]
    pub institution: String,
    /// Of this transaction; empty is any.
    #[serde(default)]
    pub number: String,
    /// Only what was refused, if it says anything.
    #[serde(default)]
    pub refused: String,
    /// Older than the one of this number of the service; empty for the last ones.
    #[serde(default)]
    pub before: String,
}

impl Filter {
    /// The address of the messages that are older than one, or of the last ones.
    fn link(&self, before: Option<&str>) -> String {
        let said = [
            ("institution", self.institution.as_str()),
            ("number", &self.number),
            ("refused", &self.refused),
            ("before", before.unwrap_or_default()),
        ];
        let said = said.iter().filter(|(_, value)| !value.is_empty());
        let said: Vec<_> = said
            .map(|(name, value)| format!("{name}={}", escaped(value)))
            .collect();
        format!("/trace?{}", said.join("&"))
    }
}

async fn list(State(door): State<Arc<Door>>, reader: Reader, Query(filter): Query<Filter>) -> Page {
    let said = filter.clone();
    let found = looked(&door, move |path| {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let (institution, number) = (some(&said.institution), some(&said.number));
        let before = some(&said.before);
        let find = Find {
            institution: institution.as_deref(),
            number: number.as_deref(),
            refused: !said.refused.is_empty(),
            older_than: before.as_deref(),
            // One more, to know whether there are older ones.
            last: LISTED + 1,
            ..Find::default()
        };
        trace::find(&path, &find)
    });
    listed(reader, &filter, &found.await)
}

async fn one(State(door): State<Arc<Door>>, reader: Reader, Path(message): Path<String>) -> Page {
    let said = message.clone();
    let found = looked(&door, move |path| {
        let find = Find {
            message: Some(&said),
            last: LISTED,
            ..Find::default()
        };
        trace::find(&path, &find)
    });
    let region = door.window.area;
    match found.await.split_first() {
        Some((record, earlier)) => told(reader, region, record, earlier),
        None => absent(reader, &message),
    }
}

/// Looks for messages beside those that are being carried out. What cannot be read is told in the log, and nothing is found.
async fn looked(
    door: &Door,
    look: impl FnOnce(PathBuf) -> std::io::Result<Vec<Record>> + Send + 'static,
) -> Vec<Record> {
    let Some(trace) = door.trace() else {
        return Vec::new();
    };
    let path = trace.path().to_owned();
    match tokio::task::spawn_blocking(move || look(path)).await {
        Ok(Ok(found)) => found,
        Ok(Err(why)) => {
            tracing::error!(%why, "the trace cannot be read");
            Vec::new()
        }
        Err(_) => Vec::new(),
    }
}

fn absent(reader: Reader, message: &str) -> Page {
    let lang = reader.lang;
    Page {
        title: say(lang, "没有此报文", "There is no such message").to_owned(),
        reader,
        status: StatusCode::NOT_FOUND,
        body: html! {
            p { code { (message) } }
            (back(lang))
        },
    }
}

fn back(lang: Lang) -> Markup {
    html! { p { a href="/trace" { (say(lang, "最近的报文", "The last messages")) } } }
}

/// The last messages, or those before one of them.
#[must_use]
pub fn listed(reader: Reader, filter: &Filter, records: &[Record]) -> Page {
    let lang = reader.lang;
    let shown = records.get(..LISTED).unwrap_or(records);
    let older = shown.last().filter(|_| records.len() > shown.len());
    let t = |zh, en| say(lang, zh, en);
    let heads = [
        t("时间", "time"),
        t("机构", "institution"),
        t("交易", "transaction"),
        t("报文", "message"),
        t("结果", "outcome"),
        t("微秒", "µs"),
    ];
    let body = html! {
        form method="get" action="/trace" {
            label { (t("机构", "institution")) " " input name="institution" value=(filter.institution); }
            label { (t("交易", "transaction")) " " input name="number" value=(filter.number) size="8"; }
            label { input type="checkbox" name="refused" value="1" checked[!filter.refused.is_empty()]; " " (t("只看未办理的", "refused only")) }
            button { (t("筛选", "filter")) }
        }
        div.wide { table {
            thead { tr { @for head in heads { th { (head) } } } }
            tbody { @for record in shown { (row(lang, record)) } }
        } }
        @if shown.is_empty() { p { (t("没有报文", "There are no messages")) } }
        p {
            @if !filter.before.is_empty() { a href=(filter.link(None)) { (t("最近的", "The last ones")) } " " }
            @if let Some(last) = older { a href=(filter.link(Some(&last.request))) { (t("较早的", "Older")) } }
        }
    };
    Page {
        title: t("最近的报文", "The last messages").to_owned(),
        reader,
        status: StatusCode::OK,
        body,
    }
}

fn row(lang: Lang, record: &Record) -> Markup {
    let named = match record.message.is_empty() {
        true => &record.request,
        false => &record.message,
    };
    html! { tr {
        td { (record.came().strftime("%m-%d %H:%M:%S%.3f")) }
        td { (record.institution) }
        td { (record.number) }
        td { a href={ "/trace/" (record.request) } { (named) } }
        td { (outcome(lang, record)) }
        td.n { (record.timings.whole()) }
    } }
}

fn outcome(lang: Lang, record: &Record) -> Markup {
    match &record.refusal {
        None => html! { span.good { (say(lang, "已办理", "done")) } },
        Some(why) => html! { span.bad { (why.code) } " " (reason(lang, why)) },
    }
}

fn reason(lang: Lang, why: &Why) -> &str {
    match lang {
        Lang::Zh => &why.zh,
        Lang::En => &why.en,
    }
}

/// One message, and those before it that had the same number.
#[must_use]
pub fn told(reader: Reader, region: Region, record: &Record, earlier: &[Record]) -> Page {
    let lang = reader.lang;
    let t = |zh, en| say(lang, zh, en);
    let body = html! {
        (back(lang))
        (facts(lang, region, record))
        @if let Some(why) = &record.refusal { (refusal(lang, why)) }
        @if !record.warnings.is_empty() {
            h2 { (t("提示", "Warnings")) }
            ul { @for warning in &record.warnings { li { (warning) } } }
        }
        div.pair {
            (shown(t("请求", "Request"), &record.asked))
            (shown(t("应答", "Answer"), &answer(lang, record)))
            @if let Some(opened) = &record.opened { (shown(t("解密后的入参", "Input, deciphered"), opened)) }
            @if let Some(output) = &record.unsealed { (shown(t("加密前的出参", "Output before it was enciphered"), output)) }
        }
        @if !record.steps.is_empty() { (steps(lang, record)) }
        @if !earlier.is_empty() {
            h2 { (t("同一报文更早的到达", "Earlier arrivals of the same message")) }
            ul { @for one in earlier { li {
                a href={ "/trace/" (one.request) } { (one.came().strftime("%Y-%m-%d %H:%M:%S%.3f")) } " " (outcome(lang, one))
            } } }
        }
    };
    let title = format!("{} {}", record.number, record.message);
    Page {
        title,
        reader,
        status: StatusCode::OK,
        body,
    }
}

/// What was answered, or that it was a file.
fn answer(lang: Lang, record: &Record) -> String {
    match (record.file, lang) {
        (None, _) => record.answered.clone(),
        (Some(bytes), Lang::Zh) => format!("文件，{bytes} 字节"),
        (Some(bytes), Lang::En) => format!("a file of {bytes} bytes"),
    }
}

fn shown(title: &str, text: &str) -> Markup {
    html! { section { h2 { (title) } pre { (pretty(text)) } } }
}

fn facts(lang: Lang, region: Region, record: &Record) -> Markup {
    let t = |zh, en| say(lang, zh, en);
    let micros = record.timings;
    let took = match lang {
        Lang::Zh => format!(
            "{} 微秒：准入 {}，读取 {}，经办 {}，应答 {}",
            micros.whole(),
            micros.admit,
            micros.read,
            micros.agency,
            micros.write
        ),
        Lang::En => format!(
            "{} µs: let in {}, read {}, agency {}, answer {}",
            micros.whole(),
            micros.admit,
            micros.read,
            micros.agency,
            micros.write
        ),
    };
    // As messages have it, so that it is found in them.
    let person = record.person;
    let person = person.and_then(|number| PersonId { region, number }.told());
    let rows = [
        (
            t("时间", "time"),
            Some(record.came().strftime("%Y-%m-%d %H:%M:%S%.3f").to_string()),
        ),
        (t("请求编号", "request"), Some(record.request.clone())),
        (t("机构", "institution"), Some(record.institution.clone())),
        (
            t("来自", "from"),
            Some(format!("{} {}", record.address, record.path)),
        ),
        (t("人员", "person"), person),
        (t("就诊", "visit"), record.visit.clone()),
        (t("结算", "settlement"), record.settlement.clone()),
        (t("用时", "took"), Some(took)),
    ];
    html! { table { tbody {
        @for (name, value) in rows { @if let Some(value) = value { tr { th { (name) } td { (value) } } } }
        tr { th { (t("结果", "outcome")) } td { "HTTP " (record.status) " " (outcome(lang, record)) } }
        @if record.cut { tr { th { (t("注意", "note")) } td { (t("报文过长，只保留了开头", "a body was too long; only its beginning is kept")) } } }
    } } }
}

fn refusal(lang: Lang, why: &Why) -> Markup {
    let t = |zh, en| say(lang, zh, en);
    let hint = match lang {
        Lang::Zh => &why.hint_zh,
        Lang::En => &why.hint_en,
    };
    html! {
        h2 { (t("未办理的原因", "Why it was not carried out")) }
        p.bad { (reason(lang, why)) }
        @if let Some(hint) = hint { p { (hint) } }
        @if !why.faults.is_empty() { table {
            thead { tr { @for head in [t("位置", "place"), t("内容", "found"), t("规则", "rule"), t("处理", "what to do")] { th { (head) } } } }
            tbody { @for fault in &why.faults {
                @let (rule, hint) = match lang { Lang::Zh => (&fault.rule_zh, &fault.hint_zh), Lang::En => (&fault.rule_en, &fault.hint_en) };
                tr { td { code { (fault.path) } } td { (fault.found) } td { (rule) } td { (hint) } }
            } }
        } }
    }
}

fn steps(lang: Lang, record: &Record) -> Markup {
    let t = |zh, en| say(lang, zh, en);
    html! {
        h2 { (t("结算步骤", "Steps of the settlement")) }
        table {
            thead { tr { th { (t("环节", "stage")) } th { (t("元", "yuan")) } th { (t("说明", "what it did")) } } }
            tbody { @for step in &record.steps {
                @let (stage, text) = match lang { Lang::Zh => (&step.stage_zh, &step.zh), Lang::En => (&step.stage_en, &step.en) };
                tr { td { (stage) } td.n { (step.amount) } td { (text) } }
            } }
        }
    }
}
