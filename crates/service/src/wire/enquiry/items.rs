//! 100001: the policy items of a settlement: what each step of the law made of the bill, with its clause.

use agency::domain::account::OwnPart;
use agency::domain::explain::{self, About};
use agency::domain::plan::{Detail, Plan};
use agency::domain::step::{Effect, LayerKind, Note, Payer, Stage, Step};
use agency::domain::words::Lang;
use agency::state::PersonState;

use super::super::fields::query::IN_100001_DATA;
use super::super::refusal::Refusal;
use super::super::settled::Sign;
use super::super::work::{Done, Work};
use super::super::write::Out;
use super::found::{Asked, Found};
use agency::Refused;

/// 100001: one row a step, in the order of the law; what funds and person take of the same band is one row.
pub(in crate::wire) async fn items(work: &Work<'_>) -> Result<Done, Refusal> {
    let asked = work.read(|reader| Asked::read(work, &reader.one(&IN_100001_DATA)?))?;
    let found = Found::find(work, asked).await?;
    let settled = found.settled()?;
    let before = before(work, &found).await?;
    let office = work.window.agency.office();
    let policy = found.settlement.policy;
    let bill = agency::remade(&office, (found.person, &before), (policy, settled))?;
    let version = office.policies.numbered(policy);
    let version = version.ok_or_else(|| unknown_policy(policy))?;
    let about = About::bill(&bill).by(&office.catalogue, settled.care.when.from);
    let steps = settled.steps.iter().filter_map(|form| form.step());
    let items = Item::all(&steps.collect::<Vec<_>>(), &version.file.plan, about);
    let visit = found.visit_id(work)?;
    let ids = [
        found.settlement_id(work),
        visit,
        work.person_id(found.person),
    ];
    let mut out = Out::new();
    out.list("data", |rows| {
        for item in &items {
            rows.row(|row| item.write(row, &ids, found.sign()));
        }
    });
    Ok(Done::Output(out.json()))
}

fn unknown_policy(number: u32) -> Refused {
    Refused::Unavailable(format!("there is no policy {number}"))
}

/// The person's state before the settlement: the fold over the entries before it.
async fn before(work: &Work<'_>, found: &Found) -> Result<PersonState, Refusal> {
    let mut state = PersonState::default();
    let history = work.window.history(found.person).await?;
    let earlier = history
        .iter()
        .filter(|(row, _)| row.seq < found.settlement.entry);
    for (row, event) in earlier {
        let applied = state.apply(row, event);
        applied.map_err(|broken| Refused::Unavailable(broken.to_string()))?;
    }
    Ok(state)
}

/// One policy item.
struct Item {
    code: String,
    name: String,
    /// Of this rule.
    step: Step,
    of: u64,
    own: u64,
    fund: u64,
}

impl Item {
    fn all(steps: &[Step], plan: &Plan, about: About<'_>) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut bands = Bands::default();
        for step in steps {
            let Some(code) = code(step, plan, &mut bands) else {
                continue;
            };
            let same = |item: &&mut Item| {
                let banded = matches!(plan.rule(step.rule).detail, Detail::Band { .. });
                banded && item.step.rule == step.rule && item.step.stage == step.stage
            };
            let amount = step.amount.fen();
            let (own, fund) = match step.effect {
                Effect::Paid(payer) if payer.is_fund() => (0, amount),
                Effect::Noted(_) => (0, 0),
                _ => (amount, 0),
            };
            if let Some(item) = items.last_mut().filter(same) {
                item.own += own;
                item.fund += fund;
                continue;
            }
            items.push(Item {
                code,
                name: sentence(step, plan, about),
                step: *step,
                of: step.of.fen(),
                own,
                fund,
            });
        }
        items
    }

    fn write(&self, row: &mut Out, [settlement, visit, person]: &[String; 3], sign: Sign) {
        let share = |part: u64| {
            let twice = u128::from(part) * 20_000 / u128::from(self.of.max(1));
            u32::try_from(twice.div_ceil(2))
                .unwrap_or(10_000)
                .min(10_000)
        };
        row.text("setlId", settlement)
            .text("mdtrtId", visit)
            .text("psnNo", person)
            .text("polItemCode", &self.code)
            .text("polItemName", &self.name)
            .signed_fen("selfPayAmt", sign.of(self.own))
            .ratio("selfPayProp", share(self.own))
            .signed_fen("fundPayAmt", sign.of(self.fund))
            .ratio("fundPayProp", share(self.fund))
            .signed_fen("polItemPaySum", sign.of(self.own + self.fund));
    }
}

/// The sentence for the step, and its clause.
fn sentence(step: &Step, plan: &Plan, about: About<'_>) -> String {
    let told = explain::step_of(plan, about, step, Lang::Zh);
    let clause = plan.rule(step.rule).clauses.first();
    let cited = clause.map(|cite| explain::cite(&plan.policy, cite, Lang::Zh));
    match cited.filter(|cited| !cited.is_empty()) {
        Some(cited) => format!("{told}。依据{cited}"),
        None => told,
    }
}

/// The bands that a bill has come through, stage by stage.
#[derive(Default)]
struct Bands(Vec<(Stage, u16)>);

impl Bands {
    /// Which band of its stage a rule is, from 1, counting those that the bill comes through.
    fn place(&mut self, step: &Step) -> usize {
        let this = (step.stage, step.rule.0);
        if !self.0.contains(&this) {
            self.0.push(this);
        }
        let of_stage = self.0.iter().filter(|(stage, _)| *stage == step.stage);
        let place = of_stage.into_iter().position(|known| *known == this);
        place.map_or(1, |place| place + 1)
    }
}

/// The code of a step's item by the interface's table; what that has no code for goes by the fund that pays. None for what moves no
/// money, and for cash, which is what is left. A table.
fn code(step: &Step, plan: &Plan, bands: &mut Bands) -> Option<String> {
    let banded = matches!(plan.rule(step.rule).detail, Detail::Band { .. });
    let mut band = |prefix: &str, most: usize| {
        let place = bands.place(step).min(most);
        format!("{prefix}{place:02}")
    };
    let code = match (step.stage, step.effect) {
        (_, Effect::Noted(Note::Refused(_))) => "E000".to_owned(),
        (_, Effect::Noted(_)) | (Stage::Cash, _) => return None,
        (_, Effect::Paid(Payer::Hospital)) => "999996".to_owned(),
        (Stage::AccountBefore, _) => "TA01".to_owned(),
        (Stage::Account, _) => "310200".to_owned(),
        (_, Effect::Became(OwnPart::SelfFunded)) => "101".to_owned(),
        (_, Effect::Became(OwnPart::OverLimit)) => "103".to_owned(),
        (Stage::OffRegion, _) => "S000".to_owned(),
        (_, Effect::Became(OwnPart::FirstShare)) => "102".to_owned(),
        (_, Effect::Became(OwnPart::OverCap)) => "EC01".to_owned(),
        (_, Effect::Became(OwnPart::Deductible)) => "S001".to_owned(),
        (Stage::BasicFund, _) if banded => band("C0", 4),
        (Stage::Layer(LayerKind::LargeAmount), _) => band("L0", 4),
        (Stage::Layer(LayerKind::Catastrophic), _) => band("PL", 6),
        (Stage::Layer(LayerKind::CivilServant), _) => band("GB", 4),
        (Stage::Layer(LayerKind::MedicalAid | LayerKind::TiltedAid), _) => "610100".to_owned(),
        (Stage::Layer(LayerKind::Enterprise), _) => "370100".to_owned(),
        (Stage::Layer(_), _) => "999997".to_owned(),
        _ => "C000".to_owned(),
    };
    Some(code)
}
