//! Names that a policy gives or that everybody knows: causes of exclusion, ways of rounding.

use domain::Round;
use domain::case::Cause;
use domain::policy::Exclusion;
use domain::refusal::Refusal;
use domain::words::Lang;

/// The name of a cause: the region's own, else the one that everybody knows.
#[must_use]
pub fn exclusion_name(exclusion: &Exclusion, lang: Lang) -> String {
    let cause = Cause::from_code(&exclusion.cause).map(|c| c.name(lang));
    let refusal = || Refusal::from_code(&exclusion.cause).map(|r| r.name(lang));
    let known = cause.or_else(refusal);
    let name = exclusion
        .name
        .as_ref()
        .map(|n| n.lang(lang))
        .or(known)
        .unwrap_or(&exclusion.cause);
    name.to_owned()
}

/// How a fen is rounded.
#[must_use]
pub const fn round(round: Round, lang: Lang) -> &'static str {
    match (round, lang) {
        (Round::HalfUp, Lang::Zh) => "四舍五入",
        (Round::HalfUp, Lang::En) => "half up",
        (Round::HalfEven, Lang::Zh) => "四舍六入五成双",
        (Round::HalfEven, Lang::En) => "half to even",
        (Round::Up, Lang::Zh) => "进一",
        (Round::Up, Lang::En) => "up",
        (Round::Down, Lang::Zh) => "去尾",
        (Round::Down, Lang::En) => "down",
    }
}
