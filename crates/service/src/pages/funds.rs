//! The page of the funds: income, outlay and balance by month as a chart and a table, and the months of reserve. Open to anyone in a sandbox, to the staff elsewhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use agency::domain::explain::amount;
use agency::domain::fen::Fen;
use agency::domain::ledger::LedgerAccount;
use agency::domain::month::Month;
use agency::domain::words::Lang;
use agency::funds::{FundMonth, by_month, reserve};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use maud::{Markup, html};

use super::alert::headed;
use super::{Page, Reader};
use crate::door::Door;

/// Months of the chart.
const MONTHS: usize = 24;
/// Height of the chart, in its own units.
const HEIGHT: u64 = 1000;
/// Width of a month in it, and of a bar.
const WIDTHS: (usize, usize) = (100, 40);

/// Where the page is.
pub fn routes() -> Router<Arc<Door>> {
    Router::new().route("/funds", get(shown))
}

async fn shown(State(door): State<Arc<Door>>, reader: Reader) -> Page {
    let agency = Arc::clone(&door.window.agency);
    // Sums wait for every lane: off the threads that answer.
    let told = tokio::task::spawn_blocking(move || by_month(&agency)).await;
    let body = match told {
        Ok(Ok(funds)) => all(&reader, &funds),
        Ok(Err(error)) => fault(&reader, &error.to_string()),
        Err(_) => fault(
            &reader,
            reader.say("未能完成，请重试", "it was not finished; try again"),
        ),
    };
    Page {
        title: reader.say("基金收支", "Funds").to_owned(),
        reader,
        status: StatusCode::OK,
        body,
    }
}

fn fault(reader: &Reader, why: &str) -> Markup {
    headed(reader.say("无法读取", "It cannot be read"), why)
}

fn all(reader: &Reader, funds: &BTreeMap<LedgerAccount, Vec<FundMonth>>) -> Markup {
    let months = funds.values().flatten().map(|row| row.month);
    let Some(last) = months.max() else {
        return html! { p { (reader.say("没有收支。", "There is no income and no outlay.")) } };
    };
    html! {
        p.note { (reader.say(
            "可支付月数：期末结存除以最近十二个月（不足十二个月的按已有月数）的月均支出，舍去一位小数以下；不是对将来的预测。",
            "Months of reserve: the balance divided by the mean outlay of the last twelve months, or of as many as there are, rounded down to one decimal; it does not foretell what will go out.",
        )) }
        @for (account, months) in funds { (fund(reader, account.name(reader.lang), months, last)) }
    }
}

fn fund(reader: &Reader, name: &str, months: &[FundMonth], last: Month) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    let reserve = reserve(months, last);
    html! {
        section {
            h2 { (name) }
            dl.figures {
                div { dt { (t("结存（元）", "Balance, yuan")) } dd { (months.last().map(|row| row.balance.text()).unwrap_or_default()) } }
                div { dt { (t("可支付月数", "Months of reserve")) } dd { (reserve.as_deref().unwrap_or("—")) } }
            }
            (chart(reader, name, months))
            div.wide { table {
                caption { (t("按月", "By month")) }
                thead { tr {
                    th scope="col" { (t("月份", "month")) } th.n scope="col" { (t("收入（元）", "income, yuan")) }
                    th.n scope="col" { (t("支出（元）", "outlay, yuan")) } th.n scope="col" { (t("结存（元）", "balance, yuan")) }
                } }
                tbody { @for row in months.iter().rev() { tr {
                    th scope="row" { (row.month) } td.n { (amount(row.income)) } td.n { (amount(row.outlay)) } td.n { (row.balance.text()) }
                } } }
            } }
        }
    }
}

/// Bars of the last months, income beside outlay; all that they show is in the table, too.
fn chart(reader: &Reader, name: &str, months: &[FundMonth]) -> Markup {
    let shown = &months[months.len().saturating_sub(MONTHS)..];
    let largest = shown.iter().map(|row| row.income.max(row.outlay)).max();
    let largest = largest.unwrap_or_default();
    let (first, last) = (shown.first(), shown.last());
    let [first, last] =
        [first, last].map(|row| row.map_or_else(String::new, |row| row.month.to_string()));
    let most = amount(largest);
    let told = match reader.lang {
        Lang::Zh => {
            format!("{name}：{first}至{last}各月收入和支出的柱形图，最高{most}元；数字见下表")
        }
        Lang::En => format!(
            "{name}: bars of income and outlay by month, {first} to {last}, the highest {most} yuan; the figures are in the table below"
        ),
    };
    let (month, bar) = WIDTHS;
    html! {
        svg.bar.tall viewBox=(format!("0 0 {} {HEIGHT}", shown.len() * month)) preserveAspectRatio="none" role="img" aria-label=(told) {
            @for (n, row) in shown.iter().enumerate() {
                @for (side, class, sum) in [(0, "funds", row.income), (1, "cash", row.outlay)] {
                    @let height = height(sum, largest);
                    rect class=(class) x=(n * month + 10 + side * bar) y=(HEIGHT - height) width=(bar) height=(height) {}
                }
            }
        }
        ul.key {
            li { span.dot.funds {} (reader.say("收入", "income")) }
            li { span.dot.cash {} (reader.say("支出", "outlay")) }
            li { (first) " – " (last) }
        }
    }
}

fn height(sum: Fen, largest: Fen) -> u64 {
    let part = u128::from(sum.fen()) * u128::from(HEIGHT);
    let height = part.checked_div(u128::from(largest.fen()));
    u64::try_from(height.unwrap_or(0)).unwrap_or(HEIGHT)
}
