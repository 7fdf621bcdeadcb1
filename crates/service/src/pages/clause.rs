//! A clause with its standing, as every page tells it.

use agency::domain::Policy;
use agency::domain::cite::Cite;
use agency::domain::explain;
use agency::domain::words::Lang;
use maud::{Markup, html};

pub(super) fn cited(policy: &Policy, clause: &Cite, lang: Lang) -> Markup {
    html! {
        small.clause { (explain::cite(policy, clause, lang)) " · " (clause.standing.name(lang)) }
    }
}
