//! What is paid in, by whom into which purse, and what the personal account is credited. No settlement looks at it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Policy, RowRef, Spelt};
use crate::cite::Cite;
use crate::class::{OLDEST, Span};
use crate::fen::Fen;
use crate::person::Status;
use crate::ratio::Ratio;
use crate::words::words;

words! {
    /// Who pays a premium.
    pub enum Contributor {
        Employer: "employer", "用人单位", "employer";
        Person: "person", "个人", "person";
        Government: "government", "财政", "government";
    }
}

words! {
    /// Into which purse a premium goes.
    pub enum PremiumPurse {
        Pooled: "pooled", "统筹基金", "pooled fund";
        LargeAmount: "large_amount", "大额医疗互助资金", "large-amount fund";
        Account: "account", "个人账户", "personal account";
    }
}

words! {
    /// How often a premium is due or a credit is given.
    pub enum Every {
        Month: "month", "每月", "monthly";
        Year: "year", "每年", "yearly";
    }
}

/// What is paid in and credited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contributions {
    /// Bounds of the monthly base of contribution, where they are known.
    pub base: Option<ContributionBase>,
    /// Premiums.
    pub premiums: Vec<Premium>,
    /// Credits of the personal account.
    pub credits: Vec<Credit>,
}

/// Bounds of the monthly base of contribution; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContributionBase {
    /// The base is at least this.
    pub floor: Option<Spelt<Fen>>,
    /// The base is at most this.
    pub ceiling: Option<Spelt<Fen>>,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// A sum that is due or given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sum {
    /// A part of a figure.
    Part(Spelt<Ratio>, Basis),
    /// The same for all.
    Fixed(Spelt<Fen>),
}

/// Of what a part is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The base of contribution: of the month, or of the year's twelve.
    Contribution,
    /// A figure by its place in [`Policy::base_amounts`].
    Figure(usize),
}

/// A sum by its figures alone, to be compared and told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figures {
    /// A part of this figure; of the base of contribution if absent.
    Part(Ratio, Option<Fen>),
    /// The same for all.
    Fixed(Fen),
}

/// A premium.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Premium {
    /// For persons of these statuses.
    pub statuses: Vec<Status>,
    /// The person must have all of these identities.
    pub identities: Vec<String>,
    /// The person must have none of these identities.
    pub without: Vec<String>,
    /// Who pays.
    pub payer: Contributor,
    /// Into which purse.
    pub into: PremiumPurse,
    /// How often.
    pub every: Every,
    /// How much.
    pub sum: Sum,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// A credit of the personal account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// For persons of these statuses.
    pub statuses: Vec<Status>,
    /// Ages in whole years.
    pub age: Option<Span<u16>>,
    /// By day of retirement.
    pub retired: Option<Span<Date>>,
    /// How often; a yearly one is given in advance and corrected later.
    pub every: Every,
    /// How much.
    pub sum: Sum,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

impl Credit {
    /// Is it for a person of this status, age and day of retirement? One that asks for the day is not for a person without.
    #[must_use]
    pub fn holds(&self, status: Status, age: u16, retired: Option<Date>) -> bool {
        let day = |span: &Span<Date>| retired.is_some_and(|day| span.holds(&day));
        self.statuses.contains(&status)
            && self.age.as_ref().is_none_or(|span| span.holds(&age))
            && self.retired.as_ref().is_none_or(day)
    }
}

impl Policy {
    /// What the account of a person is credited; nothing where the policy has no figure for the status.
    #[must_use]
    pub fn credit(&self, status: Status, age: u16, retired: Option<Date>) -> Option<&Credit> {
        self.contributions.credit(status, age, retired)
    }

    /// A sum of this policy by its figures.
    #[must_use]
    pub fn figures(&self, sum: &Sum) -> Figures {
        match sum {
            Sum::Part(ratio, Basis::Contribution) => Figures::Part(ratio.value, None),
            Sum::Part(ratio, Basis::Figure(number)) => {
                let figure = self.base_amounts.get(*number);
                Figures::Part(ratio.value, figure.map(|f| f.amount.value))
            }
            Sum::Fixed(amount) => Figures::Fixed(amount.value),
        }
    }
}

/// Ages and days of retirement.
pub type Cell = (Span<u16>, Span<Date>);

impl Contributions {
    /// The credit of a person.
    #[must_use]
    pub fn credit(&self, status: Status, age: u16, retired: Option<Date>) -> Option<&Credit> {
        let holds = |credit: &&Credit| credit.holds(status, age, retired);
        self.credits.iter().find(holds)
    }

    /// The credit of everyone in a cell of [`cells`].
    #[must_use]
    pub fn credit_in(&self, status: Status, (ages, days): &Cell) -> Option<&Credit> {
        // Of a cell without a first day any day will do, and the last is in it.
        let day = days.from.or(days.until).unwrap_or(Date::MAX);
        self.credit(status, ages.from.unwrap_or(0), Some(day))
    }
}

/// The cells into which the credits of a status divide all ages and all days of retirement, those of one day after the other.
#[must_use]
pub fn cells(of: &[&Contributions], status: Status) -> Vec<Cell> {
    let credits = || {
        let all = of.iter().flat_map(|c| &c.credits);
        all.filter(|credit| credit.statuses.contains(&status))
    };
    let days = credits().filter_map(|c| c.retired);
    // Nobody is younger than 0 or older than the oldest.
    let ages = credits().filter_map(|c| c.age).map(|age| Span {
        from: age.from.filter(|age| *age > 0),
        ..age
    });
    let ages = parts(ages, |age| (age < OLDEST).then_some(age + 1), |age| age - 1);
    let days = parts(
        days,
        |day| day.tomorrow().ok(),
        |day| day.yesterday().unwrap_or(day),
    );
    let of_day = |day: &Span<Date>| ages.iter().map(|age| (*age, *day)).collect::<Vec<_>>();
    days.iter().flat_map(of_day).collect()
}

/// The parts between the ends of spans, in order; the first is open below and the last above.
fn parts<T: Copy + Ord>(
    spans: impl Iterator<Item = Span<T>>,
    after: impl Fn(T) -> Option<T>,
    before: impl Fn(T) -> T,
) -> Vec<Span<T>> {
    let starts = spans.flat_map(|span| [span.from, span.until.and_then(&after)]);
    let starts: BTreeSet<T> = starts.flatten().collect();
    let from = std::iter::once(None).chain(starts.iter().copied().map(Some));
    let ends = starts.iter().copied().map(|start| Some(before(start)));
    from.zip(ends.chain([None]))
        .map(|(from, until)| Span { from, until })
        .collect()
}

#[cfg(test)]
mod tests;
