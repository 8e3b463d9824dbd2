//! Fitting of the span-level decisions.

pub mod attribution;
