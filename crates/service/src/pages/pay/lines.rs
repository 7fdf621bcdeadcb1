//! What each fee line divides into, by the rules of the region.

use agency::divided::{Divided, amount as whole, divided};
use agency::domain::bill::Cost;
use agency::domain::explain::amount;
use agency::domain::fen::Fen;
use agency::record::FeeLine;
use agency::what_if::WhatIf;
use maud::{Markup, html};

use super::super::Reader;

/// A table, where lines were told.
pub(super) fn told(reader: &Reader, what: &WhatIf) -> Markup {
    let Cost::Lines(lines) = &what.bill.cost else {
        return html! {};
    };
    let plan = &what.file.plan;
    let lines: Vec<FeeLine> = lines.iter().map(FeeLine::of).collect();
    let parts = divided(what.settlement.steps(), &lines, plan);
    let amounts: Vec<u64> = lines.iter().map(|line| whole(line, plan)).collect();
    let t = |zh, en| reader.say(zh, en);
    html! {
        h3 { (t("每行怎么分", "What each line divides into")) }
        p.note { (t("有使用限制的项目按符合限制计算。", "Items whose use is restricted count as used as they may be.")) }
        div.wide { table {
            thead { tr {
                th scope="col" { (t("项目", "item")) } th scope="col" { (t("类别", "class")) } th.n scope="col" { (t("金额", "amount")) }
                th.n scope="col" { (t("全自费", "self-funded")) } th.n scope="col" { (t("超限价", "over the limit")) }
                th.n scope="col" { (t("先行自付", "first share")) } th.n scope="col" { (t("范围内", "in scope")) }
            } }
            tbody { @for ((line, parts), whole) in lines.iter().zip(&parts).zip(&amounts) { tr {
                th scope="row" { (line.item) } td { (line.class.name(reader.lang)) } td.n { (yuan(*whole)) }
                @for part in parts { td.n { (yuan(*part)) } }
            } } }
            tfoot { tr {
                th scope="row" colspan="2" { (t("合计", "together")) } td.n { (yuan(amounts.iter().sum())) }
                @for sum in sums(&parts) { td.n { (yuan(sum)) } }
            } }
        } }
    }
}

fn sums(parts: &[Divided]) -> Divided {
    let mut sums = Divided::default();
    for part in parts {
        for (sum, part) in sums.iter_mut().zip(part) {
            *sum += part;
        }
    }
    sums
}

fn yuan(fen: u64) -> String {
    amount(Fen::new(fen))
}
