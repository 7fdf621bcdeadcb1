//! Where the institution's rows differ: months, in them days, in them bills, each opened by its heading.

use agency::domain::words::Lang;
use maud::{Markup, html};

use super::super::signed;
use super::{message, say};
use crate::reconcile::Amounts;
use crate::reconcile::compare::Finding;
use crate::reconcile::days::Day;
use crate::reconcile::narrowed::{Narrowed, Sides};

/// So many bills are told; who has more corrects these first.
const MOST_BILLS: usize = 2_000;

pub(super) fn told(lang: Lang, narrowed: &Narrowed, traced: bool) -> Markup {
    let t = |zh, en| say(lang, zh, en);
    let open: usize = narrowed.differing().map(|(_, day)| day.open.len()).sum();
    html! {
        h2 { (t("机构明细", "The institution's rows")) }
        @if narrowed.is_equal() { p.good { (t("与机构明细一致", "They agree.")) } }
        @else {
            p { (t("有差异的单据：", "Bills that differ: ")) (open)
                @if open > MOST_BILLS { (t("，以下只列最早的", "; below are the first ")) (MOST_BILLS) }
            }
            (months(lang, narrowed, traced))
        }
    }
}

fn months(lang: Lang, narrowed: &Narrowed, traced: bool) -> Markup {
    let unknown = || say(lang, "日期不明", "day unknown").to_owned();
    let mut left = MOST_BILLS;
    html! { @for (month, sides) in narrowed.months() {
        details open {
            summary { (month.map_or_else(unknown, |month| month.to_string())) " " (both(lang, sides)) }
            @for (day, found) in narrowed.differing().filter(|(day, _)| day.map(agency::domain::month::Month::of) == month) {
                @let shown = found.open.len().min(left);
                // The compiler's macro has no statement of its own.
                @let () = left -= shown;
                details open[shown > 0] {
                    summary { (day.map_or_else(unknown, |day| day.to_string())) " " (both(lang, sides_of(found))) }
                    @if shown > 0 { (bills(lang, narrowed, &found.open[..shown], traced)) }
                }
            }
        }
    } }
}

fn sides_of(day: &Day) -> Sides {
    Sides {
        ours: day.ours,
        theirs: day.theirs,
        open: day.open.len(),
    }
}

/// What both sides come to, in a sentence.
fn both(lang: Lang, sides: Sides) -> String {
    let Sides { ours, theirs, open } = sides;
    let (our, their) = (signed(ours.total), signed(theirs.total));
    match lang {
        Lang::Zh => format!(
            "中心{}笔{our}元，机构{}笔{their}元，差异{open}笔",
            ours.count, theirs.count
        ),
        Lang::En => format!(
            "ours {} bills, {our} yuan; theirs {} bills, {their} yuan; {open} differ",
            ours.count, theirs.count
        ),
    }
}

fn bills(lang: Lang, narrowed: &Narrowed, open: &[usize], traced: bool) -> Markup {
    let t = |zh, en| say(lang, zh, en);
    let heads = [
        t("结算编号", "settlement"),
        t("差异", "what differs"),
        "",
        t("总额（元）", "total, yuan"),
        t("基金", "funds"),
        t("账户", "account"),
        t("报文或行", "message or line"),
    ];
    html! {
        div.wide { table {
            thead { tr { @for head in heads { th { (head) } } } }
            tbody { @for at in open { (bill(lang, narrowed, &narrowed.findings[*at], traced)) } }
        } }
    }
}

fn bill(lang: Lang, narrowed: &Narrowed, finding: &Finding, traced: bool) -> Markup {
    let t = |zh, en| say(lang, zh, en);
    let (what, to_do) = finding.verdict.said(narrowed.refund(finding), lang);
    let ours = finding.ours.iter().map(|at| &narrowed.ours[*at]);
    let theirs = finding.theirs.map(|at| &narrowed.theirs[at]);
    let mut sides: Vec<(&str, Amounts, Markup)> = ours
        .map(|row| {
            let from = message(&row.number, &row.message, traced);
            (t("中心", "ours"), row.amounts, from)
        })
        .collect();
    sides.extend(theirs.map(|row| {
        let line = html! { (t("行", "line")) " " (row.line) };
        (t("机构", "theirs"), row.amounts, line)
    }));
    let rows = sides.len().max(1);
    html! {
        @for (at, (side, amounts, from)) in sides.iter().enumerate() { tr {
            @if at == 0 {
                td rowspan=(rows) { (narrowed.id(finding)) }
                td rowspan=(rows) { strong { (what) } br; "→ " (to_do) }
            }
            td { (side) }
            @for amount in amounts.each() { td.n { (signed(amount.into())) } }
            td { (from) }
        } }
    }
}
