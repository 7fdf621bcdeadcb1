//! What happens to the town's persons in a month: visits, births, changes of employer, retirements, moves, deaths.

use std::sync::Arc;

use agency::Request;
use agency::act::Act;
use agency::record::money::Heir;
use agency::record::{Care, Changed, Cost, FeeLine, When};
use agency::state::PersonState;
use domain::bill::{Days, Scheme};
use domain::month::Month;
use domain::person::Status;
use domain::setting::Setting;
use jiff::civil::Date;
use store::{Ask, LaneId};
use town::{Event, Townsman, Visit};

use super::{CHUNK, Run, in_order};
use crate::desk::stated::Stated;

/// Where those who move away go, as it is told.
const ELSEWHERE: &str = "330100";

/// A person who dies, and who may inherit.
struct Death {
    person: u64,
    on: Date,
    heir: Option<u64>,
}

/// In which setting care of a scheme is billed, if it is.
type Billed<'a> = dyn Fn(Scheme, Setting) -> Option<Setting> + Sync + 'a;

/// Something that is asked of the agency for the town.
enum Happens {
    Asked(Box<Request>),
    Died(Death),
}

impl Run<'_> {
    /// All that happens to the persons in a month, person by person, and in a life by the days; deaths last, since they are told
    /// to heirs in other lanes.
    pub(super) fn live(&mut self, month: Month) -> Result<(), String> {
        let mut deaths = Vec::new();
        for numbers in Arc::clone(&self.order).chunks(CHUNK) {
            let run = &*self;
            let known = run.known_settings(month);
            let happens = in_order(numbers, |number, done| {
                run.happens(number, month, &known, done);
            });
            let mut requests = Vec::new();
            for one in happens {
                match one {
                    Happens::Asked(request) => requests.push(*request),
                    Happens::Died(death) => deaths.push(death),
                }
            }
            self.bulk(requests)?;
            self.progress.add(numbers.len() as u64);
        }
        self.die(deaths)
    }

    fn happens(&self, number: u64, month: Month, known: &Billed<'_>, done: &mut Vec<Happens>) {
        let events: Vec<Event> = self.town.events_of(number, month).collect();
        let mut visits: Vec<Visit> = if self.visits {
            self.town.visits_of(number, month).collect()
        } else {
            Vec::new()
        };
        if events.is_empty() && visits.is_empty() {
            return;
        }
        let Some(townsman) = self.town.person(number) else {
            return;
        };
        let (person, _) = self.agency.find(&townsman.identity_number);
        visits.sort_by_key(|visit| visit.days.settlement());
        visits.retain_mut(
            |visit| match known(townsman.status.scheme(), visit.setting) {
                Some(setting) => {
                    visit.setting = setting;
                    true
                }
                None => false,
            },
        );
        let mut visits = visits.into_iter().peekable();
        for event in events {
            while let Some(visit) = visits.next_if(|v| v.days.settlement() < event.day()) {
                done.push(self.visit(person, visit));
            }
            self.event(&townsman, person, event, done);
        }
        done.extend(visits.map(|visit| self.visit(person, visit)));
    }

    /// In which setting care is billed: where the policy of the month has no rules for chronic diseases or emergencies it is an outpatient
    /// visit, where it has none for pharmacies nothing is billed.
    fn known_settings(
        &self,
        month: Month,
    ) -> impl Fn(Scheme, Setting) -> Option<Setting> + Sync + use<> {
        let office = self.agency.office();
        move |scheme, setting| {
            let version = office.policies.on(scheme, month.first_day()).ok()?;
            let has = |setting: &Setting| version.file.plan.stands_for(*setting).is_some();
            let instead = match setting {
                Setting::Pharmacy => None,
                _ => Some(Setting::Outpatient),
            };
            Some(setting).filter(has).or(instead.filter(has))
        }
    }

    fn visit(&self, person: u64, visit: Visit) -> Happens {
        let (from, until) = match visit.days {
            Days::Service(day) => (day, None),
            Days::Stay {
                admission,
                discharge,
            } => (admission, Some(discharge)),
        };
        let facility = usize::try_from(visit.facility).unwrap_or(usize::MAX);
        let facility = self.facilities.get(facility).map_or("", String::as_str);
        let lines = visit.lines.iter().map(FeeLine::of).collect();
        let care = Care::new(
            facility,
            visit.setting,
            When { from, until },
            Cost::Lines(lines),
        );
        Happens::Asked(Box::new(Request::plain(
            person,
            Act::Settle(Box::new(care)),
        )))
    }

    fn event(&self, townsman: &Townsman, person: u64, event: Event, done: &mut Vec<Happens>) {
        let nothing = |from: Date| Changed {
            from,
            status: None,
            retired: None,
            identities: None,
            employer: None,
            base: None,
        };
        let act = match event {
            Event::Born(day) => {
                done.push(Happens::Asked(Box::new(self.enrolment(townsman, day))));
                let first = Month::of(day);
                let stated = self.stated(&[Status::Resident], first);
                Act::Pay {
                    first: first.digits(),
                    last: first.plus(12 - i32::from(first.month())).digits(),
                    base: None,
                    stated: Stated::all(&stated, None),
                    paid: day,
                }
            }
            Event::ChangedEmployer { day, to, wage, .. } => {
                let to = usize::try_from(to).ok();
                Act::Change(Changed {
                    employer: to.and_then(|to| self.employers.get(to).cloned()),
                    base: Some(wage),
                    ..nothing(day)
                })
            }
            Event::Retired(day) => Act::Change(Changed {
                status: Some(Status::Retired),
                retired: Some(day),
                employer: Some(String::new()),
                ..nothing(day)
            }),
            Event::MovedOut(until) => Act::MoveOut {
                until,
                to: ELSEWHERE.to_owned(),
            },
            Event::Died(on) => {
                done.push(Happens::Died(Death {
                    person,
                    on,
                    heir: self.heir(townsman),
                }));
                return;
            }
            // Told by the employers' own months.
            Event::EmployerPaysLate { .. } => return,
        };
        done.push(Happens::Asked(Box::new(Request::plain(person, act))));
    }

    fn heir(&self, townsman: &Townsman) -> Option<u64> {
        let heir = self.town.person(townsman.family?)?;
        Some(self.agency.find(&heir.identity_number).0)
    }

    /// Deaths, one lane after the other: what one lane sends arrives before the next begins, so that the books are the same each time.
    fn die(&mut self, deaths: Vec<Death>) -> Result<(), String> {
        let mut by_lane: Vec<(LaneId, Vec<Request>)> = self
            .agency
            .lane_ids()
            .skip(1)
            .map(|lane| (lane, Vec::new()))
            .collect();
        for death in deaths {
            let to = self.inherits(&death)?;
            let act = Act::Die { on: death.on, to };
            let lane = self.agency.lane_of(death.person);
            for (of, requests) in &mut by_lane {
                if *of == lane {
                    requests.push(Request::plain(death.person, act.clone()));
                }
            }
        }
        for (_, requests) in by_lane {
            // Few enough at a time for the queue of any lane.
            let mut requests = requests.into_iter().peekable();
            while requests.peek().is_some() {
                self.bulk(requests.by_ref().take(1000).collect())?;
                for lane in self.agency.lane_ids() {
                    let waited = self.agency.read(lane, |store| store.head());
                    waited.map_err(|e| self.desk.stored(e))?;
                }
            }
        }
        Ok(())
    }

    /// An heir who lives and is enrolled has an account; others are paid in cash.
    fn inherits(&self, death: &Death) -> Result<Heir, String> {
        let Some(heir) = death.heir.filter(|heir| *heir != death.person) else {
            return Ok(Heir::Cash);
        };
        let lane = self.agency.lane_of(heir);
        let ask = Ask {
            persons: vec![heir],
            ..Ask::default()
        };
        let loaded = self.agency.read(lane, move |store| store.load(&ask));
        let loaded = loaded.map_err(|e| self.desk.stored(e))?;
        let row = loaded.persons.into_iter().flatten().next();
        let state = row.and_then(|row| PersonState::read(&row.state).ok());
        let lives = state.is_some_and(|state| state.heir.is_none());
        Ok(if lives {
            Heir::Account(heir, lane.digits())
        } else {
            Heir::Cash
        })
    }
}
