//! The cashier's pages, for a small pharmacy or clinic without software of its own: the till, the receipt, the day.
//!
//! What is asked of the agency is what a program of the institution would ask over the interface; the session keeps who stands before the
//! till and the bill that is being made.

mod day;
mod draft;
mod figures;
mod items;
mod person;
mod receipt;
mod settling;
mod shelf;
mod typed;

use std::sync::Arc;

use agency::Request;
use agency::act::Act;
use agency::domain::agreement::Agreement;
use agency::domain::facility::FacilityKind;
use agency::office::Office;
use agency::operator::Right;
use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use tower_sessions::Session;

use self::draft::{Till, Told};
use self::typed::Typed;
use super::operator::{AtWork, broken, gate};
use super::staff::leave;
use super::{Page, Reader, alert};
use crate::clock;
use crate::door::Door;

/// Where the till is.
const TILL: &str = "/cashier";
/// Where the day is.
const DAY: &str = "/cashier/day";

/// Where the pages are.
pub fn routes(door: &Arc<Door>) -> Router<Arc<Door>> {
    let pages = Router::new()
        .route(TILL, get(till))
        .route("/cashier/person", post(person::found))
        .route("/cashier/anew", post(person::anew))
        .route("/cashier/look", post(items::looked))
        .route("/cashier/care", post(items::changed))
        .route("/cashier/items", post(items::changed))
        .route("/cashier/items/{line}", post(items::taken_out))
        .route("/cashier/settle", post(settling::settled))
        .route("/cashier/settlements/{id}", get(receipt::shown))
        .route(
            "/cashier/settlements/{id}/reverse",
            post(receipt::taken_back),
        )
        .route(DAY, get(day::shown).post(day::reconciled));
    gate(door, Right::Charge, pages)
}

/// A cashier at the till of an institution.
struct AtTill {
    work: AtWork,
    /// The institution's code.
    institution: String,
}

impl FromRequestParts<Arc<Door>> for AtTill {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, door: &Arc<Door>) -> Result<AtTill, Response> {
        let work = AtWork::from_request_parts(parts, door).await?;
        match work.operator.institution.clone() {
            Some(institution) => Ok(AtTill { work, institution }),
            // A cashier of no institution has nothing to charge for.
            None => Err(StatusCode::FORBIDDEN.into_response()),
        }
    }
}

impl AtTill {
    const fn reader(&self) -> &Reader {
        &self.work.reader
    }

    const fn t(&self, zh: &'static str, en: &'static str) -> &'static str {
        self.work.reader.say(zh, en)
    }

    fn agreement<'o>(&self, office: &'o Office, day: Date) -> Option<&'o Agreement> {
        office.institution(&self.institution, day).ok()
    }

    fn kind(&self, office: &Office, day: Date) -> FacilityKind {
        let agreement = self.agreement(office, day);
        agreement.map_or(FacilityKind::General, |agreement| agreement.kind)
    }

    /// What the institution asks of the agency, as its program would: carried out once for its key.
    fn request(&self, person: u64, key: String, act: Act, said: String) -> Request {
        Request {
            by: Some(self.institution.clone()),
            at: Some(clock::second(clock::now())),
            said: Some(said),
            ..Request::keyed(person, key, act)
        }
    }

    /// What it would come to.
    fn trial(&self, person: u64, act: Act) -> Request {
        Request {
            by: Some(self.institution.clone()),
            at: Some(clock::second(clock::now())),
            ..Request::trial(person, act)
        }
    }

    /// The key of the request that a form of these pages makes: pressed twice, it is carried out once.
    fn key(&self, name: &str) -> String {
        format!("{}/page/{name}", self.institution)
    }

    /// What stands under a printed page: where, when, by whom, and room for the name by hand.
    fn printed(&self, office: &Office) -> Markup {
        let now = clock::second(clock::now());
        let agreement = self.agreement(office, now.date());
        let name = agreement.map_or("", |agreement| agreement.name.as_str());
        html! {
            div.printed {
                p { (name) " " (self.institution) (self.t("；打印时间 ", "; printed ")) (now.strftime("%Y-%m-%d %H:%M")) (self.t("；收费员 ", "; cashier ")) (self.work.operator.called) }
                p { (self.t("签字：", "Signature: ")) span.signature {} }
            }
        }
    }

    /// A page with the ways to the others over it.
    fn page(self, door: &Door, title: (&'static str, &'static str), body: &Markup) -> Page {
        let office = door.window.agency.office();
        let today = clock::now().date();
        let agreement = self.agreement(&office, today);
        let name = agreement.map_or(self.institution.as_str(), |agreement| &agreement.name);
        let suspended = agreement.is_some_and(|agreement| !agreement.designated_on(today));
        let operator = &self.work.operator;
        let reader = &self.work.reader;
        let places = [(TILL, self.t("收费", "Till")), (DAY, self.t("当日", "Day"))];
        let body = html! {
            nav.places aria-label=(self.t("收费窗口", "Till")) {
                strong { (name) }
                @for (path, name) in places { a href=(path) aria-current=[(reader.here == path).then_some("page")] { (name) } }
                (leave(reader, &operator.called, operator.role.name(reader.lang)))
            }
            @if suspended { p.bad role="status" { (self.t("本机构今天不是定点医药机构（协议未生效、已到期或已中止），基金不予支付。", "This institution is not designated today: its agreement has not begun, has ended or is suspended. The funds pay nothing.")) } }
            (body)
        };
        Page {
            title: self.t(title.0, title.1).to_owned(),
            reader: self.work.reader,
            status: StatusCode::OK,
            body,
        }
    }
}

/// What the till is asked to show beside the bill.
#[derive(Default)]
struct Asked {
    /// What is looked for in the catalogue.
    find: String,
    /// What was typed and is not right yet.
    typed: Typed,
    /// By what nobody was found.
    paper: String,
    /// What is wrong.
    faults: Vec<String>,
    /// How that is answered.
    status: StatusCode,
}

impl Asked {
    /// What was typed breaks a rule.
    fn wrong(faults: Vec<String>) -> Asked {
        Asked {
            faults,
            status: StatusCode::UNPROCESSABLE_ENTITY,
            ..Asked::default()
        }
    }

    /// The form is of a bill that is not the open one any more.
    fn meanwhile(at: &AtTill) -> Asked {
        let why = at.t(
            "账单已变化（另一个窗口、重复点击或已结算），此次操作未执行；请核对下面的账单",
            "The bill has changed meanwhile: in another window, by a second press, or it is settled. Nothing was done; please compare the bill below",
        );
        Asked {
            status: StatusCode::CONFLICT,
            ..Asked::wrong(vec![why.to_owned()])
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Find {
    find: String,
}

async fn till(
    State(door): State<Arc<Door>>,
    session: Session,
    at: AtTill,
    query: Result<Query<Find>, QueryRejection>,
) -> Response {
    let Query(Find { find }) = query.unwrap_or_default();
    let mut held = Till::of(&session).await;
    // It is shown once.
    let told = held.told.take();
    if told.is_some() && !held.keep(&session).await {
        return again(at, &door).into_response();
    }
    let asked = Asked {
        find,
        ..Asked::default()
    };
    shown(&door, at, &held, told.as_ref(), &asked).await
}

/// The till as it is: who stands before it, the catalogue, the bill, what it comes to.
async fn shown(
    door: &Door,
    at: AtTill,
    held: &Till,
    told: Option<&Told>,
    asked: &Asked,
) -> Response {
    let office = door.window.agency.office();
    let today = clock::now().date();
    let found = match person::Before::of(door, held.person).await {
        Ok(found) => found,
        Err(refusal) => return broken(at.work.reader, &refusal).into_response(),
    };
    let body = match &found {
        None => html! { (person::asked(&at, &asked.paper)) },
        Some(before) => {
            let kinds = draft::kinds(at.agreement(&office, today), &office, &before.state, today);
            let trial = settling::trial(door, &at, held, before, &kinds).await;
            let shelf = shelf::found(&office, (&asked.find, at.kind(&office, today)), today).await;
            html! {
                @if let Some(Err(refusal)) = &trial && !before.died() { (faults(&at, &[refusal.describe(at.reader().lang)])) }
                (person::told(&at, &office, (before, &held.draft.mark()), today))
                @if before.died() { (faults(&at, &[before.dead(at.reader().lang)])) }
                @else { form.whole method="post" action="/cashier/look" {
                    input type="hidden" name="bill" value=(held.draft.mark());
                    (items::shown(&at, asked, &shelf))
                    (items::bill(&at, &office, held, (&kinds, &before.state), (asked, today)))
                    @if let Some(Ok(answer)) = &trial { (settling::told(&at, &office, answer)) }
                } }
            }
        }
    };
    let body = html! {
        @if let Some(told) = told { (told.shown(at.reader().lang)) }
        @if !asked.faults.is_empty() { (faults(&at, &asked.faults)) }
        (body)
    };
    let page = at.page(door, ("收费", "Till"), &body);
    (asked.status, page).into_response()
}

fn faults(at: &AtTill, faults: &[String]) -> Markup {
    alert::faults(at.reader(), faults)
}

/// The session could not be kept.
fn again(at: AtTill, door: &Door) -> Page {
    let why = at.t("请重试", "Please try again").to_owned();
    let body = faults(&at, &[why]);
    at.page(door, ("收费", "Till"), &body)
}

/// Keeps the till, and goes back to it.
async fn back(door: &Door, session: &Session, at: AtTill, held: &Till) -> Response {
    match held.keep(session).await {
        true => Redirect::to(TILL).into_response(),
        false => again(at, door).into_response(),
    }
}
