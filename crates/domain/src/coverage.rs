//! `Policy::coverage`: is a person covered on a day, why, and by which clause; called once for each day that a bill asks about.
//!
//! Every comparison with the day goes through [`Asked::reached`], which remembers how far the day could move without another
//! answer: so `since` and `until` are right by construction. Nothing is allocated.

mod stretch;

use jiff::civil::Date;

use crate::cite::Cite;
use crate::day::days_between;
use crate::membership::{Enrolment, Joining, Leaving, Membership};
use crate::month::Month;
use crate::person::{CoverageState, Spell, Status};
use crate::policy::Policy;
use crate::policy::membership::{Newborn, NewbornLate};
use crate::words::words;

words! {
    /// Why a person is covered on a day, or is not.
    pub enum Reason {
        Paid: "paid", "已缴费", "the premium is paid";
        Retired: "retired", "退休", "retired";
        RetiredWithYears: "retired_with_years", "退休且年限达标", "retired with enough years";
        NewbornGrace: "newborn_grace", "新生儿自出生起", "newborn, covered from birth";
        Grace: "grace", "欠费宽限期内", "unpaid, and cover does not rest yet";
        Repaired: "repaired", "补缴后追溯", "unpaid at first and made good in time";
        Arrears: "arrears", "欠费", "the premium is not paid";
        RepairedLate: "repaired_late", "逾期补缴", "paid too late to be made good";
        RetiredShortOfYears: "retired_short_of_years", "退休年限不足", "retired without enough years";
        WaitingFirst: "waiting_first", "首次参保等待期", "waiting after joining for the first time";
        WaitingReturn: "waiting_return", "中断等待期", "waiting after a break";
        WaitingTransfer: "waiting_transfer", "转入等待期", "waiting after a transfer";
        NewbornLate: "newborn_late", "新生儿逾期缴费", "newborn, paid for too late to be covered from birth";
        TransferredOut: "transferred_out", "已转出", "transferred out";
        Died: "died", "死亡", "died";
        Left: "left", "已停保", "left";
        BeforeEnrolment: "before_enrolment", "参保前", "before enrolment";
        NotEnrolled: "not_enrolled", "未参保", "never enrolled";
    }
}

impl Reason {
    /// The table of what each comes to.
    #[must_use]
    pub const fn state(self) -> CoverageState {
        match self {
            Reason::Paid
            | Reason::Retired
            | Reason::RetiredWithYears
            | Reason::NewbornGrace
            | Reason::Grace
            | Reason::Repaired => CoverageState::InForce,
            Reason::Arrears | Reason::RepairedLate | Reason::RetiredShortOfYears => {
                CoverageState::Suspended
            }
            Reason::WaitingFirst
            | Reason::WaitingReturn
            | Reason::WaitingTransfer
            | Reason::NewbornLate => CoverageState::Waiting,
            Reason::TransferredOut | Reason::Died | Reason::Left => CoverageState::Ended,
            Reason::BeforeEnrolment | Reason::NotEnrolled => CoverageState::None,
        }
    }
}

/// The answer for a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Covered<'p> {
    /// The state.
    pub state: CoverageState,
    /// Why.
    pub reason: Reason,
    /// The answer is the same from this day on, at least; on all days before if absent.
    pub since: Option<Date>,
    /// The answer is the same to this day, at least; on all days after if absent.
    pub until: Option<Date>,
    /// The clause of the row that decided, or of `[coverage]`.
    pub cite: &'p Cite,
}

/// How a person stands to the minimum years, in months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearsMet<'p> {
    /// What counts: earlier months, and those paid here up to the day.
    pub paid: u32,
    /// What is needed.
    pub needed: u32,
    /// Of it paid here.
    pub really_paid: u32,
    /// What must be paid here.
    pub really_needed: Option<u32>,
    /// The row's clause.
    pub cite: &'p Cite,
}

impl YearsMet<'_> {
    /// Are there enough?
    #[must_use]
    pub fn met(&self) -> bool {
        let really = self.really_needed;
        self.paid >= self.needed && really.is_none_or(|needed| self.really_paid >= needed)
    }
}

impl Policy {
    /// Is the person covered on this day, by what is known of the membership today?
    #[must_use]
    pub fn coverage(&self, membership: &Membership, day: Date) -> Covered<'_> {
        let mut judge = Judge::new(self, membership, day);
        let (reason, cite) = judge.verdict();
        Covered {
            state: reason.state(),
            reason,
            since: judge.asked.since,
            until: judge.asked.until,
            cite,
        }
    }

    /// The states of cover from one day to another, as a bill tells them; days without an insurance are left out.
    #[must_use]
    pub fn spells(&self, membership: &Membership, from: Date, until: Date) -> Vec<Spell> {
        let mut spells: Vec<Spell> = Vec::new();
        let mut day = from;
        while day <= until {
            let covered = self.coverage(membership, day);
            let last = covered.until.map_or(until, |last| last.min(until));
            match spells.last_mut() {
                Some(spell)
                    if spell.state == covered.state && spell.until == day.yesterday().ok() =>
                {
                    spell.until = Some(last);
                }
                _ if covered.state == CoverageState::None => {}
                _ => spells.push(Spell {
                    from: day,
                    until: Some(last),
                    state: covered.state,
                }),
            }
            match last.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        spells
    }

    /// How the person stands to the minimum years on a day; nothing where the file has no such rule.
    #[must_use]
    pub fn years_met(&self, membership: &Membership, day: Date) -> Option<YearsMet<'_>> {
        Judge::new(self, membership, day).years()
    }
}

/// The day, and the days around it that cannot be told from it so far.
struct Asked {
    day: Date,
    since: Option<Date>,
    until: Option<Date>,
}

impl Asked {
    /// Is it this day or later?
    fn reached(&mut self, from: Date) -> bool {
        let reached = self.day >= from;
        if reached {
            self.since = Some(self.since.map_or(from, |since| since.max(from)));
        } else {
            // The day lies before, so there is a day before.
            let before = from.yesterday().unwrap_or(self.day);
            self.until = Some(self.until.map_or(before, |until| until.min(before)));
        }
        reached
    }
}

/// A reason and the clause for it.
type Verdict<'p> = (Reason, &'p Cite);

/// Judges one membership on one day.
struct Judge<'p, 'm> {
    policy: &'p Policy,
    membership: &'m Membership,
    asked: Asked,
}

impl<'p, 'm> Judge<'p, 'm> {
    fn new(policy: &'p Policy, membership: &'m Membership, day: Date) -> Judge<'p, 'm> {
        Judge {
            policy,
            membership,
            asked: Asked {
                day,
                since: None,
                until: None,
            },
        }
    }

    /// The clause for what no row of its own decides.
    fn own(&self) -> &'p Cite {
        &self.policy.coverage.cite
    }

    fn verdict(&mut self) -> Verdict<'p> {
        let Some(enrolment) = self.enrolment() else {
            let none = self.membership.enrolments.is_empty();
            let reason = if none {
                Reason::NotEnrolled
            } else {
                Reason::BeforeEnrolment
            };
            return (reason, self.own());
        };
        if let Some((last, leaving)) = enrolment.until
            && self.passed(last)
        {
            let reason = match leaving {
                Leaving::TransferredOut => Reason::TransferredOut,
                Leaving::Died => Reason::Died,
                Leaving::Left | Leaving::Retired => Reason::Left,
            };
            return (reason, self.own());
        }
        if let (Joining::Newborn, Some(rule), Some(birth)) = (
            enrolment.joining,
            &self.policy.membership.newborn,
            self.membership.birth,
        ) && let Some(verdict) = self.newborn(enrolment, rule, birth)
        {
            return verdict;
        }
        if enrolment.status == Status::Retired {
            self.retired(enrolment)
        } else {
            self.paid(enrolment)
        }
    }

    /// The enrolment of the day, or the one before it.
    fn enrolment(&mut self) -> Option<&'m Enrolment> {
        let mut found = None;
        for enrolment in &self.membership.enrolments {
            if self.asked.reached(self.begins(enrolment)) {
                found = Some(enrolment);
            }
        }
        found
    }

    /// The first day of an enrolment; a newborn's is birth, however late it was registered.
    fn begins(&self, enrolment: &Enrolment) -> Date {
        match (enrolment.joining, self.membership.birth) {
            (Joining::Newborn, Some(birth)) => birth.min(enrolment.from),
            _ => enrolment.from,
        }
    }

    /// Is it later than this day?
    fn passed(&mut self, last: Date) -> bool {
        last.tomorrow().is_ok_and(|after| self.asked.reached(after))
    }

    /// A newborn in the months of its first payment; nothing on other days.
    fn newborn(
        &mut self,
        enrolment: &Enrolment,
        rule: &'p Newborn,
        birth: Date,
    ) -> Option<Verdict<'p>> {
        let first = self.membership.payments.first()?;
        if self.passed(first.last.last_day()) {
            return None;
        }
        let paid_on = first.late.unwrap_or(enrolment.from).max(birth);
        let in_time = days_between(birth, paid_on) <= rule.paid_within_days;
        let begins = match rule.otherwise {
            // Each paid year counts for itself: the next year's premium does not cover the year of birth.
            _ if in_time && first.first.year() > birth.year() => first.first.first_day(),
            _ if in_time => birth,
            NewbornLate::DayAfter => paid_on.tomorrow().unwrap_or(paid_on),
            NewbornLate::MonthAfter => Month::of(paid_on).next().first_day(),
        };
        if !self.asked.reached(begins) {
            let paid = self.asked.reached(paid_on);
            let reason = if paid && !in_time {
                Reason::NewbornLate
            } else {
                Reason::Arrears
            };
            return Some((reason, &rule.cite));
        }
        let paid = self.asked.reached(paid_on);
        Some(if paid && self.asked.reached(first.first.first_day()) {
            (Reason::Paid, self.own())
        } else {
            (Reason::NewbornGrace, &rule.cite)
        })
    }

    /// A retired person with enough years need not pay; one without is covered while he pays.
    fn retired(&mut self, enrolment: &'m Enrolment) -> Verdict<'p> {
        let Some(years) = self.years() else {
            return (Reason::Retired, self.own());
        };
        if years.met() {
            return (Reason::RetiredWithYears, years.cite);
        }
        let (reason, cite) = self.paid(enrolment);
        if reason.state() == CoverageState::InForce {
            (reason, cite)
        } else {
            (Reason::RetiredShortOfYears, years.cite)
        }
    }

    fn years(&mut self) -> Option<YearsMet<'p>> {
        let row = self.policy.membership.minimum_years(self.membership.sex)?;
        let month = Month::of(self.asked.day);
        let mut here: u32 = 0;
        for payment in &self.membership.payments {
            let known = payment.late.is_none_or(|day| self.asked.reached(day));
            if !known || !self.asked.reached(payment.first.first_day()) {
                continue;
            }
            let months = if self.asked.reached(payment.last.first_day()) {
                payment.months()
            } else {
                // The count grows with the next month.
                self.asked.reached(month.first_day());
                self.asked.reached(month.next().first_day());
                payment.first.months_between(month.next())
            };
            here = here.saturating_add(months);
        }
        Some(YearsMet {
            paid: here.saturating_add(self.membership.earlier_months),
            needed: row.years.saturating_mul(12),
            really_paid: here,
            really_needed: row.really_paid.map(|years| years.saturating_mul(12)),
            cite: &row.cite,
        })
    }
}
