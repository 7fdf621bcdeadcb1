//! `House`: an agency behind a door with an employee and a resident, whose settlements a second book remembers.

use std::path::Path;
use std::sync::Arc;

use agency::act::Act;
use agency::domain::Fen;
use agency::domain::agreement::Agreement;
use agency::domain::bill::Scheme;
use agency::domain::facility::FacilityKind;
use agency::domain::membership::{Joining, Sex};
use agency::domain::person::Status;
use agency::domain::policy::contribution::{Contributor, PremiumPurse};
use agency::domain::region::Region;
use agency::domain::setting::Setting;
use agency::domain::step::{Effect, Payer};
use agency::record::money::Stated;
use agency::record::{Care, Cost, Enrolled, Event, When};
use agency::{Agency, Answer, Options, Place, Request};
use jiff::civil::{Date, DateTime, date};
use serde_json::{Value, json};
use service::auth::Doors;
use service::door::{Door, Incoming, Outgoing};
use service::settings::{Settings, Sources};
use service::window::Window;
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub(crate) const HOSPITAL: &str = "H31010000003";
pub(crate) const CENTRE: &str = "H31010000001";

/// An agency behind a door, and what was settled there.
pub(crate) struct House {
    pub(crate) door: Door,
    pub(crate) book: Vec<Booked>,
    runtime: Runtime,
    /// Removed when the house goes.
    _root: TempDir,
}

/// A settlement, or one that was taken back, as the second book has it; amounts in fen with their sign.
#[derive(Clone, Debug)]
pub(crate) struct Booked {
    pub(crate) institution: String,
    pub(crate) at: DateTime,
    pub(crate) person: u64,
    pub(crate) scheme: Scheme,
    pub(crate) setting: Setting,
    pub(crate) lane: u8,
    pub(crate) entry: u64,
    /// The settlement that is taken back.
    pub(crate) about: Option<usize>,
    pub(crate) total: i64,
    pub(crate) funds: i64,
    pub(crate) account: i64,
}

impl House {
    /// With `flags` as the settings of institutions.
    pub(crate) fn new() -> House {
        House::with("")
    }

    /// With a file of settings.
    pub(crate) fn with(settings: &str) -> House {
        let root = tempfile::tempdir().unwrap();
        let key = root.path().join("key");
        std::fs::write(&key, format!("{}\n", "5a".repeat(64))).unwrap();
        let options = Options {
            place: Place::Directory(root.path().join("data")),
            key,
            policies: Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies"),
            region: Region::parse("310000").unwrap(),
        };
        let agency = Agency::create(&options, 3).unwrap();
        agency.list_institutions(institutions()).unwrap();
        for person in [employee(), resident()] {
            enrol(&agency, person);
        }
        House {
            door: door(agency, root.path(), settings),
            book: Vec::new(),
            runtime: Runtime::new().unwrap(),
            _root: root,
        }
    }

    /// A bill of so many fen, recorded at a moment; its place in the book.
    pub(crate) fn settle(
        &mut self,
        (institution, person, setting): (&str, u64, Setting),
        at: DateTime,
        fen: u64,
    ) -> usize {
        let until = (setting == Setting::Inpatient).then_some(at.date());
        let when = When {
            from: at.date(),
            until,
        };
        let care = Care::new(institution, setting, when, Cost::Sums([0, 0, 0, 0, fen]));
        let key = format!("{institution}/2207/m{}", self.book.len());
        let answer = self.call(person, at, key, Act::Settle(Box::new(care)));
        let Event::Settled(settled) = &answer.event else {
            panic!("{answer:?}");
        };
        let paid = |of: fn(Payer) -> bool| -> i64 {
            let steps = settled.steps.iter().filter_map(|form| form.step());
            let paid = steps.filter(|step| matches!(step.effect, Effect::Paid(payer) if of(payer)));
            paid.map(|step| i64::try_from(step.amount.fen()).unwrap())
                .sum()
        };
        self.book.push(Booked {
            institution: institution.into(),
            at,
            person,
            scheme: settled.scheme,
            setting,
            lane: answer.lane.number,
            entry: answer.entry,
            about: None,
            total: paid(|_| true),
            funds: paid(Payer::is_fund),
            account: paid(|p| matches!(p, Payer::Current | Payer::Prior | Payer::Family)),
        });
        self.book.len() - 1
    }

    /// A settlement is taken back at a moment.
    pub(crate) fn take_back(&mut self, settled: usize, at: DateTime) -> usize {
        let booked = self.book[settled].clone();
        let key = format!("{}/2208/m{}", booked.institution, self.book.len());
        let act = Act::Reverse {
            entry: booked.entry,
            on: at.date(),
        };
        let answer = self.call(booked.person, at, key, act);
        self.book.push(Booked {
            at,
            entry: answer.entry,
            about: Some(settled),
            total: -booked.total,
            funds: -booked.funds,
            account: -booked.account,
            ..booked
        });
        self.book.len() - 1
    }

    /// The door alone, for those who come by HTTP.
    pub(crate) fn into_door(self) -> Arc<Door> {
        // A runtime must not end inside of another.
        self.runtime.shutdown_background();
        Arc::new(self.door)
    }

    fn call(&self, person: u64, at: DateTime, key: String, act: Act) -> Answer {
        let request = Request {
            at: Some(at),
            ..Request::keyed(person, key, act)
        };
        self.door.window.agency.call(request).unwrap()
    }

    /// A message of an institution as it is answered.
    pub(crate) fn say(&self, institution: &str, number: &str, id: &str, input: &Value) -> Outgoing {
        let message = json!({
            "infno": number, "msgid": id, "mdtrtarea_admvs": "310000", "insuplc_admdvs": "310000",
            "recer_sys_code": "TEST", "infver": "V1.0", "opter_type": "1", "opter": "01", "opter_name": "甲",
            "inf_time": "2024-04-01 10:00:00", "fixmedins_code": institution, "input": input,
        });
        let body = message.to_string();
        let incoming = Incoming {
            path: "/fsi/api/callService",
            headers: &|_| None,
            body: body.as_bytes(),
            address: "127.0.0.1".parse().unwrap(),
            file: None,
        };
        self.runtime.block_on(self.door.answer(&incoming))
    }

    /// The whole answer.
    pub(crate) fn answer(&self, institution: &str, number: &str, id: &str, input: &Value) -> Value {
        let outgoing = self.say(institution, number, id, input);
        assert_eq!(outgoing.status, 200);
        serde_json::from_slice(&outgoing.body).unwrap()
    }
}

pub(crate) const LI: u64 = 4;
pub(crate) const MEI: u64 = 8;

fn door(agency: Agency, root: &Path, file: &str) -> Door {
    let path = root.join("service.toml");
    std::fs::write(&path, file).unwrap();
    let settings = Settings::load(Sources {
        flags: &[("default_profile", "none".to_owned())],
        environment: &|_| None,
        file: Some(&path),
        home: root,
    });
    let settings = settings.unwrap();
    let doors = Doors::new(&settings);
    let doors = doors.unwrap_or_else(|_| panic!("no key is needed"));
    let window = Window::new(Arc::new(agency), [].into(), settings.sandbox);
    Door::new(window, settings, doors, None)
}

fn institutions() -> Vec<Agreement> {
    let agreement = |code: &str, level| Agreement {
        code: code.into(),
        name: code.into(),
        region: Region::parse("310000").unwrap(),
        kind: FacilityKind::General,
        level,
        community: code == CENTRE,
        tags: Vec::new(),
        from: date(2000, 1, 1),
        until: None,
        suspended: Vec::new(),
    };
    vec![agreement(HOSPITAL, 3), agreement(CENTRE, 1)]
}

/// Works and has an account.
fn employee() -> (u64, Enrolled, Fen) {
    let enrolled = Enrolled {
        status: Status::Active,
        birth: Some(date(1980, 5, 6)),
        identities: Vec::new(),
        base: Some(Fen::from_yuan(8000)),
        ..resident().1
    };
    (LI, enrolled, Fen::from_yuan(3000))
}

/// A child.
fn resident() -> (u64, Enrolled, Fen) {
    let enrolled = Enrolled {
        status: Status::Resident,
        joining: Joining::First,
        from: date(2024, 1, 1),
        birth: Some(date(2016, 3, 1)),
        sex: Some(Sex::Female),
        retired: None,
        identities: vec!["child".into()],
        employer: None,
        base: None,
        earlier_months: 0,
        sealed: None,
    };
    (MEI, enrolled, Fen::ZERO)
}

fn enrol(agency: &Agency, (person, enrolled, opening): (u64, Enrolled, Fen)) {
    // The policy has rows for employees; what a resident pays the collector states.
    let resident = enrolled.status == Status::Resident;
    let stated = resident.then(|| Stated {
        payer: Contributor::Person,
        into: PremiumPurse::Pooled,
        amount: Fen::from_yuan(8640),
    });
    let enrol = Request {
        lookup: Some(format!("{person:064x}")),
        ..Request::plain(person, Act::Enrol { enrolled, opening })
    };
    agency.call(enrol).unwrap();
    let pay = Act::Pay {
        first: 202_401,
        last: 202_412,
        base: None,
        stated: stated.into_iter().collect(),
        paid: date(2024, 1, 10),
    };
    agency.call(Request::plain(person, pay)).unwrap();
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}
