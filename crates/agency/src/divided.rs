//! `Divided`: what a fee line divides into, as a fold over the steps of its settlement.

use domain::account::OwnPart;
use domain::bill::{Quantity, UnitPrice};
use domain::step::{Effect, Note, Stage, Step};
use domain::{Fen, Plan};

use crate::record::FeeLine;

/// Self-funded, over the limit, first share, in scope; in fen.
pub type Divided = [u64; 4];

/// What each line divides into. Where the insurance does not pay at all, all of a line is self-funded.
#[must_use]
pub fn divided(steps: &[Step], lines: &[FeeLine], plan: &Plan) -> Vec<Divided> {
    let refused = |step: &&Step| matches!(step.effect, Effect::Noted(Note::Refused(_)));
    if steps.iter().find(refused).is_some() {
        return lines
            .iter()
            .map(|line| [amount(line, plan), 0, 0, 0])
            .collect();
    }
    let mut all = vec![Divided::default(); lines.len()];
    for step in steps.iter().filter(|s| s.stage == Stage::Classification) {
        let place = usize::try_from(step.line)
            .ok()
            .and_then(|n| n.checked_sub(1));
        let Some(line) = place.and_then(|n| all.get_mut(n)) else {
            continue;
        };
        let part = match step.effect {
            Effect::Became(OwnPart::SelfFunded) => 0,
            Effect::Became(OwnPart::OverLimit) => 1,
            Effect::Became(OwnPart::FirstShare) => 2,
            Effect::Noted(Note::LineInScope) => 3,
            _ => continue,
        };
        line[part] += step.amount.fen();
    }
    all
}

/// What a line comes to.
#[must_use]
pub fn amount(line: &FeeLine, plan: &Plan) -> u64 {
    let round = plan.policy.rounding.line;
    let times = || UnitPrice(line.unit_price).times(Quantity(line.quantity), round);
    line.amount.unwrap_or_else(|| times().map_or(0, Fen::fen))
}
