//! Tests of `fields`.
