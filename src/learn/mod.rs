//! Training and measuring: labels and texts in, models and honest figures out. The only place, beside
//! `model/classifier.rs`, that knows linfa.

pub mod resolution;
pub mod sparse;
