//! Finding a person: by the identity number or by the agency's own number. Names are sealed, and nobody is found by one.

use std::sync::Arc;

use agency::deed::{Deed, Doing};
use agency::domain::identity_number::IdentityNumber;
use axum::Router;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::alert::alert;
use super::super::operator::{AtWork, broken};
use super::super::plain;
use super::super::{Page, Reader, number_of};
use super::page;
use super::record::PERSONS;
use crate::door::Door;

/// Where the page is.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new().route("/agency", get(asked).post(find))
}

/// One of the two is typed.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    identity_number: String,
    number: String,
}

impl Asked {
    /// Whom it names; none if it is no number of either kind.
    fn person(&self, door: &Door) -> Option<u64> {
        let identity_number = plain::paper(&self.identity_number);
        if identity_number.is_empty() {
            return number_of(&plain::text(&self.number));
        }
        IdentityNumber::parse(&identity_number).ok()?;
        Some(door.window.agency.find(&identity_number).0)
    }
}

async fn asked(work: AtWork) -> Page {
    shown(work, &html! {})
}

/// What was typed is not shown again and not written down: an identity number stays where it was typed.
async fn find(State(door): State<Arc<Door>>, work: AtWork, Form(asked): Form<Asked>) -> Response {
    let Some(person) = asked.person(&door) else {
        let wrong = work.reader.say(
            "这不是身份证号码，也不是参保人编号，请核对",
            "This is no identity number and no person's number; please compare",
        );
        let page = shown(work, &alert(wrong));
        return (StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
    };
    let known = match door.window.is_known(person).await {
        Ok(known) => known,
        Err(refusal) => return broken(work.reader, &refusal).into_response(),
    };
    let deed = match known {
        true => Deed {
            person: Some(person),
            ..work.deed(Doing::Found)
        },
        false => nobody(&work),
    };
    if let Err(refusal) = door.window.deed(deed).await {
        return broken(work.reader, &refusal).into_response();
    }
    if known {
        return Redirect::to(&format!("{PERSONS}/{person}")).into_response();
    }
    let none = work
        .reader
        .say("本地没有这位参保人", "Nobody insured here has this number");
    let page = shown(work, &alert(none));
    Page {
        status: StatusCode::NOT_FOUND,
        ..page
    }
    .into_response()
}

/// Somebody was looked for whom the books do not have.
pub(super) fn nobody(work: &AtWork) -> Deed {
    Deed {
        about: "nobody".to_owned(),
        ..work.deed(Doing::Found)
    }
}

fn shown(work: AtWork, note: &Markup) -> Page {
    let t = |zh, en| work.reader.say(zh, en);
    let body = html! {
        (note)
        form.ask method="post" action="/agency" {
            label { span { (t("身份证号码", "Identity number")) }
                input name="identity_number" autocomplete="off" spellcheck="false" maxlength="40" size="20" required; }
            button { (t("按身份证号码查找", "Find by identity number")) }
        }
        form.ask method="post" action="/agency" {
            label { span { (t("参保人编号", "Number of the person")) }
                input name="number" autocomplete="off" inputmode="numeric" maxlength="40" size="20" required; }
            button { (t("按编号查找", "Find by number")) }
        }
        p.note { (t(
            "姓名加密保存，不能按姓名查找。每次查找和查看都记入操作日志。",
            "Names are kept sealed: nobody is found by a name. Every search and every look is written down in the log.",
        )) }
    };
    let reader = Reader {
        here: "/agency".to_owned(),
        ..work.reader.clone()
    };
    page(
        AtWork { reader, ..work },
        ("查找参保人", "Find a person"),
        &body,
    )
}
