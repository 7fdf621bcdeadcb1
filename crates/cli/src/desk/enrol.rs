//! `yibao enrol`: enrols one person.

use std::process::ExitCode;

use agency::Request;
use agency::act::Act;
use agency::record::Enrolled;
use domain::words::Lang;
use serde_json::json;
use store::Key;

use super::Desk;
use crate::args::desk::Enrol;
use crate::output::pretty;

pub(crate) fn run(command: &Enrol, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let agency = desk.open()?;
    let number = command.identity_number.as_str();
    let (person, lookup) = agency.find(number);
    let enrolled = Enrolled {
        status: command.status,
        joining: command.joining,
        from: command.from,
        birth: Some(command.identity_number.birth()),
        sex: Some(command.identity_number.sex()),
        retired: command.retired,
        identities: command.identities.clone(),
        employer: command.employer.map(|code| code.as_str().to_owned()),
        base: command.base,
        earlier_months: command.earlier_months,
        sealed: Some(sealed(agency.key(), person, &command.name, number)?),
    };
    let act = Act::Enrol {
        enrolled,
        opening: command.opening,
    };
    let request = Request {
        lookup: Some(lookup),
        ..Request::plain(person, act)
    };
    let answer = agency.call(request);
    let answer = answer.map_err(|refused| refused.describe(desk.lang()))?;
    let output = desk.output;
    if command.json {
        output.line(&pretty(&json!({
            "person": person,
            "lane": answer.lane.to_string(),
            "entry": answer.entry,
            "day": answer.day.to_string(),
        })));
        return Ok(ExitCode::SUCCESS);
    }
    let (lane, entry, day) = (answer.lane, answer.entry, answer.day);
    let status = command.status.name(output.lang);
    output.line(&match output.lang {
        Lang::Zh => {
            format!("已参保：编号 {person}，{status}，自 {day} 起（分道 {lane} 记录 {entry}）")
        }
        Lang::En => {
            format!("Enrolled: person {person}, {status}, from {day} (lane {lane}, entry {entry})")
        }
    });
    Ok(ExitCode::SUCCESS)
}

/// A name and identity number, sealed.
pub(crate) fn sealed(key: &Key, person: u64, name: &str, number: &str) -> Result<String, String> {
    let text = json!({ "name": name, "identity_number": number }).to_string();
    key.seal(person, &text).map_err(|e| e.to_string())
}
