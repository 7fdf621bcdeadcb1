//! What is said next: rolled, with what the model says must come of it.

use serde_json::{Value, json};

use crate::model::{Became, No, Settled, Visit};
use crate::proof::Person;
use crate::proof::say::{self, Line, line};
use crate::run::{Expected, PERSONS, Run, Said};

const ITEMS: [(&str, i64); 5] = [
    ("XA00SYN004A001010100004", 2000),
    ("XA00SYN002A001010100002", 3333),
    ("SYN110200001", 15000),
    ("SYN110200002", 4500),
    ("C00SYN00000001000000001", 300_000),
];
const BATCHES: [&str; 3] = ["A", "B", "C"];
const DAYS: [&str; 3] = ["2025-03-03", "2025-03-05", "2025-03-07"];
const END: &str = "2025-03-08";

impl Run {
    /// New lines, now and then with a number that is known.
    pub(crate) fn lines(&mut self, days: bool) -> Vec<Line> {
        let count = self.dice.usize(1..4);
        let each = (0..count).map(|_| {
            self.serial += 1;
            let number = match self.dice.u32(..25) {
                0 => self.serial.saturating_sub(5),
                _ => self.serial,
            };
            let (item, price) = ITEMS[self.dice.usize(..ITEMS.len())];
            let day = if days {
                DAYS[self.dice.usize(..3)]
            } else {
                DAYS[0]
            };
            Line {
                day: day.to_owned(),
                ..line(&number.to_string(), item, self.dice.i64(1..5), price)
            }
        });
        each.collect()
    }

    /// Something new is said.
    pub(crate) fn next(&mut self) {
        match self.dice.u32(..16) {
            0 => self.open(),
            2 => self.purchase(),
            3 | 4 => self.reverse(),
            _ => self.of_visit(),
        }
    }

    fn open(&mut self) {
        let (by, person) = (self.dice.usize(..2), self.dice.usize(..PERSONS));
        let stay = self.dice.bool();
        let whom = self.person(person);
        let (number, input) = match stay {
            true => ("2401", say::admit(&whom)),
            false => ("2201", say::register(&whom)),
        };
        self.model.visits.push(Visit {
            by,
            person,
            stay,
            kind: if stay { "21" } else { "11" },
            ..Visit::default()
        });
        let became = Became::Visit(self.model.visits.len() - 1);
        let said = Said {
            by,
            person,
            number,
            input,
        };
        self.say(said, Ok(Some(became)));
    }

    fn purchase(&mut self) {
        let person = self.dice.usize(..PERSONS);
        let lines = self.lines(false);
        let whom = self.person(person);
        let mut input = say::purchase(&whom, &lines);
        let wrong = self.one_in(8);
        if wrong {
            let other = json!({ "medfee_sumamt": say::yuan(say::sum(&lines) + 1) });
            input = say::but(input, "druginfo", other);
        }
        let number = if self.one_in(3) { "2101" } else { "2102" };
        let real = number == "2102";
        let expected = match (wrong, real) {
            (true, _) => Err("other_total"),
            (false, false) => Ok(None),
            (false, true) => Ok(Some(self.settled(2, person, None))),
        };
        let said = Said {
            by: 2,
            person,
            number,
            input,
        };
        self.say(said, expected);
    }

    /// A settlement that is about to be; its sums come with the answer.
    fn settled(&mut self, by: usize, person: usize, visit: Option<(usize, bool)>) -> Became {
        self.model.settled.push(Settled {
            by,
            person,
            visit: visit.map(|(visit, _)| visit),
            batch: visit.is_some_and(|(_, batch)| batch),
            ..Settled::default()
        });
        Became::Settled(self.model.settled.len() - 1)
    }

    fn reverse(&mut self) {
        let known = self.model.settled.len();
        if known == 0 {
            return;
        }
        // Mostly one that stands.
        let stands: Vec<usize> = (0..known)
            .filter(|n| !self.model.settled[*n].reversed)
            .collect();
        let n = match self.one_in(4) || stands.is_empty() {
            true => self.dice.usize(..known),
            false => stands[self.dice.usize(..stands.len())],
        };
        let settled = self.model.settled[n].clone();
        let by = if self.one_in(10) {
            self.dice.usize(..3)
        } else {
            settled.by
        };
        let person = if self.one_in(10) {
            self.dice.usize(..PERSONS)
        } else {
            settled.person
        };
        let number = match settled.visit {
            None => "2103",
            Some(visit) if self.model.visits[visit].stay => "2305",
            Some(_) => "2208",
        };
        let expected = match (by == settled.by, person == settled.person) {
            (_, false) if self.lane(person) != self.lane(settled.person) => Err("form"),
            (true, true) => self.model.reverse(n).map(|()| None),
            _ => Err("no_entry"),
        };
        let whom = self.person(person);
        let input = say::take_back(&whom, &settled.of, &settled.id);
        self.say(
            Said {
                by,
                person,
                number,
                input,
            },
            expected,
        );
    }

    fn of_visit(&mut self) {
        let known = self.model.visits.len();
        if known == 0 {
            return self.open();
        }
        // Mostly one of the last, so that visits come to their ends.
        let n = known - 1 - self.dice.usize(..known.min(4));
        let visit = self.model.visits[n].clone();
        let by = if self.one_in(15) {
            self.dice.usize(..3)
        } else {
            visit.by
        };
        let person = if self.one_in(15) {
            self.dice.usize(..PERSONS)
        } else {
            visit.person
        };
        let whom = self.person(person);
        let stay = if self.one_in(15) {
            !visit.stay
        } else {
            visit.stay
        };
        let own = match self.lane(person) == self.lane(visit.person) {
            true => self.model.own(n, by, person),
            false => Err("form"),
        };
        let (number, input, expected) = match stay {
            true => self.of_stay(n, &whom, own),
            false => self.of_outpatient(n, &whom, own),
        };
        self.say(
            Said {
                by,
                person,
                number,
                input,
            },
            expected,
        );
    }

    fn of_outpatient(
        &mut self,
        n: usize,
        whom: &Person,
        own: Result<(), No>,
    ) -> (&'static str, Value, Expected) {
        let id = self.model.visits[n].id.clone();
        let batch = self.batch(n);
        let visit = |run: &Run| run.model.visits[n].clone();
        match self.dice.u32(..12) {
            0 => {
                let kind = if self.one_in(3) { "13" } else { "11" };
                let expected = own.and_then(|()| visit(self).describe(false, kind));
                if expected.is_ok() {
                    self.model.visits[n].kind = kind;
                }
                (
                    "2203",
                    say::describe(whom, &id, kind),
                    expected.map(|()| None),
                )
            }
            1..=3 => {
                let lines = self.lines(false);
                let input = say::lines(whom, &id, batch, &lines);
                let expected = own.and_then(|()| self.model.visits[n].add(batch, &lines));
                ("2204", input, expected.map(|()| None))
            }
            4 => {
                let all = self.one_in(4);
                let input = say::remove_batch(whom, &id, if all { "0000" } else { batch });
                let expected = own.and_then(|()| match all {
                    true => self.model.visits[n].remove_all(),
                    false => self.model.visits[n].remove_batch(batch),
                });
                ("2205", input, expected.map(|()| None))
            }
            5 if self.one_in(2) => ("2202", say::cancel(whom, &id), self.cancel(n, own)),
            choice => {
                let of = visit(self);
                let total = self.total(of.sum(&of.taken(Some(batch), None)));
                let taken =
                    own.and_then(|()| of.settle((false, false), Some(batch), (None, total)));
                let trial = choice < 7;
                let number = if trial { "2206" } else { "2207" };
                let expected =
                    taken.map(|taken| (!trial).then(|| self.take(n, &taken, (true, true))));
                (number, say::settle(whom, &id, batch, total), expected)
            }
        }
    }

    /// Mostly one that has open lines.
    fn batch(&mut self, n: usize) -> &'static str {
        let rolled = BATCHES[self.dice.usize(..3)];
        let lines = &self.model.visits[n].lines;
        let open = lines.iter().find(|held| held.open());
        let known = open.and_then(|held| BATCHES.into_iter().find(|batch| *batch == held.batch));
        match self.one_in(3) {
            true => rolled,
            false => known.unwrap_or(rolled),
        }
    }

    fn of_stay(
        &mut self,
        n: usize,
        whom: &Person,
        own: Result<(), No>,
    ) -> (&'static str, Value, Expected) {
        let id = self.model.visits[n].id.clone();
        let of = self.model.visits[n].clone();
        match self.dice.u32(..14) {
            0 => {
                let expected = own.and_then(|()| of.describe(true, of.kind));
                ("2403", say::change(whom, &id), expected.map(|()| None))
            }
            1..=3 => {
                let lines = self.stay_lines(&of);
                let input = say::stay_lines(whom, &id, &lines);
                let expected = own.and_then(|()| self.model.visits[n].add("", &lines));
                ("2301", input, expected.map(|()| None))
            }
            4 => {
                let all = self.one_in(4);
                let some = self.dice.usize(..of.lines.len().max(1));
                let number = of.lines.get(some).map_or("7777", |held| &held.line.number);
                let input = say::remove_lines(whom, &id, &[if all { "0000" } else { number }]);
                let expected = own.and_then(|()| match all {
                    true => self.model.visits[n].remove_all(),
                    false => self.model.visits[n].remove_numbered(number),
                });
                ("2302", input, expected.map(|()| None))
            }
            5 | 6 => {
                let alive = own.and_then(|()| of.alive());
                let expected = alive.and(if of.stay { Ok(()) } else { Err("no_visit") });
                if expected.is_ok() {
                    self.model.visits[n].discharged = Some(END);
                }
                (
                    "2402",
                    say::discharge(whom, &id, END),
                    expected.map(|()| None),
                )
            }
            7 => {
                let alive = own.and_then(|()| of.alive());
                let expected = alive.and_then(|()| of.discharged.ok_or("not_discharged"));
                if expected.is_ok() {
                    self.model.visits[n].discharged = None;
                }
                ("2405", say::cancel(whom, &id), expected.map(|_| None))
            }
            8 => ("2404", say::cancel(whom, &id), self.cancel(n, own)),
            choice => {
                let interim = self.one_in(2);
                let day = if interim {
                    DAYS[self.dice.usize(..2)]
                } else {
                    END
                };
                let until = interim.then_some(day);
                let total = self.total(of.sum(&of.taken(None, until)));
                let trial = choice < 10;
                let taken = own.and_then(|()| of.settle((true, trial), None, (until, total)));
                let number = if trial { "2303" } else { "2304" };
                let expected =
                    taken.map(|taken| (!trial).then(|| self.take(n, &taken, (interim, false))));
                (
                    number,
                    say::settle_stay(whom, &id, total, (interim, day)),
                    expected,
                )
            }
        }
    }

    /// New lines, and now and then a return of an old one.
    fn stay_lines(&mut self, of: &Visit) -> Vec<Line> {
        let mut lines = self.lines(true);
        if !of.lines.is_empty() && self.one_in(2) {
            let held = &of.lines[self.dice.usize(..of.lines.len())];
            self.serial += 1;
            let count = self.dice.i64(1..4);
            lines.push(held.line.back(&self.serial.to_string(), count));
        }
        lines
    }

    fn total(&mut self, right: i64) -> i64 {
        if self.one_in(10) { right + 100 } else { right }
    }

    fn cancel(&mut self, n: usize, own: Result<(), No>) -> Expected {
        let expected = own.and_then(|()| self.model.visits[n].cancel());
        if expected.is_ok() {
            self.model.visits[n].cancelled = true;
        }
        expected.map(|()| None)
    }

    /// Lines are settled; unless in between or by batch it ends the visit.
    fn take(&mut self, n: usize, taken: &[usize], (goes_on, batch): (bool, bool)) -> Became {
        let (by, person) = (self.model.visits[n].by, self.model.visits[n].person);
        let became = self.settled(by, person, Some((n, batch)));
        let of = self.model.settled.len() - 1;
        let visit = &mut self.model.visits[n];
        for line in taken {
            visit.lines[*line].settled = Some(of);
        }
        if !goes_on {
            visit.ended = Some(of);
        }
        became
    }
}
