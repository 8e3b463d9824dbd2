//! Training of the span-level decisions that the families use.

pub mod attribution;
mod examples;
pub mod hedging;
pub mod loaded;
mod measure;
mod news;
pub mod stance;
mod szeged;
pub mod targets;
mod vectors;
