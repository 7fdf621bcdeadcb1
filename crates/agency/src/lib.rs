//! The agency at work: enrolment, premiums, credits, visits, settlements, reversals, and the books that prove them.
//!
//! A request becomes an entry: a use case looks at the person's state and decides; the entry's postings and record are applied to the state
//! by the same fold that the audit uses; the writer of the person's lane makes it durable and only then answers.

pub mod act;
mod agency;
mod answer;
pub mod audit;
pub mod deed;
pub mod divided;
pub mod forecast;
pub mod funds;
mod holder;
mod lane;
pub mod moment;
pub mod office;
pub mod operator;
pub mod proposal;
pub mod record;
mod refused;
mod remade;
mod request;
mod slip;
pub mod state;
pub mod statement;
pub mod visit;
pub mod what_if;
mod who;
mod word;
mod writer;

pub use agency::{
    Agency, AgencyError, DeedAsk, Deeds, Employer, Look, NotChanged, Numbered, Options, Paper,
    Place, Seen, Slip,
};
pub use answer::Answer;
/// What the agency shows of the core: a door needs no other way to it.
pub use domain;
pub use holder::Holder;
/// The rules of every region, for those who ask and are not insured here, and the words for them; figures as people spell them.
pub use policy::figure::{day, quantity, ratio, unit_price, yuan};
pub use policy::{Library, PolicyFile, phrases, reform};
pub use refused::Refused;
pub use remade::remade;
pub use request::Request;
pub use store::{EntryRow, KeyRow, LaneId, Period, SlipAsk, SlipRow, SlipSum, StoreError};
pub use who::Who;
pub use writer::{Acts, Done, Sweep, Swept};
