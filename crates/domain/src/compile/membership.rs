//! When cover begins and how accounts are kept: two rows apply, or there is no account, and both are faults.

use crate::bill::Scheme;
use crate::fault::{Fault, FaultKind, Faults};
use crate::membership::Sex;
use crate::policy::membership::Waiting;
use crate::policy::{Keeping, MembershipRules, Policy, RowRef};

/// Every fault of the tables `waiting`, `arrears`, `minimum_years`, `interest` and `account_keeping`.
pub(super) fn faults(policy: &Policy, faults: &mut Faults) {
    let MembershipRules {
        waiting,
        arrears,
        minimum_years,
        ..
    } = &policy.membership;
    each_pair(waiting, |later, earlier| {
        if let Some(who) = both_wait(later, earlier) {
            two(faults, [later.row, earlier.row], who);
        }
    });
    each_pair(arrears, |later, earlier| {
        if let Some(status) = common(&later.statuses, &earlier.statuses) {
            let who = format!("a person `{}`", status.code());
            two(faults, [later.row, earlier.row], who);
        }
    });
    each_pair(minimum_years, |later, earlier| {
        let sexes = |sex: Option<Sex>| sex.map_or(Sex::ALL.to_vec(), |sex| vec![sex]);
        if let Some(sex) = common(&sexes(later.sex), &sexes(earlier.sex)) {
            let who = format!("a `{}` person", sex.code());
            two(faults, [later.row, earlier.row], who);
        }
    });
    kept(&policy.keeping, faults);
    if policy.scheme == Scheme::Resident {
        no_accounts(&policy.keeping, faults);
    }
}

fn both_wait(later: &Waiting, earlier: &Waiting) -> Option<String> {
    // Of several for different breaks the longest counts.
    if later.break_over != earlier.break_over {
        return None;
    }
    let status = common(&later.statuses, &earlier.statuses)?;
    let joining = common(&later.joining, &earlier.joining)?;
    Some(format!(
        "a person `{}`, `{}`",
        status.code(),
        joining.code()
    ))
}

fn kept(keeping: &Keeping, faults: &mut Faults) {
    each_pair(&keeping.interest, |later, earlier| {
        if let Some(part) = common(&later.parts, &earlier.parts) {
            let what = format!("the part `{}`", part.code());
            two(faults, [later.row, earlier.row], what);
        }
    });
    each_pair(&keeping.rules, |later, earlier| {
        if later.says.key() == earlier.says.key() {
            let what = format!("`{}`", later.says.key());
            two(faults, [later.row, earlier.row], what);
        }
    });
}

fn no_accounts(keeping: &Keeping, faults: &mut Faults) {
    let interest = keeping.interest.iter().map(|row| row.row);
    for row in interest.chain(keeping.rules.iter().map(|row| row.row)) {
        faults.push(Fault::of([row], FaultKind::NoAccount));
    }
}

fn two(faults: &mut Faults, rows: [RowRef; 2], who: String) {
    let kind = FaultKind::TwoFor(rows[0].table, who);
    faults.push(Fault::of(rows, kind));
}

/// The first that is in both lists.
fn common<T: Copy + PartialEq>(a: &[T], b: &[T]) -> Option<T> {
    a.iter().copied().find(|element| b.contains(element))
}

pub(super) fn each_pair<T>(rows: &[T], mut each: impl FnMut(&T, &T)) {
    for (number, later) in rows.iter().enumerate() {
        for earlier in &rows[..number] {
            each(later, earlier);
        }
    }
}
