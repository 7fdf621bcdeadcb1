//! `FundMonth`: what came into a fund in a month, what went out of it, and what is left since the beginning; over all lanes.

use std::collections::BTreeMap;

use domain::Fen;
use domain::explain::amount;
use domain::ledger::{Chart, Holder, LedgerAccount};
use domain::month::Month;
use store::{LaneId, StoreError};

use crate::Agency;

/// One fund's month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FundMonth {
    /// The month.
    pub month: Month,
    /// What came in.
    pub income: Fen,
    /// What went out.
    pub outlay: Fen,
    /// What is left at its end.
    pub balance: Balance,
}

/// What is left since the beginning; a fund may owe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// All that came in.
    pub income: Fen,
    /// All that went out.
    pub outlay: Fen,
}

impl Balance {
    /// How much is left or owed.
    #[must_use]
    pub fn size(self) -> Fen {
        self.income.beyond(self.outlay) + self.outlay.beyond(self.income)
    }

    /// With a sign where it is owed.
    #[must_use]
    pub fn text(self) -> String {
        format!("{}{}", self.sign(), amount(self.size()))
    }

    fn sign(self) -> &'static str {
        match self.income < self.outlay {
            true => "-",
            false => "",
        }
    }
}

/// The months of each fund in which something came in or went out.
///
/// # Errors
/// When a lane cannot be read.
pub fn by_month(agency: &Agency) -> Result<BTreeMap<LedgerAccount, Vec<FundMonth>>, StoreError> {
    let mut flows: BTreeMap<LedgerAccount, BTreeMap<Month, (Fen, Fen)>> = BTreeMap::new();
    for lane in agency.lane_ids() {
        for row in agency.read(lane, |store| store.balances())? {
            let Some(Chart::Money(account)) = Chart::of(row.account) else {
                continue;
            };
            if account.holder() == Holder::Fund {
                let month = Month::of_digits(row.month).ok_or_else(|| damaged(lane, row.month))?;
                let months = flows.entry(account).or_default();
                let flow = months.entry(month).or_default();
                flow.0 += row.credit;
                flow.1 += row.debit;
            }
        }
    }
    let fund = |(account, months)| (account, with_balances(months));
    Ok(flows.into_iter().map(fund).collect())
}

fn damaged(lane: LaneId, month: u32) -> StoreError {
    StoreError::Damaged {
        lane,
        table: "balances",
        row: month.to_string(),
        found: "no month of the calendar".to_owned(),
    }
}

fn with_balances(months: BTreeMap<Month, (Fen, Fen)>) -> Vec<FundMonth> {
    let mut balance = Balance::default();
    let month = |(month, (income, outlay))| {
        balance.income += income;
        balance.outlay += outlay;
        FundMonth {
            month,
            income,
            outlay,
            balance,
        }
    };
    months.into_iter().map(month).collect()
}

/// For how many months the balance would last if as much went out as on the mean of the last twelve months, or of as many as the fund has:
/// with one decimal, rounded down. None where nothing went out.
#[must_use]
pub fn reserve(months: &[FundMonth], last: Month) -> Option<String> {
    let first = months.first()?.month;
    let balance = months.last()?.balance;
    let from = last.plus(-11).max(first);
    let count = u128::from(from.months_between(last)) + 1;
    let recent = months.iter().filter(|row| row.month >= from);
    let outlay: u128 = recent.map(|row| u128::from(row.outlay.fen())).sum();
    let tenths = (u128::from(balance.size().fen()) * count * 10).checked_div(outlay)?;
    Some(format!("{}{}.{}", balance.sign(), tenths / 10, tenths % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(flows: &[(u32, u64, u64)]) -> Vec<FundMonth> {
        let flow = |(month, income, outlay): &(u32, u64, u64)| {
            let month = Month::of_digits(*month).expect("a month");
            (month, (Fen::from_yuan(*income), Fen::from_yuan(*outlay)))
        };
        with_balances(flows.iter().map(flow).collect())
    }

    #[test]
    fn a_reserve_is_the_balance_by_the_mean_of_the_last_year() {
        let last = Month::new(2024, 12).expect("a month");
        for (flows, expected) in [
            (&[][..], None),
            (&[(202_412, 5, 0)], None),
            // 900 left, 100 a month of one.
            (&[(202_412, 1000, 100)], Some("9.0")),
            // 900 left, 100 in two months.
            (&[(202_411, 1000, 100)], Some("18.0")),
            // What went out before the last twelve months does not count: 800 left, 10 a month.
            (&[(202_301, 1020, 100), (202_412, 0, 120)], Some("80.0")),
            (&[(202_412, 100, 300)], Some("-0.6")),
        ] {
            let told = reserve(&months(flows), last);
            assert_eq!(told.as_deref(), expected, "{flows:?}");
        }
    }
}
