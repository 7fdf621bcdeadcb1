//! Settling: what the bill would come to, shown as soon as there is a line; then carried out once, as it was shown.

use std::sync::Arc;

use agency::act::Act;
use agency::deed::{Deed, Doing};
use agency::domain::explain::amount;
use agency::domain::fen::Fen;
use agency::domain::step::{Payer, Totals};
use agency::domain::words::Lang;
use agency::office::Office;
use agency::record::{Event, Settled};
use agency::{Answer, Look, Refused};
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use tower_sessions::Session;

use super::super::division::Division;
use super::super::operator::broken;
use super::super::shares::bar;
use super::draft::{Draft, Kind, Till, Told, kinds};
use super::items::taken;
use super::person::Before;
use super::typed::Typed;
use super::{Asked, AtTill, again, shown};
use crate::clock;
use crate::door::Door;
use crate::wire::refusal::Refusal;

/// What the bill would come to; none while it has no line.
pub(super) async fn trial(
    door: &Door,
    at: &AtTill,
    held: &Till,
    before: &Before,
    kinds: &[Kind],
) -> Option<Result<Answer, Refusal>> {
    if held.draft.says.lines.is_empty() {
        return None;
    }
    let act = match act(door, at, held, before, kinds) {
        Ok(act) => act,
        Err(refusal) => return Some(Err(refusal)),
    };
    Some(door.window.ask(at.trial(before.person, act)).await)
}

fn act(
    door: &Door,
    at: &AtTill,
    held: &Till,
    before: &Before,
    kinds: &[Kind],
) -> Result<Act, Refusal> {
    if before.died() {
        return Err(Refused::Dead(before.person).into());
    }
    let says = &held.draft.says;
    let office = door.window.agency.office();
    let today = clock::now().date();
    let total = says.total();
    let kind = says.kind(kinds).filter(|_| total <= Fen::LARGEST);
    let care = kind.and_then(|kind| {
        let whom = (kind, &before.state);
        says.care(&at.institution, whom, &office.catalogue, today)
    });
    let care = care.ok_or(Refused::TooLarge(total))?;
    Ok(Act::Settle(Box::new(care)))
}

/// The amounts of a settlement, by which what was shown is held against what would be settled.
fn amounts(settled: &Settled) -> String {
    let steps: Vec<_> = settled
        .steps
        .iter()
        .filter_map(|form| form.step())
        .collect();
    let totals: Totals = steps.iter().collect();
    let paid: Vec<String> = totals
        .paid
        .iter()
        .map(|fen| fen.fen().to_string())
        .collect();
    paid.join("/")
}

/// What it would come to, and the button that settles it so.
pub(super) fn told(at: &AtTill, office: &Office, answer: &Answer) -> Markup {
    let Event::Settled(settled) = &answer.event else {
        return html! {};
    };
    let Some(division) = Division::of(at.reader(), office, answer.policy, settled) else {
        return html! { p.bad { (at.t("所依据的政策不在库中", "The policy of this trial is not known")) } };
    };
    let (lang, totals) = (at.reader().lang, division.totals());
    html! {
        section aria-labelledby="trial" {
            h2 #trial { (sentence(lang, &totals)) }
            @if let Some(refusal) = division.refusal() { p.bad { (refusal.name(lang)) } }
            (bar(lang, &totals))
            (division.payers())
            (division.left())
            div.row {
                button formaction="/cashier/settle" { (at.t("结算", "Settle")) }
                input type="hidden" name="shown" value=(amounts(settled));
            }
        }
        (division.lines(true))
        (division.steps())
    }
}

/// What the cashier collects, and who pays the rest.
pub(super) fn sentence(lang: Lang, totals: &Totals) -> String {
    let accounts = amount(totals.account() + totals.paid_by(Payer::Family));
    let (total, funds) = (amount(totals.total()), amount(totals.funds()));
    let cash = amount(totals.paid_by(Payer::Cash));
    match lang {
        Lang::Zh => format!("收现金{cash}元（合计{total}元，基金{funds}元，账户{accounts}元）"),
        Lang::En => format!("Cash {cash} yuan, of {total}; funds {funds}, accounts {accounts}"),
    }
}

pub(super) async fn settled(
    State(door): State<Arc<Door>>,
    session: Session,
    at: AtTill,
    Form(typed): Form<Typed>,
) -> Response {
    let mut held = Till::of(&session).await;
    let name = Draft::name_of(typed.bill()).to_owned();
    if let Some(receipt) = held.receipt(&name) {
        return to(receipt);
    }
    match settle(&door, &at, &mut held, &typed).await {
        Ok(answer) => {
            let receipt = format!("{}-{}", answer.lane.number, answer.entry);
            held.finish(&name, &receipt);
            held.told = different(&answer, typed.text("shown"));
            // The receipt is there whether it can be remembered or not.
            held.keep(&session).await;
            to(&receipt)
        }
        Err(Not::Changed) => match held.keep(&session).await {
            true => {
                let asked = changed(&at);
                shown(&door, at, &held, None, &asked).await
            }
            false => again(at, &door).into_response(),
        },
        Err(Not::Asked(asked)) => shown(&door, at, &held, None, &asked).await,
        Err(Not::Broken(refusal)) => broken(at.work.reader, &refusal).into_response(),
    }
}

/// What was typed was not in the bill yet, so that its amounts were not those that were seen.
fn changed(at: &AtTill) -> Asked {
    let why = at.t(
        "账单已按刚才的输入更改，未结算；请核对下面的金额后再结算",
        "The bill was changed by what was typed, and nothing was settled: please look at the amounts below and settle again",
    );
    Asked {
        status: StatusCode::CONFLICT,
        ..Asked::wrong(vec![why.to_owned()])
    }
}

fn to(receipt: &str) -> Response {
    Redirect::to(&format!("/cashier/settlements/{receipt}")).into_response()
}

/// Between the last look and the settlement another one may have come; that is told with the receipt.
fn different(answer: &Answer, shown: &str) -> Option<Told> {
    let same = match &answer.event {
        Event::Settled(settled) => amounts(settled) == shown,
        _ => true,
    };
    (!same).then(|| {
        Told::new(
            "请注意：结算金额与结算前显示的不同，以此单为准",
            "Mind: the amounts are not those that were shown before; this receipt holds",
        )
    })
}

/// Why a bill was not settled.
enum Not {
    /// What the cashier is told.
    Asked(Box<Asked>),
    /// What was typed has changed the bill.
    Changed,
    /// The deed could not be written.
    Broken(Refusal),
}

impl Not {
    fn because(at: &AtTill, refusal: &Refusal) -> Not {
        let mut faults = vec![refusal.describe(at.reader().lang)];
        if refusal.is_unknown() {
            let again = at.t(
                "不能确定是否已结算。请再按一次“结算”：同一账单只结算一次",
                "It is not known whether it was settled. Press the button again: one bill is settled once",
            );
            faults.push(again.to_owned());
        }
        Not::told(Asked::wrong(faults))
    }

    fn told(asked: Asked) -> Not {
        Not::Asked(Box::new(asked))
    }
}

/// Carries it out: as it was shown, or not at all.
async fn settle(door: &Door, at: &AtTill, held: &mut Till, typed: &Typed) -> Result<Answer, Not> {
    let wrong = |zh, en| Not::told(Asked::wrong(vec![at.t(zh, en).to_owned()]));
    if held.person.is_none() {
        return Err(wrong(
            "请先查找参保人；此账单未结算",
            "First find the person; nothing was settled",
        ));
    }
    let name = Draft::name_of(typed.bill());
    let key = at.key(name);
    let before = Before::of(door, held.person).await;
    let before = before.map_err(Not::Broken)?;
    let before = before.ok_or_else(|| wrong("未查询到参保人", "Nobody has this number"))?;
    // It may have been carried out, and the answer was lost.
    if name == held.draft.name
        && let Some(answer) = carried_out(door, before.person, &key).await?
    {
        return Ok(answer);
    }
    let changed = taken(door, at, held, typed, None).await;
    if changed.map_err(Not::told)? {
        return Err(Not::Changed);
    }
    let office = door.window.agency.office();
    let today = clock::now().date();
    let kinds = kinds(at.agreement(&office, today), &office, &before.state, today);
    let trial = trial(door, at, held, &before, &kinds).await;
    let trial = trial.ok_or_else(|| wrong("账单没有项目", "The bill has no line"))?;
    // What is refused stands above the bill by its own trial.
    let trial = trial.map_err(|_| Not::told(Asked::wrong(Vec::new())))?;
    if different(&trial, typed.text("shown")).is_some() {
        return Err(wrong(
            "金额与刚才显示的不同（目录、余额或其他结算有变化），未结算；请核对下面的金额后再结算",
            "The amounts are not those that were shown: the catalogue, a balance or another settlement has changed. Nothing was settled; compare the amounts below and settle again",
        ));
    }
    let deed = Deed {
        person: Some(before.person),
        about: key.clone(),
        ..at.work.deed(Doing::Settled)
    };
    door.window.deed(deed).await.map_err(Not::Broken)?;
    let act = act(door, at, held, &before, &kinds).map_err(|why| Not::because(at, &why))?;
    let said = serde_json::to_string(&held.draft.says).unwrap_or_default();
    let request = at.request(before.person, key.clone(), act, said);
    match door.window.ask(request).await {
        Ok(answer) => Ok(answer),
        // The bill of this name was carried out meanwhile, as it was then.
        Err(Refusal::Agency(Refused::KeyReused(_))) => {
            let answer = carried_out(door, before.person, &key).await?;
            answer.ok_or_else(|| Not::told(Asked::meanwhile(at)))
        }
        Err(refusal) => Err(Not::because(at, &refusal)),
    }
}

/// What came of the request of a key, if it was carried out.
async fn carried_out(door: &Door, person: u64, key: &str) -> Result<Option<Answer>, Not> {
    let look = Look {
        person,
        key: Some(key.to_owned()),
        ..Look::default()
    };
    let seen = door.window.look(look).await.map_err(Not::Broken)?;
    Ok(seen.key.map(|(_, answer)| answer))
}
