//! What a settled bill would have come to if one thing about it had been otherwise. Nothing of it touches the books.

use std::sync::Arc;

use agency::Refused;
use agency::domain::explain::amount;
use agency::domain::settlement::Settlement;
use agency::domain::step::Payer;
use agency::domain::words::Name;
use agency::what_if::{Changed, Other, SettledIf};
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use maud::{Markup, html};

use super::super::alert::alert;
use super::super::operator::{AtWork, broken};
use super::super::pay::changes::{difference, name};
use super::super::person::PersonRecord;
use super::super::{Page, Reader, number_of};
use super::record::{looked, no_sheet, part};
use crate::door::Door;

/// Where the page is.
pub(super) fn routes() -> Router<Arc<Door>> {
    let path = "/agency/persons/{number}/settlements/{entry}/what-if";
    Router::new().route(path, get(shown))
}

async fn shown(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path((number, entry)): Path<(String, String)>,
) -> Result<Page, Page> {
    let Some(entry) = number_of(&entry) else {
        return Err(no_sheet(work));
    };
    let record = looked(&door, &work, &number, &format!("what-if {entry}")).await?;
    // Policies are read and compiled, and the bill is settled dozens of times.
    let settled = tokio::task::spawn_blocking(move || {
        let library = &door.window.library;
        let what = SettledIf::of(&record.office, library, &record.history, entry);
        (record, what)
    });
    let Ok((record, what)) = settled.await else {
        let lost = Refused::Unavailable("the bill was not settled again".to_owned());
        return Err(broken(work.reader, &lost.into()));
    };
    let body = match what {
        Ok(Some(what)) => told(&record, entry, &what),
        Ok(None) => return Err(no_sheet(work)),
        Err(why) => alert(why.lang(record.lang())),
    };
    Ok(part(work, &record, ("假如情况不同", "What if"), &body))
}

fn told(record: &PersonRecord, entry: u64, what: &SettledIf) -> Markup {
    let reader = &record.reader;
    let is_region = |other: &&Other| matches!(other.changed, Changed::Region(..));
    let (regions, here): (Vec<&Other>, Vec<&Other>) = what.others.iter().partition(is_region);
    let (with, without): (Vec<&Other>, Vec<&Other>) =
        regions.into_iter().partition(|other| other.outcome.is_ok());
    let sheet = format!("{}/settlements/{entry}", record.base);
    html! {
        p { a href=(sheet) { (record.t("结算单 ", "Settlement ")) (entry) } }
        p.note { (record.t(
            "同一张账单，每行只改变一处，用同一套计算重算；括号内是与实际结算的差额。只是试算，不改变账目。",
            "The same bill with one thing changed in each line, settled by the same rules of arithmetic; in brackets, the difference to what was settled. Nothing of it touches the books.",
        )) }
        (table(reader, record.t("逐项比较（元）", "One by one, yuan"), &what.settlement, &here))
        @if !with.is_empty() {
            details {
                summary { (record.t("在其他地区参保", "Insured in another region")) " (" (with.len()) ")" }
                (table(reader, record.t("其他地区（元）", "Other regions, yuan"), &what.settlement, &with))
            }
        }
        @if !without.is_empty() {
            p.note { (record.t("没有这种情况的规则：", "No rules for such a bill: "))
                (without.iter().map(|other| name(reader, &other.changed)).collect::<Vec<_>>().join(record.t("、", ", "))) }
        }
    }
}

/// A line for the bill as it was settled, and one for each change; a column for each purse that pays in any of them.
fn table(reader: &Reader, caption: &str, settled: &Settlement, others: &[&Other]) -> Markup {
    let outcomes = others
        .iter()
        .filter_map(|other| other.outcome.as_ref().ok());
    let all: Vec<&Settlement> = std::iter::once(settled).chain(outcomes).collect();
    let pays = |payer: &&Payer| all.iter().any(|one| !one.paid_by(**payer).is_zero());
    let payers: Vec<&Payer> = Payer::ALL.iter().filter(pays).collect();
    html! {
        div.wide { table {
            caption { (caption) }
            thead { tr {
                th scope="col" { (reader.say("如果", "if")) }
                @for payer in &payers { th.n scope="col" { (payer.name(reader.lang)) } }
                th.n scope="col" { (reader.say("合计", "together")) }
            } }
            tbody {
                tr {
                    th scope="row" { strong { (reader.say("实际结算", "as it was settled")) } }
                    @for payer in &payers { td.n { (amount(settled.paid_by(**payer))) } }
                    td.n { (amount(settled.total())) }
                }
                @for other in others { (line(reader, &payers, settled, other)) }
            }
        } }
    }
}

fn line(reader: &Reader, payers: &[&Payer], settled: &Settlement, other: &Other) -> Markup {
    let outcome: Result<&Settlement, &Name> = other.outcome.as_ref();
    html! {
        tr {
            th scope="row" { (name(reader, &other.changed)) }
            @match outcome {
                Ok(then) => {
                    @for payer in payers {
                        @let (was, would) = (settled.paid_by(**payer), then.paid_by(**payer));
                        td.n { (amount(would)) @if was != would { br; "(" (difference(reader, was, would)) ")" } }
                    }
                    td.n { (amount(then.total())) }
                }
                Err(why) => td colspan=(payers.len() + 1) { (why.lang(reader.lang)) },
            }
        }
    }
}
