//! The institutions: whom there is by name, code and kind; one's agreements and what it settled month by month.

use std::collections::BTreeMap;
use std::sync::Arc;

use agency::domain::agreement::Agreement;
use agency::domain::explain::amount;
use agency::domain::facility::FacilityKind;
use agency::domain::month::Month;
use agency::office::Office;
use agency::{Period, SlipAsk, SlipSum, moment};
use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::operator::{AtWork, broken};
use super::super::{Page, Reader, escaped};
use super::page;
use crate::clock;
use crate::door::Door;

/// Institutions on one page.
const MOST: usize = 100;
/// Months that are summed.
const MONTHS: i32 = 12;

/// Where the pages are.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/agency/institutions", get(listed))
        .route("/agency/institutions/{code}", get(one))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    kind: String,
}

async fn listed(
    State(door): State<Arc<Door>>,
    work: AtWork,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Page {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let (office, today) = (door.window.agency.office(), clock::now().date());
    let found = found(&office, &asked, today);
    let reader = &work.reader;
    let t = |zh, en| reader.say(zh, en);
    let body = html! {
        form.ask method="get" action="/agency/institutions" {
            label { span { (t("名称或编码", "Name or code")) } input name="q" value=(asked.q) maxlength="60" size="24"; }
            label { span { (t("类别", "Kind")) } select name="kind" {
                option value="" { (t("全部", "all")) }
                @for kind in FacilityKind::ALL { option value=(kind.code()) selected[kind.code() == asked.kind] { (kind.name(reader.lang)) } }
            } }
            button { (t("查询", "Look")) }
        }
        p role="status" { (told(reader, found.len())) }
        @if !found.is_empty() { (table(reader, &found, today)) }
    };
    page(work, ("定点医药机构", "Institutions"), &body)
}

/// The agreement of today, or the nearest, of each whose name or code holds what is asked; by code.
fn found<'o>(office: &'o Office, asked: &Asked, today: Date) -> Vec<&'o Agreement> {
    let (text, kind) = (
        asked.q.trim().to_lowercase(),
        FacilityKind::from_code(&asked.kind),
    );
    let known = office.agreements.keys();
    let known = known.filter_map(|code| office.institution(code, today).ok());
    let holds = |one: &&Agreement| {
        let named =
            one.name.to_lowercase().contains(&text) || one.code.to_lowercase().contains(&text);
        named && kind.is_none_or(|kind| one.kind == kind)
    };
    let mut found: Vec<_> = known.filter(holds).collect();
    found.sort_by(|a, b| a.code.cmp(&b.code));
    found
}

fn told(reader: &Reader, found: usize) -> String {
    use agency::domain::words::Lang;
    match (reader.lang, found > MOST) {
        (Lang::Zh, true) => format!("共{found}家，列出前{MOST}家；请缩小查询范围"),
        (Lang::Zh, false) => format!("共{found}家"),
        (Lang::En, true) => format!("{found} found; the first {MOST} are listed: ask for less"),
        (Lang::En, false) => format!("{found} found"),
    }
}

fn table(reader: &Reader, found: &[&Agreement], today: Date) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    let heads = [
        t("编码", "code"),
        t("名称", "name"),
        t("类别", "kind"),
        t("级别", "level"),
        t("今天", "today"),
    ];
    html! {
        div.wide { table {
            thead { tr { @for head in heads { th scope="col" { (head) } } } }
            tbody { @for one in found.iter().take(MOST) { tr {
                td { a href={ "/agency/institutions/" (escaped(&one.code)) } { (one.code) } } td { (one.name) }
                td { (one.kind.name(reader.lang)) } td { (level(reader, one)) } td { (designated(reader, one, today)) }
            } } }
        } }
    }
}

fn level(reader: &Reader, one: &Agreement) -> String {
    match (one.community, one.level) {
        (true, _) => reader.say("社区", "community").to_owned(),
        (false, 0) => "–".to_owned(),
        (false, level) => level.to_string(),
    }
}

fn designated(reader: &Reader, one: &Agreement, today: Date) -> Markup {
    let suspended = one.suspended.iter().any(|span| span.covers(today));
    html! {
        @if one.designated_on(today) { span.good { (reader.say("定点", "designated")) } }
        @else if suspended { span.bad { (reader.say("中止", "suspended")) } }
        @else { span.bad { (reader.say("不在协议期", "no agreement today")) } }
    }
}

/// Up to which month is asked; to that of today where nothing is said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Until {
    until: String,
}

impl Until {
    fn month(&self, today: Date) -> Month {
        let day = agency::day(&format!("{}-01", self.until));
        day.map_or_else(|| Month::of(today), Month::of)
    }
}

async fn one(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(code): Path<String>,
    until: Result<Query<Until>, QueryRejection>,
) -> Response {
    let until = until.map(|Query(until)| until).unwrap_or_default();
    let office = door.window.agency.office();
    let Some(agreements) = office.agreements.get(&code).filter(|all| !all.is_empty()) else {
        return absent(work);
    };
    let today = clock::now().date();
    let last = until.month(today);
    let sums = sums(&door, code.clone(), last).await;
    let sums = match sums {
        Ok(sums) => sums,
        Err(why) => {
            let refusal = agency::Refused::Unavailable(why).into();
            return broken(work.reader, &refusal).into_response();
        }
    };
    let reader = &work.reader;
    let t = |zh, en| reader.say(zh, en);
    let name = office.institution(&code, today).map(|one| one.name.clone());
    let body = html! {
        p { strong { (name.unwrap_or_default()) } " · " (code) }
        (agreed(reader, agreements, today))
        h2 { (t("12个月结算：", "Settled in 12 months: ")) (last.plus(1 - MONTHS)) " – " (last) }
        (months(reader, &sums))
        p { a href={ "/agency/institutions/" (escaped(&code)) "?until=" (last.plus(-MONTHS)) } { (t("更早的12个月", "The 12 months before")) } }
        @if reader.places.sandbox || work.operator.may(agency::operator::Right::Reconcile) {
            p { a href={ "/reconcile?institution=" (escaped(&code)) } { (t("与该机构对账", "Reconcile with it")) } }
        }
    };
    page(work, ("机构档案", "Institution"), &body).into_response()
}

fn absent(work: AtWork) -> Response {
    let body = html! { p { (work.reader.say("没有这家机构", "There is no such institution")) } };
    let page = page(work, ("机构档案", "Institution"), &body);
    Page {
        status: StatusCode::NOT_FOUND,
        ..page
    }
    .into_response()
}

/// Sums wait for every lane: off the threads that answer.
async fn sums(door: &Door, party: String, last: Month) -> Result<Vec<SlipSum>, String> {
    let agency = Arc::clone(&door.window.agency);
    let ask = SlipAsk {
        party,
        from: moment::first(last.plus(1 - MONTHS).first_day()),
        until: moment::last(last.last_day()),
        ..SlipAsk::default()
    };
    let sums = tokio::task::spawn_blocking(move || agency.slip_sums(&ask, Period::Month)).await;
    match sums {
        Ok(sums) => sums.map_err(|e| e.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

fn agreed(reader: &Reader, agreements: &[Agreement], today: Date) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    let heads = [
        t("自", "from"),
        t("至", "until"),
        t("类别", "kind"),
        t("级别", "level"),
        t("所在地", "place"),
        t("中止", "suspended"),
    ];
    html! {
        h2 { (t("服务协议", "Agreements")) }
        div.wide { table {
            thead { tr { @for head in heads { th scope="col" { (head) } } } }
            tbody { @for one in agreements.iter().rev() { tr {
                td { (one.from) } td { @if let Some(until) = one.until { (until) } }
                td { (one.kind.name(reader.lang)) } td { (level(reader, one)) } td { (one.region) }
                td { @for span in &one.suspended { (span.from) " – " @if let Some(until) = span.until { (until) } " " } }
            } } }
        } }
        @if let Some(now) = agreements.iter().rev().find(|one| one.from <= today) { p { (t("今天：", "Today: ")) (designated(reader, now, today)) } }
    }
}

/// By month: what was settled, and what was taken back.
fn months(reader: &Reader, sums: &[SlipSum]) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    let mut by_month: BTreeMap<u64, [SlipSum; 2]> = BTreeMap::new();
    for sum in sums {
        by_month.entry(sum.period).or_default()[usize::from(sum.refunds)] = *sum;
    }
    let heads = [
        t("笔数", "bills"),
        t("费用（元）", "cost, yuan"),
        t("基金", "funds"),
        t("账户", "accounts"),
        t("现金", "cash"),
        t("退费笔数", "taken back"),
        t("退费（元）", "their cost, yuan"),
    ];
    html! {
        @if by_month.is_empty() { p { (t("没有结算", "Nothing was settled")) } }
        @else { div.wide { table {
            thead { tr { th scope="col" { (t("月份", "month")) } @for head in heads { th.n scope="col" { (head) } } } }
            tbody { @for (period, [settled, back]) in by_month.iter().rev() { tr {
                th scope="row" { (month(*period)) }
                td.n { (settled.count) } td.n { (amount(settled.total)) } td.n { (amount(settled.funds)) }
                td.n { (amount(settled.account)) } td.n { (amount(settled.cash)) }
                td.n { (back.count) } td.n { (amount(back.total)) }
            } } }
        } } }
    }
}

/// `2026-11`.
fn month(period: u64) -> String {
    let month = u32::try_from(period).ok().and_then(Month::of_digits);
    month.map_or_else(|| period.to_string(), |month| month.to_string())
}
