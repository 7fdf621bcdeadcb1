//! Who pays what of a bill: a sentence, a bar, and every step with its clause.

use agency::domain::explain::{self, About, amount};
use agency::domain::fen::Fen;
use agency::domain::step::Payer;
use agency::domain::words::Lang;
use agency::office::Office;
use agency::what_if::WhatIf;
use maud::{Markup, html};

use super::super::Reader;
use super::super::clause::cited;
use super::super::shares::{bar, percent, tenths};

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
        (bar(lang, settlement.totals()))
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

/// Every step in the order of the law, as a sentence with its clause.
pub(super) fn steps(reader: &Reader, what: &WhatIf, office: &Office) -> Markup {
    let (plan, lang) = (&what.file.plan, reader.lang);
    let about = About::bill(&what.bill);
    // Another region has a catalogue of its own.
    let about = match what.bill.region == office.region {
        true => about.by(&office.catalogue, what.bill.days.settlement()),
        false => about,
    };
    html! {
        h3 { (reader.say("怎么算出来的（按法定顺序）", "How it comes about, in the order of the law")) }
        ol.steps { @for step in what.settlement.steps() {
            @let rule = plan.rule(step.rule);
            li {
                strong { (explain::stage(step.stage, lang)) } " " (explain::step_of(plan, about, step, lang))
                " " span.n { (amount(step.amount)) }
                @for clause in &rule.clauses { (cited(&plan.policy, clause, lang)) }
            }
        } }
    }
}
