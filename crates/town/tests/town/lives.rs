//! Three lives to read: a person and a month of each, as a snapshot.

use std::fmt::Write as _;

use super::town;
use domain::bill::Days;
use domain::person::Status;
use domain::words::Lang;
use town::{Event, Town, Townsman, Visit};

#[test]
fn three_persons_with_a_month_each() {
    let town = town(41, 5_000);
    let month = (2024, 3);
    let stays = |visit: Visit| matches!(visit.days, Days::Stay { .. });
    let people = || (0..town.persons()).filter_map(|number| town.person(number));
    let busy = |person: &Townsman| town.visits_of(person.number, month).count() >= 2;
    let worker = people().find(|p| p.employer.is_some() && p.family.is_some() && busy(p));
    let pensioner = people()
        .find(|p| p.status == Status::Retired && town.visits_of(p.number, month).any(stays));
    let patient = people().find(|p| {
        p.status == Status::Resident
            && p.chronic.is_some()
            && busy(p)
            && town.events_of(p.number, month).count() > 0
    });
    let mut text = String::new();
    for person in [worker, pensioner, patient].into_iter().flatten() {
        tell(&mut text, &town, &person, month).expect("a text takes all");
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(".");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("lives", text));
}

fn tell(text: &mut String, town: &Town, person: &Townsman, month: (i16, i8)) -> std::fmt::Result {
    let Townsman {
        number,
        name,
        identity_number,
        sex,
        birth,
        ..
    } = person;
    writeln!(
        text,
        "No {number} {name}, {identity_number}, {sex:?}, born {birth}"
    )?;
    writeln!(
        text,
        "  {} {}",
        person.status.name(Lang::Zh),
        person.identities.join(", ")
    )?;
    if let Some(employer) = person.employer.and_then(|number| town.employer(number)) {
        writeln!(text, "  works for {} {}", employer.code, employer.name)?;
    }
    for (what, told) in [
        ("wage", person.wage.map(|wage| wage.to_string())),
        ("retired", person.retired.map(|day| day.to_string())),
        (
            "chronic",
            person
                .chronic
                .map(|chronic| format!("{} {}", chronic.diagnosis(), chronic.name(Lang::Zh))),
        ),
        (
            "linked account of",
            person
                .family
                .and_then(|family| town.person(family))
                .map(|p| p.name),
        ),
    ] {
        if let Some(told) = told {
            writeln!(text, "  {what} {told}")?;
        }
    }
    for event in town.events_of(person.number, month) {
        happened(text, &event)?;
    }
    for visit in town.visits_of(person.number, month) {
        paid(text, town, &visit)?;
    }
    writeln!(text)
}

fn happened(text: &mut String, event: &Event) -> std::fmt::Result {
    writeln!(text, "  {} {event:?}", event.day())
}

fn paid(text: &mut String, town: &Town, visit: &Visit) -> std::fmt::Result {
    let place = town.facility(visit.facility).expect("it is there");
    let days = match visit.days {
        Days::Service(day) => day.to_string(),
        Days::Stay {
            admission,
            discharge,
        } => format!("{admission} to {discharge}"),
    };
    let setting = visit.setting.name(Lang::Zh);
    let disease = visit.disease.map_or("", |disease| disease.name(Lang::Zh));
    writeln!(
        text,
        "  {days} {setting} {} {} {disease} {}",
        place.code,
        place.name,
        visit.total()
    )?;
    for line in &visit.lines {
        let items = town.catalogue();
        let item = items
            .iter()
            .find(|item| item.code == line.item)
            .expect("it is in the catalogue");
        let (class, amount) = (line.class.code(), line.amount.expect("it is stated"));
        writeln!(
            text,
            "    {} {class} {} × {} = {amount}  {}",
            line.item, line.quantity, line.unit_price, item.name
        )?;
    }
    Ok(())
}
