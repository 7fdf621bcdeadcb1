//! The doors of the agency.

pub mod wire;
