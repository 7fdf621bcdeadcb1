//! The form by which a clerk proposes to register something: as it is typed, and what is wanted by it.

use agency::domain::region::Region;
use agency::domain::registration::RegistrationKind;
use agency::domain::words::{Lang, Name, Word as _};
use agency::record::Registered;
use jiff::Span;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::super::plain;
use super::super::super::reason::{self, Reason};
use super::PersonRecord;

/// As it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    kind: String,
    disease: String,
    facility: String,
    region: String,
    from: String,
    until: String,
    pub(super) why: String,
}

/// What else a kind needs to be of use, as the register of them does (`docs/import.md`).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    Disease,
    Region,
    RegionOrFacility,
    Facility,
    Nothing,
}

impl Needs {
    const fn of(kind: RegistrationKind) -> Needs {
        match kind {
            RegistrationKind::Disease => Needs::Disease,
            RegistrationKind::LongTerm => Needs::Region,
            RegistrationKind::Referral => Needs::RegionOrFacility,
            RegistrationKind::Approval | RegistrationKind::Designation => Needs::Facility,
            RegistrationKind::Temporary | RegistrationKind::Accident => Needs::Nothing,
        }
    }

    /// Whether it is there; a disease belongs to its own kind alone.
    const fn is_met(self, registered: &Registered) -> bool {
        let (region, facility) = (registered.region.is_some(), registered.facility.is_some());
        match self {
            Needs::Disease => registered.disease.is_some(),
            Needs::Region => region,
            Needs::RegionOrFacility => region || facility,
            Needs::Facility => facility,
            Needs::Nothing => true,
        }
    }

    const fn told(self) -> (&'static str, &'static str) {
        match self {
            Needs::Disease => ("须选择病种", "choose the disease"),
            Needs::Region => ("须写明地区", "the region is needed"),
            Needs::RegionOrFacility => ("须写明地区或机构", "a region or an institution is needed"),
            Needs::Facility => ("须写明机构", "the institution is needed"),
            Needs::Nothing => ("", ""),
        }
    }
}

/// The diseases of the policy in force for the person.
fn diseases(record: &PersonRecord) -> Vec<(String, Name)> {
    let scheme = record.state.scheme(record.today);
    let version = scheme.and_then(|scheme| record.office.policies.on(scheme, record.today).ok());
    version.map_or_else(Vec::new, |version| version.policy().diseases.clone())
}

/// What cannot be true of it, whatever the policy says.
fn implausible(record: &PersonRecord, registered: &Registered) -> Option<&'static str> {
    let t = |zh, en| Some(record.t(zh, en));
    // The districts of a pooling region have its first four digits.
    let pool = |region: Region| region.digits() / 100;
    let own = pool(record.office.region);
    let latest = record.today.saturating_add(Span::new().years(1));
    match registered {
        one if record
            .state
            .membership
            .birth
            .is_some_and(|birth| one.from < birth) =>
        {
            t(
                "起始日期早于出生日期",
                "it begins before the person was born",
            )
        }
        one if one.from > latest => t(
            "起始日期在一年以后，请核对",
            "it begins more than a year from now; please compare",
        ),
        one if one.region.is_some_and(|region| pool(region) == own) => t(
            "地区就是本统筹区，不需要备案",
            "the region is this one: nothing needs to be registered for it",
        ),
        _ => None,
    }
}

impl Typed {
    /// Nothing typed yet.
    pub(super) fn of_today(record: &PersonRecord) -> Typed {
        Typed {
            from: record.today.to_string(),
            ..Typed::default()
        }
    }

    /// What is wanted, or all that is wrong with it.
    pub(super) fn wanted(&self, record: &PersonRecord) -> Result<Registered, Vec<String>> {
        let mut faults = Vec::new();
        let kind = RegistrationKind::read(&self.kind);
        let from = self.day(record, &self.from, &mut faults);
        let until = match self.until.trim() {
            "" => None,
            until => self.day(record, until, &mut faults),
        };
        let region = self.region(record, &mut faults);
        let facility = self.facility(record, &mut faults);
        let disease = Some(self.disease.clone()).filter(|id| !id.is_empty());
        let known = |id: &String| diseases(record).iter().any(|(known, _)| known == id);
        if disease.as_ref().is_some_and(|id| !known(id)) {
            faults.push(
                record
                    .t(
                        "现行政策没有这个病种",
                        "the policy in force has no such disease",
                    )
                    .to_owned(),
            );
        }
        let Some(kind) = kind else {
            faults.push(
                record
                    .t("请选择备案类别", "choose what is to be registered")
                    .to_owned(),
            );
            return Err(faults);
        };
        let registered = Registered {
            kind,
            disease: disease.filter(|_| kind == RegistrationKind::Disease),
            facility,
            region,
            from: from.unwrap_or(record.today),
            until,
            paper: None,
        };
        let needs = Needs::of(kind);
        if faults.is_empty() && !needs.is_met(&registered) {
            let (zh, en) = needs.told();
            faults.push(match record.lang() {
                Lang::Zh => format!("{}{zh}", kind.name(Lang::Zh)),
                Lang::En => format!("{}: {en}", kind.name(Lang::En)),
            });
        }
        if faults.is_empty() {
            faults.extend(implausible(record, &registered).map(str::to_owned));
        }
        if faults.is_empty() {
            Ok(registered)
        } else {
            Err(faults)
        }
    }

    fn day(&self, record: &PersonRecord, text: &str, faults: &mut Vec<String>) -> Option<Date> {
        let day = agency::day(text.trim());
        if day.is_none() {
            let text: String = text.chars().take(20).collect();
            faults.push(match record.lang() {
                Lang::Zh => format!("日期“{text}”：应如 2026-11-27"),
                Lang::En => format!("day `{text}`: it is spelt like 2026-11-27"),
            });
        }
        day
    }

    fn region(&self, record: &PersonRecord, faults: &mut Vec<String>) -> Option<Region> {
        let text = plain::paper(&self.region);
        let region = Region::parse(&text);
        if region.is_none() && !text.is_empty() {
            faults.push(
                record
                    .t(
                        "地区：应为六位行政区划代码",
                        "region: it is a code of six digits",
                    )
                    .to_owned(),
            );
        }
        region
    }

    fn facility(&self, record: &PersonRecord, faults: &mut Vec<String>) -> Option<String> {
        let code = plain::text(&self.facility);
        if code.is_empty() {
            return None;
        }
        if record.office.institution(&code, record.today).is_err() {
            faults.push(
                record
                    .t(
                        "没有这个机构编码",
                        "institution: its code is not known here",
                    )
                    .to_owned(),
            );
        }
        Some(code)
    }

    pub(super) fn form(&self, record: &PersonRecord) -> Markup {
        let lang = record.lang();
        html! {
            section aria-labelledby="register" {
                h2 #register { (record.t("提出备案", "Propose to register")) }
                form.ask method="post" action={ (record.base) "/register" } {
                    label { span { (record.t("备案类别", "What")) }
                        select name="kind" required { @for kind in RegistrationKind::ALL {
                            option value=(kind.code()) selected[kind.code() == self.kind] { (kind.name(lang)) }
                        } } }
                    label { span { (record.t("病种（仅慢特病）", "Disease, of the kind disease alone")) }
                        select name="disease" {
                            option value="" { "–" }
                            @for (id, name) in diseases(record) { option value=(id) selected[id == self.disease] { (name.lang(lang)) } }
                        } }
                    label { span { (record.t("地区（六位代码，异地备案）", "Region, six digits, for care elsewhere")) }
                        input name="region" value=(self.region) inputmode="numeric" maxlength="12" size="8"; }
                    label { span { (record.t("机构编码（转诊、审批、定点）", "Code of the institution, for a referral, an approval, a choice")) }
                        input name="facility" value=(self.facility) maxlength="30" size="16"; }
                    label { span { (record.t("自", "From")) } input type="date" name="from" value=(self.from) required; }
                    label { span { (record.t("至（不填为长期）", "Until, open if empty")) } input type="date" name="until" value=(self.until); }
                    (reason::field(&record.reader, Reason::SENTENCE))
                    button { (record.t("提出备案", "Propose to register")) }
                }
            }
        }
    }
}
