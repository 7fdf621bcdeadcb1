//! The doors of the agency.

pub mod access_log;
mod profile;
pub mod settings;

pub use profile::Profile;
