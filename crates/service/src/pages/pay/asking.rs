//! `Form`: a made-up bill as it is typed: where, who, which hospital, how much; and read.

mod counted;
mod faults;
mod lines;
mod offer;
mod shown;
mod typed;
mod year;

use agency::Library;
use agency::domain::account::Accounts;
use agency::domain::bill::{Bill, Cost, Days, Place, StaySoFar, Sums};
use agency::domain::facility::{Facility, FacilityKind};
use agency::domain::person::{Coverage, CoverageState, Person, Status};
use agency::domain::region::Region;
use agency::domain::setting::Setting;
use agency::domain::words::Lang;
use agency::office::Office;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use faults::Faults;
use typed::Typed;

pub(super) use offer::{Choice, Offer};

/// As it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    region: String,
    status: String,
    age: String,
    identity: String,
    coverage: String,
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
    /// The button was pressed.
    #[serde(rename = "ask", deserialize_with = "is_there")]
    is_sent: bool,
    /// So many rows for fee lines are asked for, and no answer.
    more: String,
    /// Fee lines and the year so far.
    #[serde(flatten)]
    typed: Typed,
}

/// A disease that the rules do not name.
const ANOTHER: &str = "other";

/// A kind of provider, as people know them.
pub(super) const HOSPITALS: [(&str, &str, &str); 5] = [
    ("3", "三级医院", "tertiary hospital (level 3)"),
    ("2", "二级医院", "secondary hospital (level 2)"),
    ("1", "一级医院", "primary hospital (level 1)"),
    ("0", "未定级医院", "hospital without a level"),
    ("community", "社区卫生服务中心", "community health centre"),
];

impl Form {
    /// The region of this agency, where there is no other.
    pub(super) fn at_home(mut self, library: &Library, home: Region) -> Form {
        if self.region.is_empty() {
            let home = library.of(home).or(library.regions().first());
            let home = home.map(|known| known.region.to_string());
            self.region = home.unwrap_or_default();
        }
        self
    }

    /// Nothing is computed before a cost is told.
    pub(super) fn is_asked(&self) -> bool {
        self.more.is_empty() && (!self.cost.trim().is_empty() || self.has_lines())
    }

    /// The form was sent, and no cost is told.
    pub(super) fn lacks_cost(&self) -> bool {
        self.is_sent && self.more.is_empty() && !self.is_asked()
    }

    /// Another region has a catalogue of its own, which is not at hand.
    fn items<'o>(&self, office: &'o Office, day: Date) -> lines::Items<'o> {
        let is_home = self.region() == Some(office.region);
        lines::Items {
            catalogue: is_home.then_some(&office.catalogue),
            day,
        }
    }

    fn has_lines(&self) -> bool {
        !lines::rows(&self.typed).is_empty()
    }

    pub(super) fn region(&self) -> Option<Region> {
        Region::parse(&self.region)
    }

    pub(super) fn status(&self) -> Option<Status> {
        Status::from_code(&self.status)
    }

    /// The bill, of today.
    ///
    /// # Errors
    /// Everything that cannot be read, a sentence each.
    pub(super) fn bill(
        &self,
        lang: Lang,
        today: Date,
        (office, offer): (&Office, &Offer),
    ) -> Result<Bill, Vec<String>> {
        let mut faults = Faults {
            lang,
            told: Vec::new(),
        };
        let region = faults.known(("统筹区", "region"), &self.region, self.region());
        let status = faults.known(("参保身份", "status"), &self.status, self.status());
        let setting = Setting::from_code(&self.setting);
        let setting = faults.known(("就诊类型", "care"), &self.setting, setting);
        let place = faults.known(
            ("就医地", "place"),
            &self.place,
            Place::from_code(&self.place),
        );
        let facility = setting.and_then(|setting| facility(setting, &self.hospital));
        let facility = faults.known(("医院", "hospital"), &self.hospital, facility);
        let person = self.person(&mut faults, today, status);
        let disease = self.disease(&mut faults, offer);
        let cost = self.cost(&mut faults, today, office);
        let accounts = self.accounts(&mut faults);
        let stays = faults.number(("今年已住院次数", "stays so far"), &self.stays, 99);
        let year = year::read(&self.typed, &mut faults, stays.unwrap_or(0));
        let (Some(region), Some(setting), Some(place), Some(facility)) =
            (region, setting, place, facility)
        else {
            return Err(faults.told);
        };
        let (Some(person), Some(disease), Some(cost), Some(accounts), Some(_), Some(year)) =
            (person, disease, cost, accounts, stays, year)
        else {
            return Err(faults.told);
        };
        Ok(Bill {
            region,
            scheme: person.status.scheme(),
            place,
            setting,
            disease,
            causes: Vec::new(),
            third_party_unpaid: false,
            days: days(setting, today),
            facility,
            person,
            accounts,
            use_account: true,
            year,
            year_before: None,
            stay: StaySoFar::default(),
            continuation: None,
            interim: false,
            deposit: None,
            cost,
        })
    }

    /// Who it is; insured and paid up, if nothing else is told.
    fn person(&self, faults: &mut Faults, today: Date, status: Option<Status>) -> Option<Person> {
        let birth = self.birth(faults, today);
        let retired = self.retired(faults);
        let state = match self.coverage.as_str() {
            "" => Some(CoverageState::InForce),
            code => CoverageState::from_code(code),
        };
        let state = faults.known(("参保状态", "cover"), &self.coverage, state);
        let identity = Some(self.identity.clone()).filter(|text| !text.is_empty());
        Some(Person {
            status: status?,
            birth: birth?,
            retired: retired?,
            identities: identity.into_iter().collect(),
            coverage: Coverage::Always(state?),
        })
    }

    /// The disease of chronic care; none is another one, which must be said where the rules differ by it.
    #[expect(
        clippy::option_option,
        reason = "outside: was it right; inside: is it there"
    )]
    fn disease(&self, faults: &mut Faults, offer: &Offer) -> Option<Option<String>> {
        let text = self.disease.as_str();
        if Setting::from_code(&self.setting) != Some(Setting::Chronic) || text == ANOTHER {
            return Some(None);
        }
        if !text.is_empty() {
            return Some(Some(text.to_owned()));
        }
        let rule = (
            "本地规则按病种不同，请先选择病种，或选择“其他病种”",
            "the rules here differ by disease: choose it, or “another disease”",
        );
        let name = ("病种", "disease");
        faults.within(name, text, !offer.goes_by_disease, rule)?;
        Some(None)
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

    /// Sums or fee lines, not both.
    fn cost(&self, faults: &mut Faults, today: Date, office: &Office) -> Option<Cost> {
        let rows = lines::rows(&self.typed);
        if rows.is_empty() {
            return self.sums(faults).map(Cost::Sums);
        }
        let mut are_empty = true;
        for (name, text) in [
            (("费用", "cost"), &self.cost),
            (("其中目录外", "of it outside the catalogue"), &self.outside),
            (("其中先行自付", "of it first shares"), &self.first_share),
        ] {
            let rule = (
                "已填写明细，请将此项留空",
                "lines are told, which say it; leave this empty",
            );
            let is_empty = text.trim().is_empty();
            are_empty &= faults.within(name, text, is_empty, rule).is_some();
        }
        let lines = lines::read(&rows, faults, &self.items(office, today))?;
        are_empty.then_some(Cost::Lines(lines))
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

/// Whether a field is there, whatever stands in it.
fn is_there<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    String::deserialize(from).map(|_| true)
}

/// The provider that people mean; a pharmacy is none of the hospitals.
pub(super) fn facility(setting: Setting, hospital: &str) -> Option<Facility> {
    let (kind, level, community) = match (setting, hospital) {
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
