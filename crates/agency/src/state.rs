//! `PersonState`: what a person's entries have come to. It is a fold over them and nothing else: [`PersonState::apply`].

mod apply;
mod dated;
mod json;
mod years;

use domain::bill::Scheme;
use domain::day::age_on;
use domain::membership::Membership;
use domain::month::Month;
use domain::person::Status;
use domain::policy::contribution::Credit;
use domain::registration::Registration;
use domain::{Fen, Policy};
use jiff::civil::Date;

use crate::record::money::Grant;

pub use apply::Broken;
pub use dated::Dated;
pub use years::{YearSums, Years};

/// What a person's entries have come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonState {
    /// Enrolments and payments.
    pub membership: Membership,
    /// Day of retirement, where known.
    pub retired: Option<Date>,
    /// What a policy may ask about, by the day from which it is so.
    pub identities: Dated<Vec<String>>,
    /// Code of the employer.
    pub employer: Option<String>,
    /// Monthly base of contribution as it was declared, by the day from which it holds.
    pub bases: Dated<Fen>,
    /// Chronic diseases, care elsewhere, referrals, approvals.
    pub registrations: Vec<Held>,
    /// The personal account.
    pub account: AccountState,
    /// Grants of relatives, in the order in which they are drawn.
    pub received: Vec<Received>,
    /// Sums by scheme and benefit year.
    pub years: Years,
    /// Visits that are not settled yet.
    pub visits: Vec<u64>,
    /// The last entry; 0 if none.
    pub last: u64,
    /// The last settlement, whether it stands or not; 0 if none.
    pub last_settlement: u64,
    /// Premiums, credits and settlements that were taken back, by their entries.
    pub taken_back: Vec<u64>,
    /// To whom what still comes goes, once the person has died.
    pub heir: Option<crate::record::money::Heir>,
}

/// A registration that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The entry that registered it.
    pub entry: u64,
    /// What it is.
    pub registration: Registration,
}

/// The personal account, and what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountState {
    /// Current-year part.
    pub current: Fen,
    /// Prior years' part.
    pub prior: Fen,
    /// Paid in for the account and not yet credited.
    pub awaiting: Fen,
    /// Credited too much, to be set off against the next credits.
    pub owed: Fen,
    /// Fen-days of the current-year part since it last bore interest.
    pub current_days: u64,
    /// Fen-days of the prior years' part since it last bore interest.
    pub prior_days: u64,
    /// The day up to which the fen-days are counted.
    pub counted: Option<Date>,
    /// All months that were credited: first and last of each stretch, in order.
    pub credits: Vec<(u32, u32)>,
    /// The bases that premiums were paid on, for months not credited yet: first and last month, base.
    pub paid_bases: Vec<(u32, u32, Fen)>,
    /// The first day of the year to which it was last rolled over.
    pub rolled: Option<Date>,
    /// The entry that did it; 0 if none.
    pub rolled_by: u64,
    /// Of the prior years' part: what may be drawn out as money.
    pub withdrawable: Fen,
}

/// A grant that a relative gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Which.
    pub grant: Grant,
    /// Who gave it.
    pub from: u64,
    /// What is left.
    pub left: Fen,
}

impl AccountState {
    /// The last month that was credited, like 202611; 0 if none.
    #[must_use]
    pub fn credited(&self) -> u32 {
        self.credits.last().map_or(0, |(_, last)| *last)
    }

    /// Was a month like 202611 credited?
    #[must_use]
    pub fn is_credited(&self, month: u32) -> bool {
        let within = |(first, last): &(u32, u32)| (*first..=*last).contains(&month);
        self.credits.iter().any(within)
    }
}

impl AccountState {
    /// The base that the premium of a month was paid on, while the month is not credited.
    #[must_use]
    pub fn paid_base(&self, month: u32) -> Option<Fen> {
        let within = |(first, last, _): &&(u32, u32, Fen)| (*first..=*last).contains(&month);
        self.paid_bases
            .iter()
            .find(within)
            .map(|(_, _, base)| *base)
    }

    /// All of it that is the person's own: what was credited, less what is owed.
    #[must_use]
    pub fn own(&self) -> Fen {
        (self.current + self.prior).beyond(self.owed)
    }
}

impl PersonState {
    /// The status on a day, or the last one before it.
    #[must_use]
    pub fn status(&self, day: Date) -> Option<Status> {
        let enrolments = &self.membership.enrolments;
        let begun = enrolments.iter().rev().find(|e| e.from <= day);
        begun.or(enrolments.first()).map(|e| e.status)
    }

    /// The scheme on a day.
    #[must_use]
    pub fn scheme(&self, day: Date) -> Option<Scheme> {
        self.status(day).map(Status::scheme)
    }

    /// What a policy may ask about on a day.
    #[must_use]
    pub fn identities_on(&self, day: Date) -> &[String] {
        self.identities.on(day).map_or(&[], Vec::as_slice)
    }

    /// The base declared for a day.
    #[must_use]
    pub fn base_on(&self, day: Date) -> Option<Fen> {
        self.bases.on(day).copied()
    }

    /// What a policy credits the account for a month; none where it has no row for the person.
    #[must_use]
    pub fn credit_row<'p>(&self, policy: &'p Policy, month: Month) -> Option<&'p Credit> {
        let day = month.last_day();
        let birth = self.membership.birth;
        let age = birth.and_then(|birth| age_on(birth, day)).unwrap_or(0);
        policy.credit(self.status(day)?, age, self.retired)
    }

    /// What is left of all grants.
    #[must_use]
    pub fn granted(&self) -> Fen {
        self.received.iter().map(|r| r.left).sum()
    }

    /// What is left: current year, prior years, grants; in fen.
    #[must_use]
    pub fn left(&self) -> [u64; 3] {
        [
            self.account.current.fen(),
            self.account.prior.fen(),
            self.granted().fen(),
        ]
    }

    /// The enrolment that is open.
    #[must_use]
    pub fn open_enrolment(&self) -> Option<&domain::membership::Enrolment> {
        self.membership
            .enrolments
            .last()
            .filter(|e| e.until.is_none())
    }
}
