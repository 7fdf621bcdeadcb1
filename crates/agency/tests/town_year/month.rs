//! A month of one townsman: what happens to him, what is paid, what he is treated for, and what is corrected.

use agency::act::{Act, Settling};
use agency::record::money::{Heir, Stated};
use agency::record::{Care, Changed, Cost, Discharged, FeeLine, Registered, VisitOpened, When};
use domain::Fen;
use domain::bill::Days;
use domain::membership::Joining;
use domain::month::Month;
use domain::person::Status;
use domain::policy::contribution::{Contributor, PremiumPurse};
use domain::registration::RegistrationKind;
use domain::setting::Setting;
use jiff::civil::Date;
use town::{Event, Visit};

use crate::judge::Judged;
use crate::year::Year;

impl Year {
    /// A month of one townsman.
    pub(crate) fn month_of(&mut self, at: usize, month: i8, judged: &mut Judged) {
        let man = self.people[at].clone();
        let first = Date::constant(2024, month, 1);
        if month == 1 && man.birth < first {
            self.enrol(at, first, Joining::First, judged);
            if let Some(disease) = man.chronic {
                self.register(at, disease.code(), first, judged);
            }
        }
        let events: Vec<Event> = self.town.events_of(man.number, Month::of(first)).collect();
        for event in &events {
            if let Event::Born(day) = event {
                self.enrol(at, *day, Joining::Newborn, judged);
            }
        }
        let life = self.lines.entry(at as u64).or_default();
        if !life.enrolled || life.gone {
            return;
        }
        self.premiums(at, month, &events, judged);
        self.account(at, month, judged);
        for visit in self
            .town
            .visits_of(man.number, Month::of(first))
            .collect::<Vec<_>>()
        {
            self.visit(at, &visit, judged);
        }
        self.correction(at, first.last_of_month(), judged);
        self.family(at, first.last_of_month(), judged);
        for event in events {
            self.event(at, event, judged);
        }
    }

    fn register(&mut self, at: usize, disease: &str, from: Date, judged: &mut Judged) {
        let person = self.number(at);
        let registered = Registered {
            kind: RegistrationKind::Disease,
            disease: Some(disease.to_owned()),
            facility: None,
            region: None,
            from,
            until: None,
            paper: None,
        };
        self.act(person, Act::Register(registered), judged);
    }

    /// Of the month; one that is late comes with the next, after the bills of the month.
    fn premiums(&mut self, at: usize, month: i8, events: &[Event], judged: &mut Judged) {
        let person = self.number(at);
        let digits = 202_400 + u32::from(month.unsigned_abs());
        let day = Date::constant(2024, month, 20);
        let status = self.life(at).status;
        if let Some(owed) = self.life(at).owes.take() {
            self.pay(person, (owed, owed), day, judged);
        }
        let late = events
            .iter()
            .any(|e| matches!(e, Event::EmployerPaysLate { .. }));
        match status {
            Some(Status::Active | Status::Flexible) if late || self.dice.u8(..30) == 0 => {
                self.life(at).owes = Some(digits);
            }
            Some(Status::Active | Status::Flexible) => {
                self.pay(person, (digits, digits), day, judged);
            }
            Some(Status::Resident) if month == 1 || self.mirror_has_no_premium(person) => {
                self.pay(person, (202_401, 202_412), day, judged);
            }
            _ => {}
        }
    }

    fn mirror_has_no_premium(&self, person: u64) -> bool {
        self.mirror
            .person(person)
            .state
            .membership
            .payments
            .is_empty()
    }

    /// By the policy's rows, or as the collector states it where there are none.
    fn pay(&mut self, person: u64, (first, last): (u32, u32), paid: Date, judged: &mut Judged) {
        let pay = |stated| Act::Pay {
            first,
            last,
            base: None,
            stated,
            paid,
        };
        let by_rows = self.act(person, pay(Vec::new()), judged);
        if by_rows.is_none() {
            let stated = Stated {
                payer: Contributor::Person,
                into: PremiumPurse::Pooled,
                amount: Fen::new(self.dice.u64(30_000..90_000)),
            };
            self.act(person, pay(vec![stated]), judged);
        }
    }

    fn account(&mut self, at: usize, month: i8, judged: &mut Judged) {
        let person = self.number(at);
        if self.life(at).status == Some(Status::Resident) {
            return;
        }
        let month = Month::new(2024, month).unwrap();
        let of = if self.dice.bool() {
            month
        } else {
            month.previous()
        };
        let digits =
            100 * u32::from(of.year().unsigned_abs()) + u32::from(of.month().unsigned_abs());
        let on = month.first_day().saturating_add(jiff::Span::new().days(24));
        let credited = self.act(person, Act::Credit { month: digits, on }, judged);
        if let Some(entry) = credited.filter(|_| self.dice.u8(..12) == 0) {
            self.act(person, Act::Reverse { entry, on }, judged);
            self.act(person, Act::Reverse { entry, on }, judged);
            self.act(person, Act::Credit { month: digits, on }, judged);
        }
        if month.month() % 3 == 0 {
            self.act(
                person,
                Act::Interest {
                    until: month.last_day(),
                },
                judged,
            );
        }
        if self.dice.u8(..20) == 0 {
            let begins = month.first_day();
            self.act(person, Act::CloseYear { begins }, judged);
        }
    }

    fn visit(&mut self, at: usize, visit: &Visit, judged: &mut Judged) {
        let person = self.number(at);
        let facility = self.town.facility(visit.facility).unwrap();
        let (from, until) = match visit.days {
            Days::Service(day) => (day, None),
            Days::Stay {
                admission,
                discharge,
            } => (admission, Some(discharge)),
        };
        let lines: Vec<FeeLine> = visit.lines.iter().map(FeeLine::of).collect();
        let disease = visit.disease.filter(|_| self.dice.bool());
        let care = Care {
            disease: disease.map(|disease| disease.code().to_owned()),
            spare_account: self.dice.u8(..10) == 0,
            emergency: visit.setting == Setting::Emergency,
            ..Care::new(
                &facility.code,
                visit.setting,
                When { from, until },
                Cost::Lines(lines.clone()),
            )
        };
        if visit.setting == Setting::Inpatient && self.dice.u8(..3) > 0 {
            self.stay(at, care, lines, until.unwrap(), judged);
            return;
        }
        let act = Act::Settle(Box::new(care));
        if let Some(entry) = self.keyed(person, act.clone(), judged) {
            self.life(at).last = Some((entry, act));
        }
    }

    /// A stay in parts: opened, its lines in two portions, often settled in between, discharged, settled.
    fn stay(
        &mut self,
        at: usize,
        care: Care,
        lines: Vec<FeeLine>,
        until: Date,
        judged: &mut Judged,
    ) {
        let person = self.number(at);
        let from = care.when.from;
        let open = Care {
            when: When { from, until: None },
            cost: Cost::none(),
            ..care
        };
        let Some(visit) = self.keyed(
            person,
            Act::Open(Box::new(VisitOpened {
                care: open,
                paper: None,
            })),
            judged,
        ) else {
            return;
        };
        if self.dice.bool() {
            let amount = Fen::new(self.dice.u64(1..500_000));
            self.act(
                person,
                Act::Deposit {
                    visit,
                    amount,
                    on: from,
                },
                judged,
            );
        }
        let half = lines.len() / 2;
        for lines in [lines[..half].to_vec(), lines[half..].to_vec()] {
            self.keyed(
                person,
                Act::AddLines {
                    visit,
                    lines,
                    returns: Vec::new(),
                    on: until,
                },
                judged,
            );
            if self.dice.u8(..3) == 0 {
                let interim = Act::SettleVisit(Settling {
                    visit,
                    interim: Some(until),
                    spare_account: false,
                    ..Settling::default()
                });
                let entry = self.keyed(person, interim, judged);
                if let Some(entry) = entry.filter(|_| self.dice.bool()) {
                    self.act(person, Act::Reverse { entry, on: until }, judged);
                }
            }
        }
        let taken = vec![self.dice.u32(..9)];
        self.act(
            person,
            Act::RemoveLines {
                visit,
                lines: taken,
                on: until,
            },
            judged,
        );
        self.act(
            person,
            Act::Discharge(Box::new(Discharged {
                visit,
                on: until,
                paper: None,
            })),
            judged,
        );
        let act = Act::SettleVisit(Settling {
            visit,
            interim: None,
            spare_account: false,
            ..Settling::default()
        });
        if let Some(entry) = self.keyed(person, act.clone(), judged) {
            self.life(at).last = Some((entry, act));
        }
    }

    /// Now and then the last settlement is taken back, which restores everything, and made again, which comes to the same.
    fn correction(&mut self, at: usize, on: Date, judged: &mut Judged) {
        let person = self.number(at);
        let Some((entry, act)) = self.life(at).last.clone() else {
            return;
        };
        if self.dice.u8(..5) != 0 {
            return;
        }
        let back = Act::Reverse { entry, on };
        if self.keyed(person, back.clone(), judged).is_none() {
            return;
        }
        assert_eq!(
            self.act(person, back, judged),
            None,
            "it was taken back twice"
        );
        let restored = self.mirror.person(person).clone();
        let again = self.keyed(person, act.clone(), judged);
        if let Some(entry) = again {
            self.act(person, Act::Reverse { entry, on }, judged);
            let after = &self.mirror.person(person);
            assert_eq!(after.money, restored.money);
            assert_eq!(after.years, restored.years);
            assert_eq!(after.state.years, restored.state.years);
            let last = self.keyed(person, act.clone(), judged);
            self.life(at).last = last.map(|entry| (entry, act));
        }
    }

    /// Grants to a relative, and back.
    fn family(&mut self, at: usize, on: Date, judged: &mut Judged) {
        let person = self.number(at);
        if let Some(grant) = self.life(at).grants.pop() {
            if self.dice.bool() {
                self.act(person, Act::ReturnGrant { grant, on }, judged);
            } else {
                self.life(at).grants.push(grant);
            }
        }
        let Some(relative) = self.people[at].family.filter(|_| self.dice.u8(..6) == 0) else {
            return;
        };
        let (giver, amount) = (
            self.number(relative as usize),
            Fen::new(self.dice.u64(1..100_000)),
        );
        let entry = self.act(
            giver,
            Act::Grant {
                to: person,
                amount,
                on,
            },
            judged,
        );
        let lane = self.house.agency.lane_of(giver).digits();
        self.life(at)
            .grants
            .extend(entry.map(|entry| (lane, entry)));
    }

    fn event(&mut self, at: usize, event: Event, judged: &mut Judged) {
        let person = self.number(at);
        let changed = |from, status, employer, base| {
            Act::Change(Changed {
                from,
                status,
                retired: (status == Some(Status::Retired)).then_some(from),
                identities: None,
                employer,
                base,
            })
        };
        match event {
            Event::Born(_) | Event::EmployerPaysLate { .. } => {}
            Event::ChangedEmployer { day, to, wage, .. } => {
                let code = self.town.employer(to).map(|employer| employer.code);
                self.act(person, changed(day, None, code, Some(wage)), judged);
            }
            Event::Retired(day) => {
                let act = changed(day, Some(Status::Retired), Some(String::new()), None);
                if self.act(person, act, judged).is_some() {
                    self.life(at).status = Some(Status::Retired);
                }
            }
            Event::Died(day) => {
                let heir = match (self.people[at].family, self.dice.bool()) {
                    (Some(relative), true) => {
                        let heir = self.number(relative as usize);
                        Heir::Account(heir, self.house.agency.lane_of(heir).digits())
                    }
                    (None, true) => Heir::Nobody,
                    _ => Heir::Cash,
                };
                self.life(at).gone = self
                    .act(person, Act::Die { on: day, to: heir }, judged)
                    .is_some();
            }
            Event::MovedOut(day) => {
                let act = Act::MoveOut {
                    until: day,
                    to: "440100".into(),
                };
                self.life(at).gone = self.act(person, act, judged).is_some();
            }
        }
    }

    fn life(&mut self, at: usize) -> &mut crate::year::Life {
        self.lines.entry(at as u64).or_default()
    }
}
