//! What changes and for whom, in words.

use domain::view::scope::Scope;

use super::Told;
use crate::diff::{Change, Changed, Value, What};

impl Told<'_> {
    /// Changes of which there is nothing to say but for whom.
    pub(super) fn whole(&self, change: &Change, with_settings: bool) -> Option<String> {
        let words = self.words;
        let text = match (&change.what, &change.value) {
            (What::Lost, _) => words.say("不再有规则", "no rule any more"),
            (What::Gained, _) => words.say(
                "现有规则，与同类其他机构、人员相同",
                "now with a rule, as the others of the class",
            ),
            (
                What::Counts,
                Changed {
                    from: None,
                    to: Some((Value::Counts(counts), _)),
                },
            ) if with_settings && *counts == change.scope.settings => {
                words.say("合并累计（新）", "counted together (new)")
            }
            _ => return None,
        };
        let settings = if with_settings {
            Some(words.settings(&change.scope.settings))
        } else {
            None
        };
        let who: Vec<String> = settings
            .into_iter()
            .chain(words.who(&change.scope))
            .filter(|w| !w.is_empty())
            .collect();
        let who = if who.is_empty() {
            words.say("全部", "everyone").to_owned()
        } else {
            who.join(words.say("，", ", "))
        };
        Some(format!("{who}{}{text}", words.say("：", ": ")))
    }

    pub(super) fn subject(&self, what: &What, scope: &Scope, with_settings: bool) -> String {
        let words = self.words;
        let separator = words.say("，", ", ");
        let mut parts = vec![self.what(what)];
        if with_settings && !scope.settings.is_empty() {
            parts.insert(0, words.settings(&scope.settings));
        }
        parts.extend(words.who(scope));
        parts.join(separator)
    }

    fn what(&self, what: &What) -> String {
        let words = self.words;
        let lang = words.lang;
        let text = match what {
            What::Payer => words.say("支付的基金", "fund of the basic stage"),
            What::Counts => words.say("合并累计", "counted together"),
            What::OffRegion => words.say("异地先行自付", "off-region first share"),
            What::Deductible => words.say("起付标准", "deductible"),
            What::BandRule => words.say("分段方法", "how the bands count"),
            What::Cap(false) => words.say("年度最高支付限额", "cap of the year"),
            What::Cap(true) => words.say("单次最高支付限额", "cap of a visit"),
            What::CapCounts(_) => words.say("计入限额", "counts towards the cap"),
            What::Lost | What::Gained => "",
            What::Account => words.say("个人账户", "personal account"),
            What::FirstShare(class, categories) => {
                let title = words.say("先行自付", "first share");
                let categories = words.list(categories.iter().map(|c| c.name(lang)));
                let text = format!("{title} {} {categories}", class.name(lang));
                return text.trim_end().to_owned();
            }
            What::Limit(category) => {
                return format!("{} {}", words.say("限价", "limit"), category.name(lang));
            }
            What::Band(over, upto) => {
                let stretch = words.stretch(*over, *upto);
                let title = words.say("基金支付比例", "paid by the fund");
                return if stretch.is_empty() {
                    title.to_owned()
                } else {
                    format!("{title} {stretch}")
                };
            }
            What::Layer(kind, identities) if identities.is_empty() => kind.name(lang),
            What::Layer(kind, identities) => {
                return format!("{} [{}]", kind.name(lang), words.identities(identities));
            }
        };
        text.to_owned()
    }
}
