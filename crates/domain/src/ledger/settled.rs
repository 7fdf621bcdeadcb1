//! The postings of a settlement: a fold over its steps.

use super::{AccountNumber, LedgerAccount, Posting, Postings, YearFigure, YearSum};
use crate::account::OwnPart;
use crate::fen::Fen;
use crate::plan::Plan;
use crate::setting::Setting;
use crate::settlement::Settlement;
use crate::step::{Effect, LayerKind, Payer, Totals};

/// Whether a settlement counts as a stay that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StayCounts(pub bool);

/// The postings of a settlement whose rules are those of `setting` ([`Plan::stands_for`]): what each payer pays to the institution, and
/// what the settlement adds to the year's sums.
#[must_use]
pub fn settled(
    settlement: &Settlement,
    plan: &Plan,
    setting: Setting,
    stay: StayCounts,
) -> Vec<Posting> {
    let mut postings = Postings::with_capacity(16);
    for step in settlement.steps() {
        if let Effect::Paid(payer) = step.effect {
            let to = institution(payer);
            postings.post(LedgerAccount::of_payer(payer), to, step.amount, step.rule.0);
        }
    }
    let rule = plan.fixed.year.0;
    if let Some(before) = settlement.year_before() {
        year(&mut postings, &before, (true, setting), rule);
    }
    year(
        &mut postings,
        &settlement.this_year(),
        (false, setting),
        rule,
    );
    if stay.0 {
        let stays = YearSum {
            before: false,
            setting: Setting::Inpatient,
            figure: YearFigure::Stays,
        };
        postings.post(stays, LedgerAccount::YearCounter, Fen::new(1), rule);
    }
    postings.list()
}

/// What the agency owes the institution, and what the institution has from elsewhere.
const fn institution(payer: Payer) -> LedgerAccount {
    match payer {
        Payer::Cash | Payer::Hospital => LedgerAccount::Collected,
        _ => LedgerAccount::Payable,
    }
}

/// The same sums as [`crate::year::YearToDate::record`].
fn year(postings: &mut Postings, totals: &Totals, (before, setting): (bool, Setting), rule: u16) {
    let mut sum = |figure, amount| {
        let account: AccountNumber = YearSum {
            before,
            setting,
            figure,
        }
        .into();
        postings.post(account, LedgerAccount::YearCounter, amount, rule);
    };
    sum(YearFigure::InScope, totals.in_scope);
    sum(
        YearFigure::Deductible,
        totals.became[OwnPart::Deductible.index()],
    );
    sum(YearFigure::Pooled, totals.basic);
    sum(YearFigure::OwnShare, totals.in_scope.beyond(totals.funds()));
    for &kind in LayerKind::ALL {
        sum(YearFigure::LayerBase(kind), totals.base[kind.index()]);
        sum(YearFigure::LayerPaid(kind), totals.layer(kind));
    }
}
