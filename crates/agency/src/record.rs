//! Records: what an entry says beside its money, as JSON. Each kind of entry has one form.

pub mod care;
pub mod member;
pub mod money;
pub mod steps;
pub mod visit;

use domain::ledger::EntryKind;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

pub use care::{Care, Cost, FeeLine, When};
pub use member::{Changed, Closed, Enrolled, Registered, Unregistered};
pub use money::{
    Credited, Died, GrantGiven, GrantReceived, GrantRestored, GrantReturned, Inherited,
    InterestPaid, Listed, MovedOut, PremiumPaid, Withdrawn, YearClosed,
};
pub use visit::{
    Deposited, Described, Discharged, Filed, Forestalled, LinesAdded, LinesRemoved, Paper, Return,
    Reversed, Settled, Undischarged, VisitCancelled, VisitOpened,
};

use crate::moment;

/// What happened, beside the money.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Somebody was enrolled.
    Enrolled(Enrolled),
    /// Status, employer, base or identities changed.
    Changed(Changed),
    /// The enrolment ended.
    Closed(Closed),
    /// Something was registered for the person.
    Registered(Registered),
    /// A premium was paid.
    Premium(PremiumPaid),
    /// The account was credited.
    Credit(Credited),
    /// The account bore interest.
    Interest(InterestPaid),
    /// The current-year part became prior years'.
    YearClosed(YearClosed),
    /// A visit began.
    VisitOpened(Box<VisitOpened>),
    /// What kind of care a visit is was told.
    Described(Box<Described>),
    /// A visit was cancelled.
    VisitCancelled(VisitCancelled),
    /// Fee lines came.
    LinesAdded(LinesAdded),
    /// Fee lines were taken out.
    LinesRemoved(LinesRemoved),
    /// The patient was discharged.
    Discharged(Box<Discharged>),
    /// The discharge was taken back.
    Undischarged(Undischarged),
    /// A deposit was paid to the hospital.
    Deposited(Deposited),
    /// A bill was settled.
    Settled(Box<Settled>),
    /// An earlier entry was taken back.
    Reversed(Box<Reversed>),
    /// A relative may draw on the account.
    GrantGiven(GrantGiven),
    /// A relative's account may be drawn on.
    GrantReceived(GrantReceived),
    /// What is left of it goes back.
    GrantReturned(GrantReturned),
    /// What was left of it came back.
    GrantRestored(GrantRestored),
    /// The person died.
    Died(Died),
    /// An account was inherited.
    Inherited(Inherited),
    /// The person moved to another region.
    MovedOut(MovedOut),
    /// Money was withdrawn.
    Withdrawn(Withdrawn),
    /// A registration was cancelled.
    Unregistered(Unregistered),
    /// A paper was filed.
    Filed(Box<Filed>),
    /// A request that had not come was forestalled.
    Forestalled(Forestalled),
    /// Lists of the office changed.
    Listed(Listed),
}

impl Event {
    /// The paper that was filed with it.
    #[must_use]
    pub const fn paper(&self) -> Option<&Paper> {
        match self {
            Event::VisitOpened(opened) => opened.paper.as_ref(),
            Event::Described(described) => described.paper.as_ref(),
            Event::Discharged(discharged) => discharged.paper.as_ref(),
            Event::Registered(registered) => registered.paper.as_ref(),
            Event::Filed(filed) => Some(&filed.paper),
            _ => None,
        }
    }
}

/// What the record of an entry tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The person's entry before it; 0 for the first.
    pub after: u64,
    /// When it was recorded, where a clock was told; China's time.
    pub at: Option<DateTime>,
    /// What happened.
    pub event: Event,
}

/// The record of an entry: the person's entry before it, when it was recorded, and what happened.
#[derive(Debug, Serialize, Deserialize)]
struct Record<T> {
    /// The person's entry before this one; 0 for the first.
    after: u64,
    /// Absent where no clock was told.
    #[serde(default, with = "moment", skip_serializing_if = "Option::is_none")]
    at: Option<DateTime>,
    what: T,
}

macro_rules! events {
    ($($variant:ident = $kind:ident),+ $(,)?) => {
        impl Event {
            /// The kind of its entry.
            #[must_use]
            pub const fn kind(&self) -> EntryKind {
                match self { $(Event::$variant(_) => EntryKind::$kind,)+ }
            }

            /// The record of an entry that follows this one of the person, recorded at this moment.
            pub(crate) fn write(&self, after: u64, at: Option<DateTime>) -> Result<String, serde_json::Error> {
                match self { $(Event::$variant(what) => serde_json::to_string(&Record { after, at, what }),)+ }
            }

            /// What a record tells.
            ///
            /// # Errors
            /// When the record is not of its kind's form.
            pub fn read(kind: EntryKind, record: &str) -> Result<Told, serde_json::Error> {
                match kind {
                    $(EntryKind::$kind => serde_json::from_str::<Record<_>>(record).map(|Record { after, at, what }| Told { after, at, event: Event::$variant(what) }),)+
                }
            }
        }
    };
}

events! {
    Enrolled = Enrolled,
    Changed = Changed,
    Closed = Closed,
    Registered = Registered,
    Premium = Premium,
    Credit = Credit,
    Interest = InterestPaid,
    YearClosed = YearClosed,
    VisitOpened = VisitOpened,
    Described = Described,
    VisitCancelled = VisitCancelled,
    LinesAdded = LinesAdded,
    LinesRemoved = LinesRemoved,
    Discharged = Discharged,
    Undischarged = Undischarged,
    Deposited = Deposit,
    Settled = Settlement,
    Reversed = Reversal,
    GrantGiven = GrantGiven,
    GrantReceived = GrantReceived,
    GrantReturned = GrantReturned,
    GrantRestored = GrantRestored,
    Died = Died,
    Inherited = Inherited,
    MovedOut = MovedOut,
    Withdrawn = Withdrawal,
    Unregistered = Unregistered,
    Filed = Filed,
    Forestalled = Forestalled,
    Listed = Listed,
}
