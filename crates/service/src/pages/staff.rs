//! The agency's own pages, for its staff: each behind the gate of the right that it needs.

mod audit;
mod institutions;
mod log;
mod operators;
mod persons;
mod proposals;
mod proposing;
mod record;
mod told;
mod what_if;

use std::sync::Arc;

use agency::operator::Right;
use axum::Router;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::get;
use maud::{Markup, html};
use tower_sessions::Session;

use super::operator::{AtWork, gate, home, signed_in};
use super::{Page, Reader};
use crate::door::Door;

/// Where the pages are, and what each needs.
pub fn routes(door: &Arc<Door>) -> Router<Arc<Door>> {
    let look = Router::new()
        .merge(persons::routes())
        .merge(record::routes())
        .merge(what_if::routes())
        .merge(proposals::routes());
    let propose = proposing::routes().merge(proposals::withdrawing());
    Router::new()
        .route("/operator", get(begin))
        .merge(gate(door, Right::Look, look))
        .merge(gate(door, Right::Look, institutions::routes()))
        .merge(audit::routes(door))
        .merge(gate(door, Right::Unmask, record::unmasking()))
        .merge(gate(door, Right::Propose, propose))
        .merge(gate(door, Right::Decide, proposals::deciding()))
        .merge(gate(door, Right::Manage, operators::routes()))
        .merge(gate(door, Right::Manage, log::routes()))
}

/// To where the work of the role begins, or to sign in.
async fn begin(
    axum::extract::State(door): axum::extract::State<Arc<Door>>,
    session: Session,
) -> Redirect {
    match signed_in(&door, &session).await {
        Ok(Some(operator)) => Redirect::to(home(operator.role)),
        _ => Redirect::to("/operator/sign-in"),
    }
}

/// A page with the ways to the others over it that the role may go.
fn page(work: AtWork, title: (&'static str, &'static str), body: &Markup) -> Page {
    let AtWork { operator, reader } = work;
    let t = |zh, en| reader.say(zh, en);
    let sandbox = reader.places.sandbox;
    let places = [
        (Right::Look, "/agency", t("参保人", "Persons")),
        (
            Right::Look,
            "/agency/institutions",
            t("机构", "Institutions"),
        ),
        (Right::Look, "/agency/audit", t("核查", "Audit")),
        (Right::Look, "/agency/proposals", t("业务", "Proposals")),
        (Right::Manage, "/agency/operators", t("操作员", "Operators")),
        (Right::Manage, "/agency/log", t("操作日志", "Log")),
        // In a sandbox they stand over every page.
        (Right::Look, "/funds", t("基金", "Funds")),
        (Right::Reconcile, "/reconcile", t("对账", "Reconciling")),
        (Right::ReadMessages, "/trace", t("报文", "Messages")),
    ];
    let open = ["/funds", "/reconcile", "/trace"];
    let may = places
        .into_iter()
        .filter(|(right, path, _)| operator.may(*right) && !(sandbox && open.contains(path)));
    let body = html! {
        nav.places aria-label=(t("经办", "Agency")) {
            @for (_, path, name) in may { a href=(path) aria-current=[(reader.here == path).then_some("page")] { (name) } }
            (leave(&reader, &operator.called, operator.role.name(reader.lang)))
        }
        (body)
    };
    Page {
        title: t(title.0, title.1).to_owned(),
        reader,
        status: StatusCode::OK,
        body,
    }
}

/// Who is signed in, and the ways out.
pub(super) fn leave(reader: &Reader, called: &str, role: &str) -> Markup {
    html! {
        span.note { (called) " · " (role) }
        a href="/operator/password" { (reader.say("密码", "Password")) }
        form.plain method="post" action="/operator/sign-out" { button { (reader.say("退出", "Sign out")) } }
    }
}
