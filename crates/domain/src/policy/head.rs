//! The rules of a policy's head, which hold for every row: benefit year, days of cover, rounding, places.

use super::{AgeOn, CoverageDays, Cross, RoundBands};
use crate::bill::Place;
use crate::cite::Cite;
use crate::day::YearStart;
use crate::ratio::Round;

/// Benefit year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearRule {
    /// Its first day.
    pub starts: YearStart,
    /// A stay over its end.
    pub cross: Cross,
    /// The day on which age counts.
    pub age_on: AgeOn,
    /// Source.
    pub cite: Cite,
}

/// Days on which cover is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageRule {
    /// Of a stay.
    pub days: CoverageDays,
    /// Source.
    pub cite: Cite,
}

/// Rounding, everywhere explicit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundingRule {
    /// Of a fee line's parts.
    pub line: Round,
    /// Of each payer's amount.
    pub fund: Round,
    /// Of the cost at which a cap on fund payment is reached.
    pub boundary: Round,
    /// Once for the payer or band by band.
    pub bands: RoundBands,
    /// Source.
    pub cite: Cite,
}

/// Places of care for which there is a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRule {
    /// Which.
    pub known: Vec<Place>,
    /// Source.
    pub cite: Cite,
}
