//! A person's settlements, the latest first; each leads to its sheet.

use std::collections::HashSet;

use agency::domain::explain::amount;
use agency::domain::step::{Payer, Step, Totals};
use agency::record::{Event, Settled};
use maud::{Markup, html};

use super::PersonRecord;

/// At most so many.
pub(super) fn last(record: &PersonRecord, most: usize) -> Markup {
    let taken_back: HashSet<u64> = record
        .history
        .iter()
        .filter(|(_, event)| matches!(event, Event::Reversed(_)))
        .map(|(entry, _)| entry.about)
        .collect();
    let settled = record.history.iter().rev();
    let settled = settled.filter_map(|(entry, event)| match event {
        Event::Settled(settled) => Some((entry, settled)),
        _ => None,
    });
    let rows: Vec<_> = settled.take(most).collect();
    let heads = [
        record.t("费用（元）", "cost, yuan"),
        record.t("基金", "funds"),
        record.t("账户", "account"),
        record.t("现金", "cash"),
    ];
    html! {
        section aria-labelledby="settlements" {
            h2 #settlements { (record.t("结算记录", "Settlements")) }
            @if rows.is_empty() { p { (record.t("还没有结算", "There is none yet")) } }
            @else { div.wide { table {
                thead { tr { th scope="col" { (record.t("日期", "day")) } th scope="col" { (record.t("机构", "where")) } @for head in heads { th.n scope="col" { (head) } } } }
                tbody { @for (entry, settled) in rows {
                    @let totals = totals(settled);
                    tr {
                        td { a href={ (record.base) "/settlements/" (entry.seq) } { (entry.day) } @if taken_back.contains(&entry.seq) { " " span.bad { (record.t("已退费", "taken back")) } } }
                        td { (place(record, &entry.party, settled)) }
                        td.n { (amount(totals.total())) } td.n { (amount(totals.funds())) }
                        td.n { (amount(totals.account() + totals.paid_by(Payer::Family))) } td.n { (amount(totals.paid_by(Payer::Cash))) }
                    }
                } }
            } } }
        }
    }
}

/// What it comes to, by its steps.
pub(in crate::pages) fn totals(settled: &Settled) -> Totals {
    let steps: Vec<Step> = settled
        .steps
        .iter()
        .filter_map(|form| form.step())
        .collect();
    steps.iter().collect()
}

/// The kind of care, and where.
pub(super) fn place(record: &PersonRecord, party: &str, settled: &Settled) -> String {
    let known = record
        .office
        .institution(party, settled.care.when.from)
        .ok();
    let name = known.map_or(party, |agreement| agreement.name.as_str());
    format!("{} · {name}", settled.care.setting.name(record.lang()))
}
