//! Who pays what of a bill in proportion: as a bar with a key, and as tenths of a percent.

use agency::domain::explain::amount;
use agency::domain::fen::Fen;
use agency::domain::step::{Payer, Totals};
use agency::domain::words::Lang;
use maud::{Markup, html};

/// A part of the bar: who pays, and how much.
struct Part {
    name: &'static str,
    class: &'static str,
    amount: Fen,
}

/// Funds, account, cash, and the hospital where it bears something.
fn parts(lang: Lang, totals: &Totals) -> [Part; 4] {
    let say = |zh, en| super::say(lang, zh, en);
    let account = totals.account() + totals.paid_by(Payer::Family);
    [
        Part {
            name: say("基金", "funds"),
            class: "funds",
            amount: totals.funds(),
        },
        Part {
            name: say("个人账户", "account"),
            class: "account",
            amount: account,
        },
        Part {
            name: say("现金", "cash"),
            class: "cash",
            amount: totals.paid_by(Payer::Cash),
        },
        Part {
            name: say("医院", "hospital"),
            class: "hospital",
            amount: totals.paid_by(Payer::Hospital),
        },
    ]
}

/// A bar of the parts in their proportion.
pub(super) fn bar(lang: Lang, totals: &Totals) -> Markup {
    let parts = parts(lang, totals);
    let shown: Vec<&Part> = parts.iter().filter(|part| !part.amount.is_zero()).collect();
    let told: Vec<String> = shown
        .iter()
        .map(|part| format!("{} {}", part.name, amount(part.amount)))
        .collect();
    let mut before = 0;
    let mut places = Vec::new();
    for width in tenths(shown.iter().map(|part| part.amount)) {
        places.push((before, width));
        before += width;
    }
    html! {
        svg.bar viewBox="0 0 1000 60" preserveAspectRatio="none" role="img" aria-label=(told.join(super::say(lang, "，", ", "))) {
            @for (part, (x, width)) in shown.iter().zip(places) {
                rect class=(part.class) x=(x) y="0" width=(width) height="60" {}
            }
        }
        ul.key { @for part in shown { li { span class={ "dot " (part.class) } {} (part.name) " " strong { (amount(part.amount)) } } } }
    }
}

/// The parts in tenths of a percent, which come to exactly a hundred: what the rounding down leaves goes to those that lost most by it.
pub(super) fn tenths(parts: impl Iterator<Item = Fen>) -> Vec<u64> {
    let parts: Vec<u128> = parts.map(|part| u128::from(part.fen())).collect();
    let total = parts.iter().sum::<u128>().max(1);
    let down = parts.iter().map(|part| part * 1000 / total);
    let mut tenths: Vec<u64> = down
        .map(|tenths| u64::try_from(tenths).unwrap_or(1000))
        .collect();
    let mut by_loss: Vec<(u128, usize)> = parts
        .iter()
        .map(|part| part * 1000 % total)
        .zip(0..)
        .collect();
    by_loss.sort_by_key(|(lost, at)| (std::cmp::Reverse(*lost), *at));
    let left = usize::try_from(by_loss.iter().map(|(lost, _)| lost).sum::<u128>() / total);
    for (_, at) in by_loss.iter().take(left.unwrap_or(0)) {
        if let Some(tenths) = tenths.get_mut(*at) {
            *tenths += 1;
        }
    }
    tenths
}

/// A share with one decimal.
pub(super) fn percent(tenths: u64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_come_to_a_hundred() {
        for (parts, expected) in [
            (vec![1, 1, 1], "33.4 33.3 33.3"),
            (vec![1, 1, 1, 1, 1, 1], "16.7 16.7 16.7 16.7 16.6 16.6"),
            // To the nearest these would be 100.1.
            (vec![3335, 3335, 3330], "33.4 33.3 33.3"),
            (vec![1, 1999], "0.1 99.9"),
            (vec![1, 9999], "0.0 100.0"),
            (vec![0, 100], "0.0 100.0"),
            (vec![7], "100.0"),
            (vec![0], "0.0"),
            (vec![], ""),
        ] {
            let shares = tenths(parts.iter().map(|part| Fen::new(*part)));
            let told: Vec<String> = shares.iter().map(|share| percent(*share)).collect();
            assert_eq!(told.join(" "), expected, "{parts:?}");
            let whole = if parts.iter().sum::<u64>() == 0 {
                0
            } else {
                1000
            };
            assert_eq!(shares.iter().sum::<u64>(), whole, "{parts:?}");
        }
    }
}
