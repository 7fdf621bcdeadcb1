//! Tests of `codes`.
