//! `Form`: a made-up bill as it is typed: where, who, which hospital, how much; and read.

mod faults;
mod shown;

use agency::Library;
use agency::domain::account::Accounts;
use agency::domain::bill::{Bill, Cost, Days, Place, StaySoFar, Sums};
use agency::domain::facility::{Facility, FacilityKind};
use agency::domain::person::{Coverage, CoverageState, Identity, Person, Status};
use agency::domain::region::Region;
use agency::domain::setting::Setting;
use agency::domain::words::{Lang, Name};
use agency::domain::year::YearToDate;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Deserialize;

use faults::Faults;

/// As it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    region: String,
    status: String,
    age: String,
    identity: String,
    setting: String,
    disease: String,
    hospital: String,
    place: String,
    cost: String,
    outside: String,
    first_share: String,
    account: String,
    prior: String,
    retired: String,
    stays: String,
}

/// What the chosen region offers to choose from.
pub(super) struct Offer {
    regions: Vec<(Region, Name)>,
    identities: Vec<(String, Name)>,
    diseases: Vec<(String, Name)>,
    /// The region has rules for the scheme today.
    has_policy: bool,
    /// Its classes of persons go by the day of retirement.
    asks_retired: bool,
}

impl Offer {
    /// Of the region of a form and the scheme of its person.
    pub(super) fn of(library: &Library, form: &Form, today: Date) -> Offer {
        let regions = library.regions().iter();
        let regions = regions.map(|known| (known.region, known.name.clone()));
        let region = Region::parse(&form.region);
        let file = region.and_then(|region| {
            let scheme = form.status().unwrap_or(Status::Active).scheme();
            library.in_force(region, scheme, today).ok()
        });
        let policy = file.as_ref().map(|file| &file.plan.policy);
        let mut identities: Vec<String> = policy
            .into_iter()
            .flat_map(|policy| &policy.persons)
            .flat_map(|class| class.identities.iter().chain(&class.without))
            .cloned()
            .collect();
        identities.sort();
        identities.dedup();
        Offer {
            regions: regions.collect(),
            identities: identities.into_iter().map(named).collect(),
            diseases: policy
                .map(|policy| policy.diseases.clone())
                .unwrap_or_default(),
            has_policy: policy.is_some(),
            asks_retired: policy
                .is_some_and(|policy| policy.persons.iter().any(|class| class.retired.is_some())),
        }
    }
}

/// An identity with its name; one of the region's own has none but its code.
fn named(code: String) -> (String, Name) {
    let known = Identity::from_code(&code);
    let name = |lang| {
        known
            .map_or(code.as_str(), |known| known.name(lang))
            .to_owned()
    };
    let name = Name {
        zh: name(Lang::Zh),
        en: name(Lang::En),
    };
    (code, name)
}

/// A kind of provider, as people know them.
const HOSPITALS: [(&str, &str, &str); 5] = [
    ("3", "三级医院", "tertiary hospital (level 3)"),
    ("2", "二级医院", "secondary hospital (level 2)"),
    ("1", "一级医院", "primary hospital (level 1)"),
    ("0", "未定级医院", "hospital without a level"),
    ("community", "社区卫生服务中心", "community health centre"),
];

impl Form {
    /// The region of this agency, where there is no other, and what most people ask about.
    pub(super) fn or_usual(mut self, library: &Library, home: Region) -> Form {
        let usual = |text: &mut String, usual: &str| {
            if text.is_empty() {
                usual.clone_into(text);
            }
        };
        let home = library.of(home).or(library.regions().first());
        let home = home.map(|known| known.region.to_string());
        usual(&mut self.region, &home.unwrap_or_default());
        usual(&mut self.status, Status::Active.code());
        usual(&mut self.setting, Setting::Outpatient.code());
        usual(&mut self.hospital, HOSPITALS[0].0);
        usual(&mut self.place, Place::Home.code());
        self
    }

    /// Nothing is computed before a cost is told.
    pub(super) fn is_asked(&self) -> bool {
        !self.cost.trim().is_empty()
    }

    fn status(&self) -> Option<Status> {
        Status::from_code(&self.status)
    }

    /// The bill, of today.
    ///
    /// # Errors
    /// Everything that cannot be read, a sentence each.
    pub(super) fn bill(&self, lang: Lang, today: Date) -> Result<Bill, Vec<String>> {
        let mut faults = Faults {
            lang,
            told: Vec::new(),
        };
        let region = faults.known(
            ("统筹区", "region"),
            &self.region,
            Region::parse(&self.region),
        );
        let status = faults.known(("参保身份", "status"), &self.status, self.status());
        let setting = Setting::from_code(&self.setting);
        let setting = faults.known(("就诊类型", "care"), &self.setting, setting);
        let place = faults.known(
            ("就医地", "place"),
            &self.place,
            Place::from_code(&self.place),
        );
        let facility = setting.and_then(|setting| self.facility(setting));
        let facility = faults.known(("医院", "hospital"), &self.hospital, facility);
        let birth = self.birth(&mut faults, today);
        let cost = self.sums(&mut faults);
        let accounts = self.accounts(&mut faults);
        let retired = self.retired(&mut faults);
        let stays = faults.number(("今年已住院次数", "stays so far"), &self.stays, 99);
        let (Some(region), Some(status), Some(setting), Some(place), Some(facility)) =
            (region, status, setting, place, facility)
        else {
            return Err(faults.told);
        };
        let (Some(birth), Some(cost), Some(accounts), Some(stays), Some(retired)) =
            (birth, cost, accounts, stays, retired)
        else {
            return Err(faults.told);
        };
        let chronic = setting == Setting::Chronic;
        let identity = Some(self.identity.clone()).filter(|text| !text.is_empty());
        Ok(Bill {
            region,
            scheme: status.scheme(),
            place,
            setting,
            disease: Some(self.disease.clone()).filter(|text| chronic && !text.is_empty()),
            causes: Vec::new(),
            third_party_unpaid: false,
            days: days(setting, today),
            facility,
            person: Person {
                status,
                birth,
                retired,
                identities: identity.into_iter().collect(),
                coverage: Coverage::Always(CoverageState::InForce),
            },
            accounts,
            use_account: true,
            year: YearToDate {
                stays,
                ..YearToDate::default()
            },
            year_before: None,
            stay: StaySoFar::default(),
            continuation: None,
            interim: false,
            deposit: None,
            cost: Cost::Sums(cost),
        })
    }

    fn facility(&self, setting: Setting) -> Option<Facility> {
        let (kind, level, community) = match (setting, self.hospital.as_str()) {
            (Setting::Pharmacy, _) => (FacilityKind::Pharmacy, 0, false),
            (_, "community") => (FacilityKind::General, 1, true),
            (_, "3") => (FacilityKind::General, 3, false),
            (_, "2") => (FacilityKind::General, 2, false),
            (_, "1") => (FacilityKind::General, 1, false),
            (_, "0") => (FacilityKind::General, 0, false),
            _ => return None,
        };
        Some(Facility {
            kind,
            level,
            community,
            tags: Vec::new(),
            designated: true,
            approved: false,
        })
    }

    /// Born so many years ago today, if an age is told.
    fn birth(&self, faults: &mut Faults, today: Date) -> Option<Option<Date>> {
        if self.age.trim().is_empty() {
            return Some(None);
        }
        let age = faults.number(("年龄", "age"), &self.age, 120)?;
        let birth = today.checked_sub(i64::from(age).years());
        Some(birth.ok())
    }

    /// What is in the account, and of it prior years' money.
    fn accounts(&self, faults: &mut Faults) -> Option<Accounts> {
        let name = ("其中历年账户", "of it prior years' money");
        let all = faults.amount(("个人账户余额", "account"), &self.account);
        let prior = faults.amount(name, &self.prior);
        let (all, prior) = (all?, prior?);
        let rule = ("不得超过余额", "not more than all of it");
        faults.within(name, &self.prior, prior <= all, rule)?;
        Some(Accounts {
            current: all.beyond(prior),
            prior,
            ..Accounts::default()
        })
    }

    /// The day of retirement, if it is told.
    fn retired(&self, faults: &mut Faults) -> Option<Option<Date>> {
        let text = self.retired.trim();
        if text.is_empty() {
            return Some(None);
        }
        let day = text.parse::<Date>().ok();
        let rule = ("应为日期，如2015-06-30", "a day, like 2015-06-30");
        faults.within(("退休日期", "day of retirement"), text, day.is_some(), rule)?;
        Some(day)
    }

    /// The cost, and what of it is outside the catalogue or a first share.
    fn sums(&self, faults: &mut Faults) -> Option<Sums> {
        let total = faults.amount(("费用", "cost"), &self.cost);
        let outside = faults.amount(("其中目录外", "of it outside the catalogue"), &self.outside);
        let first = faults.amount(("其中先行自付", "of it first shares"), &self.first_share);
        let (total, self_funded, first_share) = (total?, outside?, first?);
        let parts = self_funded + first_share;
        let rule = (
            "应不少于其中目录外与先行自付之和",
            "not less than what of it is outside the catalogue or a first share",
        );
        faults.within(("费用", "cost"), &self.cost, parts <= total, rule)?;
        Some(Sums {
            self_funded,
            first_share,
            in_scope: total.beyond(parts),
            ..Sums::default()
        })
    }
}

/// Of a stay only the day on which it ends decides.
fn days(setting: Setting, today: Date) -> Days {
    match setting {
        Setting::Inpatient => Days::Stay {
            admission: today,
            discharge: today,
        },
        _ => Days::Service(today),
    }
}
