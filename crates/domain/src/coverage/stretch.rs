//! A stretch of paid months: what opened it, whether a wait or late payment holds its cover back, and what unpaid months after it mean.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Judge, Reason, Verdict};
use crate::cite::Cite;
use crate::membership::{Enrolment, Joining, Payment};
use crate::month::Month;
use crate::policy::membership::{Arrears, CountsFrom, Repair, Restores};

/// Paid months that follow each other, as far as they were read.
#[derive(Clone, Copy)]
struct Stretch<'p> {
    /// The last of them.
    last: Month,
    /// The day on which it was opened by payment.
    paid_on: Date,
    /// Cover begins, or comes back, on this day.
    opens: Date,
    /// Why not before.
    closed: Verdict<'p>,
    /// A wait: cover begins on this day.
    wait: Option<(Date, Verdict<'p>)>,
}

/// How a stretch was opened.
struct Opened {
    /// The last month that was paid before.
    after: Option<Month>,
    /// The month in which it was paid, or its first where it was paid when due.
    in_month: Month,
    /// Months without cover before; nothing is known of the first stretch.
    broken: Option<u32>,
    /// It was paid too late to be made good.
    late: bool,
}

/// Arrears that a payment after its day ended, or that nothing has ended.
#[derive(Clone, Copy)]
struct Unpaid<'p> {
    /// The first unpaid month.
    first: Month,
    /// Cover rests from this day on.
    rests: Date,
    /// Months before were paid: cover was there to go on.
    goes_on: bool,
    rule: Option<&'p Arrears>,
    cite: &'p Cite,
}

impl Unpaid<'_> {
    /// Does a payment on this day make everything good?
    fn repaired(&self, paid: Date) -> bool {
        let counts_from = self.first.next();
        let ends = match self.rule.and_then(|rule| rule.repair) {
            None => return paid < self.rests,
            Some(Repair::Months(months)) => counts_from
                .plus(i32::try_from(months).unwrap_or(i32::MAX))
                .first_day(),
            Some(Repair::Days(days)) => {
                // A century is as good as for ever, and every span of days that long exists.
                let days = i64::from(days.min(36_525)).days();
                counts_from
                    .first_day()
                    .checked_add(days)
                    .unwrap_or(Date::MAX)
            }
        };
        paid < self.rests || paid < ends
    }

    /// The day on which cover comes back after a payment that did not.
    fn comes_back(&self, paid: Date) -> Date {
        match self.rule.map(|rule| rule.restores) {
            None | Some(Restores::Payment) => paid,
            Some(Restores::NextMonth) => Month::of(paid).next().first_day(),
        }
    }
}

impl<'p, 'm> Judge<'p, 'm> {
    /// One who is covered by paying.
    pub(super) fn paid(&mut self, enrolment: &'m Enrolment) -> Verdict<'p> {
        let rows = &self.membership.payments;
        let mut stretch = None;
        for (number, row) in rows.iter().enumerate() {
            if !self.asked.reached(row.first.first_day()) {
                continue;
            }
            let before = stretch;
            let owner = self.owner(row.first).unwrap_or(enrolment);
            let owed = self.owed(number, row, before.as_ref(), owner);
            let next = self.after(before, row, &owed, owner);
            if !self.passed(row.last.last_day()) {
                return self.within(before, &next, row, &owed);
            }
            stretch = Some(next);
        }
        self.unpaid(stretch, enrolment)
    }

    /// On a day of a month for which this row paid.
    fn within(
        &mut self,
        before: Option<Stretch<'p>>,
        stretch: &Stretch<'p>,
        row: &Payment,
        owed: &Unpaid<'p>,
    ) -> Verdict<'p> {
        let Some(paid) = row.late.filter(|paid| !self.asked.reached(*paid)) else {
            return self
                .held_back(stretch)
                .unwrap_or((Reason::Paid, self.own()));
        };
        if owed.repaired(paid) {
            if let Some(verdict) = self.held_back(stretch) {
                return verdict;
            }
            let rests = self.asked.reached(owed.rests);
            return (
                if rests {
                    Reason::Repaired
                } else {
                    Reason::Grace
                },
                owed.cite,
            );
        }
        match before {
            Some(before) if owed.goes_on && !self.asked.reached(owed.rests) => self
                .held_back(&before)
                .unwrap_or((Reason::Grace, owed.cite)),
            _ => (Reason::RepairedLate, owed.cite),
        }
    }

    /// On a day of a month for which nobody paid.
    fn unpaid(&mut self, stretch: Option<Stretch<'p>>, enrolment: &Enrolment) -> Verdict<'p> {
        let month = Month::of(self.asked.day);
        let owed = self.unpaid_from(stretch.as_ref().map(|s| s.last), month, enrolment);
        match stretch {
            Some(stretch) if owed.goes_on && !self.asked.reached(owed.rests) => self
                .held_back(&stretch)
                .unwrap_or((Reason::Grace, owed.cite)),
            _ => (Reason::Arrears, owed.cite),
        }
    }

    /// What holds the cover of a stretch back on the day.
    fn held_back(&mut self, stretch: &Stretch<'p>) -> Option<Verdict<'p>> {
        if !self.asked.reached(stretch.paid_on) {
            return Some(stretch.closed);
        }
        if let Some((until, verdict)) = stretch.wait
            && !self.asked.reached(until)
        {
            return Some(verdict);
        }
        (!self.asked.reached(stretch.opens)).then_some(stretch.closed)
    }

    /// What was owed when a row was paid; nothing is if it was paid when due and follows another.
    fn owed(
        &self,
        number: usize,
        row: &Payment,
        before: Option<&Stretch<'p>>,
        owner: &Enrolment,
    ) -> Unpaid<'p> {
        let last = match row.late {
            None => before.map(|stretch| stretch.last),
            // Rows that were paid later still were owed too.
            Some(paid) => {
                let mut earlier = self.membership.payments[..number].iter().rev();
                let known = |row: &&Payment| row.late.is_none_or(|late| late < paid);
                earlier.find(known).map(|row| row.last)
            }
        };
        self.unpaid_from(last, row.first, owner)
    }

    /// What is owed in a month by who is enrolled so and paid up to `last`.
    fn unpaid_from(&self, last: Option<Month>, month: Month, enrolment: &Enrolment) -> Unpaid<'p> {
        let enrolled = Month::of(self.begins(enrolment));
        let follows = last.map_or(enrolled, Month::next);
        let first = follows.max(enrolled).min(month);
        let rule = self.policy.membership.arrears(enrolment.status);
        let whole = rule.map_or(0, |rule| rule.suspended_from.saturating_sub(1));
        let whole = i32::try_from(whole).unwrap_or(i32::MAX);
        Unpaid {
            first,
            rests: first.plus(whole).first_day(),
            goes_on: last.is_some() && first == follows,
            rule,
            cite: rule.map_or(self.own(), |rule| &rule.cite),
        }
    }

    /// The stretch that a row goes on with, or opens.
    fn after(
        &self,
        before: Option<Stretch<'p>>,
        row: &Payment,
        owed: &Unpaid<'p>,
        owner: &Enrolment,
    ) -> Stretch<'p> {
        let too_late = row.late.filter(|paid| !owed.repaired(*paid));
        if let Some(before) = before
            && before.last.next() == row.first
            && too_late.is_none()
        {
            let last = row.last;
            return Stretch { last, ..before };
        }
        let paid_on = too_late.unwrap_or_else(|| row.first.first_day());
        let follows = before.map(|before| before.last.next());
        let broken = follows.map(|month| {
            let months = month.months_between(Month::of(paid_on));
            // What is paid after it was due interrupts, however shortly.
            months.max(u32::from(too_late.is_some()))
        });
        let opened = Opened {
            after: before.map(|before| before.last),
            in_month: Month::of(paid_on),
            broken,
            late: too_late.is_some(),
        };
        let rested = before.is_some() && owed.first < row.first && owed.rests < paid_on;
        let opens = if too_late.is_some() || rested {
            owed.comes_back(paid_on)
        } else {
            paid_on
        };
        let reason = if too_late.is_some() {
            Reason::RepairedLate
        } else {
            Reason::Arrears
        };
        Stretch {
            last: row.last,
            paid_on,
            opens,
            closed: (reason, owed.cite),
            wait: self.wait(&opened, owner),
        }
    }

    /// The wait before a stretch that was opened so.
    fn wait(&self, opened: &Opened, owner: &Enrolment) -> Option<(Date, Verdict<'p>)> {
        let enrolled = Month::of(self.begins(owner));
        let joining = match opened.after {
            None => owner.joining,
            Some(last) if owner.joining == Joining::TransferIn && enrolled > last => {
                Joining::TransferIn
            }
            Some(_) => Joining::Return,
        };
        let (unknown, reason) = match joining {
            Joining::First | Joining::Newborn => (0, Reason::WaitingFirst),
            Joining::TransferIn => (0, Reason::WaitingTransfer),
            // A return without anything paid here before: the break is longer than what is known.
            Joining::Return => (u32::MAX, Reason::WaitingReturn),
        };
        let broken = opened.broken.unwrap_or(unknown);
        let rules = &self.policy.membership;
        let rule = rules.waiting(owner.status, joining, broken, opened.late)?;
        let first = match rule.counts_from {
            CountsFrom::Enrolment => enrolled,
            CountsFrom::Payment => opened.in_month,
        };
        let months = i32::try_from(rule.from_month.saturating_sub(1)).unwrap_or(i32::MAX);
        Some((first.plus(months).first_day(), (reason, &rule.cite)))
    }

    /// The enrolment to which a paid month belongs: the last that began in it or before.
    fn owner(&self, month: Month) -> Option<&'m Enrolment> {
        let began = |enrolment: &&Enrolment| Month::of(self.begins(enrolment)) <= month;
        self.membership.enrolments.iter().rfind(began)
    }
}
