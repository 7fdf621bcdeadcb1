//! 5201 and 5303: the visits of a person here, and where the person lies now.

use std::collections::BTreeMap;

use agency::domain::day::days_between;
use agency::domain::setting::Setting;
use agency::record::{Event, Paper};
use agency::visit::VisitState;
use agency::{Look, Refused, Seen};
use jiff::civil::Date;

use super::super::bill::spelt;
use super::super::fields::query::{IN_5201_DATA, OUT_5201_MDTRTINFO};
use super::super::fields::register_query::{IN_5303_DATA, OUT_5303_DATA};
use super::super::ids::VisitId;
use super::super::people::Somebody;
use super::super::refusal::Refusal;
use super::super::rows::{self, Said};
use super::super::work::{Done, Work};
use super::super::write::Out;
use super::{Range, node_of, opened};

/// A visit as it stands, and what its papers say.
struct Visit {
    state: VisitState,
    purchase: bool,
    said: Said,
}

/// The nodes in which a visit is told.
const NODES: [&str; 4] = ["mdtrtinfo", "adminfo", "dscginfo", "data"];

impl Visit {
    fn of(state: VisitState, purchase: bool) -> Visit {
        Visit {
            state,
            purchase,
            said: Said::default(),
        }
    }

    fn paper(&mut self, work: &Work<'_>, person: u64, paper: Option<&Paper>) {
        // Papers that are only filed with a visit do not tell it.
        const TELLING: [&str; 5] = ["2201", "2203", "2401", "2402", "2403"];
        let paper = paper.filter(|paper| TELLING.contains(&paper.kind.as_str()));
        let said = paper.and_then(|paper| opened(work, person, paper));
        if let Some(node) = said.as_ref().and_then(|said| node_of(said, &NODES)) {
            self.said.later(node.clone());
        }
    }

    /// A time as it was said, where its day is the one that stands; else the beginning of the day.
    fn time(&self, name: &str, day: Date) -> String {
        let said = self.said.text(name).and_then(super::super::read::time);
        let said = said.filter(|time| time.date() == day);
        spelt(said.unwrap_or_else(|| day.at(0, 0, 0, 0)))
    }

    fn is_stay(&self) -> bool {
        self.state.care.setting == Setting::Inpatient
    }

    fn ends(&self) -> Option<Date> {
        match self.is_stay() {
            true => self.state.discharged.or(self.state.care.when.until),
            false => Some(
                self.state
                    .care
                    .when
                    .until
                    .unwrap_or(self.state.care.when.from),
            ),
        }
    }

    /// Writes a field of the visit. A table.
    fn know(&self, work: &Work<'_>, out: &mut Out, name: &'static str) -> bool {
        let care = &self.state.care;
        match name {
            "begntime" => out.text(name, &self.time(name, care.when.from)),
            "begndate" => out.text(name, &care.when.from.to_string()),
            // An outpatient's visit ends when it begins, unless something else was said.
            "endtime" => {
                let same = |day: &Date| *day == care.when.from && self.said.of(name).is_none();
                let end = self.ends().map(|day| match same(&day) {
                    true => self.time("begntime", day),
                    false => self.time(name, day),
                });
                out.opt_text(name, end.as_deref())
            }
            "ipt_otp_no" => {
                let said = self.said.text(name).or(self.said.text("ipt_no"));
                out.opt_text(name, said)
            }
            "med_type" => out.text(name, care.called.as_deref().unwrap_or_default()),
            "dise_codg" => {
                let code = care.disease.as_deref().map(|name| work.disease_code(name));
                out.opt_text(name, code.as_deref())
            }
            "inhosp_stas" => {
                let inside = self.is_stay() && self.ends().is_none();
                out.text(name, if inside { "1" } else { "0" })
            }
            "ipt_days" => match self.ends().filter(|_| self.is_stay()) {
                Some(end) if end >= care.when.from => {
                    out.whole(name, u64::from(days_between(care.when.from, end)))
                }
                _ => out.null(name),
            },
            "out_flag" => out.text(name, "0"),
            _ => return false,
        };
        true
    }
}

/// 5201: visits of a person that began in a time; purchases are visits, too.
pub(in crate::wire) async fn visits(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, range, called, only) = work.read(|reader| {
        let data = reader.one(&IN_5201_DATA)?;
        let person = work.person(&data);
        let range = Range::read(&data);
        let called = data.opt_code("med_type")?.map(str::to_owned);
        let only = match data.opt_text("mdtrt_id")? {
            Some(_) => Some(work.visit(&data)?),
            None => None,
        };
        Ok((person?, range?, called, only))
    })?;
    let seen = here(work, person).await?;
    let visits = all(work, person).await?;
    let lane = work.window.agency.lane_of(person).number;
    let wanted = |entry: u64, visit: &Visit| {
        let care = &visit.state.care;
        let named = |only: VisitId| only.entry == entry && only.purchase == visit.purchase;
        let begins = |called: &String| {
            let known = care.called.as_deref().unwrap_or_default();
            known.starts_with(called.as_str())
        };
        !visit.state.cancelled
            && range.has(care.when.from)
            && only.is_none_or(named)
            && called.as_ref().is_none_or(begins)
    };
    let mut out = Out::new();
    out.list("mdtrtinfo", |rows| {
        for (entry, visit) in visits
            .iter()
            .filter(|(entry, visit)| wanted(**entry, visit))
        {
            let id = work.visit_id(lane, *entry, visit.purchase);
            let somebody = Somebody::seen(work, person, &seen, visit.state.care.when.from);
            let know = |out: &mut Out, name: &'static str| {
                if name == "mdtrt_id" {
                    out.text(name, &id);
                    return true;
                }
                let of_person = |one: &Somebody| one.know(work, out, name);
                somebody.as_ref().is_some_and(of_person) || visit.know(work, out, name)
            };
            rows.row(|out| {
                rows::write(out, &OUT_5201_MDTRTINFO, know, |name| visit.said.of(name));
            });
        }
    });
    Ok(Done::Output(out.json()))
}

/// The person, who must be somebody.
async fn here(work: &Work<'_>, person: u64) -> Result<Seen, Refusal> {
    let look = Look {
        person,
        ..Look::default()
    };
    let seen = work.look(look).await?;
    match seen.state {
        Some(_) => Ok(seen),
        None => Err(Refused::NoPerson(person).into()),
    }
}

/// The visits of a person here: a fold over the entries, as the agency makes it.
async fn all(work: &Work<'_>, person: u64) -> Result<BTreeMap<u64, Visit>, Refusal> {
    let mut visits = BTreeMap::new();
    for (row, event) in work.window.history(person).await? {
        let new = match &event {
            Event::VisitOpened(opened) => Some(Visit::of(VisitState::opened(&opened.care), false)),
            Event::Settled(settled) if settled.visit.is_none() => {
                Some(Visit::of(VisitState::opened(&settled.care), true))
            }
            _ => None,
        };
        let number = match new {
            Some(visit) => {
                visits.insert(row.seq, visit);
                row.seq
            }
            None => VisitState::of(&event).unwrap_or(0),
        };
        let Some(visit) = visits.get_mut(&number) else {
            continue;
        };
        if number != row.seq {
            let applied = visit.state.apply(&row, &event);
            applied.map_err(|found| Refused::Unavailable(format!("entry {}: {found}", row.seq)))?;
        }
        visit.paper(work, person, event.paper());
    }
    visits.retain(|_, visit| visit.state.care.facility == work.message.institution);
    Ok(visits)
}

/// 5303: whether and where a person lies here now.
pub(in crate::wire) async fn inside(work: &Work<'_>) -> Result<Done, Refusal> {
    let (person, range) = work.read(|reader| {
        let data = reader.one(&IN_5303_DATA)?;
        let person = match data.opt_text("psn_no")? {
            Some(_) => Some(work.person(&data)),
            None => None,
        };
        let range = Range::read(&data)?;
        Ok((person.transpose()?, range))
    })?;
    let Some(person) = person else {
        let zh = "在院信息须按人员编号查询";
        let en = "who lies in hospital is told of one person at a time";
        return Err(Refusal::door("person_needed", zh, en));
    };
    let seen = here(work, person).await?;
    let open = seen.state.as_ref().map(|state| state.visits.clone());
    let mut lying = Vec::new();
    for number in open.unwrap_or_default() {
        let look = Look {
            person,
            visit: Some(number),
            entries: vec![number],
            ..Look::default()
        };
        let found = work.look(look).await?;
        let Some(state) = found.visit else {
            continue;
        };
        let mut visit = Visit::of(state, false);
        let care = &visit.state.care;
        let here = care.facility == work.message.institution && range.has(care.when.from);
        if here && visit.is_stay() && visit.ends().is_none() && !visit.state.cancelled {
            let opening = found.entries.into_iter().flatten().next();
            let paper = opening.as_ref().and_then(|answer| answer.event.paper());
            visit.paper(work, person, paper);
            lying.push((number, visit));
        }
    }
    let lane = work.window.agency.lane_of(person).number;
    let mut out = Out::new();
    out.list("data", |rows| {
        for (number, visit) in &lying {
            let id = work.visit_id(lane, *number, false);
            let somebody = Somebody::seen(work, person, &seen, visit.state.care.when.from);
            let know = |out: &mut Out, name: &'static str| {
                if name == "mdtrt_id" {
                    out.text(name, &id);
                    return true;
                }
                let of_person = |one: &Somebody| one.know(work, out, name);
                somebody.as_ref().is_some_and(of_person) || visit.know(work, out, name)
            };
            rows.row(|out| rows::write(out, &OUT_5303_DATA, know, |name| visit.said.of(name)));
        }
    });
    Ok(Done::Output(out.json()))
}
