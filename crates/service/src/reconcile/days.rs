//! `Days`: what was found, by the day on which the agency recorded it.

use std::collections::BTreeMap;

use agency::moment;
use jiff::civil::Date;

use super::compare::{Finding, Ours, Theirs, Verdict};
use super::sums::Sums;

/// A day's rows of both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// What the agency has.
    pub ours: Sums,
    /// What the institution has.
    pub theirs: Sums,
    /// Which findings are no agreement.
    pub open: Vec<usize>,
}

/// The days of all findings; none is the day of those that the agency has not and whose day the institution does not tell.
#[must_use]
pub fn days(ours: &[Ours], theirs: &[Theirs], findings: &[Finding]) -> BTreeMap<Option<Date>, Day> {
    let mut days: BTreeMap<Option<Date>, Day> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        let day = days.entry(day(ours, theirs, finding)).or_default();
        if counts_ours(finding.verdict) {
            day.ours += Sums::all(finding.ours.iter().map(|our| ours[*our].amounts));
        }
        if finding.verdict != Verdict::Doubtful {
            day.theirs += Sums::all(finding.theirs.iter().map(|their| theirs[*their].amounts));
        }
        if !finding.verdict.is_equal() {
            day.open.push(at);
        }
    }
    days
}

/// Whether the rows of ours that a finding names are counted there and nowhere else.
const fn counts_ours(verdict: Verdict) -> bool {
    !matches!(
        verdict,
        Verdict::Several | Verdict::NotTakenBack | Verdict::Repeated | Verdict::Elsewhere(_)
    )
}

fn day(ours: &[Ours], theirs: &[Theirs], finding: &Finding) -> Option<Date> {
    let ours = finding.ours.first().map(|our| ours[*our].at);
    let recorded = ours.and_then(moment::of_digits).map(|at| at.date());
    let told = || finding.theirs.and_then(|their| theirs[their].day);
    recorded.or_else(told)
}
