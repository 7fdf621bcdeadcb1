//! `Act`: everything that can be asked of the agency for a person, and the decision what entry it becomes.
//!
//! A decision looks at the person's state and the office, and gives a [`Draft`] or refuses; it changes nothing.

mod account;
mod asked;
mod bounds;
mod death;
mod grant;
mod lines;
mod membership;
mod message;
mod premium;
mod reverse;
pub(crate) mod settle;
mod undo;
mod visit;

pub use asked::{Returning, Settling};
pub use message::Message;
pub(crate) use settle::{bill_of, bill_of_visit};

use domain::Fen;
use domain::bill::Scheme;
use domain::ledger::Posting;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::EntryRow;

use crate::office::{Office, Version};
use crate::record::money::{Grant, Heir, Stated};
use crate::record::{
    Care, Changed, Closed, Described, Discharged, Enrolled, Event, FeeLine, Filed, Registered,
    VisitOpened,
};
use crate::refused::Refused;
use crate::state::PersonState;
use crate::visit::VisitState;
use crate::word;

/// Everything that can be asked of the agency for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Enrol, with what the account brings along from elsewhere.
    Enrol {
        /// The enrolment.
        enrolled: Enrolled,
        /// The account's opening balance.
        #[serde(with = "word::fen")]
        opening: Fen,
    },
    /// Change status, employer, base, identities.
    Change(Changed),
    /// End the enrolment.
    Close(Closed),
    /// Register a disease, care elsewhere, a referral, an approval.
    Register(Registered),
    /// Cancel a registration.
    Unregister {
        /// The entry that registered it.
        registered: u64,
        /// The day.
        on: Date,
    },
    /// Pay the premium of months like 202611.
    Pay {
        /// First month.
        first: u32,
        /// Last month.
        last: u32,
        /// The base, if it is not the declared one.
        #[serde(with = "word::fen::option")]
        base: Option<Fen>,
        /// What was paid, as the collector reports it; worked out by the policy's rows if empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        stated: Vec<Stated>,
        /// The day.
        paid: Date,
    },
    /// Credit the account for a month like 202611.
    Credit {
        /// The month.
        month: u32,
        /// The day.
        on: Date,
    },
    /// Credit the account's interest up to a day.
    Interest {
        /// The day.
        until: Date,
    },
    /// Roll the current-year part over.
    CloseYear {
        /// First day of the year that begins.
        begins: Date,
    },
    /// Open a visit or admit to hospital.
    Open(Box<VisitOpened>),
    /// Tell what kind of care a visit is.
    Describe(Box<Described>),
    /// Cancel a visit of which nothing is settled.
    Cancel {
        /// The visit.
        visit: u64,
        /// The day.
        on: Date,
    },
    /// Add fee lines to a visit.
    AddLines {
        /// The visit.
        visit: u64,
        /// The lines.
        lines: Vec<FeeLine>,
        /// What of earlier lines, or of these, is returned.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        returns: Vec<Returning>,
        /// The day.
        on: Date,
    },
    /// Take fee lines out of a visit.
    RemoveLines {
        /// The visit.
        visit: u64,
        /// Their numbers, from 1; all open ones if empty.
        lines: Vec<u32>,
        /// The day.
        on: Date,
    },
    /// Take out lines by the institution's own numbers.
    RemoveNumbered {
        /// The visit.
        visit: u64,
        /// The numbers.
        numbers: Vec<String>,
        /// The day.
        on: Date,
    },
    /// Take out all open lines of a batch.
    RemoveBatch {
        /// The visit.
        visit: u64,
        /// The batch.
        batch: String,
        /// The day.
        on: Date,
    },
    /// Discharge from hospital.
    Discharge(Box<Discharged>),
    /// Take a discharge back.
    Undischarge {
        /// The visit.
        visit: u64,
        /// The day.
        on: Date,
    },
    /// File a paper.
    File {
        /// The paper, and with which visit.
        filed: Box<Filed>,
        /// The day.
        on: Date,
    },
    /// A deposit was paid to the hospital.
    Deposit {
        /// The visit.
        visit: u64,
        /// How much.
        #[serde(with = "word::fen")]
        amount: Fen,
        /// The day.
        on: Date,
    },
    /// Settle a bill that comes whole.
    Settle(Box<Care>),
    /// Settle a visit.
    SettleVisit(Settling),
    /// Take an entry back.
    Reverse {
        /// Its number.
        entry: u64,
        /// The day.
        on: Date,
    },
    /// Take back what was carried out under a key; what has not come yet will not be carried out.
    Undo {
        /// The key.
        key: String,
        /// The day.
        on: Date,
    },
    /// Let a relative draw on the account.
    Grant {
        /// The relative.
        to: u64,
        /// How much is set aside.
        #[serde(with = "word::fen")]
        amount: Fen,
        /// The day.
        on: Date,
    },
    /// Give what is left of a grant back.
    ReturnGrant {
        /// Which.
        grant: Grant,
        /// The day.
        on: Date,
    },
    /// The person died.
    Die {
        /// The day.
        on: Date,
        /// To whom the account goes.
        to: Heir,
    },
    /// The person moves to another region.
    MoveOut {
        /// Last day here.
        until: Date,
        /// Where to.
        to: String,
    },
    /// Withdraw money.
    Withdraw {
        /// How much.
        #[serde(with = "word::fen")]
        amount: Fen,
        /// The day.
        on: Date,
    },
    /// A message of another lane: a grant, its return, an inheritance.
    Receive(Message),
}

impl Act {
    /// The same as of another day, where the day is that on which it is done and says nothing of what is done.
    #[must_use]
    pub fn on(self, day: Date) -> Act {
        match self {
            Act::Reverse { entry, .. } => Act::Reverse { entry, on: day },
            Act::Unregister { registered, .. } => Act::Unregister {
                registered,
                on: day,
            },
            other => other,
        }
    }

    /// The visit that must be loaded for it.
    #[must_use]
    pub const fn visit(&self) -> Option<u64> {
        match self {
            Act::AddLines { visit, .. }
            | Act::RemoveLines { visit, .. }
            | Act::RemoveBatch { visit, .. }
            | Act::RemoveNumbered { visit, .. }
            | Act::Cancel { visit, .. }
            | Act::Undischarge { visit, .. }
            | Act::Deposit { visit, .. } => Some(*visit),
            Act::Describe(described) => Some(described.visit),
            Act::Discharge(discharged) => Some(discharged.visit),
            Act::File { filed, .. } => filed.visit,
            Act::SettleVisit(settling) => Some(settling.visit),
            _ => None,
        }
    }

    /// The key of another request that must be loaded for it.
    #[must_use]
    pub fn undoes(&self) -> Option<&str> {
        match self {
            Act::Undo { key, .. } => Some(key),
            _ => None,
        }
    }

    /// The entry that must be loaded for it.
    #[must_use]
    pub const fn entry(&self) -> Option<u64> {
        match self {
            Act::Reverse { entry, .. } => Some(*entry),
            Act::Unregister { registered, .. } => Some(*registered),
            _ => None,
        }
    }
}

/// What is known when a decision is made.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) office: &'a Office,
    pub(crate) person: u64,
    /// None if nobody has this number.
    pub(crate) state: Option<&'a PersonState>,
    /// The visit that the act names, if it is there.
    pub(crate) visit: Option<&'a VisitState>,
    /// The entry that the act names, if it is there.
    pub(crate) entry: Option<&'a EntryRow>,
    /// Nothing will be recorded.
    pub(crate) trial: bool,
    /// The institution that asks; it touches only what is its own. None for the agency's own staff.
    pub(crate) by: Option<&'a str>,
}

/// An entry in the making.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    pub(crate) event: Event,
    pub(crate) day: Date,
    pub(crate) year: Option<Date>,
    pub(crate) party: String,
    pub(crate) about: u64,
    pub(crate) policy: u32,
    pub(crate) postings: Vec<Posting>,
    /// A message to a person's lane.
    pub(crate) message: Option<Outgoing>,
}

/// A message on its way; a grant's number is that of the entry that gives it, which is known only when it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outgoing {
    Grant { to: u64, amount: Fen, on: Date },
    Plain(Message),
}

impl Draft {
    /// An entry without money.
    pub(crate) fn new(event: Event, day: Date) -> Draft {
        Draft {
            event,
            day,
            year: None,
            party: String::new(),
            about: 0,
            policy: 0,
            postings: Vec::new(),
            message: None,
        }
    }
}

impl<'a> Known<'a> {
    /// The person's state.
    pub(crate) fn state(&self) -> Result<&'a PersonState, Refused> {
        self.state.ok_or(Refused::NoPerson(self.person))
    }

    /// The state of a person who has not died.
    pub(crate) fn living(&self) -> Result<&'a PersonState, Refused> {
        let state = self.state()?;
        if state.heir.is_some() {
            return Err(Refused::Dead(self.person));
        }
        Ok(state)
    }

    /// The person's scheme and its policy on a day.
    pub(crate) fn policy(&self, day: Date) -> Result<(Scheme, &'a Version), Refused> {
        let scheme = self.state()?.scheme(day);
        let scheme = scheme.ok_or(Refused::NotEnrolled(self.person))?;
        Ok((scheme, self.office.policies.on(scheme, day)?))
    }

    /// The visit of this person that the act names. To another institution it is not there.
    pub(crate) fn visit(&self, number: u64) -> Result<&'a VisitState, Refused> {
        let visit = self.visit.filter(|visit| self.is_own(&visit.care.facility));
        visit.ok_or(Refused::NoVisit(number))
    }

    /// Is it the affair of whoever asks?
    pub(crate) fn is_own(&self, party: &str) -> bool {
        self.by.is_none_or(|by| by == party)
    }
}

/// Decides what an act becomes.
pub(crate) fn decide(known: &Known<'_>, act: &Act) -> Result<Draft, Refused> {
    bounds::amounts(act)?;
    let draft = decided(known, act)?;
    bounds::days(&draft)?;
    Ok(draft)
}

fn decided(known: &Known<'_>, act: &Act) -> Result<Draft, Refused> {
    match act {
        Act::Enrol { enrolled, opening } => membership::enrol(known, enrolled, *opening),
        Act::Change(changed) => membership::change(known, changed),
        Act::Close(closed) => membership::close(known, closed),
        Act::Register(registered) => membership::register(known, registered),
        Act::Unregister { registered, on } => membership::unregister(known, *registered, *on),
        Act::MoveOut { until, to } => membership::move_out(known, *until, to),
        Act::Pay {
            first,
            last,
            base,
            stated,
            paid,
        } => premium::pay(
            known,
            &premium::Payment {
                first: *first,
                last: *last,
                base: *base,
                stated,
                paid: *paid,
            },
        ),
        Act::Credit { month, on } => account::credit(known, *month, *on),
        Act::Interest { until } => account::interest(known, *until),
        Act::CloseYear { begins } => account::close_year(known, *begins),
        Act::Withdraw { amount, on } => account::withdraw(known, *amount, *on),
        Act::Open(opened) => visit::open(known, opened),
        Act::Describe(described) => visit::describe(known, described),
        Act::Cancel { visit, on } => visit::cancel(known, *visit, *on),
        Act::AddLines {
            visit,
            lines,
            returns,
            on,
        } => lines::add(known, *visit, (lines, returns), *on),
        Act::RemoveLines { visit, lines, on } => visit::remove_lines(known, *visit, lines, *on),
        Act::RemoveNumbered { visit, numbers, on } => {
            visit::remove_numbered(known, *visit, numbers, *on)
        }
        Act::RemoveBatch { visit, batch, on } => visit::remove_batch(known, *visit, batch, *on),
        Act::Discharge(discharged) => visit::discharge(known, discharged),
        Act::Undischarge { visit, on } => visit::undischarge(known, *visit, *on),
        Act::File { filed, on } => visit::file(known, filed, *on),
        Act::Deposit { visit, amount, on } => visit::deposit(known, *visit, *amount, *on),
        Act::Settle(care) if care.interim => Err(Refused::InterimAlone),
        Act::Settle(care) => settle::settle(known, care),
        Act::SettleVisit(settling) => settle::visit(known, settling),
        Act::Reverse { entry, on } => reverse::reverse(known, *entry, *on),
        Act::Undo { key, on } => undo::undo(known, key, *on),
        Act::Grant { to, amount, on } => grant::give(known, *to, *amount, *on),
        Act::ReturnGrant { grant, on } => grant::give_back(known, *grant, *on),
        Act::Receive(message) => grant::receive(known, message),
        Act::Die { on, to } => death::die(known, *on, *to),
    }
}
