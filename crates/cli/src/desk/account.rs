//! `yibao account`: what one person has, may draw of relatives' accounts and lets them draw, and what is open.

mod show;

use std::process::ExitCode;

use agency::act::Act;
use agency::record::money::Grant;
use domain::explain::amount;
use domain::words::Lang;
use serde_json::json;

use super::counter::{Counter, left};
use super::{Desk, person};
use crate::args::account::{Account, Give, GiveBack, Withdraw};

pub(crate) fn run(command: &Account, desk: &Desk<'_>) -> Result<ExitCode, String> {
    match command {
        Account::Show(command) => show::run(command, desk),
        Account::Grant(command) => give(command, desk),
        Account::GiveBack(command) => give_back(command, desk),
        Account::Withdraw(command) => withdraw(command, desk),
    }?;
    Ok(ExitCode::SUCCESS)
}

/// A grant's number as it is written: the giver's lane and the entry.
fn written((lane, entry): Grant) -> String {
    format!("{lane}-{entry}")
}

fn give(command: &Give, desk: &Desk<'_>) -> Result<(), String> {
    let counter = Counter::open(&command.asked, desk)?;
    let act = Act::Grant {
        to: counter.other(&command.to)?,
        amount: command.amount,
        on: command.on.unwrap_or_else(person::today),
    };
    let done = counter.ask(act, false)?;
    let grant = written((done.answer.lane.digits(), done.answer.entry));
    let (sum, left) = (amount(command.amount), left(&done, desk.lang()));
    let told = match desk.lang() {
        Lang::Zh => format!("授权编号 {grant}，{sum} 元。{left}"),
        Lang::En => format!("Grant {grant} of {sum}. {left}"),
    };
    counter.tell(&done, &told, json!({ "grant": grant }));
    Ok(())
}

fn give_back(command: &GiveBack, desk: &Desk<'_>) -> Result<(), String> {
    let grant = command.grant;
    let on = command.on.unwrap_or_else(person::today);
    let counter = Counter::open(&command.asked, desk)?;
    counter.carry_out(Act::ReturnGrant { grant, on }, |done| {
        let sum = amount(done.answer.postings.iter().map(|p| p.amount).sum());
        let grant = written(grant);
        match desk.lang() {
            Lang::Zh => format!("授权 {grant} 余下的 {sum} 元退还授权人。"),
            Lang::En => format!("The {sum} that are left of grant {grant} go back to its giver."),
        }
    })
}

fn withdraw(command: &Withdraw, desk: &Desk<'_>) -> Result<(), String> {
    let (sum, on) = (command.amount, command.on.unwrap_or_else(person::today));
    let counter = Counter::open(&command.asked, desk)?;
    counter.carry_out(Act::Withdraw { amount: sum, on }, |done| {
        let (sum, left) = (amount(sum), left(done, desk.lang()));
        match desk.lang() {
            Lang::Zh => format!("支取 {sum} 元。{left}"),
            Lang::En => format!("Withdrawn: {sum}. {left}"),
        }
    })
}
