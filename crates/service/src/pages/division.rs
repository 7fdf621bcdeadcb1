//! `Division`: a settlement or its trial as pages tell it: who pays what, line by line, step by step with its clause.

use agency::divided::divided;
use agency::domain::bill::{Quantity, Scheme, UnitPrice};
use agency::domain::explain::{self, About, amount};
use agency::domain::fen::Fen;
use agency::domain::refusal::Refusal;
use agency::domain::step::{Effect, Note, Payer, Step, Totals};
use agency::office::{Office, Version};
use agency::record::{Cost, Settled};
use maud::{Markup, html};

use super::Reader;
use super::clause::cited;
use crate::wire::family;

/// What a settlement divides a bill into, under the policy by which it was made.
pub(super) struct Division<'a> {
    reader: &'a Reader,
    office: &'a Office,
    version: &'a Version,
    settled: &'a Settled,
    steps: Vec<Step>,
}

impl<'a> Division<'a> {
    /// None if the policy of this number is no longer known.
    pub(super) fn of(
        reader: &'a Reader,
        office: &'a Office,
        policy: u32,
        settled: &'a Settled,
    ) -> Option<Division<'a>> {
        let steps = settled.steps.iter();
        Some(Division {
            reader,
            office,
            version: office.policies.numbered(policy)?,
            settled,
            steps: steps.filter_map(|form| form.step()).collect(),
        })
    }

    const fn t(&self, zh: &'static str, en: &'static str) -> &'static str {
        self.reader.say(zh, en)
    }

    pub(super) fn totals(&self) -> Totals {
        self.steps.iter().collect()
    }

    /// Why the insurance pays nothing at all; none if it does.
    pub(super) fn refusal(&self) -> Option<Refusal> {
        self.steps.iter().find_map(|step| match step.effect {
            Effect::Noted(Note::Refused(refusal)) => Some(refusal),
            _ => None,
        })
    }

    /// Each payer with an amount.
    pub(super) fn payers(&self) -> Markup {
        let (lang, totals) = (self.reader.lang, self.totals());
        html! {
            table {
                caption { (self.t("费用分担（元）", "Who pays what, yuan")) }
                tbody { @for &payer in Payer::ALL {
                    @let paid = totals.paid_by(payer);
                    @if !paid.is_zero() || payer == Payer::Cash { tr { th scope="row" { (payer.name(lang)) } td.n { (amount(paid)) } } }
                } }
                tfoot { tr { th scope="row" { (self.t("合计", "together")) } td.n { (amount(totals.total())) } } }
            }
        }
    }

    /// Every step in the order of the law.
    pub(super) fn steps(&self) -> Markup {
        let (lang, plan) = (self.reader.lang, &self.version.file.plan);
        let cost = self.settled.care.cost.of_bill();
        let family = family(&self.steps, self.settled);
        let about = About {
            cost: &cost,
            family: &family,
            stays: None,
            catalogue: Some((&self.office.catalogue, self.settled.care.when.from)),
        };
        html! {
            h2 { (self.t("怎么算出来的（按法定顺序）", "How it comes about, in the order of the law")) }
            ol.steps { @for step in &self.steps { li {
                strong { (explain::stage(step.stage, lang)) } " " (explain::step_of(plan, about, step, lang)) " " span.n { (amount(step.amount)) }
                @for clause in &plan.rule(step.rule).clauses { (cited(&plan.policy, clause, lang)) }
            } } }
        }
    }

    /// What is left in the accounts after it; nothing of residents, who have none.
    pub(super) fn left(&self) -> Markup {
        if self.settled.scheme == Scheme::Resident && self.settled.left == [0; 3] {
            return html! {};
        }
        let [current, prior, granted] = self.settled.left.map(Fen::new);
        html! {
            p { (self.t("结算后余额（元）：当年 ", "Left, yuan: current year ")) (amount(current)) (self.t("，历年 ", ", prior years ")) (amount(prior))
                @if !granted.is_zero() { (self.t("，共济 ", ", granted ")) (amount(granted)) } }
        }
    }

    /// What was bought or done, by the catalogue's names of then, and where it is `whole`, what each line divides into. Nothing where the
    /// institution told sums alone.
    pub(super) fn lines(&self, whole: bool) -> Markup {
        let Cost::Lines(lines) = &self.settled.care.cost else {
            return html! {};
        };
        let parts = match whole {
            true => divided(&self.steps, lines, &self.version.file.plan),
            false => Vec::new(),
        };
        let heads = [
            self.t("数量", "quantity"),
            self.t("单价（元）", "price, yuan"),
            self.t("金额（元）", "amount, yuan"),
        ];
        let of_parts = [
            self.t("自费", "own expense"),
            self.t("超限价", "over the limit"),
            self.t("先自付", "first share"),
            self.t("范围内", "in scope"),
        ];
        let of_parts = of_parts.into_iter().filter(|_| whole);
        let class = self.t("类别", "class");
        html! {
            h2 { (self.t("费用明细", "What was bought or done")) }
            div.wide { table.stack {
                thead { tr { th scope="col" { (self.t("行", "line")) } th scope="col" { (self.t("项目", "item")) } th scope="col" { (class) } @for head in heads.into_iter().chain(of_parts.clone()) { th.n scope="col" { (head) } } } }
                tbody { @for (at, line) in lines.iter().enumerate() {
                    @let day = line.day.unwrap_or(self.settled.care.when.from);
                    @let known = self.office.catalogue.on(&line.item, day);
                    tr {
                        td.number { (at + 1) }
                        th scope="row" { @if let Some(item) = known { (item.name) " " } small.clause { (line.item) } }
                        td data-label=(class) { (line.class.name(self.reader.lang)) }
                        td.n data-label=(heads[0]) { (Quantity(line.quantity)) } td.n data-label=(heads[1]) { (UnitPrice(line.unit_price)) }
                        td.n data-label=(heads[2]) { @if let Some(sum) = line.amount { (amount(Fen::new(sum))) } }
                        @for (part, head) in parts.get(at).into_iter().flatten().zip(of_parts.clone()) { td.n data-label=(head) { (amount(Fen::new(*part))) } }
                    }
                } }
            } }
        }
    }
}
