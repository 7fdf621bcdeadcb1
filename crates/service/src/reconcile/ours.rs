//! `Asked`: which of an institution's slips are reconciled, and what the agency has of them.

use std::collections::BTreeMap;

use agency::domain::bill::Scheme;
use agency::domain::setting::Setting;
use agency::{Agency, Period, Slip, SlipAsk, StoreError, moment};
use jiff::civil::Date;

use super::compare::{Ours, Outside};
use super::sums::Sums;
use super::{Amounts, Which};
use crate::wire::ids::{PersonId, Region, SettlementId, VisitId};

/// So many rows are held against one another at once; who has more takes shorter periods.
pub const MOST_ROWS: usize = 200_000;

/// Which slips.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whose.
    pub institution: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Only those of a scheme.
    pub scheme: Option<Scheme>,
    /// Only those of these settings; of all if empty.
    pub settings: Vec<Setting>,
    /// Settlements, what was taken back, or both.
    pub which: Which,
    /// The institution counts accounts among the funds.
    pub with_account: bool,
}

/// The sums of a day: settlements, and what was taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DaySums {
    /// Settlements.
    pub settlements: Sums,
    /// Taken back.
    pub refunds: Sums,
}

/// Why rows are not told.
#[derive(Debug, thiserror::Error)]
pub enum NoRows {
    /// There are too many.
    #[error("there are {0} rows, and at most {MOST_ROWS} are told at once; take a shorter period")]
    TooMany(u64),
    /// The books cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl DaySums {
    /// Those that are looked at.
    #[must_use]
    pub fn sums(&self, which: Which) -> Sums {
        let mut sums = Sums::default();
        if which.takes(false) {
            sums += self.settlements;
        }
        if which.takes(true) {
            sums += self.refunds;
        }
        sums
    }
}

impl Asked {
    /// All of an institution's slips of a time.
    #[must_use]
    pub fn all(institution: &str, from: Date, until: Date) -> Asked {
        Asked {
            institution: institution.to_owned(),
            from,
            until,
            scheme: None,
            settings: Vec::new(),
            which: Which::All,
            with_account: false,
        }
    }

    fn slips(&self) -> SlipAsk {
        let settings = self.settings.iter();
        SlipAsk {
            party: self.institution.clone(),
            from: moment::first(self.from),
            until: moment::last(self.until),
            scheme: self.scheme.map(|scheme| scheme.code().to_owned()),
            settings: settings.map(|setting| setting.code().to_owned()).collect(),
            after: None,
        }
    }

    /// The sums by day. It waits for the lanes.
    ///
    /// # Errors
    /// When a lane cannot be read.
    pub fn by_day(&self, agency: &Agency) -> Result<BTreeMap<Date, DaySums>, StoreError> {
        let mut days: BTreeMap<Date, DaySums> = BTreeMap::new();
        for sum in agency.slip_sums(&self.slips(), Period::Day)? {
            // A moment of the books is always one of a day.
            let day = moment::of_digits(sum.period * 1_000_000).map(|at| at.date());
            let day = days.entry(day.unwrap_or(self.from)).or_default();
            let part = if sum.refunds {
                &mut day.refunds
            } else {
                &mut day.settlements
            };
            *part += Sums::of(&sum, self.with_account);
        }
        Ok(days)
    }

    /// Every row, in the order of time; with those beside it, of the day before and the day after, of other schemes and settings, so
    /// that it can be told where a row belongs that the institution has here. It waits for the lanes.
    ///
    /// # Errors
    /// When there are too many, or a lane cannot be read.
    pub fn rows(&self, agency: &Agency) -> Result<Vec<Ours>, NoRows> {
        let wide = Asked {
            from: self.from.yesterday().unwrap_or(self.from),
            until: self.until.tomorrow().unwrap_or(self.until),
            scheme: None,
            settings: Vec::new(),
            ..self.clone()
        };
        let ask = wide.slips();
        let counted: u64 = agency
            .slip_sums(&ask, Period::Whole)?
            .iter()
            .map(|sum| sum.count)
            .sum();
        let limit = u32::try_from(counted).unwrap_or(u32::MAX);
        if counted > u64::try_from(MOST_ROWS).unwrap_or(u64::MAX) {
            return Err(NoRows::TooMany(counted));
        }
        let slips = agency.slips(&ask, None, limit)?;
        let region = Region::of(agency.region());
        Ok(slips.iter().map(|slip| self.row(slip, region)).collect())
    }

    fn row(&self, slip: &Slip, region: Region) -> Ours {
        let row = &slip.row;
        let lane = slip.lane.number;
        let settlement = |entry| {
            let id = SettlementId {
                region,
                lane,
                entry,
            };
            id.told().unwrap_or_default()
        };
        let refund = row.about > 0;
        let origin = if refund { row.about } else { row.seq };
        let visit = VisitId {
            region,
            lane,
            entry: if row.visit > 0 { row.visit } else { origin },
            purchase: row.visit == 0,
        };
        let person = PersonId {
            region,
            number: row.person,
        };
        let (number, message) = self.message(&row.key);
        Ours {
            settlement: settlement(row.seq),
            original: settlement(origin),
            visit: visit.told().unwrap_or_default(),
            person: person.told().unwrap_or_default(),
            number,
            message,
            at: row.at,
            refund,
            amounts: self.amounts(slip),
            cash: signed(slip, slip.row.cash.fen()),
            outside: self.outside(slip),
        }
    }

    fn amounts(&self, slip: &Slip) -> Amounts {
        let row = &slip.row;
        let signed = |fen| signed(slip, fen);
        let account = row.account.fen();
        let counted = if self.with_account { account } else { 0 };
        Amounts {
            total: signed(row.total.fen()),
            funds: signed(row.funds.fen() + counted),
            account: signed(account),
        }
    }

    /// Why a slip is not of those asked for.
    fn outside(&self, slip: &Slip) -> Option<Outside> {
        let row = &slip.row;
        let within = moment::first(self.from) <= row.at && row.at <= moment::last(self.until);
        let of_scheme = self.scheme.is_none_or(|scheme| scheme.code() == row.scheme);
        let setting = Setting::from_code(&row.setting);
        let of_setting = self.settings.is_empty()
            || setting.is_some_and(|setting| self.settings.contains(&setting));
        match () {
            () if !within => Some(Outside::Time),
            () if !of_scheme => Some(Outside::Scheme),
            () if !of_setting => Some(Outside::Setting(setting)),
            () if !self.which.takes(row.about > 0) => Some(Outside::Kind),
            () => None,
        }
    }

    /// The transaction and the sender's own name of a message by its key; neither where only its digest is kept.
    fn message(&self, key: &str) -> (String, String) {
        let rest = key.strip_prefix(&self.institution);
        let rest = rest.and_then(|rest| rest.strip_prefix('/'));
        let parts = rest.and_then(|rest| rest.split_once('/'));
        let (number, id) = parts.unwrap_or_default();
        (number.to_owned(), id.to_owned())
    }
}

/// Of what was taken back, amounts are negative.
fn signed(slip: &Slip, fen: u64) -> i64 {
    let fen = i64::try_from(fen).unwrap_or(i64::MAX);
    if slip.row.about > 0 { -fen } else { fen }
}
