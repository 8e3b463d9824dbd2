//! The feature matrix as CSV: an id and the features' numbers, unrounded.

use crate::feature::{FeatureVector, features};

/// The header, with the end of its line.
#[must_use]
pub fn header() -> Vec<u8> {
    let names: Vec<String> = features().map(|(_, f)| f.name.to_owned()).collect();
    super::csv::line(std::iter::once("id".to_owned()).chain(names))
}

/// The row of an article, with the end of its line.
#[must_use]
pub fn row(id: &str, vector: &FeatureVector) -> Vec<u8> {
    super::csv::line(
        std::iter::once(id.to_owned()).chain(vector.values().iter().map(f64::to_string)),
    )
}
