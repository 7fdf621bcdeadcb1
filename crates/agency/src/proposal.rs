//! `Proposal`: what a clerk would have the agency do for a person, and what a reviewer decided. Nobody decides on what is the own.

use domain::words;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::act::Act;
use crate::moment;
use crate::word;

words! {
    /// How far a proposal has come.
    pub enum Stand {
        Open: "open", "待复核", "to be decided";
        Approved: "approved", "已通过，办理中", "approved, being carried out";
        CarriedOut: "carried_out", "已办结", "carried out";
        CouldNot: "could_not", "未能办理", "could not be carried out";
        TurnedDown: "turned_down", "未通过", "turned down";
        Withdrawn: "called_back", "已撤回", "withdrawn";
    }
}

/// What a clerk would have the agency do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// For whom.
    pub person: u64,
    /// What.
    pub act: Act,
    /// Why.
    pub why: String,
    /// Who proposed it.
    pub by: String,
    /// When.
    #[serde(with = "moment")]
    pub at: Option<DateTime>,
    /// How far it has come.
    #[serde(with = "word")]
    pub stand: Stand,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
    /// Who had it carried out, or was told that it could not be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_out_by: Option<String>,
    /// What the reviewer said, or why it could not be carried out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub told: String,
    /// The entry by which it was carried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
}

impl Proposal {
    /// The key by which it is carried out once.
    #[must_use]
    pub fn key(number: u64) -> String {
        format!("office/proposal/{number}")
    }

    /// Whether it would have the same done for the same person, on whichever day.
    pub(crate) fn is_like(&self, other: &Proposal) -> bool {
        let on = |one: &Proposal| one.act.clone().on(Date::MIN);
        self.person == other.person && on(self) == on(other)
    }
}

/// What may become of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is to be carried out, as of this day.
    Approve(Date),
    /// It was carried out, by an entry.
    CarriedOut(u64),
    /// It could not be.
    CouldNot(String),
    /// It is not to be.
    TurnDown(String),
    /// Whoever proposed it takes it back.
    Withdraw,
}

impl Decision {
    /// The proposal after the decision of somebody.
    ///
    /// # Errors
    /// When it is not theirs to decide, or no longer.
    pub(crate) fn of(self, proposal: Proposal, by: &str) -> Result<Proposal, NotDecided> {
        let own = proposal.by == by;
        let mut after = proposal;
        let (stand, told) = match (self, after.stand) {
            (Decision::Approve(_) | Decision::TurnDown(_), Stand::Open) if own => {
                return Err(NotDecided::Own);
            }
            (Decision::Withdraw, Stand::Open) if !own => return Err(NotDecided::Others),
            (Decision::Approve(day), Stand::Open) => {
                // What is tried again under the same key is the same then, on whichever day.
                after.act = after.act.on(day);
                (Stand::Approved, String::new())
            }
            (Decision::TurnDown(why), Stand::Open) => (Stand::TurnedDown, why),
            (Decision::Withdraw, Stand::Open) => (Stand::Withdrawn, String::new()),
            (Decision::CarriedOut(entry), Stand::Approved) => {
                after.entry = Some(entry);
                (Stand::CarriedOut, String::new())
            }
            (Decision::CouldNot(why), Stand::Approved) => (Stand::CouldNot, why),
            (_, stand) => return Err(NotDecided::Already(stand)),
        };
        let by = Some(by.to_owned());
        match after.stand {
            Stand::Approved => after.carried_out_by = by,
            _ => after.decided_by = by,
        }
        (after.stand, after.told) = (stand, told);
        Ok(after)
    }
}

/// Why something is not proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotProposed {
    /// It waits already, as the proposal of this number.
    Waits(u64),
    /// So many wait that somebody has to decide first.
    TooMany(usize),
}

/// Why a proposal is not decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDecided {
    /// There is none of this number.
    Absent,
    /// One does not decide on one's own.
    Own,
    /// Only whoever proposed it takes it back.
    Others,
    /// It was decided already.
    Already(Stand),
}

#[cfg(test)]
mod tests {
    use domain::Fen;
    use domain::registration::RegistrationKind;
    use jiff::civil::date;

    use super::*;
    use crate::record::Registered;

    fn proposal(stand: Stand) -> Proposal {
        Proposal {
            person: 7,
            act: Act::Withdraw {
                amount: Fen::new(100),
                on: date(2026, 11, 27),
            },
            why: "asked".into(),
            by: "clerk".into(),
            at: None,
            stand,
            decided_by: None,
            carried_out_by: None,
            told: String::new(),
            entry: None,
        }
    }

    /// A table of all decisions on all stands: what is not named is refused.
    #[test]
    fn a_proposal_goes_its_way_and_no_other() {
        let decisions = || {
            [
                Decision::Approve(date(2026, 12, 1)),
                Decision::CarriedOut(9),
                Decision::CouldNot("no".into()),
                Decision::TurnDown("no".into()),
                Decision::Withdraw,
            ]
        };
        for stand in Stand::ALL {
            for (place, decision) in decisions().into_iter().enumerate() {
                for by in ["clerk", "reviewer"] {
                    let expected = match (stand, place, by) {
                        (Stand::Open, 0, "reviewer") => Ok(Stand::Approved),
                        (Stand::Open, 3, "reviewer") => Ok(Stand::TurnedDown),
                        (Stand::Open, 4, "clerk") => Ok(Stand::Withdrawn),
                        (Stand::Open, 0 | 3, _) => Err(NotDecided::Own),
                        (Stand::Open, 4, _) => Err(NotDecided::Others),
                        (Stand::Approved, 1, _) => Ok(Stand::CarriedOut),
                        (Stand::Approved, 2, _) => Ok(Stand::CouldNot),
                        _ => Err(NotDecided::Already(*stand)),
                    };
                    let decided = decision.clone().of(proposal(*stand), by);
                    assert_eq!(decided.map(|p| p.stand), expected, "{stand:?} {place} {by}");
                }
            }
        }
    }

    /// Proposed in November and approved in December: it is done in December. What is registered keeps its own days.
    #[test]
    fn what_is_approved_is_done_as_of_the_day_of_approval() {
        let (proposed, approved) = (date(2026, 11, 27), date(2026, 12, 1));
        let registered = Registered {
            kind: RegistrationKind::Temporary,
            disease: None,
            facility: None,
            region: None,
            from: proposed,
            until: None,
            paper: None,
        };
        let reverse = |on| Act::Reverse { entry: 3, on };
        let unregister = |on| Act::Unregister { registered: 3, on };
        let register = Act::Register(registered);
        for (act, expected) in [
            (reverse(proposed), reverse(approved)),
            (unregister(proposed), unregister(approved)),
            (register.clone(), register),
        ] {
            let open = Proposal {
                act,
                ..proposal(Stand::Open)
            };
            let decided = Decision::Approve(approved).of(open, "reviewer");
            assert_eq!(decided.map(|p| p.act), Ok(expected));
        }
    }

    /// One approves, another carries out what was left: both are known.
    #[test]
    fn who_approved_is_not_forgotten_when_another_carries_out() {
        let approve = Decision::Approve(date(2026, 12, 1));
        for (last, stand) in [
            (Decision::CarriedOut(9), Stand::CarriedOut),
            (Decision::CouldNot("no".into()), Stand::CouldNot),
        ] {
            let approved = approve.clone().of(proposal(Stand::Open), "reviewer");
            let done = approved.and_then(|one| last.of(one, "another"));
            let done = done.expect("it is carried out");
            assert_eq!(done.stand, stand);
            assert_eq!(done.decided_by.as_deref(), Some("reviewer"));
            assert_eq!(done.carried_out_by.as_deref(), Some("another"));
        }
    }
}
