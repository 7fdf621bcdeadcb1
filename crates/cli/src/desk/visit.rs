//! `yibao visit`: settles a bill from what the agency knows of the person, and takes an entry back.

use std::process::ExitCode;

use agency::act::Act;
use agency::record::Care;
use agency::record::Event;
use agency::{Answer, Request, forecast};
use domain::explain::amount;
use domain::setting::Setting;
use domain::words::Lang;
use jiff::civil::Date;
use policy::Source;
use serde_json::json;

use super::{Desk, person};
use crate::args::desk::{Visit, VisitReverse, VisitSettle};
use crate::output::pretty;
use crate::settled::Settled;
use crate::{json as printed, settle};

pub(crate) fn run(command: &Visit, desk: &Desk<'_>) -> Result<ExitCode, String> {
    match command {
        Visit::Settle(command) => settle_bill(command, desk),
        Visit::Reverse(command) => reverse(command, desk),
    }
}

fn settle_bill(command: &VisitSettle, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let lang = desk.lang();
    let refused = |refused: agency::Refused| refused.describe(lang);
    let source = Source::read_or_stdin(&command.bill).map_err(|e| e.to_string())?;
    let bill = policy::bill::read(&source).map_err(|e| e.to_string())?;
    let mut care = Care::of_bill(&command.facility, &bill);
    care.emergency = bill.setting == Setting::Emergency;
    let agency = desk.open()?;
    let (person, state) = person::find(&agency, desk, &command.person)?;
    let request = Request {
        key: command.request.clone(),
        trial: command.trial,
        ..Request::plain(person, Act::Settle(Box::new(care.clone())))
    };
    // What is printed is the bill as it stood before it was recorded.
    let office = agency.office();
    let (bill, version) = forecast::bill(&office, person, &state, &care).map_err(refused)?;
    let settled = Settled::under(source, bill, version.file, lang)?;
    let answer = agency.call(request).map_err(refused)?;
    let left = left(&answer);
    // An entry that was there before it was asked.
    let again = answer.entry > 0 && answer.entry <= state.last;
    if command.json {
        desk.output.line(&pretty(&json!({
            "person": person,
            "lane": answer.lane.to_string(),
            "entry": answer.entry,
            "trial": command.trial,
            "carried_out_before": again,
            "settlement": (!again).then(|| printed::settlement(&settled)),
            "left": {
                "current": domain::Fen::new(left[0]).to_string(),
                "prior": domain::Fen::new(left[1]).to_string(),
                "family": domain::Fen::new(left[2]).to_string(),
            },
        })));
        return Ok(ExitCode::SUCCESS);
    }
    if again {
        told_before(desk, &answer);
        return Ok(ExitCode::SUCCESS);
    }
    settle::print(&settled, desk.output);
    let [current, prior, _] = left.map(|fen| amount(domain::Fen::new(fen)));
    let entry = answer.entry;
    desk.output.line(&match (lang, command.trial) {
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
    Ok(ExitCode::SUCCESS)
}

/// The same request came before: it was carried out then, and is not again.
fn told_before(desk: &Desk<'_>, answer: &Answer) {
    let (entry, day) = (answer.entry, answer.day);
    desk.output.line(&match desk.lang() {
        Lang::Zh => format!("此请求已办理：记录 {entry}，{day}。未重复记账。"),
        Lang::En => format!(
            "This request was carried out before: entry {entry}, {day}. Nothing was recorded again."
        ),
    });
}

/// What is left in the accounts after it.
fn left(answer: &Answer) -> [u64; 3] {
    match &answer.event {
        Event::Settled(settled) => settled.left,
        Event::Reversed(reversed) => reversed.left,
        _ => [0; 3],
    }
}

fn reverse(command: &VisitReverse, desk: &Desk<'_>) -> Result<ExitCode, String> {
    /// Before every entry: a reversal counts to the entry's day at the earliest.
    const EARLIEST: Date = Date::constant(1900, 1, 1);
    let agency = desk.open()?;
    let (person, _) = person::find(&agency, desk, &command.person)?;
    let act = Act::Reverse {
        entry: command.entry,
        on: command.on.unwrap_or(EARLIEST),
    };
    let answer = agency.call(Request::plain(person, act));
    let answer = answer.map_err(|refused| refused.describe(desk.lang()))?;
    let state = agency.person(person).map_err(|e| desk.stored(e))?;
    let state = state.unwrap_or_default();
    let (current, prior) = (state.account.current, state.account.prior);
    if command.json {
        desk.output.line(&pretty(&json!({
            "person": person,
            "lane": answer.lane.to_string(),
            "entry": answer.entry,
            "reversed": command.entry,
            "day": answer.day.to_string(),
            "left": { "current": current.to_string(), "prior": prior.to_string() },
        })));
        return Ok(ExitCode::SUCCESS);
    }
    let (entry, day, of) = (answer.entry, answer.day, command.entry);
    let (current, prior) = (amount(current), amount(prior));
    desk.output.line(&match desk.lang() {
        Lang::Zh => format!(
            "已冲正记录 {of}：新记录 {entry}，{day}。个人账户余额：当年 {current} 元，历年 {prior} 元。"
        ),
        Lang::En => format!(
            "Entry {of} is reversed by entry {entry} of {day}. Left in the account: current year {current}, prior years {prior}."
        ),
    });
    Ok(ExitCode::SUCCESS)
}
