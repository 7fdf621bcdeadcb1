//! `Generate`: random policies and bills as texts, by seed; valid by construction, full of odd amounts and near edges.

use crate::dice::Dice;

pub(crate) mod bill;
pub(crate) mod policy;
pub(crate) mod shipped;
pub(crate) mod space;

/// An amount in fen, in yuan with two decimals.
pub(crate) fn yuan(fen: i128) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// An amount in fen in one of the ways that a bill may write it.
pub(crate) fn written(dice: &mut Dice, fen: i128) -> String {
    let text = yuan(fen);
    let short = text.trim_end_matches('0').trim_end_matches('.');
    match dice.below(6) {
        0 => text,
        1 => short.to_owned(),
        2 => format!("{short:?}"),
        _ => format!("{text:?}"),
    }
}

/// `"a"`, or `["a", "b"]`.
pub(crate) fn quoted(words: &[String]) -> String {
    match words {
        [one] => format!("{one:?}"),
        many => format!("{many:?}"),
    }
}
