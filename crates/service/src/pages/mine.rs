//! An insured person's own pages: account, family, settlements, the year, coverage, e-voucher; of nobody else.

mod family;
mod voucher;

use std::sync::Arc;

use agency::{Holder, Look};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use maud::{Markup, html};

use super::alert::alert;
use super::person::{self, At, PersonRecord, Recorded};
use super::sign_in::Insured;
use super::{Page, Reader};
use crate::door::Door;
use crate::wire::ids::SettlementId;
use crate::wire::refusal::Refusal;

/// Where the pages are.
pub fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/mine", get(overview))
        .route("/mine/account", get(account))
        .route("/mine/settlements", get(settlements))
        .route("/mine/settlements/{entry}", get(settlement))
        .route("/mine/cover", get(coverage))
        .merge(family::routes())
        .merge(voucher::routes())
}

/// The record of whoever is signed in; of somebody who is not insured here an empty one.
async fn of(door: &Door, insured: Insured) -> Result<PersonRecord, Page> {
    let Insured { person, reader } = insured;
    let read = PersonRecord::read(door, reader.clone(), person).await;
    read.map_err(|refusal| broken(reader, &refusal))
}

/// A page with the ways to the others over it.
fn page(record: PersonRecord, title: (&'static str, &'static str), body: &Markup) -> Page {
    let places = [
        ("/mine", record.t("总览", "Overview")),
        ("/mine/account", record.t("账户明细", "Account")),
        ("/mine/settlements", record.t("结算", "Settlements")),
        ("/mine/cover", record.t("参保", "Coverage")),
        ("/mine/family", record.t("家庭共济", "Family")),
        ("/mine/voucher", record.t("电子凭证", "E-voucher")),
    ];
    let (here, _) = (record.reader.here.split_once('?')).unwrap_or((&record.reader.here, ""));
    let here = here.to_owned();
    let holder = record.holder.as_ref().map(Holder::masked);
    let body = html! {
        nav.places aria-label=(record.t("我的医保", "My insurance")) {
            @for (path, name) in places { a href=(path) aria-current=[(here == path).then_some("page")] { (name) } }
            form.plain method="post" action="/sign-out" { button { (record.t("退出", "Sign out")) } }
        }
        @if let Some(holder) = holder { p.note { (holder.name) " · " (holder.identity_number) } }
        (body)
    };
    Page {
        title: record.t(title.0, title.1).to_owned(),
        reader: record.reader,
        status: StatusCode::OK,
        body,
    }
}

/// The books cannot be read now.
fn broken(reader: Reader, refusal: &Refusal) -> Page {
    tracing::error!(why = refusal.english(), "a person's page was not shown");
    let why = reader.say(
        "暂时无法查询，请稍后再试",
        "It cannot be read now; try again later",
    );
    Page {
        title: reader.say("我的医保", "My insurance").to_owned(),
        body: alert(why),
        reader,
        status: StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Either is a page.
fn shown(page: Result<Page, Page>) -> Page {
    page.unwrap_or_else(|page| page)
}

async fn overview(State(door): State<Arc<Door>>, insured: Insured) -> Page {
    let record = of(&door, insured).await;
    shown(record.map(|record| {
        let body = record.overview();
        page(record, ("我的医保", "My insurance"), &body)
    }))
}

async fn account(State(door): State<Arc<Door>>, insured: Insured, Query(at): Query<At>) -> Page {
    let record = of(&door, insured).await;
    shown(record.map(|record| {
        let body = record.account(&at);
        page(record, ("账户明细", "Account"), &body)
    }))
}

async fn settlements(State(door): State<Arc<Door>>, insured: Insured) -> Page {
    let record = of(&door, insured).await;
    shown(record.map(|record| {
        let body = record.settlements();
        page(record, ("结算", "Settlements"), &body)
    }))
}

async fn settlement(
    State(door): State<Arc<Door>>,
    insured: Insured,
    Path(entry): Path<String>,
) -> Page {
    let record = match of(&door, insured).await {
        Ok(record) => record,
        Err(page) => return page,
    };
    let number = entry.parse().ok();
    let sheet = match number {
        Some(number) => match recorded(&door, &record, number).await {
            Ok(Some(told)) => record.recorded_sheet(number, &told),
            Ok(None) => record.sheet(number),
            Err(refusal) => return broken(record.reader, &refusal),
        },
        None => None,
    };
    let status = match sheet {
        Some(_) => StatusCode::OK,
        None => StatusCode::NOT_FOUND,
    };
    let body = sheet.unwrap_or_else(|| person::no_settlement(&record.reader));
    let page = page(record, ("结算单", "Settlement"), &body);
    Page { status, ..page }
}

/// A settlement's number as the paper has it, and when it was recorded.
async fn recorded(
    door: &Door,
    record: &PersonRecord,
    number: u64,
) -> Result<Option<Recorded>, Refusal> {
    let look = Look {
        person: record.person,
        entries: vec![number],
        ..Look::default()
    };
    let seen = door.window.look(look).await?;
    let answer = seen.entries.into_iter().flatten().next();
    Ok(answer.and_then(|answer| {
        let id = SettlementId {
            region: door.window.area,
            lane: answer.lane.number,
            entry: answer.entry,
        };
        Some(Recorded {
            id: id.told()?,
            at: answer.at,
        })
    }))
}

async fn coverage(State(door): State<Arc<Door>>, insured: Insured) -> Page {
    let record = of(&door, insured).await;
    shown(record.map(|record| {
        let body = record.coverage();
        page(record, ("参保", "Coverage"), &body)
    }))
}
