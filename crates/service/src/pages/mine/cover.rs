//! Whether the person is covered today, by which clause; and how that came: enrolments and premiums.

use agency::domain::explain::Hearer;
use agency::domain::month::Month;
use maud::{Markup, html};

use super::super::cover::covered;
use super::Mine;

pub(super) fn today(mine: &Mine) -> Markup {
    let told = covered(
        &mine.reader,
        &mine.office,
        &mine.state,
        (mine.today, Hearer::Person),
    );
    html! {
        section aria-labelledby="cover" {
            h2 #cover { (mine.t("今天能享受待遇吗？", "Am I covered today?")) }
            (told)
        }
    }
}

pub(super) fn history(mine: &Mine) -> Markup {
    let membership = &mine.state.membership;
    let lang = mine.lang();
    let employer = |code: &String| {
        mine.office
            .employers
            .get(code)
            .cloned()
            .unwrap_or_else(|| code.clone())
    };
    html! {
        h2 { (mine.t("参保经历", "Enrolments")) }
        div.wide { table {
            thead { tr { th scope="col" { (mine.t("自", "from")) } th scope="col" { (mine.t("至", "until")) } th scope="col" { (mine.t("身份", "status")) } } }
            tbody { @for enrolment in membership.enrolments.iter().rev() { tr {
                td { (enrolment.from) } td { @if let Some((until, _)) = enrolment.until { (until) } @else { (mine.t("至今", "today")) } }
                td { (enrolment.status.name(lang)) }
            } } }
        } }
        @if let Some(code) = &mine.state.employer { p { (mine.t("单位：", "Employer: ")) (employer(code)) } }
        h2 { (mine.t("缴费月份", "Months paid")) }
        @if membership.payments.is_empty() { p { (mine.t("没有缴费记录", "Nothing was paid")) } }
        ul { @for paid in membership.payments.iter().rev() { li { (span(paid.first, paid.last)) } } }
        @if !mine.state.registrations.is_empty() {
            h2 { (mine.t("备案", "Registrations")) }
            ul { @for held in &mine.state.registrations {
                li { (held.registration.kind.name(lang)) " " (held.registration.from)
                    @if let Some(until) = held.registration.until { " – " (until) } }
            } }
        }
    }
}

/// `2024-01` or `2024-01 – 2024-12`.
fn span(first: Month, last: Month) -> String {
    match first == last {
        true => first.to_string(),
        false => format!("{first} – {last}"),
    }
}
