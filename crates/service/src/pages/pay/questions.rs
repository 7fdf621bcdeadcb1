//! The questions that people ask, each answered for the bill in a sentence with its rule.

use agency::domain::account::OwnPart;
use agency::domain::bill::Scheme;
use agency::domain::case::Cause;
use agency::domain::cite::Cite;
use agency::domain::explain::{self, amount};
use agency::domain::fen::Fen;
use agency::domain::step::{Effect, Stage, Step};
use agency::domain::words::Lang;
use agency::what_if::WhatIf;
use maud::{Markup, html};

use super::super::Reader;
use super::super::clause::cited;

/// A question, what is answered, and the clauses that it rests on.
struct Answered<'a> {
    question: &'static str,
    answer: String,
    clauses: Vec<&'a Cite>,
}

pub(super) fn answered(reader: &Reader, what: &WhatIf) -> Markup {
    let all = [
        rest(reader, what),
        no_money(reader, what),
        affects(reader, what),
        next_credit(reader, what),
        not_covered(reader, what),
    ];
    html! {
        h3 { (reader.say("常见问题", "What people ask")) }
        dl.questions { @for one in all {
            dt { (one.question) }
            dd { (one.answer) @for clause in one.clauses { (cited(&what.file.plan.policy, clause, reader.lang)) } }
        } }
    }
}

/// Is the rest at my own expense?
fn rest<'a>(reader: &Reader, what: &'a WhatIf) -> Answered<'a> {
    let (settlement, lang) = (&what.settlement, reader.lang);
    let parts = OwnPart::ALL.iter().filter_map(|part| {
        let own = settlement.own(*part);
        (!own.is_zero()).then(|| match lang {
            Lang::Zh => format!("{}{}元", part.name(lang), amount(own)),
            Lang::En => format!("{} {}", part.name(lang), amount(own)),
        })
    });
    let before: Fen = settlement
        .steps()
        .iter()
        .filter(|step| step.stage == Stage::AccountBefore && matches!(step.effect, Effect::Paid(_)))
        .map(|step| step.amount)
        .sum();
    let before = (!before.is_zero()).then(|| match lang {
        Lang::Zh => format!("个人账户先付{}元", amount(before)),
        Lang::En => format!("paid by the account first {}", amount(before)),
    });
    let parts: Vec<String> = before.into_iter().chain(parts).collect();
    let own = amount(settlement.personal());
    let answer = match (lang, parts.is_empty()) {
        (Lang::Zh, true) => format!("是的。基金付剩的{own}元由您负担。"),
        (Lang::Zh, false) => format!("是的。基金付剩的{own}元由您负担：{}。", parts.join("，")),
        (Lang::En, true) => format!("Yes. What the funds leave, {own} yuan, is yours."),
        (Lang::En, false) => format!(
            "Yes. What the funds leave, {own} yuan, is yours: {}.",
            parts.join(", ")
        ),
    };
    Answered {
        question: reader.say("剩下的都要自己付吗？", "Is the rest at my own expense?"),
        answer,
        clauses: vec![&what.file.plan.policy.rest],
    }
}

/// Can I use the insurance with no money in the account?
fn no_money<'a>(reader: &Reader, what: &'a WhatIf) -> Answered<'a> {
    let funds = amount(what.empty.funds());
    let resident = what.bill.scheme == Scheme::Resident;
    let answer = match (reader.lang, resident) {
        (Lang::Zh, true) => format!("能。居民没有个人账户，基金照样支付{funds}元。"),
        (Lang::En, true) => {
            format!(
                "Yes. Residents have no account at all; the funds pay {funds} yuan all the same."
            )
        }
        (lang, false) => explain::answer(&what.settlement, &what.empty, lang),
    };
    Answered {
        question: reader.say(
            "账户里没有钱，还能用医保吗？",
            "Can I use the insurance with no money in the account?",
        ),
        answer,
        clauses: paying(what).into_iter().collect(),
    }
}

/// Does it affect reimbursement?
fn affects<'a>(reader: &Reader, what: &'a WhatIf) -> Answered<'a> {
    let (now, empty) = (what.settlement.funds(), what.empty.funds());
    let (told_now, told_empty) = (amount(now), amount(empty));
    let answer = match (now == empty, reader.lang) {
        (true, Lang::Zh) => format!("不影响。账户有没有钱，基金都支付{told_now}元。"),
        (true, Lang::En) => {
            format!("No. With or without money in the account the funds pay {told_now} yuan.")
        }
        (false, Lang::Zh) => format!(
            "本地规定当年账户先付，所以有影响：账户没有钱时基金支付{told_empty}元，现在支付{told_now}元。"
        ),
        (false, Lang::En) => format!(
            "Here it does, as the current-year account pays first: the funds pay {told_empty} yuan if it is empty, and {told_now} now."
        ),
    };
    Answered {
        question: reader.say(
            "账户用完影响报销吗？",
            "Does an empty account affect reimbursement?",
        ),
        answer,
        clauses: paying(what).into_iter().collect(),
    }
}

/// The deciding clause of what a fund pays first.
fn paying(what: &WhatIf) -> Option<&Cite> {
    let paid = |step: &&Step| matches!(step.effect, Effect::Paid(payer) if payer.is_fund());
    let step = what.settlement.steps().iter().find(paid)?;
    what.file.plan.rule(step.rule).clauses.first()
}

/// When does the next credit come?
fn next_credit<'a>(reader: &Reader, what: &'a WhatIf) -> Answered<'a> {
    let policy = &what.file.plan.policy;
    let credits = !policy.contributions.credits.is_empty();
    let by = policy.keeping.credit_by_day();
    let (answer, clauses) = match (policy.scheme, by, credits) {
        (Scheme::Resident, ..) => (
            reader
                .say(
                    "居民没有个人账户，没有划入。",
                    "Residents have no account: nothing is credited.",
                )
                .to_owned(),
            Vec::new(),
        ),
        (_, Some((day, cite)), _) => (
            match reader.lang {
                Lang::Zh => format!("缴费后按月划入，每月{day}日前到账。"),
                Lang::En => {
                    format!("Each month, once the premium is paid, by day {day} of the month.")
                }
            },
            vec![cite],
        ),
        (_, None, true) => (
            reader
                .say(
                    "缴费后按月划入；本地规则没有写明哪一天到账。",
                    "Each month, once the premium is paid; the region's rules name no day.",
                )
                .to_owned(),
            policy
                .contributions
                .credits
                .iter()
                .map(|credit| &credit.cite)
                .take(1)
                .collect(),
        ),
        (_, None, false) => (
            reader
                .say(
                    "本地规则文件没有写划入的规定。",
                    "The region's policy file does not say how accounts are credited.",
                )
                .to_owned(),
            Vec::new(),
        ),
    };
    Answered {
        question: reader.say(
            "下一次什么时候划钱到账户？",
            "When does the next credit come?",
        ),
        answer,
        clauses,
    }
}

/// What is not covered?
fn not_covered<'a>(reader: &Reader, what: &'a WhatIf) -> Answered<'a> {
    let policy = &what.file.plan.policy;
    let causes: Vec<&str> = policy
        .exclusions
        .iter()
        // One that has no name is said by the sentence already, or by nobody.
        .filter_map(|exclusion| {
            let own = exclusion.name.as_ref().map(|name| name.lang(reader.lang));
            own.or_else(|| Cause::from_code(&exclusion.cause).map(|cause| cause.name(reader.lang)))
        })
        .collect();
    let mut clauses: Vec<&Cite> = Vec::new();
    for exclusion in &policy.exclusions {
        if !clauses.contains(&&exclusion.cite) {
            clauses.push(&exclusion.cite);
        }
    }
    let answer = match (reader.lang, causes.is_empty()) {
        (Lang::Zh, false) => format!(
            "目录外的费用、非定点机构的费用；以及：{}。",
            causes.join("；")
        ),
        (Lang::En, false) => format!(
            "What is outside the catalogue, and care at providers that are not designated; and: {}.",
            causes.join("; ")
        ),
        (Lang::Zh, true) => "目录外的费用、非定点机构的费用。本地规则文件没有列出其他情形。".to_owned(),
        (Lang::En, true) => "What is outside the catalogue, and care at providers that are not designated. The region's policy file lists nothing else.".to_owned(),
    };
    Answered {
        question: reader.say("哪些不报销？", "What is not covered?"),
        answer,
        clauses,
    }
}
