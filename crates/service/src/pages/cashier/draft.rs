//! `Till`: what the session keeps of a cashier: who stands before the till, the bill that is being made, what was settled last.

use agency::domain::Plan;
use agency::domain::agreement::Agreement;
use agency::domain::bill::{Quantity, UnitPrice};
use agency::domain::catalogue::{Catalogue, Fee};
use agency::domain::facility::FacilityKind;
use agency::domain::fen::Fen;
use agency::domain::registration::RegistrationKind;
use agency::domain::setting::Setting;
use agency::domain::words::Lang;
use agency::office::Office;
use agency::record::{Care, Cost, FeeLine, When};
use agency::state::PersonState;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use super::super::Reader;
use super::super::person::disease;
use super::super::scope::Scope;
use crate::random;
use crate::wire;

/// Where the session keeps it.
const KEPT: &str = "till";
/// So many lines has a bill of these pages; who has longer ones has a program.
pub(super) const MOST_LINES: usize = 100;
/// So many settled bills are remembered, for forms that come a second time.
const REMEMBERED: usize = 20;

/// What the session keeps.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Till {
    /// Who stands before the till.
    pub(super) person: Option<u64>,
    /// The bill.
    pub(super) draft: Draft,
    /// The names of bills that were settled, each with its receipt; the last one last.
    settled: Vec<(String, String)>,
    /// What is to be told once.
    pub(super) told: Option<Told>,
}

/// A sentence in both languages.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) zh: String,
    pub(super) en: String,
}

/// A bill that is being made.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Draft {
    /// By it the bill is settled once; empty where there is no randomness.
    pub(super) name: String,
    /// How often it was changed.
    version: u32,
    /// What of it the agency is told.
    pub(super) says: Says,
}

/// What a bill says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Says {
    /// The kind of care, as its choice is written; the first there is if empty.
    pub(super) kind: String,
    /// Which accounts pay.
    pub(super) accounts: Accounts,
    /// The lines.
    pub(super) lines: Vec<Line>,
}

/// Which accounts pay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Accounts {
    None,
    #[default]
    Own,
    Family,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    /// Its number; no other line of the bill ever has it.
    pub(super) number: u32,
    /// The catalogue's code, or what the cashier calls a thing that is in no catalogue.
    pub(super) item: String,
    /// In ten-thousandths.
    pub(super) quantity: u64,
    /// In millionths of a yuan.
    pub(super) price: u64,
    /// Used within the catalogue's restriction.
    #[serde(default)]
    pub(super) approved: bool,
}

/// A kind of care that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    setting: Setting,
    disease: Option<String>,
}

impl Till {
    /// Of a session; what cannot be read is not there.
    pub(super) async fn of(session: &Session) -> Till {
        session.get(KEPT).await.ok().flatten().unwrap_or_default()
    }

    /// Whether it is kept.
    pub(super) async fn keep(&self, session: &Session) -> bool {
        let kept = session.insert(KEPT, self).await.is_ok();
        if !kept {
            tracing::warn!("a cashier's bill could not be kept");
        }
        kept
    }

    /// Somebody comes. The bill of somebody else is put aside; how many lines it had.
    pub(super) fn meet(&mut self, person: u64) -> usize {
        if self.person == Some(person) && random::is_name(&self.draft.name) {
            return 0;
        }
        let aside = self.draft.says.lines.len();
        self.person = Some(person);
        self.draft = Draft::begin();
        aside
    }

    /// The bill is settled: the next person may come.
    pub(super) fn finish(&mut self, name: &str, receipt: &str) {
        self.settled.push((name.to_owned(), receipt.to_owned()));
        let over = self.settled.len().saturating_sub(REMEMBERED);
        self.settled.drain(..over);
        if self.draft.name == name {
            self.draft = Draft::default();
            self.person = None;
        }
    }

    /// The receipt of a bill that was settled here.
    pub(super) fn receipt(&self, name: &str) -> Option<&str> {
        let mut settled = self.settled.iter().rev();
        settled
            .find(|(known, _)| known == name)
            .map(|(_, receipt)| receipt.as_str())
    }
}

impl Told {
    pub(super) fn new(zh: impl Into<String>, en: impl Into<String>) -> Told {
        let (zh, en) = (zh.into(), en.into());
        Told { zh, en }
    }

    pub(super) fn shown(&self, lang: Lang) -> Markup {
        let text = match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        };
        html! { p.good role="status" { (text) } }
    }
}

impl Draft {
    /// An empty bill under a name of its own.
    pub(super) fn begin() -> Draft {
        Draft {
            name: random::name().unwrap_or_default(),
            ..Draft::default()
        }
    }

    /// What its forms carry: a form of another bill, or of before a change, does nothing.
    pub(super) fn mark(&self) -> String {
        format!("{}.{}", self.name, self.version)
    }

    pub(super) fn is(&self, mark: &str) -> bool {
        random::is_name(&self.name) && self.mark() == mark
    }

    /// Changes it.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Says)) {
        self.version = self.version.saturating_add(1);
        change(&mut self.says);
    }

    /// Adds a line; false if there are too many.
    pub(super) fn add(&mut self, line: Line) -> bool {
        if self.says.lines.len() >= MOST_LINES {
            return false;
        }
        let number = self.version;
        self.change(|says| says.lines.push(Line { number, ..line }));
        true
    }

    /// Its name, of what a form carries.
    pub(super) fn name_of(mark: &str) -> &str {
        mark.split_once('.').map_or("", |(name, _)| name)
    }
}

impl Says {
    /// The kind that was chosen; the first where there is none any more.
    pub(super) fn kind<'k>(&self, kinds: &'k [Kind]) -> Option<&'k Kind> {
        let chosen = kinds.iter().find(|kind| kind.written() == self.kind);
        chosen.or(kinds.first())
    }

    /// The care that is billed, as the institution's program would tell it; none if a line comes to no amount.
    pub(super) fn care(
        &self,
        institution: &str,
        (kind, state): (&Kind, &PersonState),
        catalogue: &Catalogue,
        today: Date,
    ) -> Option<Care> {
        let called = wire::called(kind.setting);
        let (setting, emergency) = wire::care(called)?;
        let lines = self.lines.iter().zip(1_u32..);
        let lines = lines.map(|(line, number)| {
            let made = wire::made(catalogue, &line.fee(today), line.amount()?)?;
            Some(FeeLine {
                number: Some(number.to_string()),
                ..FeeLine::of(&made)
            })
        });
        let lines: Option<Vec<FeeLine>> = lines.collect();
        let when = When {
            from: today,
            until: None,
        };
        let (spare_account, spare_family) = match self.accounts {
            Accounts::None => (true, true),
            Accounts::Own => (false, true),
            Accounts::Family => (false, false),
        };
        Some(Care {
            emergency,
            disease: kind.disease.clone(),
            spare_account,
            spare_family,
            scheme: state.scheme(today),
            called: Some(called.to_owned()),
            ..Care::new(institution, setting, when, Cost::Lines(lines?))
        })
    }

    /// All lines together.
    pub(super) fn total(&self) -> Fen {
        let amounts = self.lines.iter().filter_map(Line::amount);
        let sum = amounts.fold(0_u64, |sum, amount| sum.saturating_add(amount.fen()));
        Fen::new(sum)
    }
}

impl Line {
    fn fee(&self, day: Date) -> Fee<'_> {
        Fee {
            code: &self.item,
            quantity: Quantity(self.quantity),
            unit_price: UnitPrice(self.price),
            day,
            approved: self.approved,
        }
    }

    /// What it comes to; none if that is too much for an amount.
    pub(super) fn amount(&self) -> Option<Fen> {
        wire::product(Quantity(self.quantity), UnitPrice(self.price))
    }
}

impl Accounts {
    pub(super) const ALL: [Accounts; 3] = [Accounts::Own, Accounts::Family, Accounts::None];

    pub(super) const fn written(self) -> &'static str {
        match self {
            Accounts::None => "none",
            Accounts::Own => "own",
            Accounts::Family => "family",
        }
    }

    pub(super) const fn name(self) -> (&'static str, &'static str) {
        match self {
            Accounts::None => ("不使用个人账户", "no account"),
            Accounts::Own => ("本人账户", "the own account"),
            Accounts::Family => ("本人账户和亲属共济", "the own account and relatives'"),
        }
    }

    pub(super) fn of(written: &str) -> Option<Accounts> {
        let mut all = Accounts::ALL.into_iter();
        all.find(|accounts| accounts.written() == written)
    }
}

impl Kind {
    /// Whether the rules have a row for it at the institution.
    fn is_answered(&self, plan: &Plan, at: &Agreement, state: &PersonState, today: Date) -> bool {
        let classes = &plan.policy.facilities;
        let facility = at.facility(today, false);
        let class = classes.iter().position(|class| class.holds(&facility));
        let status = state.status(today);
        let persons = plan.policy.persons.iter().enumerate();
        let persons = persons.filter(|(_, class)| {
            let statuses = class.status.as_ref();
            statuses.is_none_or(|statuses| status.is_some_and(|one| statuses.contains(&one)))
        });
        let diseases = &plan.policy.diseases;
        let known = |id: &String| diseases.iter().position(|(known, _)| known == id);
        let disease = self.disease.as_ref().and_then(known).map_or(0, |n| n + 1);
        Scope {
            facilities: class.into_iter().collect(),
            persons: persons.map(|(number, _)| number).collect(),
            places: plan.policy.place.known.clone(),
            diseases: disease..=disease,
        }
        .is_answered(plan, self.setting)
    }

    /// As a form says it.
    pub(super) fn written(&self) -> String {
        let setting = self.setting.code();
        match &self.disease {
            Some(disease) => format!("{setting}/{disease}"),
            None => setting.to_owned(),
        }
    }

    pub(super) fn name(&self, reader: &Reader, office: &Office) -> String {
        let setting = self.setting.name(reader.lang);
        match &self.disease {
            Some(id) => format!("{setting} · {}", disease(reader, office, id)),
            None => setting.to_owned(),
        }
    }
}

/// The kinds of care of an institution that a person may have today, by the rules that hold for the person. Where none of them is
/// answered, all stand there: the trial tells why.
pub(super) fn kinds(
    agreement: Option<&Agreement>,
    office: &Office,
    state: &PersonState,
    today: Date,
) -> Vec<Kind> {
    let version = state
        .scheme(today)
        .and_then(|scheme| office.policies.on(scheme, today).ok());
    let plan = version.map(|version| &version.file.plan);
    let knows = |setting| plan.is_none_or(|plan| plan.stands_for(setting).is_some());
    let kind = agreement.map_or(FacilityKind::General, |agreement| agreement.kind);
    let all = known(kind, knows, state, today);
    let (Some(plan), Some(agreement)) = (plan, agreement) else {
        return all;
    };
    let answered = all
        .iter()
        .filter(|kind| kind.is_answered(plan, agreement, state, today));
    let answered: Vec<Kind> = answered.cloned().collect();
    if answered.is_empty() { all } else { answered }
}

/// Of the settings that the rules know. A chronic disease is a registered one.
fn known(
    facility: FacilityKind,
    knows: impl Fn(Setting) -> bool,
    state: &PersonState,
    today: Date,
) -> Vec<Kind> {
    let plain: &[Setting] = match facility {
        FacilityKind::Pharmacy if knows(Setting::Pharmacy) => &[Setting::Pharmacy],
        // Most regions have no rules of their own for what is bought: it is outpatient care then.
        FacilityKind::Pharmacy => &[Setting::Outpatient],
        _ if knows(Setting::Emergency) => &[Setting::Outpatient, Setting::Emergency],
        _ => &[Setting::Outpatient],
    };
    let plain = plain.iter().map(|&setting| Kind {
        setting,
        disease: None,
    });
    let diseases = state.registrations.iter().map(|held| &held.registration);
    let diseases = diseases
        .filter(|one| one.kind == RegistrationKind::Disease)
        .filter(|one| one.holds_on(today))
        .filter_map(|one| one.disease.clone());
    let chronic = diseases.map(|disease| Kind {
        setting: Setting::Chronic,
        disease: Some(disease),
    });
    plain.chain(chronic).collect()
}

#[cfg(test)]
mod tests;
