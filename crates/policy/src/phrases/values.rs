//! What a figure or rule says, and of a rule with many parts only those that differ.

use crate::diff::Value;
use domain::view::{Account, Deductible, Layer};
use domain::words::Lang;

use super::Phrases;

impl Phrases {
    /// A figure or rule in one phrase.
    pub fn value(self, value: &Value) -> String {
        match value {
            Value::Payer(payer) => payer.name(self.lang).to_owned(),
            Value::Counts(settings) => self.settings(settings),
            Value::FirstShare(share) => self.first_share(share),
            Value::Amount(amount) => self.yuan(*amount),
            Value::Ratio(ratio) => ratio.to_string(),
            Value::Deductible(deductible) => self.deductible(deductible),
            Value::BandRule(origin, accumulates) => {
                format!(
                    "{}{}{}",
                    self.origin(*origin),
                    self.say("，", ", "),
                    accumulates.name(self.lang)
                )
            }
            Value::Cap(cap) => self.cap(cap),
            Value::Layer(layer) => self.layer(layer),
            Value::Account(account) => self.account(account),
        }
    }

    /// Part by part what differs, for rules with many parts.
    pub fn parts(self, from: &Value, to: &Value) -> Option<String> {
        let parts = match (from, to) {
            (Value::Deductible(from), Value::Deductible(to)) => self.deductible_parts(from, to)?,
            (Value::Layer(from), Value::Layer(to)) => self.layer_parts(from, to),
            (Value::Account(from), Value::Account(to)) => self.account_rule_parts(from, to),
            _ => return None,
        };
        (!parts.is_empty()).then(|| parts.join(self.say("；", "; ")))
    }

    /// Only where there is more than figures.
    fn deductible_parts(self, from: &Deductible, to: &Deductible) -> Option<Vec<String>> {
        let [was, is] = [from, to].map(|d| self.deductible_more(d));
        if was == is && was.is_empty() {
            return None;
        }
        let figures = [from, to].map(|d| self.deductible_figures(d));
        let mut parts: Vec<String> = Vec::new();
        parts.extend(self.part(self.say("数额", "figures"), figures));
        let only = |a: &[String], b: &[String]| -> Vec<String> {
            a.iter().filter(|x| !b.contains(x)).cloned().collect()
        };
        let new = only(&is, &was)
            .into_iter()
            .map(|x| format!("{}{x}", self.say("新增 ", "new: ")));
        let gone = only(&was, &is)
            .into_iter()
            .map(|x| format!("{}{x}", self.say("取消 ", "gone: ")));
        parts.extend(new.chain(gone));
        Some(parts)
    }

    fn layer_parts(self, from: &Layer, to: &Layer) -> Vec<String> {
        let over = |l: &Layer| {
            if l.over.is_zero() {
                self.say("无", "none").to_owned()
            } else {
                self.yuan(l.over)
            }
        };
        let order = |l: &Layer| {
            if l.early {
                self.say("先于大病保险", "before")
            } else {
                self.say("后于大病保险", "after")
            }
        };
        let of = |f: &dyn Fn(&Layer) -> String| [f(from), f(to)];
        [
            ("起付", "threshold", of(&over)),
            ("比例", "pays", of(&|l| self.list(self.bands(&l.bands)))),
            ("限额", "cap", of(&|l| self.layer_cap(l.cap))),
            ("支付范围", "looks at", of(&|l| self.own_parts(&l.base))),
            (
                "分段",
                "bands count",
                of(&|l| self.origin(l.origin).to_owned()),
            ),
            (
                "累计",
                "counted",
                of(&|l| l.accumulates.name(self.lang).to_owned()),
            ),
            ("计入", "settings", of(&|l| self.settings(&l.counts))),
            (
                "顺序",
                "catastrophic insurance",
                of(&|l| order(l).to_owned()),
            ),
        ]
        .into_iter()
        .filter_map(|(zh, en, sides)| self.part(self.say(zh, en), sides))
        .collect()
    }

    fn account_rule_parts(self, from: &Account, to: &Account) -> Vec<String> {
        let family = |a: &Account| {
            if a.family {
                self.say("可以", "yes")
            } else {
                self.say("不可以", "no")
            }
            .to_owned()
        };
        let of = |f: &dyn Fn(&Account) -> String| [f(from), f(to)];
        [
            (
                "起付标准之前付",
                "before the deductible",
                of(&|a| self.account_parts(&a.before)),
            ),
            (
                "基金之后付",
                "after the funds",
                of(&|a| self.account_parts(&a.after)),
            ),
            ("可付", "may pay", of(&|a| self.own_parts(&a.pays))),
            ("家庭共济", "family accounts", of(&family)),
        ]
        .into_iter()
        .filter_map(|(zh, en, sides)| self.part(self.say(zh, en), sides))
        .collect()
    }

    fn part(self, name: &str, [from, to]: [String; 2]) -> Option<String> {
        (from != to).then(|| match self.lang {
            Lang::Zh => format!("{name} {from} → {to}"),
            Lang::En => format!("{name} from {from} to {to}"),
        })
    }
}
