//! A visit: who goes where for what, the calls that it takes, and how far it is.

use std::ops::Range;

use super::lists::Lists;
use super::scan::Amounts;

/// The calls, in the order of their messages.
pub(super) const CALLS: &[Call] = &[
    Call::Person,
    Call::Purchase,
    Call::Register,
    Call::Diagnose,
    Call::Lines,
    Call::Try,
    Call::Settle,
    Call::Admit,
    Call::StayLines,
    Call::Discharge,
    Call::TryStay,
    Call::SettleStay,
];

/// Lines in one call of a stay.
const STAY_LINES: usize = 10;

/// One call of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Call {
    Person,
    Purchase,
    Register,
    Diagnose,
    Lines,
    Try,
    Settle,
    Admit,
    StayLines,
    Discharge,
    TryStay,
    SettleStay,
}

/// What an answer to a call says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Nothing,
    Balance,
    VisitNumber,
    Lines,
    Trial,
    Settlement,
}

/// The kinds of visits, and their calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Purchase,
    Outpatient,
    Inpatient,
}

/// Which visits a load consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mix {
    Only(Kind),
    /// Sixty purchases and thirty outpatient visits to ten stays.
    Mixed,
}

/// An item, and how many of it.
pub(super) struct Line {
    pub(super) item: usize,
    pub(super) count: i64,
    /// What they come to, in fen.
    pub(super) amount: i64,
}

/// A visit on its way.
pub(super) struct Visit {
    pub(super) kind: Kind,
    pub(super) person: usize,
    pub(super) institution: usize,
    pub(super) lines: Vec<Line>,
    /// Unique in the run.
    pub(super) serial: u64,
    /// The number that the server gave it.
    pub(super) number: Vec<u8>,
    /// What the trial said.
    pub(super) tried: Option<Amounts>,
    step: usize,
}

impl Call {
    /// The number that the interface gives to the call.
    pub(super) fn number(self) -> &'static str {
        match self {
            Call::Person => "1101",
            Call::Purchase => "2102",
            Call::Register => "2201",
            Call::Diagnose => "2203",
            Call::Lines => "2204",
            Call::Try => "2206",
            Call::Settle => "2207",
            Call::Admit => "2401",
            Call::StayLines => "2301",
            Call::Discharge => "2402",
            Call::TryStay => "2303",
            Call::SettleStay => "2304",
        }
    }

    pub(super) fn says(self) -> Says {
        match self {
            Call::Person => Says::Balance,
            Call::Register | Call::Admit => Says::VisitNumber,
            Call::Lines | Call::StayLines => Says::Lines,
            Call::Try | Call::TryStay => Says::Trial,
            Call::Purchase | Call::Settle | Call::SettleStay => Says::Settlement,
            Call::Diagnose | Call::Discharge => Says::Nothing,
        }
    }
}

impl Mix {
    pub(super) fn named(word: &str) -> Option<Mix> {
        Some(match word {
            "purchase" => Mix::Only(Kind::Purchase),
            "outpatient" => Mix::Only(Kind::Outpatient),
            "inpatient" => Mix::Only(Kind::Inpatient),
            "mixed" => Mix::Mixed,
            _ => return None,
        })
    }

    pub(super) fn draw(self, random: &mut fastrand::Rng) -> Kind {
        match self {
            Mix::Only(kind) => kind,
            Mix::Mixed => match random.u8(0..100) {
                0..60 => Kind::Purchase,
                60..90 => Kind::Outpatient,
                _ => Kind::Inpatient,
            },
        }
    }
}

impl Visit {
    /// A visit of this person: one to four drugs, one to six items, or two to five times ten.
    pub(super) fn draw(
        kind: Kind,
        person: usize,
        lists: &Lists,
        random: &mut fastrand::Rng,
        serial: u64,
    ) -> Visit {
        let (places, items, count) = match kind {
            Kind::Purchase => (&lists.pharmacies, lists.drugs, random.usize(1..=4)),
            Kind::Outpatient => (&lists.hospitals, lists.items.len(), random.usize(1..=6)),
            Kind::Inpatient => (
                &lists.hospitals,
                lists.items.len(),
                STAY_LINES * random.usize(2..=5),
            ),
        };
        let institution = places[random.usize(0..places.len())];
        let lines = (0..count).map(|_| {
            let item = random.usize(0..items);
            let count = random.i64(1..=3);
            let amount = lists.items[item].price * count;
            Line {
                item,
                count,
                amount,
            }
        });
        Visit {
            kind,
            person,
            institution,
            lines: lines.collect(),
            serial,
            number: Vec::new(),
            tried: None,
            step: 0,
        }
    }

    /// The call that comes now; none when the visit is over.
    pub(super) fn call(&self) -> Option<Call> {
        const OUTPATIENT: &[Call] = &[
            Call::Person,
            Call::Register,
            Call::Diagnose,
            Call::Lines,
            Call::Try,
            Call::Settle,
        ];
        const LEAVING: &[Call] = &[Call::Discharge, Call::TryStay, Call::SettleStay];
        let batches = self.lines.len() / STAY_LINES;
        match (self.kind, self.step) {
            (Kind::Purchase, 0) => Some(Call::Purchase),
            (Kind::Purchase, _) => None,
            (Kind::Outpatient, step) => OUTPATIENT.get(step).copied(),
            (Kind::Inpatient, 0) => Some(Call::Person),
            (Kind::Inpatient, 1) => Some(Call::Admit),
            (Kind::Inpatient, step) if step < 2 + batches => Some(Call::StayLines),
            (Kind::Inpatient, step) => LEAVING.get(step - 2 - batches).copied(),
        }
    }

    pub(super) fn step(&mut self) {
        self.step += 1;
    }

    /// The places of the lines that this call uploads.
    pub(super) fn lines_of(&self, call: Call) -> Range<usize> {
        match call {
            Call::StayLines => {
                let batch = self.step.saturating_sub(2) * STAY_LINES;
                batch..(batch + STAY_LINES).min(self.lines.len())
            }
            _ => 0..self.lines.len(),
        }
    }

    pub(super) fn total(&self) -> i64 {
        self.lines.iter().map(|line| line.amount).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(kind: Kind) -> Vec<&'static str> {
        let lists = Lists::made_up(3).expect("lists");
        let mut visit = Visit::draw(kind, 0, &lists, &mut fastrand::Rng::with_seed(5), 1);
        let mut numbers = Vec::new();
        let mut uploaded = Vec::new();
        while let Some(call) = visit.call() {
            numbers.push(call.number());
            if call.says() == Says::Lines {
                uploaded.extend(visit.lines_of(call));
            }
            visit.step();
        }
        let all = 0..visit.lines.len();
        assert!(uploaded.is_empty() || uploaded.into_iter().eq(all));
        numbers.dedup();
        numbers
    }

    #[test]
    fn each_kind_makes_its_calls_in_their_order() {
        assert_eq!(numbers(Kind::Purchase), ["2102"]);
        let outpatient = ["1101", "2201", "2203", "2204", "2206", "2207"];
        assert_eq!(numbers(Kind::Outpatient), outpatient);
        let inpatient = ["1101", "2401", "2301", "2402", "2303", "2304"];
        assert_eq!(numbers(Kind::Inpatient), inpatient);
    }

    #[test]
    fn the_same_seed_draws_the_same_visit() {
        let lists = Lists::made_up(3).expect("lists");
        let total = || {
            let mut random = fastrand::Rng::with_seed(9);
            let kind = Mix::Mixed.draw(&mut random);
            Visit::draw(kind, 1, &lists, &mut random, 1).total()
        };
        assert_eq!(total(), total());
    }
}
