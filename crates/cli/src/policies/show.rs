//! `yibao policy show`: the tables of a policy as they really apply, read from the compiled plan.

mod kept;
mod layout;
mod paid;
mod rules;
mod setting;
mod sources;

use std::path::Path;
use std::process::ExitCode;

use domain::Plan;
use domain::bill::{Scheme, Setting};
use domain::policy::{Point, SettingFunds, SettingRule};
use domain::region::Region;
use domain::view::View;
use domain::view::scope::{Place5, Space, numbers};
use jiff::civil::Date;
use policy::shelf::Slot;
use policy::{PolicyFile, Shelf};

use super::{last_day, open};
use crate::output::Output;
use policy::phrases::Phrases;

/// A policy that is shown, and where.
struct Show<'a> {
    plan: &'a Plan,
    views: Vec<(Place5, View)>,
    output: &'a Output,
    words: Phrases,
}

pub(super) fn run(
    region: Region,
    scheme: Scheme,
    day: Option<Date>,
    policies: &Path,
    output: &Output,
) -> Result<ExitCode, String> {
    let shelf = open(policies, output.lang)?;
    let slot = shelf
        .find(region, scheme, day.unwrap_or(Date::MAX))
        .map_err(|e| e.describe(output.lang))?;
    let file = match day {
        Some(day) => shelf
            .in_force(region, scheme, day)
            .map_err(|e| e.describe(output.lang))?,
        // The latest, even if it has ended.
        None => slot.read().map_err(|e| e.to_string())?,
    };
    head(&file, slot, &shelf, output);
    let show = Show::new(&file.plan, output);
    show.settings();
    show.rules();
    show.sources();
    Ok(ExitCode::SUCCESS)
}

fn head(file: &PolicyFile, slot: &Slot, shelf: &Shelf, output: &Output) {
    let policy = &file.plan.policy;
    let lang = output.lang;
    output.heading(&format!(
        "{} · {}",
        policy.region_name.lang(lang),
        policy.scheme.name(lang)
    ));
    let from = policy.effective;
    let days = match last_day(file, slot, shelf) {
        Some(until) => format!("{from} {} {until}", output.say("至", "to")),
        None => format!("{} {from}", output.say("自", "from")),
    };
    output.line(&format!("{days} · {}", file.name));
}

impl<'a> Show<'a> {
    fn new(plan: &'a Plan, output: &'a Output) -> Show<'a> {
        let views = plan
            .points()
            .filter_map(|p| Some((numbers(&p), plan.view(&p)?)))
            .collect();
        Show {
            plan,
            views,
            output,
            words: Phrases { lang: output.lang },
        }
    }

    /// Setting by setting, in the order of the file; those that stand for another are named there.
    fn settings(&self) {
        for rule in &self.plan.policy.settings {
            match &rule.funds {
                SettingFunds::Pays { .. } => setting::print(self, rule.setting),
                SettingFunds::None => self.unfunded(rule),
                SettingFunds::As(_) => {}
            }
        }
    }

    fn unfunded(&self, rule: &SettingRule) {
        self.output.heading(rule.setting.name(self.words.lang));
        let text = self.words.say(
            "基金不支付，个人账户可以支付",
            "no fund pays; the account may",
        );
        self.output.line(&format!(
            "{text}  {}",
            self.words.clause(&self.plan.policy, &rule.cite)
        ));
    }

    /// The settings that are settled like this one, for its heading.
    fn same(&self, setting: Setting) -> Vec<&'static str> {
        let like = |s: &&SettingRule| s.funds == SettingFunds::As(setting);
        self.plan
            .policy
            .settings
            .iter()
            .filter(like)
            .map(|s| s.setting.name(self.words.lang))
            .collect()
    }

    /// Each different thing that the views of a space hold, with its clauses and for whom it holds.
    fn distinct<T: PartialEq>(
        &self,
        space: &Space,
        of: impl Fn(&View) -> Vec<domain::view::Held<T>>,
    ) -> Vec<(domain::view::Held<T>, String)> {
        let mut found: Vec<(domain::view::Held<T>, Vec<Place5>)> = Vec::new();
        for (point, view) in self.views.iter().filter(|(p, _)| space.holds(p)) {
            for held in of(view) {
                match found
                    .iter_mut()
                    .find(|(known, _)| known.value == held.value)
                {
                    Some((known, points)) => {
                        let new = held
                            .clauses
                            .into_iter()
                            .filter(|c| !known.clauses.contains(c))
                            .collect::<Vec<_>>();
                        known.clauses.extend(new);
                        points.push(*point);
                    }
                    None => found.push((held, vec![*point])),
                }
            }
        }
        let told = |(held, points): (_, Vec<Place5>)| (held, self.scopes(space, points));
        found.into_iter().map(told).collect()
    }

    /// For whom these points are, one scope a line; a word for everyone.
    fn scopes(&self, space: &Space, points: Vec<Place5>) -> String {
        let all = self.words.say("全部", "everyone");
        let scopes = space.scopes(points);
        let text = |scope| {
            let text = self.words.scope(scope);
            if text.is_empty() {
                all.to_owned()
            } else {
                text
            }
        };
        scopes.iter().map(text).collect::<Vec<_>>().join("\n")
    }

    /// The points of the plan at which a fund pays.
    fn funded(&self) -> Space {
        Space::of(self.plan, |point: &Point| {
            self.plan.view(point).is_some_and(|v| v.payer.is_some())
        })
    }
}
