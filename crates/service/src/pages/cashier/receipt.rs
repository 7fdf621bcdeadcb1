//! The receipt of a settlement of the own institution, to print; and its being taken back.

use std::sync::Arc;

use agency::act::Act;
use agency::deed::{Deed, Doing};
use agency::domain::explain::amount;
use agency::domain::step::{Payer, Totals};
use agency::domain::words::Lang;
use agency::record::{Event, Settled};
use agency::state::PersonState;
use agency::{Answer, DeedAsk, EntryRow, Holder, Look};
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::DateTime;
use maud::{Markup, html};
use serde::Deserialize;
use tower_sessions::Session;

use super::super::division::Division;
use super::super::operator::broken;
use super::super::person::disease;
use super::super::reason::{self, Reason};
use super::super::{Page, number_of};
use super::draft::{Till, Told};
use super::settling::sentence;
use super::{AtTill, TILL, faults};
use crate::clock;
use crate::door::Door;
use crate::wire::ids::SettlementId;
use crate::wire::refusal::Refusal;

/// So many deeds about a person are looked through for the reason.
const MOST_DEEDS: usize = 200;

/// A settlement of the own institution.
struct Receipt {
    person: u64,
    answer: Answer,
    settled: Settled,
    holder: Option<Holder>,
    taken_back: Option<TakenBack>,
}

/// How a settlement was taken back.
struct TakenBack {
    entry: EntryRow,
    /// When, where a clock was told.
    at: Option<DateTime>,
    /// Why, where it was done at these pages.
    why: Option<String>,
}

impl TakenBack {
    /// None if it was not.
    async fn of(
        door: &Door,
        person: u64,
        (about, number): (&str, u64),
    ) -> Result<Option<TakenBack>, Refusal> {
        let mut history = door.window.history(person).await?.into_iter();
        let of_it = |(later, event): &(EntryRow, Event)| {
            later.about == number && matches!(event, Event::Reversed(_))
        };
        let Some((entry, _)) = history.find(of_it) else {
            return Ok(None);
        };
        let look = Look {
            person,
            entries: vec![entry.seq],
            ..Look::default()
        };
        let seen = door.window.look(look).await?;
        let ask = DeedAsk {
            person: Some(person),
            most: MOST_DEEDS,
            ..DeedAsk::default()
        };
        let deeds = door.window.deeds(ask).await?.found.into_iter();
        let mut deeds = deeds.map(|(_, deed)| deed);
        let deed = deeds.find(|deed| deed.what == Doing::TookBack && deed.about == about);
        Ok(Some(TakenBack {
            entry,
            at: seen
                .entries
                .into_iter()
                .flatten()
                .next()
                .and_then(|answer| answer.at),
            why: deed.map(|deed| deed.why),
        }))
    }
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
        let is_back = |state: PersonState| state.taken_back.contains(&number);
        let taken_back = match seen.state.is_some_and(is_back) {
            true => {
                let about = named(door, person, &answer).await?;
                TakenBack::of(door, person, (&about, number)).await?
            }
            false => None,
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
        told_number(door, self.answer.lane.number, entry)
    }
}

fn told_number(door: &Door, lane: u8, entry: u64) -> String {
    let id = SettlementId {
        region: door.window.area,
        lane,
        entry,
    };
    id.told().unwrap_or_default()
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
        @if let Some(back) = &receipt.taken_back { (told_back(&at, back, &receipt.told(door, back.entry.seq))) }
        (heading(door, &at, receipt))
        @match &division {
            Some(division) => {
                h2 { @if receipt.taken_back.is_some() { (back_sentence(lang, &division.totals())) } @else { (sentence(lang, &division.totals())) } }
                @if let Some(refusal) = division.refusal() { p.bad { (refusal.name(lang)) } }
                (division.payers())
                @if receipt.taken_back.is_none() { (division.left()) }
                (division.lines(true))
                (division.steps())
            },
            None => p.bad { (at.t("所依据的政策不在库中", "The policy of this settlement is not known")) },
        }
        (at.printed(&office))
        p.note.screen { (at.t("用浏览器的打印功能可打印此页。", "Print this page with the browser.")) }
        p.screen { a href=(TILL) { (at.t("下一位", "The next person")) } }
        @if receipt.taken_back.is_none() { (taking_back(&at, receipt)) }
    };
    at.page(door, ("结算单", "Receipt"), &body)
}

/// When and why it was taken back, and under which number.
fn told_back(at: &AtTill, back: &TakenBack, number: &str) -> Markup {
    let time = back
        .at
        .map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string());
    html! {
        p.bad role="status" { strong { (at.t("已退费：", "Taken back: ")) } (time.unwrap_or_else(|| back.entry.day.to_string()))
            (at.t("，退费编号 ", ", number ")) (number)
            @if let Some(why) = &back.why { (at.t("，原因：", ", because: ")) (why) } }
    }
}

/// What the cashier gives back, and what goes back to the accounts.
fn back_sentence(lang: Lang, totals: &Totals) -> String {
    let accounts = amount(totals.account() + totals.paid_by(Payer::Family));
    let cash = amount(totals.paid_by(Payer::Cash));
    match lang {
        Lang::Zh => format!("退现金{cash}元，{accounts}元退回账户"),
        Lang::En => format!("Give back cash {cash} yuan; {accounts} goes back to the account"),
    }
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
                @if let Some(id) = &settled.care.disease { " · " (disease(at.reader(), &office, id)) }
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

/// A settlement as deeds name it: by its slip's key, or by its number where it had none.
async fn named(door: &Door, person: u64, answer: &Answer) -> Result<String, Refusal> {
    let key = door.window.key_of(person, answer).await?;
    Ok(match key.is_empty() {
        true => told_number(door, answer.lane.number, answer.entry),
        false => key,
    })
}

/// Writes down that it is to be taken back. Settling and taking back name the settlement by the same key, as its slip does.
async fn written(door: &Door, at: &AtTill, receipt: &Receipt, why: Reason) -> Result<(), Refusal> {
    let deed = Deed {
        person: Some(receipt.person),
        about: named(door, receipt.person, &receipt.answer).await?,
        why: why.into_text(),
        ..at.work.deed(Doing::TookBack)
    };
    door.window.deed(deed).await?;
    Ok(())
}
