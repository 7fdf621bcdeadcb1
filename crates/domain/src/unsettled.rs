//! `Unsettled`: why a bill cannot be settled under a plan: field path, value found and rule, in both languages.

mod chinese;
mod english;

use jiff::civil::Date;

use crate::bill::{Category, Days, Place, Quantity, Scheme, Setting, UnitPrice};
use crate::class::Unknown;
use crate::facility::Facility;
use crate::fen::Fen;
use crate::person::Status;
use crate::region::Region;
use crate::words::Lang;

/// Why a bill cannot be settled under a plan: the policy has no rule for it, or the bill lacks what the rule asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsettled {
    /// The region of the bill, and the one of the policy.
    OtherRegion(Region, Region),
    /// The scheme of the bill, and the one of the policy.
    OtherScheme(Scheme, Scheme),
    /// The days of the bill, and the first and the last day of the policy.
    NotInForce(Days, Date, Option<Date>),
    /// No rule for the setting; there are rules for these.
    NoSetting(Setting, Vec<Setting>),
    /// No rule for the place of care; there are rules for these.
    NoPlace(Place, Vec<Place>),
    /// No class of providers holds.
    NoFacilityClass(Box<Facility>),
    /// The class of the provider does not exist in the setting.
    NotInSetting(String, Setting),
    /// The policy says that it has no rule for this setting, class of providers and class of persons.
    LeftOut(Setting, String, String),
    /// No class of persons holds for the status, the age and the identities.
    NoPersonClass(Status, Option<u16>, Vec<String>),
    /// The class of persons depends on something that the bill does not say.
    Needs(Unknown, String),
    /// A cause, counted from 0, for which the policy has no rule; it has one for these.
    NoCause(usize, String, Vec<String>),
    /// An identity, counted from 0, that neither yibao nor the policy knows; known are these.
    NoIdentity(usize, String, Vec<String>),
    /// A disease that the policy does not distinguish; it distinguishes these.
    NoDisease(String, Vec<String>),
    /// Sums of the year, or of the year before, are given for a setting that counts as another.
    YearOfAlias(&'static str, Setting, Setting),
    /// The policy splits the stay at this day, the first of its year, and the bill gives sums.
    NeedsLines(Date),
    /// The policy splits the stay at this day, and the bill does not give the year before.
    NeedsYearBefore(Date),
    /// The stay, from admission to discharge, is over more than one end of the benefit year.
    TooLong(Date, Date),
    /// A fee line, counted from 1.
    Line(u32, LineFault),
    /// The lines up to this one, counted from 1, come to more than an amount may be.
    TotalTooLarge(u32, Fen),
}

/// What is wrong with a fee line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineFault {
    /// The stated amount, and what quantity times price comes to.
    Amount(Fen, Fen, Quantity, UnitPrice),
    /// Quantity times price is larger than an amount may be.
    TooLarge(Quantity, UnitPrice),
    /// Neither the line nor the policy gives a first share for class B of this category.
    NoFirstShare(Category),
    /// The day is needed: the stay is split at this day.
    NoDay(Date),
    /// The day lies outside the stay, from admission to discharge.
    DayOutside(Date, Date, Date),
}

impl Unsettled {
    /// The field of the bill that is to blame, as `docs/bill.md` names it; list elements count from 1.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Unsettled::OtherRegion(..) => "region".into(),
            Unsettled::OtherScheme(..) => "scheme".into(),
            Unsettled::NotInForce(Days::Service(_), ..) => "days.service".into(),
            Unsettled::NotInForce(Days::Stay { .. }, ..) => "days.discharge".into(),
            Unsettled::NoSetting(..) => "setting".into(),
            // Where nothing else is said, care elsewhere counts as not referred.
            Unsettled::NoPlace(Place::Home | Place::Unreferred, _) => "care_region".into(),
            Unsettled::NoPlace(..) => "off_region".into(),
            Unsettled::LeftOut(..) => "setting".into(),
            Unsettled::NoFacilityClass(_) | Unsettled::NotInSetting(..) => "facility".into(),
            Unsettled::NoPersonClass(..) => "person".into(),
            Unsettled::Needs(Unknown::Birth, _) => "person.birth".into(),
            Unsettled::Needs(Unknown::Retirement, _) => "person.retired".into(),
            Unsettled::NoCause(number, ..) => format!("causes[{}]", number + 1),
            Unsettled::NoIdentity(number, ..) => format!("person.identities[{}]", number + 1),
            Unsettled::NoDisease(..) => "disease".into(),
            Unsettled::YearOfAlias(year, setting, _) => format!("{year}.{}", setting.code()),
            Unsettled::NeedsLines(_) => "cost".into(),
            Unsettled::NeedsYearBefore(_) => "year_before".into(),
            Unsettled::TooLong(..) => "days".into(),
            Unsettled::Line(line, fault) => {
                format!("line[{line}].{}", fault.field())
            }
            Unsettled::TotalTooLarge(line, _) => format!("line[{line}]"),
        }
    }

    /// The value found and the rule, as one sentence without a full stop.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => chinese::sentence(self),
            Lang::En => english::sentence(self),
        }
    }

    /// Field path, value found and rule.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> String {
        let colon = if lang == Lang::Zh { "：" } else { ": " };
        format!("`{}`{colon}{}", self.path(), self.sentence(lang))
    }
}

impl LineFault {
    fn field(&self) -> &'static str {
        match self {
            LineFault::Amount(..) => "amount",
            LineFault::TooLarge(..) => "unit_price",
            LineFault::NoFirstShare(_) => "first_share",
            LineFault::NoDay(_) | LineFault::DayOutside(..) => "day",
        }
    }
}

/// At most so many words are told, and of each at most so many characters: a bill may hold any.
const MOST_WORDS: usize = 32;
const MOST_CHARS: usize = 40;

fn listed<'a>(codes: impl Iterator<Item = &'a str>, comma: &str) -> String {
    let mut listed = Vec::new();
    for code in codes.take(MOST_WORDS + 1) {
        if listed.len() == MOST_WORDS {
            listed.push("…".to_owned());
        } else {
            listed.push(format!("`{}`", shortened(code)));
        }
    }
    listed.join(comma)
}

fn also(words: &[String], comma: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    format!("{comma}{}", listed(words.iter().map(String::as_str), comma))
}

fn shortened(word: &str) -> String {
    let mut chars = word.chars();
    let head: String = chars
        .by_ref()
        .take(MOST_CHARS)
        .flat_map(char::escape_debug)
        .collect();
    let more = if chars.next().is_some() { "…" } else { "" };
    format!("{head}{more}")
}
