//! What a policy says for all: credit, exclusions, what has no rule, gaps, documents.

use agency::domain::class::Span;
use agency::domain::plan::Plan;
use agency::domain::policy::Point;
use agency::domain::view::scope::{Label, Space, disease_names, numbers};
use agency::phrases::{Phrases, exclusion_name};
use maud::{Markup, html};

use super::super::Reader;
use super::super::clause::cited;
use super::held::Row;

/// Subject by subject; nothing of what the file does not say.
pub(super) fn told(reader: &Reader, plan: &Plan) -> Markup {
    let policy = &plan.policy;
    let words = Phrases { lang: reader.lang };
    let exclusions: Vec<Row> = policy
        .exclusions
        .iter()
        .map(|row| {
            let advance = match row.advance {
                true => words.say("可先行支付", "the fund may advance"),
                false => words.say("不予支付", "the funds pay nothing"),
            };
            let name = exclusion_name(row, reader.lang);
            (name, advance.to_owned(), vec![row.cite.clone()])
        })
        .collect();
    let parts = [
        (
            words.say("缴费和个人账户划入", "Paid in, and credited to the account"),
            paid(words, plan),
        ),
        (
            words.say(
                "待遇起止和个人账户管理",
                "Cover over time, and keeping the account",
            ),
            kept(words, plan),
        ),
        (
            words.say(
                "基金不予支付的事由",
                "Causes for which the funds pay nothing",
            ),
            exclusions,
        ),
        (
            words.say("没有规则的情形", "What has no rule"),
            no_rules(words, plan),
        ),
        (
            words.say(
                "缺口：有规定而未计算的，或没有来源的",
                "Gaps: what is ordered and not computed, or in no source",
            ),
            gaps(words, plan),
        ),
    ];
    html! {
        @for (title, rows) in &parts { @if !rows.is_empty() {
            h2 { (title) }
            (table(reader, plan, None, rows))
        } }
        (documents(reader, plan))
    }
}

/// What, how much and by which clause; with a caption where no heading stands over it.
pub(super) fn table(reader: &Reader, plan: &Plan, caption: Option<&str>, rows: &[Row]) -> Markup {
    html! { div.wide { table {
        @if let Some(caption) = caption { caption { (caption) } }
        thead { tr {
            th scope="col" { (reader.say("内容", "What")) } th scope="col" { (reader.say("规定", "Rule")) } th scope="col" { (reader.say("依据 · 等级", "Clause · standing")) }
        } }
        tbody { @for (what, rule, clauses) in rows { tr {
            th scope="row" { (what) }
            td { (rule) }
            td { @for clause in clauses { (cited(&plan.policy, clause, reader.lang)) } }
        } } }
    } } }
}

fn paid(words: Phrases, plan: &Plan) -> Vec<Row> {
    let policy = &plan.policy;
    let told = &policy.contributions;
    let comma = words.say("，", ", ");
    let mut rows: Vec<Row> = Vec::new();
    if let Some(base) = &told.base {
        let bounds = [
            (words.say("缴费基数下限", "floor of the base"), &base.floor),
            (
                words.say("缴费基数上限", "ceiling of the base"),
                &base.ceiling,
            ),
        ];
        for (what, bound) in bounds {
            if let Some(bound) = bound {
                rows.push((
                    what.to_owned(),
                    words.yuan(bound.value),
                    vec![base.cite.clone()],
                ));
            }
        }
    }
    for row in &told.premiums {
        let who = words.having(words.statuses(&row.statuses), &row.identities, &row.without);
        let what = words.premium(row.payer, row.into, Some(row.every));
        let sum = words.sum(policy.figures(&row.sum));
        rows.push((format!("{who}{comma}{what}"), sum, vec![row.cite.clone()]));
    }
    for row in &told.credits {
        let statuses = words.statuses(&row.statuses);
        let who = words.aged(statuses, &span(row.age), &span(row.retired));
        let what = words.credit(Some(row.every));
        let sum = words.sum(policy.figures(&row.sum));
        rows.push((format!("{who}{comma}{what}"), sum, vec![row.cite.clone()]));
    }
    rows
}

/// A span that is absent is open at both ends.
fn span<T>(span: Option<Span<T>>) -> Span<T> {
    span.unwrap_or(Span {
        from: None,
        until: None,
    })
}

fn kept(words: Phrases, plan: &Plan) -> Vec<Row> {
    let rows = plan.policy.kept();
    let told = rows.iter().map(|row| {
        let [about, who, text] = words.kept(row);
        let what = format!("{about}{}{who}", words.say("，", ", "));
        (what, text, vec![row.cite().clone()])
    });
    told.collect()
}

/// For whom, in as few words as possible.
fn no_rules(words: Phrases, plan: &Plan) -> Vec<Row> {
    let policy = &plan.policy;
    let space = Space::new(
        policy
            .facilities
            .iter()
            .map(|c| Label::of(&c.name))
            .collect(),
        policy.persons.iter().map(|c| Label::of(&c.name)).collect(),
        disease_names(policy.diseases.iter().map(|d| &d.1)),
        plan.space().map(|point| numbers(&point)),
    );
    let mut rows: Vec<Row> = Vec::new();
    for row in &policy.no_rules {
        let here = |point: &Point| row.selector.holds(point) && plan.row(point).is_none();
        let points = plan.space().filter(here).map(|point| numbers(&point));
        for scope in space.scopes(points) {
            let mut who = words.scope(&scope);
            if who.is_empty() {
                words.say("全部", "everyone").clone_into(&mut who);
            }
            let rule = words.say(
                "没有规则，账单不予结算",
                "no rule; such a bill is not settled",
            );
            rows.push((who, rule.to_owned(), vec![row.cite.clone()]));
        }
    }
    rows
}

fn gaps(words: Phrases, plan: &Plan) -> Vec<Row> {
    let gaps = (1..).zip(&plan.policy.gaps);
    let told = gaps.map(|(number, gap)| {
        let about = gap.about.lang(words.lang).to_owned();
        let number: u32 = number;
        (
            number.to_string(),
            about,
            gap.cite.iter().cloned().collect(),
        )
    });
    told.collect()
}

fn documents(reader: &Reader, plan: &Plan) -> Markup {
    html! {
        h2 { (reader.say("文件", "Documents")) }
        ul { @for document in &plan.policy.documents { li {
            (document.title)
            @if let Some(number) = &document.number { " · " (number) }
            @if let Some(issued) = document.issued { " · " (issued) }
            @if let Some(source) = &document.source { small.clause { (reader.say("见于 ", "read at ")) (source) } }
        } } }
    }
}
