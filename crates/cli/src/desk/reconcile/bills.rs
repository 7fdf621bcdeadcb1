//! A bill that differs: both sides' amounts, what it is, and what is to be done.

use std::fmt::Write as _;

use domain::words::Lang;
use jiff::civil::Date;
use serde_json::{Value, json};
use service::reconcile::compare::{Finding, Outside, Verdict};
use service::reconcile::{Amounts, yuan};

use super::narrowed::Narrowed;
use crate::output::Output;

pub(super) fn tell(narrowed: &Narrowed, finding: &Finding, day: &str, output: &Output) {
    let lang = output.lang;
    let (what, to_do) = said(finding.verdict, refund(narrowed, finding), lang);
    let mut text = format!("{day} ");
    match id(narrowed, finding) {
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
    let (what, to_do) = said(finding.verdict, refund(narrowed, finding), Lang::En);
    json!({
        "day": day.map(|day| day.to_string()),
        "finding": code(finding.verdict),
        "what": what,
        "to_do": to_do,
        "ours": ours.collect::<Vec<_>>(),
        "theirs": theirs,
    })
}

/// Whether ours is one that was taken back.
fn refund(narrowed: &Narrowed, finding: &Finding) -> bool {
    let ours = finding.ours.first();
    ours.is_some_and(|our| narrowed.ours[*our].refund)
}

fn id<'n>(narrowed: &'n Narrowed, finding: &Finding) -> &'n str {
    let ours = finding
        .ours
        .first()
        .map(|our| narrowed.ours[*our].settlement.as_str());
    let theirs = || {
        finding
            .theirs
            .map(|their| narrowed.theirs[their].settlement.as_str())
    };
    ours.or_else(theirs).unwrap_or_default()
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

const fn code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Equal => "equal",
        Verdict::Together => "together",
        Verdict::Amounts => "amounts",
        Verdict::Ids => "ids",
        Verdict::Several => "several",
        Verdict::Doubtful => "doubtful",
        Verdict::Missing => "missing",
        Verdict::Undone => "undone",
        Verdict::Unknown => "unknown",
        Verdict::NotTakenBack => "not_taken_back",
        Verdict::Repeated => "repeated",
        Verdict::Elsewhere(_) => "elsewhere",
    }
}

/// What it is, and what is to be done. A table.
const fn said(verdict: Verdict, refund: bool, lang: Lang) -> (&'static str, &'static str) {
    let (what, to_do) = match verdict {
        Verdict::Equal | Verdict::Together => (("一致", "equal"), ("无需处理", "nothing")),
        Verdict::Amounts => (
            ("金额不一致", "the amounts differ"),
            (
                "机构按中心金额更正，或撤销后重新结算",
                "the institution corrects its amounts, or takes the bill back and settles again",
            ),
        ),
        Verdict::Ids => (
            ("金额一致，编号不一致", "the amounts agree, the ids differ"),
            ("机构按中心编号更正", "the institution corrects its ids"),
        ),
        Verdict::Several => (
            (
                "中心有几笔可能与此行对应",
                "several of ours may be this row",
            ),
            (
                "机构补全结算编号后再核对",
                "the institution names the settlement and compares again",
            ),
        ),
        Verdict::Doubtful => (
            (
                "中心几笔之一，可能与机构某行对应",
                "one of several of ours that may be a row of theirs",
            ),
            (
                "先核实，再补记或冲正",
                "look first, then book it or undo it",
            ),
        ),
        Verdict::Missing if refund => (
            ("中心已退费，机构无", "we took it back, they did not"),
            (
                "机构补记退费",
                "the institution books that it was taken back",
            ),
        ),
        Verdict::Missing => (
            ("中心有，机构无", "we have it, they lack it"),
            (
                "机构补记；未实际发生的凭原报文冲正（2601）或撤销",
                "the institution books it; if it did not happen, undoes it by its message (2601) or takes it back",
            ),
        ),
        Verdict::Undone => (
            (
                "中心有结算和退费，机构均无",
                "we have it and its refund, they lack both",
            ),
            (
                "轧差为零，机构补记两笔",
                "nothing remains of it; the institution books both",
            ),
        ),
        Verdict::Unknown => (
            ("机构有，中心无", "they have it, we lack it"),
            (
                "核实是否结算成功；未成功的由机构重新结算",
                "see whether it was ever settled; if not, the institution settles it",
            ),
        ),
        Verdict::NotTakenBack => (
            ("机构已退费，中心未退费", "they took it back, we did not"),
            (
                "机构撤销该结算",
                "the institution takes the settlement back here",
            ),
        ),
        Verdict::Repeated => (
            ("机构明细重复", "it stands twice in their rows"),
            ("机构删去重复行", "the institution removes one of them"),
        ),
        Verdict::Elsewhere(Outside::Time) => (
            (
                "中心记录时间不在期间内",
                "we recorded it outside the period",
            ),
            ("按中心记录日期归入", "the institution counts it on our day"),
        ),
        Verdict::Elsewhere(_) => (
            (
                "中心归入其他险种或类别",
                "we count it under another scheme, setting or kind",
            ),
            (
                "按中心的险种和类别归入",
                "the institution counts it as we do",
            ),
        ),
    };
    match lang {
        Lang::Zh => (what.0, to_do.0),
        Lang::En => (what.1, to_do.1),
    }
}
