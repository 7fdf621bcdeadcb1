//! Deciding on a proposal, and carrying out what is approved: once, by the proposal's own key, however often it is tried.

use std::sync::Arc;

use agency::deed::{Deed, Doing};
use agency::domain::words::Lang;
use agency::proposal::{Decision, NotDecided, Proposal, Stand};
use agency::{Look, Refused, Request};
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use serde::Deserialize;

use super::super::super::alert::alert;
use super::super::super::operator::{AtWork, broken};
use super::super::super::reason::Reason;
use super::super::super::{Page, number_of};
use super::{PROPOSALS, shown};
use crate::clock;
use crate::door::Door;
use crate::wire::refusal::Refusal;

/// For those who decide.
pub(in crate::pages::staff) fn deciding() -> Router<Arc<Door>> {
    Router::new()
        .route("/agency/proposals/{number}/approve", post(approve))
        .route("/agency/proposals/{number}/turn-down", post(turn_down))
        .route("/agency/proposals/{number}/carry-out", post(carry_out))
}

/// For those who propose.
pub(in crate::pages::staff) fn withdrawing() -> Router<Arc<Door>> {
    Router::new().route("/agency/proposals/{number}/withdraw", post(withdraw))
}

/// Why a form has no success: it is told over the list.
enum Stopped {
    /// The proposal is not to be decided so.
    Not(NotDecided),
    /// The agency cannot be asked now, or its answer not be written down; it stands as approved.
    Later(Refusal),
    /// The books.
    Books(Refusal),
}

impl From<Refusal> for Stopped {
    fn from(refusal: Refusal) -> Stopped {
        Stopped::Books(refusal)
    }
}

async fn approve(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(number): Path<String>,
) -> Response {
    let done = approved(&door, &work, &number).await;
    answer(&door, work, done).await
}

async fn approved(door: &Door, work: &AtWork, number: &str) -> Result<(), Stopped> {
    let (number, proposal) = of(door, number).await?;
    let deed = deed(work, Doing::Approved, number, &proposal, "");
    // The act is kept as of today: what is tried again tomorrow is the same.
    let decision = Decision::Approve(clock::now().date());
    let decided = door.window.decide(number, decision, deed).await?;
    let proposal = decided.map_err(Stopped::Not)?;
    carried_out(door, work, number, &proposal).await
}

/// What was approved before the service stopped is carried out now.
async fn carry_out(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(number): Path<String>,
) -> Response {
    let done = async {
        let (number, proposal) = of(&door, &number).await?;
        match proposal.stand {
            Stand::Approved => carried_out(&door, &work, number, &proposal).await,
            stand => Err(Stopped::Not(NotDecided::Already(stand))),
        }
    };
    let done = done.await;
    answer(&door, work, done).await
}

/// Asks the agency, and writes down what came of it. Whoever comes second with the same key gets the same answer.
async fn carried_out(
    door: &Door,
    work: &AtWork,
    number: u64,
    proposal: &Proposal,
) -> Result<(), Stopped> {
    let request = Request {
        at: Some(clock::second(clock::now())),
        ..Request::keyed(proposal.person, Proposal::key(number), proposal.act.clone())
    };
    let (decision, what, why) = match door.window.ask(request).await {
        Ok(answer) => (
            Decision::CarriedOut(answer.entry),
            Doing::CarriedOut,
            String::new(),
        ),
        Err(Refusal::Agency(refused)) if refused.is_temporary() => {
            return Err(Stopped::Later(refused.into()));
        }
        // It was carried out under this key, as it stood then; else it stands as approved, for somebody to look into.
        Err(Refusal::Agency(reused @ Refused::KeyReused(_))) => {
            let entry = entry_of(door, proposal.person, number).await;
            match entry.map_err(Stopped::Later)? {
                Some(entry) => (
                    Decision::CarriedOut(entry),
                    Doing::CarriedOut,
                    String::new(),
                ),
                None => return Err(Stopped::Later(reused.into())),
            }
        }
        Err(Refusal::Agency(refused)) => {
            let why = [Lang::Zh, Lang::En].map(|lang| refused.describe(lang));
            let why = why.join(" / ");
            (Decision::CouldNot(why.clone()), Doing::CouldNot, why)
        }
        Err(refusal) => return Err(Stopped::Books(refusal)),
    };
    let deed = deed(work, what, number, proposal, &why);
    let written = door.window.decide(number, decision, deed).await;
    match written.map_err(Stopped::Later)? {
        // Somebody else has written it down meanwhile.
        Ok(_) | Err(NotDecided::Already(Stand::CarriedOut | Stand::CouldNot)) => Ok(()),
        Err(why) => Err(Stopped::Not(why)),
    }
}

/// The entry by which a proposal was carried out for a person, by its key.
async fn entry_of(door: &Door, person: u64, number: u64) -> Result<Option<u64>, Refusal> {
    let look = Look {
        person,
        key: Some(Proposal::key(number)),
        ..Look::default()
    };
    let seen = door.window.look(look).await?;
    Ok(seen.key.map(|(_, answer)| answer.entry))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Why {
    why: String,
}

async fn turn_down(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(number): Path<String>,
    Form(Why { why }): Form<Why>,
) -> Response {
    let why = match Reason::read(&why, Reason::SENTENCE, &work.reader) {
        Ok(why) => why.into_text(),
        Err(fault) => {
            let page = shown(&door, work, &alert(&fault)).await;
            return (StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
        }
    };
    let decision = Decision::TurnDown(why.clone());
    let done = decided(&door, &work, &number, (decision, Doing::TurnedDown, &why)).await;
    answer(&door, work, done).await
}

async fn withdraw(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(number): Path<String>,
) -> Response {
    let decision = (Decision::Withdraw, Doing::Withdrew, "");
    let done = decided(&door, &work, &number, decision).await;
    answer(&door, work, done).await
}

/// What needs nothing of the agency.
async fn decided(
    door: &Door,
    work: &AtWork,
    number: &str,
    (decision, what, why): (Decision, Doing, &str),
) -> Result<(), Stopped> {
    let (number, proposal) = of(door, number).await?;
    let deed = deed(work, what, number, &proposal, why);
    let decided = door.window.decide(number, decision, deed).await?;
    decided.map_err(Stopped::Not)?;
    Ok(())
}

async fn of(door: &Door, number: &str) -> Result<(u64, Proposal), Stopped> {
    let none = || Stopped::Not(NotDecided::Absent);
    let number = number_of(number).ok_or_else(none)?;
    let proposal = door.window.proposal(number).await?;
    Ok((number, proposal.ok_or_else(none)?))
}

fn deed(work: &AtWork, what: Doing, number: u64, proposal: &Proposal, why: &str) -> Deed {
    Deed {
        person: Some(proposal.person),
        about: format!("proposal {number}"),
        why: why.to_owned(),
        ..work.deed(what)
    }
}

/// The list: what was done stands in it, and what was not is told over it.
async fn answer(door: &Door, work: AtWork, done: Result<(), Stopped>) -> Response {
    let lang = work.reader.lang;
    let (status, why) = match done {
        Ok(()) => return Redirect::to(PROPOSALS).into_response(),
        Err(Stopped::Books(refusal)) => return broken(work.reader, &refusal).into_response(),
        Err(Stopped::Not(NotDecided::Absent)) => {
            let why = work.reader.say("没有这笔业务", "There is no such proposal");
            let page = shown(door, work, &alert(why)).await;
            return Page {
                status: StatusCode::NOT_FOUND,
                ..page
            }
            .into_response();
        }
        Err(Stopped::Not(why)) => (StatusCode::CONFLICT, not_decided(lang, &why)),
        Err(Stopped::Later(refusal)) => (StatusCode::SERVICE_UNAVAILABLE, later(lang, &refusal)),
    };
    let page = shown(door, work, &alert(&why)).await;
    (status, page).into_response()
}

fn not_decided(lang: Lang, why: &NotDecided) -> String {
    let t = |zh: &'static str, en| super::super::super::say(lang, zh, en).to_owned();
    match (why, lang) {
        (NotDecided::Absent, _) => t("没有这笔业务", "There is no such proposal"),
        (NotDecided::Own, _) => t(
            "不能复核自己提出的业务",
            "Nobody decides on what is the own",
        ),
        (NotDecided::Others, _) => t(
            "只有提出人可以撤回",
            "Only whoever proposed it takes it back",
        ),
        (NotDecided::Already(stand), Lang::Zh) => format!("此业务{}", stand.name(lang)),
        (NotDecided::Already(stand), Lang::En) => {
            format!("The proposal is {} by now", stand.name(lang))
        }
    }
}

fn later(lang: Lang, refusal: &Refusal) -> String {
    match lang {
        Lang::Zh => format!(
            "已通过，尚未记为办结：{}。请稍后点“办理”，不会重复办理",
            refusal.told(false)
        ),
        Lang::En => format!(
            "It is approved, and not yet written down as carried out: {}. Carry it out later; it is done once",
            refusal.english()
        ),
    }
}
