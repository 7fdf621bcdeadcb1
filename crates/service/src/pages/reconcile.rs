//! The page of reconciling: what the agency has of an institution, and where its own totals or rows differ: months, days, bills. Open
//! to anyone in a sandbox, elsewhere to who may reconcile.

mod asking;
mod found;
mod having;

use std::sync::Arc;

use agency::Agency;
use agency::domain::words::Lang;
use axum::Router;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use maud::{Markup, html};

use super::alert::faults;
use super::{Page, Reader, escaped, say};
use crate::clock;
use crate::door::Door;
use crate::reconcile::narrowed::Narrowed;
use crate::reconcile::ours::NoRows;
use crate::wire::statement;

use asking::{Asking, Form};
use having::Having;

/// Where the page is.
pub fn routes(door: &Door) -> Router<Arc<Door>> {
    let largest = DefaultBodyLimit::max(door.limits.largest(true));
    Router::new().route("/reconcile", get(shown).post(compared).layer(largest))
}

async fn shown(State(door): State<Arc<Door>>, reader: Reader, Query(form): Query<Form>) -> Page {
    match answer(&door, &reader, form, None).await {
        Ok((form, body)) => page(reader, &form, &body),
        Err((form, why)) => page(reader.clone(), &form, &faults(&reader, &why)),
    }
}

/// A form with faults is told so by its status, too; what is only asked for is shown, whatever it is.
async fn compared(
    State(door): State<Arc<Door>>,
    reader: Reader,
    parts: Result<Multipart, MultipartRejection>,
) -> Response {
    let read = match parts {
        Ok(parts) => Form::of_parts(parts).await,
        Err(why) => Err((why.status(), why.body_text())),
    };
    let (status, why) = match read {
        Ok((form, file)) => {
            return match answer(&door, &reader, form, file).await {
                Ok((form, body)) => page(reader, &form, &body).into_response(),
                Err((form, why)) => {
                    let page = page(reader.clone(), &form, &faults(&reader, &why));
                    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
                }
            };
        }
        Err(unread) => unread,
    };
    let why = [unread(&reader, status, &why, door.limits.largest(true))];
    let form = Form::default().or_this_month(clock::now().date());
    let page = page(reader.clone(), &form, &faults(&reader, &why));
    (status, page).into_response()
}

/// Why a form cannot be read.
fn unread(reader: &Reader, status: StatusCode, why: &str, most: usize) -> String {
    let most = most >> 20;
    match (status, reader.lang) {
        (StatusCode::PAYLOAD_TOO_LARGE, Lang::Zh) => {
            format!("文件过大：最多{most}MB，可压缩为ZIP后上传")
        }
        (StatusCode::PAYLOAD_TOO_LARGE, Lang::En) => {
            format!("the file is too large: at most {most} MB; it may be sent as a ZIP")
        }
        (_, Lang::Zh) => format!("表单无法读取：{why}"),
        (_, Lang::En) => format!("the form cannot be read: {why}"),
    }
}

/// What is told of a form, or its faults; with the form as it is shown again.
async fn answer(
    door: &Door,
    reader: &Reader,
    form: Form,
    file: Option<Vec<u8>>,
) -> Result<(Form, Markup), (Form, Vec<String>)> {
    let lang = reader.lang;
    let form = form.or_this_month(clock::now().date());
    if form.institution.is_empty() {
        return Ok((form, html! {}));
    }
    let asking = match form.read(lang) {
        Ok(asking) => asking,
        Err(why) => return Err((form, why)),
    };
    let agency = Arc::clone(&door.window.agency);
    let traced = door.trace().is_some();
    // Sums and rows wait for every lane: off the threads that answer.
    let told = tokio::task::spawn_blocking(move || told(&agency, lang, &asking, file, traced));
    let told = told.await.unwrap_or_else(|_| {
        let gone = say(lang, "未能完成，请重试", "it was not finished; try again");
        Err(vec![gone.to_owned()])
    });
    match told {
        Ok(body) => Ok((form, body)),
        Err(why) => Err((form, why)),
    }
}

/// What the agency has, what differs in the totals, what differs in the rows; each of the last two where something was given for it.
fn told(
    agency: &Agency,
    lang: Lang,
    asking: &Asking,
    file: Option<Vec<u8>>,
    traced: bool,
) -> Result<Markup, Vec<String>> {
    let asked = &asking.asked;
    if !agency.office().agreements.contains_key(&asked.institution) {
        let none = say(lang, "本中心没有此机构", "there is no such institution");
        return Err(vec![format!("{none}: {}", asked.institution)]);
    }
    let stored = |error: agency::StoreError| vec![error.to_string()];
    let days: Vec<_> = asked.by_day(agency).map_err(stored)?.into_iter().collect();
    let theirs = file.map(|file| read(lang, &file)).transpose()?;
    let wants_rows = theirs.is_some() || asking.totals.is_some() || asking.is_one_day();
    let ours = match wants_rows {
        true => Some(asked.rows(agency).map_err(|error| no_rows(lang, &error))?),
        false => None,
    };
    let (narrowed, ours) = match (ours, theirs) {
        (Some(ours), Some(theirs)) => (Some(Narrowed::of(ours, theirs)), None),
        (ours, _) => (None, ours),
    };
    let having = Having {
        lang,
        asking,
        days: &days,
        rows: narrowed
            .as_ref()
            .map(|both| both.ours.as_slice())
            .or(ours.as_deref()),
        traced,
    };
    Ok(html! {
        @if let Some(totals) = asking.totals { (having.totals(totals)) }
        @if let Some(narrowed) = &narrowed { (found::told(lang, narrowed, traced)) }
        (having.told())
    })
}

fn read(lang: Lang, file: &[u8]) -> Result<Vec<crate::reconcile::compare::Theirs>, Vec<String>> {
    statement::rows(file).map_err(|faults| {
        let told = faults.iter().map(|fault| match lang {
            Lang::Zh => fault.zh(),
            Lang::En => fault.en(),
        });
        told.collect()
    })
}

fn no_rows(lang: Lang, error: &NoRows) -> Vec<String> {
    let told = match (error, lang) {
        (NoRows::TooMany(found), Lang::Zh) => {
            format!("对账期间内有{found}笔，请缩短对账期间")
        }
        (error, _) => error.to_string(),
    };
    vec![told]
}

fn page(reader: Reader, form: &Form, told: &Markup) -> Page {
    let lang = reader.lang;
    Page {
        title: say(lang, "对账", "Reconciling").to_owned(),
        reader,
        status: StatusCode::OK,
        body: html! { (form.shown(lang)) (told) },
    }
}

/// Where a row came from, if its message can be looked at.
fn message(number: &str, id: &str, traced: bool) -> Markup {
    html! {
        @if id.is_empty() {
        } @else if traced {
            (number) " " a href={ "/trace/" (escaped(id)) } { (id) }
        } @else {
            (number) " " (id)
        }
    }
}
