//! Whether somebody is covered on a day, as a sentence with its clause.

use agency::domain::explain::{self, Hearer};
use agency::domain::person::CoverageState;
use agency::office::Office;
use agency::state::PersonState;
use jiff::civil::Date;
use maud::{Markup, html};

use super::Reader;

pub(super) fn covered(
    reader: &Reader,
    office: &Office,
    state: &PersonState,
    (day, hearer): (Date, Hearer),
) -> Markup {
    let lang = reader.lang;
    let version = state
        .scheme(day)
        .and_then(|scheme| office.policies.on(scheme, day).ok());
    let Some(version) = version else {
        return html! { p.bad { (reader.say("没有参保记录，或本地没有今天的规则。", "There is no enrolment, or the region has no rules of today.")) } };
    };
    let policy = version.policy();
    let covered = policy.coverage(&state.membership, day);
    let is = covered.state == CoverageState::InForce;
    html! {
        p.good[is].bad[!is] { (explain::covered(&covered, day, hearer, lang)) }
        small.clause { (explain::cite(policy, covered.cite, lang)) " · " (covered.cite.standing.name(lang)) }
    }
}
