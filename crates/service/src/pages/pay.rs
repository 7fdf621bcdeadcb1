//! "What do I pay?" for anyone: a bill that is made up, what it comes to under a region's rules, and what would change it.

mod asking;
pub(super) mod changes;
mod lines;
mod questions;
mod refused;
mod split;

use std::sync::Arc;

use agency::office::Office;
use agency::what_if::WhatIf;
use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use maud::{Markup, html};

use super::alert::faults;
use super::{Page, Reader};
use crate::clock;
use crate::door::Door;

use asking::{Form, Offer};

/// Where the page is.
pub fn routes() -> Router<Arc<Door>> {
    Router::new().route("/pay", get(shown))
}

async fn shown(
    State(door): State<Arc<Door>>,
    reader: Reader,
    query: Result<Query<Form>, QueryRejection>,
) -> Page {
    let library = &door.window.library;
    let today = clock::now().date();
    let (form, unread) = match query {
        Ok(Query(form)) => (form, None),
        Err(why) => (Form::default(), Some(why)),
    };
    let mut form = form.at_home(library, door.window.region);
    let offer = Offer::of(library, &mut form, today);
    let office = door.window.agency.office();
    let told = form.is_asked().then(|| {
        let bill = form.bill(reader.lang, today, (&office, &offer));
        let bill = bill.map_err(|why| faults(&reader, &why))?;
        let asked = refused::Asked::of(&bill);
        WhatIf::of(library, bill).map_err(|why| asked.refused(&reader, &offer, &why))
    });
    let body = html! {
        @if unread.is_some() { (faults(&reader, &[reader.say("地址不完整或有重复，请重新填写", "The address is not whole, or says something twice; please fill in the form").to_owned()])) }
        @if form.lacks_cost() { (faults(&reader, &[reader.say("请填写费用，或填写明细", "Tell the cost, or lines").to_owned()])) }
        @if let Some(Err(why)) = &told { (why) }
        (form.shown(&reader, &offer, &office))
        @if let Some(Ok(what)) = &told { (answer(&reader, what, &office)) }
    };
    Page {
        title: reader.say("我要付多少？", "What do I pay?").to_owned(),
        reader,
        status: StatusCode::OK,
        body,
    }
}

/// In the order in which people ask: how much, why, what else it could be, and what it means.
fn answer(reader: &Reader, what: &WhatIf, office: &Office) -> Markup {
    html! {
        section #answer aria-labelledby="answer-title" {
            h2 #answer-title { (split::title(reader, what)) }
            (split::shares(reader, what))
            (lines::told(reader, what))
            (split::steps(reader, what, office))
            (changes::told(reader, what))
            (questions::answered(reader, what))
        }
    }
}
