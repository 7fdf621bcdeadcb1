//! How values are written on the command line of the agency's commands.

use agency::record::money::Grant;
use domain::Fen;
use domain::credit_code::CreditCode;
use domain::identity_number::IdentityNumber;
use domain::membership::Joining;
use domain::month::Month;
use domain::person::Status;
use domain::registration::RegistrationKind;
use domain::setting::Setting;

use super::day;

pub(super) fn month(text: &str) -> Result<Month, String> {
    let wrong = || "a month is written like 2024-01".to_owned();
    if text.len() != 7 {
        return Err(wrong());
    }
    day(&format!("{text}-01"))
        .map(Month::of)
        .map_err(|_| wrong())
}

pub(super) fn server(text: &str) -> Result<String, String> {
    let known = ["postgres://", "postgresql://"];
    if known.iter().any(|scheme| text.starts_with(scheme)) {
        Ok(text.to_owned())
    } else {
        Err("a database is named like postgres://user@host/yibao".to_owned())
    }
}

pub(super) fn setting(text: &str) -> Result<Setting, String> {
    let known = Setting::ALL.iter().map(|s| s.code());
    Setting::from_code(text).ok_or_else(|| codes("a setting", known))
}

pub(super) fn identity_number(text: &str) -> Result<IdentityNumber, String> {
    IdentityNumber::parse(text).map_err(|fault| fault.to_string())
}

pub(super) fn employer(text: &str) -> Result<CreditCode, String> {
    CreditCode::parse(text).map_err(|fault| fault.to_string())
}

pub(super) fn yuan(text: &str) -> Result<Fen, String> {
    policy::figure::yuan(text)
}

pub(super) fn status(text: &str) -> Result<Status, String> {
    Status::from_code(text).ok_or_else(|| codes("a status", Status::ALL.iter().map(|s| s.code())))
}

pub(super) fn joining(text: &str) -> Result<Joining, String> {
    let known = Joining::ALL.iter().map(|j| j.code());
    Joining::from_code(text).ok_or_else(|| codes("the way of joining", known))
}

pub(super) fn role(text: &str) -> Result<agency::operator::Role, String> {
    let known = agency::operator::Role::ALL.iter().map(|role| role.code());
    agency::operator::Role::from_code(text).ok_or_else(|| codes("a role", known))
}

pub(super) fn registration(text: &str) -> Result<RegistrationKind, String> {
    let known = RegistrationKind::ALL.iter().map(|k| k.code());
    RegistrationKind::from_code(text).ok_or_else(|| codes("what is registered", known))
}

/// `42010001-17`: the lane of the giver, and the entry.
pub(super) fn grant(text: &str) -> Result<Grant, String> {
    let parts = text.split_once('-');
    let grant = parts.and_then(|(lane, entry)| lane.parse().ok().zip(entry.parse().ok()));
    grant.ok_or_else(|| "a grant is numbered like 42010001-17, by lane and entry".to_owned())
}

fn codes<'a>(what: &str, codes: impl Iterator<Item = &'a str>) -> String {
    let codes: Vec<&str> = codes.collect();
    format!("{what} is one of {}", codes.join(", "))
}
