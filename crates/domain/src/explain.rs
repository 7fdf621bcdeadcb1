//! A settlement as sentences, in Chinese and in English: what each step did, what it rests on, and what the person pays.

mod about;
mod answer;
mod covered;

use std::fmt::Write;

use crate::account::OwnPart;
use crate::bill::{Bill, Cost, Line, UnitPrice};
use crate::case::Cause;
use crate::cite::{Cite, Standing};
use crate::fen::Fen;
use crate::plan::{Detail, Plan};
use crate::policy::{Change, Point, Policy};
use crate::refusal::Refusal;
use crate::settlement::Settlement;
use crate::step::{Effect, Note, Payer, Stage, Step};
use crate::view::{self, Held, View};
use crate::words::Lang;

pub use about::About;
pub use answer::answer;
pub use covered::{Hearer, covered};

/// An amount as people read it: `52,395.00`.
#[must_use]
pub fn amount(amount: Fen) -> String {
    let plain = amount.to_string();
    let (yuan, fen) = plain.split_once('.').unwrap_or((&plain, "00"));
    let mut grouped = String::new();
    for (place, digit) in yuan.chars().enumerate() {
        if place > 0 && (yuan.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped}.{fen}")
}

/// The stage's name.
#[must_use]
pub fn stage(stage: Stage, lang: Lang) -> &'static str {
    let (zh, en) = match stage {
        Stage::Admission => ("准入", "admission"),
        Stage::Classification => ("费用分割", "lines"),
        Stage::OffRegion => ("异地先行自付", "off-region share"),
        Stage::AccountBefore => ("账户先付", "account first"),
        Stage::Deductible => ("起付线", "deductible"),
        Stage::BasicFund => ("基本医疗保险", "basic fund"),
        Stage::Layer(kind) => return kind.name(lang),
        Stage::Account => ("个人账户", "account"),
        Stage::Cash => ("现金", "cash"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// What a step did, in one phrase.
#[must_use]
pub fn step(plan: &Plan, bill: &Bill, step: &Step, lang: Lang) -> String {
    step_of(plan, About::bill(bill), step, lang)
}

/// The same of a settlement whose bill is no longer there as a whole.
#[must_use]
pub fn step_of(plan: &Plan, about: About<'_>, step: &Step, lang: Lang) -> String {
    let mut text = if step.is_of_family() {
        family_text(about, step.line, lang)
    } else {
        line_text(about, step.line, lang)
    };
    match step.effect {
        Effect::Paid(payer) => text.push_str(&paid(plan, step, payer, lang)),
        Effect::Became(part) => text.push_str(&became(plan, about, step, part, lang)),
        Effect::Noted(note) => text.push_str(&noted(plan, step, note, lang)),
    }
    text
}

/// `第3行 材料：` for a fee line, nothing for the bill as a whole.
fn line_text(about: About<'_>, number: u32, lang: Lang) -> String {
    let Some(line) = fee_line(about, number) else {
        return String::new();
    };
    let name = about.item(line).map_or(&line.item, |item| &item.name);
    match lang {
        Lang::Zh => format!("第{number}行 {name}："),
        Lang::En => format!("line {number} {name}: "),
    }
}

/// `妻子：` for a family account; whose it is may not be known.
fn family_text(about: About<'_>, number: u32, lang: Lang) -> String {
    let index = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
    let account = index.and_then(|index| about.family.get(index));
    match (account, lang) {
        (None, _) => String::new(),
        (Some(account), Lang::Zh) if account.name.is_empty() => "亲属的账户：".to_owned(),
        (Some(account), Lang::En) if account.name.is_empty() => "a relative's account: ".to_owned(),
        (Some(account), Lang::Zh) => format!("{}：", account.name),
        (Some(account), Lang::En) => format!("{}: ", account.name),
    }
}

fn paid(plan: &Plan, step: &Step, payer: Payer, lang: Lang) -> String {
    let name = payer.name(lang);
    let what = step.from.map_or("", |part| part.name(lang));
    let banded = matches!(plan.rule(step.rule).detail, Detail::Band { .. });
    let mut text = match (banded, lang) {
        (false, _) => String::new(),
        (true, Lang::Zh) => format!("{}，", band(plan, step, lang)),
        (true, Lang::En) => format!("{}, ", band(plan, step, lang)),
    };
    // Of what a layer looks at, the parts are paid one by one: none of them is what the ratio is taken of.
    if banded && matches!(step.stage, Stage::Layer(_)) && !what.is_empty() {
        let of = amount(step.of);
        return match lang {
            Lang::Zh => format!(
                "{}（以{of}元计），{name}支付其中{what}部分",
                band(plan, step, lang)
            ),
            Lang::En => format!(
                "{} (of {of}), of it {what}, paid by {name}",
                band(plan, step, lang)
            ),
        };
    }
    text.push_str(&match (what.is_empty(), lang) {
        (_, Lang::Zh) if payer == Payer::Hospital => name.to_owned(),
        (true, Lang::Zh) => format!("{name}支付"),
        (false, Lang::Zh) => format!("{name}支付{what}部分"),
        (true, Lang::En) => format!("paid by {name}"),
        (false, Lang::En) => format!("{what}, paid by {name}"),
    });
    text
}

/// The band that a step lies in, its ratio and what changed it.
fn band(plan: &Plan, step: &Step, lang: Lang) -> String {
    let Detail::Band {
        over,
        upto,
        spelt,
        changes,
        ratio,
    } = &plan.rule(step.rule).detail
    else {
        return String::new();
    };
    let mut text = match (upto, lang) {
        (None, _) if over.is_zero() => String::new(),
        (None, Lang::Zh) => format!("{}元以上 ", amount(*over)),
        (None, Lang::En) => format!("above {} ", amount(*over)),
        (Some(upto), Lang::Zh) if over.is_zero() => format!("{}元以下 ", amount(*upto)),
        (Some(upto), Lang::En) if over.is_zero() => format!("up to {} ", amount(*upto)),
        (Some(upto), Lang::Zh) => format!("{}元至{}元 ", amount(*over), amount(*upto)),
        (Some(upto), Lang::En) => format!("{} to {} ", amount(*over), amount(*upto)),
    };
    text.push_str(spelt);
    for change in changes {
        let change = self::change(change, lang);
        let _ = match lang {
            Lang::Zh => write!(text, "（{change}）"),
            Lang::En => write!(text, " ({change})"),
        };
    }
    if !changes.is_empty() {
        let _ = write!(text, " = {ratio}");
    }
    text
}

/// What changes a ratio: `自付×60%`, `-10%`.
#[must_use]
pub fn change(change: &Change, lang: Lang) -> String {
    match (change, lang) {
        (Change::OwnTimes(r), Lang::Zh) => format!("自付×{}", r.text),
        (Change::OwnTimes(r), Lang::En) => format!("own share × {}", r.text),
        (Change::RatioTimes(r), Lang::Zh) => format!("比例×{}", r.text),
        (Change::RatioTimes(r), Lang::En) => format!("ratio × {}", r.text),
        (Change::Up(r) | Change::Down(r), Lang::Zh) => {
            format!("{}个百分点", r.text.trim_end_matches('%'))
        }
        (Change::Up(r) | Change::Down(r), Lang::En) => {
            format!("{} points", r.text.trim_end_matches('%'))
        }
    }
}

fn became(plan: &Plan, about: About<'_>, step: &Step, part: OwnPart, lang: Lang) -> String {
    let name = part.name(lang);
    let figure = figure(plan, about, step, part, lang);
    let name = if part == OwnPart::SelfFunded {
        unpayable(about, step, lang)
    } else {
        name
    };
    match lang {
        Lang::Zh => format!("{name}{figure}，个人负担"),
        Lang::En => format!("{name}{figure}, the person's own"),
    }
}

/// Why the fund does not pay a line at all.
fn unpayable(about: About<'_>, step: &Step, lang: Lang) -> &'static str {
    let (zh, en) = match fee_line(about, step.line) {
        Some(line) if line.barred => (
            "限制使用且未经批准，基金不支付",
            "restricted in use and not approved, not payable by the fund",
        ),
        Some(_) => (
            "丙类，目录外，基金不支付",
            "class C, outside the catalogue, not payable by the fund",
        ),
        None => ("基金不支付", "not payable by the fund"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The figure behind an own part in brackets: the policy's as spelt, or the bill's.
fn figure(plan: &Plan, about: About<'_>, step: &Step, part: OwnPart, lang: Lang) -> String {
    let text = match &plan.rule(step.rule).detail {
        // A layer's figure is its threshold, which says nothing of a part.
        Detail::Figure(_) if matches!(step.stage, Stage::Layer(_)) => return String::new(),
        Detail::Figure(figure) if part == OwnPart::Deductible && figure.contains(" / ") => {
            let nth = about.stays.map(|stays| stays.saturating_add(1));
            match (nth, lang) {
                (None, _) => figure.clone(),
                (Some(nth), Lang::Zh) => format!("{figure}，本年度第{nth}次住院"),
                (Some(nth), Lang::En) => format!("{figure}; stay {nth} of the year"),
            }
        }
        Detail::Figure(figure) => figure.clone(),
        Detail::Stated => stated(about, step, part, lang),
        Detail::Plain | Detail::Cause(..) | Detail::Band { .. } => return String::new(),
    };
    match lang {
        Lang::Zh => format!("（{text}）"),
        Lang::En => format!(" ({text})"),
    }
}

/// What the bill itself says, or the catalogue: the line's ratio or limit, or that the sum is the bill's.
fn stated(about: About<'_>, step: &Step, part: OwnPart, lang: Lang) -> String {
    let line = fee_line(about, step.line);
    let figure = match part {
        OwnPart::FirstShare => line
            .and_then(|l| l.first_share)
            .map(|ratio| ratio.to_string()),
        OwnPart::OverLimit => line.and_then(|l| l.limit).map(price),
        _ => None,
    };
    let item = line.and_then(|line| Some((line, about.item(line)?)));
    let is_of_catalogue = item.is_some_and(|(line, item)| match part {
        OwnPart::FirstShare => item.first_share == line.first_share,
        OwnPart::OverLimit => item.limit == line.limit,
        _ => false,
    });
    match (figure, lang) {
        (Some(figure), Lang::Zh) if is_of_catalogue => format!("目录载明 {figure}"),
        (Some(figure), Lang::En) if is_of_catalogue => {
            format!("{figure}, as the catalogue has it")
        }
        (Some(figure), Lang::Zh) => format!("账单载明 {figure}"),
        (Some(figure), Lang::En) => format!("{figure}, as the bill states"),
        (None, Lang::Zh) => "账单载明".into(),
        (None, Lang::En) => "as the bill states".into(),
    }
}

/// A unit price without needless zeros: `280.00`, `0.1234`.
fn price(price: UnitPrice) -> String {
    let decimals = format!("{:06}", price.0 % 1_000_000);
    let decimals = decimals.trim_end_matches('0');
    format!("{}.{decimals:0<2}", price.0 / 1_000_000)
}

fn fee_line(about: About<'_>, number: u32) -> Option<&Line> {
    let index = usize::try_from(number).ok()?.checked_sub(1)?;
    match about.cost {
        Cost::Lines(lines) => lines.get(index),
        Cost::Sums(_) => None,
    }
}

fn noted(plan: &Plan, step: &Step, note: Note, lang: Lang) -> String {
    let (zh, en) = match note {
        Note::Refused(refusal) => return refused(plan, step, refusal, lang),
        Note::Advanced => (
            "第三人不支付或无法确定，基金先行支付并有权追偿",
            "the third person does not pay: the fund advances and may recover",
        ),
        Note::LineInScope => ("范围内费用", "in scope"),
        Note::InScope => (
            "进入起付线的范围内费用",
            "in-scope cost that comes to the deductible",
        ),
        Note::Waived => ("本次免起付线", "the deductible is waived"),
        Note::CapReached => (
            "费用至此达到最高支付限额",
            "the cap is reached at this cost",
        ),
        Note::Base => return looked_at(plan, step, lang),
        Note::YearEnds => ("以下费用计入新的年度", "what follows falls in the new year"),
        Note::Refund => ("押金抵扣后退还", "deposit returned after setting off"),
        Note::Collect => ("押金抵扣后补交", "to be paid on top of the deposit"),
    };
    match lang {
        Lang::Zh => zh.into(),
        Lang::En => en.into(),
    }
}

/// The base of a layer, and its threshold if it has one.
fn looked_at(plan: &Plan, step: &Step, lang: Lang) -> String {
    let threshold = match &plan.rule(step.rule).detail {
        Detail::Figure(figure) if figure != "0元" => figure.as_str(),
        _ => "",
    };
    match (threshold.is_empty(), lang) {
        (true, Lang::Zh) => "计入该层的个人负担".into(),
        (true, Lang::En) => "own cost that this fund looks at".into(),
        (false, Lang::Zh) => format!("计入该层的个人负担（该层起付 {threshold}）"),
        (false, Lang::En) => format!("own cost that this fund looks at (from {threshold} on)"),
    }
}

fn refused(plan: &Plan, step: &Step, refusal: Refusal, lang: Lang) -> String {
    let mut text = refusal.name(lang).to_owned();
    if let Detail::Cause(id, name) = &plan.rule(step.rule).detail {
        let known = Cause::from_code(id).map(|cause| cause.name(lang));
        let name = name
            .as_ref()
            .map(|name| name.lang(lang))
            .or(known)
            .unwrap_or(id);
        let _ = match lang {
            Lang::Zh => write!(text, "：{name}"),
            Lang::En => write!(text, ": {name}"),
        };
    }
    text
}

/// A clause as people cite it: `《…》（京劳社医发…）第三十六条`.
#[must_use]
pub fn cite(policy: &Policy, cite: &Cite, lang: Lang) -> String {
    let Some(document) = policy.documents.get(cite.document) else {
        return String::new();
    };
    let number = document.number.as_deref();
    let mut text = match (number, lang) {
        (Some(number), Lang::Zh) => format!("《{}》（{number}）", document.title),
        (Some(number), Lang::En) => format!("《{}》({number})", document.title),
        (None, _) => format!("《{}》", document.title),
    };
    text.push_str(&cite.place);
    text
}

/// The weakest standing among the rules that moved money.
#[must_use]
pub fn weakest(plan: &Plan, settlement: &Settlement) -> Option<Standing> {
    let moved = |s: &&Step| !matches!(s.effect, Effect::Noted(_)) && !s.amount.is_zero();
    settlement
        .steps()
        .iter()
        .filter(moved)
        .filter_map(|s| plan.rule(s.rule).standing())
        .max()
}

/// The weakest standing of the rules that hold for every bill of a policy: rounding, benefit year, days of cover.
#[must_use]
pub fn frame_standing(policy: &Policy) -> Standing {
    let frame = [
        &policy.rounding.cite,
        &policy.year.cite,
        &policy.coverage.cite,
    ];
    frame
        .map(|cite| cite.standing)
        .into_iter()
        .max()
        .unwrap_or(Standing::Unconfirmed)
}

/// Did a fund pay at a point where the yearly cap is in no source, so that the file says `"none"` and is not sure of it? A bill that would
/// come near the true cap is then paid too much.
#[must_use]
pub fn cap_unknown(plan: &Plan, point: &Point, settlement: &Settlement) -> bool {
    let unknown = |cap: &Held<view::Cap>| {
        cap.value.amount.is_none() && cap.standing() == Standing::Unconfirmed
    };
    let unknown_here = |view: View| view.caps.iter().any(unknown);
    !settlement.totals().basic.is_zero() && plan.view(point).is_some_and(unknown_here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_whose_it_is_or_a_relatives() {
        let account = |name: &str| crate::account::FamilyAccount {
            name: name.to_owned(),
            balance: Fen::ZERO,
        };
        let cost = Cost::Sums(crate::bill::Sums::default());
        let family = [account("妻子"), account("")];
        let about = About {
            cost: &cost,
            family: &family,
            stays: None,
            catalogue: None,
        };
        for (number, zh, en) in [
            (1, "妻子：", "妻子: "),
            (2, "亲属的账户：", "a relative's account: "),
            (3, "", ""),
        ] {
            assert_eq!(family_text(about, number, Lang::Zh), zh);
            assert_eq!(family_text(about, number, Lang::En), en);
        }
    }

    #[test]
    fn amounts_are_grouped_by_thousands() {
        let text = |fen| amount(Fen::new(fen));
        assert_eq!(text(5), "0.05");
        assert_eq!(text(130_000), "1,300.00");
        assert_eq!(text(123_456_789), "1,234,567.89");
        assert_eq!(text(99_999), "999.99");
    }
}
