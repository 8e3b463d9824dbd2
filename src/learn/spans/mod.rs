//! Training of the span-level decisions that the families use.

mod examples;
pub mod hedging;
mod measure;
mod news;
mod szeged;
