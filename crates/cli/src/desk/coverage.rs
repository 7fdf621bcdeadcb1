//! `yibao coverage`: was a person covered on a day, and why, or why not, with the clause.

use std::process::ExitCode;

use domain::explain::{self, Hearer};
use domain::person::CoverageState;
use domain::words::Lang;
use serde_json::json;

use super::{Desk, person};
use crate::args::desk::Coverage;
use crate::output::pretty;

pub(crate) fn run(command: &Coverage, desk: &Desk<'_>) -> Result<ExitCode, String> {
    let agency = desk.open()?;
    let (person, state) = person::find(&agency, desk, &command.person)?;
    let day = command.day.unwrap_or_else(person::today);
    let lang = desk.lang();
    let refused = |refused: agency::Refused| refused.describe(lang);
    let scheme = state
        .scheme(day)
        .ok_or_else(|| refused(agency::Refused::NotEnrolled(person)))?;
    let office = agency.office();
    let version = office.policies.on(scheme, day).map_err(refused)?;
    let policy = version.policy();
    let covered = policy.coverage(&state.membership, day);
    let clause = explain::cite(policy, covered.cite, lang);
    if command.json {
        desk.output.line(&pretty(&json!({
            "person": person,
            "day": day.to_string(),
            "scheme": scheme.code(),
            "covered": covered.state == CoverageState::InForce,
            "state": covered.state.code(),
            "reason": covered.reason.code(),
            "since": covered.since.map(|d| d.to_string()),
            "until": covered.until.map(|d| d.to_string()),
            "clause": clause,
            "standing": covered.cite.standing.code(),
        })));
        return Ok(ExitCode::SUCCESS);
    }
    let told = explain::covered(&covered, day, Hearer::Other, lang);
    desk.output.line(&told);
    let standing = covered.cite.standing.name(lang);
    desk.output.line(&match lang {
        Lang::Zh => format!("依据：{clause}（{standing}）"),
        Lang::En => format!("By {clause} ({standing})"),
    });
    if let Some(years) = policy.years_met(&state.membership, day) {
        let (paid, needed) = (years.paid, years.needed);
        desk.output.line(&match lang {
            Lang::Zh => format!("缴费年限：已有 {paid} 个月，退休后免缴须 {needed} 个月"),
            Lang::En => format!(
                "Months that count towards cover in retirement: {paid}, of {needed} that are needed"
            ),
        });
    }
    Ok(ExitCode::SUCCESS)
}
