//! `Counted`: what of the year so far can change an answer: a setting whose sums count, and the layers that look at it.

use agency::domain::Plan;
use agency::domain::policy::Point;
use agency::domain::setting::Setting;
use agency::domain::step::LayerKind;

/// A setting whose sums of the year count.
pub(in super::super) struct Counted {
    pub(super) setting: Setting,
    /// It is the one that is asked about.
    pub(super) is_chosen: bool,
    /// The layers that look at it, for who has chosen the identity.
    pub(super) layers: Vec<LayerKind>,
}

/// Of what is chosen; nothing else of the year is asked.
pub(super) fn of(plan: &Plan, points: impl Iterator<Item = Point>, identity: &str) -> Vec<Counted> {
    let has: Vec<String> = match identity {
        "" => Vec::new(),
        identity => vec![identity.to_owned()],
    };
    let (mut basic, mut layers): (Vec<Setting>, Vec<(Setting, LayerKind)>) = Default::default();
    let mut chosen = Vec::new();
    for (setting, view) in points.filter_map(|point| Some((point.setting, plan.view(&point)?))) {
        chosen.push(setting);
        basic.extend(&view.counts);
        basic.extend(view.caps.iter().flat_map(|cap| &cap.value.counts));
        for layer in view.layers.iter().map(|layer| &layer.value) {
            let asked = &layer.identities;
            let is_for = |asked: &String| plan.policy.counts(&has, asked);
            if asked.is_empty() || asked.iter().any(is_for) {
                let counts = layer.counts.iter();
                layers.extend(counts.map(|&setting| (setting, layer.kind)));
            }
        }
    }
    let settings = Setting::ALL.iter().copied();
    let counted = settings.map(|setting| Counted {
        setting,
        is_chosen: chosen.contains(&setting),
        layers: LayerKind::ALL
            .iter()
            .copied()
            .filter(|&kind| layers.contains(&(setting, kind)))
            .collect(),
    });
    counted
        .filter(|one| basic.contains(&one.setting) || !one.layers.is_empty())
        .collect()
}
