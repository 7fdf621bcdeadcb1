//! The receipt of a settlement of the own institution, to print; and its being taken back.

use std::sync::Arc;

use agency::act::Act;
use agency::deed::{Deed, Doing};
use agency::record::{Event, Settled};
use agency::{Answer, EntryRow, Holder, Look};
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use tower_sessions::Session;

use super::super::division::Division;
use super::super::operator::broken;
use super::super::reason::{self, Reason};
use super::super::{Page, number_of};
use super::draft::{Till, Told};
use super::settling::sentence;
use super::{AtTill, TILL, faults};
use crate::clock;
use crate::door::Door;
use crate::wire::ids::SettlementId;
use crate::wire::refusal::Refusal;

/// A settlement of the own institution.
struct Receipt {
    person: u64,
    answer: Answer,
    settled: Settled,
    holder: Option<Holder>,
    /// The entry that took it back.
    taken_back: Option<EntryRow>,
}

impl Receipt {
    /// None if there is no such settlement of the institution.
    async fn of(door: &Door, at: &AtTill, id: &str) -> Result<Option<Receipt>, Refusal> {
        let Some((lane, number)) = parts(id) else {
            return Ok(None);
        };
        let entry = door.window.entry(lane, number).await?;
        let Some(entry) = entry.filter(|entry| entry.party == at.institution) else {
            return Ok(None);
        };
        let person = entry.person;
        let look = Look {
            person,
            entries: vec![number],
            who: true,
            ..Look::default()
        };
        let seen = door.window.look(look).await?;
        let Some(answer) = seen.entries.into_iter().flatten().next() else {
            return Ok(None);
        };
        let Event::Settled(settled) = answer.event.clone() else {
            return Ok(None);
        };
        let taken_back = match seen.state {
            Some(state) if state.taken_back.contains(&number) => {
                let history = door.window.history(person).await?.into_iter();
                let mut later = history.filter(|(_, event)| matches!(event, Event::Reversed(_)));
                later
                    .find(|(later, _)| later.about == number)
                    .map(|(entry, _)| entry)
            }
            _ => None,
        };
        let key = door.window.agency.key();
        let holder = seen
            .sealed
            .and_then(|sealed| Holder::open(key, person, &sealed).ok());
        Ok(Some(Receipt {
            person,
            answer,
            settled: *settled,
            holder: holder.as_ref().map(Holder::masked),
            taken_back,
        }))
    }

    /// An entry's number as the interface has it.
    fn told(&self, door: &Door, entry: u64) -> String {
        let id = SettlementId {
            region: door.window.area,
            lane: self.answer.lane.number,
            entry,
        };
        id.told().unwrap_or_default()
    }
}

/// `2-17`: lane and entry.
fn parts(id: &str) -> Option<(u8, u64)> {
    let (lane, entry) = id.split_once('-')?;
    Some((u8::try_from(number_of(lane)?).ok()?, number_of(entry)?))
}

pub(super) async fn shown(
    State(door): State<Arc<Door>>,
    session: Session,
    at: AtTill,
    Path(id): Path<String>,
) -> Response {
    let mut held = Till::of(&session).await;
    let told = held.told.take();
    if told.is_some() {
        held.keep(&session).await;
    }
    match Receipt::of(&door, &at, &id).await {
        Ok(Some(receipt)) => page(&door, at, &receipt, told.as_ref(), &[]).into_response(),
        Ok(None) => absent(&door, at).into_response(),
        Err(refusal) => broken(at.work.reader, &refusal).into_response(),
    }
}

fn absent(door: &Door, at: AtTill) -> Page {
    let body =
        html! { p { (at.t("本机构没有这笔结算", "This institution has no such settlement")) } };
    let page = at.page(door, ("结算单", "Receipt"), &body);
    Page {
        status: StatusCode::NOT_FOUND,
        ..page
    }
}

fn page(door: &Door, at: AtTill, receipt: &Receipt, told: Option<&Told>, wrong: &[String]) -> Page {
    let office = door.window.agency.office();
    let lang = at.reader().lang;
    let (answer, settled) = (&receipt.answer, &receipt.settled);
    let division = Division::of(at.reader(), &office, answer.policy, settled);
    let body = html! {
        @if let Some(told) = told { (told.shown(lang)) }
        @if !wrong.is_empty() { (faults(&at, wrong)) }
        @if let Some(back) = &receipt.taken_back {
            p.bad role="status" { strong { (at.t("已退费：", "Taken back: ")) } (back.day) " · " (receipt.told(door, back.seq)) }
        }
        (heading(door, &at, receipt))
        @match &division {
            Some(division) => {
                h2 { (sentence(lang, &division.totals())) }
                @if let Some(refusal) = division.refusal() { p.bad { (refusal.name(lang)) } }
                (division.payers())
                (division.left())
                (division.lines(true))
                (division.steps())
            },
            None => p.bad { (at.t("所依据的政策不在库中", "The policy of this settlement is not known")) },
        }
        p.note { (at.t("用浏览器的打印功能可打印此页。", "Print this page with the browser.")) }
        p { a href=(TILL) { (at.t("下一位", "The next person")) } }
        @if receipt.taken_back.is_none() { (taking_back(&at, receipt)) }
    };
    at.page(door, ("结算单", "Receipt"), &body)
}

/// Where, who, when, which.
fn heading(door: &Door, at: &AtTill, receipt: &Receipt) -> Markup {
    let (answer, settled) = (&receipt.answer, &receipt.settled);
    let office = door.window.agency.office();
    let agreement = at.agreement(&office, settled.care.when.from);
    let name = agreement.map_or(at.institution.as_str(), |agreement| &agreement.name);
    let lang = at.reader().lang;
    let time = answer
        .at
        .map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string());
    html! {
        dl {
            dt { (at.t("机构", "institution")) } dd { (name) " " (at.institution) }
            dt { (at.t("参保人", "person")) } dd {
                @if let Some(holder) = &receipt.holder { (holder.name) " " (holder.identity_number) }
            }
            dt { (at.t("时间", "time")) } dd { (time.unwrap_or_else(|| answer.day.to_string())) }
            dt { (at.t("类别", "kind")) } dd {
                (settled.scheme.name(lang)) " · " (settled.care.setting.name(lang))
                @if let Some(disease) = &settled.care.disease { " · " (disease) }
            }
            dt { (at.t("结算编号", "settlement")) } dd #settlement { (receipt.told(door, answer.entry)) }
        }
    }
}

fn taking_back(at: &AtTill, receipt: &Receipt) -> Markup {
    let (lane, entry) = (receipt.answer.lane.number, receipt.answer.entry);
    html! {
        form.ask method="post" action={ "/cashier/settlements/" (lane) "-" (entry) "/reverse" } {
            (reason::field(at.reader(), Reason::WORD))
            button { (at.t("退费", "Take back")) }
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Why {
    #[serde(default)]
    why: String,
}

pub(super) async fn taken_back(
    State(door): State<Arc<Door>>,
    at: AtTill,
    Path(id): Path<String>,
    Form(form): Form<Why>,
) -> Response {
    let receipt = match Receipt::of(&door, &at, &id).await {
        Ok(Some(receipt)) => receipt,
        Ok(None) => return absent(&door, at).into_response(),
        Err(refusal) => return broken(at.work.reader, &refusal).into_response(),
    };
    let (lane, entry) = (receipt.answer.lane.number, receipt.answer.entry);
    let to = Redirect::to(&format!("/cashier/settlements/{lane}-{entry}"));
    if receipt.taken_back.is_some() {
        return to.into_response();
    }
    let why = match Reason::read(&form.why, Reason::WORD, at.reader()) {
        Ok(why) => why,
        Err(fault) => {
            let none = at.t("未退费", "Nothing was taken back");
            let page = page(&door, at, &receipt, None, &[fault, none.to_owned()]);
            return (StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
        }
    };
    if let Err(refusal) = written(&door, &at, &receipt, why).await {
        return broken(at.work.reader, &refusal).into_response();
    }
    let on = clock::now().date();
    let said = format!("reverse {lane}-{entry}");
    let key = at.key(&format!("reverse-{lane}-{entry}"));
    let request = at.request(receipt.person, key, Act::Reverse { entry, on }, said);
    match door.window.ask(request).await {
        Ok(_) => to.into_response(),
        Err(refusal) => {
            let why = refusal.describe(at.reader().lang);
            let page = page(&door, at, &receipt, None, &[why]);
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
    }
}

/// Writes down that it is to be taken back. Settling and taking back name the settlement by the same key, as its slip does.
async fn written(door: &Door, at: &AtTill, receipt: &Receipt, why: Reason) -> Result<(), Refusal> {
    let key = door.window.key_of(receipt.person, &receipt.answer).await?;
    let about = match key.is_empty() {
        true => receipt.told(door, receipt.answer.entry),
        false => key,
    };
    let deed = Deed {
        person: Some(receipt.person),
        about,
        why: why.into_text(),
        ..at.work.deed(Doing::TookBack)
    };
    door.window.deed(deed).await?;
    Ok(())
}
