//! `Years`: a person's sums by scheme and benefit year, as the ledger's year accounts have them.

use domain::Fen;
use domain::bill::Scheme;
use domain::ledger::{AccountNumber, YearFigure, YearSum};
use domain::plan::Plan;
use domain::setting::Setting;
use domain::step::LayerKind;
use domain::year::{LayerSums, YearToDate};
use jiff::civil::Date;

/// Benefit years of a scheme kept with the person; what is older stands in the ledger alone.
const KEPT: usize = 4;

/// The sums of one benefit year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearSums {
    /// Scheme.
    pub scheme: Scheme,
    /// Its first day.
    pub first: Date,
    /// Accounts of the year before are written as the year's own: `9sff`. In the order of the numbers; none is zero.
    pub sums: Vec<(AccountNumber, u64)>,
}

/// Benefit years, the latest last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Years(pub Vec<YearSums>);

impl Years {
    /// The sums of a year; none if there are none.
    #[must_use]
    pub fn of(&self, scheme: Scheme, first: Date) -> Option<&YearSums> {
        self.0
            .iter()
            .find(|y| y.scheme == scheme && y.first == first)
    }

    /// Is a year older than all that are kept?
    #[must_use]
    pub fn is_past(&self, scheme: Scheme, first: Date) -> bool {
        let mut of_scheme = self.0.iter().filter(|y| y.scheme == scheme);
        let kept = of_scheme.clone().count();
        kept >= KEPT && of_scheme.all(|y| y.first > first)
    }

    /// Adds to a sum of a year, or takes from it; none when it would fall below zero.
    pub(super) fn change(
        &mut self,
        (scheme, first): (Scheme, Date),
        account: AccountNumber,
        amount: u64,
        add: bool,
    ) -> Option<()> {
        let year = self.year(scheme, first);
        let place = year
            .sums
            .binary_search_by_key(&account, |(known, _)| *known);
        match (place, add) {
            (Ok(at), true) => year.sums[at].1 = year.sums[at].1.checked_add(amount)?,
            (Err(at), true) => year.sums.insert(at, (account, amount)),
            (Ok(at), false) => {
                year.sums[at].1 = year.sums[at].1.checked_sub(amount)?;
                if year.sums[at].1 == 0 {
                    year.sums.remove(at);
                }
            }
            (Err(_), false) => return None,
        }
        Some(())
    }

    fn year(&mut self, scheme: Scheme, first: Date) -> &mut YearSums {
        let known = |y: &YearSums| y.scheme == scheme && y.first == first;
        let at = match self.0.iter().position(known) {
            Some(at) => at,
            None => {
                let at = self.0.partition_point(|y| y.first <= first);
                let sums = Vec::new();
                self.0.insert(
                    at,
                    YearSums {
                        scheme,
                        first,
                        sums,
                    },
                );
                let of_scheme = self.0.iter().filter(|y| y.scheme == scheme).count();
                let oldest = self.0.iter().position(|y| y.scheme == scheme);
                match oldest.filter(|oldest| of_scheme > KEPT && *oldest != at) {
                    Some(oldest) => {
                        self.0.remove(oldest);
                        at - usize::from(oldest < at)
                    }
                    None => at,
                }
            }
        };
        &mut self.0[at]
    }

    /// Years without a sum say nothing.
    pub(super) fn tidy(&mut self) {
        self.0.retain(|year| !year.sums.is_empty());
    }
}

impl YearSums {
    /// As a bill has it; sums of a setting that counts as another under this plan are that one's.
    #[must_use]
    pub fn to_date(&self, plan: &Plan) -> YearToDate {
        let mut year = YearToDate::default();
        for &(account, amount) in &self.sums {
            let Some(domain::ledger::Chart::Year(sum)) = domain::ledger::Chart::of(account) else {
                continue;
            };
            add(&mut year, plan, sum, amount);
        }
        year
    }
}

fn add(year: &mut YearToDate, plan: &Plan, sum: YearSum, amount: u64) {
    let setting: Setting = plan.stands_for(sum.setting).unwrap_or(sum.setting);
    let at = setting.index();
    let fen = Fen::new(amount);
    let layer = |year: &mut YearToDate, kind: LayerKind, change: fn(&mut LayerSums, Fen)| {
        change(&mut year.layers[kind.index()][at], fen);
    };
    match sum.figure {
        YearFigure::Stays => year.stays += u32::try_from(amount).unwrap_or(u32::MAX),
        YearFigure::InScope => year.settings[at].in_scope += fen,
        YearFigure::Deductible => year.settings[at].deductible += fen,
        YearFigure::Pooled => year.settings[at].pooled += fen,
        YearFigure::OwnShare => year.settings[at].own_share += fen,
        YearFigure::LayerBase(kind) => layer(year, kind, |sums, fen| sums.base += fen),
        YearFigure::LayerPaid(kind) => layer(year, kind, |sums, fen| sums.paid += fen),
    }
}
