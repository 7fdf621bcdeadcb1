//! `Policies`: the policies of a region by scheme and day, each with its number in the office's list.

use std::sync::Arc;

use domain::Policy;
use domain::bill::Scheme;
use jiff::civil::Date;
use policy::PolicyFile;

use crate::refused::Refused;

/// One policy, as entries name it.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its number in the office's list.
    pub number: u32,
    /// The compiled file.
    pub file: Arc<PolicyFile>,
}

impl Version {
    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.file.plan.policy
    }
}

/// The policies of a region.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// In force, by first day.
    current: Vec<Version>,
    /// Texts of old, which entries still name.
    old: Vec<Version>,
}

impl Policies {
    /// Those in force, and those that only old entries name.
    #[must_use]
    pub fn new(mut current: Vec<Version>, old: Vec<Version>) -> Policies {
        current.sort_by_key(|v| (v.policy().scheme, v.policy().effective));
        Policies { current, old }
    }

    /// The policy of a scheme on a day.
    ///
    /// # Errors
    /// When there is none.
    pub fn on(&self, scheme: Scheme, day: Date) -> Result<&Version, Refused> {
        let holds = |v: &&Version| v.policy().scheme == scheme && v.policy().effective <= day;
        let version = self.current.iter().rev().find(holds);
        version
            .filter(|v| v.policy().ends.is_none_or(|ends| day <= ends))
            .ok_or(Refused::NoPolicy(scheme, day))
    }

    /// The policy of this number.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Option<&Version> {
        self.current
            .iter()
            .chain(&self.old)
            .find(|v| v.number == number)
    }

    /// Those in force, by scheme and first day.
    #[must_use]
    pub fn current(&self) -> &[Version] {
        &self.current
    }
}
