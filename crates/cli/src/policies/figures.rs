//! The figures of a policy, amounts and ratios, counted by how sure they are.

use domain::cite::{Cite, Standing};
use domain::policy::{Policy, RowRef};
use domain::words::Lang;

/// How many figures a policy gives, by [`Standing::index`].
///
/// A row that gives a figure for each facility class counts each; the ends of bands count once a row.
pub(crate) fn counted(policy: &Policy) -> [usize; Standing::COUNT] {
    let mut counts = [0; Standing::COUNT];
    let mut add = |cite: &Cite, figures: usize| counts[cite.standing.index()] += figures;
    policy.base_amounts.iter().for_each(|row| add(&row.cite, 1));
    policy
        .payment_limits
        .iter()
        .for_each(|row| add(&row.cite, 1));
    policy
        .first_shares
        .iter()
        .for_each(|row| add(&row.cite, row.steps.len() * 2 - 1));
    policy
        .off_region_shares
        .iter()
        .for_each(|row| add(&row.cite, 1));
    policy
        .deductibles
        .iter()
        .for_each(|row| add(&row.cite, row.figures.len()));
    policy
        .deductible_caps
        .iter()
        .for_each(|row| add(&row.cite, 1));
    policy.adjusts.iter().for_each(|row| add(&row.cite, 1));
    policy
        .caps
        .iter()
        .for_each(|row| add(&row.cite, usize::from(row.amount.is_some())));
    let mut ends: Vec<RowRef> = Vec::new();
    for band in &policy.bands {
        let new = band.upto.is_some() && !ends.contains(&band.row);
        if new {
            ends.push(band.row);
        }
        add(&band.cite, 1 + usize::from(new));
    }
    for layer in &policy.layers {
        let threshold = usize::from(!layer.over.value.is_zero());
        add(
            &layer.cite,
            threshold + layer.bands.len() * 2 - 1 + usize::from(layer.cap.is_some()),
        );
    }
    counts
}

/// The counts in words, from the surest to the least sure.
pub(crate) fn by_standing(counts: &[usize; Standing::COUNT], lang: Lang) -> String {
    let present = Standing::ALL.iter().filter(|s| counts[s.index()] > 0);
    let texts: Vec<String> = present
        .map(|s| format!("{} {}", s.name(lang), counts[s.index()]))
        .collect();
    texts.join(match lang {
        Lang::Zh => "，",
        Lang::En => ", ",
    })
}
