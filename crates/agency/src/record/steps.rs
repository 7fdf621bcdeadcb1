//! `StepForm`: one step of a settlement as seven numbers; `docs/ledger.md` lists them.

use domain::Fen;
use domain::account::OwnPart;
use domain::refusal::Refusal;
use domain::step::{Effect, LayerKind, Note, Payer, RuleId, Stage, Step};
use serde::{Deserialize, Serialize};

/// Stage, line, amount looked at, amount, effect, own part it was taken from (0 if none), rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepForm(u16, u32, u64, u64, u16, u16, u16);

impl StepForm {
    /// From a step.
    #[must_use]
    pub fn of(step: &Step) -> StepForm {
        StepForm(
            stage_number(step.stage),
            step.line,
            step.of.fen(),
            step.amount.fen(),
            effect_number(step.effect),
            step.from.map_or(0, |part| small(part.index()) + 1),
            step.rule.0,
        )
    }

    /// The step; none when a number stands for nothing.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        let StepForm(stage, line, of, amount, effect, from, rule) = *self;
        let from = match from {
            0 => None,
            n => Some(*OwnPart::ALL.get(usize::from(n) - 1)?),
        };
        Some(Step {
            stage: stage_of(stage)?,
            line,
            of: Fen::new(of),
            amount: Fen::new(amount),
            effect: effect_of(effect)?,
            from,
            rule: RuleId(rule),
        })
    }
}

/// The stages that are no layer, by their numbers from 1.
const STAGES: [Stage; 8] = [
    Stage::Admission,
    Stage::Classification,
    Stage::OffRegion,
    Stage::AccountBefore,
    Stage::Deductible,
    Stage::BasicFund,
    Stage::Account,
    Stage::Cash,
];

/// The notes that name no refusal, by their numbers from 300.
const NOTES: [Note; 9] = [
    Note::Advanced,
    Note::LineInScope,
    Note::InScope,
    Note::Waived,
    Note::CapReached,
    Note::Base,
    Note::YearEnds,
    Note::Refund,
    Note::Collect,
];

fn stage_number(stage: Stage) -> u16 {
    if let Stage::Layer(kind) = stage {
        return 100 + small(kind.index());
    }
    let place = STAGES.iter().position(|s| *s == stage);
    place.map_or(0, |place| small(place) + 1)
}

fn stage_of(number: u16) -> Option<Stage> {
    match number {
        100.. => {
            let kind = LayerKind::ALL.get(usize::from(number - 100))?;
            Some(Stage::Layer(*kind))
        }
        1.. => STAGES.get(usize::from(number) - 1).copied(),
        0 => None,
    }
}

fn effect_number(effect: Effect) -> u16 {
    match effect {
        Effect::Paid(payer) => 100 + small(payer.index()),
        Effect::Became(part) => 200 + small(part.index()),
        Effect::Noted(Note::Refused(refusal)) => 400 + small(refusal.index()),
        Effect::Noted(note) => {
            let place = NOTES.iter().position(|n| *n == note);
            300 + place.map_or(99, small)
        }
    }
}

fn effect_of(number: u16) -> Option<Effect> {
    let at = usize::from(number % 100);
    match number / 100 {
        1 => Payer::ALL.get(at).map(|payer| Effect::Paid(*payer)),
        2 => OwnPart::ALL.get(at).map(|part| Effect::Became(*part)),
        3 => NOTES.get(at).map(|note| Effect::Noted(*note)),
        4 => Refusal::ALL
            .get(at)
            .map(|refusal| Effect::Noted(Note::Refused(*refusal))),
        _ => None,
    }
}

/// A place in a list of far fewer than 100.
fn small(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_and_effect_comes_back_from_its_number() {
        let layers = LayerKind::ALL.iter().map(|kind| Stage::Layer(*kind));
        for stage in STAGES.into_iter().chain(layers) {
            assert_eq!(stage_of(stage_number(stage)), Some(stage));
        }
        let paid = Payer::ALL.iter().map(|p| Effect::Paid(*p));
        let became = OwnPart::ALL.iter().map(|p| Effect::Became(*p));
        let noted = NOTES.iter().map(|n| Effect::Noted(*n));
        let refused = Refusal::ALL
            .iter()
            .map(|r| Effect::Noted(Note::Refused(*r)));
        for effect in paid.chain(became).chain(noted).chain(refused) {
            assert_eq!(effect_of(effect_number(effect)), Some(effect));
        }
        assert_eq!(stage_of(0), None);
        assert_eq!(effect_of(399), None);
    }
}
