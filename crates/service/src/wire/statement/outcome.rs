//! `outcome`: what came of each row, as the ten columns of the result file, with what to do in words.

use std::fmt::Write as _;

use agency::domain::setting::Setting;
use agency::domain::words::Lang;
use agency::moment;

use crate::reconcile::compare::{Finding, Ours, Outside, Theirs, Verdict};
use crate::reconcile::{Amounts, yuan};
use crate::wire::bill::spelt;

/// A memo has so many characters.
const ROOM: usize = 500;
/// What says nothing in these files.
const NULL: &str = "null";

/// The result file: one line for each finding.
#[must_use]
pub fn outcome(ours: &[Ours], theirs: &[Theirs], findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        line(&mut text, ours, theirs, finding);
    }
    text
}

/// What came of a row and what to do about it, in Chinese; empty when all is well.
#[must_use]
pub fn memo(ours: &[Ours], theirs: &[Theirs], finding: &Finding) -> String {
    let mut memo = String::new();
    let our = finding.ours.first().map(|at| &ours[*at]);
    let their = finding.theirs.map(|at| &theirs[at]);
    let rows = finding.ours.iter().map(|at| &ours[*at]);
    match (finding.verdict, our, their) {
        (Verdict::Equal, ..) => {}
        (Verdict::Together, ..) => several(&mut memo, "合计与机构一致", rows),
        (Verdict::Several, ..) => several(&mut memo, "可能与此行对应，请按各笔核实", rows),
        (Verdict::Amounts, Some(our), Some(their)) => {
            amounts(&mut memo, their.amounts, our.amounts);
        }
        (Verdict::Ids, Some(our), Some(their)) => ids(&mut memo, their, our),
        (Verdict::Doubtful, our, Some(their)) => {
            lacking(&mut memo, our);
            let _ = write!(memo, "，可能即机构文件第{}行，请核实后处理", their.line);
        }
        (Verdict::Missing, our, _) => {
            lacking(&mut memo, our);
            memo.push_str(undo(our));
        }
        (Verdict::Undone, our, _) => {
            lacking(&mut memo, our);
            memo.push_str("，结算与退费均无，轧差为零，无需冲正，请补记");
        }
        (Verdict::NotTakenBack, ..) => {
            memo.push_str("机构已退费，中心未退费，请核实后撤销结算");
        }
        (Verdict::Repeated, _, Some(their)) => {
            let _ = write!(memo, "第{}行与前面的行重复", their.line);
        }
        (Verdict::Elsewhere(outside), Some(our), _) => elsewhere(&mut memo, outside, our),
        _ => memo.push_str("机构有中心无，中心无此结算，请核实"),
    }
    memo.chars().take(ROOM).collect()
}

fn line(text: &mut String, ours: &[Ours], theirs: &[Theirs], finding: &Finding) {
    let our = finding.ours.first().map(|at| &ours[*at]);
    let their = finding.theirs.map(|at| &theirs[at]);
    let several = matches!(finding.verdict, Verdict::Together | Verdict::Several);
    let person = our.map(|our| our.person.as_str());
    let person = person.or_else(|| their.map(|their| their.person.as_str()));
    let visit = our.map(|our| our.visit.as_str());
    let visit = visit.or_else(|| their.map(|their| their.visit.as_str()));
    let settlement = our.map(|our| our.settlement.as_str());
    let settlement = settlement.or_else(|| their.map(|their| their.settlement.as_str()));
    // What was not taken back here has no message of its own, and the settlement's must not be undone by mistake.
    let of_settlement = matches!(finding.verdict, Verdict::NotTakenBack) || several;
    let message = our
        .filter(|_| !of_settlement)
        .map(|our| our.message.as_str());
    let refund = match (finding.verdict, our, their) {
        (Verdict::Missing | Verdict::Undone | Verdict::Doubtful, Some(our), _) => our.refund,
        (_, _, Some(their)) => their.refund,
        (_, our, None) => our.is_some_and(|our| our.refund),
    };
    let memo = memo(ours, theirs, finding);
    let one = |text: Option<&str>| {
        let told = text.filter(|text| !text.is_empty());
        clean(told.unwrap_or(NULL))
    };
    let ids = |id: Option<&str>| one(id.filter(|_| !several));
    let amounts = told_amounts(ours, theirs, finding);
    let cells = [
        one(person),
        ids(visit),
        ids(settlement),
        one(message),
        (if finding.verdict.is_equal() { "0" } else { "1" }).to_owned(),
        (if refund { "1" } else { "0" }).to_owned(),
        one(Some(&memo)),
        yuan(amounts[0]),
        yuan(amounts[1]),
        yuan(amounts[2]),
    ];
    text.push_str(&cells.join("\t"));
    text.push('\n');
}

/// What the agency has; of what it has not, what the institution says.
fn told_amounts(ours: &[Ours], theirs: &[Theirs], finding: &Finding) -> [i128; 3] {
    let says_theirs = matches!(
        finding.verdict,
        Verdict::Unknown | Verdict::NotTakenBack | Verdict::Repeated
    );
    if says_theirs && let Some(their) = finding.theirs {
        return theirs[their].amounts.each().map(i128::from);
    }
    let mut sum = [0; 3];
    for our in &finding.ours {
        for (sum, amount) in sum.iter_mut().zip(ours[*our].amounts.each()) {
            *sum += i128::from(amount);
        }
    }
    sum
}

/// A cell holds neither tab nor line break.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

fn several<'a>(memo: &mut String, what: &str, rows: impl ExactSizeIterator<Item = &'a Ours>) {
    let _ = write!(memo, "中心有{}笔{what}:", rows.len());
    for (at, row) in rows.enumerate() {
        let comma = if at > 0 { "," } else { "" };
        let _ = write!(
            memo,
            "{comma}{} {}",
            row.settlement,
            yuan(row.amounts.total.into())
        );
    }
}

fn amounts(memo: &mut String, theirs: Amounts, ours: Amounts) {
    let names = ["医疗费总额", "基金支付总额", "个人账户支出"];
    let mirrored = theirs.each().map(|amount| -amount) == ours.each();
    if mirrored {
        memo.push_str("金额正负号相反:退费金额应为负数");
        return;
    }
    memo.push_str("金额不一致:");
    let each = names.into_iter().zip(theirs.each()).zip(ours.each());
    let differing = each.filter(|((_, theirs), ours)| theirs != ours);
    for (at, ((name, theirs), ours)) in differing.enumerate() {
        let comma = if at > 0 { ";" } else { "" };
        let (theirs, ours) = (yuan(theirs.into()), yuan(ours.into()));
        let _ = write!(memo, "{comma}{name}机构{theirs},中心{ours}");
    }
}

fn ids(memo: &mut String, theirs: &Theirs, ours: &Ours) {
    memo.push_str("金额一致，编号不一致:");
    let pairs = [
        ("结算ID", &theirs.settlement, &ours.settlement),
        ("就诊ID", &theirs.visit, &ours.visit),
        ("人员编号", &theirs.person, &ours.person),
    ];
    for (name, theirs, ours) in pairs {
        if theirs != ours && !theirs.is_empty() {
            let _ = write!(memo, "{name}机构{theirs},中心{ours};");
        }
    }
    if theirs.settlement.is_empty() {
        memo.push_str("机构缺结算ID;");
    }
    memo.push_str("请按中心编号更正");
}

fn lacking(memo: &mut String, ours: Option<&Ours>) {
    let Some(ours) = ours else {
        return;
    };
    let what = if ours.refund { "退费" } else { "结算" };
    let at = moment::of_digits(ours.at).map(spelt).unwrap_or_default();
    let _ = write!(memo, "中心有机构无:{at}{what}");
    if !ours.number.is_empty() {
        let _ = write!(memo, "，交易{}", ours.number);
    }
}

/// What can be done about a row that the institution lacks.
fn undo(ours: Option<&Ours>) -> &'static str {
    let known = |number: &str| ["2102", "2207", "2304"].contains(&number);
    match ours {
        Some(ours) if ours.refund => "，请补记退费",
        Some(ours) if known(&ours.number) && !ours.message.is_empty() => {
            "，请补记，或凭发送方报文ID冲正(2601)"
        }
        _ => "，请补记，或撤销结算",
    }
}

fn elsewhere(memo: &mut String, outside: Outside, ours: &Ours) {
    match outside {
        Outside::Time => {
            let at = moment::of_digits(ours.at).map(spelt).unwrap_or_default();
            let _ = write!(memo, "不在对账期间:中心记录时间{at}");
        }
        Outside::Scheme => memo.push_str("不在本次对账范围:险种不同"),
        Outside::Setting(setting) => {
            let name = setting.map_or("", |setting: Setting| setting.name(Lang::Zh));
            let _ = write!(memo, "不在本次对账范围:清算类别不同，中心为{name}");
        }
        Outside::Kind => memo.push_str("不在本次对账范围:退费结算标志不同"),
    }
}
