//! Whether a person is covered on a day, as a sentence.

use jiff::civil::Date;

use crate::coverage::Covered;
use crate::person::CoverageState;
use crate::words::Lang;

/// Whether a person is covered on a day, why, and from when to when.
#[must_use]
pub fn covered(covered: &Covered<'_>, day: Date, lang: Lang) -> String {
    let reason = covered.reason.name(lang);
    let is = covered.state == CoverageState::InForce;
    let mut text = match (lang, is) {
        (Lang::Zh, true) => format!("{day} 享受医保待遇：{reason}"),
        (Lang::Zh, false) => format!(
            "{day} 不享受医保待遇（{}）：{reason}",
            covered.state.name(lang)
        ),
        (Lang::En, true) => format!("On {day} the person was covered: {reason}"),
        (Lang::En, false) => format!(
            "On {day} the person was not covered ({}): {reason}",
            covered.state.name(lang)
        ),
    };
    let span = match (covered.since, covered.until, lang) {
        (None, None, _) => String::new(),
        (Some(since), None, Lang::Zh) => format!("，自 {since} 起"),
        (None, Some(until), Lang::Zh) => format!("，至 {until} 止"),
        (Some(since), Some(until), Lang::Zh) => format!("，自 {since} 至 {until}"),
        (Some(since), None, Lang::En) => format!(", from {since}"),
        (None, Some(until), Lang::En) => format!(", up to {until}"),
        (Some(since), Some(until), Lang::En) => format!(", from {since} to {until}"),
    };
    text.push_str(&span);
    text.push_str(match lang {
        Lang::Zh => "。",
        Lang::En => ".",
    });
    text
}
