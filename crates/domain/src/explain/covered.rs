//! Whether a person is covered on a day, as a sentence.

use jiff::civil::Date;

use crate::coverage::Covered;
use crate::person::CoverageState;
use crate::words::Lang;

/// Who hears the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearer {
    /// The person.
    Person,
    /// Somebody else.
    Other,
}

/// Whether a person is covered on a day, why, and from when to when.
#[must_use]
pub fn covered(covered: &Covered<'_>, day: Date, hearer: Hearer, lang: Lang) -> String {
    let reason = covered.reason.name(lang);
    let who = match hearer {
        Hearer::Person => "you are",
        Hearer::Other => "the person was",
    };
    let is = covered.state == CoverageState::InForce;
    let mut text = match (lang, is) {
        (Lang::Zh, true) => format!("{day} 享受医保待遇：{reason}"),
        (Lang::Zh, false) => format!(
            "{day} 不享受医保待遇（{}）：{reason}",
            covered.state.name(lang)
        ),
        (Lang::En, true) => format!("On {day} {who} covered: {reason}"),
        (Lang::En, false) => format!(
            "On {day} {who} not covered ({}): {reason}",
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::cite::{Cite, Standing};
    use crate::coverage::Reason;

    #[test]
    fn whoever_is_covered_is_told_so_in_person() {
        let cite = Cite {
            document: 0,
            place: String::new(),
            standing: Standing::Law,
        };
        let table = [
            (
                Reason::Paid,
                Hearer::Person,
                "On 2026-03-05 you are covered: the premium is paid.",
            ),
            (
                Reason::Paid,
                Hearer::Other,
                "On 2026-03-05 the person was covered: the premium is paid.",
            ),
            (
                Reason::Left,
                Hearer::Person,
                "On 2026-03-05 you are not covered (ended): left.",
            ),
            (
                Reason::Left,
                Hearer::Other,
                "On 2026-03-05 the person was not covered (ended): left.",
            ),
        ];
        for (reason, hearer, expected) in table {
            let told = Covered {
                state: reason.state(),
                reason,
                since: None,
                until: None,
                cite: &cite,
            };
            assert_eq!(covered(&told, date(2026, 3, 5), hearer, Lang::En), expected);
        }
    }
}
