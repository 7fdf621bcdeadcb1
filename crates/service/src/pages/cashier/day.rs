//! The day of an institution: every settlement and every one taken back, sums by kind, and whether the till has the same.

use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::sync::Arc;

use agency::deed::{Deed, Doing};
use agency::domain::fen::Fen;
use agency::domain::setting::Setting;
use agency::{Agency, Slip, SlipAsk, SlipRow, StoreError, moment};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use tokio::task::spawn_blocking;

use super::super::operator::broken;
use super::super::signed;
use super::{AtTill, DAY, faults, figures};
use crate::clock;
use crate::door::Door;
use crate::reconcile::clue::{self, Clue};
use crate::reconcile::compare::Ours;
use crate::reconcile::ours::{Asked, DaySums, MOST_ROWS};
use crate::reconcile::sums::Sums;
use crate::reconcile::{Amounts, Which};
use crate::wire::ids::SettlementId;
use crate::wire::refusal::Refusal;

/// So many rows stand on the page; the sums are of all.
const MOST_SHOWN: usize = 500;

/// How many rows, and what they come to in fen: bills, funds, accounts, cash, the institution's own part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Came {
    count: i128,
    amounts: [i128; 5],
}

impl Came {
    /// Of one row: what was taken back is negative.
    fn of(row: &SlipRow) -> Came {
        let sign = if row.about > 0 { -1 } else { 1 };
        let parts = [row.total, row.funds, row.account, row.cash, row.hospital];
        Came {
            count: 1,
            amounts: parts.map(|fen| sign * i128::from(fen.fen())),
        }
    }
}

impl AddAssign for Came {
    fn add_assign(&mut self, more: Came) {
        self.count += more.count;
        for (sum, more) in self.amounts.iter_mut().zip(more.amounts) {
            *sum += more;
        }
    }
}

/// What the books have of a day.
struct Day {
    on: Date,
    slips: Vec<Slip>,
    /// As institutions reconcile by them.
    sums: DaySums,
}

impl Day {
    async fn of(door: &Door, at: &AtTill, on: Date) -> Result<Day, Refusal> {
        let agency = Arc::clone(&door.window.agency);
        let institution = at.institution.clone();
        let read = spawn_blocking(move || Day::read(&agency, &institution, on)).await;
        let read = read.map_err(|error| error.to_string());
        let read = read.and_then(|read| read.map_err(|error| error.to_string()));
        read.map_err(|why| agency::Refused::Unavailable(why).into())
    }

    fn read(agency: &Agency, institution: &str, on: Date) -> Result<Day, StoreError> {
        let ask = SlipAsk {
            party: institution.to_owned(),
            from: moment::first(on),
            until: moment::last(on),
            ..SlipAsk::default()
        };
        let limit = u32::try_from(MOST_ROWS).unwrap_or(u32::MAX);
        let slips = agency.slips(&ask, None, limit)?;
        let sums = Asked::all(institution, on, on).by_day(agency)?;
        let sums = sums.get(&on).copied().unwrap_or_default();
        Ok(Day { on, slips, sums })
    }

    fn together(&self) -> Came {
        let mut together = Came::default();
        self.slips
            .iter()
            .for_each(|slip| together += Came::of(&slip.row));
        together
    }

    /// The only one that explains the whole difference by itself, and whether it is lacking there; none where there are several.
    fn alone(&self, theirs: [i128; 5]) -> Option<(&Slip, bool)> {
        let ours: Vec<Ours> = self.slips.iter().map(|slip| counted(&slip.row)).collect();
        let [count, total, funds, account, cash] = theirs;
        let told = Sums {
            count,
            total,
            funds,
            account,
        };
        let clues = clue::of_rows(told, &ours);
        let [clue] = clues.as_slice() else {
            return None;
        };
        let (place, lacks) = match *clue {
            Clue::Lacking(place) => (place, true),
            Clue::Surplus(place) => (place, false),
            Clue::WithoutRefunds | Clue::Day(_) => return None,
        };
        let slip = self.slips.get(place)?;
        // The cash, which is not reconciled with institutions, is explained, too.
        let [.., all, _] = self.together().amounts;
        let [.., of_it, _] = Came::of(&slip.row).amounts;
        let explained = if lacks { all - cash } else { cash - all };
        (explained == of_it).then_some((slip, lacks))
    }

    /// By the kind of care, what was taken back apart.
    fn by_kind(&self) -> BTreeMap<(&str, bool), Came> {
        let mut kinds = BTreeMap::new();
        for Slip { row, .. } in &self.slips {
            let kind = (row.setting.as_str(), row.about > 0);
            *kinds.entry(kind).or_insert(Came::default()) += Came::of(row);
        }
        kinds
    }
}

/// A row as institutions reconcile by it.
fn counted(row: &SlipRow) -> Ours {
    let sign = if row.about > 0 { -1 } else { 1 };
    let signed = |fen: Fen| sign * i64::try_from(fen.fen()).unwrap_or(i64::MAX);
    Ours {
        amounts: Amounts {
            total: signed(row.total),
            funds: signed(row.funds),
            account: signed(row.account),
        },
        ..Ours::default()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct On {
    on: String,
}

pub(super) async fn shown(
    State(door): State<Arc<Door>>,
    at: AtTill,
    query: Result<Query<On>, QueryRejection>,
) -> Response {
    let Query(On { on }) = query.unwrap_or_default();
    page(&door, at, &on, None).await
}

/// What the cashier's till has.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    on: String,
    count: String,
    total: String,
    funds: String,
    account: String,
    cash: String,
}

/// The figures that are compared: the form's name of each, and its names for people.
const FIGURES: [(&str, &str, &str); 5] = [
    ("count", "笔数", "count"),
    ("total", "总额", "total"),
    ("funds", "基金", "funds"),
    ("account", "账户", "accounts"),
    ("cash", "现金", "cash"),
];

impl Typed {
    const fn each(&self) -> [&String; 5] {
        [
            &self.count,
            &self.total,
            &self.funds,
            &self.account,
            &self.cash,
        ]
    }

    /// In the order of [`FIGURES`], or everything that is wrong.
    fn read(&self, at: &AtTill) -> Result<[i128; 5], Vec<String>> {
        let mut read = [0; 5];
        let mut wrong = Vec::new();
        let fields = FIGURES.iter().zip(self.each()).zip(&mut read);
        for (((name, zh, en), text), place) in fields {
            let figure = match *name {
                "count" => figures::count(at.reader(), text),
                _ => figures::sum(at.reader(), (zh, en), text),
            };
            match figure {
                Ok(figure) => *place = figure,
                Err(why) => wrong.push(why),
            }
        }
        if wrong.is_empty() {
            Ok(read)
        } else {
            Err(wrong)
        }
    }
}

/// Holds what the till has against the books.
pub(super) async fn reconciled(
    State(door): State<Arc<Door>>,
    at: AtTill,
    Form(form): Form<Typed>,
) -> Response {
    let on = form.on.clone();
    // What is no day is told, compared with nothing and written down nowhere.
    if let Some(day) = day_of(&on) {
        let deed = Deed {
            about: format!("{} {day}", at.institution),
            ..at.work.deed(Doing::Reconciled)
        };
        if let Err(refusal) = door.window.deed(deed).await {
            return broken(at.work.reader, &refusal).into_response();
        }
    }
    page(&door, at, &on, Some(&form)).await
}

/// The day that is typed; today where none is.
fn day_of(on: &str) -> Option<Date> {
    match on.trim() {
        "" => Some(clock::now().date()),
        on => agency::day(on),
    }
}

async fn page(door: &Door, at: AtTill, on: &str, typed: Option<&Typed>) -> Response {
    let read = day_of(on);
    let today = clock::now().date();
    let mut wrong = Vec::new();
    if read.is_none() {
        let rule = at.t(
            "日期应写作 2026-11-27，以下为今天",
            "A day is written like 2026-11-27; below is today",
        );
        wrong.push(rule.to_owned());
    }
    let day = match Day::of(door, &at, read.unwrap_or(today)).await {
        Ok(day) => day,
        Err(refusal) => return broken(at.work.reader, &refusal).into_response(),
    };
    let theirs = typed
        .filter(|_| wrong.is_empty())
        .map(|typed| typed.read(&at));
    if let Some(Err(more)) = &theirs {
        wrong.extend(more.iter().cloned());
    }
    let body = html! {
        @if !wrong.is_empty() { (faults(&at, &wrong)) }
        form method="get" action=(DAY) {
            label { (at.t("日期 ", "Day ")) input type="date" name="on" value=(day.on); }
            button { (at.t("查看", "Show")) }
        }
        @if let Some(Ok(theirs)) = theirs { (compared(door, &at, &day, theirs)) }
        @if day.slips.is_empty() { p { (at.t("这一天没有结算", "There is no settlement on this day")) } }
        @else { p.printed { (at.t("日期：", "Day: ")) (day.on) } (sums(&at, &day)) (rows(door, &at, &day)) (at.printed(&door.window.agency.office())) }
        (asking(&at, &day, typed))
    };
    let status = match wrong.is_empty() {
        true => axum::http::StatusCode::OK,
        false => axum::http::StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = at.page(door, ("当日结算", "The day"), &body);
    (status, page).into_response()
}

fn heads(at: &AtTill) -> [&'static str; 5] {
    [
        at.t("费用（元）", "cost, yuan"),
        at.t("基金", "funds"),
        at.t("账户", "accounts"),
        at.t("现金", "cash"),
        at.t("机构承担", "institution"),
    ]
}

fn kind_of(at: &AtTill, setting: &str) -> String {
    let known = Setting::from_code(setting);
    known.map_or_else(
        || setting.to_owned(),
        |known| known.name(at.reader().lang).to_owned(),
    )
}

fn sums(at: &AtTill, day: &Day) -> Markup {
    let cells = |came: Came| {
        html! {
            td.n data-label=(at.t("笔数", "count")) { (came.count) }
            @for (sum, head) in came.amounts.into_iter().zip(heads(at)) { td.n data-label=(head) { (signed(sum)) } }
        }
    };
    html! {
        section aria-labelledby="sums" {
            h2 #sums { (at.t("合计", "Sums")) }
            div.wide { table.stack {
                thead { tr { th scope="col" { (at.t("类别", "kind")) } th.n scope="col" { (at.t("笔数", "count")) } @for head in heads(at) { th.n scope="col" { (head) } } } }
                tbody { @for ((setting, back), came) in day.by_kind() { tr {
                    th scope="row" { (kind_of(at, setting)) @if back { " " span.bad { (at.t("退费", "taken back")) } } }
                    (cells(came))
                } } }
                tfoot { tr { th scope="row" { (at.t("合计", "together")) } (cells(day.together())) } }
            } }
        }
    }
}

fn rows(door: &Door, at: &AtTill, day: &Day) -> Markup {
    let more = day.slips.len().saturating_sub(MOST_SHOWN);
    html! {
        section aria-labelledby="rows" {
            h2 #rows { (at.t("明细", "One by one")) }
            div.wide { table.stack {
                thead { tr { th scope="col" { (at.t("时间", "time")) } th scope="col" { (at.t("结算编号", "settlement")) } th scope="col" { (at.t("类别", "kind")) } @for head in heads(at) { th.n scope="col" { (head) } } } }
                tbody { @for slip in day.slips.iter().take(MOST_SHOWN) {
                    @let row = &slip.row;
                    tr {
                        td data-label=(at.t("时间", "time")) { (time(row.at)) }
                        td data-label=(at.t("结算编号", "settlement")) { (link(door, slip)) }
                        td data-label=(at.t("类别", "kind")) { (kind_of(at, &row.setting)) @if row.about > 0 { " " span.bad { (at.t("退费", "taken back")) } } }
                        @for (sum, head) in Came::of(row).amounts.into_iter().zip(heads(at)) { td.n data-label=(head) { (signed(sum)) } }
                    }
                } }
            } }
            @if more > 0 { p.note { (at.t("另有未显示的笔数：", "Not shown, but in the sums: ")) (more) } }
        }
    }
}

fn time(at: u64) -> String {
    let at = moment::of_digits(at);
    at.map_or_else(String::new, |at| at.strftime("%H:%M:%S").to_string())
}

/// The form in which the cashier tells what the till has.
fn asking(at: &AtTill, day: &Day, typed: Option<&Typed>) -> Markup {
    let typed = typed.cloned().unwrap_or_default();
    html! {
        section.screen aria-labelledby="till" {
            h2 #till { (at.t("与本机构收款核对", "Hold it against the till")) }
            p.note { (at.t("结算与退费各计一笔，退费金额为负。", "A settlement and its being taken back are two; what is taken back is negative.")) }
            form.ask method="post" action=(DAY) {
                input type="hidden" name="on" value=(day.on);
                @for ((name, zh, en), value) in FIGURES.iter().zip(typed.each()) {
                    label { span { (at.t(zh, en)) } input name=(name) value=(value) inputmode="decimal" autocomplete="off" maxlength="16" size="14" required; }
                }
                button { (at.t("核对", "Compare")) }
            }
        }
    }
}

/// Which figures are the same, and by how much the others differ.
fn compared(door: &Door, at: &AtTill, day: &Day, theirs: [i128; 5]) -> Markup {
    let sums = day.sums.sums(Which::All);
    let [.., cash, _] = day.together().amounts;
    let ours = [sums.count, sums.total, sums.funds, sums.account, cash];
    let [count, total, funds, account, _] = theirs;
    let told = Sums {
        count,
        total,
        funds,
        account,
    };
    let clues = clue::of_days(told, &[(day.on, day.sums)], Which::All);
    let shown = |name: &str, figure: i128| match name {
        "count" => figure.to_string(),
        _ => signed(figure),
    };
    html! {
        section aria-labelledby="compared" {
            h2 #compared { @if ours == theirs { (at.t("核对一致", "All is equal")) } @else { (at.t("核对不一致", "There is a difference")) } }
            div.wide { table {
                thead { tr { @for head in [at.t("项目", "figure"), at.t("本机构", "till"), at.t("中心", "agency"), at.t("差额", "difference")] { th scope="col" { (head) } } } }
                tbody { @for ((&(name, zh, en), theirs), ours) in FIGURES.iter().zip(theirs).zip(ours) { tr {
                    th scope="row" { (at.t(zh, en)) }
                    td.n { (shown(name, theirs)) } td.n { (shown(name, ours)) }
                    td.n { @if theirs == ours { (at.t("一致", "equal")) } @else { strong.bad { (shown(name, theirs - ours)) } } }
                } } }
            } }
            @if clues.contains(&Clue::WithoutRefunds) { p { (at.t("差额恰为当日退费：本机构可能未计退费。", "The difference is just what was taken back: the till may not have counted it.")) } }
            @if let Some((slip, lacks)) = day.alone(theirs) { (one(door, at, slip, lacks)) }
        }
    }
}

/// The one bill that explains the difference.
fn one(door: &Door, at: &AtTill, slip: &Slip, lacks: bool) -> Markup {
    let why = match lacks {
        true => at.t(
            "差额恰为这一笔，本机构可能漏计：",
            "The difference is just this one; the till may lack it: ",
        ),
        false => at.t(
            "差额恰为这一笔，本机构可能重复计入：",
            "The difference is just this one; the till may have it twice: ",
        ),
    };
    html! { p { (why) (link(door, slip)) " " (time(slip.row.at)) " " (kind_of(at, &slip.row.setting)) } }
}

/// To the receipt of a slip, under the slip's own number.
fn link(door: &Door, Slip { lane, row }: &Slip) -> Markup {
    let origin = if row.about > 0 { row.about } else { row.seq };
    let id = SettlementId {
        region: door.window.area,
        lane: lane.number,
        entry: row.seq,
    };
    html! { a href={ "/cashier/settlements/" (lane.number) "-" (origin) } { (id.told().unwrap_or_default()) } }
}
