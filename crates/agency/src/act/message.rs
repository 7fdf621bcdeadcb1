//! `Message`: what one lane sends to another.

use domain::Fen;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::record::money::Grant;
use crate::word;

/// What one lane sends to another. The money is in transit from the sender's entry to the receiver's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// A grant for a person.
    Granted {
        /// To whom.
        person: u64,
        /// Which.
        grant: Grant,
        /// By whom.
        from: u64,
        /// How much.
        #[serde(with = "word::fen")]
        amount: Fen,
        /// The day.
        on: Date,
    },
    /// What is left of a grant, back to its giver.
    Returned {
        /// To whom.
        person: u64,
        /// Which.
        grant: Grant,
        /// How much.
        #[serde(with = "word::fen")]
        amount: Fen,
        /// The day.
        on: Date,
    },
    /// An inheritance.
    Inherited {
        /// To whom.
        person: u64,
        /// From whom.
        from: u64,
        /// How much.
        #[serde(with = "word::fen")]
        amount: Fen,
        /// The day.
        on: Date,
    },
}

impl Message {
    /// To whom it goes.
    #[must_use]
    pub const fn person(&self) -> u64 {
        match self {
            Message::Granted { person, .. }
            | Message::Returned { person, .. }
            | Message::Inherited { person, .. } => *person,
        }
    }
}
