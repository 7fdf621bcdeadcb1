//! What is recorded of a visit: its opening, fee lines, discharge, deposit, settlement and reversal.

use domain::agreement::Agreement;
use domain::bill::{Place, Scheme};
use domain::facility::{Facility, FacilityKind};
use domain::person::CoverageState;
use domain::region::Region;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::care::{Care, FeeLine, is_false};
use super::money::Grant;
use super::steps::StepForm;
use crate::word;

/// A visit began; its cost is still empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitOpened {
    /// What is known so far.
    pub care: Care,
}

/// Fee lines came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesAdded {
    /// The visit.
    pub visit: u64,
    /// The lines; they are numbered on from the visit's last.
    pub lines: Vec<FeeLine>,
}

/// Fee lines were taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesRemoved {
    /// The visit.
    pub visit: u64,
    /// Numbers of the lines, from 1.
    pub lines: Vec<u32>,
}

/// The patient was discharged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discharged {
    /// The visit.
    pub visit: u64,
    /// The day.
    pub on: Date,
}

/// A deposit was paid to the hospital; no money of the agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deposited {
    /// The visit.
    pub visit: u64,
    /// How much, in fen.
    pub amount: u64,
}

/// A bill was settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// The visit, if it was opened before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<u64>,
    /// The person's settlement before this one that still stands; 0 if none.
    pub previous: u64,
    /// Scheme.
    #[serde(with = "word")]
    pub scheme: Scheme,
    /// What the institution said.
    pub care: Care,
    /// The institution as it was then.
    pub institution: InstitutionThen,
    /// Where the care was given, as the policy sees it.
    #[serde(with = "word")]
    pub place: Place,
    /// The disease was registered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub registered: bool,
    /// Care at an institution that is not designated was approved.
    #[serde(default, skip_serializing_if = "is_false")]
    pub approved: bool,
    /// Deposit set off, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit: Option<u64>,
    /// The same stay before: in-scope cost and deductible, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stay: Option<(u64, u64)>,
    /// Coverage on the days that count: the day, the state, why.
    pub coverage: Vec<CoverageOn>,
    /// What was drawn of family grants, in fen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drawn: Vec<(Grant, u64)>,
    /// The steps, in the order of the law.
    pub steps: Vec<StepForm>,
    /// What is left in the accounts: current year, prior years, grants; in fen.
    pub left: [u64; 3],
}

impl Settled {
    /// In-scope cost and deductible, in fen.
    #[must_use]
    pub fn parts(&self) -> (u64, u64) {
        let steps: Vec<_> = self.steps.iter().filter_map(StepForm::step).collect();
        let totals: domain::step::Totals = steps.iter().collect();
        let deductible = totals.became[domain::account::OwnPart::Deductible.index()];
        (totals.in_scope.fen(), deductible.fen())
    }
}

/// An institution as it was at a settlement: region, kind, level, community, designated, tags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionThen(
    #[serde(with = "word::region")] pub Region,
    #[serde(with = "word")] pub FacilityKind,
    pub u8,
    pub bool,
    pub bool,
    pub Vec<String>,
);

impl InstitutionThen {
    /// Of an agreement on a day.
    #[must_use]
    pub fn of(agreement: &Agreement, day: Date) -> InstitutionThen {
        InstitutionThen(
            agreement.region,
            agreement.kind,
            agreement.level,
            agreement.community,
            agreement.designated_on(day),
            agreement.tags.clone(),
        )
    }

    /// As a bill has it.
    #[must_use]
    pub fn facility(&self, approved: bool) -> Facility {
        let InstitutionThen(_, kind, level, community, designated, tags) = self;
        Facility {
            kind: *kind,
            level: *level,
            community: *community,
            tags: tags.clone(),
            designated: *designated,
            approved,
        }
    }
}

/// Coverage on one day, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageOn {
    /// The day.
    pub day: Date,
    /// The state.
    #[serde(with = "word")]
    pub state: CoverageState,
    /// Why.
    #[serde(with = "word")]
    pub reason: domain::coverage::Reason,
}

/// An earlier entry was taken back by the mirrored postings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reversed {
    /// What it was; the entry's `about` is its number.
    #[serde(with = "word")]
    pub kind: domain::ledger::EntryKind,
    /// Of a settlement: the visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<u64>,
    /// Of a settlement: the scheme.
    #[serde(
        default,
        with = "word::option",
        skip_serializing_if = "Option::is_none"
    )]
    pub scheme: Option<Scheme>,
    /// Of a settlement: the one before it that stands.
    #[serde(default, skip_serializing_if = "is_none")]
    pub previous: u64,
    /// Of a settlement of a visit: its in-scope cost and deductible, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<(u64, u64)>,
    /// Of a settlement: what goes back to family grants, in fen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drawn: Vec<(Grant, u64)>,
    /// Of a premium or a credit: first and last of the months that it was for, like 202611; in several stretches where others between
    /// them were paid before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub months: Vec<(u32, u32)>,
    /// What is left in the accounts: current year, prior years, grants; in fen.
    pub left: [u64; 3],
}

const fn is_none(entry: &u64) -> bool {
    *entry == 0
}
