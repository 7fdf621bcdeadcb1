//! `VisitState`: a visit that is not one request but several: opened, fee lines added and removed, discharged, settled.

use domain::bill::StaySoFar;
use domain::{Fen, ledger::EntryKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::EntryRow;

use crate::record::{Care, Cost, Event, FeeLine, When};

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
}

impl VisitLine {
    /// May it still be settled?
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.settled == 0 && !self.removed
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
        }
    }

    /// The bill of its open lines up to a day, all of them if no day is given.
    #[must_use]
    pub fn bill(&self, until: Option<Date>, interim: bool) -> Care {
        let last = until.or(self.discharged).or(self.care.when.until);
        let lines = self.taken(until).map(|(_, line)| line.line.clone());
        Care {
            when: When {
                from: self.care.when.from,
                until: last,
            },
            interim,
            cost: Cost::Lines(lines.collect()),
            ..self.care.clone()
        }
    }

    /// The lines that such a bill takes.
    fn taken(&self, until: Option<Date>) -> impl Iterator<Item = (usize, &VisitLine)> {
        let within = move |line: &FeeLine| match (line.day, until) {
            (Some(day), Some(until)) => day <= until,
            _ => true,
        };
        let lines = self.lines.iter().enumerate();
        lines.filter(move |(_, line)| line.is_open() && within(&line.line))
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
                let lines = added.lines.iter().cloned().map(|line| VisitLine {
                    line,
                    settled: 0,
                    removed: false,
                });
                self.lines.extend(lines);
            }
            Event::LinesRemoved(removed) => {
                for &number in &removed.lines {
                    self.line(number)?.removed = true;
                }
            }
            Event::Discharged(discharged) => self.discharged = Some(discharged.on),
            Event::Deposited(deposited) => {
                let sum = self.deposit.checked_add(deposited.amount);
                self.deposit = sum.ok_or("the deposits are too large")?;
            }
            Event::Settled(settled) => {
                let until = settled.care.interim.then_some(settled.care.when.until);
                let taken: Vec<usize> = self.taken(until.flatten()).map(|(n, _)| n).collect();
                for number in taken {
                    self.lines[number].settled = entry.seq;
                }
                if settled.care.interim {
                    let parts = settled.parts();
                    self.stay = (self.stay.0 + parts.0, self.stay.1 + parts.1);
                } else {
                    self.settled = entry.seq;
                }
            }
            Event::Reversed(reversed) if reversed.kind == EntryKind::Settlement => {
                let parts = reversed.parts.unwrap_or_default();
                self.unsettle(entry.about, parts)?;
            }
            _ => {}
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

const fn is_zero(number: &u64) -> bool {
    *number == 0
}
