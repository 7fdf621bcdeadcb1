//! What is recorded of a visit: its opening, fee lines, discharge, deposit, settlement and reversal.

use domain::agreement::Agreement;
use domain::bill::{Place, Scheme};
use domain::facility::{Facility, FacilityKind};
use domain::person::CoverageState;
use domain::region::Region;
use domain::setting::Setting;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::care::{Care, FeeLine, is_false};
use super::money::Grant;
use super::steps::StepForm;
use crate::word;

/// Something written that an institution files: kept word for word, read by nobody but people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// What kind of paper, as the door names it.
    pub kind: String,
    /// What it says.
    pub body: String,
}

/// A visit began; its cost is still empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitOpened {
    /// What is known so far.
    pub care: Care,
    /// What else the institution says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
}

/// What kind of care a visit is was told, or told anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    /// The visit.
    pub visit: u64,
    /// Setting of care.
    #[serde(with = "word")]
    pub setting: Setting,
    /// The institution's own word for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
    /// The day it began.
    pub from: Date,
    /// An emergency.
    #[serde(default, skip_serializing_if = "is_false")]
    pub emergency: bool,
    /// The disease for which the benefit is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disease: Option<String>,
    /// Causes that may exclude the bill.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// What else the institution says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
}

/// A visit was cancelled: nothing of it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitCancelled {
    /// The visit.
    pub visit: u64,
}

/// A discharge was taken back: the stay goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undischarged {
    /// The visit.
    pub visit: u64,
}

/// A paper was filed with a visit, or with the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// The visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<u64>,
    /// The paper.
    pub paper: Paper,
}

/// A request that had not come was forestalled: if it still comes, it is not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forestalled {
    /// Its key.
    pub key: String,
}

/// Fee lines came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesAdded {
    /// The visit.
    pub visit: u64,
    /// The lines; they are numbered on from the visit's last.
    pub lines: Vec<FeeLine>,
    /// How each divides by the rules of its day: self-funded, over the limit, first share, in scope; in fen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub divided: Vec<[u64; 4]>,
    /// Parts of lines, of earlier ones or of these, that were returned: goods taken back, a service not given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returns: Vec<Return>,
    /// What each return takes off: self-funded, over the limit, first share, in scope; in fen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_off: Vec<[i64; 4]>,
}

/// A part of a fee line that was returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// The line, from 1.
    pub line: u32,
    /// How many, in ten-thousandths.
    pub quantity: u64,
    /// Its amount, in fen; worked out if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<u64>,
    /// The institution's own number of the return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// What the institution says beside it, word for word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
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
    /// What else the institution says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
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
    /// The batch of the visit that was settled; all of it if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// Lines of other batches are still open, or may come.
    #[serde(default, skip_serializing_if = "is_false")]
    pub goes_on: bool,
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
    /// All that the bill came to, in fen.
    #[must_use]
    pub fn total(&self) -> u64 {
        let steps = self.steps.iter().filter_map(StepForm::step);
        let paid = steps.filter(|step| matches!(step.effect, domain::step::Effect::Paid(_)));
        paid.map(|step| step.amount.fen()).sum()
    }

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
