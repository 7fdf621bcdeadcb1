//! `Faults`: what cannot be read of a form, a sentence each; and how amounts and numbers are read.

use agency::domain::fen::Fen;
use agency::domain::words::Lang;
use agency::yuan;

use crate::pages::plain::figure;

/// Such a bill is no longer one that a person has.
pub(super) const MOST: Fen = Fen::from_yuan(100_000_000);

/// What cannot be read.
pub(super) struct Faults {
    pub(super) lang: Lang,
    pub(super) told: Vec<String>,
}

impl Faults {
    fn wrong(&mut self, name: (&str, &str), found: &str, rule: (&str, &str)) {
        let (name, rule) = match self.lang {
            Lang::Zh => (name.0, rule.0),
            Lang::En => (name.1, rule.1),
        };
        let found = shortened(found);
        self.told.push(match self.lang {
            Lang::Zh => format!("{name}“{found}”：{rule}"),
            Lang::En => format!("{name} `{found}`: {rule}"),
        });
    }

    /// Something that holds, or else the rule is told.
    pub(super) fn within(
        &mut self,
        name: (&str, &str),
        found: &str,
        holds: bool,
        rule: (&str, &str),
    ) -> Option<()> {
        if !holds {
            self.wrong(name, found, rule);
        }
        holds.then_some(())
    }

    pub(super) fn known<T>(
        &mut self,
        name: (&str, &str),
        found: &str,
        read: Option<T>,
    ) -> Option<T> {
        if read.is_none() {
            self.wrong(name, found, ("请从列表中选择", "choose one of the list"));
        }
        read
    }

    /// A figure that must be there, as people write it.
    pub(super) fn read<T>(
        &mut self,
        (zh, en): (String, String),
        text: &str,
        rule: (&str, &str),
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let read = read(&figure(text));
        if read.is_none() {
            self.wrong((&zh, &en), text, rule);
        }
        read
    }

    /// Nothing is zero.
    pub(super) fn amount(&mut self, name: (&str, &str), text: &str) -> Option<Fen> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Fen::ZERO);
        }
        let read = yuan(&figure(text)).ok().filter(|amount| *amount <= MOST);
        if read.is_none() {
            let rule = (
                "应为金额（元），至多两位小数，不超过1亿元",
                "yuan with at most two decimals, and at most 100 million",
            );
            self.wrong(name, text, rule);
        }
        read
    }

    /// Nothing is zero.
    pub(super) fn number(&mut self, name: (&str, &str), text: &str, most: u32) -> Option<u32> {
        let text = text.trim();
        if text.is_empty() {
            return Some(0);
        }
        let read = figure(text)
            .parse::<u32>()
            .ok()
            .filter(|number| *number <= most);
        if read.is_none() {
            let text = shortened(text);
            self.told.push(match self.lang {
                Lang::Zh => format!("{}“{text}”：应为0到{most}的整数", name.0),
                Lang::En => format!("{} `{text}`: a whole number from 0 to {most}", name.1),
            });
        }
        read
    }
}

/// Of what was typed, as much as is needed to find it again.
fn shortened(text: &str) -> String {
    const MOST: usize = 24;
    let mut short: String = text.chars().take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (typed, expected) in [
            ("1234.56", "1234.56"),
            ("1,234.56", "1234.56"),
            ("1,234,567", "1234567"),
            ("１００．５", "100.5"),
            ("¥ 100元", "100"),
            // A comma that does not part thousands stays, and is refused.
            ("12,3", "12,3"),
            ("1234,567", "1234,567"),
            (",5", ",5"),
            ("1,2345", "1,2345"),
        ] {
            assert_eq!(figure(typed), expected, "{typed}");
        }
    }

    #[test]
    fn what_was_typed_is_told_shortened() {
        assert_eq!(shortened("12,3"), "12,3");
        assert_eq!(shortened(&"9".repeat(60_000)).chars().count(), 25);
    }
}
