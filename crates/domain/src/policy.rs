//! `Policy`: one policy file as typed rows, in the order of the file. `docs/policy.md` is its description.

pub mod contribution;
mod head;
pub mod keeping;
pub mod kept;
pub mod membership;
mod selector;
mod switch;

use jiff::civil::Date;

use crate::account::{AccountPart, OwnPart};
use crate::bill::{Category, Continuation, ItemClass, Scheme, Setting};
use crate::cite::{Cite, Document};
use crate::class::{FacilityClass, PersonClass};
use crate::fen::Fen;
use crate::ratio::Ratio;
use crate::region::Region;
use crate::step::{LayerKind, Payer};
use crate::words::Name;

pub use contribution::Contributions;
pub use head::{CoverageRule, PlaceRule, RoundingRule, YearRule};
pub use keeping::Keeping;
pub use membership::MembershipRules;
pub use selector::{Point, Selector, Set};
pub use switch::{
    Accumulates, AgeOn, Along, CapBasis, CoverageDays, Cross, Origin, Per, Period, RoundBands,
};

/// One region's rule for one scheme from its first day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Pooling region.
    pub region: Region,
    /// Its name.
    pub region_name: Name,
    /// Scheme.
    pub scheme: Scheme,
    /// First day.
    pub effective: Date,
    /// Last day, where the rule ended without a successor.
    pub ends: Option<Date>,
    /// The documents it rests on.
    pub documents: Vec<Document>,
    /// Benefit year.
    pub year: YearRule,
    /// Days on which cover is needed.
    pub coverage: CoverageRule,
    /// Rounding.
    pub rounding: RoundingRule,
    /// The clause for what no fund pays.
    pub rest: Cite,
    /// Places of care for which the file has a rule.
    pub place: PlaceRule,
    /// Settings.
    pub settings: Vec<SettingRule>,
    /// Classes of providers.
    pub facilities: Vec<FacilityClass>,
    /// Classes of persons.
    pub persons: Vec<PersonClass>,
    /// Diseases that the rules distinguish: id and name.
    pub diseases: Vec<(String, Name)>,
    /// Of these identities a person counts only as the first.
    pub aid_precedence: Vec<String>,
    /// Points of the space for which the file has no rule.
    pub no_rules: Vec<NoRule>,
    /// Causes for which the funds pay nothing.
    pub exclusions: Vec<Exclusion>,
    /// Limits by category.
    pub payment_limits: Vec<PaymentLimit>,
    /// First shares by class.
    pub first_shares: Vec<FirstShare>,
    /// First shares for care elsewhere.
    pub off_region_shares: Vec<OffRegionShare>,
    /// Deductibles.
    pub deductibles: Vec<Deductible>,
    /// Yearly caps of the deductible.
    pub deductible_caps: Vec<DeductibleCap>,
    /// When the deductible is waived.
    pub waivers: Vec<Waiver>,
    /// Bands of the basic fund.
    pub bands: Vec<Band>,
    /// What changes the bands' ratios.
    pub adjusts: Vec<Adjust>,
    /// Caps of the basic fund.
    pub caps: Vec<Cap>,
    /// Funds after the basic one.
    pub layers: Vec<Layer>,
    /// What the account may pay, and when.
    pub accounts: Vec<AccountRule>,
    /// Claims that ratios rise.
    pub rising: Vec<Rising>,
    /// Figures that others are a share or a multiple of.
    pub base_amounts: Vec<BaseAmount>,
    /// What is paid in and credited.
    pub contributions: Contributions,
    /// When cover begins, rests and comes back.
    pub membership: MembershipRules,
    /// How the personal account is kept.
    pub keeping: Keeping,
    /// What is ordered and not computed, or not known.
    pub gaps: Vec<Gap>,
}

impl Policy {
    /// Every identity that the policy asks for, in classes, layers, premiums or the precedence list.
    pub fn identities(&self) -> impl Iterator<Item = &str> {
        let classes = self
            .persons
            .iter()
            .flat_map(|c| c.identities.iter().chain(&c.without));
        let layers = self
            .layers
            .iter()
            .flat_map(|l| &l.identities)
            .filter(|i| *i != "none");
        let premiums = &self.contributions.premiums;
        classes
            .chain(layers)
            .chain(
                premiums
                    .iter()
                    .flat_map(|p| p.identities.iter().chain(&p.without)),
            )
            .chain(&self.aid_precedence)
            .map(String::as_str)
    }

    /// Does the identity `asked` count for a person who has these? Of the precedence list only the first that the person has
    /// does; `none` asks whether the person has none of the list.
    #[must_use]
    pub fn counts(&self, identities: &[String], asked: &str) -> bool {
        let listed = &self.aid_precedence;
        let first = listed.iter().find(|i| identities.contains(i));
        if asked == "none" {
            first.is_none()
        } else if listed.iter().any(|i| i == asked) {
            first.is_some_and(|first| first == asked)
        } else {
            identities.iter().any(|i| i == asked)
        }
    }
}

/// A figure and how the document spells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelt<T> {
    /// The figure.
    pub value: T,
    /// Its spelling.
    pub text: String,
}

/// Where a row stands: the table and its number there, from 0. Errors point to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowRef {
    /// Name of the table, as in the file.
    pub table: &'static str,
    /// Number in the table, from 0.
    pub number: usize,
}

/// One setting of care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingRule {
    /// Which.
    pub setting: Setting,
    /// How the funds stand to it.
    pub funds: SettingFunds,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// How the funds stand to a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingFunds {
    /// A fund pays by the rules of the file.
    Pays {
        /// Which fund the basic stage draws on.
        payer: Payer,
        /// Settings whose sums of the year count together.
        counts_with: Vec<Setting>,
        /// Facility classes that exist here, as a set of their numbers.
        facilities: Set,
    },
    /// No fund pays; the account may.
    None,
    /// The rules and the sums of another setting.
    As(Setting),
}

/// A part of the space for which the file has no rule, although its setting and classes exist: its bills are not settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoRule {
    /// Which part.
    pub selector: Selector,
    /// What tells of it, or that nothing does.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// A cause for which the funds pay nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// Its id.
    pub cause: String,
    /// Its name, for a cause of the region's own.
    pub name: Option<Name>,
    /// The fund pays first if the third person does not.
    pub advance: bool,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// Limit of a unit of a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentLimit {
    /// For whom.
    pub selector: Selector,
    /// Category.
    pub category: Category,
    /// Limit of a unit.
    pub amount: Spelt<Fen>,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// First share of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstShare {
    /// For whom.
    pub selector: Selector,
    /// Class.
    pub class: ItemClass,
    /// Category; any if absent.
    pub category: Option<Category>,
    /// By unit price: the first step whose end is not below the price; the last has no end.
    pub steps: Vec<(Option<Spelt<Fen>>, Spelt<Ratio>)>,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// First share for care elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OffRegionShare {
    /// For whom.
    pub selector: Selector,
    /// Part of the in-scope cost.
    pub ratio: Spelt<Ratio>,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// A deductible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deductible {
    /// For whom.
    pub selector: Selector,
    /// How often it is due.
    pub per: Per,
    /// The figure of the n-th stay; the last for all later ones. At least one.
    pub figures: Vec<Spelt<Fen>>,
    /// Length of a period of one stay in days, after which it is due again.
    pub period: Option<(u32, Period)>,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// At most this much deductible in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeductibleCap {
    /// For whom.
    pub selector: Selector,
    /// The cap.
    pub amount: Spelt<Fen>,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// When the deductible is waived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// For whom.
    pub selector: Selector,
    /// The reason.
    pub continuation: Continuation,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// A band of the basic fund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// For whom.
    pub selector: Selector,
    /// What it counts.
    pub origin: Origin,
    /// Over what it accumulates.
    pub accumulates: Accumulates,
    /// Where it begins.
    pub over: Spelt<Fen>,
    /// Where it ends; without end if absent.
    pub upto: Option<Spelt<Fen>>,
    /// The fund's share.
    pub ratio: Spelt<Ratio>,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// What changes the bands' ratios.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjust {
    /// For whom.
    pub selector: Selector,
    /// Why; for one reason at most one row may match.
    pub reason: String,
    /// The change.
    pub change: Change,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// A change of a ratio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The own share times this.
    OwnTimes(Spelt<Ratio>),
    /// The fund's ratio times this.
    RatioTimes(Spelt<Ratio>),
    /// Points up.
    Up(Spelt<Ratio>),
    /// Points down.
    Down(Spelt<Ratio>),
}

impl Change {
    /// How the file spells it.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Change::OwnTimes(r) | Change::RatioTimes(r) | Change::Up(r) | Change::Down(r) => {
                &r.text
            }
        }
    }
}

/// A cap of the basic fund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cap {
    /// For whom.
    pub selector: Selector,
    /// Of the year or of a visit.
    pub per: Per,
    /// What it counts.
    pub basis: CapBasis,
    /// The cap; none if uncapped.
    pub amount: Option<Spelt<Fen>>,
    /// Settings whose sums count towards it; the setting's own if absent.
    pub counts: Option<Vec<Setting>>,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// A fund after the basic one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// For whom.
    pub selector: Selector,
    /// Which fund.
    pub kind: LayerKind,
    /// Only for persons with one of these identities; `none` is "with none of the precedence list".
    pub identities: Vec<String>,
    /// The own parts it looks at, in the order in which it pays them.
    pub base: Vec<OwnPart>,
    /// Threshold.
    pub over: Spelt<Fen>,
    /// What its bands count.
    pub origin: Origin,
    /// Over what base and threshold accumulate.
    pub accumulates: Accumulates,
    /// Ends and ratios; the last has no end.
    pub bands: Vec<(Option<Spelt<Fen>>, Spelt<Ratio>)>,
    /// Its cap; none if uncapped.
    pub cap: Option<Spelt<Fen>>,
    /// What the cap counts: [`CapBasis::Fund`] or [`CapBasis::Cost`].
    pub cap_basis: CapBasis,
    /// Settings whose sums count; all if absent.
    pub counts: Option<Vec<Setting>>,
    /// Comes before catastrophic insurance.
    pub before_catastrophic: bool,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// What the account may pay, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRule {
    /// For whom.
    pub selector: Selector,
    /// Parts that pay in-scope cost before the deductible.
    pub before: Vec<AccountPart>,
    /// Parts that pay the own parts after the funds.
    pub after: Vec<AccountPart>,
    /// The own parts it may pay, in this order.
    pub pays: Vec<OwnPart>,
    /// Family accounts pay them too.
    pub family: bool,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// A claim that ratios do not fall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rising {
    /// For whom.
    pub selector: Selector,
    /// Along what.
    pub along: Along,
    /// Of which layer, along its bands; of the basic fund if absent.
    pub layer: Option<LayerKind>,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// A figure that others are a share or a multiple of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseAmount {
    /// Its id.
    pub id: String,
    /// The figure.
    pub amount: Spelt<Fen>,
    /// Source.
    pub cite: Cite,
    /// Its row.
    pub row: RowRef,
}

/// What is ordered and not computed, or not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What about.
    pub about: Name,
    /// Source, where there is one.
    pub cite: Option<Cite>,
}
