//! `YearToDate`: the benefit year before a bill, in sums by setting.

use crate::account::OwnPart;
use crate::fen::Fen;
use crate::setting::Setting;
use crate::step::{LayerKind, Totals};

/// The benefit year before a bill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearToDate {
    /// Earlier stays of the year.
    pub stays: u32,
    /// Sums by setting, indexed by [`Setting::index`].
    pub settings: [SettingSums; Setting::COUNT],
    /// Sums of the layers, by [`LayerKind::index`] and then by [`Setting::index`].
    pub layers: [[LayerSums; Setting::COUNT]; LayerKind::COUNT],
}

impl YearToDate {
    /// Is there nothing for this setting?
    #[must_use]
    pub fn is_empty(&self, setting: Setting) -> bool {
        let at = setting.index();
        self.settings[at] == SettingSums::default()
            && self.layers.iter().all(|of| of[at] == LayerSums::default())
    }

    /// Counts a settlement of this setting to the year. A stay counts when it ends: see [`YearToDate::stays`].
    ///
    /// `setting` is the one whose rules held ([`crate::Plan::stands_for`]).
    pub fn record(&mut self, setting: Setting, totals: &Totals) {
        let sums = &mut self.settings[setting.index()];
        sums.in_scope += totals.in_scope;
        sums.deductible += totals.became[OwnPart::Deductible.index()];
        sums.pooled += totals.basic;
        sums.own_share += totals.in_scope.beyond(totals.funds());
        for &kind in LayerKind::ALL {
            let sums = &mut self.layers[kind.index()][setting.index()];
            sums.base += totals.base[kind.index()];
            sums.paid += totals.layer(kind);
        }
    }
}

/// Sums of one setting over the year so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SettingSums {
    /// In-scope cost that came to the deductible.
    pub in_scope: Fen,
    /// Deductible borne.
    pub deductible: Fen,
    /// Paid by the fund of the basic stage.
    pub pooled: Fen,
    /// In-scope cost that no fund paid.
    pub own_share: Fen,
}

/// Sums of one layer over the year so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LayerSums {
    /// The person's own cost that the layer has looked at.
    pub base: Fen,
    /// What it has paid.
    pub paid: Fen,
}

/// A set of settings whose sums count together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    list: [Setting; Setting::COUNT],
    len: u8,
}

impl Counted {
    /// These settings; each counts once.
    #[must_use]
    pub fn of(settings: &[Setting]) -> Counted {
        let mut counted = Counted {
            list: [Setting::Outpatient; Setting::COUNT],
            len: 0,
        };
        for &setting in settings {
            if !counted.settings().contains(&setting) {
                counted.list[usize::from(counted.len)] = setting;
                counted.len += 1;
            }
        }
        counted
    }

    /// Which they are.
    #[inline]
    #[must_use]
    pub fn settings(&self) -> &[Setting] {
        &self.list[..usize::from(self.len)]
    }

    /// One sum over all of them.
    #[inline]
    #[must_use]
    pub fn sum(&self, year: &YearToDate, what: impl Fn(&SettingSums) -> Fen) -> Fen {
        let mut sum = Fen::ZERO;
        for setting in self.settings() {
            sum += what(&year.settings[setting.index()]);
        }
        sum
    }

    /// One layer's sums over all of them.
    #[inline]
    #[must_use]
    pub fn layer(&self, year: &YearToDate, kind: LayerKind) -> LayerSums {
        let mut sums = LayerSums::default();
        for setting in self.settings() {
            let of_setting = year.layers[kind.index()][setting.index()];
            sums.base += of_setting.base;
            sums.paid += of_setting.paid;
        }
        sums
    }
}
