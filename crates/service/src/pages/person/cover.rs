//! Whether the person is covered today, by which clause; and how that came: enrolments and premiums.

use agency::domain::explain::Hearer;
use agency::domain::month::Month;
use agency::domain::registration::Registration;
use agency::office::Office;
use maud::{Markup, html};

use super::super::Reader;
use super::super::cover::covered;
use super::PersonRecord;

pub(super) fn today(record: &PersonRecord) -> Markup {
    let hearer = match record.own {
        true => Hearer::Person,
        false => Hearer::Other,
    };
    let told = covered(
        &record.reader,
        &record.office,
        &record.state,
        (record.today, hearer),
    );
    html! {
        section aria-labelledby="cover" {
            h2 #cover { (record.own_or(("今天能享受待遇吗？", "Am I covered today?"), ("今天能否享受待遇", "Covered today?"))) }
            (told)
        }
    }
}

pub(super) fn history(record: &PersonRecord) -> Markup {
    let membership = &record.state.membership;
    let lang = record.lang();
    let employer = |code: &String| {
        record
            .office
            .employers
            .get(code)
            .cloned()
            .unwrap_or_else(|| code.clone())
    };
    html! {
        h2 { (record.t("参保经历", "Enrolments")) }
        div.wide { table {
            thead { tr { th scope="col" { (record.t("自", "from")) } th scope="col" { (record.t("至", "until")) } th scope="col" { (record.t("身份", "status")) } } }
            tbody { @for enrolment in membership.enrolments.iter().rev() { tr {
                td { (enrolment.from) } td { @if let Some((until, _)) = enrolment.until { (until) } @else { (record.t("至今", "today")) } }
                td { (enrolment.status.name(lang)) }
            } } }
        } }
        @if let Some(code) = &record.state.employer { p { (record.t("单位：", "Employer: ")) (employer(code)) } }
        h2 { (record.t("缴费月份", "Months paid")) }
        @if membership.payments.is_empty() { p { (record.t("没有缴费记录", "Nothing was paid")) } }
        ul { @for paid in membership.payments.iter().rev() { li { (span(paid.first, paid.last)) } } }
        @if !record.state.registrations.is_empty() {
            h2 { (record.t("备案", "Registrations")) }
            ul { @for held in &record.state.registrations { li { (registered(&record.reader, &record.office, &held.registration)) } } }
        }
    }
}

/// The kind, the disease, where, and the days.
pub(in crate::pages) fn registered(
    reader: &Reader,
    office: &Office,
    held: &Registration,
) -> String {
    let mut parts = vec![held.kind.name(reader.lang).to_owned()];
    parts.extend(held.disease.as_ref().map(|id| disease(reader, office, id)));
    parts.extend(held.region.map(|region| region.to_string()));
    parts.extend(held.facility.as_ref().map(|code| {
        let known = office.institution(code, held.from).ok();
        known.map_or_else(|| code.clone(), |agreement| agreement.name.clone())
    }));
    parts.push(match held.until {
        Some(until) => format!("{} – {until}", held.from),
        None => held.from.to_string(),
    });
    parts.join(reader.say("，", ", "))
}

/// By the last policy that names it.
pub(in crate::pages) fn disease(reader: &Reader, office: &Office, id: &str) -> String {
    let policies = office.policies.current().iter().rev();
    let mut named = policies.flat_map(|version| &version.policy().diseases);
    let found = named.find(|(known, _)| known == id);
    found.map_or_else(
        || id.to_owned(),
        |(_, name)| name.lang(reader.lang).to_owned(),
    )
}

/// `2024-01` or `2024-01 – 2024-12`.
fn span(first: Month, last: Month) -> String {
    match first == last {
        true => first.to_string(),
        false => format!("{first} – {last}"),
    }
}
