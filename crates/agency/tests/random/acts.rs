//! `Acts`: a stream of acts by a seed; most name things that exist, some are absurd in one place.

use agency::act::{Act, Returning, Settling};
use agency::record::money::{Heir, Stated};
use agency::record::{
    Care, Changed, Closed, Cost, Described, Discharged, Enrolled, FeeLine, Filed, Paper,
    Registered, VisitOpened, When,
};
use domain::Fen;
use domain::bill::{Category, ItemClass};
use domain::membership::{Joining, Leaving};
use domain::person::Status;
use domain::policy::contribution::{Contributor, PremiumPurse};
use domain::registration::RegistrationKind;
use domain::setting::Setting;
use fastrand::Rng;
use jiff::civil::{Date, date};

use crate::house::{CENTRE, FORMER, HOSPITAL, PHARMACY};

/// A stream of acts.
pub(crate) struct Acts {
    pub(crate) dice: Rng,
    pub(crate) people: [u64; 2],
    pub(crate) lanes: [u32; 2],
    /// The entry that was recorded last.
    pub(crate) last: u64,
    /// The visit that was opened last, and whose it is.
    pub(crate) visit: (u64, u64),
    /// The grant that was given last, and to whom.
    pub(crate) grant: ((u32, u64), u64),
}

impl Acts {
    /// Whose, and what.
    pub(crate) fn next(&mut self) -> (u64, Act) {
        let mut person = self.people[self.dice.usize(..2)];
        let act = match self.dice.u8(..24) {
            0..3 => self.membership(),
            3..6 => self.premium(),
            6..9 => self.account(),
            9..14 => Act::Settle(Box::new(self.care(false))),
            14..18 => {
                if !self.one_in(8) {
                    person = self.visit.1;
                }
                self.visit()
            }
            18..20 => {
                let (entry, on) = (self.entry(), self.day());
                Act::Reverse { entry, on }
            }
            20..23 if self.dice.bool() => {
                let on = self.day();
                let grant = self.grant.0;
                person = self.grant.1;
                Act::ReturnGrant { grant, on }
            }
            20..23 => self.family(),
            _ => self.leaving(),
        };
        (person, act)
    }

    fn one_in(&mut self, sides: u32) -> bool {
        self.dice.u32(..sides) == 0
    }

    fn day(&mut self) -> Date {
        match self.dice.u8(..40) {
            0 => Date::MIN,
            1 => Date::MAX,
            2 => date(0, 1, 1),
            _ => date(2024, self.dice.i8(1..13), self.dice.i8(1..29)),
        }
    }

    fn amount(&mut self) -> Fen {
        match self.dice.u8(..24) {
            0 => Fen::UNLIMITED,
            1 => Fen::LARGEST,
            2 => Fen::ZERO,
            _ => Fen::new(self.dice.u64(1..200_000)),
        }
    }

    fn month(&mut self) -> u32 {
        match self.dice.u8(..30) {
            0 => u32::MAX,
            1 => 0,
            2 => 999_912,
            3 => 101,
            _ => 202_401 + self.dice.u32(..12),
        }
    }

    /// Mostly one that was recorded a little before.
    fn entry(&mut self) -> u64 {
        match self.dice.u8(..20) {
            0 => u64::MAX,
            1 => 0,
            _ => self.last.saturating_sub(self.dice.u64(..6)),
        }
    }

    fn status(&mut self) -> Status {
        let all = [
            Status::Active,
            Status::Retired,
            Status::Flexible,
            Status::Resident,
        ];
        all[self.dice.usize(..4)]
    }

    fn membership(&mut self) -> Act {
        let from = self.day();
        match self.dice.u8(..6) {
            0..3 => {
                let birth = self.one_in(2).then(|| self.day());
                let base = self.one_in(2).then(|| self.amount());
                let enrolled = Enrolled {
                    status: self.status(),
                    joining: if self.one_in(2) {
                        Joining::First
                    } else {
                        Joining::Newborn
                    },
                    from: if self.one_in(3) {
                        from
                    } else {
                        date(2024, 1, 1)
                    },
                    birth: birth.or(Some(date(1960, 2, 29))),
                    sex: None,
                    retired: self.one_in(3).then_some(from),
                    identities: vec!["disabled".into()],
                    employer: Some("\u{0}\n".into()),
                    base,
                    earlier_months: if self.one_in(3) { u32::MAX } else { 0 },
                    sealed: self.one_in(2).then(|| "sealed".into()),
                };
                let opening = if self.one_in(4) {
                    self.amount()
                } else {
                    Fen::ZERO
                };
                Act::Enrol { enrolled, opening }
            }
            3 => Act::Change(Changed {
                from,
                status: self.one_in(2).then(|| self.status()),
                retired: self.one_in(2).then_some(from),
                identities: self.one_in(2).then(Vec::new),
                employer: self.one_in(2).then(String::new),
                base: self.one_in(2).then(|| self.amount()),
            }),
            4 => Act::Close(Closed {
                until: from,
                leaving: Leaving::Left,
            }),
            _ => Act::Register(Registered {
                kind: RegistrationKind::Disease,
                disease: self.one_in(2).then(|| "diabetes".into()),
                facility: self.one_in(2).then(|| HOSPITAL.into()),
                region: None,
                from,
                until: self.one_in(2).then(|| self.day()),
                paper: self.one_in(3).then(paper),
            }),
        }
    }

    fn premium(&mut self) -> Act {
        let first = self.month();
        let last = if self.one_in(3) { self.month() } else { first };
        let stated = Stated {
            payer: Contributor::Person,
            into: if self.one_in(2) {
                PremiumPurse::Account
            } else {
                PremiumPurse::Pooled
            },
            amount: self.amount(),
        };
        let count = self.dice.usize(..3);
        Act::Pay {
            first,
            last,
            base: self.one_in(4).then(|| self.amount()),
            stated: vec![stated; count],
            paid: self.day(),
        }
    }

    fn account(&mut self) -> Act {
        let day = self.day();
        match self.dice.u8(..6) {
            0..3 => Act::Credit {
                month: self.month(),
                on: day,
            },
            3 => Act::Interest { until: day },
            4 => Act::CloseYear { begins: day },
            _ => Act::Withdraw {
                amount: self.amount(),
                on: day,
            },
        }
    }

    fn care(&mut self, open: bool) -> Care {
        let setting = match self.dice.u8(..8) {
            0 => Setting::ALL[self.dice.usize(..Setting::ALL.len())],
            1..4 => Setting::Inpatient,
            _ => Setting::Outpatient,
        };
        let facility =
            [HOSPITAL, HOSPITAL, HOSPITAL, CENTRE, FORMER, PHARMACY][self.dice.usize(..6)];
        let from = self.day();
        let inpatient = setting == Setting::Inpatient;
        let until = (inpatient && !open || self.one_in(20)).then(|| self.day().max(from));
        let cost = if self.one_in(2) {
            Cost::Sums([0, 1, 2, 3, 4].map(|_| {
                if self.one_in(3) {
                    self.amount().fen()
                } else {
                    0
                }
            }))
        } else {
            let count = self.dice.usize(..4);
            Cost::Lines((0..count).map(|_| self.line()).collect())
        };
        Care {
            emergency: self.one_in(10),
            disease: self.one_in(20).then(|| "diabetes".into()),
            causes: if self.one_in(30) {
                vec!["third_party".into()]
            } else {
                Vec::new()
            },
            third_party_unpaid: self.one_in(20),
            spare_account: self.one_in(4),
            interim: self.one_in(30),
            ..Care::new(facility, setting, When { from, until }, cost)
        }
    }

    fn line(&mut self) -> FeeLine {
        let absurd = self.one_in(15);
        FeeLine {
            item: if absurd { "\n\"".into() } else { "item".into() },
            class: [ItemClass::A, ItemClass::B, ItemClass::C]
                [self.dice.usize(..12).saturating_sub(9)],
            category: Category::Drug,
            quantity: if absurd { self.dice.u64(..) } else { 10_000 },
            unit_price: if self.one_in(30) {
                u64::MAX
            } else {
                self.dice.u64(1..900_000_000)
            },
            amount: self.one_in(30).then(|| self.amount().fen()),
            limit: self.one_in(8).then(|| self.dice.u64(..)),
            first_share: self
                .one_in(3)
                .then(|| (self.dice.u32(..3), self.dice.u32(..4))),
            barred: self.one_in(10),
            hospital: self.one_in(10),
            tolerance: self.dice.u64(..6),
            day: self.one_in(2).then(|| self.day()),
            number: self.one_in(3).then(|| self.dice.u8(..).to_string()),
            batch: self.one_in(2).then(|| self.batch()),
            disease: self.one_in(20).then(|| "diabetes".into()),
            detail: self.one_in(5).then(|| "{}".into()),
        }
    }

    fn batch(&mut self) -> String {
        ["a", "b"][self.dice.usize(..2)].into()
    }

    /// What only a door asks.
    fn told(&mut self, visit: u64, on: Date) -> Act {
        match self.dice.u8(..8) {
            0 => Act::Describe(Box::new(Described {
                visit,
                setting: Setting::ALL[self.dice.usize(..Setting::ALL.len())],
                called: None,
                from: on,
                emergency: self.one_in(3),
                disease: None,
                causes: Vec::new(),
                paper: self.one_in(2).then(paper),
            })),
            1 => Act::Cancel { visit, on },
            2 => Act::RemoveBatch {
                visit,
                batch: self.batch(),
                on,
            },
            3 | 4 => Act::AddLines {
                visit,
                lines: Vec::new(),
                returns: vec![Returning {
                    of: self.dice.u8(..).to_string(),
                    quantity: self.dice.u64(..20_000),
                    amount: None,
                    number: None,
                    detail: None,
                }],
                on,
            },
            5 => Act::Undischarge { visit, on },
            6 => Act::File {
                filed: Box::new(Filed {
                    visit: self.one_in(2).then_some(visit),
                    paper: paper(),
                }),
                on,
            },
            _ => Act::Unregister {
                registered: self.entry(),
                on,
            },
        }
    }

    fn visit(&mut self) -> Act {
        let (mut visit, on) = (self.visit.0, self.day());
        if self.one_in(8) {
            visit = self.entry();
        }
        match self.dice.u8(..16) {
            12.. => self.told(visit, on),
            0..2 => Act::Open(Box::new(VisitOpened {
                care: self.care(true),
                paper: None,
            })),
            2..5 => {
                let count = self.dice.usize(..4);
                let lines = (0..count).map(|_| self.line()).collect();
                Act::AddLines {
                    visit,
                    lines,
                    returns: Vec::new(),
                    on,
                }
            }
            5 => Act::RemoveLines {
                visit,
                lines: vec![self.dice.u32(..3); self.dice.usize(..3)],
                on,
            },
            6..8 => Act::Discharge(Box::new(Discharged {
                visit,
                on,
                paper: None,
            })),
            8 => Act::Deposit {
                visit,
                amount: self.amount(),
                on,
            },
            _ => Act::SettleVisit(Settling {
                visit,
                interim: self.one_in(2).then_some(on),
                spare_account: self.one_in(2),
                spare_family: self.one_in(3),
                batch: self.one_in(3).then(|| self.batch()),
                stated: self.one_in(20).then(|| self.amount().fen()),
                ..Settling::default()
            }),
        }
    }

    fn family(&mut self) -> Act {
        let on = self.day();
        let other = self.dice.usize(..2);
        if !self.one_in(4) {
            let to = if self.one_in(20) {
                self.dice.u64(..1 << 63)
            } else {
                self.people[other]
            };
            let amount = self.amount();
            Act::Grant { to, amount, on }
        } else {
            let grant = (self.lanes[other], self.entry());
            Act::ReturnGrant { grant, on }
        }
    }

    fn leaving(&mut self) -> Act {
        let on = self.day();
        let other = self.dice.usize(..2);
        match self.dice.u8(..4) {
            0 => Act::Die {
                on,
                to: match self.dice.u8(..6) {
                    0..4 => Heir::Account(self.people[other], self.lanes[other]),
                    4 => Heir::Cash,
                    _ => Heir::Nobody,
                },
            },
            _ => Act::MoveOut {
                until: on,
                to: "elsewhere".into(),
            },
        }
    }
}

fn paper() -> Paper {
    Paper {
        kind: "paper".into(),
        body: "{}".into(),
    }
}
