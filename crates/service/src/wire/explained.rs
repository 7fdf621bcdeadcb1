//! The steps of a settlement as sentences in both languages, from the answer alone.

use agency::Answer;
use agency::domain::Fen;
use agency::domain::account::FamilyAccount;
use agency::domain::explain::{self, About};
use agency::domain::step::Step;
use agency::domain::words::Lang;
use agency::office::Office;
use agency::record::{Event, Settled};

use crate::trace::Sentence;

/// What each step did; none where the answer is no settlement, or its policy is no longer known.
pub(super) fn steps(answer: &Answer, office: &Office) -> Vec<Sentence> {
    let (Event::Settled(settled), Some(version)) =
        (&answer.event, office.policies.numbered(answer.policy))
    else {
        return Vec::new();
    };
    let cost = settled.care.cost.of_bill();
    let steps: Vec<Step> = settled
        .steps
        .iter()
        .filter_map(|form| form.step())
        .collect();
    let family = family(&steps, settled);
    let about = About {
        cost: &cost,
        family: &family,
        stays: None,
        catalogue: Some((&office.catalogue, settled.care.when.from)),
    };
    let plan = &version.file.plan;
    steps
        .iter()
        .map(|step| {
            let told = |lang| explain::step_of(plan, about, step, lang);
            Sentence {
                stage_zh: explain::stage(step.stage, Lang::Zh).to_owned(),
                stage_en: explain::stage(step.stage, Lang::En).to_owned(),
                amount: explain::amount(step.amount),
                zh: told(Lang::Zh),
                en: told(Lang::En),
            }
        })
        .collect()
}

/// The family accounts by their places on the bill. Only those that were drawn from are known, in the order in which they were.
pub(crate) fn family(steps: &[Step], settled: &Settled) -> Vec<FamilyAccount> {
    let mut places: Vec<usize> = Vec::new();
    let lines = steps.iter().filter(|step| step.is_of_family());
    for line in lines.filter_map(|step| usize::try_from(step.line).ok()) {
        if !places.contains(&line) {
            places.push(line);
        }
    }
    let last = places.iter().copied().max().unwrap_or(0);
    let account = |place| {
        let nth = places.iter().position(|known| *known == place);
        let drawn = nth.and_then(|nth| settled.drawn.get(nth));
        FamilyAccount {
            // A grant's entry is no name.
            name: String::new(),
            balance: drawn.map_or(Fen::ZERO, |(_, fen)| Fen::new(*fen)),
        }
    };
    (1..=last).map(account).collect()
}
