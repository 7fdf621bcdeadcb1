//! Who is meant on the command line: a person's number or an identity number; and today, where no day is named.

use agency::state::PersonState;
use agency::{Agency, Refused};
use domain::identity_number::IdentityNumber;
use domain::words::Lang;
use jiff::Span;
use jiff::civil::{Date, DateTime};
use service::wire::ids::{PersonId, Region};

use super::Desk;

/// The person's number and state.
pub(crate) fn find(
    agency: &Agency,
    desk: &Desk<'_>,
    text: &str,
) -> Result<(u64, PersonState), String> {
    let person = number(agency, text).ok_or_else(|| match desk.lang() {
        Lang::Zh => format!("`{text}` 既不是人员编号，也不是 18 位公民身份号码"),
        Lang::En => {
            format!("`{text}` is neither a person's number nor an identity number of 18 characters")
        }
    })?;
    let state = agency.person(person).map_err(|e| desk.stored(e))?;
    let state = state.ok_or_else(|| match number_is_identity(text) {
        false => Refused::NoPerson(person).describe(desk.lang()),
        true => match desk.lang() {
            Lang::Zh => format!("公民身份号码 {text} 没有参保登记"),
            Lang::En => format!("nobody with the identity number {text} is enrolled"),
        },
    })?;
    Ok((person, state))
}

fn number_is_identity(text: &str) -> bool {
    IdentityNumber::parse(text).is_ok()
}

fn number(agency: &Agency, text: &str) -> Option<u64> {
    match IdentityNumber::parse(text) {
        Ok(identity) => Some(agency.find(identity.as_str()).0),
        Err(_) => told(agency, text).or_else(|| text.parse().ok()),
    }
}

/// The number of a person as the interface has it: of this agency's region.
fn told(agency: &Agency, text: &str) -> Option<u64> {
    let id = PersonId::parse(text)?;
    (id.region == Region::of(agency.region())).then_some(id.number)
}

/// Today in China, by the clock of the machine: here alone a day that is not named is today.
pub(crate) fn today() -> Date {
    now().date()
}

/// Now in China, to the second, by the clock of the machine.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line is a door: it has the clock of its machine"
)]
pub(crate) fn now() -> DateTime {
    const CHINA: u64 = 8 * 3600;
    let epoch = std::time::UNIX_EPOCH;
    let now = std::time::SystemTime::now().duration_since(epoch);
    let seconds = now.map_or(0, |now| now.as_secs() + CHINA);
    let since = Span::new().seconds(i64::try_from(seconds).unwrap_or(0));
    DateTime::constant(1970, 1, 1, 0, 0, 0, 0).saturating_add(since)
}
