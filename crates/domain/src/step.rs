//! `Step`: one line of a settlement: what was looked at, what happened to it, and by which rule.

use crate::account::{AccountPart, OwnPart};
use crate::fen::Fen;
use crate::refusal::Refusal;
use crate::words::words;

words! {
    /// Who pays.
    pub enum Payer {
        Pooled: "pooled", "统筹基金", "pooled fund";
        LargeAmount: "large_amount", "大额医疗互助资金", "large-amount fund";
        Catastrophic: "catastrophic", "大病保险", "catastrophic insurance";
        RetireeSupplement: "retiree_supplement", "退休人员补充医疗保险", "retirees' supplement";
        CivilServant: "civil_servant", "公务员医疗补助", "civil-servant aid";
        Enterprise: "enterprise", "企业补充医疗保险", "enterprise supplement";
        MutualAid: "mutual_aid", "大病医疗互助", "local mutual aid";
        MedicalAid: "medical_aid", "医疗救助", "medical aid";
        TiltedAid: "tilted_aid", "倾斜救助", "tilted medical aid";
        Current: "account_current", "个人账户（当年）", "personal account (current year)";
        Prior: "account_prior", "个人账户（历年）", "personal account (prior years)";
        Family: "family", "家庭共济账户", "family account";
        Cash: "cash", "现金", "cash";
        Hospital: "hospital", "医院负担", "borne by the hospital";
    }
}

words! {
    /// A fund after the basic one, in the order of the law.
    pub enum LayerKind {
        LargeAmount: "large_amount", "大额医疗互助", "large-amount fund";
        Catastrophic: "catastrophic", "大病保险", "catastrophic insurance";
        RetireeSupplement: "retiree_supplement", "退休人员补充医疗保险", "retirees' supplement";
        CivilServant: "civil_servant", "公务员医疗补助", "civil-servant aid";
        Enterprise: "enterprise", "企业补充医疗保险", "enterprise supplement";
        MutualAid: "mutual_aid", "大病医疗互助", "local mutual aid";
        MedicalAid: "medical_aid", "医疗救助", "medical aid";
        TiltedAid: "tilted_aid", "倾斜救助", "tilted medical aid";
    }
}

impl LayerKind {
    /// The payer of this layer.
    #[inline]
    #[must_use]
    pub const fn payer(self) -> Payer {
        match self {
            LayerKind::LargeAmount => Payer::LargeAmount,
            LayerKind::Catastrophic => Payer::Catastrophic,
            LayerKind::RetireeSupplement => Payer::RetireeSupplement,
            LayerKind::CivilServant => Payer::CivilServant,
            LayerKind::Enterprise => Payer::Enterprise,
            LayerKind::MutualAid => Payer::MutualAid,
            LayerKind::MedicalAid => Payer::MedicalAid,
            LayerKind::TiltedAid => Payer::TiltedAid,
        }
    }
}

impl Payer {
    /// Is it a fund (not the person, not the hospital)?
    #[inline]
    #[must_use]
    pub const fn is_fund(self) -> bool {
        (self as usize) < (Payer::Current as usize)
    }

    /// Is it the person: account, family account or cash?
    #[inline]
    #[must_use]
    pub const fn is_person(self) -> bool {
        !self.is_fund() && !matches!(self, Payer::Hospital)
    }

    /// The payer behind a part of the account.
    #[must_use]
    pub const fn account(part: AccountPart) -> Payer {
        match part {
            AccountPart::Current => Payer::Current,
            AccountPart::Prior => Payer::Prior,
        }
    }
}

/// Stage of the chain, in the order of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Coverage, provider, cause.
    Admission,
    /// Line by line: catalogue, limit, first share.
    Classification,
    /// First share for care outside the region.
    OffRegion,
    /// The account that pays before the deductible.
    AccountBefore,
    /// Deductible.
    Deductible,
    /// Bands and cap of the basic fund.
    BasicFund,
    /// A layer after it.
    Layer(LayerKind),
    /// The accounts.
    Account,
    /// Cash and deposit.
    Cash,
}

/// What happened to the amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Somebody paid it.
    Paid(Payer),
    /// It became a part of the person's own.
    Became(OwnPart),
    /// A figure on the way.
    Noted(Note),
}

/// A figure on the way; no money moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// The insurance does not pay.
    Refused(Refusal),
    /// The fund advances and may recover from the third person.
    Advanced,
    /// What of a fee line is in scope.
    LineInScope,
    /// In-scope cost that comes to the deductible.
    InScope,
    /// The deductible is waived.
    Waived,
    /// The cap of the fund is reached; the amount is the cost at which it was.
    CapReached,
    /// The own cost that a layer looks at.
    Base,
    /// A stay over the year's end: what follows falls in the later year.
    YearEnds,
    /// Deposit returned.
    Refund,
    /// Still to be collected above the deposit.
    Collect,
}

/// Which rule of the plan a step rests on: its place in [`crate::plan::Plan::rules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RuleId(pub u16);

/// One line of a settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// Where in the chain.
    pub stage: Stage,
    /// The fee line, or of a payment by family accounts which of them ([`Step::is_of_family`]); counted from 1, 0 for the bill as a whole.
    pub line: u32,
    /// The amount that was looked at.
    pub of: Fen,
    /// What came of it.
    pub amount: Fen,
    /// What happened to it.
    pub effect: Effect,
    /// The own part that it was taken from; none for cost that no rule had looked at yet, and for cash, which takes all that is left.
    pub from: Option<OwnPart>,
    /// By which rule.
    pub rule: RuleId,
}

impl Step {
    /// Is it a payment by a family account, and so its `line` the number of that account?
    #[must_use]
    pub fn is_of_family(&self) -> bool {
        self.effect == Effect::Paid(Payer::Family)
    }
}

/// Where steps go: collected, or only summed. The choice is a type parameter of the settlement, not a copy of it.
pub trait Sink {
    /// Does it want each step? Otherwise bands may be told as one step.
    const DETAILED: bool;

    /// Take one step.
    fn step(&mut self, step: Step);
}

/// Collects every step.
impl Sink for Vec<Step> {
    const DETAILED: bool = true;

    #[inline(always)]
    fn step(&mut self, step: Step) {
        self.push(step);
    }
}

/// Keeps sums only: what each payer paid, what became of the own cost. Allocates nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// By payer, indexed by [`Payer::index`].
    pub paid: [Fen; Payer::COUNT],
    /// Paid in the basic stage, whichever fund that is.
    pub basic: Fen,
    /// By own part, before anybody paid it; indexed by [`OwnPart::index`].
    pub became: [Fen; OwnPart::COUNT],
    /// In-scope cost that came to the deductible.
    pub in_scope: Fen,
    /// Own cost that each layer looked at, indexed by [`LayerKind::index`].
    pub base: [Fen; LayerKind::COUNT],
}

impl Sink for Totals {
    const DETAILED: bool = false;

    #[inline(always)]
    fn step(&mut self, step: Step) {
        match (step.effect, step.stage) {
            (Effect::Paid(payer), stage) => {
                self.paid[payer.index()] += step.amount;
                if matches!(stage, Stage::BasicFund) {
                    self.basic += step.amount;
                }
            }
            (Effect::Became(part), _) => self.became[part.index()] += step.amount,
            (Effect::Noted(Note::InScope), _) => self.in_scope += step.amount,
            (Effect::Noted(Note::Base), Stage::Layer(kind)) => {
                self.base[kind.index()] += step.amount
            }
            (Effect::Noted(_), _) => {}
        }
    }
}

impl Totals {
    /// What one payer pays.
    #[must_use]
    pub fn paid_by(&self, payer: Payer) -> Fen {
        self.paid[payer.index()]
    }

    /// The whole bill.
    #[must_use]
    pub fn total(&self) -> Fen {
        self.paid.iter().copied().sum()
    }

    /// Paid from the person's own account, both parts.
    #[must_use]
    pub fn account(&self) -> Fen {
        self.paid_by(Payer::Current) + self.paid_by(Payer::Prior)
    }

    /// Paid by all funds together.
    #[must_use]
    pub fn funds(&self) -> Fen {
        Payer::ALL
            .iter()
            .filter(|p| p.is_fund())
            .map(|p| self.paid[p.index()])
            .sum()
    }

    /// Paid by one layer, without what its fund paid in the basic stage.
    #[must_use]
    pub fn layer(&self, kind: LayerKind) -> Fen {
        let paid = self.paid[kind.payer().index()];
        match kind {
            // The large-amount fund may be the fund of the basic stage; what the pooled fund paid is of that stage.
            LayerKind::LargeAmount => {
                paid.beyond(self.basic.beyond(self.paid[Payer::Pooled.index()]))
            }
            _ => paid,
        }
    }

    /// Paid by the person: account, family account, cash.
    #[must_use]
    pub fn personal(&self) -> Fen {
        Payer::ALL
            .iter()
            .filter(|p| p.is_person())
            .map(|p| self.paid[p.index()])
            .sum()
    }
}

impl<'a> FromIterator<&'a Step> for Totals {
    fn from_iter<I: IntoIterator<Item = &'a Step>>(steps: I) -> Totals {
        let mut totals = Totals::default();
        for step in steps {
            totals.step(*step);
        }
        totals
    }
}
