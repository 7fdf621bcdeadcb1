//! `Finding`: what came of a row when the agency's and the institution's were held against one another.

use std::collections::{HashMap, HashSet};

use agency::domain::setting::Setting;
use jiff::civil::Date;

use super::Amounts;
use super::sums::Sums;

#[cfg(test)]
mod tests;

/// A row of the agency's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ours {
    /// The settlement's id; of what was taken back the id of that.
    pub settlement: String,
    /// The id of the settlement that was taken back, else its own.
    pub original: String,
    /// The visit's id.
    pub visit: String,
    /// The person's id.
    pub person: String,
    /// The transaction by which it was made; empty if it is not known.
    pub number: String,
    /// The sender's own name of that message; empty if it is not known.
    pub message: String,
    /// When it was recorded, like 20261126183005.
    pub at: u64,
    /// Taken back.
    pub refund: bool,
    /// What it comes to.
    pub amounts: Amounts,
    /// Paid in cash, in fen.
    pub cash: i64,
    /// Why it is not of those that are compared, if it is not.
    pub outside: Option<Outside>,
}

/// Why a row of the agency's is not of those that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// It was recorded before or after.
    Time,
    /// It is of another scheme.
    Scheme,
    /// It is cleared as another setting.
    Setting(Option<Setting>),
    /// Only settlements, or only what was taken back, were asked for.
    Kind,
}

/// A row of the institution's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theirs {
    /// On which line it stands.
    pub line: u64,
    /// The settlement's id; empty if it is not told.
    pub settlement: String,
    /// The visit's id; empty if it is not told.
    pub visit: String,
    /// The person's id; empty if it is not told.
    pub person: String,
    /// What it comes to.
    pub amounts: Amounts,
    /// Taken back.
    pub refund: bool,
    /// The day, if it is told.
    pub day: Option<Date>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Both have it.
    Equal,
    /// Several rows of ours come to one of theirs.
    Together,
    /// Both have it, with other amounts.
    Amounts,
    /// Both seem to have it, under other ids.
    Ids,
    /// Several rows of ours may be the one of theirs.
    Several,
    /// Ours, one of several that may be theirs.
    Doubtful,
    /// Ours, and they lack it.
    Missing,
    /// Ours, and they lack it as well as that it was taken back: nothing of it remains.
    Undone,
    /// Theirs, and we lack it.
    Unknown,
    /// Theirs, taken back; ours was not.
    NotTakenBack,
    /// Theirs, and it stands in an earlier row already.
    Repeated,
    /// Both have it, but ours is not of those that are compared.
    Elsewhere(Outside),
}

/// What came of one row of theirs, or of one of ours that they lack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What came of it.
    pub verdict: Verdict,
    /// Ours.
    pub ours: Vec<usize>,
    /// Theirs.
    pub theirs: Option<usize>,
}

impl Verdict {
    /// Whether nothing is to be done.
    #[must_use]
    pub const fn is_equal(self) -> bool {
        matches!(self, Verdict::Equal | Verdict::Together)
    }
}

/// Holds all rows against one another: theirs in their order, then those of ours that they lack in theirs.
#[must_use]
pub fn compare(ours: &[Ours], theirs: &[Theirs]) -> Vec<Finding> {
    let mut tables = Tables::new(ours, theirs);
    tables.by_settlement();
    tables.by_other_ids(|row| {
        let told = !row.person.is_empty() && !row.visit.is_empty();
        told.then_some((row.person.as_str(), row.visit.as_str(), None))
    });
    tables.by_other_ids(|row| {
        let told = !row.person.is_empty();
        told.then_some((row.person.as_str(), "", Some(row.amounts)))
    });
    tables.findings()
}

/// By what rows are found when the settlement's id does not find them: person, visit, amounts.
type Other<'a> = (&'a str, &'a str, Option<Amounts>);

/// Rows that are being held against one another.
struct Tables<'a> {
    ours: &'a [Ours],
    theirs: &'a [Theirs],
    /// Which of theirs has a row of ours.
    taken: Vec<Option<usize>>,
    /// What came of theirs.
    found: Vec<Option<(Verdict, Vec<usize>)>>,
}

impl<'a> Tables<'a> {
    fn new(ours: &'a [Ours], theirs: &'a [Theirs]) -> Tables<'a> {
        Tables {
            ours,
            theirs,
            taken: vec![None; ours.len()],
            found: vec![None; theirs.len()],
        }
    }

    fn take(&mut self, their: usize, verdict: Verdict, ours: Vec<usize>) {
        for &our in &ours {
            self.taken[our] = Some(their);
        }
        self.found[their] = Some((verdict, ours));
    }

    /// What was taken back goes by an id of its own, or, with some, by that of the settlement.
    fn by_settlement(&mut self) {
        let mut known: HashMap<(&str, bool), usize> = HashMap::new();
        for (at, our) in self.ours.iter().enumerate() {
            known.insert((&our.settlement, our.refund), at);
            known.insert((&our.original, our.refund), at);
        }
        for (at, their) in self.theirs.iter().enumerate() {
            let id = their.settlement.as_str();
            match known.get(&(id, their.refund)) {
                Some(&our) if self.taken[our].is_some() => {
                    self.found[at] = Some((Verdict::Repeated, vec![our]));
                }
                Some(&our) => {
                    let verdict = same(&self.ours[our], their);
                    self.take(at, verdict, vec![our]);
                }
                None => {
                    let settled = known.get(&(id, false)).filter(|_| their.refund);
                    let told = |&our| (Verdict::NotTakenBack, vec![our]);
                    self.found[at] = settled.map(told);
                }
            }
        }
    }

    /// By what else a row says, among those of ours that nobody has yet.
    fn by_other_ids(&mut self, of_theirs: impl Fn(&'a Theirs) -> Option<Other<'a>>) {
        let mut known: HashMap<(Other<'a>, bool), Vec<usize>> = HashMap::new();
        for (at, our) in self.ours.iter().enumerate() {
            if self.taken[at].is_none() && our.outside.is_none() {
                let person = our.person.as_str();
                let by_visit = (person, our.visit.as_str(), None);
                let by_amounts = (person, "", Some(our.amounts));
                for other in [by_visit, by_amounts] {
                    known.entry((other, our.refund)).or_default().push(at);
                }
            }
        }
        for (at, their) in self.theirs.iter().enumerate() {
            if self.found[at].is_some() {
                continue;
            }
            let other = of_theirs(their).and_then(|other| known.get(&(other, their.refund)));
            let free = |our: &usize| self.taken[*our].is_none();
            let ours: Vec<usize> = other.into_iter().flatten().copied().filter(free).collect();
            self.choose(at, ours);
        }
    }

    /// Which of several rows of ours one of theirs is.
    fn choose(&mut self, at: usize, ours: Vec<usize>) {
        let their = &self.theirs[at];
        let equal = |our: &usize| self.ours[*our].amounts == their.amounts;
        let exact: Vec<usize> = ours.iter().copied().filter(equal).collect();
        let whole = Sums::all(ours.iter().map(|our| self.ours[*our].amounts));
        let unnamed = their.settlement.is_empty();
        match (exact.len(), ours.len()) {
            (_, 0) => {}
            (1, _) => self.take(at, Verdict::Ids, exact),
            (2.., _) => self.found[at] = Some((Verdict::Several, exact)),
            (0, 2..) if whole.each() == their.amounts.each().map(i128::from) => {
                self.take(at, Verdict::Together, ours);
            }
            (0, 1) if unnamed => self.take(at, Verdict::Amounts, ours),
            (0, _) if unnamed => self.found[at] = Some((Verdict::Several, ours)),
            _ => {}
        }
    }

    fn findings(self) -> Vec<Finding> {
        let mut doubtful: HashMap<usize, usize> = HashMap::new();
        let mut findings = Vec::new();
        for (at, found) in self.found.iter().enumerate() {
            let (verdict, ours) = found.clone().unwrap_or((Verdict::Unknown, Vec::new()));
            if verdict == Verdict::Several {
                doubtful.extend(ours.iter().map(|our| (*our, at)));
            }
            findings.push(Finding {
                verdict,
                ours,
                theirs: Some(at),
            });
        }
        let lacking: Vec<usize> = (0..self.ours.len())
            .filter(|at| self.taken[*at].is_none() && self.ours[*at].outside.is_none())
            .collect();
        let undone = undone(self.ours, &lacking);
        let finding = |our: usize| {
            let theirs = doubtful.get(&our).copied();
            let verdict = match (theirs, undone.contains(self.ours[our].original.as_str())) {
                (Some(_), _) => Verdict::Doubtful,
                (None, true) => Verdict::Undone,
                (None, false) => Verdict::Missing,
            };
            let ours = vec![our];
            Finding {
                verdict,
                ours,
                theirs,
            }
        };
        findings.extend(lacking.iter().copied().map(finding));
        findings
    }
}

/// Both have it, by the settlement's id.
fn same(our: &Ours, their: &Theirs) -> Verdict {
    let other_ids = |ours: &str, theirs: &str| !theirs.is_empty() && ours != theirs;
    match our.outside {
        Some(outside) => Verdict::Elsewhere(outside),
        None if our.amounts != their.amounts => Verdict::Amounts,
        None if other_ids(&our.visit, &their.visit) => Verdict::Ids,
        None if other_ids(&our.person, &their.person) => Verdict::Ids,
        None => Verdict::Equal,
    }
}

/// The settlements that are lacking as well as that they were taken back.
fn undone<'a>(ours: &'a [Ours], lacking: &[usize]) -> HashSet<&'a str> {
    let of = |refund: bool| {
        let rows = lacking.iter().map(|at| &ours[*at]);
        rows.filter(move |row| row.refund == refund)
            .map(|row| row.original.as_str())
    };
    let refunds: HashSet<&str> = of(true).collect();
    of(false).filter(|id| refunds.contains(id)).collect()
}
