//! The doors of the agency.
