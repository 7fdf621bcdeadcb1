//! The doors of the agency.

pub mod access_log;
pub mod auth;
pub mod limits;
mod profile;
pub mod settings;
pub mod tls;

pub use profile::Profile;
