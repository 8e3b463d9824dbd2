//! Training of the span-level decisions that the families use.

pub mod attribution;
pub mod hedging;
pub mod loaded;
mod measure;
pub mod stance;
mod szeged;
mod vectors;
