//! "What do I pay?" for anyone: a bill that is made up, what it comes to under a region's rules, and what would change it.

mod asking;
pub(super) mod changes;
mod questions;
mod split;

use std::sync::Arc;

use agency::domain::words::Name;
use agency::what_if::WhatIf;
use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::routing::get;
use maud::{Markup, html};

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
    let form = form.or_usual(library, door.window.region);
    let offer = Offer::of(library, &form, today);
    let told = form.is_asked().then(|| {
        let bill = form.bill(reader.lang, today);
        let bill = bill.map_err(|why| faults(&reader, &why))?;
        let is_ageless = bill.person.birth.is_none();
        WhatIf::of(library, bill).map_err(|why| no_rule(&reader, &why, is_ageless))
    });
    let body = html! {
        @if unread.is_some() { (faults(&reader, &[reader.say("地址不完整或有重复，请重新填写", "The address is not whole, or says something twice; please fill in the form").to_owned()])) }
        @if let Some(Err(why)) = &told { (why) }
        (form.shown(&reader, &offer))
        @if let Some(Ok(what)) = &told { (answer(&reader, what)) }
    };
    Page {
        title: reader.say("我要付多少？", "What do I pay?").to_owned(),
        reader,
        found: true,
        body,
    }
}

fn faults(reader: &Reader, faults: &[String]) -> Markup {
    html! {
        div.alert role="alert" {
            h2 { (reader.say("请核对", "Please correct")) }
            ul { @for fault in faults { li { (fault) } } }
        }
    }
}

/// The rules that we have of the region do not answer it: what is asked is right, and another choice may be answered.
fn no_rule(reader: &Reader, why: &Name, is_ageless: bool) -> Markup {
    html! {
        div.alert role="alert" {
            h2 { (reader.say("已收录的本地规则不能回答", "The rules that we have of this region do not answer it")) }
            @if is_ageless { p { (reader.say("请填写年龄：有的规则按年龄划分。", "Tell the age: some rules go by it.")) } }
            p { (reader.say("也可换一种就诊类型、身份或地区。", "Another kind of care, status or region may be answered.")) }
            p.note { (reader.say("规则上的原因：", "As the rules tell it: ")) (why.lang(reader.lang)) }
        }
    }
}

/// In the order in which people ask: how much, why, what else it could be, and what it means.
fn answer(reader: &Reader, what: &WhatIf) -> Markup {
    html! {
        section #answer aria-labelledby="answer-title" {
            h2 #answer-title { (split::title(reader, what)) }
            (split::shares(reader, what))
            (split::steps(reader, what))
            (changes::told(reader, what))
            (questions::answered(reader, what))
        }
    }
}
