//! `yibao interest` and `yibao close-year`: the accounts bear interest and are rolled over.

use std::process::ExitCode;

use agency::act::Act;
use agency::state::PersonState;
use agency::{Agency, Sweep, Swept};
use domain::ledger::LedgerAccount;
use domain::words::Lang;
use jiff::civil::Date;

use super::progress::Progress;
use super::{Desk, sums};
use crate::args::desk::{CloseYear, Interest};
use crate::output::{count, pretty};

pub(crate) fn interest(command: &Interest, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let agency = desk.open()?;
    let until = command.until;
    let swept = swept(&agency, desk, move |state| {
        let act = has_account(state).then_some(Act::Interest { until });
        act.into_iter().collect()
    })?;
    tell(desk, &swept, command.json, until)
}

pub(crate) fn close_year(command: &CloseYear, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let begins = command.year;
    let before = begins
        .yesterday()
        .map_err(|_| format!("{begins}: there is no day before it"))?;
    let agency = desk.open()?;
    let office = agency.office();
    let swept = swept(&agency, desk, move |state| {
        let scheme = state.scheme(before);
        let version = scheme.and_then(|scheme| office.policies.on(scheme, begins).ok());
        let starts = version.map(|version| version.policy().year.starts.of(begins));
        if starts != Some(begins) || !has_account(state) {
            return Vec::new();
        }
        let interest = Act::Interest { until: before };
        let close = Act::CloseYear { begins };
        vec![interest, close]
    })?;
    tell(desk, &swept, command.json, begins)
}

fn has_account(state: &PersonState) -> bool {
    let account = &state.account;
    account.credited() != 0
        || account.current_days > 0
        || account.prior_days > 0
        || !(account.current + account.prior).is_zero()
}

fn swept(
    agency: &Agency,
    desk: &Desk<'_>,
    acts: impl Fn(&PersonState) -> Vec<Act> + Clone + Send + 'static,
) -> Result<Swept, String> {
    let progress = Progress::of(None, desk.output.say("个人账户", "accounts"));
    let make = || {
        let (acts, bar) = (acts.clone(), progress.clone());
        Sweep {
            acts: Box::new(move |_, state| acts(state)),
            progress: Box::new(move |persons| bar.add(persons)),
        }
    };
    let swept = agency.sweep(make);
    progress.done();
    swept.map_err(|e| desk.stored(e))
}

fn tell(desk: &Desk<'_>, swept: &Swept, json: bool, day: Date) -> Result<ExitCode, String> {
    let output = desk.output;
    if json {
        output.line(&pretty(&sums::json(swept)));
        return Ok(ExitCode::SUCCESS);
    }
    let (persons, done) = (count(swept.persons), count(swept.done));
    output.line(&match output.lang {
        Lang::Zh => format!("参保人 {persons} 人，记账 {done} 笔，{day}"),
        Lang::En => format!("Persons {persons}, entries recorded {done}, on {day}"),
    });
    let from: &[_] = &[LedgerAccount::Interest, LedgerAccount::Current];
    sums::table(
        output,
        &[
            (output.say("来自", "from"), &swept.debited, from),
            (
                output.say("进入", "into"),
                &swept.credited,
                &[LedgerAccount::Prior],
            ),
        ],
    );
    sums::refused(output, &swept.refused);
    Ok(ExitCode::SUCCESS)
}
