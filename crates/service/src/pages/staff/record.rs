//! A person's record as the staff reads it: masked, every look written down; and the whole name for whoever tells why.

use std::sync::Arc;

use agency::deed::{Deed, Doing};
use agency::operator::Right;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;

use super::super::alert::alert;
use super::super::operator::{AtWork, broken};
use super::super::person::{At, PersonRecord, no_settlement};
use super::super::reason::{self, Reason};
use super::super::{Page, Reader, number_of};
use super::{page, persons, proposing};
use crate::door::Door;

/// Where the records are.
pub(super) const PERSONS: &str = "/agency/persons";
const TITLE: (&str, &str) = ("参保人档案", "Record of a person");

/// Where the pages are.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/agency/persons/{number}", get(overview))
        .route("/agency/persons/{number}/account", get(account))
        .route("/agency/persons/{number}/settlements", get(settlements))
        .route(
            "/agency/persons/{number}/settlements/{entry}",
            get(settlement),
        )
        .route("/agency/persons/{number}/cover", get(coverage))
}

/// Where the whole name is shown.
pub(super) fn unmasking() -> Router<Arc<Door>> {
    Router::new().route("/agency/persons/{number}/unmask", post(unmask))
}

/// The record of a person who is in the books; else that somebody was looked for is written down, and the page says so.
pub(super) async fn found(door: &Door, work: &AtWork, number: &str) -> Result<PersonRecord, Page> {
    let Some(person) = number_of(number) else {
        return Err(absent(work));
    };
    let read = PersonRecord::read(door, work.reader.clone(), person).await;
    let record = read.map_err(|refusal| broken(work.reader.clone(), &refusal))?;
    if record.history.is_empty() {
        written(door, work, persons::nobody(work)).await?;
        return Err(absent(work));
    }
    Ok(PersonRecord {
        base: format!("{PERSONS}/{person}"),
        own: false,
        ..record
    })
}

/// The record of a person, after it was written down which part of it is looked at.
pub(super) async fn looked(
    door: &Door,
    work: &AtWork,
    number: &str,
    part: &str,
) -> Result<PersonRecord, Page> {
    let record = found(door, work, number).await?;
    let deed = Deed {
        person: Some(record.person),
        about: part.to_owned(),
        ..work.deed(Doing::Looked)
    };
    written(door, work, deed).await?;
    Ok(record)
}

/// Writes a deed down, or gives the page that nothing is shown or done.
pub(super) async fn written(door: &Door, work: &AtWork, deed: Deed) -> Result<(), Page> {
    let written = door.window.deed(deed).await;
    written.map_err(|refusal| broken(work.reader.clone(), &refusal))?;
    Ok(())
}

fn absent(work: &AtWork) -> Page {
    let none = work
        .reader
        .say("本地没有这位参保人", "Nobody insured here has this number");
    let page = page(work.clone(), ("参保人", "Person"), &alert(none));
    Page {
        status: StatusCode::NOT_FOUND,
        ..page
    }
}

/// A page of a record, with the ways to its other parts over it.
pub(super) fn part(
    work: AtWork,
    record: &PersonRecord,
    title: (&'static str, &'static str),
    body: &Markup,
) -> Page {
    let base = &record.base;
    let places = [
        (base.clone(), record.t("总览", "Overview")),
        (format!("{base}/account"), record.t("账户明细", "Account")),
        (
            format!("{base}/settlements"),
            record.t("结算", "Settlements"),
        ),
        (format!("{base}/cover"), record.t("参保", "Coverage")),
    ];
    let here = &work.reader.here;
    let holder = record.holder.as_ref().map(agency::Holder::masked);
    let body = html! {
        nav.places aria-label=(record.t("参保人档案", "Record of the person")) {
            @for (path, name) in &places { a href=(path) aria-current=[(here == path).then_some("page")] { (name) } }
        }
        p.note { (record.t("参保人编号 ", "Person ")) (record.person)
            @if let Some(holder) = holder { " · " (holder.name) " · " (holder.identity_number) } }
        (body)
    };
    page(work, title, &body)
}

/// As a reader of the record itself: the answer to a form cannot be asked for again by its address.
pub(super) fn at_record(work: AtWork, base: &str) -> AtWork {
    let reader = Reader {
        here: base.to_owned(),
        ..work.reader
    };
    AtWork { reader, ..work }
}

async fn overview(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(number): Path<String>,
) -> Result<Page, Page> {
    let record = looked(&door, &work, &number, "overview").await?;
    let body = html! {
        (record.overview())
        @if work.operator.may(Right::Unmask) { (unmasking_form(&record)) }
    };
    Ok(part(work, &record, TITLE, &body))
}

async fn account(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(number): Path<String>,
    Query(at): Query<At>,
) -> Result<Page, Page> {
    let record = looked(&door, &work, &number, "account").await?;
    Ok(part(
        work,
        &record,
        ("账户明细", "Account"),
        &record.account(&at),
    ))
}

async fn settlements(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(number): Path<String>,
) -> Result<Page, Page> {
    let record = looked(&door, &work, &number, "settlements").await?;
    let body = record.settlements();
    Ok(part(work, &record, ("结算", "Settlements"), &body))
}

async fn settlement(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path((number, entry)): Path<(String, String)>,
) -> Result<Page, Page> {
    let Some(entry) = number_of(&entry) else {
        return Err(no_sheet(work));
    };
    let record = looked(&door, &work, &number, &format!("settlement {entry}")).await?;
    let (Some(sheet), Some((_, _, reversal))) = (record.sheet(entry), record.settlement(entry))
    else {
        return Err(no_sheet(work));
    };
    let may = work.operator.may(Right::Propose) && reversal.is_none();
    let body = html! {
        (sheet)
        p { a href={ (record.base) "/settlements/" (entry) "/what-if" } { (record.t("假如情况不同（试算）", "What if it had been otherwise?")) } }
        @if may { (proposing::reversing(&record, entry)) }
    };
    Ok(part(work, &record, ("结算单", "Settlement"), &body))
}

/// The person has no such settlement.
pub(super) fn no_sheet(work: AtWork) -> Page {
    let body = no_settlement(&work.reader);
    let page = page(work, ("结算单", "Settlement"), &body);
    Page {
        status: StatusCode::NOT_FOUND,
        ..page
    }
}

async fn coverage(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(number): Path<String>,
) -> Result<Page, Page> {
    let record = looked(&door, &work, &number, "coverage").await?;
    let body = html! {
        (record.coverage())
        @if work.operator.may(Right::Propose) { (proposing::registering(&record)) (proposing::cancelling(&record, None)) }
    };
    Ok(part(work, &record, ("参保", "Coverage"), &body))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Why {
    why: String,
}

fn unmasking_form(record: &PersonRecord) -> Markup {
    html! {
        section aria-labelledby="unmask" {
            h2 #unmask { (record.t("查看完整姓名和身份证号", "See the whole name and identity number")) }
            form.ask method="post" action={ (record.base) "/unmask" } {
                (reason::field(&record.reader, Reason::SENTENCE))
                button { (record.t("查看", "See")) }
            }
        }
    }
}

/// The whole name stands on this one answer and is kept nowhere.
async fn unmask(
    State(door): State<Arc<Door>>,
    work: AtWork,
    Path(number): Path<String>,
    Form(Why { why }): Form<Why>,
) -> Result<Response, Page> {
    let why = match Reason::read(&why, Reason::SENTENCE, &work.reader) {
        Ok(why) => why,
        Err(fault) => {
            let record = looked(&door, &work, &number, "overview").await?;
            let body = html! { (alert(&fault)) (unmasking_form(&record)) };
            let work = at_record(work, &record.base);
            let page = part(work, &record, TITLE, &body);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let record = found(&door, &work, &number).await?;
    let deed = Deed {
        person: Some(record.person),
        why: why.into_text(),
        ..work.deed(Doing::Unmasked)
    };
    written(&door, &work, deed).await?;
    let work = at_record(work, &record.base);
    let body = html! {
        @match &record.holder {
            Some(holder) => dl.figures #whole {
                div { dt { (record.t("姓名", "name")) } dd { (holder.name) } }
                div { dt { (record.t("身份证号码", "identity number")) } dd { (holder.identity_number) } }
            },
            None => p { (record.t("没有保存姓名和身份证号码", "Neither name nor identity number is kept")) },
        }
        p.note { (record.t("只显示这一次，已记入操作日志。", "It is shown this once, and written down in the log.")) }
        p { a href=(record.base) { (record.t("回到档案", "Back to the record")) } }
    };
    Ok(part(
        work,
        &record,
        ("完整姓名和身份证号", "Whole name and identity number"),
        &body,
    )
    .into_response())
}
