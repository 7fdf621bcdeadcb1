//! `Year`: a small town that lives with an agency month by month, and what is looked at after each act.

use std::collections::BTreeMap;

use agency::act::Act;
use agency::record::Enrolled;
use agency::{Answer, Refused, Request};
use domain::Fen;
use domain::agreement::Agreement;
use domain::membership::Joining;
use domain::person::Status;
use domain::region::Region;
use fastrand::Rng;
use jiff::civil::{Date, date};
use town::{Town, Townsman};

use crate::house::House;
use crate::house::mirror::Mirror;
use crate::judge::Judged;

/// A small town with an agency.
pub(crate) struct Year {
    pub(crate) house: House,
    pub(crate) town: Town,
    pub(crate) mirror: Mirror,
    pub(crate) dice: Rng,
    pub(crate) people: Vec<Townsman>,
    /// By code, how many acts were refused.
    pub(crate) refused: BTreeMap<&'static str, u64>,
    /// Requests that were sent again and answered alike.
    pub(crate) repeated: u64,
    pub(crate) lines: BTreeMap<u64, Life>,
    messages: u64,
}

/// What is remembered of a person from month to month.
#[derive(Clone, Debug, Default)]
pub(crate) struct Life {
    pub(crate) enrolled: bool,
    pub(crate) gone: bool,
    pub(crate) status: Option<Status>,
    /// A month whose premium is still to be paid.
    pub(crate) owes: Option<u32>,
    /// Grants that were received: giver's lane and entry.
    pub(crate) grants: Vec<(u32, u64)>,
    /// The last settlement and the act that made it.
    pub(crate) last: Option<(u64, Act)>,
}

impl Year {
    /// A town of so many persons from January 2024 on, with its institutions.
    pub(crate) fn new(seed: u64, region: &str, persons: u64) -> Year {
        let house = House::new(region, 3);
        let start = date(2024, 1, 1);
        let town = Town::new(seed, persons, start, Region::parse(region).unwrap());
        let agreements = town.facilities().into_iter().map(|f| Agreement {
            code: f.code,
            name: f.name,
            region: f.region,
            kind: f.facility.kind,
            level: f.facility.level,
            community: f.facility.community,
            tags: f.facility.tags,
            from: date(2000, 1, 1),
            until: None,
            suspended: Vec::new(),
        });
        house
            .agency
            .list_institutions(agreements.collect())
            .unwrap();
        let people = (0..persons)
            .filter_map(|number| town.person(number))
            .collect();
        Year {
            house,
            town,
            mirror: Mirror::default(),
            dice: Rng::with_seed(seed),
            people,
            refused: BTreeMap::new(),
            repeated: 0,
            lines: BTreeMap::new(),
            messages: 0,
        }
    }

    /// Lives for so many months; at the end of each everything is proven anew from the first entry on.
    pub(crate) fn lives(&mut self, months: i8, judged: &mut Judged) {
        for month in 1..=months {
            for at in 0..self.people.len() {
                self.month_of(at, month, judged);
            }
            let proven = self
                .mirror
                .prove(&self.house.agency, &mut |case| judged.judge(case));
            proven.unwrap_or_else(|e| panic!("month {month}: {e}"));
            Mirror::default()
                .prove(&self.house.agency, &mut |_| Ok(()))
                .unwrap();
            let transit = domain::ledger::LedgerAccount::InTransit.number().0;
            assert_eq!(self.mirror.balance(transit), 0, "month {month}: in transit");
        }
    }

    /// Asks, and looks at everything that came of it.
    pub(crate) fn ask(&mut self, request: Request, judged: &mut Judged) -> Result<Answer, Refused> {
        let told = format!("{request:?}");
        let answer = self.house.agency.call(request);
        assert_eq!(self.house.agency.settle_messages().unwrap(), 0, "{told}");
        match &answer {
            Err(Refused::Unavailable(why)) => panic!("{why}\n{told}"),
            Err(refused) => *self.refused.entry(refused.code()).or_default() += 1,
            Ok(_) => {}
        }
        let held = self
            .mirror
            .catch_up(&self.house.agency, &mut |case| judged.judge(case));
        held.unwrap_or_else(|e| panic!("{e}\n{told}"));
        answer
    }

    /// An act without a key.
    pub(crate) fn act(&mut self, person: u64, act: Act, judged: &mut Judged) -> Option<u64> {
        let answer = self.ask(Request::plain(person, act), judged);
        answer.ok().map(|answer| answer.entry)
    }

    /// An act with a key; now and then it comes again, or another with its key.
    pub(crate) fn keyed(&mut self, person: u64, act: Act, judged: &mut Judged) -> Option<u64> {
        self.messages += 1;
        let key = format!("H:{}", self.messages);
        let request = Request::keyed(person, key.clone(), act.clone());
        let answer = self.ask(request.clone(), judged);
        if self.dice.u8(..10) == 0 {
            let again = self.ask(request, judged);
            assert_eq!(again, answer, "the same key, another answer");
            self.repeated += 1;
        }
        if answer.is_ok() && self.dice.u8(..20) == 0 {
            let other = Act::CloseYear {
                begins: date(2031, 1, 1),
            };
            let other = self.ask(Request::keyed(person, key.clone(), other), judged);
            assert_eq!(other, Err(Refused::KeyReused(key)));
        }
        answer.ok().map(|answer| answer.entry)
    }

    /// The number of a townsman at the agency.
    pub(crate) fn number(&self, at: usize) -> u64 {
        self.house.agency.find(&self.people[at].identity_number).0
    }

    /// Enrols a townsman from a day on.
    pub(crate) fn enrol(&mut self, at: usize, from: Date, joining: Joining, judged: &mut Judged) {
        let man = self.people[at].clone();
        let (person, lookup) = self.house.agency.find(&man.identity_number);
        let employer = man.employer.and_then(|number| self.town.employer(number));
        let enrolled = Enrolled {
            status: man.status,
            joining,
            from,
            birth: Some(man.birth),
            sex: None,
            retired: man.retired,
            identities: man.identities.clone(),
            employer: employer.map(|employer| employer.code),
            base: man.wage,
            earlier_months: if man.status == Status::Retired {
                400
            } else {
                0
            },
            sealed: None,
        };
        let opening = match man.status {
            Status::Resident => Fen::ZERO,
            _ => Fen::new(self.dice.u64(..500_000)),
        };
        let request = Request {
            lookup: Some(lookup),
            ..Request::plain(person, Act::Enrol { enrolled, opening })
        };
        let answer = self.ask(request, judged);
        let life = self.lines.entry(at as u64).or_default();
        life.enrolled = answer.is_ok();
        life.status = Some(man.status);
    }
}
