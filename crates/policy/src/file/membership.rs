//! When cover begins, rests and comes back: the tables `waiting`, `arrears`, `newborn` and `minimum_years`.

use domain::membership::{Joining, Sex};
use domain::policy::MembershipRules;
use domain::policy::membership::{
    Arrears, CountsFrom, MinimumYears, Newborn, NewbornLate, Repair, Restores, Waiting,
};

use super::Places;
use super::contribution::statuses;
use super::ids::{Ids, each_once};
use super::rows::read_rows;
use crate::bill::{needed, optional};
use crate::reader::{EMPTY, Field, Reader, Table};

/// The ways of joining that may lead to a wait.
const WAITERS: [Joining; 3] = [Joining::First, Joining::Return, Joining::TransferIn];

/// The most months that may be named: ten years.
const MOST_MONTHS: u32 = 120;

pub(super) fn membership(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> MembershipRules {
    MembershipRules {
        waiting: read_rows(r, t, "waiting", |r, t| {
            waiting(r, t, ids, places).into_iter().collect()
        }),
        arrears: read_rows(r, t, "arrears", |r, t| {
            arrears(r, t, ids, places).into_iter().collect()
        }),
        newborn: newborn(r, t, ids, places),
        minimum_years: read_rows(r, t, "minimum_years", |r, t| {
            minimum_years(r, t, ids, places).into_iter().collect()
        }),
    }
}

fn waiting(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Option<Waiting> {
    let row = places.add("waiting", t.at);
    let statuses = needed(r, t, "status", statuses);
    let joining = needed(r, t, "joining", joining);
    let break_over = optional(r, t, "break_over_months", |r, f| {
        let first = joining.iter().flatten().any(|j| *j == Joining::First);
        if first {
            r.tell_field(f, "who joins for the first time, `first`, has no break");
        }
        count(r, f, 1, MOST_MONTHS)
    });
    let late = optional(r, t, "late", Reader::bool);
    let from_month = from_month(r, t);
    let counts_from = needed(r, t, "counts_from", |r, f| {
        r.word(f, CountsFrom::ALL, CountsFrom::code)
    });
    let cite = ids.cite(r, t);
    Some(Waiting {
        statuses: statuses?,
        joining: joining?,
        break_over: break_over?.unwrap_or(0),
        late: late?.unwrap_or(false),
        from_month: from_month?,
        counts_from: counts_from?,
        cite: cite?,
        row,
    })
}

fn joining(r: &mut Reader<'_>, field: &Field<'_>) -> Option<Vec<Joining>> {
    let joining = each_once(r, field, &WAITERS, Joining::code)?;
    if joining.is_empty() {
        r.tell(field.node.at, &field.path, EMPTY);
    }
    Some(joining)
}

/// `months` of waiting, or the month `from_month` with which cover begins.
fn from_month(r: &mut Reader<'_>, t: &mut Table<'_>) -> Option<u32> {
    match (t.take("months"), t.take("from_month")) {
        (Some(field), None) => count(r, &field, 1, MOST_MONTHS).map(|months| months + 1),
        (None, Some(field)) => count(r, &field, 2, MOST_MONTHS),
        _ => {
            let message = "give exactly one of `months` and `from_month`";
            r.tell(t.at, &t.path, message);
            None
        }
    }
}

fn arrears(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Option<Arrears> {
    let row = places.add("arrears", t.at);
    let statuses = needed(r, t, "status", statuses);
    let suspended_from = needed(r, t, "suspended_from_month", |r, f| {
        count(r, f, 1, MOST_MONTHS)
    });
    let months = optional(r, t, "repair_months", |r, f| count(r, f, 1, MOST_MONTHS));
    let days = optional(r, t, "repair_days", |r, f| count(r, f, 1, 3660));
    if let (Some(Some(_)), Some(Some(_))) = (months, days) {
        let message = "give at most one of `repair_months` and `repair_days`";
        r.tell(t.at, &t.path, message);
    }
    let restores = needed(r, t, "restores", |r, f| {
        r.word(f, Restores::ALL, Restores::code)
    });
    let cite = ids.cite(r, t);
    let repair = match (months?, days?) {
        (Some(months), _) => Some(Repair::Months(months)),
        (None, days) => days.map(Repair::Days),
    };
    Some(Arrears {
        statuses: statuses?,
        suspended_from: suspended_from?,
        repair,
        restores: restores?,
        cite: cite?,
        row,
    })
}

fn newborn(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Option<Newborn> {
    let field = t.take("newborn")?;
    let mut t = r.table(&field)?;
    let row = places.add("newborn", t.at);
    let paid_within_days = needed(r, &mut t, "paid_within_days", |r, f| count(r, f, 1, 366));
    let otherwise = needed(r, &mut t, "otherwise", |r, f| {
        r.word(f, NewbornLate::ALL, NewbornLate::code)
    });
    let cite = ids.cite(r, &mut t);
    r.done(t);
    Some(Newborn {
        paid_within_days: paid_within_days?,
        otherwise: otherwise?,
        cite: cite?,
        row,
    })
}

fn minimum_years(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Option<MinimumYears> {
    let row = places.add("minimum_years", t.at);
    let sex = optional(r, t, "sex", |r, f| r.word(f, Sex::ALL, Sex::code));
    let years = needed(r, t, "years", |r, f| count(r, f, 1, 60));
    let really_paid = optional(r, t, "really_paid_years", |r, f| {
        count(r, f, 1, years.unwrap_or(60))
    });
    let cite = ids.cite(r, t);
    Some(MinimumYears {
        sex: sex?,
        years: years?,
        really_paid: really_paid?,
        cite: cite?,
        row,
    })
}

/// A whole number within these bounds.
pub(super) fn count(r: &mut Reader<'_>, field: &Field<'_>, least: u32, most: u32) -> Option<u32> {
    let number = r.count(field, most)?;
    if number < least {
        r.tell_field(field, &format!("it is at least {least}"));
    }
    (number >= least).then_some(number)
}
