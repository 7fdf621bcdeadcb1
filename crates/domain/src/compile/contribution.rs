//! What is paid in and credited: two rows apply, or none, and both are faults.

use super::classes::{common_person, person_text};
use super::membership::each_pair;
use crate::bill::Scheme;
use crate::class::{OLDEST, PersonClass, Span};
use crate::fault::{Fault, FaultKind, Faults};
use crate::person::Status;
use crate::policy::Policy;
use crate::policy::contribution::{Cell, Credit, Premium, PremiumPurse, cells};

/// Every fault of the tables `contribution_base`, `premium` and `credit`.
pub(super) fn faults(policy: &Policy) -> Faults {
    let mut faults = Faults::default();
    bounds(policy, &mut faults);
    no_accounts(policy, &mut faults);
    two_premiums(policy, &mut faults);
    two_credits(policy, &mut faults);
    for &status in Status::ALL {
        gaps(policy, status, &mut faults);
    }
    faults
}

fn bounds(policy: &Policy, faults: &mut Faults) {
    let Some(base) = &policy.contributions.base else {
        return;
    };
    if let (Some(floor), Some(ceiling)) = (&base.floor, &base.ceiling)
        && floor.value >= ceiling.value
    {
        let kind = FaultKind::FloorNotBelow(floor.value, ceiling.value);
        faults.push(Fault::of([base.row], kind));
    }
}

/// Residents have no personal account.
fn no_accounts(policy: &Policy, faults: &mut Faults) {
    let without = |statuses: &[Status]| {
        policy.scheme == Scheme::Resident || statuses.contains(&Status::Resident)
    };
    let paid = policy.contributions.premiums.iter();
    let paid = paid.filter(|p| p.into == PremiumPurse::Account && without(&p.statuses));
    let credited = policy.contributions.credits.iter();
    let credited = credited.filter(|c| without(&c.statuses));
    for row in paid.map(|p| p.row).chain(credited.map(|c| c.row)) {
        faults.push(Fault::of([row], FaultKind::NoAccount));
    }
}

fn two_premiums(policy: &Policy, faults: &mut Faults) {
    each_pair(&policy.contributions.premiums, |later, earlier| {
        if (later.payer, later.into) != (earlier.payer, earlier.into) {
            return;
        }
        let [a, b] = [earlier, later].map(payers);
        if let Some((person, _)) = common_person(policy, &a, &b) {
            let (payer, into) = (later.payer.code(), later.into.code());
            let who = person_text(&person, None);
            let who = format!("{who}, for whom `{payer}` pays into `{into}`");
            let kind = FaultKind::TwoFor("premium", who);
            faults.push(Fault::of([later.row, earlier.row], kind));
        }
    });
}

fn two_credits(policy: &Policy, faults: &mut Faults) {
    each_pair(&policy.contributions.credits, |later, earlier| {
        let [a, b] = [earlier, later].map(credited);
        if let Some((person, age)) = common_person(policy, &a, &b) {
            let kind = FaultKind::TwoFor("credit", person_text(&person, Some(age)));
            faults.push(Fault::of([later.row, earlier.row], kind));
        }
    });
}

fn payers(premium: &Premium) -> PersonClass {
    PersonClass {
        status: Some(premium.statuses.clone()),
        identities: premium.identities.clone(),
        without: premium.without.clone(),
        ..PersonClass::default()
    }
}

fn credited(credit: &Credit) -> PersonClass {
    PersonClass {
        status: Some(credit.statuses.clone()),
        age: credit.age,
        retired: credit.retired,
        ..PersonClass::default()
    }
}

/// Ages and days of retirement at which nothing is credited, where the status has a credit; ages that follow each other once.
fn gaps(policy: &Policy, status: Status, faults: &mut Faults) {
    let contributions = &policy.contributions;
    let mut credits = contributions.credits.iter();
    let Some(first) = credits.find(|c| c.statuses.contains(&status)) else {
        return;
    };
    let mut open: Option<Cell> = None;
    let mut found: Vec<Cell> = Vec::new();
    for cell in cells(&[contributions], status) {
        let covered = contributions.credit_in(status, &cell).is_some();
        match &mut open {
            Some((ages, days)) if !covered && *days == cell.1 => ages.until = cell.0.until,
            _ => {
                found.extend(open.take());
                open = (!covered).then_some(cell);
            }
        }
    }
    for cell in found.into_iter().chain(open) {
        let kind = FaultKind::NoCredit(uncredited(status, &cell));
        faults.push(Fault::of([first.row], kind));
    }
}

/// Those of a cell in words: the first age and day and the last, where there is one.
fn uncredited(status: Status, (ages, days): &Cell) -> String {
    let (from, until) = (ages.from.unwrap_or(0), ages.until.unwrap_or(OLDEST));
    let days = match days {
        Span {
            from: Some(from),
            until: Some(until),
        } => format!(", retired {from} to {until}"),
        Span {
            from: Some(from),
            until: None,
        } => format!(", retired {from} or later"),
        Span {
            from: None,
            until: Some(until),
        } => format!(", retired {until} or earlier"),
        Span {
            from: None,
            until: None,
        } => String::new(),
    };
    let ages = if from == until {
        format!("{from}")
    } else {
        format!("{from} to {until}")
    };
    format!("a person `{}` of {ages}{days}", status.code())
}
