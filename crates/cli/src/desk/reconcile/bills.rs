//! A bill that differs: both sides' amounts, what it is, and what is to be done.

use std::fmt::Write as _;

use domain::words::Lang;
use jiff::civil::Date;
use serde_json::{Value, json};
use service::reconcile::compare::Finding;
use service::reconcile::narrowed::Narrowed;
use service::reconcile::{Amounts, yuan};

use crate::output::Output;

pub(super) fn tell(narrowed: &Narrowed, finding: &Finding, day: &str, output: &Output) {
    let lang = output.lang;
    let (what, to_do) = finding.verdict.said(narrowed.refund(finding), lang);
    let mut text = format!("{day} ");
    match narrowed.id(finding) {
        "" => text.push_str(output.say("（无编号）", "(without an id)")),
        id => text.push_str(id),
    }
    let _ = write!(text, "  {what}");
    for our in &finding.ours {
        let row = &narrowed.ours[*our];
        let _ = write!(text, "\n  {}", output.say("中心", "ours"));
        if finding.ours.len() > 1 {
            let _ = write!(text, " {}", row.settlement);
        }
        let _ = write!(text, "  {}", amounts(row.amounts, output));
        if !row.message.is_empty() {
            let name = output.say("报文", "message");
            let _ = write!(text, "  {name} {} {}", row.number, row.message);
        }
    }
    if let Some(row) = finding.theirs.map(|their| &narrowed.theirs[their]) {
        let name = output.say("机构", "theirs");
        let line = output.say("行", "line");
        let _ = write!(
            text,
            "\n  {name}  {}  {line} {}",
            amounts(row.amounts, output),
            row.line
        );
    }
    let _ = write!(text, "\n  → {to_do}");
    output.line(&text);
}

pub(super) fn as_json(narrowed: &Narrowed, finding: &Finding, day: Option<Date>) -> Value {
    let ours = finding.ours.iter().map(|our| {
        let row = &narrowed.ours[*our];
        json!({
            "settlement": row.settlement,
            "visit": row.visit,
            "person": row.person,
            "refund": row.refund,
            "transaction": row.number,
            "message": row.message,
            "amounts": amounts_json(row.amounts),
        })
    });
    let theirs = finding.theirs.map(|their| {
        let row = &narrowed.theirs[their];
        json!({
            "line": row.line,
            "settlement": row.settlement,
            "visit": row.visit,
            "person": row.person,
            "refund": row.refund,
            "amounts": amounts_json(row.amounts),
        })
    });
    let (what, to_do) = finding.verdict.said(narrowed.refund(finding), Lang::En);
    json!({
        "day": day.map(|day| day.to_string()),
        "finding": finding.verdict.code(),
        "what": what,
        "to_do": to_do,
        "ours": ours.collect::<Vec<_>>(),
        "theirs": theirs,
    })
}

fn amounts(amounts: Amounts, output: &Output) -> String {
    let [total, funds, account] = amounts.each().map(|fen| yuan(fen.into()));
    match output.lang {
        Lang::Zh => format!("总额 {total}  基金 {funds}  账户 {account}"),
        Lang::En => format!("total {total}  funds {funds}  account {account}"),
    }
}

fn amounts_json(amounts: Amounts) -> Value {
    let [total, funds, account] = amounts.each().map(|fen| yuan(fen.into()));
    json!({ "total": total, "funds": funds, "account": account })
}
