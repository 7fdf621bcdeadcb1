//! `Proposal`: what a clerk would have the agency do for a person, and what a reviewer decided. Nobody decides on what is the own.

use domain::words;
use jiff::civil::DateTime;
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
}

/// What may become of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is to be carried out.
    Approve,
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
        let (stand, told, entry) = match (self, proposal.stand) {
            (Decision::Approve | Decision::TurnDown(_), Stand::Open) if own => {
                return Err(NotDecided::Own);
            }
            (Decision::Withdraw, Stand::Open) if !own => return Err(NotDecided::Others),
            (Decision::Approve, Stand::Open) => (Stand::Approved, String::new(), None),
            (Decision::TurnDown(why), Stand::Open) => (Stand::TurnedDown, why, None),
            (Decision::Withdraw, Stand::Open) => (Stand::Withdrawn, String::new(), None),
            (Decision::CarriedOut(entry), Stand::Approved) => {
                (Stand::CarriedOut, String::new(), Some(entry))
            }
            (Decision::CouldNot(why), Stand::Approved) => (Stand::CouldNot, why, None),
            (_, stand) => return Err(NotDecided::Already(stand)),
        };
        Ok(Proposal {
            stand,
            told,
            entry,
            decided_by: Some(by.to_owned()),
            ..proposal
        })
    }
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
    use jiff::civil::date;

    use super::*;

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
            told: String::new(),
            entry: None,
        }
    }

    /// A table of all decisions on all stands: what is not named is refused.
    #[test]
    fn a_proposal_goes_its_way_and_no_other() {
        let decisions = || {
            [
                Decision::Approve,
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
}
