//! `Reform`: what changes from one policy file to the next, told in sentences, each with what was, what is and the clauses of both.

mod classes;
mod clauses;
mod kept;
mod paid;
mod subject;

use domain::bill::Setting;
use domain::cite::{Cite, Standing};
use domain::policy::{Exclusion, Gap, Policy, SettingFunds};
use domain::words::Lang;

use crate::diff::{Apart, Change, Changed, Diff, Head, SettingChange, StandingChange, Value, diff};
use crate::file::PolicyFile;
use crate::phrases::{Phrases, exclusion_name, round};

/// What changes, under headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reform {
    /// In the order in which people read it; none where nothing changes that bears on an amount.
    pub sections: Vec<Section>,
}

/// A heading with what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// Each once; at least one.
    pub lines: Vec<Line>,
}

/// One thing that changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// All of it in a sentence.
    pub text: String,
    /// It is an exception to the line before the exceptions.
    pub is_exception: bool,
    /// What, and for whom; the sentence itself where it is not of one thing that was so and is so.
    pub subject: String,
    /// As it was, where there was something, and as it is, where there is.
    pub sides: [Option<String>; 2],
    /// What each side rests on, in the documents of its own policy.
    pub clauses: [Vec<Cite>; 2],
}

impl Line {
    /// A sentence that is not of one thing that was so and is so.
    fn whole(text: String) -> Line {
        Line {
            subject: text.clone(),
            text,
            ..Line::default()
        }
    }

    fn resting(self, clauses: [Vec<Cite>; 2]) -> Line {
        Line { clauses, ..self }
    }
}

impl Reform {
    /// From one file to another.
    ///
    /// # Errors
    /// When they are of two regions or two schemes.
    pub fn of(from: &PolicyFile, to: &PolicyFile, lang: Lang) -> Result<Reform, Apart> {
        let diff = diff(from, to)?;
        let told = Told {
            instead: false,
            words: Phrases { lang },
            policies: [&from.plan.policy, &to.plan.policy],
        };
        let mut reform = Reform::default();
        if !diff.is_empty() {
            told.tell(&diff, &mut reform);
        }
        Ok(reform)
    }

    /// A heading with its lines, each once; nothing without lines.
    fn section(&mut self, title: &str, lines: impl IntoIterator<Item = Line>) {
        let mut told: Vec<Line> = Vec::new();
        for line in lines {
            match told.iter_mut().find(|known| known.text == line.text) {
                Some(known) => {
                    for (known, side) in known.clauses.iter_mut().zip(line.clauses) {
                        let new = side.into_iter().filter(|c| !known.contains(c));
                        let new: Vec<Cite> = new.collect();
                        known.extend(new);
                    }
                }
                None => told.push(line),
            }
        }
        if !told.is_empty() {
            let title = title.to_owned();
            self.sections.push(Section { title, lines: told });
        }
    }
}

/// The two policies, and how what differs is told.
struct Told<'a> {
    /// What differs is not a change in time but an exception.
    instead: bool,
    words: Phrases,
    policies: [&'a Policy; 2],
}

impl Told<'_> {
    fn tell(&self, diff: &Diff, reform: &mut Reform) {
        let (words, lang) = (self.words, self.words.lang);
        let settings = diff.settings.iter().map(|s| self.setting(s));
        reform.section(
            words.say("就医类别和就医地", "Settings and places"),
            settings.chain(self.places(diff)),
        );
        let classes = classes::sentences(diff, words).into_iter().map(Line::whole);
        reform.section(
            words.say("医疗机构和人员类别", "Classes of providers and persons"),
            classes.chain(self.new_classes(diff)),
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
            reform.section(setting.name(lang), here.map(|c| self.change(c, false)));
        }
        reform.section(
            words.say("各就医类别", "Across settings"),
            across.iter().map(|c| self.change(c, true)),
        );
        self.tell_the_rest(diff, reform);
    }

    fn tell_the_rest(&self, diff: &Diff, reform: &mut Reform) {
        let words = self.words;
        reform.section(
            words.say("缴费和个人账户划入", "Paid in, and credited to the account"),
            diff.paid.iter().filter_map(|c| self.paid(c)),
        );
        reform.section(
            words.say(
                "待遇起止和个人账户管理",
                "Cover over time, and keeping the account",
            ),
            self.kept(diff),
        );
        reform.section(
            words.say("不予支付的事由", "Excluded causes"),
            diff.exclusions.iter().map(|c| self.exclusion(c)),
        );
        reform.section(
            words.say("年度、参保、进位", "Year, cover, rounding"),
            diff.head.iter().map(|(a, b)| self.head(a, b)),
        );
        let standings = diff.standings.iter().map(|s| self.standing(s));
        reform.section(
            words.say(
                "数字不变，依据等级变化",
                "The same figures, another standing",
            ),
            standings.chain(diff.paid.iter().filter_map(|c| self.paid_standing(c))),
        );
        let gap = |gap: &Gap| Line::whole(gap.about.lang(words.lang).to_owned());
        let cites = |gap: &Gap| gap.cite.iter().cloned().collect::<Vec<_>>();
        reform.section(
            words.say("新的缺口", "New gaps"),
            diff.gaps
                .0
                .iter()
                .map(|g| gap(g).resting([Vec::new(), cites(g)])),
        );
        reform.section(
            words.say("不再列出的缺口", "Gaps no longer listed"),
            diff.gaps
                .1
                .iter()
                .map(|g| gap(g).resting([cites(g), Vec::new()])),
        );
    }

    fn setting(&self, change: &SettingChange) -> Line {
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
        let sides = [&change.funds.from, &change.funds.to].map(funds);
        self.becomes(name, sides)
            .resting(self.of_setting(change.setting))
    }

    fn becomes(&self, what: &str, [from, to]: [String; 2]) -> Line {
        let text = match (self.words.lang, self.instead) {
            (Lang::Zh, false) => format!("{what}：{from} → {to}"),
            (Lang::Zh, true) => format!("{what}：{to}，而非{from}"),
            (Lang::En, false) => format!("{what}: from {from} to {to}"),
            (Lang::En, true) => format!("{what}: {to} instead of {from}"),
        };
        Line {
            text,
            subject: what.to_owned(),
            sides: [Some(from), Some(to)],
            ..Line::default()
        }
    }

    /// Places that come, with what differs there from the region itself, and places that go.
    fn places(&self, diff: &Diff) -> Vec<Line> {
        let words = self.words;
        let mut all = Vec::new();
        for (place, changes) in &diff.new_places {
            let name = place.name(words.lang);
            let line = Line::whole(match (changes.is_empty(), words.lang) {
                (true, Lang::Zh) => format!("{name}：没有规则 → 同参保地"),
                (true, Lang::En) => format!("care {name}: from no rule to as in the region"),
                (false, Lang::Zh) => format!("{name}：没有规则 → 同参保地，以下除外"),
                (false, Lang::En) => {
                    format!("care {name}: from no rule to as in the region, except for")
                }
            });
            all.push(line.resting([Vec::new(), vec![self.policies[1].place.cite.clone()]]));
            all.extend(changes.iter().map(|c| self.exception(c)));
        }
        for place in &diff.lost_places {
            let name = place.name(words.lang);
            let sides = [
                words.say("有规则", "a rule").to_owned(),
                words.say("没有规则", "none").to_owned(),
            ];
            let rests = [vec![self.policies[0].place.cite.clone()], Vec::new()];
            all.push(self.becomes(name, sides).resting(rests));
        }
        all
    }

    /// Classes that are wholly new, each beside the one that it differs from least.
    fn new_classes(&self, diff: &Diff) -> Vec<Line> {
        let words = self.words;
        let mut all = Vec::new();
        for new in &diff.new_classes {
            let (class, like) = (new.class.lang(words.lang), new.like.lang(words.lang));
            all.push(Line::whole(match (new.changes.is_empty(), words.lang) {
                (true, Lang::Zh) => format!("{class}：同“{like}”"),
                (true, Lang::En) => format!("{class}: as `{like}`"),
                (false, Lang::Zh) => format!("{class}：同“{like}”，以下除外"),
                (false, Lang::En) => format!("{class}: as `{like}`, except for"),
            }));
            all.extend(new.changes.iter().map(|c| self.exception(c)));
        }
        all
    }

    /// What is otherwise than at the place or class that was named before.
    fn exception(&self, change: &Change) -> Line {
        let told = Told {
            instead: true,
            ..*self
        };
        Line {
            is_exception: true,
            ..told.change(change, true)
        }
    }

    /// One figure: what, for whom, from what to what.
    fn change(&self, change: &Change, with_settings: bool) -> Line {
        let words = self.words;
        // Of an exception both sides are of the later policy.
        let clauses = match self.instead {
            false => change.clauses.clone(),
            true => [Vec::new(), change.clauses[1].clone()],
        };
        if let Some(sentence) = self.whole(change, with_settings) {
            return Line::whole(sentence).resting(clauses);
        }
        let subject = self.subject(&change.what, &change.scope, with_settings);
        let Changed { from, to } = &change.value;
        let standing = to.as_ref().map(|(_, standing)| *standing);
        let value =
            |side: &Option<(Value, Standing)>| side.as_ref().map(|(value, _)| words.value(value));
        let mut line = self.sentence(subject, [value(from), value(to)], standing);
        if let (Some((from, _)), Some((to, _))) = (from, to)
            && let Some(parts) = words.parts(from, to)
        {
            let text = format!("{}{}{parts}", line.subject, words.say("：", ": "));
            line.text = self.standing_after(text, standing);
        }
        line.resting(clauses)
    }

    /// From what to what, or what is new or gone, with the standing of the new figure.
    fn sentence(
        &self,
        subject: String,
        sides: [Option<String>; 2],
        standing: Option<Standing>,
    ) -> Line {
        let text = match (&sides, self.words.lang) {
            ([Some(from), Some(to)], _) => self.becomes(&subject, [from.clone(), to.clone()]).text,
            ([None, Some(to)], Lang::Zh) => format!("{subject}：{to}（新）"),
            ([None, Some(to)], Lang::En) => format!("{subject}: {to} (new)"),
            ([Some(from), None], Lang::Zh) => format!("{subject}：取消（原 {from}）"),
            ([Some(from), None], Lang::En) => format!("{subject}: gone (was {from})"),
            ([None, None], _) => subject.clone(),
        };
        Line {
            text: self.standing_after(text, standing),
            subject,
            sides,
            ..Line::default()
        }
    }

    fn standing_after(&self, text: String, standing: Option<Standing>) -> String {
        match standing {
            Some(standing) => format!("{text} [{}]", standing.name(self.words.lang)),
            None => text,
        }
    }

    fn exclusion(&self, change: &Changed<Exclusion>) -> Line {
        let words = self.words;
        let name = |e: &Exclusion| exclusion_name(e, words.lang);
        let sides = [&change.from, &change.to];
        let clauses = sides.map(|side| side.iter().map(|e| e.cite.clone()).collect());
        let line = match (&change.from, &change.to) {
            (Some(from), Some(to)) => {
                let told = |e: &Exclusion| {
                    let told = match e.advance {
                        true => words.say("可先行支付", "an advance"),
                        false => words.say("不先行支付", "no advance"),
                    };
                    told.to_owned()
                };
                self.becomes(&name(to), [told(from), told(to)])
            }
            (None, Some(to)) => {
                let advance = match to.advance {
                    true => words.say("，可先行支付", ", the fund may advance"),
                    false => "",
                };
                let text = format!("{}{}{advance}", words.say("新增：", "new: "), name(to));
                Line::whole(text)
            }
            (Some(from), None) => {
                let gone = words.say("不再列出：", "no longer listed: ");
                Line::whole(format!("{gone}{}", name(from)))
            }
            (None, None) => Line::default(),
        };
        line.resting(clauses)
    }

    fn head(&self, from: &Head, to: &Head) -> Line {
        let words = self.words;
        let what = match from {
            Head::Year(..) => words.say("年度", "benefit year"),
            Head::Coverage(_) => words.say("须参保的日子", "days of cover"),
            Head::Rounding(..) => words.say("进位", "rounding"),
        };
        let sides = [from, to].map(|head| head_text(head, words.lang));
        self.becomes(what, sides).resting(self.of_head(from))
    }

    fn standing(&self, change: &StandingChange) -> Line {
        let lang = self.words.lang;
        let subject = self.subject(&change.what, &change.scope, true);
        let sides = [change.standing.0, change.standing.1];
        let sides = sides.map(|standing| standing.name(lang).to_owned());
        self.becomes(&subject, sides)
            .resting(change.clauses.clone())
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
