//! Why a bill cannot be settled, in English.

use super::{LineFault, Unsettled, also, listed, shortened};
use crate::class::Unknown;
use crate::facility::Facility;
use crate::fen::Fen;
use crate::person::Status;

const MISSING: &str = "it is missing";

/// The table of sentences in English.
pub(super) fn sentence(why: &Unsettled) -> String {
    match why {
        Unsettled::OtherRegion(found, policy) => {
            format!("{found} was found; the policy is that of {policy}")
        }
        Unsettled::OtherScheme(found, policy) => {
            let (found, policy) = (found.code(), policy.code());
            format!("`{found}` was found; the policy is that of the scheme `{policy}`")
        }
        Unsettled::NotInForce(days, from, until) => {
            let day = days.settlement();
            let until = until.map(|day| format!(" to {day}")).unwrap_or_default();
            format!("{day} was found; the policy is in force from {from}{until}")
        }
        Unsettled::NoSetting(found, known) => {
            let setting = format!("`{}`", found.code());
            no_rule(&setting, known.iter().map(|setting| setting.code()))
        }
        Unsettled::NoPlace(found, known) => {
            let place = format!("care at the place `{}`", found.code());
            no_rule(&place, known.iter().map(|place| place.code()))
        }
        Unsettled::NoFacilityClass(found) => {
            let provider = provider(found);
            format!("no class of providers of the policy holds for {provider}")
        }
        Unsettled::NotInSetting(class, setting) => {
            let setting = setting.code();
            format!(
                "the provider is of the class `{class}`, for which the policy has no `{setting}` care"
            )
        }
        Unsettled::LeftOut(setting, facility, person) => format!(
            "the policy says that it has no rule for `{}` of the class `{person}` at the class `{facility}`",
            setting.code()
        ),
        Unsettled::NoPersonClass(status, age, identities) => {
            let person = person(*status, *age, identities);
            format!("no class of persons of the policy holds for {person}")
        }
        Unsettled::Needs(unknown, class) => {
            let by = match unknown {
                Unknown::Birth => "age",
                Unknown::Retirement => "the day of retirement",
            };
            format!("{MISSING}; the class `{class}` of the policy goes by {by}")
        }
        Unsettled::NoCause(_, found, known) => no_cause(found, known),
        Unsettled::NoIdentity(_, found, known) => {
            let known = listed(known.iter().map(String::as_str), ", ");
            format!("\"{}\" was found; known are {known}", shortened(found))
        }
        Unsettled::NoDisease(found, known) => no_disease(found, known),
        Unsettled::YearOfAlias(_, setting, other) => {
            let (setting, other) = (setting.code(), other.code());
            format!("the policy counts `{setting}` as `{other}`; give these sums under `{other}`")
        }
        Unsettled::NeedsLines(later) => {
            let split = split(*later);
            format!("sums were found; {split}: give `line` with the day of each")
        }
        Unsettled::NeedsYearBefore(later) => {
            let split = split(*later);
            format!("{MISSING}; {split}: give the year of admission")
        }
        Unsettled::TooLong(admission, discharge) => {
            let rule =
                "the policy splits it by day, and it may go over one end of the benefit year";
            format!("a stay from {admission} to {discharge} was found; {rule}, not more")
        }
        Unsettled::Line(_, fault) => of_line(fault),
        Unsettled::TotalTooLarge(line, sum) => {
            let most = Fen::LARGEST;
            format!("the lines up to number {line} come to {sum}; the largest amount is {most}")
        }
    }
}

fn of_line(fault: &LineFault) -> String {
    match fault {
        LineFault::Amount(stated, product, quantity, price) => {
            format!("{stated} is stated, and {quantity} × {price} come to {product}")
        }
        LineFault::TooLarge(quantity, price) => {
            let most = Fen::LARGEST;
            format!("{quantity} × {price} come to more than the largest amount, {most}")
        }
        LineFault::NoFirstShare(category) => {
            let category = category.code();
            format!("{MISSING}, and the policy gives none for class `B`, category `{category}`")
        }
        LineFault::NoDay(later) => format!("{MISSING}; {}", split(*later)),
        LineFault::DayOutside(day, admission, discharge) => {
            format!("{day} was found; the stay is from {admission} to {discharge}")
        }
    }
}

fn no_rule<'a>(found: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known = listed(known, ", ");
    format!("the policy has no rule for {found}; it has rules for {known}")
}

fn no_cause(found: &str, known: &[String]) -> String {
    let found = shortened(found);
    if known.is_empty() {
        return format!("\"{found}\" was found; the policy has a rule for no cause");
    }
    let known = listed(known.iter().map(String::as_str), ", ");
    format!("\"{found}\" was found; the policy has a rule for {known} only")
}

fn no_disease(found: &str, known: &[String]) -> String {
    let found = shortened(found);
    if known.is_empty() {
        return format!("\"{found}\" was found; the policy distinguishes no disease: leave it out");
    }
    let known = listed(known.iter().map(String::as_str), ", ");
    format!("\"{found}\" was found; the policy distinguishes {known}: leave out any other")
}

fn split(later: jiff::civil::Date) -> String {
    format!(
        "the benefit year ends within the stay, before {later}, and the policy splits it by day"
    )
}

fn person(status: Status, age: Option<u16>, identities: &[String]) -> String {
    let age = age.map(|age| format!(", age {age}")).unwrap_or_default();
    format!("status `{}`{age}{}", status.code(), also(identities, ", "))
}

fn provider(facility: &Facility) -> String {
    let (kind, level) = (facility.kind.code(), facility.level);
    let community = if facility.community {
        ", community"
    } else {
        ""
    };
    let tags = also(&facility.tags, ", ");
    format!("kind `{kind}`, level {level}{community}{tags}")
}
