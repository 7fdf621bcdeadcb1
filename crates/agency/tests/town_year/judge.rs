//! `Judged`: every settlement is made a second time by the independent model, from the entries alone, and must come to the same fen.

use std::collections::BTreeMap;

use agency::record::{Event, Settled};
use domain::account::OwnPart;
use domain::step::{Effect, LayerKind, Note, Payer, Totals};

use crate::bill::Bill;
use crate::chain::{self, Amounts};
use crate::house::laws;
use crate::house::mirror::Case;
use crate::rule::Rule;
use crate::seen::Seen;
use crate::slip;
use crate::tree::Tree;

/// What the model was asked.
#[derive(Default)]
pub(crate) struct Judged {
    pub(crate) settlements: u64,
    /// Of them: a fund paid.
    pub(crate) paid: u64,
    /// Of them: refused as a whole.
    pub(crate) refused: u64,
    rules: BTreeMap<u32, Rule>,
}

impl std::fmt::Debug for Judged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} settlements made again by the model, of which a fund paid in {} and {} were refused",
            self.settlements, self.paid, self.refused
        )
    }
}

impl Judged {
    /// Makes a settlement a second time.
    pub(crate) fn judge(&mut self, case: &Case<'_>) -> Result<(), String> {
        let Event::Settled(settled) = case.event else {
            return Ok(());
        };
        let rule = self.rule(case);
        let text = slip::written(case, settled);
        let bill = Bill::of(Tree::read(&text).map_err(|e| format!("{e}\n{text}"))?);
        let by_model = chain::settle(rule, &bill, &mut Seen::default());
        let by_agency = amounts(settled);
        if by_model.as_ref() != Ok(&by_agency) {
            return Err(format!(
                "agency {by_agency:#?}\nmodel {by_model:#?}\n{text}"
            ));
        }
        self.settlements += 1;
        self.refused += u64::from(by_agency.refused.is_some());
        let funds = Payer::ALL.iter().filter(|p| p.is_fund());
        self.paid += u64::from(funds.map(|p| by_agency.get(p.code())).sum::<i128>() > 0);
        Ok(())
    }

    fn rule(&mut self, case: &Case<'_>) -> &Rule {
        self.rules.entry(case.entry.policy).or_insert_with(|| {
            let version = case
                .office
                .policies
                .numbered(case.entry.policy)
                .expect("a policy");
            let policy = version.policy();
            let path = crate::house::policies()
                .join(policy.region.to_string())
                .join(policy.scheme.code())
                .join(format!("{}.toml", policy.effective));
            let text = std::fs::read_to_string(path).expect("a policy's file");
            Rule::of(Tree::read(&text).expect("a policy"))
        })
    }
}

/// What was recorded, in the model's words.
fn amounts(settled: &Settled) -> Amounts {
    let steps = laws::steps(settled);
    let totals: Totals = steps.iter().collect();
    let fen = |amount: domain::Fen| i128::from(amount.fen());
    let mut amounts = Amounts::default();
    for &payer in Payer::ALL {
        amounts.add(payer.code(), fen(totals.paid[payer.index()]));
    }
    for step in &steps {
        match step.effect {
            Effect::Noted(Note::Refused(refusal)) => {
                amounts
                    .refused
                    .get_or_insert_with(|| refusal.code().to_owned());
            }
            Effect::Noted(Note::Refund) => amounts.add("refund", fen(step.amount)),
            Effect::Noted(Note::Collect) => amounts.add("collect", fen(step.amount)),
            _ => {}
        }
    }
    if amounts.refused.is_some() {
        return amounts;
    }
    for &part in OwnPart::ALL {
        amounts.add(part.code(), fen(totals.became[part.index()]));
    }
    amounts.add("in_scope", fen(totals.in_scope));
    for kind in LayerKind::ALL {
        amounts.add(
            &format!("base_{}", kind.code()),
            fen(totals.base[kind.index()]),
        );
    }
    amounts
}
