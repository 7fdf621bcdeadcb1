//! The figures of a policy, amounts and ratios, counted by how sure they are.

use domain::bill::Setting;
use domain::cite::{Cite, Standing};
use domain::policy::{Policy, RowRef, Selector};
use domain::words::Lang;

/// How many figures a policy gives, by [`Standing::index`].
///
/// A row that gives a figure for each facility class counts each; the ends of bands count once a row.
pub(crate) fn counted(policy: &Policy) -> [usize; Standing::COUNT] {
    let mut counts = count(policy, |_| true);
    for row in &policy.base_amounts {
        counts[row.cite.standing.index()] += 1;
    }
    let paid = &policy.contributions;
    if let Some(base) = &paid.base {
        let bounds = [&base.floor, &base.ceiling].into_iter().flatten();
        counts[base.cite.standing.index()] += bounds.count();
    }
    let premiums = paid.premiums.iter().map(|row| &row.cite);
    for cite in premiums.chain(paid.credits.iter().map(|row| &row.cite)) {
        counts[cite.standing.index()] += 1;
    }
    for row in policy.kept() {
        counts[row.cite().standing.index()] += 1;
    }
    counts
}

/// The same for the rows that hold in a setting.
pub(crate) fn of_setting(policy: &Policy, setting: Setting) -> [usize; Standing::COUNT] {
    count(policy, |selector| selector.settings.holds(setting.index()))
}

/// The figures of the rows with such a selector.
fn count(policy: &Policy, wanted: impl Fn(&Selector) -> bool) -> [usize; Standing::COUNT] {
    let mut counts = [0; Standing::COUNT];
    let mut add = |selector: &Selector, cite: &Cite, figures: usize| {
        if wanted(selector) {
            counts[cite.standing.index()] += figures;
        }
    };
    for row in &policy.payment_limits {
        add(&row.selector, &row.cite, 1);
    }
    for row in &policy.first_shares {
        add(&row.selector, &row.cite, row.steps.len() * 2 - 1);
    }
    for row in &policy.off_region_shares {
        add(&row.selector, &row.cite, 1);
    }
    for row in &policy.deductibles {
        add(&row.selector, &row.cite, row.figures.len());
    }
    for row in &policy.deductible_caps {
        add(&row.selector, &row.cite, 1);
    }
    for row in &policy.adjusts {
        add(&row.selector, &row.cite, 1);
    }
    for row in &policy.caps {
        add(&row.selector, &row.cite, usize::from(row.amount.is_some()));
    }
    let mut ends: Vec<RowRef> = Vec::new();
    for band in &policy.bands {
        let new = band.upto.is_some() && !ends.contains(&band.row);
        if new {
            ends.push(band.row);
        }
        add(&band.selector, &band.cite, 1 + usize::from(new));
    }
    for layer in &policy.layers {
        let threshold = usize::from(!layer.over.value.is_zero());
        let bands = layer.bands.len() * 2 - 1;
        let cap = usize::from(layer.cap.is_some());
        add(&layer.selector, &layer.cite, threshold + bands + cap);
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
