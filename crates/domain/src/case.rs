//! `Case`: a bill laid on a plan: its row is found, its identities are bits, its admission is decided.

use jiff::civil::Date;

use crate::account::Accounts;
use crate::bill::{Bill, Continuation, Cost, Days, Line, Place, Setting, StaySoFar, Sums};
use crate::day::{age_on, days_between};
use crate::fen::Fen;
use crate::person::{CoverageState, Identity};
use crate::plan::{Plan, RowId};
use crate::policy::{AgeOn, CoverageDays, Cross, Point};
use crate::refusal::Refusal;
use crate::step::RuleId;
use crate::unsettled::{LineFault, Unsettled};
use crate::words::words;
use crate::year::YearToDate;

/// The exclusion row that carries the clause for providers that are not designated; no cause of a bill.
const NOT_DESIGNATED: &str = "not_designated";

words! {
    /// Causes that have a name of their own; a policy says which of them exclude a bill, and may name more.
    pub enum Cause {
        WorkInjury: "work_injury", "工伤", "work injury";
        ThirdParty: "third_party", "第三人负担", "a third person is liable";
        PublicHealth: "public_health", "公共卫生负担", "public health bears it";
        Abroad: "abroad", "境外就医", "care abroad";
        TrafficAccident: "traffic_accident", "交通事故", "traffic accident";
        UnlawfulAct: "unlawful_act", "违法行为", "unlawful act";
        SelfHarm: "self_harm", "自杀自残", "suicide or self-harm";
        Drunkenness: "drunkenness", "酗酒", "drunkenness";
        Drugs: "drugs", "吸毒", "drugs";
        Fighting: "fighting", "打架斗殴", "fighting";
        MedicalAccident: "medical_accident", "医疗事故", "medical accident";
        OtherLiability: "other_liability", "其他责任事故", "other accident for which somebody is liable";
        FoodPoisoning: "food_poisoning", "食物中毒", "food poisoning";
    }
}

/// A bill laid on a plan.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// The row that settles it.
    pub row: RowId,
    /// What it cost.
    pub cost: CaseCost<'a>,
    /// The benefit year before it.
    pub year: &'a YearToDate,
    /// For a stay split over the year's end: the first day of the later year, and the earlier year before the bill.
    pub earlier: Option<(Date, &'a YearToDate)>,
    /// Length of the stay in days.
    pub days: u32,
    /// The same stay before.
    pub stay: StaySoFar,
    /// Why the stay continues another.
    pub continuation: Option<Continuation>,
    /// Balances before it.
    pub accounts: &'a Accounts,
    /// The accounts may be used.
    pub use_account: bool,
    /// Identities that layers ask for, as bits of the plan's list.
    pub identities: u64,
    /// Deposit paid.
    pub deposit: Option<Fen>,
    /// Whether the insurance pays.
    pub admission: Admission,
}

/// What it cost, by reference.
#[derive(Clone, Copy, Debug)]
pub enum CaseCost<'a> {
    /// Sums already split.
    Sums(Sums),
    /// Fee lines.
    Lines(&'a [Line]),
}

/// Whether the insurance pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It does.
    Admitted,
    /// It does, and may recover from a third person.
    Advanced(RuleId),
    /// It does not.
    Refused(Refusal, RuleId),
}

impl Plan {
    /// Lays a bill on the plan.
    ///
    /// # Errors
    /// When the policy has no rule for it or the bill lacks what the rule asks; see [`Unsettled`].
    pub fn case<'a>(&self, bill: &'a Bill) -> Result<Case<'a>, Unsettled> {
        let policy = &self.policy;
        let day = bill.days.settlement();
        if policy.region != bill.region {
            return Err(Unsettled::OtherRegion(bill.region, policy.region));
        }
        if policy.scheme != bill.scheme {
            return Err(Unsettled::OtherScheme(bill.scheme, policy.scheme));
        }
        if !self.in_force(day) {
            return Err(Unsettled::NotInForce(
                bill.days,
                policy.effective,
                policy.ends,
            ));
        }
        self.known(bill)?;
        let point = self.point(bill)?;
        let row = self
            .row(&point)
            .ok_or_else(|| self.no_row(&point, bill.setting))?;
        let (days, earlier) = match bill.days {
            Days::Service(_) => (0, None),
            Days::Stay {
                admission,
                discharge,
            } => (
                days_between(admission, discharge),
                self.earlier(bill, admission, discharge)?,
            ),
        };
        Ok(Case {
            row,
            cost: match &bill.cost {
                Cost::Sums(sums) => CaseCost::Sums(*sums),
                Cost::Lines(lines) => CaseCost::Lines(lines),
            },
            year: &bill.year,
            earlier,
            days,
            stay: bill.stay,
            continuation: bill.continuation,
            accounts: &bill.accounts,
            use_account: bill.use_account,
            identities: self.identity_bits(&bill.person.identities),
            deposit: bill.deposit,
            admission: self.admission(bill)?,
        })
    }

    /// What the bill names by words of its own must be known, and sums must stand where they count: a slip of the pen would
    /// otherwise change what is paid without a word.
    fn known(&self, bill: &Bill) -> Result<(), Unsettled> {
        self.known_identities(&bill.person.identities)?;
        let diseases = &self.policy.diseases;
        let distinguished = |disease: &String| diseases.iter().any(|(id, _)| id == disease);
        if let Some(found) = bill.disease.as_ref().filter(|d| !distinguished(d)) {
            let known = diseases.iter().map(|(id, _)| id.clone()).collect();
            return Err(Unsettled::NoDisease(found.clone(), known));
        }
        self.sums_count("year", &bill.year)?;
        match &bill.year_before {
            Some(year) => self.sums_count("year_before", year),
            None => Ok(()),
        }
    }

    fn known_identities(&self, identities: &[String]) -> Result<(), Unsettled> {
        let known = |identity: &String| {
            Identity::from_code(identity).is_some()
                || self.policy.identities().any(|asked| asked == identity)
        };
        let Some(number) = identities.iter().position(|identity| !known(identity)) else {
            return Ok(());
        };
        let mut all: Vec<&str> = Identity::ALL.iter().map(|i| i.code()).collect();
        for asked in self.policy.identities() {
            if !all.contains(&asked) {
                all.push(asked);
            }
        }
        let all = all.into_iter().map(str::to_owned).collect();
        Err(Unsettled::NoIdentity(
            number,
            identities[number].clone(),
            all,
        ))
    }

    /// No sums stand under a setting that counts as another.
    fn sums_count(&self, name: &'static str, year: &YearToDate) -> Result<(), Unsettled> {
        for &setting in Setting::ALL {
            let other = self.stands_for(setting).unwrap_or(setting);
            if other != setting && !year.is_empty(setting) {
                return Err(Unsettled::YearOfAlias(name, setting, other));
            }
        }
        Ok(())
    }

    /// The point of the space that the bill falls on.
    ///
    /// # Errors
    /// When the policy has no rule for it or the bill lacks what the rule asks.
    pub fn point(&self, bill: &Bill) -> Result<Point, Unsettled> {
        let policy = &self.policy;
        let setting = self.stands_for(bill.setting).ok_or_else(|| {
            Unsettled::NoSetting(
                bill.setting,
                policy.settings.iter().map(|s| s.setting).collect(),
            )
        })?;
        if !policy.place.known.contains(&bill.place) {
            return Err(Unsettled::NoPlace(bill.place, policy.place.known.clone()));
        }
        // The compiler has made sure that no two classes hold for the same provider or person.
        let facility = policy
            .facilities
            .iter()
            .position(|c| c.holds(&bill.facility));
        let facility =
            facility.ok_or_else(|| Unsettled::NoFacilityClass(Box::new(bill.facility.clone())))?;
        let day = match policy.year.age_on {
            AgeOn::Service => bill.days.settlement(),
            AgeOn::YearStart => policy.year.starts.of(bill.days.settlement()),
        };
        // Born after the year's first day counts as age 0.
        let age = bill
            .person
            .birth
            .map(|birth| age_on(birth, day).unwrap_or(0));
        let person = self.person_class(bill, age)?;
        let known = |d: &String| policy.diseases.iter().position(|(id, _)| id == d);
        let disease = bill.disease.as_ref().and_then(known).map_or(0, |n| n + 1);
        Ok(Point {
            setting,
            facility,
            person,
            place: bill.place,
            disease,
        })
    }

    fn person_class(&self, bill: &Bill, age: Option<u16>) -> Result<usize, Unsettled> {
        let identities = &bill.person.identities;
        let counts = |asked: &str| self.policy.counts(identities, asked);
        for (number, class) in self.policy.persons.iter().enumerate() {
            let holds = class.holds(&bill.person, age, counts);
            if holds.map_err(|unknown| Unsettled::Needs(unknown, class.id.clone()))? {
                return Ok(number);
            }
        }
        Err(Unsettled::NoPersonClass(
            bill.person.status,
            age,
            identities.clone(),
        ))
    }

    /// For a stay over the end of the benefit year that is split by day: the later year's first day and the earlier year.
    fn earlier<'a>(
        &self,
        bill: &'a Bill,
        admission: Date,
        discharge: Date,
    ) -> Result<Option<(Date, &'a YearToDate)>, Unsettled> {
        lines_within(&bill.cost, admission, discharge)?;
        let starts = self.policy.year.starts;
        let later = starts.of(discharge);
        if self.policy.year.cross == Cross::Discharge || starts.of(admission) == later {
            return Ok(None);
        }
        let year_before = later.yesterday().map(|last| starts.of(last)).ok();
        if year_before != Some(starts.of(admission)) {
            return Err(Unsettled::TooLong(admission, discharge));
        }
        let Cost::Lines(lines) = &bill.cost else {
            return Err(Unsettled::NeedsLines(later));
        };
        if let Some((number, _)) = (1..).zip(lines).find(|(_, line)| line.day.is_none()) {
            return Err(Unsettled::Line(number, LineFault::NoDay(later)));
        }
        let year = bill
            .year_before
            .as_ref()
            .ok_or(Unsettled::NeedsYearBefore(later))?;
        Ok(Some((later, year)))
    }

    fn admission(&self, bill: &Bill) -> Result<Admission, Unsettled> {
        let known = |cause: &String| {
            let named = self.policy.exclusions.iter().any(|e| e.cause == *cause);
            named && cause != NOT_DESIGNATED
        };
        if let Some(number) = bill.causes.iter().position(|c| !known(c)) {
            return Err(Unsettled::NoCause(
                number,
                bill.causes[number].clone(),
                self.causes(),
            ));
        }
        if let Some(refusal) = self.uncovered(bill) {
            return Ok(Admission::Refused(refusal, self.fixed.coverage));
        }
        let emergency = bill.setting == Setting::Emergency || bill.place == Place::Emergency;
        if !(bill.facility.designated || bill.facility.approved || emergency) {
            return Ok(Admission::Refused(
                Refusal::NotDesignated,
                self.not_designated_rule(),
            ));
        }
        let mut admission = Admission::Admitted;
        for (exclusion, &rule) in self.policy.exclusions.iter().zip(&self.exclusion_rules) {
            if !bill.causes.contains(&exclusion.cause) {
                continue;
            }
            if !(exclusion.advance && bill.third_party_unpaid) {
                return Ok(Admission::Refused(Refusal::Excluded, rule));
            }
            admission = Admission::Advanced(rule);
        }
        Ok(admission)
    }

    /// Why there is no row at a point whose setting and classes exist.
    fn no_row(&self, point: &Point, setting: Setting) -> Unsettled {
        let policy = &self.policy;
        let facility = policy.facilities[point.facility].id.clone();
        if policy.no_rules.iter().any(|row| row.selector.holds(point)) {
            let person = policy.persons[point.person].id.clone();
            Unsettled::LeftOut(setting, facility, person)
        } else {
            Unsettled::NotInSetting(facility, setting)
        }
    }

    /// The causes that a bill may name. That a provider is not designated is told by the provider, not as a cause.
    fn causes(&self) -> Vec<String> {
        let causes = self.policy.exclusions.iter().map(|e| &e.cause);
        causes
            .filter(|cause| *cause != NOT_DESIGNATED)
            .cloned()
            .collect()
    }

    /// The clause for care at a provider that is not designated: its own if the file gives one.
    fn not_designated_rule(&self) -> RuleId {
        let of_file = self
            .policy
            .exclusions
            .iter()
            .position(|e| e.cause == NOT_DESIGNATED);
        of_file.map_or(self.fixed.rest, |number| self.exclusion_rules[number])
    }

    fn uncovered(&self, bill: &Bill) -> Option<Refusal> {
        let days = match (bill.days, self.policy.coverage.days) {
            (
                Days::Stay {
                    admission,
                    discharge,
                },
                CoverageDays::Both,
            ) => [admission, discharge],
            (days, _) => [days.settlement(); 2],
        };
        let refusal = |day| match bill.person.coverage.on(day) {
            CoverageState::InForce => None,
            CoverageState::Suspended => Some(Refusal::CoverageSuspended),
            CoverageState::Waiting => Some(Refusal::CoverageWaiting),
            CoverageState::Ended => Some(Refusal::CoverageEnded),
            CoverageState::None => Some(Refusal::NotInsured),
        };
        // Of two days the refusal that comes first in the order of precedence.
        days.into_iter().filter_map(refusal).min()
    }

    /// A bit for each identity that layers ask for and that counts for a person who has these.
    #[must_use]
    pub fn identity_bits(&self, identities: &[String]) -> u64 {
        self.identities
            .iter()
            .enumerate()
            .filter(|(_, asked)| self.policy.counts(identities, asked))
            .fold(0, |bits, (n, _)| bits | 1 << n)
    }
}

/// No fee line of a stay arose before or after it.
fn lines_within(cost: &Cost, admission: Date, discharge: Date) -> Result<(), Unsettled> {
    let Cost::Lines(lines) = cost else {
        return Ok(());
    };
    for (number, line) in (1..).zip(lines) {
        if let Some(day) = line.day.filter(|day| *day < admission || *day > discharge) {
            let fault = LineFault::DayOutside(day, admission, discharge);
            return Err(Unsettled::Line(number, fault));
        }
    }
    Ok(())
}
