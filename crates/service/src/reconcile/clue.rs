//! `Clue`: what alone would explain the whole difference between an institution's totals and the agency's.

use jiff::civil::Date;

use super::Which;
use super::compare::Ours;
use super::ours::DaySums;
use super::sums::Sums;

/// What alone would explain a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clue {
    /// The institution counted settlements, and not what was taken back.
    WithoutRefunds,
    /// All of a day is lacking, or counted twice.
    Day(Date),
    /// One row is lacking: its place.
    Lacking(usize),
    /// One row is counted twice, or was not taken back at the institution: its place.
    Surplus(usize),
}

/// Sums of all days.
#[must_use]
pub fn whole(days: &[(Date, DaySums)], which: Which) -> Sums {
    let mut whole = Sums::default();
    for (_, day) in days {
        whole += day.sums(which);
    }
    whole
}

/// What explains the difference by the sums of the days.
#[must_use]
pub fn of_days(theirs: Sums, days: &[(Date, DaySums)], which: Which) -> Vec<Clue> {
    let lacking = whole(days, which) - theirs;
    if lacking == Sums::default() {
        return Vec::new();
    }
    let mut clues = Vec::new();
    if which == Which::All && theirs == whole(days, Which::Settlements) {
        clues.push(Clue::WithoutRefunds);
    }
    let one = |(_, day): &&(Date, DaySums)| {
        let sums = day.sums(which);
        sums == lacking || Sums::default() - sums == lacking
    };
    clues.extend(days.iter().filter(one).map(|(day, _)| Clue::Day(*day)));
    clues
}

/// The rows each of which explains the difference by itself.
#[must_use]
pub fn of_rows(theirs: Sums, rows: &[Ours]) -> Vec<Clue> {
    let inside = || {
        let rows = rows.iter().enumerate();
        rows.filter(|(_, row)| row.outside.is_none())
    };
    let lacking = Sums::all(inside().map(|(_, row)| row.amounts)) - theirs;
    if lacking == Sums::default() {
        return Vec::new();
    }
    let clue = |(at, row): (usize, &Ours)| {
        let sums = Sums::one(row.amounts);
        match () {
            () if sums == lacking => Some(Clue::Lacking(at)),
            () if Sums::default() - sums == lacking => Some(Clue::Surplus(at)),
            () => None,
        }
    };
    inside().filter_map(clue).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::reconcile::Amounts;

    fn row(total: i64, funds: i64) -> Ours {
        let amounts = Amounts {
            total,
            funds,
            account: 0,
        };
        Ours {
            amounts,
            ..Ours::default()
        }
    }

    fn sums(rows: &[Ours]) -> Sums {
        Sums::all(rows.iter().map(|row| row.amounts))
    }

    #[test]
    fn a_row_that_is_lacking_or_counted_twice_is_found() {
        let rows = [row(100, 60), row(250, 100), row(-100, -60), row(100, 60)];
        assert_eq!(of_rows(sums(&rows), &rows), []);
        let lacks = sums(&[rows[0].clone(), rows[2].clone(), rows[3].clone()]);
        assert_eq!(of_rows(lacks, &rows), [Clue::Lacking(1)]);
        let mut twice = sums(&rows);
        twice += sums(&rows[1..2]);
        assert_eq!(of_rows(twice, &rows), [Clue::Surplus(1)]);
        // Any of those that come to the same.
        let lacks = sums(&rows[..3]);
        assert_eq!(of_rows(lacks, &rows), [Clue::Lacking(0), Clue::Lacking(3)]);
    }

    #[test]
    fn a_row_outside_of_what_is_compared_explains_nothing() {
        let outside = Some(super::super::compare::Outside::Time);
        let rows = [
            row(100, 60),
            Ours {
                outside,
                ..row(250, 100)
            },
        ];
        assert_eq!(of_rows(sums(&rows[1..]), &rows), []);
    }

    #[test]
    fn a_day_and_refunds_left_out_are_found() {
        let day = |settled: &[Ours], refunds: &[Ours]| DaySums {
            settlements: sums(settled),
            refunds: sums(refunds),
        };
        let days = [
            (date(2026, 3, 1), day(&[row(100, 60)], &[])),
            (
                date(2026, 3, 2),
                day(&[row(250, 100), row(70, 0)], &[row(-100, -60)]),
            ),
        ];
        let all = whole(&days, Which::All);
        assert_eq!(of_days(all, &days, Which::All), []);
        let first = days[0].1.sums(Which::All);
        assert_eq!(
            of_days(first, &days, Which::All),
            [Clue::Day(date(2026, 3, 2))]
        );
        let settled = whole(&days, Which::Settlements);
        assert_eq!(of_days(settled, &days, Which::All), [Clue::WithoutRefunds]);
    }
}
