//! Kinds: the interface's codes and the domain's words for the same things, as tables.

use agency::domain::bill::{Category, ItemClass, Scheme};
use agency::domain::facility::FacilityKind;
use agency::domain::membership::Sex;
use agency::domain::person::{CoverageState, Status};
use agency::domain::setting::Setting;

/// A kind of care (med_type): its setting, and whether it is an emergency. By the code of the country or of a province: the longest
/// beginning that is known decides. A table.
#[must_use]
pub(crate) fn care(code: &str) -> Option<(Setting, bool)> {
    const TABLE: &[(&str, Setting, bool)] = &[
        ("11", Setting::Outpatient, false),
        ("12", Setting::Outpatient, false),
        ("13", Setting::Emergency, true),
        ("14", Setting::Chronic, false),
        ("15", Setting::Chronic, false),
        ("16", Setting::Chronic, false),
        ("18", Setting::Chronic, false),
        ("21", Setting::Inpatient, false),
        ("22", Setting::Inpatient, false),
        ("23", Setting::Inpatient, false),
        ("24", Setting::Inpatient, true),
        ("25", Setting::Inpatient, false),
        ("26", Setting::Inpatient, false),
        ("27", Setting::Inpatient, false),
        ("28", Setting::Inpatient, false),
        ("29", Setting::Inpatient, false),
        ("41", Setting::Pharmacy, false),
        ("51", Setting::Outpatient, false),
        ("52", Setting::Inpatient, false),
        ("71", Setting::Inpatient, false),
        ("81", Setting::Outpatient, false),
        ("9901", Setting::Chronic, false),
        ("990103", Setting::Outpatient, false),
        ("9903", Setting::Outpatient, false),
        ("9904", Setting::Chronic, false),
    ];
    let known = TABLE.iter().filter(|(begins, ..)| code.starts_with(begins));
    let longest = known.max_by_key(|(begins, ..)| begins.len())?;
    let (_, setting, emergency) = *longest;
    // The codes have an even number of digits, but for a few with one more.
    (2..=6)
        .contains(&code.len())
        .then_some((setting, emergency))
}

/// The kind of care (med_type) by which the agency's own till calls a setting: what an institution's program would say.
#[must_use]
pub(crate) const fn called(setting: Setting) -> &'static str {
    match setting {
        Setting::Outpatient => "11",
        Setting::Emergency => "13",
        Setting::Chronic => "14",
        Setting::Inpatient => "21",
        Setting::Pharmacy => "41",
    }
}

/// The scheme of an insurance type; the funds beside a scheme are settled with it.
#[must_use]
pub(super) fn scheme(insurance: &str) -> Option<Scheme> {
    match insurance {
        "310" | "320" | "330" | "340" | "350" | "370" => Some(Scheme::Employee),
        "390" | "380" | "391" | "392" => Some(Scheme::Resident),
        _ => None,
    }
}

/// The insurance type of a scheme.
#[must_use]
pub const fn insurance(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Employee => "310",
        Scheme::Resident => "390",
    }
}

/// The class of the insured by status and age; only the first two digits are told.
#[must_use]
pub(super) fn person_class(status: Status, age: Option<u16>, student: bool) -> &'static str {
    match status {
        Status::Active | Status::Flexible => "11",
        Status::Retired => "12",
        Status::Resident if student || age.is_some_and(|age| age < 18) => "14",
        Status::Resident if age.is_some_and(|age| age >= 60) => "16",
        Status::Resident => "15",
    }
}

/// The state of cover.
#[must_use]
pub(super) const fn cover(state: CoverageState) -> &'static str {
    match state {
        CoverageState::InForce => "1",
        CoverageState::Suspended | CoverageState::Waiting => "2",
        CoverageState::Ended => "4",
        CoverageState::None => "0",
    }
}

/// The sex.
#[must_use]
pub(super) const fn sex(sex: Option<Sex>) -> &'static str {
    match sex {
        Some(Sex::Male) => "1",
        Some(Sex::Female) => "2",
        None => "0",
    }
}

/// The class of an item.
#[must_use]
pub(super) const fn item_class(class: ItemClass) -> &'static str {
    match class {
        ItemClass::A => "01",
        ItemClass::B => "02",
        ItemClass::C => "03",
    }
}

/// The category of a charge, roughly: the catalogue tells drugs, services, materials, beds and blood apart.
#[must_use]
pub(super) const fn charge(category: Category) -> &'static str {
    match category {
        Category::Drug => "09",
        Category::Service => "05",
        Category::Material => "08",
        Category::Bed => "01",
        Category::Blood | Category::Other => "14",
    }
}

/// The list that an item stands in.
#[must_use]
pub(super) const fn list(category: Category) -> &'static str {
    match category {
        Category::Drug => "101",
        Category::Material => "301",
        Category::Service | Category::Bed | Category::Blood | Category::Other => "201",
    }
}

/// What is cleared together.
#[must_use]
pub(super) const fn clearing(setting: Setting) -> &'static str {
    match setting {
        Setting::Outpatient => "11",
        Setting::Emergency => "13",
        Setting::Chronic => "14",
        Setting::Inpatient => "21",
        Setting::Pharmacy => "41",
    }
}

/// The settings that a clearing type takes; of an unknown one, of which there are many local ones, none.
#[must_use]
pub(super) fn cleared(code: &str) -> Option<Vec<Setting>> {
    let settings = match code {
        // Outpatient care as a whole.
        "11" => vec![Setting::Outpatient],
        "12" => vec![Setting::Outpatient],
        "13" => vec![Setting::Emergency],
        "14" | "15" | "18" => vec![Setting::Chronic],
        "21" | "22" | "27" | "28" => vec![Setting::Inpatient],
        "41" => vec![Setting::Pharmacy],
        _ => return None,
    };
    Some(settings)
}

/// What kind of institution it is.
#[must_use]
pub(super) fn institution(kind: FacilityKind) -> &'static str {
    match kind {
        FacilityKind::Pharmacy => "2",
        _ => "1",
    }
}

/// The level of a hospital, without its grade, which the agreement does not tell.
#[must_use]
pub(super) const fn level(level: u8) -> &'static str {
    match level {
        3 => "12",
        2 => "13",
        1 => "14",
        _ => "11",
    }
}
