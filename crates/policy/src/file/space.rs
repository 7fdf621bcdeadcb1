//! The space that rows divide: settings, classes of providers and persons, diseases.

use domain::bill::Setting;
use domain::class::{FacilityClass, OLDEST, PersonClass, Span};
use domain::facility::FacilityKind;
use domain::person::Status;
use domain::policy::{Set, SettingFunds, SettingRule};
use domain::step::Payer;
use domain::words::Name;
use jiff::civil::Date;

use super::Places;
use super::ids::{IdList, Ids, name, settings as setting_list};
use crate::bill::{needed, optional, texts};
use crate::figure;
use crate::reader::{Field, Reader, Table};

pub(super) fn facilities(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &mut IdList,
    places: &mut Places,
) -> Vec<FacilityClass> {
    let tables = r.tables(t, "facility").into_iter();
    tables.filter_map(|t| facility(r, t, ids, places)).collect()
}

fn facility(
    r: &mut Reader<'_>,
    mut t: Table<'_>,
    ids: &mut IdList,
    places: &mut Places,
) -> Option<FacilityClass> {
    places.add("facility", t.at);
    let (id, name) = id_and_name(r, &mut t, ids);
    let levels = optional(r, &mut t, "levels", |r, f| {
        r.some(f, |r, f| r.count(f, 3).and_then(|n| u8::try_from(n).ok()))
    });
    let kinds = optional(r, &mut t, "kinds", |r, f| {
        r.some(f, |r, f| r.word(f, FacilityKind::ALL, FacilityKind::code))
    });
    let community = optional(r, &mut t, "community", Reader::bool);
    let tags = texts(r, &mut t, "tags");
    let without = texts(r, &mut t, "without");
    r.done(t);
    Some(FacilityClass {
        id: id?,
        name: name?,
        levels: levels?,
        kinds: kinds?,
        community: community?,
        tags: tags?,
        without: without?,
    })
}

pub(super) fn persons(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &mut IdList,
    places: &mut Places,
) -> Vec<PersonClass> {
    let tables = r.tables(t, "person").into_iter();
    tables.filter_map(|t| person(r, t, ids, places)).collect()
}

fn person(
    r: &mut Reader<'_>,
    mut t: Table<'_>,
    ids: &mut IdList,
    places: &mut Places,
) -> Option<PersonClass> {
    places.add("person", t.at);
    let (id, name) = id_and_name(r, &mut t, ids);
    let status = optional(r, &mut t, "status", |r, f| {
        r.some(f, |r, f| r.word(f, Status::ALL, Status::code))
    });
    let age = optional(r, &mut t, "age", ages);
    let retired = optional(r, &mut t, "retired", days);
    let identities = texts(r, &mut t, "identities");
    let without = texts(r, &mut t, "without");
    r.done(t);
    Some(PersonClass {
        id: id?,
        name: name?,
        status: status?,
        age: age?,
        retired: retired?,
        identities: identities?,
        without: without?,
    })
}

/// Ages in whole years.
pub(super) fn ages(r: &mut Reader<'_>, f: &Field<'_>) -> Option<Span<u16>> {
    let rule = format!("ages are whole years up to {OLDEST}, spelt like `..44`, `45..69`, `70..`");
    span(r, f, &rule, |text| {
        let plain = text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
        let age = plain.then(|| text.parse::<u16>().ok()).flatten();
        age.filter(|age| *age <= OLDEST)
    })
}

/// Days of retirement.
pub(super) fn days(r: &mut Reader<'_>, f: &Field<'_>) -> Option<Span<Date>> {
    let rule = "days of retirement are spelt like `..2000-12-31` or `2001-01-01..`";
    span(r, f, rule, figure::day)
}

/// `a..b`, `a..`, `..b`; both ends included.
fn span<T: PartialOrd>(
    r: &mut Reader<'_>,
    field: &Field<'_>,
    rule: &str,
    end: impl Fn(&str) -> Option<T>,
) -> Option<Span<T>> {
    let text = r.text(field)?;
    let parsed = text.split_once("..").and_then(|(from, until)| {
        let end = |text: &str| {
            if text.is_empty() {
                Some(None)
            } else {
                end(text).map(Some)
            }
        };
        Some(Span {
            from: end(from)?,
            until: end(until)?,
        })
    });
    let ordered = parsed.filter(|span| match (&span.from, &span.until) {
        (Some(from), Some(until)) => from <= until,
        (None, None) => false,
        (Some(_), None) | (None, Some(_)) => true,
    });
    if ordered.is_none() {
        r.tell_field(field, rule);
    }
    ordered
}

pub(super) fn diseases(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &mut IdList,
    places: &mut Places,
) -> Vec<(String, Name)> {
    // Number 0 means none of those declared.
    ids.reserve(OTHER);
    let mut diseases = Vec::new();
    for mut t in r.tables(t, "disease") {
        places.add("disease", t.at);
        let (id, name) = id_and_name(r, &mut t, ids);
        r.done(t);
        diseases.extend(id.zip(name));
    }
    diseases
}

/// The id that selects no disease of those declared.
const OTHER: &str = "other";

fn id_and_name(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &mut IdList,
) -> (Option<String>, Option<Name>) {
    let id = needed(r, t, "id", |r, f| {
        let id = r.text(f)?;
        if id == OTHER && ids.is("disease") {
            r.tell_field(
                f,
                "it means none of the diseases that are declared, so none is called so",
            );
        } else {
            ids.add(r, f, id);
        }
        Some(id.to_owned())
    });
    (id, needed(r, t, "name", name))
}

pub(super) fn aid(r: &mut Reader<'_>, t: &mut Table<'_>) -> Vec<String> {
    let Some(field) = t.take("aid") else {
        return Vec::new();
    };
    let Some(mut t) = r.table(&field) else {
        return Vec::new();
    };
    let precedence = texts(r, &mut t, "precedence");
    r.done(t);
    precedence.unwrap_or_default()
}

pub(super) fn settings(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Vec<SettingRule> {
    let tables = r.some_tables(t, "setting");
    tables
        .into_iter()
        .filter_map(|t| setting(r, t, ids, places))
        .collect()
}

fn setting(
    r: &mut Reader<'_>,
    mut t: Table<'_>,
    ids: &Ids,
    places: &mut Places,
) -> Option<SettingRule> {
    let row = places.add("setting", t.at);
    let setting = needed(r, &mut t, "id", |r, f| {
        r.word(f, Setting::ALL, Setting::code)
    });
    let funds = match (t.take("as"), t.take("funds")) {
        (None, None) => pays(r, &mut t, setting, ids),
        (stands_for, funds) => {
            for key in ["payer", "counts_with", "facilities"] {
                if let Some(field) = t.take(key) {
                    let message = "it goes neither with `as` nor with `funds`: no fund pays here by rows of this setting";
                    r.tell(field.node.at, &field.path, message);
                }
            }
            other_funds(r, stands_for, funds)
        }
    };
    let cite = ids.cite(r, &mut t);
    r.done(t);
    Some(SettingRule {
        setting: setting?,
        funds: funds?,
        cite: cite?,
        row,
    })
}

/// The rules of another setting, or no fund at all.
fn other_funds(
    r: &mut Reader<'_>,
    stands_for: Option<Field<'_>>,
    funds: Option<Field<'_>>,
) -> Option<SettingFunds> {
    match (stands_for, funds) {
        (Some(field), None) => r
            .word(&field, Setting::ALL, Setting::code)
            .map(SettingFunds::As),
        (None, Some(field)) => r
            .word(&field, &["none"], |word| word)
            .map(|_| SettingFunds::None),
        (_, Some(field)) => {
            r.tell(
                field.node.at,
                &field.path,
                "`as` and `funds` are given; give one of the two",
            );
            None
        }
        (None, None) => None,
    }
}

fn pays(
    r: &mut Reader<'_>,
    t: &mut Table<'_>,
    setting: Option<Setting>,
    ids: &Ids,
) -> Option<SettingFunds> {
    let payers = [Payer::Pooled, Payer::LargeAmount];
    let payer = needed(r, t, "payer", |r, f| r.word(f, &payers, Payer::code));
    let counts_with = optional(r, t, "counts_with", setting_list);
    let facilities = match t.take("facilities") {
        None => Some(Set::ALL),
        Some(field) => r.some(&field, |r, f| ids.facility(r, f)).map(Set::of),
    };
    let counts_with = counts_with?.unwrap_or_else(|| setting.into_iter().collect());
    Some(SettingFunds::Pays {
        payer: payer?,
        counts_with,
        facilities: facilities?,
    })
}
