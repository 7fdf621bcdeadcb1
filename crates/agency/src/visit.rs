//! `VisitState`: a visit that is not one request but several: opened, fee lines added and removed, discharged, settled.

use domain::bill::{Setting, StaySoFar};
use domain::{Fen, ledger::EntryKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::EntryRow;

use crate::record::care::is_zero;
use crate::record::{Care, Cost, Described, Event, FeeLine, Return, When};

/// A visit as its entries have left it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitState {
    /// What is known of the care; its cost stands in the lines.
    pub care: Care,
    /// Fee lines, numbered from 1.
    pub lines: Vec<VisitLine>,
    /// Day of discharge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discharged: Option<Date>,
    /// Deposits paid to the hospital, in fen.
    #[serde(default)]
    pub deposit: u64,
    /// In-scope cost and deductible of the interim settlements that stand, in fen.
    #[serde(default)]
    pub stay: (u64, u64),
    /// The final settlement; 0 while there is none.
    #[serde(default)]
    pub settled: u64,
    /// What kind of care it is was told, and not only taken for granted.
    #[serde(default, skip_serializing_if = "crate::record::care::is_false")]
    pub described: bool,
    /// It was cancelled.
    #[serde(default, skip_serializing_if = "crate::record::care::is_false")]
    pub cancelled: bool,
    /// The entries that hold papers of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<u64>,
}

/// A fee line of a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitLine {
    /// The line.
    pub line: FeeLine,
    /// The settlement that took it; 0 while there is none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub settled: u64,
    /// It was taken out.
    #[serde(default, skip_serializing_if = "crate::record::care::is_false")]
    pub removed: bool,
    /// The entry that brought it; what the institution says beside it stands only there.
    pub entry: u64,
    /// What was returned of it: how many, in ten-thousandths, and the amount, in fen.
    #[serde(default, skip_serializing_if = "nothing")]
    pub returned: (u64, u64),
}

const fn nothing(returned: &(u64, u64)) -> bool {
    returned.0 == 0 && returned.1 == 0
}

impl VisitLine {
    /// A line that comes. What the institution says beside it stands in the entry alone.
    #[must_use]
    pub fn new(line: &FeeLine) -> VisitLine {
        VisitLine {
            line: FeeLine {
                detail: None,
                ..line.clone()
            },
            settled: 0,
            removed: false,
            entry: 0,
            returned: (0, 0),
        }
    }

    /// May it still be settled?
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.settled == 0 && !self.removed
    }

    /// What remains of it after what was returned; none if all of it was.
    #[must_use]
    pub fn remains(&self) -> Option<FeeLine> {
        let (quantity, amount) = self.returned;
        if quantity == 0 {
            return Some(self.line.clone());
        }
        let quantity = self.line.quantity.checked_sub(quantity);
        let quantity = quantity.filter(|quantity| *quantity > 0)?;
        Some(FeeLine {
            quantity,
            amount: self.line.amount.and_then(|all| all.checked_sub(amount)),
            ..self.line.clone()
        })
    }
}

impl VisitState {
    /// A visit that begins.
    #[must_use]
    pub fn opened(care: &Care) -> VisitState {
        VisitState {
            care: care.clone(),
            lines: Vec::new(),
            discharged: None,
            deposit: 0,
            stay: (0, 0),
            settled: 0,
            described: care.called.is_some(),
            cancelled: false,
            papers: Vec::new(),
        }
    }

    /// The bill of its open lines: of a batch, or up to a day, or all of them.
    #[must_use]
    pub fn bill(&self, batch: Option<&str>, until: Option<Date>) -> Care {
        let last = until.or(self.discharged).or(self.care.when.until);
        let taken = || self.taken(batch, until).map(|(_, line)| line);
        let own = taken().find_map(|line| line.line.disease.clone());
        Care {
            when: When {
                from: self.care.when.from,
                until: last,
            },
            disease: own.or_else(|| self.care.disease.clone()),
            interim: until.is_some(),
            cost: Cost::Lines(taken().filter_map(VisitLine::remains).collect()),
            ..self.care.clone()
        }
    }

    /// The lines that such a bill takes.
    pub fn taken<'a>(
        &'a self,
        batch: Option<&'a str>,
        until: Option<Date>,
    ) -> impl Iterator<Item = (usize, &'a VisitLine)> {
        let within = move |line: &FeeLine| match (line.day, until) {
            (Some(day), Some(until)) => day <= until,
            _ => true,
        };
        let of_batch =
            move |line: &FeeLine| batch.is_none_or(|batch| line.batch.as_deref() == Some(batch));
        let lines = self.lines.iter().enumerate();
        lines.filter(move |(_, line)| line.is_open() && within(&line.line) && of_batch(&line.line))
    }

    /// Does any settlement of it stand?
    #[must_use]
    pub fn has_settlements(&self) -> bool {
        self.latest() != 0
    }

    /// The last settlement of it that stands; 0 if none.
    #[must_use]
    pub fn latest(&self) -> u64 {
        let of_lines = self.lines.iter().map(|line| line.settled);
        of_lines.max().unwrap_or(0).max(self.settled)
    }

    /// The same stay before.
    #[must_use]
    pub fn stay(&self) -> StaySoFar {
        StaySoFar {
            in_scope: Fen::new(self.stay.0),
            deductible: Fen::new(self.stay.1),
        }
    }

    /// Applies an entry of this visit.
    ///
    /// # Errors
    /// When it does not follow the visit.
    pub fn apply(&mut self, entry: &EntryRow, event: &Event) -> Result<(), String> {
        match event {
            Event::LinesAdded(added) => {
                let lines = added.lines.iter().map(|line| VisitLine {
                    entry: entry.seq,
                    ..VisitLine::new(line)
                });
                self.lines.extend(lines);
                self.give_back(&added.returns)?;
            }
            Event::LinesRemoved(removed) => {
                for &number in &removed.lines {
                    self.line(number)?.removed = true;
                }
            }
            Event::Described(described) => self.describe(described),
            Event::VisitCancelled(_) => self.cancelled = true,
            Event::Discharged(discharged) => self.discharged = Some(discharged.on),
            Event::Undischarged(_) => self.discharged = None,
            Event::Deposited(deposited) => {
                let sum = self.deposit.checked_add(deposited.amount);
                self.deposit = sum.ok_or("the deposits are too large")?;
            }
            Event::Settled(settled) => {
                let until = settled.care.interim.then_some(settled.care.when.until);
                let taken = self.taken(settled.batch.as_deref(), until.flatten());
                let taken: Vec<usize> = taken.map(|(n, _)| n).collect();
                for number in taken {
                    self.lines[number].settled = entry.seq;
                }
                if settled.care.interim {
                    let parts = settled.parts();
                    self.stay = (self.stay.0 + parts.0, self.stay.1 + parts.1);
                } else if settled.batch.is_none() {
                    self.settled = entry.seq;
                }
            }
            Event::Reversed(reversed) if reversed.kind == EntryKind::Settlement => {
                let parts = reversed.parts.unwrap_or_default();
                self.unsettle(entry.about, parts)?;
            }
            _ => {}
        }
        if event.paper().is_some() {
            self.papers.push(entry.seq);
        }
        Ok(())
    }

    fn describe(&mut self, described: &Described) {
        self.described = true;
        let care = &mut self.care;
        care.setting = described.setting;
        care.called.clone_from(&described.called);
        care.when.from = described.from;
        care.emergency = described.emergency;
        care.disease.clone_from(&described.disease);
        care.causes.clone_from(&described.causes);
    }

    fn give_back(&mut self, returns: &[Return]) -> Result<(), String> {
        for one in returns {
            let line = self.line(one.line)?;
            let (quantity, amount) = line.returned;
            let sums = quantity
                .checked_add(one.quantity)
                .zip(amount.checked_add(one.amount.unwrap_or(0)));
            let sums = sums.filter(|(quantity, _)| *quantity <= line.line.quantity);
            line.returned = sums.ok_or("more is returned than was bought")?;
        }
        Ok(())
    }

    fn unsettle(&mut self, settlement: u64, parts: (u64, u64)) -> Result<(), String> {
        for line in &mut self.lines {
            if line.settled == settlement {
                line.settled = 0;
            }
        }
        if self.settled == settlement {
            self.settled = 0;
            return Ok(());
        }
        // Of a batch there is no earlier part of the same stay.
        if self.care.setting != Setting::Inpatient {
            return Ok(());
        }
        let less = |sum: u64, part: u64| sum.checked_sub(part);
        let stay = less(self.stay.0, parts.0).zip(less(self.stay.1, parts.1));
        self.stay = stay.ok_or("the stay's sums would fall below zero")?;
        Ok(())
    }

    /// The visit that an event is about.
    #[must_use]
    pub fn of(event: &Event) -> Option<u64> {
        match event {
            Event::LinesAdded(e) => Some(e.visit),
            Event::LinesRemoved(e) => Some(e.visit),
            Event::Described(e) => Some(e.visit),
            Event::VisitCancelled(e) => Some(e.visit),
            Event::Undischarged(e) => Some(e.visit),
            Event::Filed(e) => e.visit,
            Event::Discharged(e) => Some(e.visit),
            Event::Deposited(e) => Some(e.visit),
            Event::Settled(e) => e.visit,
            Event::Reversed(e) => e.visit,
            _ => None,
        }
    }

    fn line(&mut self, number: u32) -> Result<&mut VisitLine, String> {
        let at = usize::try_from(number)
            .unwrap_or(usize::MAX)
            .wrapping_sub(1);
        self.lines
            .get_mut(at)
            .ok_or_else(|| format!("there is no line {number}"))
    }
}
