//! The doors of the agency: institutions come over the interface of the country, and staff and engineers over pages.
//!
//! `wire` alone knows the interface's names; everything else here speaks our words. Nothing here decides money.

pub mod access_log;
pub mod attempts;
pub mod auditing;
pub mod auth;
mod clock;
pub mod codes;
pub mod demo;
pub mod door;
pub mod files;
pub mod limits;
pub mod logging;
pub mod metrics;
mod open;
pub mod operators;
pub mod pages;
pub mod password;
pub mod passwords;
mod profile;
mod proxy;
mod random;
pub mod reconcile;
pub mod server;
pub mod settings;
pub mod tls;
pub mod trace;
mod upload;
pub mod vouchers;
pub mod window;
pub mod wire;

pub use open::{OpenError, open};
pub use profile::Profile;
