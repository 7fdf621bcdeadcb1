//! The agency at work: enrolment, premiums, credits, visits, settlements, reversals, and the books that prove them.
//!
//! A request becomes an entry: a use case looks at the person's state and decides; the entry's postings and record are applied to the state
//! by the same fold that the audit uses; the writer of the person's lane makes it durable and only then answers.

pub mod record;
pub mod state;
mod word;
