//! `Plan`: a policy compiled flat: for each point of its space one row in which every figure is already chosen.

use jiff::civil::Date;

use crate::account::{AccountPart, OwnPart};
use crate::bill::{Category, Continuation, ItemClass, Place, Setting, UnitPrice};
use crate::cite::{Cite, Standing};
use crate::fen::Fen;
use crate::policy::{Accumulates, CapBasis, Change, Origin, Per, Period, Point, Policy};
use crate::ratio::{Divide, Ratio};
use crate::step::{LayerKind, Payer, RuleId};
use crate::year::Counted;

/// A policy made ready to settle.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The policy it was compiled from.
    pub policy: Policy,
    /// The setting whose rules and sums hold for a setting.
    pub(crate) settings: [Option<Setting>; Setting::COUNT],
    pub(crate) index: Vec<Option<u32>>,
    pub(crate) rows: Vec<Row>,
    pub(crate) bands: Vec<BandPlan>,
    pub(crate) layers: Vec<LayerPlan>,
    /// Account rules and line rules, which many rows share.
    pub(crate) accounts: Vec<AccountPlan>,
    pub(crate) line_rules: Vec<LineRules>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) identities: Vec<String>,
    /// By exclusion, in the order of the policy.
    pub(crate) exclusion_rules: Vec<RuleId>,
    /// Which rules the fixed parts of the chain rest on.
    pub(crate) fixed: FixedRules,
}

/// Rules that do not depend on the point of the space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FixedRules {
    /// A figure that the bill itself states.
    pub(crate) stated: RuleId,
    pub(crate) rest: RuleId,
    pub(crate) coverage: RuleId,
    pub(crate) year: RuleId,
    pub(crate) rounding: RuleId,
}

/// What one step rests on: clauses, and the figures as the documents spell them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The clauses, the deciding one first; none where the bill itself states the figure.
    pub clauses: Vec<Cite>,
    /// The figures.
    pub detail: Detail,
}

impl Rule {
    /// The weakest standing among its clauses; none for a figure that the bill states.
    #[must_use]
    pub fn standing(&self) -> Option<Standing> {
        self.clauses.iter().map(|c| c.standing).max()
    }
}

/// The figures behind a step, for the explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// No figure.
    Plain,
    /// The bill itself states the figure; no clause of the policy gives it.
    Stated,
    /// One figure, as spelt.
    Figure(String),
    /// A cause that excludes the bill: its id, and its name where the region gave it one.
    Cause(String, Option<crate::words::Name>),
    /// A band: from, to, the ratio as spelt, what changed it, and the ratio that results.
    Band {
        /// Where it begins.
        over: Fen,
        /// Where it ends.
        upto: Option<Fen>,
        /// The ratio as spelt.
        spelt: String,
        /// What changed it, in order.
        changes: Vec<Change>,
        /// What results.
        ratio: Ratio,
    },
}

/// Everything for one point of the space.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// No fund pays in this setting.
    pub(crate) unfunded: Option<RuleId>,
    pub(crate) payer: Payer,
    pub(crate) counts: Counted,
    pub(crate) off_region: Option<SharePlan>,
    pub(crate) deductible: DeductiblePlan,
    pub(crate) origin: Origin,
    pub(crate) accumulates: Accumulates,
    pub(crate) scale: Scale,
    /// Caps that hold at once: of the year and of the visit.
    pub(crate) caps: [Option<CapPlan>; 2],
    /// Ranges in [`Plan::layers`]: large amount, early supplements, catastrophic, supplements, medical aid.
    pub(crate) large_amount: Range,
    pub(crate) early_supplements: Range,
    pub(crate) catastrophic: Range,
    pub(crate) supplements: Range,
    pub(crate) medical_aid: Range,
    pub(crate) layered: bool,
    /// Its place in [`Plan::accounts`].
    pub(crate) account: Option<u32>,
    /// Its place in [`Plan::line_rules`].
    pub(crate) lines: u32,
}

/// How fee lines are split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LineRules {
    /// By class and category.
    pub(crate) first_shares: [[Option<FirstSharePlan>; Category::COUNT]; ItemClass::COUNT],
    /// By category.
    pub(crate) limits: [Option<(UnitPrice, RuleId)>; Category::COUNT],
}

impl Row {
    /// The ranges of its layers, in the order of the law.
    pub(crate) fn layers(&self) -> [Range; 5] {
        [
            self.large_amount,
            self.early_supplements,
            self.catastrophic,
            self.supplements,
            self.medical_aid,
        ]
    }
}

/// A piece of one of the plan's flat lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

impl Range {
    #[inline]
    pub(crate) fn of<T>(self, list: &[T]) -> &[T] {
        let start = self.start as usize;
        &list[start..start + self.len as usize]
    }
}

/// A share with its rule.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SharePlan {
    pub(crate) ratio: Ratio,
    pub(crate) rule: RuleId,
}

/// Steps of a first share by unit price; one without end when it does not go by price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FirstSharePlan {
    pub(crate) steps: Vec<(UnitPrice, Ratio)>,
    pub(crate) rule: RuleId,
}

/// The deductible of a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeductiblePlan {
    pub(crate) per: Per,
    pub(crate) figures: [Fen; DeductiblePlan::FIGURES],
    pub(crate) len: u8,
    pub(crate) period: Option<(u32, Period)>,
    pub(crate) rule: RuleId,
    pub(crate) year_cap: Option<(Fen, RuleId)>,
    /// By continuation.
    pub(crate) waivers: [Option<RuleId>; Continuation::COUNT],
}

impl DeductiblePlan {
    /// At most so many figures by the number of the stay.
    pub(crate) const FIGURES: usize = 12;

    /// The figure of the n-th stay, n from 1.
    #[inline]
    pub(crate) fn figure(&self, n: u32) -> Fen {
        let last = u32::from(self.len).max(1);
        self.figures[(n.clamp(1, last) - 1) as usize]
    }
}

/// Bands with their common denominator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    pub(crate) bands: Range,
    pub(crate) divide: Divide,
    pub(crate) each: bool,
}

/// One band of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BandPlan {
    /// Where it ends; [`Fen::UNLIMITED`] without end.
    pub upto: Fen,
    /// The fund's share over the scale's denominator.
    pub num: u64,
    /// Its rule.
    pub rule: RuleId,
}

/// A cap of the basic fund.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CapPlan {
    pub(crate) basis: CapBasis,
    /// Of a visit: nothing before counts.
    pub(crate) visit: bool,
    pub(crate) amount: Fen,
    pub(crate) counts: Counted,
    pub(crate) rule: RuleId,
}

/// A fund after the basic one.
#[derive(Clone, Debug)]
pub(crate) struct LayerPlan {
    pub(crate) kind: LayerKind,
    /// Only for persons with one of these identities; 0 is for everyone.
    pub(crate) only: u64,
    pub(crate) base: Vec<OwnPart>,
    pub(crate) over: Fen,
    pub(crate) origin: Origin,
    pub(crate) accumulates: Accumulates,
    pub(crate) scale: Scale,
    pub(crate) cap: Option<(CapBasis, Fen)>,
    pub(crate) counts: Counted,
    pub(crate) rule: RuleId,
}

/// What the account may pay, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AccountPlan {
    pub(crate) before: Vec<AccountPart>,
    pub(crate) after: Vec<AccountPart>,
    pub(crate) pays: Vec<OwnPart>,
    pub(crate) family: bool,
    pub(crate) rule: RuleId,
}

/// Which row of a plan settles a bill; found once, not searched per bill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowId(pub(crate) u32);

impl Plan {
    /// The row for a point, if the policy has a rule there.
    #[must_use]
    pub fn row(&self, point: &Point) -> Option<RowId> {
        let at = position(&self.policy, point)?;
        self.index.get(at).copied().flatten().map(RowId)
    }

    /// Is the policy in force on `day`, as far as this file alone can say?
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.policy.effective <= day && self.policy.ends.is_none_or(|ends| day <= ends)
    }

    /// The rule behind a step of a settlement by this plan.
    #[must_use]
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[usize::from(id.0)]
    }

    /// The setting whose rules hold for `setting`; none if the policy does not know it.
    #[must_use]
    pub fn stands_for(&self, setting: Setting) -> Option<Setting> {
        self.settings[setting.index()]
    }

    /// Every point for which there is a row, in order.
    pub fn points(&self) -> impl Iterator<Item = Point> {
        space(&self.policy).filter(|point| self.row(point).is_some())
    }

    /// Every point that settings, classes, known places and diseases span, with a row or without, in order.
    pub fn space(&self) -> impl Iterator<Item = Point> {
        space(&self.policy)
    }

    #[inline]
    pub(crate) fn account_of(&self, row: &Row) -> Option<&AccountPlan> {
        row.account.map(|at| &self.accounts[at as usize])
    }

    #[inline]
    pub(crate) fn row_at(&self, id: RowId) -> &Row {
        &self.rows[id.0 as usize]
    }
}

/// Every point of the space that settings, classes, known places and diseases span.
pub(crate) fn space(policy: &Policy) -> impl Iterator<Item = Point> {
    let (facilities, persons) = (policy.facilities.len(), policy.persons.len());
    let diseases = policy.diseases.len() + 1;
    Setting::ALL.iter().flat_map(move |&setting| {
        (0..facilities).flat_map(move |facility| {
            (0..persons).flat_map(move |person| {
                Place::ALL.iter().flat_map(move |&place| {
                    (0..diseases).map(move |disease| Point {
                        setting,
                        facility,
                        person,
                        place,
                        disease,
                    })
                })
            })
        })
    })
}

/// The place of a point in the index; none outside the space.
pub(crate) fn position(policy: &Policy, point: &Point) -> Option<usize> {
    let (facilities, persons) = (policy.facilities.len(), policy.persons.len());
    let diseases = policy.diseases.len() + 1;
    let inside = point.facility < facilities && point.person < persons && point.disease < diseases;
    let at = ((point.setting.index() * facilities + point.facility) * persons + point.person)
        * Place::COUNT;
    inside.then(|| (at + point.place.index()) * diseases + point.disease)
}
