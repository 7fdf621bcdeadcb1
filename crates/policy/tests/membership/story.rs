//! A table of memberships as text: `read` gives its policy and its stories.

use std::path::{Path, PathBuf};

use domain::Policy;
use domain::membership::{Enrolment, Joining, Leaving, Membership, Sex};
use domain::month::Month;
use domain::person::Status;
use jiff::civil::Date;
use policy::{PolicyFile, Source};

/// A table: a policy and what happens under it.
pub(crate) struct StoryTable {
    pub(crate) policy: Policy,
    pub(crate) stories: Vec<Story>,
}

/// A membership, and days with what is told of them.
pub(crate) struct Story {
    pub(crate) name: String,
    pub(crate) membership: Membership,
    pub(crate) days: Vec<(Date, String)>,
}

/// The table of this name beside the tests.
pub(crate) fn read(name: &str) -> StoryTable {
    let text = std::fs::read_to_string(here(&format!("{name}.txt"))).expect("the table is there");
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().and_then(|line| line.strip_prefix("policy "));
    let policy = policy(first.expect("the first line names the policy"));
    let mut stories: Vec<Story> = Vec::new();
    for line in lines.filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("== ") {
            stories.push(Story {
                name: name.to_owned(),
                membership: Membership::default(),
                days: Vec::new(),
            });
        } else {
            let story = stories.last_mut().expect("a case begins with its name");
            story
                .line(line)
                .unwrap_or_else(|| panic!("{name}: `{line}` tells nothing"));
        }
    }
    StoryTable { policy, stories }
}

/// The policy file of this name under `policies/`, or beside the tests.
pub(crate) fn policy(name: &str) -> Policy {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let path = if name.contains('/') {
        shipped.join(name)
    } else {
        here(name)
    };
    let source = Source::read(&path).expect("it can be read");
    let file = PolicyFile::read(&source).unwrap_or_else(|errors| panic!("{errors}"));
    file.plan.policy
}

fn here(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/membership");
    folder.join(name)
}

impl Story {
    /// Takes a line in; nothing if it is not understood.
    fn line(&mut self, line: &str) -> Option<()> {
        let (word, rest) = line.split_once(' ')?;
        match word {
            "born" => self.born(rest),
            "paid" => self.paid(rest),
            _ => match (Status::from_code(word), word.parse()) {
                (Some(status), _) => self.enrolled(status, rest),
                (None, Ok(day)) => {
                    self.days.push((day, rest.to_owned()));
                    Some(())
                }
                (None, Err(_)) => None,
            },
        }
    }

    /// `1990-01-01 male, 12 months before`, or its beginning.
    fn born(&mut self, text: &str) -> Option<()> {
        let (person, before) = text.split_once(", ").unwrap_or((text, "0 months before"));
        let (day, sex) = person.split_once(' ').unwrap_or((person, ""));
        self.membership.birth = Some(day.parse().ok()?);
        self.membership.sex = Sex::from_code(sex);
        let months = before.strip_suffix(" months before")?;
        self.membership.earlier_months = months.parse().ok()?;
        Some(())
    }

    /// `first 2024-01-10..2024-06-30 left`, or `first 2024-01-10..`.
    fn enrolled(&mut self, status: Status, text: &str) -> Option<()> {
        let (joining, days) = text.split_once(' ')?;
        let (from, until) = days.split_once("..")?;
        let until = match until.split_once(' ') {
            None => None,
            Some((day, leaving)) => Some((day.parse().ok()?, Leaving::from_code(leaving)?)),
        };
        self.membership.enrolments.push(Enrolment {
            status,
            joining: Joining::from_code(joining)?,
            from: from.parse().ok()?,
            until,
        });
        Some(())
    }

    /// `2024-01..2024-05`, with ` on 2024-08-10` if it was late.
    fn paid(&mut self, text: &str) -> Option<()> {
        let (months, late) = match text.split_once(" on ") {
            None => (text, None),
            Some((months, day)) => (months, Some(day.parse().ok()?)),
        };
        let (first, last) = months.split_once("..")?;
        self.membership.pay(month(first)?, month(last)?, late);
        Some(())
    }
}

fn month(text: &str) -> Option<Month> {
    let day: Date = format!("{text}-01").parse().ok()?;
    Some(Month::of(day))
}
