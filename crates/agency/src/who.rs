//! `Who`: who somebody was on a day, for a caller that asks beside what it wants done.

use domain::bill::Scheme;
use domain::membership::Sex;
use domain::person::Status;
use jiff::civil::Date;

use crate::state::PersonState;

/// Who somebody was on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The status; none if the person was never enrolled.
    pub status: Option<Status>,
    /// The scheme of that status.
    pub scheme: Option<Scheme>,
    /// Birth day.
    pub birth: Option<Date>,
    /// Sex.
    pub sex: Option<Sex>,
    /// What a policy may ask about.
    pub identities: Vec<String>,
    /// Name and identity number as they were sealed; none if they are not kept.
    pub sealed: Option<String>,
}

impl Who {
    /// By the person's state, as of a day.
    #[must_use]
    pub fn of(state: &PersonState, day: Date, sealed: Option<String>) -> Who {
        Who {
            status: state.status(day),
            scheme: state.scheme(day),
            birth: state.membership.birth,
            sex: state.membership.sex,
            identities: state.identities_on(day).to_vec(),
            sealed,
        }
    }
}
