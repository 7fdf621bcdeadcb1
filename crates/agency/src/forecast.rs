//! `Forecast`: what a bill would come to now, and after the next credit; a bill as the agency knows it. Nothing is recorded.

mod told;

use domain::Fen;
use domain::bill::Bill;
use domain::cite::Cite;
use domain::ledger::LedgerAccount;
use domain::month::Month;
use domain::person::Status;
use domain::settlement::Settlement;
use domain::step::Payer;
use jiff::civil::Date;

use crate::act::{Act, Known, Settling, bill_of, bill_of_visit, decide};
use crate::office::{Office, Version};
use crate::record::Care;
use crate::refused::Refused;
use crate::state::PersonState;
use crate::visit::VisitState;

/// What a bill would come to now, and after the next credit.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// Settled now.
    pub now: Settlement,
    /// The next credit, if there is one to come.
    pub credit: Option<NextCredit>,
    /// Settled with that credit in the account.
    pub then: Option<Settlement>,
}

/// A credit that is to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextCredit {
    /// The month, or the first month of the year credited in advance.
    pub month: Month,
    /// How much comes into the account.
    pub amount: Fen,
    /// By which day, where the policy says so and the day is not past.
    pub by: Option<Date>,
    /// The day by which it should have come, where that day is past.
    pub overdue: Option<Date>,
    /// The clause of that.
    pub cite: Option<Cite>,
    /// The month's premium must be paid first.
    pub unpaid: bool,
}

impl Forecast {
    /// Cash now, and after the credit.
    #[must_use]
    pub fn cash(&self) -> (Fen, Option<Fen>) {
        let cash = |settlement: &Settlement| settlement.paid_by(Payer::Cash);
        (cash(&self.now), self.then.as_ref().map(cash))
    }
}

/// A bill with all that the agency knows of the person, and the policy that holds for it.
///
/// # Errors
/// Why there is no such bill.
pub fn bill(
    office: &Office,
    person: u64,
    state: &PersonState,
    care: &Care,
) -> Result<(Bill, Version), Refused> {
    let known = known(office, person, state);
    let case = bill_of(&known, care)?;
    Ok((case.bill, case.version.clone()))
}

/// The bill of a visit's open lines, or in between of those up to a day, with the care of it and the policy that holds for it.
///
/// # Errors
/// Why there is no such bill.
pub fn visit_bill(
    office: &Office,
    (person, state): (u64, &PersonState),
    visit: &VisitState,
    settling: &Settling,
) -> Result<(Bill, Care, Version), Refused> {
    let known = Known {
        visit: Some(visit),
        ..known(office, person, state)
    };
    let (case, care) = bill_of_visit(&known, settling)?;
    Ok((case.bill, care, case.version.clone()))
}

/// The bill of a care on its day: settled now, and settled with the next credit in the account, on the same day and under the same rules.
///
/// # Errors
/// Why there is no such bill or no answer to it.
pub fn forecast(
    office: &Office,
    person: u64,
    state: &PersonState,
    care: &Care,
) -> Result<Forecast, Refused> {
    let (mut bill, version) = bill(office, person, state, care)?;
    let plan = &version.file.plan;
    let now = domain::settle(&bill, plan)?;
    let credit = next_credit(office, person, state, care.when.days().settlement());
    let then = match &credit {
        None => None,
        Some(credit) => {
            bill.accounts.current += credit.amount;
            Some(domain::settle(&bill, plan)?)
        }
    };
    Ok(Forecast { now, credit, then })
}

/// The credit of the first month that is not credited, from that of the day on; none when the policy credits such a person nothing.
#[must_use]
pub fn next_credit(
    office: &Office,
    person: u64,
    state: &PersonState,
    day: Date,
) -> Option<NextCredit> {
    let of_day = Month::of(day);
    let after = Month::of_digits(state.account.credited()).map(Month::next);
    let month = after.map_or(of_day, |after| after.max(of_day));
    let payments = &state.membership.payments;
    let paid = payments.iter().any(|p| p.first <= month && month <= p.last);
    let pays = state.status(month.last_day()) != Some(Status::Retired);
    let unpaid = pays && !paid;
    let mut state = state.clone();
    if unpaid {
        state.membership.pay(month, month, None);
    }
    let known = known(office, person, &state);
    let keeping = known
        .policy(month.last_day())
        .ok()
        .map(|(_, version)| version);
    let rule = keeping.and_then(|version| version.policy().keeping.credit_by_day());
    let by = rule.and_then(|(day, _)| Date::new(month.year(), month.month(), day).ok());
    let act = Act::Credit {
        month: month.digits(),
        on: by.unwrap_or_else(|| month.last_day()),
    };
    let draft = decide(&known, &act).ok()?;
    let current = LedgerAccount::Current.number();
    let into = draft.postings.iter().filter(|p| p.credit == current);
    Some(NextCredit {
        month,
        amount: into.map(|p| p.amount).sum(),
        by: by.filter(|by| day <= *by),
        overdue: by.filter(|by| *by < day),
        cite: rule.map(|(_, cite)| cite.clone()),
        unpaid,
    })
}

fn known<'a>(office: &'a Office, person: u64, state: &'a PersonState) -> Known<'a> {
    Known {
        office,
        person,
        state: Some(state),
        visit: None,
        entry: None,
        trial: false,
        by: None,
    }
}
