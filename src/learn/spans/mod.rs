//! Training of the span-level decisions that the families use.

pub mod hedging;
mod measure;
mod szeged;
