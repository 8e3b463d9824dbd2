//! Ways of showing scores: one file for each.

mod annotate;
pub mod compare;
pub mod csv;
mod escape;
mod explanation;
pub mod html;
pub mod json;
pub mod markdown;
mod marks;
pub mod matrix;
pub mod outlets;
pub mod overview;
mod page;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod quotes;
pub mod table;
pub mod terminal;

pub use escape::{block, line};
pub use explanation::Explanation;
pub use page::Page;

use crate::text::OffsetUnit;

/// Version of the output contract.
pub const SCHEMA: u32 = 1;

/// What to show of a scored article besides its scores.
#[derive(Clone, Copy, Debug, Default)]
pub struct Show {
    /// The evidence.
    pub marks: bool,
    /// The feature vector.
    pub features: bool,
    /// The text as it was read.
    pub text: bool,
    /// Unit of the spans.
    pub unit: OffsetUnit,
}

/// Six decimals: shorter outputs, and no noise of the last bit.
fn round(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6;
    // Negative zero would be written as -0.0.
    if rounded == 0.0 { 0.0 } else { rounded }
}
