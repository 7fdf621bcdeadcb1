//! `Settlement`: the list of steps of one bill, and the folds over it.

use crate::account::OwnPart;
use crate::fen::Fen;
use crate::refusal::Refusal;
use crate::step::{Effect, Note, Payer, Step, Totals};
use crate::words::words;

words! {
    /// The named amounts of a settlement, as case files, JSON and tables have them.
    pub enum Figure {
        Total: "total", "医疗费总额", "total";
        Funds: "funds", "基金支付总额", "paid by all funds";
        Pooled: "pooled", "统筹基金", "pooled fund";
        LargeAmount: "large_amount", "大额医疗互助资金", "large-amount fund";
        Catastrophic: "catastrophic", "大病保险", "catastrophic insurance";
        RetireeSupplement: "retiree_supplement", "退休人员补充医疗保险", "retirees' supplement";
        CivilServant: "civil_servant", "公务员医疗补助", "civil-servant aid";
        Enterprise: "enterprise", "企业补充医疗保险", "enterprise supplement";
        MutualAid: "mutual_aid", "大病医疗互助", "local mutual aid";
        MedicalAid: "medical_aid", "医疗救助", "medical aid";
        TiltedAid: "tilted_aid", "倾斜救助", "tilted medical aid";
        Personal: "personal", "个人负担", "borne by the person";
        Account: "account", "个人账户", "personal account";
        Family: "family", "家庭共济账户", "family account";
        Cash: "cash", "现金", "cash";
        Hospital: "hospital", "医院负担", "borne by the hospital";
        SelfFunded: "self_funded", "全自费", "self-funded";
        OverLimit: "over_limit", "超限价自费", "over the payment limit";
        FirstShare: "first_share", "先行自付", "first share";
        InScope: "in_scope", "进入起付线的范围内费用", "in-scope cost that came to the deductible";
        Deductible: "deductible", "起付线", "deductible";
        OwnShare: "own_share", "比例自付", "own share";
        OverCap: "over_cap", "超封顶线", "over the cap";
        LargeOwnShare: "large_own_share", "大额段自付", "own share in the large-amount layer";
        Refund: "refund", "退还押金", "deposit refunded";
        Collect: "collect", "补收", "still to be collected";
    }
}

/// The list of steps of one bill. Every figure is a fold over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    steps: Vec<Step>,
    totals: Totals,
}

impl Settlement {
    pub(crate) fn new(steps: Vec<Step>) -> Settlement {
        let totals = steps.iter().collect();
        Settlement { steps, totals }
    }

    /// The steps, in the order of the law.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The sums over the steps.
    #[must_use]
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// The sums of the settlement's own year: of a stay split over the year's end, those of the later year.
    #[must_use]
    pub fn this_year(&self) -> Totals {
        let ends = Effect::Noted(Note::YearEnds);
        let later = self
            .steps
            .iter()
            .rposition(|s| s.effect == ends)
            .map_or(0, |at| at + 1);
        self.steps[later..].iter().collect()
    }

    /// The sums of the earlier year, for a stay split over the year's end.
    #[must_use]
    pub fn year_before(&self) -> Option<Totals> {
        let ends = Effect::Noted(Note::YearEnds);
        let end = self.steps.iter().position(|s| s.effect == ends)?;
        Some(self.steps[..end].iter().collect())
    }

    /// What one payer pays.
    #[must_use]
    pub fn paid_by(&self, payer: Payer) -> Fen {
        self.totals.paid_by(payer)
    }

    /// The whole bill.
    #[must_use]
    pub fn total(&self) -> Fen {
        self.totals.total()
    }

    /// Paid by all funds together.
    #[must_use]
    pub fn funds(&self) -> Fen {
        self.totals.funds()
    }

    /// Paid by the person: account, family account and cash.
    #[must_use]
    pub fn personal(&self) -> Fen {
        self.totals.personal()
    }

    /// Paid from the person's own account, both parts.
    #[must_use]
    pub fn account(&self) -> Fen {
        self.totals.account()
    }

    /// What became of one part of the person's own, before anybody paid of it. Of the cost over the cap it is all, also what then came
    /// into the large-amount layer.
    #[must_use]
    pub fn own(&self, part: OwnPart) -> Fen {
        self.totals.became[part.index()]
    }

    /// In-scope cost that came to the deductible.
    #[must_use]
    pub fn in_scope(&self) -> Fen {
        self.totals.in_scope
    }

    /// Why the funds pay nothing, if so.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        self.steps.iter().find_map(|step| match step.effect {
            Effect::Noted(Note::Refused(refusal)) => Some(refusal),
            _ => None,
        })
    }

    /// What a note of this kind says, summed.
    #[must_use]
    pub fn noted(&self, note: Note) -> Option<Fen> {
        let mut noted = self
            .steps
            .iter()
            .filter(|s| s.effect == Effect::Noted(note))
            .map(|s| s.amount);
        let first = noted.next()?;
        Some(noted.fold(first, |sum, amount| sum + amount))
    }

    /// A named amount.
    #[must_use]
    pub fn figure(&self, figure: Figure) -> Fen {
        match figure {
            Figure::Total => self.total(),
            Figure::Funds => self.funds(),
            Figure::Pooled => self.paid_by(Payer::Pooled),
            Figure::LargeAmount => self.paid_by(Payer::LargeAmount),
            Figure::Catastrophic => self.paid_by(Payer::Catastrophic),
            Figure::RetireeSupplement => self.paid_by(Payer::RetireeSupplement),
            Figure::CivilServant => self.paid_by(Payer::CivilServant),
            Figure::Enterprise => self.paid_by(Payer::Enterprise),
            Figure::MutualAid => self.paid_by(Payer::MutualAid),
            Figure::MedicalAid => self.paid_by(Payer::MedicalAid),
            Figure::TiltedAid => self.paid_by(Payer::TiltedAid),
            Figure::Personal => self.personal(),
            Figure::Account => self.account(),
            Figure::Family => self.paid_by(Payer::Family),
            Figure::Cash => self.paid_by(Payer::Cash),
            Figure::Hospital => self.paid_by(Payer::Hospital),
            Figure::SelfFunded => self.own(OwnPart::SelfFunded),
            Figure::OverLimit => self.own(OwnPart::OverLimit),
            Figure::FirstShare => self.own(OwnPart::FirstShare),
            Figure::InScope => self.in_scope(),
            Figure::Deductible => self.own(OwnPart::Deductible),
            Figure::OwnShare => self.own(OwnPart::OwnShare),
            Figure::OverCap => self.own(OwnPart::OverCap),
            Figure::LargeOwnShare => self.own(OwnPart::LargeOwnShare),
            Figure::Refund => self.noted(Note::Refund).unwrap_or(Fen::ZERO),
            Figure::Collect => self.noted(Note::Collect).unwrap_or(Fen::ZERO),
        }
    }
}
