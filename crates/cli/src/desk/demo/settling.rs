//! The months of a demonstration: the premiums of all, in time or late, and the credits, in one pass over the persons.

use std::sync::Arc;

use agency::Sweep;
use agency::act::Act;
use agency::state::PersonState;
use domain::bill::Scheme;
use domain::month::Month;
use domain::person::Status;
use domain::policy::contribution::{Contributor, PremiumPurse};
use domain::{Fen, Ratio};
use jiff::civil::Date;

use super::Run;
use super::late::Late;
use crate::desk::contribute::Due;
use crate::desk::credit;
use crate::desk::stated::Stated;

/// What is due in a month.
struct MonthDue {
    dues: Vec<Due>,
    late: Late,
    month: Month,
    credited: Date,
}

impl Run<'_> {
    /// The premiums of the month, on its 10th, and the credits, on its 15th.
    pub(super) fn pay_and_credit(&mut self, month: Month) -> Result<(), String> {
        let on = |day: i8| Date::new(month.year(), month.month(), day).unwrap_or(month.last_day());
        let plan = Arc::new(MonthDue {
            dues: self.dues(month, on(10)),
            late: self.late(month),
            month,
            credited: on(15),
        });
        let make = || {
            let (plan, bar) = (Arc::clone(&plan), self.progress.clone());
            Sweep {
                acts: Box::new(move |_, state| plan.acts(state)),
                progress: Box::new(move |persons| bar.add(persons)),
            }
        };
        let swept = self.agency.sweep(make);
        self.swept.add(swept.map_err(|e| self.desk.stored(e))?);
        Ok(())
    }

    /// The premiums of coming months, paid in advance: so that a town that is tried later is still covered.
    pub(super) fn pay_ahead(&mut self, first: Month, until: Month) -> Result<(), String> {
        let paid = first.previous().first_day();
        let due = |statuses, first, last| Due {
            first,
            last,
            paid,
            employer: None,
            statuses,
            stated: self.stated(statuses, first).into(),
        };
        let mut dues = vec![
            due(&[Status::Active], first, until),
            due(&[Status::Flexible], first, until),
        ];
        // A year's premium is for all its months.
        let mut january = first.plus((13 - i32::from(first.month())) % 12);
        while january <= until {
            dues.push(due(&[Status::Resident], january, january.plus(11)));
            january = january.plus(12);
        }
        let dues: Arc<[Due]> = dues.into();
        let make = || {
            let (dues, bar) = (Arc::clone(&dues), self.progress.clone());
            Sweep {
                acts: Box::new(move |_, state| {
                    dues.iter().filter_map(|due| due.act(state)).collect()
                }),
                progress: Box::new(move |persons| bar.add(persons)),
            }
        };
        let swept = self.agency.sweep(make);
        self.swept.add(swept.map_err(|e| self.desk.stored(e))?);
        Ok(())
    }

    /// What is due of the employed, the flexible, and in the first month and each January of the residents.
    fn dues(&self, month: Month, paid: Date) -> Vec<Due> {
        let due = |statuses, last, paid| Due {
            first: month,
            last,
            paid,
            employer: None,
            statuses,
            stated: self.stated(statuses, month).into(),
        };
        let mut dues = vec![
            due(&[Status::Active], month, paid),
            due(&[Status::Flexible], month, paid),
        ];
        if month == Month::of(self.town.start()) || month.month() == 1 {
            let december = month.plus(12 - i32::from(month.month()));
            dues.push(due(&[Status::Resident], december, month.first_day()));
        }
        dues
    }

    /// What is stated where the policy of the month has no rows: what is usual, and no figure of any place.
    pub(super) fn stated(&self, statuses: &[Status], month: Month) -> Vec<Stated> {
        let scheme = match statuses {
            [Status::Resident] => Scheme::Resident,
            _ => Scheme::Employee,
        };
        let office = self.agency.office();
        let version = office.policies.on(scheme, month.first_day());
        let rows = version.is_ok_and(|version| {
            let mut rows = version.policy().contributions.premiums.iter();
            rows.any(|row| statuses.iter().any(|status| row.statuses.contains(status)))
        });
        let percent = |payer, into, percent| Stated::part(payer, into, Ratio::percent(percent));
        let yuan = |payer, yuan| Stated::amount(payer, PremiumPurse::Pooled, Fen::from_yuan(yuan));
        match statuses {
            _ if rows => Vec::new(),
            [Status::Resident] => vec![
                yuan(Contributor::Person, 380),
                yuan(Contributor::Government, 640),
            ],
            [Status::Flexible] => {
                vec![percent(Contributor::Person, PremiumPurse::Pooled, 10)]
            }
            _ => vec![
                percent(Contributor::Employer, PremiumPurse::Pooled, 8),
                percent(Contributor::Person, PremiumPurse::Account, 2),
            ],
        }
    }
}

impl MonthDue {
    fn acts(&self, state: &PersonState) -> Vec<Act> {
        let mut acts = Vec::new();
        let active = state.open_enrolment().map(|open| open.status) == Some(Status::Active);
        let employer = state.employer.as_deref().filter(|_| active);
        let mut owes = false;
        if let Some(employer) = employer {
            let made_good = self.late.made_good(employer);
            acts.extend(made_good.iter().map(|&(month, paid)| {
                Act::Pay {
                    first: month.digits(),
                    last: month.digits(),
                    base: None,
                    stated: self
                        .dues
                        .first()
                        .map(|due| Stated::all(&due.stated, state.base_on(month.last_day())))
                        .unwrap_or_default(),
                    paid,
                }
            }));
            let credits = made_good
                .iter()
                .filter_map(|&(month, _)| credit::act(state, month, self.credited));
            acts.extend(credits);
            owes = self.late.owes(employer);
        }
        if !owes {
            acts.extend(self.dues.iter().filter_map(|due| due.act(state)));
            acts.extend(credit::act(state, self.month, self.credited));
        }
        acts
    }
}
