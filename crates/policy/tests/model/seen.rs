//! `Seen`: how often each branch of the arithmetic was taken, and the figures last met on the way.

use std::collections::BTreeMap;

/// Counts by branch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) counts: BTreeMap<&'static str, u64>,
    /// Figures that are no amounts of the result; the generator steers by them.
    pub(crate) figures: BTreeMap<&'static str, i128>,
}

impl Seen {
    pub(crate) fn mark(&mut self, branch: &'static str) {
        *self.counts.entry(branch).or_default() += 1;
    }

    pub(crate) fn mark_if(&mut self, taken: bool, branch: &'static str) {
        if taken {
            self.mark(branch);
        }
    }

    /// Marks why a bill could not be settled.
    pub(crate) fn mark_unsettled(&mut self, error: &str) {
        if let Some(branch) = BRANCHES.iter().find(|branch| **branch == error) {
            self.mark(branch);
        }
    }

    pub(crate) fn note(&mut self, name: &'static str, figure: i128) {
        self.figures.insert(name, figure);
    }

    pub(crate) fn add(&mut self, other: &Seen) {
        for (branch, count) in &other.counts {
            *self.counts.entry(branch).or_default() += count;
        }
    }
}

/// Every branch that the random bills must reach.
pub(crate) const BRANCHES: &[&str] = &[
    "account after: current",
    "account after: emptied",
    "account after: prior",
    "account before: emptied",
    "account before: paid all",
    "account: not wanted",
    "admission: emergency at a provider that is not designated",
    "admission: not covered on admission, and need not be",
    "admission: the fund advances",
    "bands: a ratio kept within 0 and 1",
    "bands: above the deductible, of the stay",
    "bands: above the deductible, of the year",
    "bands: absolute, of the stay",
    "bands: absolute, of the year",
    "bands: cost ends at an edge",
    "bands: cost starts above the first",
    "bands: none",
    "bands: of a stay settled in parts",
    "bands: one",
    "bands: three or more",
    "bands: two",
    "cap: cost above the deductible, visit",
    "cap: cost above the deductible, year",
    "cap: cost, exactly",
    "cap: cost, used up before",
    "cap: cost, visit",
    "cap: cost, year",
    "cap: payment, at the band's end",
    "cap: payment, cost at half a fen",
    "cap: payment, exactly",
    "cap: payment, in a later band",
    "cap: payment, in the first band",
    "cap: payment, passed by a part of a fen",
    "cap: payment, used up before",
    "cap: the second on payment is larger",
    "cap: the second on payment is smaller",
    "catastrophic",
    "civil_servant",
    "coverage_ended",
    "coverage_suspended",
    "coverage_waiting",
    "deductible: exactly the cost",
    "deductible: first stay",
    "deductible: later figure",
    "deductible: forgiven in the old year",
    "deductible: more than the cost",
    "deductible: period again",
    "deductible: period as the next stay",
    "deductible: the rest of a stay's",
    "deductible: the year's cap",
    "deductible: waived",
    "deposit: collected",
    "deposit: refunded",
    "enterprise",
    "excluded",
    "family: a later one",
    "family: the first",
    "large_amount",
    "layer: above the threshold",
    "layer: absolute",
    "layer: across the threshold",
    "layer: before catastrophic insurance",
    "layer: below the threshold",
    "layer: cap on cost",
    "layer: cap on cost, used up before",
    "layer: cap on payment",
    "layer: for an identity",
    "layer: for everybody",
    "layer: for those without",
    "layer: its own base of the year",
    "layer: of the visit",
    "layer: of the year",
    "layer: the own share as its base",
    "line: amount at half a fen",
    "line: borne by the hospital",
    "line: first share at half a fen",
    "line: first share by price",
    "line: first share of the category",
    "line: first share of the class",
    "line: its own first share",
    "line: its own limit is lower",
    "line: outside the catalogue",
    "line: over the limit",
    "line: restricted and approved",
    "line: restricted without approval",
    "line: the policy's limit is lower",
    "medical_aid",
    "mutual_aid",
    "needs birth",
    "needs days",
    "needs lines",
    "needs retirement",
    "needs the year before",
    "no rule: cause",
    "no rule: facility",
    "no rule: left out",
    "no rule: place",
    "no rule: setting",
    "not_designated",
    "not_insured",
    "off-region share",
    "payer: large_amount",
    "payer: pooled",
    "payment: at half a fen",
    "payment: rounded band by band",
    "payment: rounded once over bands",
    "retiree_supplement",
    "setting: no fund pays",
    "tilted_aid",
    "unsettled: the same reason",
    "year: split with nothing in the new year",
    "year: split with nothing in the old year",
    "year: stay in the year of discharge",
    "year: stay split by day",
];
