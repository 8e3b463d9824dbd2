//! Training of the span-level decisions that the families use.

pub mod loaded;
mod measure;
mod vectors;
