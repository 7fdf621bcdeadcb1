//! `Bill`: everything a settlement needs to know: who, where, when, what it cost, and how the year stood.

use std::fmt;

use jiff::civil::Date;

use crate::account::Accounts;
use crate::facility::Facility;
use crate::fen::Fen;
use crate::person::Person;
use crate::ratio::{Ratio, Round};
use crate::region::Region;
use crate::words::words;
use crate::year::YearToDate;

pub use crate::setting::Setting;

words! {
    /// Scheme of insurance (险种).
    pub enum Scheme {
        Employee: "employee", "职工基本医疗保险", "employee basic medical insurance";
        Resident: "resident", "城乡居民基本医疗保险", "resident basic medical insurance";
    }
}

words! {
    /// Place of care as seen from the pooling region.
    pub enum Place {
        Home: "home", "参保地", "in the region";
        LongTerm: "long_term", "异地长期居住", "living elsewhere for long";
        Referred: "referred", "异地转诊", "elsewhere, referred";
        Emergency: "emergency", "异地急诊", "elsewhere, emergency";
        Unreferred: "unreferred", "异地未备案", "elsewhere, not referred";
    }
}

words! {
    /// Why a stay continues another, where the policy then waives the deductible.
    pub enum Continuation {
        Transfer: "transfer", "上下级转院", "transfer between hospitals";
        Course: "course", "放化疗疗程", "course of radio- or chemotherapy";
    }
}

words! {
    /// Class of an item in the catalogue.
    pub enum ItemClass {
        A: "A", "甲类", "class A";
        B: "B", "乙类", "class B";
        C: "C", "丙类", "class C";
    }
}

words! {
    /// Category of an item, where limits and first shares go by it.
    pub enum Category {
        Drug: "drug", "药品", "drug";
        Service: "service", "诊疗项目", "service";
        Material: "material", "医用耗材", "material";
        Bed: "bed", "床位", "bed";
        Blood: "blood", "血液制品", "blood";
        Other: "other", "其他", "other";
    }
}

/// When the care was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    /// On one day.
    Service(Date),
    /// A stay.
    Stay {
        /// Day of admission.
        admission: Date,
        /// Day of discharge, not before it.
        discharge: Date,
    },
}

impl Days {
    /// The day on which the settlement falls; it chooses the policy.
    #[must_use]
    pub fn settlement(self) -> Date {
        match self {
            Days::Service(day) => day,
            Days::Stay { discharge, .. } => discharge,
        }
    }

    /// The first day of the care.
    #[must_use]
    pub fn first(self) -> Date {
        match self {
            Days::Service(day) => day,
            Days::Stay { admission, .. } => admission,
        }
    }
}

/// The same stay before this bill, when it is settled in parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StaySoFar {
    /// In-scope cost of the earlier parts; also part of the year's.
    pub in_scope: Fen,
    /// Deductible borne in the earlier parts; also part of the year's.
    pub deductible: Fen,
}

/// Everything a settlement needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    /// Pooling region of the insurance.
    pub region: Region,
    /// Scheme of insurance.
    pub scheme: Scheme,
    /// Where the care was given, seen from the region.
    pub place: Place,
    /// Setting of care.
    pub setting: Setting,
    /// Disease that the policy may name.
    pub disease: Option<String>,
    /// Causes that may exclude the bill.
    pub causes: Vec<String>,
    /// The third person does not pay or is unknown.
    pub third_party_unpaid: bool,
    /// When.
    pub days: Days,
    /// The provider.
    pub facility: Facility,
    /// The insured person.
    pub person: Person,
    /// Balances before the bill.
    pub accounts: Accounts,
    /// The person lets the accounts be used.
    pub use_account: bool,
    /// The benefit year before the bill.
    pub year: YearToDate,
    /// The year of admission, for a stay over the year's end that is split by day.
    pub year_before: Option<YearToDate>,
    /// The same stay before the bill.
    pub stay: StaySoFar,
    /// Why the stay continues another.
    pub continuation: Option<Continuation>,
    /// An interim settlement (中途结算): the stay goes on after this bill and is not yet a stay that has ended.
    pub interim: bool,
    /// Deposit paid to the hospital.
    pub deposit: Option<Fen>,
    /// What it cost.
    pub cost: Cost,
}

/// What it cost, in one of two forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cost {
    /// Sums already split.
    Sums(Sums),
    /// Fee lines.
    Lines(Vec<Line>),
}

/// Sums already split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Borne by the hospital.
    pub hospital: Fen,
    /// Outside the catalogue.
    pub self_funded: Fen,
    /// Above payment limits.
    pub over_limit: Fen,
    /// First shares.
    pub first_share: Fen,
    /// In scope.
    pub in_scope: Fen,
}

impl Sums {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> Fen {
        self.hospital + self.self_funded + self.over_limit + self.first_share + self.in_scope
    }
}

/// A quantity in ten-thousandths of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(pub u64);

/// A price of one unit in millionths of a yuan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitPrice(pub u64);

/// As a bill spells it, without needless zeros: `3`, `0.25`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 10_000, format!("{:04}", self.0 % 10_000));
        let part = part.trim_end_matches('0');
        f.pad(&if part.is_empty() {
            whole.to_string()
        } else {
            format!("{whole}.{part}")
        })
    }
}

/// As a bill spells it, with at least two decimals: `3.50`, `0.125`.
impl fmt::Display for UnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 1_000_000, format!("{:06}", self.0 % 1_000_000));
        let (fen, finer) = part.split_at(2);
        f.pad(&format!("{whole}.{fen}{}", finer.trim_end_matches('0')))
    }
}

impl UnitPrice {
    /// The price of an amount per unit; amounts that may be named fit.
    #[must_use]
    pub fn from_fen(amount: Fen) -> UnitPrice {
        UnitPrice(amount.fen().saturating_mul(10_000))
    }

    /// Quantity times price in fen, rounded; none beyond [`Fen::LARGEST`].
    #[inline]
    #[must_use]
    pub fn times(self, quantity: Quantity, round: Round) -> Option<Fen> {
        // Ten-thousandths of a unit times millionths of a yuan are 10^-10 yuan, 10^-8 fen.
        const TO_FEN: u64 = 100_000_000;
        let fen = match self.0.checked_mul(quantity.0) {
            Some(product) => round.quotient(product, TO_FEN),
            None => round.wide_quotient(
                u128::from(self.0) * u128::from(quantity.0),
                u128::from(TO_FEN),
            )?,
        };
        (fen <= Fen::LARGEST.fen()).then(|| Fen::new(fen))
    }
}

/// One fee line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Catalogue code or name.
    pub item: String,
    /// Class in the catalogue.
    pub class: ItemClass,
    /// Category of the item.
    pub category: Category,
    /// How many units.
    pub quantity: Quantity,
    /// Price of a unit.
    pub unit_price: UnitPrice,
    /// The amount that the bill states, to be checked.
    pub amount: Option<Fen>,
    /// By how much the stated amount may differ from quantity times price; it stands as it is stated.
    pub tolerance: Fen,
    /// Payment limit of a unit.
    pub limit: Option<UnitPrice>,
    /// First share of this item.
    pub first_share: Option<Ratio>,
    /// Its use is restricted and not approved.
    pub barred: bool,
    /// The hospital bears it.
    pub hospital: bool,
    /// The day it arose.
    pub day: Option<Date>,
}
