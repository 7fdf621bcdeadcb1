//! Kinds of providers and persons in words, for those whom a policy leaves out or takes in.

use domain::class::Span;
use domain::view::kinds::{Persons, Providers};
use domain::words::Lang;

use super::Phrases;

impl Phrases {
    /// `未定级综合医院、药店`
    pub fn provider_kinds(self, kinds: &[Providers]) -> String {
        let texts: Vec<String> = kinds.iter().map(|k| self.providers(k)).collect();
        texts.join(self.say("；", "; "))
    }

    fn providers(self, providers: &Providers) -> String {
        let lang = self.lang;
        let kinds = match providers.kinds.as_slice() {
            [] => self.say("各类机构", "providers of every kind").to_owned(),
            kinds => self.list(kinds.iter().map(|k| k.name(lang))),
        };
        let mut more = Vec::new();
        if !providers.levels.is_empty() {
            let level = |n: &usize| match (n, lang) {
                (0, Lang::Zh) => "未定级".to_owned(),
                (n, Lang::Zh) => format!("{n}级"),
                (0, Lang::En) => "unrated".to_owned(),
                (n, Lang::En) => format!("level {n}"),
            };
            more.push(self.list(providers.levels.iter().map(level)));
        }
        more.extend(providers.community.map(|community| {
            let (yes, no) = (
                ("社区卫生服务机构", "community health centre"),
                ("非社区", "not a community centre"),
            );
            let (zh, en) = if community { yes } else { no };
            self.say(zh, en).to_owned()
        }));
        more.extend(self.words_of(&providers.tags, self.say("无特定标记", "without a tag")));
        bracketed(self, kinds, &more)
    }

    /// `灵活就业；退休（70岁及以上）`
    pub fn person_kinds(self, kinds: &[Persons]) -> String {
        let texts: Vec<String> = kinds.iter().map(|k| self.persons(k)).collect();
        texts.join(self.say("；", "; "))
    }

    fn persons(self, persons: &Persons) -> String {
        let statuses = match persons.statuses.as_slice() {
            [] => self.say("全部人员", "everyone").to_owned(),
            statuses => self.list(statuses.iter().map(|s| s.name(self.lang))),
        };
        let mut more = Vec::new();
        if !persons.ages.is_empty() {
            more.push(self.list(persons.ages.iter().map(|s| self.ages(s))));
        }
        if !persons.retired.is_empty() {
            let days = |s: &Span<jiff::civil::Date>| self.span(s.from, s.until);
            more.push(format!(
                "{}{}",
                self.say("退休日 ", "retired "),
                self.list(persons.retired.iter().map(days))
            ));
        }
        more.extend(self.words_of(
            &persons.identities,
            self.say("无特定身份", "with no special identity"),
        ));
        bracketed(self, statuses, &more)
    }

    fn ages(self, span: &Span<u16>) -> String {
        let text = self.span(span.from, span.until);
        match self.lang {
            Lang::Zh => format!("{text}岁"),
            Lang::En => format!("aged {text}"),
        }
    }

    fn span<T: std::fmt::Display>(self, from: Option<T>, until: Option<T>) -> String {
        match (from, until, self.lang) {
            (None, None, _) => String::new(),
            (Some(from), None, Lang::Zh) => format!("自{from}"),
            (Some(from), None, Lang::En) => format!("from {from}"),
            (None, Some(until), Lang::Zh) => format!("至{until}"),
            (None, Some(until), Lang::En) => format!("to {until}"),
            (Some(from), Some(until), Lang::Zh) => format!("{from}至{until}"),
            (Some(from), Some(until), Lang::En) => format!("{from} to {until}"),
        }
    }

    /// Combinations of tags or identities; the empty one is having none of them.
    fn words_of(self, combinations: &[Vec<String>], none: &str) -> Option<String> {
        let text = |words: &Vec<String>| {
            if words.is_empty() {
                none.to_owned()
            } else {
                words.join("+")
            }
        };
        (!combinations.is_empty()).then(|| self.list(combinations.iter().map(text)))
    }
}

pub(super) fn bracketed(words: Phrases, text: String, more: &[String]) -> String {
    if more.is_empty() {
        return text;
    }
    match words.lang {
        Lang::Zh => format!("{text}（{}）", more.join("，")),
        Lang::En => format!("{text} ({})", more.join(", ")),
    }
}
