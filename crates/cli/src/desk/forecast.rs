//! `yibao forecast`: what a visit costs now, and after the next credit of the account.

use std::process::ExitCode;

use agency::forecast::{Forecast, forecast};
use agency::record::{Care, Cost, When};
use domain::bill::Sums;
use domain::explain::amount;
use domain::step::Payer;
use domain::words::Lang;
use domain::{Fen, Policy};
use serde_json::{Value, json};

use super::{Desk, person};
use crate::args;
use crate::output::pretty;

pub(crate) fn run(command: &args::desk::Forecast, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let agency = desk.open()?;
    let (person, state) = person::find(&agency, desk, &command.person)?;
    let from = command.on.unwrap_or_else(person::today);
    let sums = Sums {
        hospital: Fen::ZERO,
        self_funded: Fen::ZERO,
        over_limit: Fen::ZERO,
        first_share: Fen::ZERO,
        in_scope: command.amount,
    };
    let when = When { from, until: None };
    let care = Care::new(
        &command.facility,
        command.setting,
        when,
        Cost::of_sums(&sums),
    );
    let office = agency.office();
    let lang = desk.lang();
    let refused = |refused: agency::Refused| refused.describe(lang);
    let told = forecast(&office, person, &state, &care).map_err(refused)?;
    let scheme = state.scheme(from);
    let version = scheme.and_then(|scheme| office.policies.on(scheme, from).ok());
    let policy = version.map(|version| version.policy());
    if command.json {
        desk.output.line(&pretty(&as_json(person, &told)));
        return Ok(ExitCode::SUCCESS);
    }
    for line in sentences(&told, policy, lang) {
        desk.output.line(&line);
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(person: u64, told: &Forecast) -> Value {
    let of = |settlement: &domain::Settlement| {
        json!({
            "total": settlement.total().to_string(),
            "funds": settlement.funds().to_string(),
            "account": settlement.account().to_string(),
            "family": settlement.paid_by(Payer::Family).to_string(),
            "cash": settlement.paid_by(Payer::Cash).to_string(),
        })
    };
    let credit = told.credit.as_ref().map(|credit| {
        json!({
            "month": credit.month.to_string(),
            "amount": credit.amount.to_string(),
            "by": credit.by.map(|day| day.to_string()),
            "overdue_since": credit.overdue.map(|day| day.to_string()),
            "premium_unpaid": credit.unpaid,
        })
    });
    json!({
        "person": person,
        "now": of(&told.now),
        "next_credit": credit,
        "then": told.then.as_ref().map(of),
    })
}

fn sentences(told: &Forecast, policy: Option<&Policy>, lang: Lang) -> Vec<String> {
    let (cash, then) = told.cash();
    let (total, funds, account) = (
        amount(told.now.total()),
        amount(told.now.funds()),
        amount(told.now.account()),
    );
    let cash_now = amount(cash);
    let mut lines = vec![match lang {
        Lang::Zh => format!(
            "现在就诊：费用 {total} 元，基金支付 {funds} 元，个人账户支付 {account} 元，现金 {cash_now} 元。"
        ),
        Lang::En => format!(
            "Now: of {total} yuan the funds pay {funds}, the account pays {account}, and {cash_now} are cash."
        ),
    }];
    if let Some(refusal) = told.now.refusal() {
        let why = refusal.name(lang);
        lines.push(match lang {
            Lang::Zh => format!("基金不支付：{why}。"),
            Lang::En => format!("The funds do not pay: {why}."),
        });
    }
    let Some((credit, then)) = told.credit.as_ref().zip(then) else {
        lines.push(match lang {
            Lang::Zh => "政策不再为您划入个人账户，等待没有区别。".to_owned(),
            Lang::En => {
                "No credit is to come by the policy: waiting makes no difference.".to_owned()
            }
        });
        return lines;
    };
    lines.push(credit.told(policy, lang));
    let then_cash = amount(then);
    lines.push(match (lang, then < cash) {
        (Lang::Zh, true) => {
            format!("如果能等到那时，现金部分为 {then_cash} 元，而不是 {cash_now} 元。")
        }
        (Lang::En, true) => format!(
            "If you can wait until then, your cash part is {then_cash} instead of {cash_now}."
        ),
        (Lang::Zh, false) => format!("等待没有区别：现金部分仍为 {cash_now} 元。"),
        (Lang::En, false) => {
            format!("Waiting makes no difference: your cash part remains {cash_now}.")
        }
    });
    lines
}
