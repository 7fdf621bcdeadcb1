//! What a clerk proposes for a person: to register something, to cancel a registration, to take a settlement back; each with a reason.

mod typed;

use std::sync::Arc;

use agency::Request;
use agency::act::Act;
use agency::deed::{Deed, Doing};
use agency::domain::words::Lang;
use agency::proposal::{NotProposed, Proposal, Stand};
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::alert::faults;
use super::super::operator::{AtWork, broken};
use super::super::person::{PersonRecord, registered};
use super::super::reason::{self, Reason};
use super::super::{Page, number_of};
use super::proposals::PROPOSALS;
use super::record::{at_record, looked, part};
use super::told;
use crate::clock;
use crate::door::Door;
use crate::wire::refusal::Refusal;

use typed::Typed;

/// Where the forms are sent.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/agency/persons/{number}/register", post(register))
        .route("/agency/persons/{number}/cancel", post(cancel))
        .route("/agency/persons/{number}/reverse", post(reverse))
}

/// The form for something new.
pub(super) fn registering(record: &PersonRecord) -> Markup {
    Typed::of_today(record).form(record)
}

/// The form for what is registered; one that was chosen stays chosen.
pub(super) fn cancelling(record: &PersonRecord, chosen: Option<u64>) -> Markup {
    let held = &record.state.registrations;
    html! { @if !held.is_empty() {
        section aria-labelledby="cancel" {
            h2 #cancel { (record.t("提出撤销备案", "Propose to cancel a registration")) }
            form.ask method="post" action={ (record.base) "/cancel" } {
                label { span { (record.t("备案", "Registration")) }
                    select name="entry" required { @for one in held {
                        option value=(one.entry) selected[Some(one.entry) == chosen] { (registered(&record.reader, &record.office, &one.registration)) }
                    } } }
                (reason::field(&record.reader, Reason::SENTENCE))
                button { (record.t("提出撤销", "Propose to cancel")) }
            }
        }
    } }
}

/// The form of a settlement.
pub(super) fn reversing(record: &PersonRecord, entry: u64) -> Markup {
    html! {
        section aria-labelledby="reverse" {
            h2 #reverse { (record.t("提出退费", "Propose to take it back")) }
            form.ask method="post" action={ (record.base) "/reverse" } {
                input type="hidden" name="entry" value=(entry);
                (reason::field(&record.reader, Reason::SENTENCE))
                button { (record.t("提出退费", "Propose to take it back")) }
            }
        }
    }
}

async fn register(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(number): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, Page> {
    let record = looked(&door, &work, &number, "form").await?;
    let wanted = typed.wanted(&record);
    let why = Reason::read(&typed.why, Reason::SENTENCE, &work.reader);
    let (registered, why) = match (wanted, why) {
        (Ok(registered), Ok(why)) => (registered, why),
        (wanted, why) => {
            let mut told = wanted.err().unwrap_or_default();
            told.extend(why.err());
            return Ok(again(work, &record, &told, &typed.form(&record)));
        }
    };
    let act = Act::Register(registered);
    propose(&door, work, &record, (act, why), typed.form(&record)).await
}

/// An entry, and why.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Named {
    entry: String,
    why: String,
}

async fn cancel(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(number): Path<String>,
    Form(named): Form<Named>,
) -> Result<Response, Page> {
    let record = looked(&door, &work, &number, "form").await?;
    let (registered, on) = (number_of(&named.entry), record.today);
    let form = cancelling(&record, registered);
    let act = registered.map(|registered| Act::Unregister { registered, on });
    of_entry(&door, work, &record, (act, &named.why), form).await
}

async fn reverse(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(number): Path<String>,
    Form(named): Form<Named>,
) -> Result<Response, Page> {
    let record = looked(&door, &work, &number, "form").await?;
    // Only a settlement is taken back here.
    let entry = number_of(&named.entry).filter(|entry| record.settlement(*entry).is_some());
    let form = entry.map_or_else(|| html! {}, |entry| reversing(&record, entry));
    let on = record.today;
    let act = entry.map(|entry| Act::Reverse { entry, on });
    of_entry(&door, work, &record, (act, &named.why), form).await
}

async fn of_entry(
    door: &Door,
    work: AtWork,
    record: &PersonRecord,
    (act, why): (Option<Act>, &str),
    form: Markup,
) -> Result<Response, Page> {
    let reader = &work.reader;
    let none = || {
        let none = reader.say("没有这条记录", "There is no such entry");
        none.to_owned()
    };
    let why = Reason::read(why, Reason::SENTENCE, reader);
    let (act, why) = match (act.ok_or_else(none), why) {
        (Ok(act), Ok(why)) => (act, why),
        (act, why) => {
            let all = [act.err(), why.err()].into_iter().flatten();
            let all: Vec<String> = all.collect();
            return Ok(again(work, record, &all, &form));
        }
    };
    propose(door, work, record, (act, why), form).await
}

/// Asks the agency by a trial whether it could be done now, and proposes it.
async fn propose(
    door: &Door,
    work: AtWork,
    record: &PersonRecord,
    (act, why): (Act, Reason),
    form: Markup,
) -> Result<Response, Page> {
    let person = record.person;
    let failed = |refusal| broken(work.reader.clone(), &refusal);
    let trial = Request::trial(person, act.clone());
    match door.window.ask(trial).await {
        Ok(_) => {}
        Err(Refusal::Agency(refused)) if !refused.is_temporary() => {
            let told = refused.describe(work.reader.lang);
            return Ok(again(work, record, &[told], &form));
        }
        Err(refusal) => return Err(failed(refusal)),
    }
    let why = why.into_text();
    let deed = Deed {
        person: Some(person),
        about: told::code(&act),
        why: why.clone(),
        ..work.deed(Doing::Proposed)
    };
    let proposal = Proposal {
        person,
        act,
        why,
        by: work.operator.name.clone(),
        at: Some(clock::second(clock::now())),
        stand: Stand::Open,
        decided_by: None,
        carried_out_by: None,
        told: String::new(),
        entry: None,
    };
    let proposed = door.window.propose(proposal, deed).await;
    match proposed.map_err(failed)? {
        Ok(_) => Ok(Redirect::to(PROPOSALS).into_response()),
        Err(why) => {
            let told = not_proposed(work.reader.lang, &why);
            Ok(again(work, record, &[told], &form))
        }
    }
}

fn not_proposed(lang: Lang, why: &NotProposed) -> String {
    match (why, lang) {
        (NotProposed::Waits(number), Lang::Zh) => format!("已提出过，尚未办结：业务 {number}"),
        (NotProposed::Waits(number), Lang::En) => {
            format!("it is proposed already and waits: proposal {number}")
        }
        (NotProposed::TooMany(most), Lang::Zh) => {
            format!("待办业务已有{most}笔，请先复核、办理或撤回一些")
        }
        (NotProposed::TooMany(most), Lang::En) => {
            format!("{most} proposals wait, and no more may: let some be decided first")
        }
    }
}

/// The form again, with what is wrong.
fn again(work: AtWork, record: &PersonRecord, told: &[String], form: &Markup) -> Response {
    let work = at_record(work, &record.base);
    let body = html! { (faults(&work.reader, told)) (form) };
    let page = part(work, record, ("提出业务", "A proposal"), &body);
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}
