//! The sheet of one settlement, to read and to print: who paid what, every step with its clause, what is left.

use agency::domain::bill::{Quantity, UnitPrice};
use agency::domain::explain::{self, About, amount};
use agency::domain::fen::Fen;
use agency::domain::step::{Payer, Step};
use agency::record::{Cost, Settled};
use maud::{Markup, html};

use super::super::clause::cited;
use super::PersonRecord;
use super::settlements::{place, totals};
use crate::wire::family;

/// None if the person has no such settlement.
pub(super) fn of(record: &PersonRecord, number: u64) -> Option<Markup> {
    let lang = record.lang();
    let (entry, settled, reversal) = record.settlement(number)?;
    let version = record.office.policies.numbered(entry.policy)?;
    let plan = &version.file.plan;
    let steps: Vec<Step> = settled
        .steps
        .iter()
        .filter_map(|form| form.step())
        .collect();
    let cost = settled.care.cost.of_bill();
    let family = family(&steps, settled);
    let about = About {
        cost: &cost,
        family: &family,
        stays: None,
    };
    let totals = totals(settled);
    let [current, prior, granted] = settled.left.map(Fen::new);
    Some(html! {
        @if let Some(later) = reversal { p.bad { (record.t("已于以下日期退费：", "Taken back on ")) (later.day) } }
        p { (place(record, &entry.party, settled)) " · " (entry.day) " · " (record.t("记录 ", "entry ")) (entry.seq) }
        table {
            caption { (record.t("费用分担（元）", "Who pays what, yuan")) }
            tbody { @for &payer in Payer::ALL {
                @let paid = totals.paid_by(payer);
                @if !paid.is_zero() || payer == Payer::Cash { tr { th scope="row" { (payer.name(lang)) } td.n { (amount(paid)) } } }
            } }
            tfoot { tr { th scope="row" { (record.t("合计", "together")) } td.n { (amount(totals.total())) } } }
        }
        (lines(record, settled))
        h2 { (record.t("怎么算出来的（按法定顺序）", "How it comes about, in the order of the law")) }
        ol.steps { @for step in &steps { li {
            strong { (explain::stage(step.stage, lang)) } " " (explain::step_of(plan, about, step, lang)) " " span.n { (amount(step.amount)) }
            @for clause in &plan.rule(step.rule).clauses { (cited(&plan.policy, clause, lang)) }
        } } }
        p { (record.t("结算后余额（元）：当年 ", "Left, yuan: current year ")) (amount(current)) (record.t("，历年 ", ", prior years ")) (amount(prior))
            @if !granted.is_zero() { (record.t("，共济 ", ", granted ")) (amount(granted)) } }
        p.note { (record.t("用浏览器的打印功能可打印此页。", "Print this page with the browser.")) }
    })
}

/// What was bought or done, by the catalogue's names of then; nothing where the institution told sums alone.
fn lines(record: &PersonRecord, settled: &Settled) -> Markup {
    let Cost::Lines(lines) = &settled.care.cost else {
        return html! {};
    };
    let heads = [
        record.t("数量", "quantity"),
        record.t("单价（元）", "price, yuan"),
        record.t("金额（元）", "amount, yuan"),
    ];
    html! {
        h2 { (record.t("费用明细", "What was bought or done")) }
        div.wide { table {
            thead { tr { th scope="col" { (record.t("行", "line")) } th scope="col" { (record.t("项目", "item")) } th scope="col" { (record.t("类别", "class")) } @for head in heads { th.n scope="col" { (head) } } } }
            tbody { @for (number, line) in (1..).zip(lines) {
                @let day = line.day.unwrap_or(settled.care.when.from);
                @let known = record.office.catalogue.on(&line.item, day);
                tr {
                    td { (number) }
                    th scope="row" { @if let Some(item) = known { (item.name) " " } small.clause { (line.item) } }
                    td { (line.class.name(record.lang())) }
                    td.n { (Quantity(line.quantity)) } td.n { (UnitPrice(line.unit_price)) }
                    td.n { @if let Some(sum) = line.amount { (amount(Fen::new(sum))) } }
                }
            } }
        } }
    }
}
