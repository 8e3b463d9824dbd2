//! Training and measuring: labels and texts in, models and honest figures out. The only place, beside
//! `model/classifier.rs`, that knows linfa.

mod ablation;
pub mod agreement;
mod cross;
pub mod dataset;
mod design;
mod error;
pub mod evaluate;
pub mod folds;
pub mod interval;
mod judged;
mod labelled;
pub mod labels;
mod matching;
mod material;
pub mod metrics;
mod minimise;
pub mod ordinal;
mod own;
mod parallel;
pub mod reading;
pub mod real;
mod recipe;
pub mod reliability;
mod report;
mod resolution;
pub mod spans;
pub mod sparse;
mod ticked;
pub mod train;
mod value;

pub use error::{LearnError, Problem};
pub use report::{AxisReport, Changes, TrainReport};
