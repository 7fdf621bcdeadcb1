//! The pure core: money, days, persons, bills, policies and `settle`, which turns one bill into its list of steps.
//!
//! Reading order: [`fen`] and [`ratio`] (money is split, never multiplied), [`bill`] and [`policy`] (what is
//! given), [`plan`] (a policy compiled flat), [`case`] (a bill laid on a plan), [`settle`](mod@settle) (the order of the law),
//! [`step`] and [`settlement`] (what came of it), [`explain`] (the same steps as sentences).
//!
//! Deliberately absent: input and output, clocks, randomness, async, serde, floats. The same arguments give the same bytes.

pub mod account;
pub mod agreement;
pub mod bands;
pub mod bill;
pub mod case;
pub mod catalogue;
pub mod cite;
pub mod class;
pub mod compile;
pub mod coverage;
pub mod credit_code;
pub mod day;
pub mod explain;
pub mod facility;
pub mod fault;
pub mod fen;
pub mod frame;
pub mod identity_number;
pub mod interest;
pub mod ledger;
pub mod membership;
pub mod month;
pub mod person;
pub mod plan;
pub mod policy;
pub mod purse;
pub mod ratio;
pub mod refusal;
pub mod region;
pub mod registration;
pub mod setting;
pub mod settle;
pub mod settlement;
pub mod step;
pub mod unsettled;
pub mod view;
pub mod words;
pub mod year;

pub use bill::Bill;
pub use fen::Fen;
pub use plan::Plan;
pub use policy::Policy;
pub use ratio::{Ratio, Round};
pub use settle::settle;
pub use settlement::Settlement;
pub use unsettled::Unsettled;
