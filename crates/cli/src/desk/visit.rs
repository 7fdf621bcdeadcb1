//! `yibao visit`: settles bills from what the agency knows of the person, whole or a visit's in parts.

mod lines;
mod parts;
mod show;

use std::process::ExitCode;

use agency::act::{Act, Settling};
use agency::record::{Care, Event};
use agency::{Refused, forecast};
use domain::Fen;
use domain::bill::Bill;
use domain::explain::amount;
use domain::setting::Setting;
use domain::words::Lang;
use jiff::civil::Date;
use policy::Source;
use serde_json::json;

use super::Desk;
use super::counter::{Counter, Done, before};
use crate::args::desk::Asked;
use crate::args::visit::{Settle, Visit};
use crate::output::pretty;
use crate::settled::Settled;
use crate::{json as printed, settle};

pub(crate) fn run(command: &Visit, desk: &Desk<'_>) -> Result<ExitCode, String> {
    match command {
        Visit::Settle(command) => whole(command, desk),
        Visit::Open(command) => parts::open(command, desk),
        Visit::Add(command) => parts::add(command, desk),
        Visit::Remove(command) => parts::remove(command, desk),
        Visit::Deposit(command) => parts::deposit(command, desk),
        Visit::Discharge(command) => parts::discharge(command, desk),
        Visit::Interim(command) => {
            let until = Some(command.until);
            let settling = (command.visit, until, command.spare_account);
            of_visit(&command.asked, settling, command.trial, desk)
        }
        Visit::Close(command) => {
            let settling = (command.visit, None, command.spare_account);
            of_visit(&command.asked, settling, command.trial, desk)
        }
        Visit::Show(command) => show::run(command, desk),
    }?;
    Ok(ExitCode::SUCCESS)
}

/// The care that a bill tells.
fn care_of(facility: &str, bill: &Bill) -> Care {
    Care {
        emergency: bill.setting == Setting::Emergency,
        ..Care::of_bill(facility, bill)
    }
}

fn whole(command: &Settle, desk: &Desk<'_>) -> Result<(), String> {
    let source = Source::read_or_stdin(&command.bill).map_err(|e| e.to_string())?;
    let bill = policy::bill::read(&source).map_err(|e| e.to_string())?;
    let care = care_of(&command.facility, &bill);
    let counter = Counter::open(&command.asked, desk)?;
    // What is printed is the bill as it stood before it was recorded.
    let office = counter.agency.office();
    let bill = forecast::bill(&office, counter.person, &counter.state, &care);
    let settled = bill
        .map_err(|refused| counter.refused(&refused))
        .and_then(|(bill, version)| Settled::under(source, bill, version.file, desk.lang()));
    let done = counter.ask(Act::Settle(Box::new(care)), command.trial)?;
    told(&counter, &done, settled, command.trial)
}

/// Settles the open lines of a visit: all of them, or those up to a day.
fn of_visit(
    asked: &Asked,
    (number, interim, spare_account): (u64, Option<Date>, bool),
    trial: bool,
    desk: &Desk<'_>,
) -> Result<(), String> {
    let counter = Counter::open(asked, desk)?;
    let visit = counter.agency.visit(counter.person, number);
    let visit = visit.map_err(|e| desk.stored(e))?;
    let visit = visit.ok_or_else(|| counter.refused(&Refused::NoVisit(number)))?;
    let office = counter.agency.office();
    let person = (counter.person, &counter.state);
    let settling = Settling {
        visit: number,
        interim,
        spare_account,
        ..Settling::default()
    };
    let bill = forecast::visit_bill(&office, person, &visit, &settling);
    let settled =
        bill.map_err(|refused| counter.refused(&refused))
            .and_then(|(bill, care, version)| {
                let text = serde_json::to_vec(&care).map_err(|e| e.to_string())?;
                let source = Source::new(&format!("visit {number}"), text);
                let source = source.map_err(|e| e.to_string())?;
                Settled::under(source, bill, version.file, desk.lang())
            });
    let done = counter.ask(Act::SettleVisit(settling), trial)?;
    told(&counter, &done, settled, trial)
}

/// The settlement as `yibao settle` prints it, and what is left in the account; nothing of it when it was carried out before.
fn told(
    counter: &Counter<'_>,
    done: &Done,
    settled: Result<Settled, String>,
    trial: bool,
) -> Result<(), String> {
    let (output, lang) = (counter.desk.output, counter.lang());
    let settled = match done.again {
        true => None,
        false => Some(Settled {
            office: Some(counter.agency.office()),
            ..settled?
        }),
    };
    let [current, prior, family] = match &done.answer.event {
        Event::Settled(settled) => settled.left.map(Fen::new),
        _ => [Fen::ZERO; 3],
    };
    if counter.wants_json() {
        output.line(&pretty(&json!({
            "person": counter.person,
            "lane": done.answer.lane.to_string(),
            "entry": done.answer.entry,
            "trial": trial,
            "carried_out_before": done.again,
            "settlement": settled.as_ref().map(printed::settlement),
            "left": {
                "current": current.to_string(),
                "prior": prior.to_string(),
                "family": family.to_string(),
            },
        })));
        return Ok(());
    }
    let Some(settled) = settled else {
        output.line(&before(done, lang));
        return Ok(());
    };
    settle::print(&settled, output);
    let (entry, current, prior) = (done.answer.entry, amount(current), amount(prior));
    output.line(&match (lang, trial) {
        (Lang::Zh, true) => {
            format!("试算，未记账。个人账户余额将为：当年 {current} 元，历年 {prior} 元。")
        }
        (Lang::En, true) => format!(
            "A trial: nothing was recorded. Left in the account would be: current year {current}, prior years {prior}."
        ),
        (Lang::Zh, false) => {
            format!("已记账：记录 {entry}。个人账户余额：当年 {current} 元，历年 {prior} 元。")
        }
        (Lang::En, false) => format!(
            "Recorded as entry {entry}. Left in the account: current year {current}, prior years {prior}."
        ),
    });
    Ok(())
}
