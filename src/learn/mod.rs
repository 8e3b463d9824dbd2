//! Training and measuring: labels and texts in, models and honest figures out. The only place that knows linfa.

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
pub mod multinomial;
pub mod ordinal;
mod others;
mod own;
mod parallel;
mod provenance;
pub mod reading;
pub mod real;
mod recipe;
mod reference;
pub mod reliability;
mod report;
mod resolution;
pub mod spans;
pub mod sparse;
mod ticked;
pub mod train;
mod words;

pub use error::{LearnError, Problem};
pub use report::{AxisReport, Changes, TrainReport};
