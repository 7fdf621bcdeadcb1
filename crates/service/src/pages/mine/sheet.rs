//! The sheet of one settlement, to read and to print: who paid what, every step with its clause, what is left.

use agency::domain::bill::{Quantity, UnitPrice};
use agency::domain::explain::{self, About, amount};
use agency::domain::fen::Fen;
use agency::domain::step::{Payer, Step};
use agency::record::{Cost, Event, Settled};
use maud::{Markup, html};

use super::super::clause::cited;
use super::Mine;
use super::settlements::{place, totals};
use crate::wire::family;

/// None if the person has no such settlement.
pub(super) fn of(mine: &Mine, number: u64) -> Option<Markup> {
    let lang = mine.lang();
    let found = mine.history.iter().find(|(entry, _)| entry.seq == number);
    let (entry, Event::Settled(settled)) = found? else {
        return None;
    };
    let version = mine.office.policies.numbered(entry.policy)?;
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
    let reversal = mine
        .history
        .iter()
        .find(|(later, event)| later.about == number && matches!(event, Event::Reversed(_)));
    let [current, prior, granted] = settled.left.map(Fen::new);
    Some(html! {
        @if let Some((later, _)) = reversal { p.bad { (mine.t("已于以下日期退费：", "Taken back on ")) (later.day) } }
        p { (place(mine, &entry.party, settled)) " · " (entry.day) " · " (mine.t("记录 ", "entry ")) (entry.seq) }
        table {
            caption { (mine.t("费用分担（元）", "Who pays what, yuan")) }
            tbody { @for &payer in Payer::ALL {
                @let paid = totals.paid_by(payer);
                @if !paid.is_zero() || payer == Payer::Cash { tr { th scope="row" { (payer.name(lang)) } td.n { (amount(paid)) } } }
            } }
            tfoot { tr { th scope="row" { (mine.t("合计", "together")) } td.n { (amount(totals.total())) } } }
        }
        (lines(mine, settled))
        h2 { (mine.t("怎么算出来的（按法定顺序）", "How it comes about, in the order of the law")) }
        ol.steps { @for step in &steps { li {
            strong { (explain::stage(step.stage, lang)) } " " (explain::step_of(plan, about, step, lang)) " " span.n { (amount(step.amount)) }
            @for clause in &plan.rule(step.rule).clauses { (cited(&plan.policy, clause, lang)) }
        } } }
        p { (mine.t("结算后余额（元）：当年 ", "Left, yuan: current year ")) (amount(current)) (mine.t("，历年 ", ", prior years ")) (amount(prior))
            @if !granted.is_zero() { (mine.t("，共济 ", ", granted ")) (amount(granted)) } }
        p.note { (mine.t("用浏览器的打印功能可打印此页。", "Print this page with the browser.")) }
    })
}

/// What was bought or done, by the catalogue's names of then; nothing where the institution told sums alone.
fn lines(mine: &Mine, settled: &Settled) -> Markup {
    let Cost::Lines(lines) = &settled.care.cost else {
        return html! {};
    };
    let heads = [
        mine.t("数量", "quantity"),
        mine.t("单价（元）", "price, yuan"),
        mine.t("金额（元）", "amount, yuan"),
    ];
    html! {
        h2 { (mine.t("费用明细", "What was bought or done")) }
        div.wide { table {
            thead { tr { th scope="col" { (mine.t("行", "line")) } th scope="col" { (mine.t("项目", "item")) } th scope="col" { (mine.t("类别", "class")) } @for head in heads { th.n scope="col" { (head) } } } }
            tbody { @for (number, line) in (1..).zip(lines) {
                @let day = line.day.unwrap_or(settled.care.when.from);
                @let known = mine.office.catalogue.on(&line.item, day);
                tr {
                    td { (number) }
                    th scope="row" { @if let Some(item) = known { (item.name) " " } small.clause { (line.item) } }
                    td { (line.class.name(mine.lang())) }
                    td.n { (Quantity(line.quantity)) } td.n { (UnitPrice(line.unit_price)) }
                    td.n { @if let Some(sum) = line.amount { (amount(Fen::new(sum))) } }
                }
            } }
        } }
    }
}
