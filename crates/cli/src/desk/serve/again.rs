//! What a kept demonstration lacks today: the premiums since the month until which it was paid, so that it can be tried as on its first day.

use agency::act::Act;
use agency::state::PersonState;
use agency::{Agency, Sweep};
use domain::month::Month;
use domain::person::Status;
use jiff::civil::Date;

use super::lives::Calendar;
use super::samples::SAMPLES;
use crate::desk::Desk;

/// Pays for everybody who was paid for as long as the first test person was; who was in arrears stays so.
pub(super) fn paid(agency: &Agency, today: Date, desk: &Desk<'_>) -> Result<(), String> {
    let Some(first) = SAMPLES.first() else {
        return Ok(());
    };
    let person = agency.find(&first.identity(first.birth())).0;
    let state = agency.person(person).map_err(|e| desk.stored(e))?;
    let Some(until) = state.as_ref().and_then(last_paid) else {
        return Ok(());
    };
    if today <= until.last_day() {
        return Ok(());
    }
    let make = || Sweep {
        acts: Box::new(move |_, state| due(state, until, today)),
        progress: Box::new(|_| {}),
    };
    agency.sweep(make).map_err(|e| desk.stored(e))?;
    Ok(())
}

fn last_paid(state: &PersonState) -> Option<Month> {
    state.membership.payments.last().map(|paid| paid.last)
}

/// The premiums that a person lacks who was paid for until a month: those of residents year by year.
fn due(state: &PersonState, until: Month, today: Date) -> Vec<Act> {
    let (Some(open), Some(last)) = (state.open_enrolment(), last_paid(state)) else {
        return Vec::new();
    };
    if last < until || today <= last.last_day() {
        return Vec::new();
    }
    let ahead = Calendar::of(today).ahead;
    let mut first = last.next();
    let mut acts = Vec::new();
    while first <= ahead {
        let to = match open.status {
            Status::Retired => return Vec::new(),
            Status::Resident => first.plus(12 - i32::from(first.month())),
            _ => ahead,
        };
        acts.push(Act::Pay {
            first: first.digits(),
            last: to.digits(),
            base: None,
            stated: Vec::new(),
            // In time, as it would have been paid.
            paid: first.first_day(),
        });
        first = to.next();
    }
    acts
}

#[cfg(test)]
mod tests {
    use domain::membership::{Enrolment, Joining, Leaving, Payment};
    use jiff::civil::date;

    use super::*;

    fn somebody(status: Status, paid: (i16, i8), left: bool) -> PersonState {
        let mut state = PersonState::default();
        let until = left.then_some((date(2026, 1, 31), Leaving::Left));
        state.membership.enrolments.push(Enrolment {
            status,
            joining: Joining::First,
            from: date(2025, 9, 1),
            until,
        });
        state.membership.payments.push(Payment {
            first: Month::new(2025, 9).unwrap(),
            last: Month::new(paid.0, paid.1).unwrap(),
            late: None,
        });
        state
    }

    #[test]
    fn what_was_paid_ahead_is_paid_on_and_arrears_stay() {
        use Status::{Active, Resident, Retired};
        let until = Month::new(2026, 1).unwrap();
        for (status, paid, left, today, expected) in [
            (Active, (2026, 1), false, date(2026, 1, 31), vec![]),
            (
                Active,
                (2026, 1),
                false,
                date(2026, 2, 1),
                vec![(202_602, 202_701)],
            ),
            (Active, (2025, 9), false, date(2026, 2, 1), vec![]),
            (Active, (2026, 1), true, date(2026, 2, 1), vec![]),
            (Retired, (2026, 1), false, date(2026, 2, 1), vec![]),
            (Resident, (2026, 12), false, date(2026, 12, 31), vec![]),
            (
                Resident,
                (2026, 12),
                false,
                date(2027, 1, 1),
                vec![(202_701, 202_712), (202_801, 202_812)],
            ),
        ] {
            let acts = due(&somebody(status, paid, left), until, today);
            let paid = acts.iter().map(|act| match act {
                Act::Pay { first, last, .. } => (*first, *last),
                other => panic!("{other:?}"),
            });
            let told = format!("{status:?} {paid:?} {today}");
            assert_eq!(paid.collect::<Vec<_>>(), expected, "{told}");
        }
    }
}
