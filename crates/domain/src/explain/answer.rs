//! What the person pays, in a sentence, and whether an empty account would change it.

use std::fmt::Write as _;

use super::amount;
use crate::settlement::Settlement;
use crate::step::{Note, Payer};
use crate::words::Lang;

/// The answer to "what do I pay, and would it be different if my account were empty?"; `empty` is the same bill with empty accounts.
#[must_use]
pub fn answer(settlement: &Settlement, empty: &Settlement, lang: Lang) -> String {
    match lang {
        Lang::Zh => answer_zh(settlement, empty),
        Lang::En => answer_en(settlement, empty),
    }
}

fn answer_zh(settlement: &Settlement, empty: &Settlement) -> String {
    let (personal, cash) = (
        amount(settlement.personal()),
        amount(settlement.paid_by(Payer::Cash)),
    );
    let (own, family) = (settlement.account(), settlement.paid_by(Payer::Family));
    let mut text = format!("您个人负担 {personal} 元");
    if let Some(refusal) = settlement.refusal() {
        let _ = write!(text, "（{}，基金不支付）", refusal.name(Lang::Zh));
    }
    text.push('：');
    if !own.is_zero() {
        let _ = write!(text, "个人账户 {} 元，", amount(own));
    }
    if !family.is_zero() {
        let _ = write!(text, "家庭共济账户 {} 元，", amount(family));
    }
    let _ = write!(text, "现金 {cash} 元。");
    if let Some(refund) = settlement.noted(Note::Refund) {
        let _ = write!(text, "已交押金抵扣后，退还您 {} 元。", amount(refund));
    }
    if let Some(collect) = settlement.noted(Note::Collect) {
        let _ = write!(text, "已交押金抵扣后，还需补交 {} 元。", amount(collect));
    }
    let unchanged = empty.funds() == settlement.funds();
    let (funds, empty_cash) = (
        amount(settlement.funds()),
        amount(empty.paid_by(Payer::Cash)),
    );
    let _ = match (unchanged, (own + family).is_zero()) {
        (true, true) => write!(text, "账户有没有余额都一样：基金支付 {funds} 元。"),
        (true, false) => write!(
            text,
            "即使账户余额为零，基金仍支付 {funds} 元，只是您要付现金 {empty_cash} 元。"
        ),
        (false, _) => write!(
            text,
            "本地规定当年账户先付：若账户余额为零，基金支付 {} 元（现为 {funds} 元），您付现金 {empty_cash} 元。",
            amount(empty.funds())
        ),
    };
    text
}

fn answer_en(settlement: &Settlement, empty: &Settlement) -> String {
    let (personal, cash) = (
        amount(settlement.personal()),
        amount(settlement.paid_by(Payer::Cash)),
    );
    let (own, family) = (settlement.account(), settlement.paid_by(Payer::Family));
    let mut text = format!("You pay {personal} yuan");
    if let Some(refusal) = settlement.refusal() {
        let _ = write!(text, " (the fund pays nothing: {})", refusal.name(Lang::En));
    }
    text.push_str(": ");
    if !own.is_zero() {
        let _ = write!(text, "{} from your account, ", amount(own));
    }
    if !family.is_zero() {
        let _ = write!(text, "{} from family accounts, ", amount(family));
    }
    let _ = write!(text, "{cash} in cash. ");
    if let Some(refund) = settlement.noted(Note::Refund) {
        let _ = write!(text, "Of your deposit {} comes back. ", amount(refund));
    }
    if let Some(collect) = settlement.noted(Note::Collect) {
        let _ = write!(
            text,
            "Your deposit set off, {} is still to be paid. ",
            amount(collect)
        );
    }
    let unchanged = empty.funds() == settlement.funds();
    let (funds, empty_cash) = (
        amount(settlement.funds()),
        amount(empty.paid_by(Payer::Cash)),
    );
    let _ = match (unchanged, (own + family).is_zero()) {
        (true, true) => write!(
            text,
            "An empty account would change nothing: the funds pay {funds}."
        ),
        (true, false) => {
            write!(
                text,
                "With an empty account the funds would still pay {funds}; you would pay {empty_cash} in cash."
            )
        }
        (false, _) => write!(
            text,
            "Here the current-year account pays first: with an empty account the funds would pay {} (now {funds}) and you {empty_cash} in cash.",
            amount(empty.funds())
        ),
    };
    text
}
