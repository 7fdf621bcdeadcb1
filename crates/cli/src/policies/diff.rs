//! `yibao policy diff`: what changes from one policy file to another, in sentences.

mod classes;
mod kept;
mod paid;
mod values;

use std::path::Path;
use std::process::ExitCode;

use domain::bill::Setting;
use domain::cite::Standing;
use domain::policy::SettingFunds;
use domain::view::scope::Scope;
use domain::words::Lang;
use policy::diff::{Change, Changed, Diff, Head, SettingChange, StandingChange, Value, What};
use policy::{PolicyFile, Source};

use super::phrases::Phrases;
use super::show::{exclusion_name, round};
use crate::output::Output;

pub(super) fn run(from: &Path, to: &Path, output: &Output) -> Result<ExitCode, String> {
    let read = |path: &Path| {
        let source = Source::read(path).map_err(|e| e.to_string())?;
        PolicyFile::read(&source).map_err(|e| e.to_string())
    };
    let (old, new) = (read(from)?, read(to)?);
    let diff = policy::diff::diff(&old, &new).map_err(|e| e.to_string())?;
    let told = Told {
        instead: false,
        words: Phrases { lang: output.lang },
        output,
    };
    told.heading(&old, &new, &diff);
    told.print(&diff);
    Ok(ExitCode::SUCCESS)
}

/// How the sentence of an exception begins.
const EXCEPTION: &str = "– ";

/// Where the sentences go.
struct Told<'a> {
    /// What differs is not a change in time but an exception.
    instead: bool,
    words: Phrases,
    output: &'a Output,
}

impl Told<'_> {
    fn heading(&self, old: &PolicyFile, new: &PolicyFile, diff: &Diff) {
        let policy = &new.plan.policy;
        let lang = self.words.lang;
        let (region, scheme) = (policy.region_name.lang(lang), policy.scheme.name(lang));
        self.output.heading(&match lang {
            Lang::Zh => format!("{region} · {scheme}：自 {} 起的变化", diff.days.1),
            Lang::En => format!("{region} · {scheme}: what changes from {} on", diff.days.1),
        });
        self.output.line(&format!("{} → {}", old.name, new.name));
    }

    fn print(&self, diff: &Diff) {
        if diff.is_empty() {
            let text = "没有影响金额的变化；文件、依据等级或注释可能不同";
            return self.output.line(self.words.say(
                text,
                "nothing that changes an amount; documents, standings or comments may differ",
            ));
        }
        let lang = self.words.lang;
        let settings = diff.settings.iter().map(|s| self.setting(s));
        self.section(
            ("就医类别和就医地", "Settings and places"),
            settings.chain(self.places(diff)),
        );
        self.section(
            ("医疗机构和人员类别", "Classes of providers and persons"),
            classes::sentences(diff, self.words)
                .into_iter()
                .chain(self.new_classes(diff)),
        );
        let gone = |setting: &Setting| {
            diff.settings
                .iter()
                .any(|s| s.setting == *setting && s.funds.to.is_none())
        };
        // Of a setting that is gone the first section says enough.
        let told = |c: &&Change| c.scope.settings.is_empty() || !c.scope.settings.iter().all(gone);
        let (in_settings, across): (Vec<&Change>, Vec<&Change>) = diff
            .changes
            .iter()
            .filter(told)
            .partition(|c| c.scope.settings.len() == 1);
        for &setting in Setting::ALL {
            let here = in_settings.iter().filter(|c| c.scope.settings == [setting]);
            let title = setting.name(lang);
            self.section((title, title), here.map(|c| self.change(c, false)));
        }
        self.section(
            ("各就医类别", "Across settings"),
            across.iter().map(|c| self.change(c, true)),
        );
        self.paid_and_kept(diff);
        self.section(
            ("不予支付的事由", "Excluded causes"),
            diff.exclusions.iter().map(|c| self.exclusion(c)),
        );
        self.section(
            ("年度、参保、进位", "Year, cover, rounding"),
            diff.head.iter().map(|(a, b)| self.head(a, b)),
        );
        let standings = diff.standings.iter().map(|s| self.standing(s));
        let standings = standings.chain(diff.paid.iter().filter_map(|c| self.paid_standing(c)));
        self.section(
            (
                "数字不变，依据等级变化",
                "The same figures, another standing",
            ),
            standings,
        );
        let gap = |gap: &domain::policy::Gap| gap.about.lang(lang).to_owned();
        self.section(("新的缺口", "New gaps"), diff.gaps.0.iter().map(gap));
        self.section(
            ("不再列出的缺口", "Gaps no longer listed"),
            diff.gaps.1.iter().map(gap),
        );
    }

    fn paid_and_kept(&self, diff: &Diff) {
        self.section(
            ("缴费和个人账户划入", "Paid in, and credited to the account"),
            diff.paid.iter().filter_map(|c| self.paid(c)),
        );
        self.section(
            (
                "待遇起止和个人账户管理",
                "Cover over time, and keeping the account",
            ),
            self.kept(diff),
        );
    }

    /// A heading with its sentences, each once; nothing without sentences.
    fn section(&self, (zh, en): (&str, &str), sentences: impl IntoIterator<Item = String>) {
        let mut told: Vec<String> = Vec::new();
        for sentence in sentences {
            if !told.contains(&sentence) {
                told.push(sentence);
            }
        }
        if !told.is_empty() {
            self.output.heading(self.words.say(zh, en));
        }
        for sentence in told {
            // An exception stands below what it is one of.
            let bullet = if sentence.starts_with(EXCEPTION) {
                "    "
            } else {
                "  · "
            };
            self.output.line(&format!("{bullet}{sentence}"));
        }
    }

    fn setting(&self, change: &SettingChange) -> String {
        let words = self.words;
        let name = change.setting.name(words.lang);
        let funds = |funds: &Option<SettingFunds>| match funds {
            None => words.say("没有规则", "no rule").to_owned(),
            Some(SettingFunds::None) => words
                .say("基金不支付，账户可付", "no fund pays, the account may")
                .to_owned(),
            Some(SettingFunds::As(other)) => match words.lang {
                Lang::Zh => format!("同{}", other.name(Lang::Zh)),
                Lang::En => format!("as {}", other.name(Lang::En)),
            },
            Some(SettingFunds::Pays { payer, .. }) => match words.lang {
                Lang::Zh => format!("{}支付", payer.name(Lang::Zh)),
                Lang::En => format!("the {} pays", payer.name(Lang::En)),
            },
        };
        self.becomes(name, &funds(&change.funds.from), &funds(&change.funds.to))
    }

    fn becomes(&self, what: &str, from: &str, to: &str) -> String {
        match (self.words.lang, self.instead) {
            (Lang::Zh, false) => format!("{what}：{from} → {to}"),
            (Lang::Zh, true) => format!("{what}：{to}，而非{from}"),
            (Lang::En, false) => format!("{what}: from {from} to {to}"),
            (Lang::En, true) => format!("{what}: {to} instead of {from}"),
        }
    }

    /// Places that come, with what differs there from the region itself, and places that go.
    fn places(&self, diff: &Diff) -> Vec<String> {
        let words = self.words;
        let mut all = Vec::new();
        for (place, changes) in &diff.new_places {
            let name = place.name(words.lang);
            all.push(match (changes.is_empty(), words.lang) {
                (true, Lang::Zh) => format!("{name}：没有规则 → 同参保地"),
                (true, Lang::En) => format!("care {name}: from no rule to as in the region"),
                (false, Lang::Zh) => format!("{name}：没有规则 → 同参保地，以下除外"),
                (false, Lang::En) => {
                    format!("care {name}: from no rule to as in the region, except for")
                }
            });
            all.extend(changes.iter().map(|c| self.exception(c)));
        }
        for place in &diff.lost_places {
            let name = place.name(words.lang);
            all.push(self.becomes(
                name,
                words.say("有规则", "a rule"),
                words.say("没有规则", "none"),
            ));
        }
        all
    }

    /// Classes that are wholly new, each beside the one that it differs from least.
    fn new_classes(&self, diff: &Diff) -> Vec<String> {
        let words = self.words;
        let mut all = Vec::new();
        for new in &diff.new_classes {
            let (class, like) = (new.class.lang(words.lang), new.like.lang(words.lang));
            all.push(match (new.changes.is_empty(), words.lang) {
                (true, Lang::Zh) => format!("{class}：同“{like}”"),
                (true, Lang::En) => format!("{class}: as `{like}`"),
                (false, Lang::Zh) => format!("{class}：同“{like}”，以下除外"),
                (false, Lang::En) => format!("{class}: as `{like}`, except for"),
            });
            all.extend(new.changes.iter().map(|c| self.exception(c)));
        }
        all
    }

    /// What is otherwise than at the place or class that was named before.
    fn exception(&self, change: &Change) -> String {
        let told = Told {
            instead: true,
            ..*self
        };
        format!("{EXCEPTION}{}", told.change(change, true))
    }

    /// One figure: what, for whom, from what to what.
    fn change(&self, change: &Change, with_settings: bool) -> String {
        let words = self.words;
        if let Some(sentence) = self.whole(change, with_settings) {
            return sentence;
        }
        let subject = self.subject(&change.what, &change.scope, with_settings);
        let Changed { from, to } = &change.value;
        let standing = to.as_ref().map(|(_, standing)| *standing);
        if let (Some((from, _)), Some((to, _))) = (from, to)
            && let Some(parts) = words.parts(from, to)
        {
            let text = format!("{subject}{}{parts}", words.say("：", ": "));
            return self.standing_after(text, standing);
        }
        let value =
            |side: &Option<(Value, Standing)>| side.as_ref().map(|(value, _)| words.value(value));
        self.sentence(subject, (value(from), value(to)), standing)
    }

    /// From what to what, or what is new or gone, with the standing of the new figure.
    fn sentence(
        &self,
        subject: String,
        sides: (Option<String>, Option<String>),
        standing: Option<Standing>,
    ) -> String {
        let text = match (sides, self.words.lang) {
            ((Some(from), Some(to)), _) => self.becomes(&subject, &from, &to),
            ((None, Some(to)), Lang::Zh) => format!("{subject}：{to}（新）"),
            ((None, Some(to)), Lang::En) => format!("{subject}: {to} (new)"),
            ((Some(from), None), Lang::Zh) => format!("{subject}：取消（原 {from}）"),
            ((Some(from), None), Lang::En) => format!("{subject}: gone (was {from})"),
            ((None, None), _) => subject,
        };
        self.standing_after(text, standing)
    }

    fn standing_after(&self, text: String, standing: Option<Standing>) -> String {
        match standing {
            Some(standing) => format!("{text} [{}]", standing.name(self.words.lang)),
            None => text,
        }
    }

    /// Changes of which there is nothing to say but for whom.
    fn whole(&self, change: &Change, with_settings: bool) -> Option<String> {
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

    fn subject(&self, what: &What, scope: &Scope, with_settings: bool) -> String {
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

    fn exclusion(&self, change: &Changed<domain::policy::Exclusion>) -> String {
        let words = self.words;
        let name = |e: &domain::policy::Exclusion| exclusion_name(e, words.lang);
        let advance = |e: &domain::policy::Exclusion| {
            if e.advance {
                words.say("，可先行支付", ", the fund may advance")
            } else {
                ""
            }
            .to_owned()
        };
        match (&change.from, &change.to) {
            (Some(from), Some(to)) => {
                let told = |e: &domain::policy::Exclusion| {
                    if e.advance {
                        words.say("可先行支付", "an advance")
                    } else {
                        words.say("不先行支付", "no advance")
                    }
                };
                self.becomes(&name(to), told(from), told(to))
            }
            (None, Some(to)) => format!(
                "{}{}{}",
                words.say("新增：", "new: "),
                name(to),
                advance(to)
            ),
            (Some(from), None) => format!(
                "{}{}",
                words.say("不再列出：", "no longer listed: "),
                name(from)
            ),
            (None, None) => String::new(),
        }
    }

    fn head(&self, from: &Head, to: &Head) -> String {
        let words = self.words;
        let what = match from {
            Head::Year(..) => words.say("年度", "benefit year"),
            Head::Coverage(_) => words.say("须参保的日子", "days of cover"),
            Head::Rounding(..) => words.say("进位", "rounding"),
        };
        self.becomes(
            what,
            &head_text(from, words.lang),
            &head_text(to, words.lang),
        )
    }

    fn standing(&self, change: &StandingChange) -> String {
        let lang = self.words.lang;
        let subject = self.subject(&change.what, &change.scope, true);
        self.becomes(
            &subject,
            change.standing.0.name(lang),
            change.standing.1.name(lang),
        )
    }
}

fn head_text(head: &Head, lang: Lang) -> String {
    match head {
        Head::Year(starts, cross, age) => {
            format!(
                "{:02}-{:02} / {} / {}",
                starts.month,
                starts.day,
                cross.name(lang),
                age.name(lang)
            )
        }
        Head::Coverage(days) => days.name(lang).to_owned(),
        Head::Rounding(rounds, bands) => {
            let rounds = rounds.map(|r| round(r, lang));
            format!("{} / {}", rounds.join(" / "), bands.name(lang))
        }
    }
}
