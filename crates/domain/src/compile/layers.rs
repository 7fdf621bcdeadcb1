//! The funds after the basic one at one point, sorted into the stages of the law.

use super::bands::Drafted;
use super::{Compiler, Selected};
use crate::account::OwnPart;
use crate::bill::Setting;
use crate::fault::{Fault, FaultKind};
use crate::fen::Fen;
use crate::plan::{LayerPlan, Range};
use crate::policy::{CapBasis, Layer, Point};
use crate::step::LayerKind;
use crate::year::Counted;

/// The stages of the law after the basic fund.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LayerStage {
    LargeAmount,
    EarlySupplements,
    Catastrophic,
    Supplements,
    MedicalAid,
}

fn stage_of(layer: &Layer) -> LayerStage {
    match layer.kind {
        LayerKind::LargeAmount => LayerStage::LargeAmount,
        LayerKind::Catastrophic => LayerStage::Catastrophic,
        LayerKind::MedicalAid | LayerKind::TiltedAid => LayerStage::MedicalAid,
        LayerKind::RetireeSupplement
        | LayerKind::CivilServant
        | LayerKind::Enterprise
        | LayerKind::MutualAid => {
            if layer.before_catastrophic {
                LayerStage::EarlySupplements
            } else {
                LayerStage::Supplements
            }
        }
    }
}

impl<'p> Compiler<'p> {
    /// Large amount, early supplements, catastrophic insurance, supplements, medical aid.
    pub(super) fn layer_ranges(&mut self, point: &Point) -> [Range; 5] {
        let policy = self.policy;
        let mut layers: Vec<&'p Layer> = policy
            .layers
            .iter()
            .filter(|l| l.selector().holds(point))
            .collect();
        layers.sort_by_key(|l| l.kind);
        self.conflicts(point, &layers);
        [
            LayerStage::LargeAmount,
            LayerStage::EarlySupplements,
            LayerStage::Catastrophic,
            LayerStage::Supplements,
            LayerStage::MedicalAid,
        ]
        .map(|stage| {
            let start = self.layers.len();
            for layer in layers.iter().filter(|l| stage_of(l) == stage) {
                let plan = self.layer(point, layer);
                self.layers.push(plan);
            }
            let number = |n| u32::try_from(n).unwrap_or(u32::MAX);
            Range {
                start: number(start),
                len: number(self.layers.len() - start),
            }
        })
    }

    /// For each kind at most one row may match a person: two rows conflict unless their identities exclude each other.
    fn conflicts(&mut self, point: &Point, layers: &[&Layer]) {
        for (number, layer) in layers.iter().enumerate() {
            let conflict = layers[..number].iter().find(|other| {
                other.kind == layer.kind && !self.exclusive(&layer.identities, &other.identities)
            });
            if let Some(other) = conflict {
                let rows = [layer.row, other.row];
                self.faults
                    .push(Fault::at(point, rows, FaultKind::TwoRows("layer")));
            }
        }
    }

    /// Can no person have one of `a` and one of `b`? Only identities of the precedence list exclude each other.
    fn exclusive(&self, a: &[String], b: &[String]) -> bool {
        let listed = |i: &String| i == "none" || self.policy.aid_precedence.contains(i);
        let apart = !a.is_empty() && !b.is_empty() && !a.iter().any(|i| b.contains(i));
        apart && a.iter().chain(b).all(listed)
    }

    fn layer(&mut self, point: &Point, layer: &Layer) -> LayerPlan {
        if layer.kind == LayerKind::LargeAmount && layer.base != [OwnPart::OverCap] {
            self.faults
                .push(Fault::of([layer.row], FaultKind::LargeAmountBase));
        }
        if layer.cap_basis == CapBasis::CostAboveDeductible {
            self.faults
                .push(Fault::of([layer.row], FaultKind::LayerCapBasis));
        }
        let rule = self.figure(&layer.cite, &layer.over.text);
        let drafted = self.drafted(layer);
        let scale = self.scale_of(point, drafted);
        LayerPlan {
            kind: layer.kind,
            only: self.mask(layer),
            base: layer.base.clone(),
            over: layer.over.value,
            origin: layer.origin,
            accumulates: layer.accumulates,
            scale,
            cap: layer.cap.as_ref().map(|cap| (layer.cap_basis, cap.value)),
            counts: Counted::of(layer.counts.as_deref().unwrap_or(Setting::ALL)),
            rule,
        }
    }

    fn drafted(&mut self, layer: &Layer) -> Vec<Drafted> {
        let mut over = Fen::ZERO;
        let mut drafted = Vec::new();
        for (number, (upto, ratio)) in layer.bands.iter().enumerate() {
            let end = upto.as_ref().map(|u| u.value);
            let last = number + 1 == layer.bands.len();
            match end {
                Some(end) if end <= over => self
                    .faults
                    .push(Fault::of([layer.row], FaultKind::Empty(over, end))),
                Some(end) if last => self
                    .faults
                    .push(Fault::of([layer.row], FaultKind::EndsEarly(end))),
                None if !last => {
                    self.faults.push(Fault::of(
                        [layer.row],
                        FaultKind::Overlap(Fen::UNLIMITED, over),
                    ));
                }
                Some(_) | None => {}
            }
            drafted.push(Drafted {
                over,
                upto: end,
                ratio: ratio.value,
                clauses: vec![layer.cite.clone()],
                spelt: ratio.text.clone(),
                changes: Vec::new(),
                row: layer.row,
            });
            over = end.unwrap_or(over);
        }
        drafted
    }

    /// A bit for each identity; the plan's list says which.
    fn mask(&mut self, layer: &Layer) -> u64 {
        let mut mask = 0;
        for identity in &layer.identities {
            let known = self.identities.iter().position(|i| i == identity);
            let number = known.unwrap_or_else(|| {
                self.identities.push(identity.clone());
                self.identities.len() - 1
            });
            if number >= 63 {
                let kind = FaultKind::TooMany("identities of layers", number + 1, 63);
                self.faults.push(Fault::of([layer.row], kind));
                return mask;
            }
            mask |= 1 << number;
        }
        mask
    }
}
