//! `Space`: the settings, classes, places and diseases of a random policy, and partitions of them by selectors.

use std::collections::BTreeMap;

use crate::day::Day;
use crate::dice::Dice;

pub(crate) const KINDS: [&str; 6] = [
    "general",
    "tcm",
    "psychiatric",
    "clinic",
    "pharmacy",
    "home_bed",
];
pub(crate) const TAGS: [&str; 3] = ["district", "contracted", "special"];
pub(crate) const IDENTITIES: [&str; 6] = [
    "subsistence",
    "destitute",
    "low_income_margin",
    "civil_servant",
    "student",
    "disabled",
];
/// Identities that a precedence list may order.
pub(crate) const AIDED: [&str; 3] = ["subsistence", "destitute", "low_income_margin"];
pub(crate) const ELSEWHERE: [&str; 4] = ["long_term", "referred", "emergency", "unreferred"];
const DISEASES: [&str; 3] = ["tuberculosis", "tumour", "hepatitis_b"];

/// A declared setting.
#[derive(Clone)]
pub(crate) struct Setting {
    pub(crate) id: String,
    /// Another setting whose rules and sums hold.
    pub(crate) same_as: Option<String>,
    pub(crate) has_funds: bool,
    pub(crate) payer: &'static str,
    pub(crate) together: Vec<String>,
    /// Classes that exist in it.
    pub(crate) facilities: Vec<String>,
}

/// A class of providers.
#[derive(Clone)]
pub(crate) struct Facility {
    pub(crate) id: String,
    pub(crate) levels: Vec<usize>,
    pub(crate) kinds: Vec<&'static str>,
    pub(crate) community: Option<bool>,
    pub(crate) tags: Vec<&'static str>,
    pub(crate) without: Vec<&'static str>,
}

/// A class of persons.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) status: Vec<&'static str>,
    pub(crate) age: (Option<i64>, Option<i64>),
    pub(crate) retired: (Option<Day>, Option<Day>),
    pub(crate) identities: Vec<&'static str>,
    pub(crate) without: Vec<&'static str>,
}

/// Words that selectors ask for, by key; an absent key asks for nothing.
pub(crate) type Selector = BTreeMap<&'static str, Vec<String>>;

#[derive(Clone)]
pub(crate) struct Space {
    pub(crate) settings: Vec<Setting>,
    pub(crate) facilities: Vec<Facility>,
    pub(crate) persons: Vec<Person>,
    pub(crate) places: Vec<String>,
    pub(crate) diseases: Vec<String>,
}

impl Space {
    pub(crate) fn random(dice: &mut Dice, employee: bool) -> Space {
        let mut places = vec!["home".to_owned()];
        places.extend(dice.some(&ELSEWHERE, 70).into_iter().map(str::to_owned));
        let diseases = if dice.chance(60) {
            Vec::new()
        } else {
            dice.some(&DISEASES, 50)
        };
        let facilities = facilities(dice);
        Space {
            settings: settings(dice, &facilities),
            facilities,
            persons: persons(dice, employee),
            places,
            diseases: diseases.into_iter().map(str::to_owned).collect(),
        }
    }

    /// Settings that have rules of their own.
    pub(crate) fn own_settings(&self, with_funds_only: bool) -> Vec<String> {
        let own = self
            .settings
            .iter()
            .filter(|s| s.same_as.is_none() && (s.has_funds || !with_funds_only));
        own.map(|s| s.id.clone()).collect()
    }

    pub(crate) fn setting(&self, id: &str) -> &Setting {
        self.settings
            .iter()
            .find(|setting| setting.id == id)
            .expect("a setting")
    }

    fn all(&self, key: &str, with_funds_only: bool) -> Vec<String> {
        match key {
            "setting" => self.own_settings(with_funds_only),
            "facility" => self.facilities.iter().map(|f| f.id.clone()).collect(),
            "person" => self.persons.iter().map(|p| p.id.clone()).collect(),
            "place" => self.places.clone(),
            "disease" if self.diseases.is_empty() => vec!["other".to_owned()],
            _ => self
                .diseases
                .iter()
                .cloned()
                .chain(["other".to_owned()])
                .collect(),
        }
    }

    /// Settings that a selector lets through.
    pub(crate) fn settings_of(&self, selector: &Selector, with_funds_only: bool) -> Vec<String> {
        selector
            .get("setting")
            .cloned()
            .unwrap_or_else(|| self.all("setting", with_funds_only))
    }

    /// Facility classes that a selector lets through and that exist in one of its settings.
    pub(crate) fn facilities_of(&self, selector: &Selector, with_funds_only: bool) -> Vec<String> {
        let settings = self.settings_of(selector, with_funds_only);
        let exists = |id: &String| {
            settings
                .iter()
                .any(|s| self.setting(s).facilities.contains(id))
        };
        let wanted = selector
            .get("facility")
            .cloned()
            .unwrap_or_else(|| self.all("facility", with_funds_only));
        wanted.into_iter().filter(exists).collect()
    }

    /// Selectors that together cover every point once: a random tree of splits by the keys.
    pub(crate) fn partition(
        &self,
        dice: &mut Dice,
        keys: &[&'static str],
        with_funds_only: bool,
    ) -> Vec<Selector> {
        let depth = dice.pick(&[0, 0, 1, 1, 2, 3]);
        let leaves = self.split(dice, Selector::new(), keys, depth, with_funds_only);
        leaves
            .into_iter()
            .filter(|leaf| !self.facilities_of(leaf, with_funds_only).is_empty())
            .collect()
    }

    /// The same, where stays and everything else never share a selector.
    pub(crate) fn partition_stays_apart(
        &self,
        dice: &mut Dice,
        keys: &[&'static str],
    ) -> Vec<Selector> {
        let (stays, others): (Vec<String>, Vec<String>) = self
            .own_settings(true)
            .into_iter()
            .partition(|id| id == "inpatient");
        let mut leaves = Vec::new();
        for side in [stays, others].into_iter().filter(|side| !side.is_empty()) {
            let depth = dice.pick(&[0, 0, 1, 1, 2]);
            leaves.extend(self.split(dice, Selector::from([("setting", side)]), keys, depth, true));
        }
        leaves
            .into_iter()
            .filter(|leaf| !self.facilities_of(leaf, true).is_empty())
            .collect()
    }

    fn split(
        &self,
        dice: &mut Dice,
        leaf: Selector,
        keys: &[&'static str],
        depth: usize,
        funds: bool,
    ) -> Vec<Selector> {
        let key = dice.pick(keys);
        let words = leaf
            .get(key)
            .cloned()
            .unwrap_or_else(|| self.all(key, funds));
        if depth == 0 || words.len() < 2 {
            return vec![leaf];
        }
        let words = dice.shuffled(&words);
        let cut = 1 + dice.below(words.len() - 1);
        let mut leaves = Vec::new();
        for side in [&words[..cut], &words[cut..]] {
            let mut narrower = leaf.clone();
            narrower.insert(key, side.to_vec());
            leaves.extend(self.split(dice, narrower, keys, depth - 1, funds));
        }
        leaves
    }
}

/// Classes of providers: a random tree of splits, so that a provider falls in exactly one.
fn facilities(dice: &mut Dice) -> Vec<Facility> {
    let every = Facility {
        id: String::new(),
        levels: vec![0, 1, 2, 3],
        kinds: KINDS.to_vec(),
        community: None,
        tags: Vec::new(),
        without: Vec::new(),
    };
    let mut classes = vec![every];
    for _ in 0..dice.below(5) {
        let taken = dice.below(classes.len());
        let class = classes.remove(taken);
        let (one, other) = split_facility(dice, &class);
        classes.extend([one, other].into_iter().flatten());
    }
    for (number, class) in classes.iter_mut().enumerate() {
        class.id = if dice.chance(50) {
            format!("f{number}")
        } else {
            number.to_string()
        };
    }
    classes
}

fn split_facility(dice: &mut Dice, class: &Facility) -> (Option<Facility>, Option<Facility>) {
    let (mut one, mut other) = (class.clone(), class.clone());
    match dice.below(5) {
        0 | 1 if class.levels.len() > 1 => {
            let cut = 1 + dice.below(class.levels.len() - 1);
            other.levels = one.levels.split_off(cut);
        }
        2 if class.kinds.len() > 1 => {
            let kinds = dice.shuffled(&class.kinds);
            let cut = 1 + dice.below(kinds.len() - 1);
            (one.kinds, other.kinds) = (kinds[..cut].to_vec(), kinds[cut..].to_vec());
        }
        3 if class.community.is_none() => {
            (one.community, other.community) = (Some(true), Some(false))
        }
        _ => {
            let tag = dice.pick(&TAGS);
            if class.tags.contains(&tag) || class.without.contains(&tag) {
                return (Some(one), None);
            }
            one.tags.push(tag);
            other.without.push(tag);
        }
    }
    (Some(one), Some(other))
}

/// Classes of persons, in the same way.
fn persons(dice: &mut Dice, employee: bool) -> Vec<Person> {
    let every = Person {
        id: String::new(),
        status: if employee {
            vec!["active", "retired", "flexible"]
        } else {
            vec!["resident"]
        },
        age: (None, None),
        retired: (None, None),
        identities: Vec::new(),
        without: Vec::new(),
    };
    let mut classes = vec![every.clone()];
    if employee && dice.chance(60) {
        let retired = Person {
            status: vec!["retired"],
            ..every.clone()
        };
        classes = vec![
            Person {
                status: vec!["active", "flexible"],
                ..every
            },
            retired,
        ];
    }
    for _ in 0..dice.below(5) {
        let taken = dice.below(classes.len());
        let class = classes.remove(taken);
        let (one, other) = split_person(dice, &class);
        classes.extend([one, other].into_iter().flatten());
    }
    for (number, class) in classes.iter_mut().enumerate() {
        class.id = format!("p{number}");
    }
    classes
}

fn split_person(dice: &mut Dice, class: &Person) -> (Option<Person>, Option<Person>) {
    let (mut one, mut other) = (class.clone(), class.clone());
    match dice.below(6) {
        0 | 1 if class.status.len() > 1 => {
            let status = dice.shuffled(&class.status);
            (one.status, other.status) = (status[..1].to_vec(), status[1..].to_vec());
        }
        2 | 3 => {
            let age = dice.pick(&[1, 18, 45, 60, 70, 80]);
            if class.age.0.is_some_and(|low| age <= low)
                || class.age.1.is_some_and(|high| age > high)
            {
                return (Some(one), None);
            }
            one.age.1 = Some(age - 1);
            other.age.0 = Some(age);
        }
        4 if class.status == ["retired"] => {
            let day = Day::read(dice.pick(&["2001-01-01", "2010-07-01", "2024-03-01"]));
            if class.retired.0.is_some_and(|low| day <= low)
                || class.retired.1.is_some_and(|high| day > high)
            {
                return (Some(one), None);
            }
            one.retired.1 = Some(day.plus(-1));
            other.retired.0 = Some(day);
        }
        _ => {
            let identity = dice.pick(&IDENTITIES);
            let second_aid =
                AIDED.contains(&identity) && class.identities.iter().any(|id| AIDED.contains(id));
            let taken = class.identities.contains(&identity) || class.without.contains(&identity);
            if taken || second_aid {
                return (Some(one), None);
            }
            one.identities.push(identity);
            other.without.push(identity);
        }
    }
    (Some(one), Some(other))
}

/// Settings: stays always, the others as it falls.
fn settings(dice: &mut Dice, facilities: &[Facility]) -> Vec<Setting> {
    let mut settings = vec![setting(dice, "inpatient", facilities)];
    if dice.chance(85) {
        settings.push(setting(dice, "outpatient", facilities));
    }
    for id in ["chronic", "pharmacy", "emergency"] {
        if dice.chance(50) {
            continue;
        }
        let mut one = setting(dice, id, facilities);
        one.has_funds = id != "pharmacy" || dice.chance(40);
        if !one.has_funds {
            one.facilities = facilities.iter().map(|f| f.id.clone()).collect();
        }
        if id != "chronic" && one.has_funds && settings.len() > 1 && dice.chance(60) {
            one.same_as = Some(settings[1].id.clone());
        }
        settings.push(one);
    }
    let mut own: Vec<String> = settings
        .iter()
        .filter(|s| s.same_as.is_none() && s.has_funds)
        .map(|s| s.id.clone())
        .collect();
    own = dice.shuffled(&own);
    while !own.is_empty() {
        let group: Vec<String> = own.drain(..1 + dice.below(own.len())).collect();
        for setting in settings.iter_mut().filter(|s| group.contains(&s.id)) {
            setting.together = group.clone();
        }
    }
    settings
}

fn setting(dice: &mut Dice, id: &str, facilities: &[Facility]) -> Setting {
    let all: Vec<String> = facilities.iter().map(|f| f.id.clone()).collect();
    let mut some = dice.some(&all, 60);
    let suits = |f: &&Facility| {
        f.kinds
            .iter()
            .any(|kind| (*kind == "pharmacy") == (id == "pharmacy"))
    };
    if dice.chance(70)
        || !facilities
            .iter()
            .filter(suits)
            .any(|f| some.contains(&f.id))
    {
        some = all;
    }
    Setting {
        id: id.to_owned(),
        same_as: None,
        has_funds: true,
        payer: if dice.chance(80) {
            "pooled"
        } else {
            "large_amount"
        },
        together: Vec::new(),
        facilities: some,
    }
}
