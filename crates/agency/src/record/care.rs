//! `Care`: what an institution says of the care that it bills: where, when, for what, and what it cost.

use domain::bill::{
    Bill, Category, Continuation, Days, ItemClass, Line, Quantity, Scheme, Setting, Sums, UnitPrice,
};
use domain::{Fen, Ratio};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::word;

/// When the care was given; both days of a stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The day, or the day of admission.
    pub from: Date,
    /// The day of discharge, of a stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl When {
    /// As a bill has it.
    #[must_use]
    pub fn days(self) -> Days {
        match self.until {
            None => Days::Service(self.from),
            Some(discharge) => Days::Stay {
                admission: self.from,
                discharge,
            },
        }
    }
}

/// What an institution says of the care that it bills.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Care {
    /// The institution's code.
    pub facility: String,
    /// Setting of care.
    #[serde(with = "word")]
    pub setting: Setting,
    /// When.
    pub when: When,
    /// The institution says that it is an emergency.
    #[serde(default, skip_serializing_if = "is_false")]
    pub emergency: bool,
    /// The disease for which it asks the benefit, as the policy names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disease: Option<String>,
    /// Causes that may exclude the bill.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<String>,
    /// The third person does not pay or is unknown.
    #[serde(default, skip_serializing_if = "is_false")]
    pub third_party_unpaid: bool,
    /// Why the stay continues another.
    #[serde(
        default,
        with = "word::option",
        skip_serializing_if = "Option::is_none"
    )]
    pub continuation: Option<Continuation>,
    /// The person does not let the accounts be used.
    #[serde(default, skip_serializing_if = "is_false")]
    pub spare_account: bool,
    /// Relatives' grants are not used, only the person's own account.
    #[serde(default, skip_serializing_if = "is_false")]
    pub spare_family: bool,
    /// The scheme by which the institution asks; whatever the person is in if absent.
    #[serde(
        default,
        with = "word::option",
        skip_serializing_if = "Option::is_none"
    )]
    pub scheme: Option<Scheme>,
    /// The institution's own word for the kind of care, as it came; no rule looks at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<String>,
    /// The stay goes on after this settlement.
    #[serde(default, skip_serializing_if = "is_false")]
    pub interim: bool,
    /// What it cost.
    pub cost: Cost,
}

/// What it cost, in one of two forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// Sums already split: borne by the hospital, self-funded, over limits, first shares, in scope; in fen.
    Sums([u64; 5]),
    /// Fee lines.
    Lines(Vec<FeeLine>),
}

impl Cost {
    /// No lines yet.
    #[must_use]
    pub const fn none() -> Cost {
        Cost::Lines(Vec::new())
    }

    /// Sums as a bill has them.
    #[must_use]
    pub fn of_sums(sums: &Sums) -> Cost {
        Cost::Sums([
            sums.hospital.fen(),
            sums.self_funded.fen(),
            sums.over_limit.fen(),
            sums.first_share.fen(),
            sums.in_scope.fen(),
        ])
    }

    /// As a bill has it.
    #[must_use]
    pub fn of_bill(&self) -> domain::bill::Cost {
        match self {
            Cost::Sums(sums) => {
                let [hospital, self_funded, over_limit, first_share, in_scope] = sums.map(Fen::new);
                domain::bill::Cost::Sums(Sums {
                    hospital,
                    self_funded,
                    over_limit,
                    first_share,
                    in_scope,
                })
            }
            Cost::Lines(lines) => {
                domain::bill::Cost::Lines(lines.iter().map(FeeLine::line).collect())
            }
        }
    }
}

/// One fee line, with what the catalogue of its day says of the item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeLine {
    /// Catalogue code or name.
    pub item: String,
    /// Class in the catalogue.
    #[serde(with = "word")]
    pub class: ItemClass,
    /// Category of the item.
    #[serde(with = "word")]
    pub category: Category,
    /// How many, in ten-thousandths.
    pub quantity: u64,
    /// Price of one, in millionths of a yuan.
    pub unit_price: u64,
    /// The amount that the bill states, in fen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<u64>,
    /// Payment limit of one, in millionths of a yuan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// First share: numerator and denominator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_share: Option<(u32, u32)>,
    /// Its use is restricted and not approved.
    #[serde(default, skip_serializing_if = "is_false")]
    pub barred: bool,
    /// The hospital bears it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hospital: bool,
    /// By how much the stated amount may differ from quantity times price, in fen.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tolerance: u64,
    /// The day it arose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// The institution's own number of the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The institution's batch: what is settled together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<String>,
    /// The disease for which the batch asks the benefit, where it is another than the visit's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disease: Option<String>,
    /// What the institution says beside it, word for word; no rule looks at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl FeeLine {
    /// From a bill's line.
    #[must_use]
    pub fn of(line: &Line) -> FeeLine {
        FeeLine {
            item: line.item.clone(),
            class: line.class,
            category: line.category,
            quantity: line.quantity.0,
            unit_price: line.unit_price.0,
            amount: line.amount.map(Fen::fen),
            limit: line.limit.map(|limit| limit.0),
            first_share: line.first_share.map(|share| (share.num(), share.den())),
            barred: line.barred,
            hospital: line.hospital,
            tolerance: line.tolerance.fen(),
            day: line.day,
            number: None,
            batch: None,
            disease: None,
            detail: None,
        }
    }

    /// As a bill has it.
    #[must_use]
    pub fn line(&self) -> Line {
        Line {
            item: self.item.clone(),
            class: self.class,
            category: self.category,
            quantity: Quantity(self.quantity),
            unit_price: UnitPrice(self.unit_price),
            amount: self.amount.map(Fen::new),
            limit: self.limit.map(UnitPrice),
            first_share: self
                .first_share
                .and_then(|(num, den)| Ratio::new(num.into(), den.into())),
            barred: self.barred,
            hospital: self.hospital,
            tolerance: Fen::new(self.tolerance),
            day: self.day,
        }
    }
}

impl Care {
    /// Care of which only this is known; the rest is the usual.
    #[must_use]
    pub fn new(facility: &str, setting: Setting, when: When, cost: Cost) -> Care {
        Care {
            facility: facility.to_owned(),
            setting,
            when,
            emergency: false,
            disease: None,
            causes: Vec::new(),
            third_party_unpaid: false,
            continuation: None,
            spare_account: false,
            spare_family: false,
            scheme: None,
            called: None,
            interim: false,
            cost,
        }
    }

    /// What a bill says of the care; who, where and the year before it are the agency's to know.
    #[must_use]
    pub fn of_bill(facility: &str, bill: &Bill) -> Care {
        let (from, until) = match bill.days {
            Days::Service(day) => (day, None),
            Days::Stay {
                admission,
                discharge,
            } => (admission, Some(discharge)),
        };
        let cost = match &bill.cost {
            domain::bill::Cost::Sums(sums) => Cost::of_sums(sums),
            domain::bill::Cost::Lines(lines) => {
                Cost::Lines(lines.iter().map(FeeLine::of).collect())
            }
        };
        Care {
            disease: bill.disease.clone(),
            causes: bill.causes.clone(),
            third_party_unpaid: bill.third_party_unpaid,
            continuation: bill.continuation,
            spare_account: !bill.use_account,
            interim: bill.interim,
            ..Care::new(facility, bill.setting, When { from, until }, cost)
        }
    }
}

pub(crate) const fn is_false(flag: &bool) -> bool {
    !*flag
}

pub(crate) const fn is_zero(number: &u64) -> bool {
    *number == 0
}
