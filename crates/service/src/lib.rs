//! The doors of the agency.

mod profile;
pub mod settings;

pub use profile::Profile;
