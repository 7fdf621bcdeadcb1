//! `Been`: a house with its staff, in which one person has been ill three times; its agency in hand.

use std::sync::Arc;

use agency::act::Act;
use agency::deed::{Deed, Doing};
use agency::domain::setting::Setting;
use agency::domain::step::Totals;
use agency::proposal::{Proposal, Stand};
use agency::record::{Care, Cost, Event, Settled, When};
use agency::{Agency, Answer, DeedAsk, Numbered, Request, audit};
use axum::Router;
use axum::http::{StatusCode, header};
use jiff::civil::{Date, date};
use service::codes::Delivery;

use crate::house::{CENTRE, HOSPITAL, LI, Rest};
use crate::operators::at_work;
use crate::visitor::{Shown, Visitor, pages, staffed};

/// A house with its agency in hand, in which one person has been ill three times.
pub(crate) struct Been {
    pub(crate) router: Router,
    pub(crate) agency: Arc<Agency>,
    rest: Rest,
    pub(crate) person: u64,
    /// Settlements in their order: outpatient, at a community centre, a stay.
    pub(crate) entries: Vec<u64>,
}

impl Been {
    pub(crate) async fn open() -> Been {
        let opened = tokio::task::spawn_blocking(|| {
            let house = staffed();
            let agency = Arc::clone(&house.door.window.agency);
            let (person, _) = agency.find(LI);
            let cares = [
                care(
                    HOSPITAL,
                    Setting::Outpatient,
                    date(2026, 3, 5),
                    None,
                    220_055,
                ),
                care(CENTRE, Setting::Outpatient, date(2026, 3, 9), None, 90_001),
                care(
                    HOSPITAL,
                    Setting::Inpatient,
                    date(2026, 4, 1),
                    Some(date(2026, 4, 9)),
                    4_321_099,
                ),
            ];
            let settle = |care| settled(&agency, person, care, false).entry;
            let entries = cares.into_iter().map(settle).collect();
            (house, agency, person, entries)
        });
        let (house, agency, person, entries) = opened.await.unwrap();
        let (router, rest) = pages(house, Delivery::Off);
        Been {
            router,
            agency,
            rest,
            person,
            entries,
        }
    }

    pub(crate) fn path(&self, path: &str) -> String {
        let path = path.replace("/N", &format!("/{}", self.person));
        path.replace("/E", &format!("/{}", self.entries[0]))
    }

    pub(crate) async fn at_work(&self, name: &str) -> Visitor {
        at_work(&self.router, name).await
    }

    /// All that was written down, the first one first.
    pub(crate) async fn deeds(&self) -> Vec<Deed> {
        let ask = DeedAsk {
            most: 1000,
            ..DeedAsk::default()
        };
        let read = self.told(move |agency, tell| {
            agency.deeds(ask, move |deeds| tell.send(deeds).unwrap());
        });
        let found = read.await.unwrap().found;
        found.into_iter().rev().map(|(_, deed)| deed).collect()
    }

    /// Reads what the office tells without being waited for.
    async fn told<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Agency, std::sync::mpsc::Sender<T>) + Send + 'static,
    ) -> T {
        let agency = Arc::clone(&self.agency);
        let read = tokio::task::spawn_blocking(move || {
            let (tell, told) = std::sync::mpsc::channel();
            ask(&agency, tell);
            told.recv().unwrap()
        });
        read.await.unwrap()
    }

    pub(crate) async fn proposal(&self, number: u64) -> Proposal {
        let read = self.told(move |agency, tell| {
            agency.proposal(number, move |read| tell.send(read).unwrap());
        });
        read.await.unwrap().unwrap()
    }

    /// The proposals that wait, the first one first.
    async fn open_ones(&self) -> Vec<Numbered> {
        let read = self.told(|agency, tell| {
            agency.proposals(move |read| tell.send(read).unwrap());
        });
        read.await.unwrap().0
    }

    /// A clerk sends a form of the person's record; the number of the proposal that comes of it.
    pub(crate) async fn proposed(&self, clerk: &mut Visitor, form: &str, fields: &str) -> u64 {
        let before = self.open_ones().await.len();
        let path = self.path(&format!("/agency/persons/N/{form}"));
        assert_eq!(
            location(&clerk.send(&path, fields).await),
            "/agency/proposals"
        );
        let open = self.open_ones().await;
        assert_eq!(open.len(), before + 1);
        open.last().unwrap().0
    }

    /// What a clerk proposed on a day.
    pub(crate) async fn proposed_on(&self, act: Act, day: Date) -> u64 {
        let proposal = Proposal {
            person: self.person,
            act,
            why: "charged twice".to_owned(),
            by: "c.clerk".to_owned(),
            at: Some(day.at(9, 0, 0, 0)),
            stand: Stand::Open,
            decided_by: None,
            carried_out_by: None,
            told: String::new(),
            entry: None,
        };
        let deed = Deed {
            by: "c.clerk".to_owned(),
            role: None,
            at: day.at(9, 0, 0, 0),
            what: Doing::Proposed,
            person: Some(self.person),
            about: String::new(),
            why: "charged twice".to_owned(),
        };
        let proposed = self.told(move |agency, tell| {
            agency.propose(proposal, deed, move |done| tell.send(done).unwrap());
        });
        proposed.await.unwrap().unwrap()
    }

    /// A form of a proposal.
    pub(crate) async fn decides(&self, visitor: &mut Visitor, number: u64, form: &str) -> Shown {
        let path = format!("/agency/proposals/{number}/{form}");
        visitor.send(&path, "why=it+is+so").await
    }

    /// The person's entries.
    pub(crate) async fn history(&self) -> Vec<(u64, Event)> {
        let (agency, person) = (Arc::clone(&self.agency), self.person);
        let read = tokio::task::spawn_blocking(move || agency.history(person).unwrap());
        let history = read.await.unwrap();
        history
            .into_iter()
            .map(|(row, event)| (row.seq, event))
            .collect()
    }

    /// As long as this is kept, the database can be read and nothing can be written in it.
    pub(crate) fn shut(&self, database: &str) -> rusqlite::Connection {
        let database = self.rest.database(database);
        let other = rusqlite::Connection::open(database).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        other
    }

    /// Nothing that was done has broken the books.
    pub(crate) async fn end(self) {
        let agency = self.agency;
        let audited = tokio::task::spawn_blocking(move || audit::audit(&agency, |_| {}));
        let report = audited.await.unwrap().unwrap();
        assert!(report.is_clean(), "{:?}", report.breaks);
        self.rest.end().await;
    }
}

pub(crate) fn care(
    facility: &str,
    setting: Setting,
    from: Date,
    until: Option<Date>,
    fen: u64,
) -> Care {
    let cost = Cost::Sums([0, 1_000, 0, 2_000, fen]);
    Care::new(facility, setting, When { from, until }, cost)
}

pub(crate) fn settled(agency: &Agency, person: u64, care: Care, trial: bool) -> Answer {
    let act = Act::Settle(Box::new(care));
    let request = match trial {
        true => Request::trial(person, act),
        false => Request::plain(person, act),
    };
    agency.call(request).unwrap()
}

pub(crate) fn totals(settled: &Settled) -> Totals {
    let steps: Vec<_> = settled
        .steps
        .iter()
        .filter_map(|form| form.step())
        .collect();
    steps.iter().collect()
}

pub(crate) fn location(shown: &Shown) -> &str {
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.text);
    shown.headers[header::LOCATION].to_str().unwrap()
}
