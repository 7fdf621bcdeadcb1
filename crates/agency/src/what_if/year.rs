//! `Told`: what somebody tells of the year so far in one setting; what is left out follows from the rest.

use domain::Fen;
use domain::Plan;
use domain::setting::Setting;
use domain::step::LayerKind;
use domain::year::{LayerSums, SettingSums, YearToDate};

/// What is told of one setting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// In-scope cost.
    pub in_scope: Fen,
    /// Of it the deductible.
    pub deductible: Fen,
    /// Of it what the fund of the basic stage paid.
    pub pooled: Fen,
    /// Of it what no fund paid; all that is left, if it is not told.
    pub own_share: Option<Fen>,
    /// Of each layer, by [`LayerKind::index`], the own cost that it looked at, if that is told, and what it paid.
    pub layers: [(Option<Fen>, Fen); LayerKind::COUNT],
}

impl Told {
    /// Counts it to a year.
    pub fn count(&self, year: &mut YearToDate, setting: Setting) {
        let layers: Fen = self.layers.iter().map(|(_, paid)| *paid).sum();
        let own = self.in_scope.beyond(self.pooled);
        year.settings[setting.index()] = SettingSums {
            in_scope: self.in_scope,
            deductible: self.deductible,
            pooled: self.pooled,
            own_share: self.own_share.unwrap_or(own.beyond(layers)),
        };
        for &kind in LayerKind::ALL {
            let (base, paid) = self.layers[kind.index()];
            // The large-amount fund looks at cost over the cap only, never at the ordinary own share.
            let assumed = match kind {
                LayerKind::LargeAmount => paid,
                _ => own.max(paid),
            };
            let base = base.unwrap_or(assumed);
            year.layers[kind.index()][setting.index()] = LayerSums { base, paid };
        }
    }
}

/// The year as a plan counts it: sums of a setting that counts as another are sums of that other.
pub(super) fn counted(year: &YearToDate, plan: &Plan) -> YearToDate {
    let stays = year.stays;
    let mut counted = YearToDate {
        stays,
        ..YearToDate::default()
    };
    for &setting in Setting::ALL {
        let to = plan.stands_for(setting).unwrap_or(setting).index();
        let (sums, more) = (&mut counted.settings[to], year.settings[setting.index()]);
        sums.in_scope += more.in_scope;
        sums.deductible += more.deductible;
        sums.pooled += more.pooled;
        sums.own_share += more.own_share;
        for &kind in LayerKind::ALL {
            let more = year.layers[kind.index()][setting.index()];
            let sums = &mut counted.layers[kind.index()][to];
            sums.base += more.base;
            sums.paid += more.paid;
        }
    }
    counted
}
