//! Three lives to read: a person and a month of each, as a snapshot.

use domain::month::Month;
use std::fmt::Write as _;

use super::town;
use domain::person::Status;
use domain::words::Lang;
use town::{Disease, Event, Town, Townsman, Visit};

#[test]
fn three_persons_with_a_month_each() {
    let town = town(41, 20_000);
    let month = crate::month(2024, 3);
    let visits = |person: &Townsman| town.visits_of(person.number, month).collect::<Vec<_>>();
    let over_the_month = |visit: &Visit| visit.days.first().month() == 2;
    let people = || (0..town.persons()).filter_map(|number| town.person(number));
    let worker = people().find(|p| {
        let moved = |event: &Event| matches!(event, Event::ChangedEmployer { .. });
        town.events_of(p.number, month).any(|event| moved(&event)) && !visits(p).is_empty()
    });
    let pensioner =
        people().find(|p| p.status == Status::Retired && visits(p).iter().any(over_the_month));
    let child =
        people().find(|p| p.birth.year() > 2006 && p.family.is_some() && visits(p).len() > 1);
    let three = [worker, pensioner, child].map(|person| person.expect("there is one"));
    let mut text = String::new();
    for person in &three {
        tell(&mut text, &town, person, month).expect("a text takes all");
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(".");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("lives", text));
}

fn tell(text: &mut String, town: &Town, person: &Townsman, month: Month) -> std::fmt::Result {
    let (name, sex, birth) = (&person.name, person.sex, person.birth);
    let (number, identity_number) = (person.number, &person.identity_number);
    writeln!(text, "{number} {name} {identity_number} {sex:?} {birth}")?;
    let status = person.status.name(Lang::Zh).to_owned();
    let works_for = |employer| town.employer(employer).map(|e| e.code + " " + &e.name);
    let disease = |d: Disease| format!("{} {}", d.diagnosis(), d.name(Lang::Zh));
    let relative = |number| town.person(number).map(|p| format!("{number} {}", p.name));
    let identities = Some(person.identities.join(", "));
    for (what, told) in [
        ("status", Some(status)),
        ("identities", identities.filter(|told| !told.is_empty())),
        ("employer", person.employer.and_then(works_for)),
        ("wage", person.wage.map(|wage| wage.to_string())),
        ("retired", person.retired.map(|day| day.to_string())),
        ("chronic", person.chronic.map(disease)),
        ("family", person.family.and_then(relative)),
    ] {
        if let Some(told) = told {
            writeln!(text, "  {what}: {told}")?;
        }
    }
    for event in town.events_of(person.number, month) {
        writeln!(text, "  {} {}", event.day(), happened(&event))?;
    }
    for visit in town.visits_of(person.number, month) {
        paid(text, town, &visit)?;
    }
    writeln!(text)
}

fn happened(event: &Event) -> String {
    match event {
        Event::Born(_) => "is born".to_owned(),
        Event::ChangedEmployer { to, wage, .. } => format!("now works for {to}, wage {wage}"),
        Event::Retired(_) => "retires".to_owned(),
        Event::EmployerPaysLate { employer, paid, .. } => format!("{employer} pays on {paid}"),
        Event::MovedOut(_) => "moves away".to_owned(),
        Event::Died(_) => "dies".to_owned(),
    }
}

fn paid(text: &mut String, town: &Town, visit: &Visit) -> std::fmt::Result {
    let place = town.facility(visit.facility).expect("it is there");
    let (first, last) = (visit.days.first(), visit.days.settlement());
    let until = if first == last {
        String::new()
    } else {
        format!(" to {last}")
    };
    let disease = visit.disease.map_or("", |disease| disease.name(Lang::Zh));
    let what = format!("{} {disease}", visit.setting.name(Lang::Zh));
    let (code, name, total) = (place.code, place.name, visit.total());
    writeln!(
        text,
        "  {first}{until} {} {code} {name} {total}",
        what.trim_end()
    )?;
    let items = town.catalogue();
    for line in &visit.lines {
        let item = items.iter().find(|item| item.code == line.item);
        let name = item.expect("it is in the catalogue").name;
        let (class, amount) = (line.class.code(), line.amount.expect("it is stated"));
        let (day, quantity, price) = (
            line.day.expect("it has one"),
            line.quantity,
            line.unit_price,
        );
        writeln!(
            text,
            "    {day} {} {class} {quantity} × {price} = {amount} {name}",
            line.item
        )?;
    }
    Ok(())
}
