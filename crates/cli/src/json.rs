//! A settlement as JSON; `docs/settlement.md` is the form. Amounts are decimal yuan strings.

use domain::cite::Cite;
use domain::explain;
use domain::plan::{Detail, Plan};
use domain::policy::Policy;
use domain::setting::Setting;
use domain::settlement::{Figure, Settlement};
use domain::step::{Effect, LayerKind, Note, Step};
use domain::words::Lang;
use domain::year::YearToDate;
use serde_json::{Map, Value, json};

use crate::settled::Settled;

/// The version of the form.
const FORM: u32 = 1;

pub(crate) fn settlement(settled: &Settled) -> Value {
    let policy = &settled.file.plan.policy;
    let bill = &settled.bill;
    json!({
        "form": FORM,
        "region": policy.region.to_string(),
        "scheme": policy.scheme.code(),
        "setting": bill.setting.code(),
        "place": bill.place.code(),
        "day": bill.days.settlement().to_string(),
        "facility_class": settled.facility_class().id,
        "person_class": settled.person_class().id,
        "refused": refused(settled),
        "amounts": amounts(&settled.settlement),
        "steps": settled.settlement.steps().iter().map(|s| step(settled, s)).collect::<Vec<_>>(),
        "weakest_standing": explain::weakest(&settled.file.plan, &settled.settlement).map(|s| s.code()),
        "frame_standing": explain::frame_standing(policy).code(),
        "cap_unknown": settled.cap_unknown(),
        "year_after": year(&settled.year_after(), policy),
        "empty_account": amounts(&settled.empty),
        "answer": in_both(|lang| explain::answer(&settled.settlement, &settled.empty, lang)),
        "receipt": {
            "program": "yibao",
            "version": env!("CARGO_PKG_VERSION"),
            "policy": format!("{}/{}/{}", policy.region, policy.scheme.code(), policy.effective),
            "policy_sha256": settled.file.hash,
            "bill_sha256": settled.source.hash(),
        },
    })
}

fn in_both(text: impl Fn(Lang) -> String) -> Value {
    json!({ "zh": text(Lang::Zh), "en": text(Lang::En) })
}

fn refused(settled: &Settled) -> Value {
    match settled.settlement.refusal() {
        None => Value::Null,
        Some(refusal) => json!({
            "code": refusal.code(),
            "number": refusal.number(),
            "cause": settled.cause(),
            "text": in_both(|lang| refusal.name(lang).to_owned()),
        }),
    }
}

/// Every named amount.
fn amounts(settlement: &Settlement) -> Value {
    let amount = |&figure: &Figure| {
        (
            figure.code().to_owned(),
            Value::String(settlement.figure(figure).to_string()),
        )
    };
    Value::Object(
        Figure::ALL
            .iter()
            .map(amount)
            .collect::<Map<String, Value>>(),
    )
}

fn step(settled: &Settled, step: &Step) -> Value {
    let plan = &settled.file.plan;
    let rule = plan.rule(step.rule);
    let (effect, what) = effect(step.effect);
    json!({
        "stage": stage_code(step),
        "line": (step.line > 0 && !step.is_of_family()).then_some(step.line),
        "item": settled.item(step),
        "family": settled.family_account(step),
        "effect": effect,
        "what": what,
        "from": step.from.map(|part| part.code()),
        "of": step.of.to_string(),
        "amount": step.amount.to_string(),
        "ratio": ratio(step, &rule.detail),
        "text": in_both(|lang| explain::step_of(plan, settled.about(), step, lang)),
        "clauses": rule.clauses.iter().map(|c| clause(plan, c)).collect::<Vec<_>>(),
    })
}

/// The ratio of the band that somebody paid a share of.
fn ratio(step: &Step, detail: &Detail) -> Option<String> {
    match (step.effect, detail) {
        (Effect::Paid(_), Detail::Band { ratio, .. }) => Some(ratio.to_string()),
        _ => None,
    }
}

/// The year's sums as a bill takes them: a setting without any is left out.
fn year(year: &YearToDate, policy: &Policy) -> Value {
    let mut object = Map::new();
    object.insert("stays".into(), json!(year.stays));
    for &setting in Setting::ALL {
        if !year.is_empty(setting) {
            object.insert(setting.code().into(), sums(year, setting, policy));
        }
    }
    Value::Object(object)
}

/// One setting's sums. The base of a layer stands where the policy has the layer: another's is the own share, as a later policy
/// may ask for it.
fn sums(year: &YearToDate, setting: Setting, policy: &Policy) -> Value {
    let of = &year.settings[setting.index()];
    let mut object = Map::new();
    for (key, amount) in [
        ("in_scope", of.in_scope),
        ("deductible", of.deductible),
        ("pooled", of.pooled),
        ("own_share", of.own_share),
    ] {
        object.insert(key.into(), json!(amount.to_string()));
    }
    for &kind in LayerKind::ALL {
        let layer = year.layers[kind.index()][setting.index()];
        let known = |l: &&domain::policy::Layer| {
            l.kind == kind && l.selector.settings.holds(setting.index())
        };
        if policy.layers.iter().any(|l| known(&l)) || !layer.paid.is_zero() {
            let (base, paid) = (layer.base.to_string(), layer.paid.to_string());
            object.insert(kind.code().into(), json!({ "base": base, "paid": paid }));
        }
    }
    Value::Object(object)
}

/// Stable codes of stages, effects and notes.
fn stage_code(step: &Step) -> &'static str {
    use domain::step::Stage;
    match step.stage {
        Stage::Admission => "admission",
        Stage::Classification => "classification",
        Stage::OffRegion => "off_region",
        Stage::AccountBefore => "account_before",
        Stage::Deductible => "deductible",
        Stage::BasicFund => "basic_fund",
        Stage::Layer(kind) => kind.code(),
        Stage::Account => "account",
        Stage::Cash => "cash",
    }
}

fn effect(effect: Effect) -> (&'static str, &'static str) {
    match effect {
        Effect::Paid(payer) => ("paid", payer.code()),
        Effect::Became(part) => ("became", part.code()),
        Effect::Noted(note) => ("noted", note_code(note)),
    }
}

fn note_code(note: Note) -> &'static str {
    match note {
        Note::Refused(_) => "refused",
        Note::Advanced => "advanced",
        Note::LineInScope => "line_in_scope",
        Note::InScope => "in_scope",
        Note::Waived => "waived",
        Note::CapReached => "cap_reached",
        Note::Base => "base",
        Note::YearEnds => "year_ends",
        Note::Refund => "refund",
        Note::Collect => "collect",
    }
}

fn clause(plan: &Plan, cite: &Cite) -> Value {
    let document = plan.policy.documents.get(cite.document);
    json!({
        "document": document.map(|d| d.title.as_str()),
        "number": document.and_then(|d| d.number.as_deref()),
        "issued": document.and_then(|d| d.issued).map(|day| day.to_string()),
        "source": document.and_then(|d| d.source.as_deref()),
        "place": cite.place,
        "standing": cite.standing.code(),
    })
}
