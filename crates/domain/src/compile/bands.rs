//! Bands of one point: in order, without gap or overlap, their ratios changed and brought to one denominator.

use super::Compiler;
use crate::cite::Cite;
use crate::fault::{Fault, FaultKind};
use crate::fen::Fen;
use crate::plan::{BandPlan, Detail, Range, Scale};
use crate::policy::{Accumulates, Adjust, Band, Change, Origin, Point, RoundBands, RowRef};
use crate::ratio::{Divide, Ratio, gcd};

/// A band before its denominator is known.
pub(super) struct Drafted {
    pub(super) over: Fen,
    pub(super) upto: Option<Fen>,
    pub(super) ratio: Ratio,
    pub(super) clauses: Vec<Cite>,
    pub(super) spelt: String,
    pub(super) changes: Vec<Change>,
    pub(super) row: RowRef,
}

impl<'p> Compiler<'p> {
    /// The basic fund's bands at one point.
    pub(super) fn scale(&mut self, point: &Point) -> (Origin, Accumulates, Scale) {
        let policy = self.policy;
        let mut rows: Vec<&Band> = policy
            .bands
            .iter()
            .filter(|b| b.selector.holds(point))
            .collect();
        rows.sort_by_key(|b| b.over.value);
        let Some(first) = rows.first() else {
            self.no_row(point, "band");
            return (Origin::Absolute, Accumulates::Stay, self.empty_scale());
        };
        let (origin, accumulates) = (first.origin, first.accumulates);
        if let Some(other) = rows
            .iter()
            .find(|b| b.origin != origin || b.accumulates != accumulates)
        {
            self.faults.push(Fault::at(
                point,
                [other.row, first.row],
                FaultKind::MixedBands,
            ));
        }
        if let Some(fault) = sequence_fault(point, &rows) {
            self.faults.push(fault);
        }
        let changes = self.changes(point);
        let mut drafted = Vec::with_capacity(rows.len());
        for band in rows {
            match changed(band.ratio.value, &changes) {
                Some(ratio) => drafted.push(draft(band, ratio, &changes)),
                None => {
                    let changes = changes.iter().map(|c| c.change.text());
                    let ratios = std::iter::once(band.ratio.text.as_str()).chain(changes);
                    let kind = FaultKind::TooFine(listed(ratios));
                    self.faults.push(Fault::at(point, [band.row], kind));
                }
            }
        }
        (origin, accumulates, self.scale_of(point, drafted))
    }

    fn empty_scale(&self) -> Scale {
        Scale {
            bands: Range::default(),
            divide: Divide::by(1, self.policy.rounding.fund),
            each: false,
        }
    }

    /// The changes that hold at a point, in the order of the file; for each reason at most one.
    fn changes(&mut self, point: &Point) -> Vec<&'p Adjust> {
        let mut changes: Vec<&'p Adjust> = Vec::new();
        for adjust in self
            .policy
            .adjusts
            .iter()
            .filter(|a| a.selector.holds(point))
        {
            if let Some(other) = changes.iter().find(|c| c.reason == adjust.reason) {
                self.faults.push(Fault::at(
                    point,
                    [adjust.row, other.row],
                    FaultKind::TwoRows("adjust"),
                ));
            }
            changes.push(adjust);
        }
        changes
    }

    /// Bands on one denominator, with their rules, in the plan's flat list.
    pub(super) fn scale_of(&mut self, point: &Point, drafted: Vec<Drafted>) -> Scale {
        let Some(den) = common_denominator(drafted.iter().map(|d| d.ratio)) else {
            let row = drafted.first().map(|d| d.row);
            let ratios: Vec<String> = drafted.iter().map(|d| d.ratio.to_string()).collect();
            let kind = FaultKind::TooFine(listed(ratios.iter().map(String::as_str)));
            self.faults.push(Fault::at(point, row, kind));
            return self.empty_scale();
        };
        let start = self.bands.len();
        let len = drafted.len();
        for band in drafted {
            let (over, upto, ratio) = (band.over, band.upto, band.ratio);
            let detail = Detail::Band {
                over,
                upto,
                spelt: band.spelt,
                changes: band.changes,
                ratio,
            };
            let rule = self.rule(band.clauses, detail);
            let num = u64::from(ratio.num()) * (den / u64::from(ratio.den()));
            self.bands.push(BandPlan {
                upto: upto.unwrap_or(Fen::UNLIMITED),
                num,
                rule,
            });
        }
        let same = start
            .checked_sub(len)
            .filter(|&before| self.bands[before..start] == self.bands[start..]);
        let start = same.unwrap_or(start);
        self.bands.truncate(start + len);
        let range = |n| u32::try_from(n).unwrap_or(u32::MAX);
        let rounding = &self.policy.rounding;
        Scale {
            bands: Range {
                start: range(start),
                len: range(len),
            },
            divide: Divide::by(den, rounding.fund),
            each: rounding.bands == RoundBands::Each,
        }
    }
}

fn listed<'a>(ratios: impl Iterator<Item = &'a str>) -> String {
    ratios.collect::<Vec<_>>().join(", ")
}

/// The lowest common denominator, hundredths of a percent where they serve; none beyond the finest.
fn common_denominator(ratios: impl Iterator<Item = Ratio> + Clone) -> Option<u64> {
    let common = |start: u64| {
        let mut den = start;
        for ratio in ratios.clone() {
            let other = u64::from(ratio.den());
            den = den / gcd(den, other) * other;
            if den > u64::from(Ratio::FINEST) {
                return None;
            }
        }
        Some(den)
    };
    common(Divide::COMMON).or_else(|| common(1))
}

/// The ratio after every change; none when it gets too fine.
fn changed(ratio: Ratio, changes: &[&Adjust]) -> Option<Ratio> {
    changes
        .iter()
        .try_fold(ratio, |ratio, adjust| match &adjust.change {
            Change::OwnTimes(times) => ratio.complement().of(times.value).map(Ratio::complement),
            Change::RatioTimes(times) => ratio.of(times.value),
            Change::Up(points) => ratio.up(points.value),
            Change::Down(points) => ratio.down(points.value),
        })
}

fn draft(band: &Band, ratio: Ratio, changes: &[&Adjust]) -> Drafted {
    let clauses = std::iter::once(&band.cite).chain(changes.iter().map(|c| &c.cite));
    Drafted {
        over: band.over.value,
        upto: band.upto.as_ref().map(|u| u.value),
        ratio,
        clauses: clauses.cloned().collect(),
        spelt: band.ratio.text.clone(),
        changes: changes.iter().map(|c| c.change.clone()).collect(),
        row: band.row,
    }
}

/// The first break in the sequence of bands, which are sorted by where they begin.
fn sequence_fault(point: &Point, rows: &[&Band]) -> Option<Fault> {
    let mut at = Fen::ZERO;
    for (number, band) in rows.iter().enumerate() {
        let over = band.over.value;
        let before = number.checked_sub(1).map(|n| rows[n].row);
        if over != at {
            let kind = match before {
                None => FaultKind::LateStart(over),
                Some(_) if over < at => FaultKind::Overlap(at, over),
                Some(_) => FaultKind::Gap(at, over),
            };
            return Some(Fault::at(
                point,
                [Some(band.row), before].into_iter().flatten(),
                kind,
            ));
        }
        let last = number + 1 == rows.len();
        match &band.upto {
            None if last => {}
            // Without an end it overlaps whatever follows.
            None => {
                let next = rows[number + 1];
                let kind = FaultKind::Overlap(Fen::UNLIMITED, next.over.value);
                return Some(Fault::at(point, [next.row, band.row], kind));
            }
            Some(upto) if upto.value <= over => {
                return Some(Fault::at(
                    point,
                    [band.row],
                    FaultKind::Empty(over, upto.value),
                ));
            }
            Some(upto) if last => {
                return Some(Fault::at(
                    point,
                    [band.row],
                    FaultKind::EndsEarly(upto.value),
                ));
            }
            Some(upto) => at = upto.value,
        }
    }
    None
}
