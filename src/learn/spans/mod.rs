//! Training of the span-level decisions that the families use.

pub mod stance;
pub mod targets;
mod vectors;
