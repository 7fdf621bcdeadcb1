//! `Fault`: what is wrong with a policy, and which rows are to blame.

use std::fmt::Write;

use jiff::civil::Date;

use crate::bill::Setting;
use crate::fen::Fen;
use crate::policy::{Along, Point, Policy, RowRef};
use crate::ratio::Ratio;
use crate::words::Lang;

/// What is wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rows to blame, if any; the first is where the error stands.
    pub rows: Vec<RowRef>,
    /// The first point of the space at which it shows.
    pub point: Option<Point>,
    /// At how many points it shows.
    pub points: usize,
    /// What it is.
    pub kind: FaultKind,
}

/// The kinds of faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// For a question no row of the table matches.
    NoRow(&'static str),
    /// For a question two rows of the table match.
    TwoRows(&'static str),
    /// Bands of one point count differently.
    MixedBands,
    /// The first band does not start at 0.
    LateStart(Fen),
    /// Between two bands there is a gap.
    Gap(Fen, Fen),
    /// Two bands overlap.
    Overlap(Fen, Fen),
    /// A band begins and ends here: it does not end above where it begins.
    Empty(Fen, Fen),
    /// The last band ends although nothing follows.
    EndsEarly(Fen),
    /// These ratios have no common denominator up to the finest.
    TooFine(String),
    /// More figures than may be.
    TooManyFigures(usize),
    /// Of something there are more than may be: what, how many, how many may be.
    TooMany(&'static str, usize, usize),
    /// A ratio falls although the file says that it rises.
    Falls(Along, Ratio, Ratio),
    /// Two classes hold for the same person or provider.
    TwoClasses(String, String, String),
    /// Two rows of a table hold for the same person or thing.
    TwoFor(&'static str, String),
    /// Others of the status are credited something and this person is not.
    NoCredit(String),
    /// The floor of the base of contribution is not below its ceiling.
    FloorNotBelow(Fen, Fen),
    /// Something is paid into an account, credited to one, or said of one, of those who have none.
    NoAccount,
    /// An unknown setting is named.
    NoSetting(Setting),
    /// A setting stands for one that stands for another.
    ChainedSetting(Setting),
    /// The scheme has no personal account of its own.
    ResidentAccount,
    /// A large-amount layer looks at something else than the cost over the cap.
    LargeAmountBase,
    /// A layer's cap on in-scope cost above the deductible makes no sense.
    LayerCapBasis,
    /// The last day of the file lies before its first.
    EndsBeforeStart(Date, Date),
    /// A visit's cap is above the year's.
    CapsOutOfOrder(Fen, Fen),
}

impl Fault {
    /// At rows, at no particular point.
    #[must_use]
    pub fn of(rows: impl IntoIterator<Item = RowRef>, kind: FaultKind) -> Fault {
        Fault {
            rows: rows.into_iter().collect(),
            point: None,
            points: 0,
            kind,
        }
    }

    /// At a point.
    #[must_use]
    pub fn at(point: &Point, rows: impl IntoIterator<Item = RowRef>, kind: FaultKind) -> Fault {
        Fault {
            rows: rows.into_iter().collect(),
            point: Some(*point),
            points: 1,
            kind,
        }
    }

    /// What was found, where, and the rule, as one sentence without a full stop.
    #[must_use]
    pub fn describe(&self, policy: &Policy) -> String {
        let mut text = self.kind.describe();
        if let Some(point) = &self.point {
            let _ = write!(text, ": {}", point_text(policy, point));
        }
        match self.points {
            0 | 1 => {}
            2 => text.push_str("; and in 1 more case"),
            points => {
                let _ = write!(text, "; and in {} more cases", points - 1);
            }
        }
        text
    }
}

impl FaultKind {
    /// The table of sentences, one for each kind.
    fn describe(&self) -> String {
        match self {
            FaultKind::NoRow(table) => {
                let which = if *table == "cap" { " with `per = \"year\"`" } else { "" };
                format!("no row of `[[{table}]]`{which} matches; exactly one must")
            }
            FaultKind::TwoRows(table) => {
                format!("two rows of `[[{table}]]` answer the same question; at most one may")
            }
            FaultKind::MixedBands => {
                "two bands count differently (`origin`, `accumulates`); those of one case count alike"
                    .into()
            }
            FaultKind::LateStart(at) => {
                format!("the first band starts at {at}; it must start at 0")
            }
            FaultKind::Gap(a, b) => {
                format!("no band covers {a} to {b}; bands must follow each other")
            }
            FaultKind::Overlap(Fen::UNLIMITED, b) => {
                format!("two bands cover all above {b}; bands must follow each other")
            }
            FaultKind::Overlap(a, b) => {
                format!("two bands cover {b} to {a}; bands must follow each other")
            }
            FaultKind::Empty(over, upto) => {
                format!("the band begins at {over} and ends at {upto}; it must end above")
            }
            FaultKind::EndsEarly(at) => {
                format!("the last band ends at {at}; the last has no `upto`")
            }
            FaultKind::TooFine(ratios) => {
                format!("{ratios} have no common denominator up to 1,000,000")
            }
            FaultKind::TooManyFigures(n) => {
                format!("{n} figures by the number of the stay were found; at most 12 may be")
            }
            FaultKind::TooMany(what, found, most) => {
                format!("{found} {what} were found; at most {most} may be")
            }
            FaultKind::Falls(along, a, b) => {
                let along = along.code();
                format!("the ratio falls from {a} to {b} along {along}, where the file says that it rises")
            }
            FaultKind::TwoClasses(a, b, who) => {
                format!("classes `{a}` and `{b}` both hold for {who}; at most one may")
            }
            FaultKind::TwoFor(table, who) => {
                format!("two rows of `[[{table}]]` hold for {who}; at most one may")
            }
            FaultKind::NoCredit(who) => {
                format!("`[[credit]]` has a row for this status and none for {who}; exactly one must hold")
            }
            FaultKind::FloorNotBelow(floor, ceiling) => {
                format!("the floor, {floor}, is not below the ceiling, {ceiling}")
            }
            FaultKind::NoAccount => {
                "residents have no personal account to pay into, to credit or to keep".into()
            }
            FaultKind::NoSetting(s) => {
                format!("setting `{}` is not declared by a `[[setting]]`", s.code())
            }
            FaultKind::ChainedSetting(s) => {
                let setting = s.code();
                format!("`as` names `{setting}`, which has no rules of its own but an `as` too")
            }
            FaultKind::ResidentAccount => {
                "residents have no personal account: `before` and `after` must be empty".into()
            }
            FaultKind::LargeAmountBase => {
                "a large-amount layer looks at `over_cap` and nothing else".into()
            }
            FaultKind::LayerCapBasis => "a layer's `cap_basis` is `fund` or `cost`".into(),
            FaultKind::EndsBeforeStart(ends, effective) => {
                format!("{ends} was found; it lies before the first day, `effective` = {effective}")
            }
            FaultKind::CapsOutOfOrder(visit, year) => {
                format!("the cap of a visit, {visit}, is above the cap of the year, {year}")
            }
        }
    }
}

/// Faults, each told once with the number of points at which it shows.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    list: Vec<Fault>,
    /// Of each the point at which it showed last: several questions of one point may come to the same fault.
    last: Vec<Option<Point>>,
}

impl Faults {
    pub(crate) fn push(&mut self, fault: Fault) {
        let same = |known: &Fault| known.kind == fault.kind && known.rows == fault.rows;
        match self.list.iter().position(same) {
            Some(known) if self.last[known] == fault.point => {}
            Some(known) => {
                self.list[known].points += fault.points;
                self.last[known] = fault.point;
            }
            None => {
                self.last.push(fault.point);
                self.list.push(fault);
            }
        }
    }

    /// The value, if there is no fault.
    pub(crate) fn or<T>(self, value: T) -> Result<T, Vec<Fault>> {
        if self.list.is_empty() {
            Ok(value)
        } else {
            Err(self.list)
        }
    }
}

/// A point in words.
#[must_use]
pub fn point_text(policy: &Policy, point: &Point) -> String {
    let mut text = point.setting.code().to_owned();
    let named = |text: &mut String, name: &str, id: Option<&str>| {
        if let Some(id) = id {
            let _ = write!(text, ", {name} `{id}`");
        }
    };
    named(
        &mut text,
        "facility",
        policy.facilities.get(point.facility).map(|f| f.id.as_str()),
    );
    named(
        &mut text,
        "person",
        policy.persons.get(point.person).map(|p| p.id.as_str()),
    );
    let _ = write!(text, ", {}", point.place.name(Lang::En));
    let disease = point
        .disease
        .checked_sub(1)
        .and_then(|d| policy.diseases.get(d));
    named(&mut text, "disease", disease.map(|d| d.0.as_str()));
    text
}
