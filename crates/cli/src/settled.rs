//! `Settled`: a bill, the policy that holds for it, and what came of it, also with empty accounts.

use std::path::Path;
use std::sync::Arc;

use agency::office::Office;
use domain::account::Accounts;
use domain::bill::{Bill, Cost, Setting};
use domain::class::{FacilityClass, PersonClass};
use domain::explain::{self, About};
use domain::plan::Detail;
use domain::policy::Point;
use domain::settlement::Settlement;
use domain::step::Step;
use domain::words::Lang;
use domain::year::YearToDate;
use policy::{PolicyFile, Source};

use crate::policies::open;

/// A bill, the policy that holds for it, and what came of it.
pub(crate) struct Settled {
    pub(crate) source: Source,
    pub(crate) bill: Bill,
    pub(crate) file: Arc<PolicyFile>,
    pub(crate) settlement: Settlement,
    /// The same bill with empty accounts.
    pub(crate) empty: Settlement,
    /// Where in the policy's space the bill falls.
    pub(crate) point: Point,
    /// The office whose catalogue made the fee lines; none where the bill itself states them.
    pub(crate) office: Option<Arc<Office>>,
}

impl Settled {
    /// Reads and settles a bill, under a policy file or the one of the folder that is in force.
    pub(crate) fn of(
        source: Source,
        policy: Option<&Path>,
        policies: &Path,
        lang: Lang,
    ) -> Result<Settled, String> {
        let bill = policy::bill::read(&source).map_err(|e| e.to_string())?;
        let file = match policy {
            Some(path) => {
                let source = Source::read(path).map_err(|e| e.to_string())?;
                PolicyFile::read(&source).map_err(|e| e.to_string())?
            }
            None => {
                let shelf = open(policies, lang)?;
                shelf
                    .policy_for(&bill)
                    .map_err(|e| format!("{}: {}", source.name, e.describe(lang)))?
            }
        };
        Settled::under(source, bill, Arc::new(file), lang)
    }

    /// Settles a bill under a policy.
    pub(crate) fn under(
        source: Source,
        bill: Bill,
        file: Arc<PolicyFile>,
        lang: Lang,
    ) -> Result<Settled, String> {
        let unsettled = |e| policy::bill::unsettled(&source, &e, lang).to_string();
        let point = file.plan.point(&bill).map_err(unsettled)?;
        let settlement = domain::settle(&bill, &file.plan).map_err(unsettled)?;
        let without = Bill {
            accounts: Accounts::default(),
            ..bill.clone()
        };
        let empty = domain::settle(&without, &file.plan).map_err(unsettled)?;
        Ok(Settled {
            source,
            bill,
            file,
            settlement,
            empty,
            point,
            office: None,
        })
    }

    /// What the phrases of its steps read.
    pub(crate) fn about(&self) -> About<'_> {
        let about = About::bill(&self.bill);
        match &self.office {
            Some(office) => about.by(&office.catalogue, self.bill.days.settlement()),
            None => about,
        }
    }

    /// The class that the provider falls in.
    pub(crate) fn facility_class(&self) -> &FacilityClass {
        &self.file.plan.policy.facilities[self.point.facility]
    }

    /// The class that the person falls in.
    pub(crate) fn person_class(&self) -> &PersonClass {
        &self.file.plan.policy.persons[self.point.person]
    }

    /// Did a fund pay although nobody knows the yearly cap?
    pub(crate) fn cap_unknown(&self) -> bool {
        explain::cap_unknown(&self.file.plan, &self.point, &self.settlement)
    }

    /// The benefit year after this bill: what stood before, this settlement added under the setting whose rules held, and one stay
    /// more where it was one that has ended and was not refused.
    pub(crate) fn year_after(&self) -> YearToDate {
        let mut year = self.bill.year.clone();
        year.record(self.point.setting, &self.settlement.this_year());
        let counts = self.settlement.refusal().is_none() && !self.bill.interim;
        year.stays += u32::from(self.bill.setting == Setting::Inpatient && counts);
        year
    }

    /// The cause by which the funds refuse the bill, by its id in the policy.
    pub(crate) fn cause(&self) -> Option<&str> {
        let mut rules = self
            .settlement
            .steps()
            .iter()
            .map(|s| self.file.plan.rule(s.rule));
        rules.find_map(|rule| match &rule.detail {
            Detail::Cause(id, _) => Some(id.as_str()),
            _ => None,
        })
    }

    /// The item of the fee line that a step is of.
    pub(crate) fn item(&self, step: &Step) -> Option<&str> {
        let Cost::Lines(lines) = &self.bill.cost else {
            return None;
        };
        let line = (!step.is_of_family()).then(|| lines.get(index(step)?))??;
        Some(line.item.as_str())
    }

    /// Whose family account a step is paid from.
    pub(crate) fn family_account(&self, step: &Step) -> Option<&str> {
        let account = step
            .is_of_family()
            .then(|| self.bill.accounts.family.get(index(step)?))??;
        Some(account.name.as_str()).filter(|name| !name.is_empty())
    }
}

/// The place of a step's line or account in the bill's list; none for the bill as a whole.
fn index(step: &Step) -> Option<usize> {
    usize::try_from(step.line).ok()?.checked_sub(1)
}
