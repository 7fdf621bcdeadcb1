//! When cover begins, rests and comes back, and how many years a retired person needs: the rows by which coverage is judged.

use super::RowRef;
use crate::cite::Cite;
use crate::membership::{Joining, Sex};
use crate::person::Status;
use crate::words::words;

words! {
    /// From which month a waiting period counts; that month is the first.
    pub enum CountsFrom {
        Enrolment: "enrolment", "参保登记当月", "the month of enrolment";
        Payment: "payment", "缴费当月", "the month of payment";
    }
}

words! {
    /// When cover comes back after arrears that were paid too late to be made good.
    pub enum Restores {
        Payment: "payment", "缴费当日", "on the day of payment";
        NextMonth: "next_month", "缴费次月", "from the month after payment";
    }
}

words! {
    /// When a newborn is covered for whom was paid too late.
    pub enum NewbornLate {
        DayAfter: "day_after", "缴费次日", "from the day after payment";
        MonthAfter: "month_after", "缴费次月", "from the month after payment";
    }
}

/// The rows by which coverage is judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MembershipRules {
    /// Waiting periods.
    pub waiting: Vec<Waiting>,
    /// What happens when premiums are not paid.
    pub arrears: Vec<Arrears>,
    /// Newborns.
    pub newborn: Option<Newborn>,
    /// Years that a retired person needs.
    pub minimum_years: Vec<MinimumYears>,
}

/// A waiting period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// For persons of these statuses.
    pub statuses: Vec<Status>,
    /// Who joined in one of these ways.
    pub joining: Vec<Joining>,
    /// Only after more than this many months without cover.
    pub break_over: u32,
    /// Only when the premium was paid after it was due.
    pub late: bool,
    /// Cover begins with this month, at least the second.
    pub from_month: u32,
    /// Which month is the first.
    pub counts_from: CountsFrom,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// How long arrears may be made good, counted from the first day of the month after the first unpaid one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// So many months.
    Months(u32),
    /// So many days.
    Days(u32),
}

/// What happens when premiums are not paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrears {
    /// For persons of these statuses.
    pub statuses: Vec<Status>,
    /// Cover rests from this unpaid month on; the first is 1.
    pub suspended_from: u32,
    /// Paid within this time, the months count as never unpaid; never if absent.
    pub repair: Option<Repair>,
    /// When cover comes back if they are paid later.
    pub restores: Restores,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// How newborns are covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newborn {
    /// Paid within so many days of birth, cover begins with birth; a birth of the year before does not reach back over the new year.
    pub paid_within_days: u32,
    /// When it begins if they are paid later.
    pub otherwise: NewbornLate,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// Years for which a retired person must have paid to be covered without paying.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinimumYears {
    /// For whom; for all if absent.
    pub sex: Option<Sex>,
    /// Years, those that count as paid included.
    pub years: u32,
    /// Of them paid here.
    pub really_paid: Option<u32>,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

impl MembershipRules {
    /// The arrears rule of a status.
    #[must_use]
    pub fn arrears(&self, status: Status) -> Option<&Arrears> {
        self.arrears
            .iter()
            .find(|row| row.statuses.contains(&status))
    }

    /// The waiting period of who joined so after a break of so many months: of several the one for the longest break.
    #[must_use]
    pub fn waiting(
        &self,
        status: Status,
        joining: Joining,
        broken: u32,
        late: bool,
    ) -> Option<&Waiting> {
        // Who was never here has no break that could be long enough, and needs none.
        let long_enough = |row: &Waiting| match joining {
            Joining::First | Joining::Newborn => row.break_over == 0,
            Joining::TransferIn => row.break_over == 0 || broken > row.break_over,
            Joining::Return => broken > row.break_over,
        };
        let holds = |row: &&Waiting| {
            row.statuses.contains(&status)
                && row.joining.contains(&joining)
                && (late || !row.late)
                && long_enough(row)
        };
        let rows = self.waiting.iter().filter(holds);
        rows.max_by_key(|row| row.break_over)
    }

    /// The years that a person needs; the most of several where the sex is not known.
    #[must_use]
    pub fn minimum_years(&self, sex: Option<Sex>) -> Option<&MinimumYears> {
        let holds = |row: &&MinimumYears| row.sex.is_none() || sex.is_none() || row.sex == sex;
        let rows = self.minimum_years.iter().filter(holds);
        rows.max_by_key(|row| row.years)
    }
}
