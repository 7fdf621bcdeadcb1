//! `Tale`: what happens to a few persons, step by step, written down so that it can be read aloud.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use agency::act::Act;
use agency::record::Event;
use agency::{Answer, Refused, Request};
use domain::Fen;
use domain::ledger::{Chart, EntryKind, LedgerAccount, Posting, YearFigure};
use domain::step::{Effect, Note};
use domain::words::Lang;
use jiff::civil::Date;

use crate::house::mirror::Mirror;
use crate::house::{House, enrol, laws};
use agency::record::Enrolled;

/// A tale in the making.
pub(crate) struct Tale {
    pub(crate) house: House,
    text: String,
    /// Persons by number, with what they are called.
    names: BTreeMap<u64, String>,
}

impl Tale {
    /// In a region with so many lanes.
    pub(crate) fn new(region: &str, lanes: u8) -> Tale {
        Tale {
            house: House::new(region, lanes),
            text: String::new(),
            names: BTreeMap::new(),
        }
    }

    /// Somebody who is not known yet, in a lane from 1.
    pub(crate) fn stranger(&mut self, name: &str, lane: u8) -> u64 {
        let agency = &self.house.agency;
        let numbers = (0..).map(|n| agency.find(&format!("{name} {n}")).0);
        let mut numbers = numbers.filter(|n| agency.lane_of(*n).number == lane);
        let number = numbers.next().expect("there is one for every lane");
        self.names.insert(number, name.to_owned());
        number
    }

    /// Somebody who is enrolled.
    pub(crate) fn person(&mut self, name: &str, lane: u8, enrolled: Enrolled) -> u64 {
        let number = self.stranger(name, lane);
        let (status, from) = (enrolled.status, enrolled.from);
        let what = format!("is enrolled as {} from {from}", status.name(Lang::En));
        self.step(&what, number, enrol(enrolled));
        number
    }

    /// A remark of the teller.
    pub(crate) fn note(&mut self, text: &str) {
        let _ = writeln!(self.text, "\n# {text}");
    }

    /// Somebody asks for something; returns the entry, 0 if it was refused.
    pub(crate) fn step(&mut self, what: &str, person: u64, act: Act) -> u64 {
        self.ask(what, Request::plain(person, act))
    }

    /// A request as it is.
    pub(crate) fn ask(&mut self, what: &str, request: Request) -> u64 {
        let person = request.person;
        let name = self.names.get(&person).cloned().unwrap_or_default();
        let _ = writeln!(self.text, "{name} {what}");
        let answer = self.house.agency.call(request);
        self.answered(person, answer)
    }

    /// Writes an answer down.
    pub(crate) fn answered(&mut self, person: u64, answer: Result<Answer, Refused>) -> u64 {
        match answer {
            Ok(answer) => {
                self.told(&answer);
                self.balances(person);
                answer.entry
            }
            Err(refused) => {
                let mut sentence = refused.describe(Lang::En);
                for (number, name) in &self.names {
                    sentence = sentence.replace(&number.to_string(), name);
                }
                let _ = writeln!(self.text, "    refused ({}): {sentence}", refused.code());
                0
            }
        }
    }

    fn told(&mut self, answer: &Answer) {
        let kind = answer.event.kind();
        let number = match answer.entry {
            0 => "a trial".to_owned(),
            number => format!("entry {number}"),
        };
        let _ = writeln!(self.text, "    {number}, {}: {}", answer.day, said(kind));
        if let Event::Settled(settled) = &answer.event {
            for on in &settled.coverage {
                let (state, reason) = (on.state.code(), on.reason.code());
                let _ = writeln!(self.text, "      cover on {}: {state} ({reason})", on.day);
            }
            for step in laws::steps(settled) {
                if let Effect::Noted(Note::Refused(refusal)) = step.effect {
                    let _ = writeln!(self.text, "      the funds pay nothing: {}", refusal.code());
                }
            }
        }
        for posting in &answer.postings {
            match money(posting) {
                Some(line) => self.text.push_str(&line),
                None => continue,
            }
        }
        let year: Vec<String> = answer.postings.iter().filter_map(summed).collect();
        if !year.is_empty() {
            let _ = writeln!(self.text, "      year: {}", year.join(", "));
        }
    }

    /// What the person has, and what is open.
    fn balances(&mut self, person: u64) {
        let state = self.state(person);
        let account = &state.account;
        let parts = [
            ("current", account.current),
            ("prior", account.prior),
            ("awaiting", account.awaiting),
            ("owed", account.owed),
            ("granted", state.granted()),
        ];
        let parts = parts.iter().filter(|(_, fen)| !fen.is_zero());
        let parts: Vec<String> = parts.map(|(name, fen)| format!("{name} {fen}")).collect();
        let parts = match parts.is_empty() {
            true => "nothing".to_owned(),
            false => parts.join(", "),
        };
        let _ = writeln!(self.text, "      has {parts}");
    }

    /// What somebody has after messages have arrived.
    pub(crate) fn look(&mut self, person: u64) {
        assert_eq!(self.house.agency.settle_messages().unwrap(), 0);
        let name = self.names[&person].clone();
        let _ = writeln!(self.text, "{name}, when the messages have arrived");
        self.balances(person);
    }

    /// Somebody's state.
    pub(crate) fn state(&self, person: u64) -> agency::state::PersonState {
        let lane = self.house.agency.lane_of(person);
        let row = self.house.agency.read(lane, move |store| {
            let ask = store::Ask {
                persons: vec![person],
                ..store::Ask::default()
            };
            Ok(store.load(&ask)?.persons.remove(0))
        });
        let row = row.unwrap();
        row.map_or_else(Default::default, |row| {
            agency::state::PersonState::read(&row.state).unwrap()
        })
    }

    /// What is in an account over all lanes, in fen.
    pub(crate) fn holds(&self, account: LedgerAccount) -> i128 {
        Mirror::of(&self.house.agency).balance(account.number().0)
    }

    /// The tale, when its books have been kept a second time and nothing is on its way.
    pub(crate) fn end(self) -> String {
        assert_eq!(self.house.agency.settle_messages().unwrap(), 0);
        Mirror::of(&self.house.agency);
        self.text
    }
}

fn said(kind: EntryKind) -> &'static str {
    kind.name(Lang::En)
}

fn money(posting: &Posting) -> Option<String> {
    let Chart::Money(from) = Chart::of(posting.debit)? else {
        return None;
    };
    let Chart::Money(to) = Chart::of(posting.credit)? else {
        return None;
    };
    let (from, to, amount) = (from.code(), to.code(), posting.amount);
    Some(format!("      {from} → {to}: {amount}\n"))
}

/// A year's sum; one that is taken back is debited the other way round.
fn summed(posting: &Posting) -> Option<String> {
    let (sum, sign) = match (Chart::of(posting.debit)?, Chart::of(posting.credit)?) {
        (Chart::Year(sum), _) => (sum, "+"),
        (_, Chart::Year(sum)) => (sum, "−"),
        _ => return None,
    };
    let figure = match sum.figure {
        YearFigure::Stays => return Some(format!("stays {sign}{}", posting.amount.fen())),
        YearFigure::InScope => "in scope",
        YearFigure::Deductible => "deductible",
        YearFigure::Pooled => "fund",
        YearFigure::OwnShare => "own share",
        // What the layers look at and pay stands in the sums of their own lines.
        YearFigure::LayerBase(_) | YearFigure::LayerPaid(_) => return None,
    };
    let amount = posting.amount;
    let before = if sum.before {
        " of the year before"
    } else {
        ""
    };
    Some(format!("{figure}{before} {sign}{amount}"))
}

/// So many yuan.
pub(crate) fn yuan(yuan: u64) -> Fen {
    Fen::from_yuan(yuan)
}

/// The first of a month.
pub(crate) fn first(year: i16, month: i8) -> Date {
    Date::constant(year, month, 1)
}
