//! `Form`: of which day and for whom the rules are asked, as it is typed; and which point of the policy it chooses.

use agency::domain::bill::{Place, Setting};
use agency::domain::plan::Plan;
use agency::domain::policy::Point;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::Reader;
use super::Files;

/// As it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    on: String,
    setting: String,
    facility: String,
    person: String,
    place: String,
    disease: String,
}

/// Two files by their first days.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Between {
    pub(super) from: String,
    pub(super) to: String,
}

/// The point of a policy that was chosen.
pub(super) struct Chosen {
    pub(super) point: Point,
    /// Something of the form is not in this file, so another was taken.
    pub(super) is_another: bool,
}

impl Form {
    /// The day; today where none is typed.
    ///
    /// # Errors
    /// When it is none.
    pub(super) fn day(&self, reader: &Reader, today: Date) -> Result<Date, String> {
        let typed = self.on.trim();
        if typed.is_empty() {
            return Ok(today);
        }
        agency::day(typed).ok_or_else(|| no_day(reader, typed))
    }

    /// What was chosen, and of what was not, the first for which there is a rule; a stay before other care.
    pub(super) fn chosen(&self, plan: &Plan) -> Chosen {
        let policy = &plan.policy;
        let mut is_another = false;
        let mut number = |typed: &str, found: Option<usize>| {
            is_another |= !typed.is_empty() && found.is_none();
            found
        };
        let setting = number(
            &self.setting,
            Setting::from_code(&self.setting).map(Setting::index),
        );
        let facility = policy.facilities.iter().position(|c| c.id == self.facility);
        let facility = number(&self.facility, facility);
        let person = policy.persons.iter().position(|c| c.id == self.person);
        let person = number(&self.person, person);
        let place = number(&self.place, Place::from_code(&self.place).map(Place::index));
        let disease = policy.diseases.iter().position(|d| d.0 == self.disease);
        let disease = number(&self.disease, disease.map(|n| n + 1));
        let wanted = |point: &Point| {
            let same = |asked: Option<usize>, here: usize| asked.is_none_or(|asked| asked == here);
            same(setting, point.setting.index())
                && same(facility, point.facility)
                && same(person, point.person)
                && same(place, point.place.index())
                && same(disease, point.disease)
        };
        let stay = |point: &Point| point.setting == Setting::Inpatient;
        let point = plan
            .points()
            .find(|point| wanted(point) && stay(point))
            .or_else(|| plan.points().find(wanted));
        let asked = Point {
            setting: setting.map_or(Setting::Inpatient, |n| Setting::ALL[n]),
            facility: facility.unwrap_or_default(),
            person: person.unwrap_or_default(),
            place: place.map_or(Place::Home, |n| Place::ALL[n]),
            disease: disease.unwrap_or_default(),
        };
        Chosen {
            point: point.unwrap_or(asked),
            is_another,
        }
    }

    /// The form, with what is chosen.
    pub(super) fn shown(
        &self,
        reader: &Reader,
        files: &Files<'_>,
        plan: &Plan,
        (chosen, day): (&Chosen, Date),
    ) -> Markup {
        let (lang, policy, point) = (reader.lang, &plan.policy, &chosen.point);
        let t = |zh, en| reader.say(zh, en);
        let settings = policy.settings.iter().map(|rule| {
            let is = rule.setting == point.setting;
            (rule.setting.code(), rule.setting.name(lang), is)
        });
        let facilities = policy.facilities.iter().enumerate();
        let facilities =
            facilities.map(|(n, c)| (c.id.as_str(), c.name.lang(lang), n == point.facility));
        let persons = policy.persons.iter().enumerate();
        let persons = persons.map(|(n, c)| (c.id.as_str(), c.name.lang(lang), n == point.person));
        let places = policy.place.known.iter();
        let places = places.map(|place| (place.code(), place.name(lang), *place == point.place));
        let others = [("", t("其他疾病", "other diseases"), point.disease == 0)];
        let diseases = policy.diseases.iter().enumerate();
        let diseases = diseases.map(|(n, (id, name))| {
            let is = n + 1 == point.disease;
            (id.as_str(), name.lang(lang), is)
        });
        html! {
            form.ask method="get" action=(files.path()) { fieldset {
                legend { (t("哪一天，对谁", "Which day, and for whom")) }
                label { span { (t("日期", "Day")) } input type="date" name="on" value=(day); }
                (select("setting", t("就医类别", "Kind of care"), settings))
                (select("facility", t("医疗机构", "Provider"), facilities))
                (select("person", t("人员", "Person"), persons))
                (select("place", t("就医地", "Where"), places))
                @if !policy.diseases.is_empty() { (select("disease", t("病种", "Disease"), others.into_iter().chain(diseases))) }
            }
            button { (t("查看", "Show")) } }
        }
    }
}

fn select<'a>(
    name: &str,
    label: &str,
    options: impl Iterator<Item = (&'a str, &'a str, bool)>,
) -> Markup {
    html! {
        label { span { (label) } select name=(name) {
            @for (code, name, is) in options { option value=(code) selected[is] { (name) } }
        } }
    }
}

/// A day that cannot be read.
pub(super) fn no_day(reader: &Reader, typed: &str) -> String {
    let rule = reader.say("不是日期，应如 2024-01-01", "is not a day like 2024-01-01");
    format!("“{typed}” {rule}")
}
