//! An audit's report as JSON, and back: printed, and kept with the office's papers.

use domain::words::Word as _;
use serde_json::{Value, json};
use store::LaneId;

use super::{Break, Check, Report};

impl Report {
    /// As JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let checks = self.checks.iter().map(|(check, (made, broken))| {
            json!({ "check": check.code(), "made": made, "broken": broken })
        });
        let breaks = self.breaks.iter().map(
            |b| json!({ "check": b.check.code(), "lane": b.lane.to_string(), "found": b.found }),
        );
        json!({
            "clean": self.is_clean(),
            "lanes": self.lanes,
            "entries": self.entries,
            "postings": self.postings,
            "persons": self.persons,
            "checks": checks.collect::<Vec<_>>(),
            "breaks": breaks.collect::<Vec<_>>(),
        })
    }

    /// From JSON; none if it is no report. A check that is not known any more is left out.
    #[must_use]
    pub fn of_json(value: &Value) -> Option<Report> {
        let count = |name: &str| value[name].as_u64();
        let check = |one: &Value| Check::read(one["check"].as_str()?);
        let checks = value["checks"].as_array()?.iter();
        let checks = checks.filter_map(|one| {
            let counts = (one["made"].as_u64()?, one["broken"].as_u64()?);
            Some((check(one)?, counts))
        });
        let breaks = value["breaks"].as_array()?.iter();
        let breaks = breaks.filter_map(|one| {
            Some(Break {
                check: check(one)?,
                lane: lane(one["lane"].as_str()?)?,
                found: one["found"].as_str()?.to_owned(),
            })
        });
        Some(Report {
            lanes: count("lanes")?,
            entries: count("entries")?,
            postings: count("postings")?,
            persons: count("persons")?,
            checks: checks.collect(),
            breaks: breaks.collect(),
        })
    }
}

/// Of `330100-01`.
fn lane(text: &str) -> Option<LaneId> {
    let digits = text.replace('-', "");
    LaneId::of_digits(digits.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_comes_back_from_its_json() {
        let mut report = Report {
            lanes: 2,
            entries: 7,
            postings: 9,
            persons: 3,
            ..Report::default()
        };
        let lane = lane("330100-01").expect("a lane");
        report.check(Check::Chain, lane, true, String::new);
        report.check(Check::Once, lane, false, || "entry 3".to_owned());
        assert_eq!(Report::of_json(&report.json()), Some(report.clone()));
        assert_eq!(report.json()["clean"], false);
        assert_eq!(Report::of_json(&json!({})), None);
    }
}
