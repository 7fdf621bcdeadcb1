//! `yibao credit`: a month's credits to the personal accounts.

use std::process::ExitCode;

use agency::Sweep;
use agency::act::Act;
use agency::state::PersonState;
use domain::bill::Scheme;
use domain::ledger::LedgerAccount;
use domain::month::Month;
use domain::words::Lang;
use jiff::civil::Date;

use super::progress::Progress;
use super::{Desk, sums};
use crate::args::desk::Credit;
use crate::output::{count, pretty};

/// What a credit comes from, and where it goes.
pub(super) const SOURCES: &[LedgerAccount] = &[LedgerAccount::Awaiting, LedgerAccount::PooledFund];
pub(super) const TARGETS: &[LedgerAccount] = &[LedgerAccount::Current, LedgerAccount::Owed];

pub(crate) fn run(command: &Credit, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let agency = desk.open()?;
    let output = desk.output;
    let month = command.month;
    let on = command.on.unwrap_or_else(|| month.last_day());
    let progress = Progress::of(None, output.say("划入", "credits"));
    let make = || {
        let bar = progress.clone();
        Sweep {
            acts: Box::new(move |_, state| act(state, month, on).into_iter().collect()),
            progress: Box::new(move |persons| bar.add(persons)),
        }
    };
    let swept = agency.sweep(make);
    progress.done();
    let swept = swept.map_err(|e| desk.stored(e))?;
    if command.json {
        output.line(&pretty(&sums::json(&swept)));
        return Ok(ExitCode::SUCCESS);
    }
    let (done, persons) = (count(swept.done), count(swept.persons));
    output.line(&match output.lang {
        Lang::Zh => format!("参保人 {persons} 人，划入 {done} 笔，入账日 {on}"),
        Lang::En => format!("Persons {persons}, credits recorded {done}, on {on}"),
    });
    sums::table(
        output,
        &[
            (output.say("来自", "from"), &swept.debited, SOURCES),
            (output.say("进入", "into"), &swept.credited, TARGETS),
        ],
    );
    sums::refused(output, &swept.refused);
    Ok(ExitCode::SUCCESS)
}

/// The credit of a person who has an account and is not credited yet.
pub(super) fn act(state: &PersonState, month: Month, on: Date) -> Option<Act> {
    let day = month.last_day();
    let digits = month.digits();
    let open = state.open_enrolment().filter(|open| open.from <= day);
    let due = open.is_some()
        && state.scheme(day) == Some(Scheme::Employee)
        && !state.account.is_credited(digits);
    due.then_some(Act::Credit { month: digits, on })
}
