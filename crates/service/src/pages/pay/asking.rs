//! `Form`: a made-up bill as it is typed: where, who, which hospital, how much; and read.

mod shown;

use agency::Library;
use agency::domain::account::Accounts;
use agency::domain::bill::{Bill, Cost, Days, Place, StaySoFar, Sums};
use agency::domain::facility::{Facility, FacilityKind};
use agency::domain::fen::Fen;
use agency::domain::person::{Coverage, CoverageState, Identity, Person, Status};
use agency::domain::region::Region;
use agency::domain::setting::Setting;
use agency::domain::words::{Lang, Name};
use agency::domain::year::YearToDate;
use agency::yuan;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Deserialize;

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
    stays: String,
}

/// What the chosen region offers to choose from.
pub(super) struct Offer {
    regions: Vec<(Region, Name)>,
    identities: Vec<(String, Name)>,
    diseases: Vec<(String, Name)>,
    /// The region has rules for the scheme today.
    has_policy: bool,
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

/// Such a bill is no longer one that a person has.
const MOST: Fen = Fen::from_yuan(100_000_000);

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
        let account = faults.amount(("个人账户余额", "account"), &self.account);
        let stays = faults.number(("今年已住院次数", "stays so far"), &self.stays, 99);
        let (Some(region), Some(status), Some(setting), Some(place), Some(facility)) =
            (region, status, setting, place, facility)
        else {
            return Err(faults.told);
        };
        let (Some(birth), Some(cost), Some(account), Some(stays)) = (birth, cost, account, stays)
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
                retired: None,
                identities: identity.into_iter().collect(),
                coverage: Coverage::Always(CoverageState::InForce),
            },
            accounts: Accounts {
                current: account,
                ..Accounts::default()
            },
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

    /// The cost, and what of it is outside the catalogue or a first share.
    fn sums(&self, faults: &mut Faults) -> Option<Sums> {
        let total = faults.amount(("费用", "cost"), &self.cost);
        let outside = faults.amount(("其中目录外", "of it outside the catalogue"), &self.outside);
        let first = faults.amount(("其中先行自付", "of it first shares"), &self.first_share);
        let (total, self_funded, first_share) = (total?, outside?, first?);
        let parts = self_funded + first_share;
        if parts > total {
            let rule = (
                "目录外与先行自付之和不得超过费用",
                "the parts are not more than the cost",
            );
            faults.wrong(("费用", "cost"), &self.cost, rule);
            return None;
        }
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

/// What cannot be read.
struct Faults {
    lang: Lang,
    told: Vec<String>,
}

impl Faults {
    fn wrong(&mut self, name: (&str, &str), found: &str, rule: (&str, &str)) {
        let (name, rule) = match self.lang {
            Lang::Zh => (name.0, rule.0),
            Lang::En => (name.1, rule.1),
        };
        self.told.push(match self.lang {
            Lang::Zh => format!("{name}“{found}”：{rule}"),
            Lang::En => format!("{name} `{found}`: {rule}"),
        });
    }

    fn known<T>(&mut self, name: (&str, &str), found: &str, read: Option<T>) -> Option<T> {
        if read.is_none() {
            self.wrong(name, found, ("请从列表中选择", "choose one of the list"));
        }
        read
    }

    /// Nothing is zero.
    fn amount(&mut self, name: (&str, &str), text: &str) -> Option<Fen> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Fen::ZERO);
        }
        let read = yuan(text).ok().filter(|amount| *amount <= MOST);
        if read.is_none() {
            let rule = (
                "应为金额（元），至多两位小数，不超过1亿元",
                "yuan with at most two decimals, and at most 100 million",
            );
            self.wrong(name, text, rule);
        }
        read
    }

    /// Nothing is zero.
    fn number(&mut self, name: (&str, &str), text: &str, most: u32) -> Option<u32> {
        let text = text.trim();
        if text.is_empty() {
            return Some(0);
        }
        let read = text.parse::<u32>().ok().filter(|number| *number <= most);
        if read.is_none() {
            self.told.push(match self.lang {
                Lang::Zh => format!("{}“{text}”：应为0到{most}的整数", name.0),
                Lang::En => format!("{} `{text}`: a whole number from 0 to {most}", name.1),
            });
        }
        read
    }
}
