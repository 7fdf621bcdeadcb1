//! The doors of the agency.

pub mod access_log;
pub mod auth;
pub mod limits;
mod profile;
pub mod settings;

pub use profile::Profile;
