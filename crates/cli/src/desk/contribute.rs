//! `yibao contribute`: a month's premiums of the active and the flexible, or a year's of the residents.

use std::process::ExitCode;
use std::sync::Arc;

use agency::act::Act;
use agency::state::PersonState;
use agency::{Agency, Sweep, Swept};
use domain::ledger::LedgerAccount;
use domain::month::Month;
use domain::person::Status;
use domain::words::Lang;
use jiff::civil::Date;
use serde_json::json;

use super::progress::Progress;
use super::stated::Stated;
use super::{Desk, sums};
use crate::args::desk::Contribute;
use crate::output::{count, pretty};

/// Who pays, and into what.
pub(super) const PAYERS: &[LedgerAccount] = &[
    LedgerAccount::EmployerPremium,
    LedgerAccount::PersonPremium,
    LedgerAccount::Subsidy,
];
pub(super) const PURSES: &[LedgerAccount] = &[
    LedgerAccount::PooledFund,
    LedgerAccount::LargeAmountFund,
    LedgerAccount::Awaiting,
];

/// The months for which is paid, by whom.
#[derive(Clone, Debug)]
pub(crate) struct Due {
    pub(crate) first: Month,
    pub(crate) last: Month,
    pub(crate) paid: Date,
    pub(crate) employer: Option<String>,
    pub(crate) statuses: &'static [Status],
    pub(crate) stated: Arc<[Stated]>,
}

pub(crate) fn run(command: &Contribute, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let due = due(command)?;
    let agency = desk.open()?;
    let swept = swept(&agency, desk, &due)?;
    let output = desk.output;
    if command.json {
        let mut value = sums::json(&swept);
        value["first"] = json!(due.first.digits());
        value["last"] = json!(due.last.digits());
        output.line(&pretty(&value));
        return Ok(ExitCode::SUCCESS);
    }
    let (done, persons) = (count(swept.done), count(swept.persons));
    output.line(&match output.lang {
        Lang::Zh => format!("参保人 {persons} 人，缴费 {done} 笔，缴费日 {}", due.paid),
        Lang::En => format!(
            "Persons {persons}, premiums recorded {done}, paid on {}",
            due.paid
        ),
    });
    sums::table(
        output,
        &[
            (output.say("缴费方", "paid by"), &swept.debited, PAYERS),
            (output.say("进入", "into"), &swept.credited, PURSES),
        ],
    );
    sums::refused(output, &swept.refused);
    Ok(ExitCode::SUCCESS)
}

fn due(command: &Contribute) -> Result<Due, String> {
    let (first, last, paid, statuses): (_, _, _, &[Status]) = match (command.month, command.year) {
        (Some(month), _) => (
            month,
            month,
            month.last_day(),
            &[Status::Active, Status::Flexible],
        ),
        (None, Some(year)) => {
            let first = Month::new(year, 1).ok_or("a year is written like 2024")?;
            (
                first,
                first.plus(11),
                first.first_day(),
                &[Status::Resident],
            )
        }
        (None, None) => return Err("--month or --year is needed".into()),
    };
    Ok(Due {
        first,
        last,
        paid: command.paid.unwrap_or(paid),
        employer: command.employer.clone(),
        statuses,
        stated: command.stated.as_slice().into(),
    })
}

fn swept(agency: &Agency, desk: &Desk<'_>, due: &Due) -> Result<Swept, String> {
    let progress = Progress::of(None, desk.output.say("缴费", "premiums"));
    let make = || {
        let (due, bar) = (due.clone(), progress.clone());
        Sweep {
            acts: Box::new(move |_, state| due.act(state).into_iter().collect()),
            progress: Box::new(move |persons| bar.add(persons)),
        }
    };
    let swept = agency.sweep(make).map_err(|e| desk.stored(e));
    progress.done();
    swept
}

impl Due {
    /// The payment of a person for whom one is due.
    pub(crate) fn act(&self, state: &PersonState) -> Option<Act> {
        let open = state.open_enrolment()?;
        let theirs = self.employer.is_none() || state.employer == self.employer;
        let due = self.statuses.contains(&open.status) && open.from <= self.last.last_day();
        if !due || !theirs || self.is_paid(state) {
            return None;
        }
        // Whoever joins within the year pays from the month of joining.
        let first = self.first.max(Month::of(open.from));
        Some(Act::Pay {
            first: first.digits(),
            last: self.last.digits(),
            base: None,
            stated: Stated::all(&self.stated, state.base_on(self.last.last_day())),
            paid: self.paid,
        })
    }

    fn is_paid(&self, state: &PersonState) -> bool {
        let mut payments = state.membership.payments.iter();
        payments.any(|p| p.first <= self.first && self.last <= p.last)
    }
}
