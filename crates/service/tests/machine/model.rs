//! `Model`: visits with their lines and settlements, as plainly as they can be kept; what each message must come to.

use std::collections::BTreeMap;

use crate::proof::say::Line;

/// Every transaction of a visit.
pub(crate) const NUMBERS: &[&str] = &[
    "2101", "2102", "2103", "2201", "2202", "2203", "2204", "2205", "2206", "2207", "2208", "2301",
    "2302", "2303", "2304", "2305", "2401", "2402", "2403", "2404", "2405", "2601",
];

/// Why the model says no: a code of the service.
pub(crate) type No = &'static str;

/// What institutions did so far, and what stands.
#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) visits: Vec<Visit>,
    pub(crate) settled: Vec<Settled>,
    /// What became of each message, by institution, number and name.
    pub(crate) keys: BTreeMap<(usize, &'static str, String), Became>,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Became {
    Visit(usize),
    Settled(usize),
    Forestalled(usize),
}

/// A visit or a stay.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visit {
    /// As the interface numbers it.
    pub(crate) id: String,
    pub(crate) by: usize,
    pub(crate) person: usize,
    pub(crate) stay: bool,
    pub(crate) kind: &'static str,
    pub(crate) cancelled: bool,
    pub(crate) discharged: Option<&'static str>,
    /// The settlement that ended it.
    pub(crate) ended: Option<usize>,
    pub(crate) lines: Vec<Held>,
}

/// A fee line that came.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) line: Line,
    pub(crate) batch: String,
    /// How much of it was returned.
    pub(crate) back: i64,
    pub(crate) removed: bool,
    pub(crate) settled: Option<usize>,
}

/// A settlement.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settled {
    pub(crate) id: String,
    /// The visit's number; of a purchase its own.
    pub(crate) of: String,
    pub(crate) by: usize,
    pub(crate) person: usize,
    pub(crate) visit: Option<usize>,
    pub(crate) batch: bool,
    /// Total, funds, account, cash, hospital; in fen.
    pub(crate) sums: [i64; 5],
    pub(crate) reversed: bool,
}

impl Held {
    pub(crate) fn open(&self) -> bool {
        !self.removed && self.settled.is_none()
    }

    pub(crate) fn remains(&self) -> i64 {
        (self.line.count - self.back) * self.line.price
    }
}

impl Visit {
    /// It may still change.
    pub(crate) fn alive(&self) -> Result<(), No> {
        match (self.cancelled, self.ended) {
            (true, _) => Err("visit_cancelled"),
            (_, Some(_)) => Err("visit_settled"),
            _ => Ok(()),
        }
    }

    fn stands(&self) -> bool {
        self.ended.is_some() || self.lines.iter().any(|held| held.settled.is_some())
    }

    /// The last of its settlements that stands.
    fn latest(&self) -> Option<usize> {
        let of_lines = self.lines.iter().filter_map(|held| held.settled);
        of_lines.chain(self.ended).max()
    }

    /// Which lines a settlement takes: of a batch, or up to a day.
    pub(crate) fn taken(&self, batch: Option<&str>, until: Option<&str>) -> Vec<usize> {
        let is = |held: &Held| {
            held.open()
                && batch.is_none_or(|batch| held.batch == batch)
                && until.is_none_or(|until| held.line.day.as_str() <= until)
        };
        let lines = self.lines.iter().enumerate();
        lines.filter(|(_, held)| is(held)).map(|(n, _)| n).collect()
    }

    pub(crate) fn sum(&self, taken: &[usize]) -> i64 {
        taken.iter().map(|n| self.lines[*n].remains()).sum()
    }

    pub(crate) fn cancel(&self) -> Result<(), No> {
        self.alive()?;
        if self.stands() {
            return Err("visit_settled");
        }
        match self.stay && self.lines.iter().any(Held::open) {
            true => Err("lines_left"),
            false => Ok(()),
        }
    }

    pub(crate) fn describe(&self, stay: bool, kind: &str) -> Result<(), No> {
        self.alive()?;
        if self.stay != stay {
            return Err("other_kind");
        }
        match self.stands() && self.kind != kind {
            true => Err("visit_settled"),
            false => Ok(()),
        }
    }

    /// New lines and returns, all or none.
    pub(crate) fn add(&mut self, batch: &str, all: &[Line]) -> Result<(), No> {
        self.alive()?;
        // A batch on a stay, or a line without one on an outpatient visit.
        if self.stay != batch.is_empty() {
            return Err("other_kind");
        }
        let mut lines = self.lines.clone();
        for line in all.iter().filter(|line| line.of.is_none()) {
            let there = |held: &Held| !held.removed && held.line.number == line.number;
            if lines.iter().any(there) {
                return Err("line_there");
            }
            let closed = |held: &Held| held.settled.is_some() && held.batch == batch;
            if !batch.is_empty() && lines.iter().any(closed) {
                return Err("batch_settled");
            }
            lines.push(Held {
                line: line.clone(),
                batch: batch.to_owned(),
                back: 0,
                removed: false,
                settled: None,
            });
        }
        for back in all {
            let Some(of) = &back.of else { continue };
            let mut open = lines.iter_mut().filter(|held| held.open());
            let held = open.find(|held| held.line.number == *of);
            let held = held.ok_or("no_line_of")?;
            held.back -= back.count;
            if held.back > held.line.count {
                return Err("return_too_large");
            }
        }
        self.lines = lines;
        Ok(())
    }

    pub(crate) fn remove_batch(&mut self, batch: &str) -> Result<(), No> {
        self.alive()?;
        let mut of = self.lines.iter().filter(|held| held.batch == batch);
        if of.any(|held| held.settled.is_some()) {
            return Err("batch_settled");
        }
        let taken = self.taken(Some(batch), None);
        self.remove(&taken, "no_batch")
    }

    pub(crate) fn remove_all(&mut self) -> Result<(), No> {
        self.alive()?;
        let taken = self.taken(None, None);
        self.remove(&taken, "no_lines")
    }

    pub(crate) fn remove_numbered(&mut self, number: &str) -> Result<(), No> {
        self.alive()?;
        let of = |held: &Held| held.open() && held.line.number == number;
        let taken: Vec<usize> = self.lines.iter().position(of).into_iter().collect();
        self.remove(&taken, "no_line_of")
    }

    fn remove(&mut self, taken: &[usize], none: No) -> Result<(), No> {
        for n in taken {
            self.lines[*n].removed = true;
        }
        match taken.is_empty() {
            true => Err(none),
            false => Ok(()),
        }
    }

    /// The lines that a settlement takes, if it may be; `day` is up to when, `None` the end.
    pub(crate) fn settle(
        &self,
        (stay, trial): (bool, bool),
        batch: Option<&str>,
        (until, total): (Option<&str>, i64),
    ) -> Result<Vec<usize>, No> {
        self.alive()?;
        if self.stay != stay {
            return Err("other_kind");
        }
        if stay && until.is_none() && self.discharged.is_none() && !trial {
            return Err("not_discharged");
        }
        let taken = self.taken(batch, until);
        let nothing = taken
            .iter()
            .all(|n| self.lines[*n].line.count == self.lines[*n].back);
        let ends = until.is_none() && self.lines.iter().any(|held| held.settled.is_some());
        match (nothing, batch) {
            (true, Some(_)) => return Err("no_batch"),
            (true, None) if !ends => return Err("no_lines"),
            _ => {}
        }
        match self.sum(&taken) == total {
            true => Ok(taken),
            false => Err("other_total"),
        }
    }
}

impl Model {
    /// The visit, as far as it is the institution's and the person's.
    pub(crate) fn own(&self, visit: usize, by: usize, person: usize) -> Result<(), No> {
        let visit = &self.visits[visit];
        match visit.by == by && visit.person == person {
            true => Ok(()),
            false => Err("no_visit"),
        }
    }

    /// A settlement is taken back.
    pub(crate) fn reverse(&mut self, n: usize) -> Result<(), No> {
        let settled = &self.settled[n];
        if settled.reversed {
            return Err("reversed_already");
        }
        if let Some(visit) = settled.visit {
            let visit = &mut self.visits[visit];
            if !settled.batch && visit.latest() > Some(n) {
                return Err("not_latest");
            }
            for held in &mut visit.lines {
                held.settled = held.settled.filter(|of| *of != n);
            }
            visit.ended = visit.ended.filter(|of| *of != n);
        }
        self.settled[n].reversed = true;
        Ok(())
    }

    /// Whatever became of a message is undone.
    pub(crate) fn undo(
        &mut self,
        (by, number, id): (usize, &'static str, &str),
        person: usize,
    ) -> Result<Option<usize>, No> {
        let key = (by, number, id.to_owned());
        match self.keys.get(&key).copied() {
            None => {
                self.keys.insert(key, Became::Forestalled(person));
                Ok(None)
            }
            Some(Became::Forestalled(of)) if of == person => Ok(None),
            Some(Became::Settled(n)) if self.settled[n].person == person => {
                self.reverse(n)?;
                Ok(Some(n))
            }
            Some(Became::Visit(n)) if self.visits[n].person == person => {
                self.visits[n].cancel()?;
                self.visits[n].cancelled = true;
                Ok(None)
            }
            Some(_) => Err("no_entry"),
        }
    }
}
