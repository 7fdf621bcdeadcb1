//! Who pays what of a bill: a sentence, a bar, and every step with its clause.

use agency::domain::explain::{self, amount};
use agency::domain::fen::Fen;
use agency::domain::settlement::Settlement;
use agency::domain::step::Payer;
use agency::domain::words::Lang;
use agency::what_if::WhatIf;
use maud::{Markup, html};

use super::super::Reader;
use super::super::clause::cited;

/// A part of the bar: who pays, and how much.
pub(super) struct Part {
    name: &'static str,
    class: &'static str,
    amount: Fen,
}

/// Funds, account, cash, and the hospital where it bears something.
fn parts(lang: Lang, settlement: &Settlement) -> [Part; 4] {
    let say = |zh, en| super::super::say(lang, zh, en);
    let account = settlement.account() + settlement.paid_by(Payer::Family);
    [
        Part {
            name: say("基金", "funds"),
            class: "funds",
            amount: settlement.funds(),
        },
        Part {
            name: say("个人账户", "account"),
            class: "account",
            amount: account,
        },
        Part {
            name: say("现金", "cash"),
            class: "cash",
            amount: settlement.paid_by(Payer::Cash),
        },
        Part {
            name: say("医院", "hospital"),
            class: "hospital",
            amount: settlement.paid_by(Payer::Hospital),
        },
    ]
}

/// The answer in a line.
pub(super) fn title(reader: &Reader, what: &WhatIf) -> String {
    let settlement = &what.settlement;
    let (own, total) = (amount(settlement.personal()), amount(settlement.total()));
    let funds = amount(settlement.funds());
    match reader.lang {
        Lang::Zh => format!("{total}元中，您负担{own}元，基金支付{funds}元"),
        Lang::En => format!("Of {total} yuan you pay {own}; the funds pay {funds}"),
    }
}

/// The bar, and beside it a table for those who cannot see it.
pub(super) fn shares(reader: &Reader, what: &WhatIf) -> Markup {
    let settlement = &what.settlement;
    let policy = &what.file.plan.policy;
    let lang = reader.lang;
    let total = settlement.total();
    let paid = Payer::ALL
        .iter()
        .map(|&payer| (payer, settlement.paid_by(payer)));
    let paid = paid.filter(|(payer, paid)| !paid.is_zero() || *payer == Payer::Cash);
    let paid: Vec<(Payer, Fen)> = paid.collect();
    let tenths = tenths(paid.iter().map(|(_, paid)| *paid));
    let weakest = explain::weakest(&what.file.plan, settlement);
    html! {
        p.note {
            (policy.region_name.lang(lang)) " · " (policy.scheme.name(lang)) " · " (what.bill.setting.name(lang))
            " · " (policy.facilities[what.point.facility].name.lang(lang)) " · " (policy.persons[what.point.person].name.lang(lang))
            " · " (what.bill.days.settlement())
        }
        p.note { (reader.say(
            "今年以来的费用和目录内外以您填写的为准，未填即没有。结果供参考，以实际结算为准。",
            "The year so far and what is in the catalogue are as you told; what you left out counts as nothing. It is no decision: the settlement decides.",
        )) }
        (bar(lang, settlement))
        div.wide { table {
            thead { tr { th scope="col" { (reader.say("付款方", "payer")) } th.n scope="col" { (reader.say("金额（元）", "yuan")) } th.n scope="col" { "%" } } }
            tbody { @for ((payer, paid), tenths) in paid.iter().zip(&tenths) { tr {
                th scope="row" { (payer.name(lang)) } td.n { (amount(*paid)) } td.n { (percent(*tenths)) }
            } } }
            tfoot { tr { th scope="row" { (reader.say("合计", "together")) } td.n { (amount(total)) } td.n { (percent(tenths.iter().sum())) } } }
        } }
        @if let Some(refusal) = settlement.refusal() { p.bad { (refusal.name(lang)) } }
        @if let Some(weakest) = weakest {
            p.note { (reader.say("所依据条款的最弱等级：", "The weakest standing among the clauses: ")) (weakest.name(lang)) }
        }
        @if explain::cap_unknown(&what.file.plan, &what.point, settlement) {
            p.bad { (reader.say(
                "注意：年度最高支付限额没有来源，这里未作封顶，接近限额的结果不可采信。",
                "Mind: the yearly cap is in no source and none is applied; do not trust a bill that comes near it.",
            )) }
        }
    }
}

/// A bar of the parts in their proportion.
pub(super) fn bar(lang: Lang, settlement: &Settlement) -> Markup {
    let parts = parts(lang, settlement);
    let shown: Vec<&Part> = parts.iter().filter(|part| !part.amount.is_zero()).collect();
    let told: Vec<String> = shown
        .iter()
        .map(|part| format!("{} {}", part.name, amount(part.amount)))
        .collect();
    let mut before = 0;
    let mut places = Vec::new();
    for width in tenths(shown.iter().map(|part| part.amount)) {
        places.push((before, width));
        before += width;
    }
    html! {
        svg.bar viewBox="0 0 1000 60" preserveAspectRatio="none" role="img" aria-label=(told.join(super::super::say(lang, "，", ", "))) {
            @for (part, (x, width)) in shown.iter().zip(places) {
                rect class=(part.class) x=(x) y="0" width=(width) height="60" {}
            }
        }
        ul.key { @for part in shown { li { span class={ "dot " (part.class) } {} (part.name) " " strong { (amount(part.amount)) } } } }
    }
}

/// The parts in tenths of a percent, which come to exactly a hundred: what the rounding down leaves goes to those that lost most by it.
fn tenths(parts: impl Iterator<Item = Fen>) -> Vec<u64> {
    let parts: Vec<u128> = parts.map(|part| u128::from(part.fen())).collect();
    let total = parts.iter().sum::<u128>().max(1);
    let down = parts.iter().map(|part| part * 1000 / total);
    let mut tenths: Vec<u64> = down
        .map(|tenths| u64::try_from(tenths).unwrap_or(1000))
        .collect();
    let mut by_loss: Vec<(u128, usize)> = parts
        .iter()
        .map(|part| part * 1000 % total)
        .zip(0..)
        .collect();
    by_loss.sort_by_key(|(lost, at)| (std::cmp::Reverse(*lost), *at));
    let left = usize::try_from(by_loss.iter().map(|(lost, _)| lost).sum::<u128>() / total);
    for (_, at) in by_loss.iter().take(left.unwrap_or(0)) {
        if let Some(tenths) = tenths.get_mut(*at) {
            *tenths += 1;
        }
    }
    tenths
}

/// A share with one decimal.
fn percent(tenths: u64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Every step in the order of the law, as a sentence with its clause.
pub(super) fn steps(reader: &Reader, what: &WhatIf) -> Markup {
    let (plan, lang) = (&what.file.plan, reader.lang);
    html! {
        h3 { (reader.say("怎么算出来的（按法定顺序）", "How it comes about, in the order of the law")) }
        ol.steps { @for step in what.settlement.steps() {
            @let rule = plan.rule(step.rule);
            li {
                strong { (explain::stage(step.stage, lang)) } " " (explain::step(plan, &what.bill, step, lang))
                " " span.n { (amount(step.amount)) }
                @for clause in &rule.clauses { (cited(&plan.policy, clause, lang)) }
            }
        } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_come_to_a_hundred() {
        for (parts, expected) in [
            (vec![1, 1, 1], "33.4 33.3 33.3"),
            (vec![1, 1, 1, 1, 1, 1], "16.7 16.7 16.7 16.7 16.6 16.6"),
            // To the nearest these would be 100.1.
            (vec![3335, 3335, 3330], "33.4 33.3 33.3"),
            (vec![1, 1999], "0.1 99.9"),
            (vec![1, 9999], "0.0 100.0"),
            (vec![0, 100], "0.0 100.0"),
            (vec![7], "100.0"),
            (vec![0], "0.0"),
            (vec![], ""),
        ] {
            let shares = tenths(parts.iter().map(|part| Fen::new(*part)));
            let told: Vec<String> = shares.iter().map(|share| percent(*share)).collect();
            assert_eq!(told.join(" "), expected, "{parts:?}");
            let whole = if parts.iter().sum::<u64>() == 0 {
                0
            } else {
                1000
            };
            assert_eq!(shares.iter().sum::<u64>(), whole, "{parts:?}");
        }
    }
}
