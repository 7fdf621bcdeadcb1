//! `Membership`: how a person has been enrolled in a scheme and for which months premiums were paid.

use jiff::civil::Date;

use crate::month::Month;
use crate::person::Status;
use crate::words::words;

words! {
    /// Sex, by which some rules tell persons apart.
    pub enum Sex {
        Male: "male", "男", "male";
        Female: "female", "女", "female";
    }
}

words! {
    /// How an enrolment came about. A mere change of status is a `return` without a break.
    pub enum Joining {
        First: "first", "首次参保", "joined for the first time";
        Return: "return", "中断后续保", "returned after a break";
        TransferIn: "transfer_in", "转入", "transferred in";
        Newborn: "newborn", "新生儿", "newborn";
    }
}

words! {
    /// How an enrolment ended.
    pub enum Leaving {
        Left: "left", "停保", "left";
        TransferredOut: "transferred_out", "转出", "transferred out";
        Died: "died", "死亡", "died";
        /// Another enrolment with the new status follows.
        Retired: "retired", "退休", "retired";
    }
}

/// One stretch of being enrolled in one status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// In which status.
    pub status: Status,
    /// How it came about.
    pub joining: Joining,
    /// First day.
    pub from: Date,
    /// Last day, and how it ended; open if absent.
    pub until: Option<(Date, Leaving)>,
}

/// Months that were paid for together, or one after the other and each when it was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// First month.
    pub first: Month,
    /// Last month.
    pub last: Month,
    /// The day on which they were paid, where that was after they were due.
    pub late: Option<Date>,
}

impl Payment {
    /// How many months.
    #[must_use]
    pub fn months(&self) -> u32 {
        self.first.months_between(self.last.next())
    }
}

/// A person's membership of one scheme in one region, as it is known today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Membership {
    /// Birth day, where known.
    pub birth: Option<Date>,
    /// Sex, where known.
    pub sex: Option<Sex>,
    /// In order of their first days; at most one is open, the last.
    pub enrolments: Vec<Enrolment>,
    /// In order, no month in two of them: [`Membership::pay`] and [`Membership::unpay`] keep it so.
    pub payments: Vec<Payment>,
    /// Months that count towards the minimum years and were not paid here: recognised, or transferred in.
    pub earlier_months: u32,
}

impl Membership {
    /// Records months as paid; months that are paid already stay as they are. Neighbours paid alike become one.
    pub fn pay(&mut self, first: Month, last: Month, late: Option<Date>) {
        let mut open = first;
        let mut all = Vec::with_capacity(self.payments.len() + 2);
        for known in self.payments.drain(..) {
            if known.first > open && open <= last {
                let last = last.min(known.first.previous());
                add(
                    &mut all,
                    Payment {
                        first: open,
                        last,
                        late,
                    },
                );
            }
            open = open.max(known.last.next());
            add(&mut all, known);
        }
        if open <= last {
            add(
                &mut all,
                Payment {
                    first: open,
                    last,
                    late,
                },
            );
        }
        self.payments = all;
    }

    /// Takes months back: they count as never paid.
    pub fn unpay(&mut self, first: Month, last: Month) {
        if first > last {
            return;
        }
        let mut all = Vec::with_capacity(self.payments.len() + 1);
        for known in self.payments.drain(..) {
            if known.last < first || known.first > last {
                all.push(known);
                continue;
            }
            if known.first < first {
                let last = first.previous();
                all.push(Payment { last, ..known });
            }
            if known.last > last {
                let first = last.next();
                all.push(Payment { first, ..known });
            }
        }
        self.payments = all;
    }

    /// How many months were paid for here.
    #[must_use]
    pub fn paid_months(&self) -> u32 {
        self.payments.iter().map(Payment::months).sum()
    }
}

/// The next payment; one that follows the last and was paid like it makes that longer.
fn add(all: &mut Vec<Payment>, next: Payment) {
    match all.last_mut() {
        Some(last) if last.late == next.late && last.last.next() == next.first => {
            last.last = next.last;
        }
        _ => all.push(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Months of 2024, by number; from 13 on of the years after.
    fn month(number: i32) -> Month {
        Month::of(Date::constant(2023, 12, 1)).plus(number)
    }

    fn spans(membership: &Membership) -> Vec<(u32, u32, bool)> {
        let number = |m: Month| month(0).months_between(m);
        let span = |p: &Payment| (number(p.first), number(p.last), p.late.is_some());
        membership.payments.iter().map(span).collect()
    }

    #[test]
    fn years_of_monthly_payments_are_one_row() {
        let mut membership = Membership::default();
        for number in 1..=240 {
            membership.pay(month(number), month(number), None);
        }
        assert_eq!(spans(&membership), [(1, 240, false)]);
        assert_eq!(membership.paid_months(), 240);
    }

    #[test]
    fn a_month_is_paid_once_and_late_ones_stay_apart() {
        let mut membership = Membership::default();
        let late = Some(Date::constant(2024, 6, 10));
        membership.pay(month(1), month(3), None);
        membership.pay(month(7), month(9), None);
        membership.pay(month(2), month(8), late);
        assert_eq!(
            spans(&membership),
            [(1, 3, false), (4, 6, true), (7, 9, false)]
        );
        membership.pay(month(10), month(10), None);
        membership.pay(month(12), month(11), None);
        assert_eq!(
            spans(&membership),
            [(1, 3, false), (4, 6, true), (7, 10, false)]
        );
        assert_eq!(membership.paid_months(), 10);
    }

    #[test]
    fn what_is_taken_back_was_never_paid() {
        for (first, last, left) in [
            (4, 6, vec![(1, 3, false), (7, 12, false)]),
            (1, 1, vec![(2, 12, false)]),
            (12, 20, vec![(1, 11, false)]),
            (0, 13, vec![]),
            (6, 4, vec![(1, 12, false)]),
        ] {
            let mut membership = Membership::default();
            membership.pay(month(1), month(12), None);
            membership.unpay(month(first), month(last));
            assert_eq!(spans(&membership), left, "{first} {last}");
            membership.pay(month(1), month(12), None);
            assert_eq!(spans(&membership), [(1, 12, false)], "{first} {last}");
        }
    }
}
