//! The rules of every region, for anyone: which there are, what holds on a day, and what a reform changed.

mod asking;
mod changes;
mod held;
mod listed;
mod whole;

use std::sync::Arc;

use agency::domain::bill::Scheme;
use agency::domain::region::Region;
use agency::{Library, PolicyFile};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use jiff::civil::Date;
use maud::{Markup, html};

use super::alert::headed;
use super::{Page, Reader};
use crate::clock;
use crate::door::Door;

use asking::{Between, Form};

/// Where the pages are.
pub fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/policies", get(listed))
        .route("/policies/{region}/{scheme}", get(shown))
        .route("/policies/{region}/{scheme}/changes", get(changed))
}

/// The files of one region and scheme.
struct Files<'l> {
    library: &'l Library,
    region: Region,
    scheme: Scheme,
    days: Vec<Date>,
}

impl<'l> Files<'l> {
    /// As an address names them; none where there are none.
    fn of(library: &'l Library, region: &str, scheme: &str) -> Option<Files<'l>> {
        let region = Region::parse(region)?;
        let scheme = Scheme::from_code(scheme)?;
        let days = library.days(region, scheme);
        (!days.is_empty()).then_some(Files {
            library,
            region,
            scheme,
            days,
        })
    }

    /// Region and scheme, as people read them.
    fn title(&self, reader: &Reader) -> String {
        let known = self.library.of(self.region);
        let name = known.map_or("", |known| known.name.lang(reader.lang));
        format!("{name} · {}", self.scheme.name(reader.lang))
    }

    fn path(&self) -> String {
        format!("/policies/{}/{}", self.region, self.scheme.code())
    }

    /// The address of what changes from one file to another.
    fn changes(&self, from: Date, to: Date) -> String {
        format!("{}/changes?from={from}&to={to}", self.path())
    }

    /// The file before the one that begins on a day.
    fn before(&self, day: Date) -> Option<Date> {
        self.days.iter().copied().rev().find(|first| *first < day)
    }
}

async fn listed(State(door): State<Arc<Door>>, reader: Reader) -> Page {
    let body = listed::told(&reader, &door.window.library);
    Page {
        title: reader.say("政策", "Policies").to_owned(),
        reader,
        status: StatusCode::OK,
        body,
    }
}

async fn shown(
    State(door): State<Arc<Door>>,
    reader: Reader,
    Path((region, scheme)): Path<(String, String)>,
    Query(form): Query<Form>,
) -> Page {
    aside(reader, move |reader| {
        let Some(files) = Files::of(&door.window.library, &region, &scheme) else {
            return nowhere(reader);
        };
        let title = files.title(&reader);
        let (found, body) = match form.day(&reader, clock::now().date()) {
            Err(why) => (
                false,
                html! { (fault(&reader, &why)) (listed::days(&reader, &files)) },
            ),
            Ok(day) => match files.library.in_force(files.region, files.scheme, day) {
                Ok(file) => (true, policy(&reader, &files, &file, (&form, day))),
                Err(unfit) => {
                    let why = unfit.describe(reader.lang);
                    (
                        false,
                        html! { (fault(&reader, &why)) (listed::days(&reader, &files)) },
                    )
                }
            },
        };
        Page {
            title,
            reader,
            status: status(found),
            body,
        }
    })
    .await
}

/// What holds at the chosen point, then what holds for all.
fn policy(reader: &Reader, files: &Files<'_>, file: &PolicyFile, asked: (&Form, Date)) -> Markup {
    let (form, day) = asked;
    let policy = &file.plan.policy;
    let chosen = form.chosen(&file.plan);
    html! {
        p.note {
            (reader.say("查询日", "on")) " " (day) " · " (reader.say("本文件自", "this file holds from")) " " (policy.effective)
            @if let Some(ends) = policy.ends { " " (reader.say("至", "to")) " " (ends) }
        }
        @if let Some(before) = files.before(policy.effective) {
            p { a href=(files.changes(before, policy.effective)) { (reader.say("与上一份相比的变化", "What changed from the file before")) } }
        }
        (form.shown(reader, files, &file.plan, (&chosen, day)))
        (held::told(reader, &file.plan, &chosen))
        (whole::told(reader, &file.plan))
        (listed::days(reader, files))
    }
}

async fn changed(
    State(door): State<Arc<Door>>,
    reader: Reader,
    Path((region, scheme)): Path<(String, String)>,
    Query(between): Query<Between>,
) -> Page {
    aside(reader, move |reader| {
        let Some(files) = Files::of(&door.window.library, &region, &scheme) else {
            return nowhere(reader);
        };
        let told = changes::told(&reader, &files, &between);
        let (found, title, body) = match told {
            Ok((title, body)) => (true, title, body),
            Err(why) => (false, files.title(&reader), fault(&reader, &why)),
        };
        let body = html! { (body) (listed::days(&reader, &files)) };
        Page {
            title,
            reader,
            status: status(found),
            body,
        }
    })
    .await
}

/// Files are read and laid on each other off the threads that answer.
async fn aside(reader: Reader, told: impl FnOnce(Reader) -> Page + Send + 'static) -> Page {
    let kept = reader.clone();
    let page = tokio::task::spawn_blocking(move || told(reader)).await;
    page.unwrap_or_else(|_| {
        let why = kept.say("未能完成，请重试", "it was not finished; try again");
        Page {
            title: kept.say("政策", "Policies").to_owned(),
            body: fault(&kept, why),
            reader: kept,
            status: StatusCode::NOT_FOUND,
        }
    })
}

fn nowhere(reader: Reader) -> Page {
    let why = reader.say(
        "没有收录该统筹区或险种的政策",
        "There is no policy of such a region or scheme",
    );
    Page {
        title: reader.say("政策", "Policies").to_owned(),
        status: StatusCode::NOT_FOUND,
        body: html! {
            (fault(&reader, why))
            p { a href="/policies" { (reader.say("全部统筹区", "All regions")) } }
        },
        reader,
    }
}

fn fault(reader: &Reader, why: &str) -> Markup {
    let heading = reader.say("没有可显示的内容", "There is nothing to show");
    headed(heading, why)
}

/// A page that is, or is not, what was looked for.
const fn status(found: bool) -> StatusCode {
    match found {
        true => StatusCode::OK,
        false => StatusCode::NOT_FOUND,
    }
}
