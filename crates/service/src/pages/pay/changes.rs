//! What would change a bill: an empty account, another hospital, a second stay, another region.

use agency::domain::explain::amount;
use agency::domain::fen::Fen;
use agency::domain::settlement::Settlement;
use agency::domain::step::Payer;
use agency::domain::words::{Lang, Name};
use agency::what_if::{Changed, Other, WhatIf};
use maud::{Markup, html};

use super::super::Reader;

pub(super) fn told(reader: &Reader, what: &WhatIf) -> Markup {
    let is_region = |other: &&Other| matches!(other.changed, Changed::Region(..));
    let here: Vec<&Other> = what
        .others
        .iter()
        .filter(|other| !is_region(other))
        .collect();
    let mut regions: Vec<(&Name, &Settlement)> = Vec::new();
    let mut without: Vec<&Name> = Vec::new();
    for other in what.others.iter().filter(is_region) {
        match (&other.changed, &other.outcome) {
            (Changed::Region(_, name), Ok(settlement)) => regions.push((name, settlement)),
            (Changed::Region(_, name), Err(_)) => without.push(name),
            _ => {}
        }
    }
    regions.sort_by_key(|(name, settlement)| (settlement.personal(), name.zh.clone()));
    html! {
        @if !here.is_empty() {
            h3 { (reader.say("换一种情况呢？", "What would change it?")) }
            (table(reader, reader.say("如果", "if"), what, here.iter().map(|other| (name(reader, &other.changed), &other.outcome))))
        }
        @if !regions.is_empty() {
            details {
                summary { (reader.say("在其他地区参保呢？", "And insured in another region?")) " (" (regions.len()) ")" }
                (table(reader, reader.say("统筹区", "region"), what, regions.iter().map(|(name, settlement)| (name.lang(reader.lang).to_owned(), Ok::<&Settlement, &Name>(settlement)))))
                @if !without.is_empty() {
                    p.note { (reader.say("没有这种情况的规则：", "No rules for such a bill: "))
                        (without.iter().map(|name| name.lang(reader.lang)).collect::<Vec<_>>().join(reader.say("、", ", "))) }
                }
            }
        }
    }
}

/// What an outcome is, whoever keeps it.
trait Outcome {
    fn of(&self) -> Result<&Settlement, &Name>;
}

impl Outcome for &Result<Settlement, Name> {
    fn of(&self) -> Result<&Settlement, &Name> {
        self.as_ref()
    }
}

impl Outcome for Result<&Settlement, &Name> {
    fn of(&self) -> Result<&Settlement, &Name> {
        *self
    }
}

fn table<O: Outcome>(
    reader: &Reader,
    first: &str,
    what: &WhatIf,
    rows: impl Iterator<Item = (String, O)>,
) -> Markup {
    let own = what.settlement.personal();
    html! {
        div.wide { table {
            thead { tr {
                th scope="col" { (first) } th.n scope="col" { (reader.say("您负担", "you pay")) } th.n scope="col" { (reader.say("其中现金", "of it cash")) }
                th.n scope="col" { (reader.say("基金", "funds")) } th.n scope="col" { (reader.say("比现在", "against now")) }
            } }
            tbody { @for (name, outcome) in rows { tr {
                th scope="row" { (name) }
                @match outcome.of() {
                    Ok(settlement) => {
                        td.n { (amount(settlement.personal())) } td.n { (amount(settlement.paid_by(Payer::Cash))) }
                        td.n { (amount(settlement.funds())) } td.n { (difference(reader, own, settlement.personal())) }
                    }
                    // Which row of the policy is lacking is told to those who write policies.
                    Err(_) => { td colspan="4" { (reader.say("本地没有这种情况的规则", "the region has no rule for it")) } }
                }
            } } }
        } }
    }
}

/// What is otherwise, in words.
pub(in crate::pages) fn name(reader: &Reader, changed: &Changed) -> String {
    match (changed, reader.lang) {
        (Changed::EmptyAccount, Lang::Zh) => "个人账户没有钱".to_owned(),
        (Changed::EmptyAccount, Lang::En) => "there is nothing in the account".to_owned(),
        (Changed::Level(3), Lang::Zh) => "在三级医院".to_owned(),
        (Changed::Level(2), Lang::Zh) => "在二级医院".to_owned(),
        (Changed::Level(_), Lang::Zh) => "在一级医院".to_owned(),
        (Changed::Level(level), Lang::En) => format!("at a hospital of level {level}"),
        (Changed::Community, Lang::Zh) => "在社区卫生服务中心".to_owned(),
        (Changed::Community, Lang::En) => "at a community health centre".to_owned(),
        (Changed::Again, Lang::Zh) => "今年再住一次同样的院".to_owned(),
        (Changed::Again, Lang::En) => "the same stay again this year".to_owned(),
        (Changed::Region(_, name), lang) => name.lang(lang).to_owned(),
        (Changed::Rules(from), Lang::Zh) => format!("按{from}起的政策"),
        (Changed::Rules(from), Lang::En) => format!("by the rules from {from} on"),
    }
}

/// How much more or less it is.
pub(in crate::pages) fn difference(reader: &Reader, now: Fen, then: Fen) -> String {
    let (more, less) = (then.beyond(now), now.beyond(then));
    match (more.is_zero(), less.is_zero()) {
        (true, true) => reader.say("一样", "the same").to_owned(),
        (false, _) => format!("+{}", amount(more)),
        (true, false) => format!("−{}", amount(less)),
    }
}
