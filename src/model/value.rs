//! Where an axis's `value` comes from when a model has been fitted on real articles that others judged.

use super::file::ModelError;
use crate::feature::{FeatureVector, features};
use serde::{Deserialize, Serialize};

/// A logistic decision over the feature vector: `value` = 1 / (1 + exp(-logit)), logit = bias + the parts of all features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueFile {
    /// The feature that sums the weights of common words.
    pub wording: String,
    /// What it counts.
    pub wording_weight: f64,
    /// Names of the other features, in schema order.
    pub features: Vec<String>,
    /// Mean of the square root of each (of the amount, with its sign) over the real articles.
    pub mean: Vec<f64>,
    /// Standard deviation of the same.
    pub scale: Vec<f64>,
    /// One weight a feature, on (root - mean) / scale, held within -3 and 3.
    pub weights: Vec<f64>,
    /// Logit of an average real article without common words.
    pub bias: f64,
    /// Distance from the mean (mean square of the scaled features) that 98 of 100 real articles keep within.
    pub usual: f64,
}

/// In a distance no feature counts for more than this: one odd number is not an odd article.
const FARTHEST: f64 = 6.0;

impl ValueFile {
    /// How far an article's features lie from the mean of the real ones: mean square of what they are scaled to. `roots` are the
    /// roots of the features in the file's order.
    pub(crate) fn distance(&self, roots: &[f64]) -> f64 {
        let squares = roots
            .iter()
            .zip(&self.mean)
            .zip(&self.scale)
            .map(|((r, m), s)| ((r - m) / s).clamp(-FARTHEST, FARTHEST).powi(2));
        squares.sum::<f64>() / roots.len().max(1) as f64
    }
}

/// An article unlike those that a value was fitted on.
#[derive(Clone, Debug, PartialEq)]
pub struct Unlike {
    /// How far it lies from the mean, beside what is usual (1).
    pub distance: f64,
    /// Schema indices of the features that lie farthest off.
    pub features: Vec<usize>,
}

/// Features that are named.
const NAMED: usize = 3;

/// Scaled features are held within this distance from the mean: one odd number must not decide.
pub(crate) const WIDEST: f64 = 3.0;

/// Square root of the amount, with its sign: rates have long tails.
pub(crate) fn root(value: f64) -> f64 {
    value.signum() * value.abs().sqrt()
}

/// The decision, checked and ready.
pub struct ValueHead {
    file: ValueFile,
    /// Schema index of the wording feature.
    wording: usize,
    /// Schema index of each other feature.
    columns: Vec<usize>,
}

impl ValueHead {
    /// Checks the numbers and finds the features.
    ///
    /// # Errors
    /// When widths do not fit, a number is not finite, or a feature is not in the schema.
    pub fn new(path: &str, file: &ValueFile) -> Result<Self, ModelError> {
        let form = |message: &str| ModelError::Form {
            path: path.to_owned(),
            message: format!("value: {message}"),
        };
        let width = file.features.len();
        if [&file.mean, &file.scale, &file.weights].iter().any(|v| v.len() != width) {
            return Err(form("widths of weights, mean and scale do not fit the features"));
        }
        let numbers = file.mean.iter().chain(&file.scale).chain(&file.weights).chain([
            &file.bias,
            &file.wording_weight,
            &file.usual,
        ]);
        if numbers.into_iter().any(|v| !v.is_finite())
            || file.scale.iter().chain([&file.usual]).any(|s| *s <= 0.0)
        {
            return Err(form("holds a number that is not finite, or a scale that is not positive"));
        }
        let place = |name: &String| {
            features()
                .position(|(_, f)| f.name == name)
                .ok_or_else(|| form("names a feature that this program does not have"))
        };
        let columns = file.features.iter().map(place).collect::<Result<_, _>>()?;
        Ok(ValueHead { wording: place(&file.wording)?, columns, file: file.clone() })
    }

    /// The value of an article, 0 to 1.
    #[must_use]
    pub fn value(&self, vector: &FeatureVector) -> f64 {
        let logit =
            self.file.bias + self.contributions(vector).iter().map(|(_, part)| part).sum::<f64>();
        1.0 / (1.0 + (-logit).exp())
    }

    /// Tells when an article lies farther from the real ones than all but two of a hundred of them do.
    #[must_use]
    pub fn unlike(&self, vector: &FeatureVector) -> Option<Unlike> {
        let roots: Vec<f64> = self.columns.iter().map(|&c| root(vector.values()[c])).collect();
        let distance = self.file.distance(&roots) / self.file.usual;
        if distance <= 1.0 {
            return None;
        }
        let off = |j: usize| ((roots[j] - self.file.mean[j]) / self.file.scale[j]).abs();
        let mut order: Vec<usize> = (0..roots.len()).collect();
        order.sort_by(|&a, &b| off(b).total_cmp(&off(a)));
        Some(Unlike {
            distance,
            features: order.iter().take(NAMED).map(|&j| self.columns[j]).collect(),
        })
    }

    /// Logit of the value of an average real article.
    #[must_use]
    pub fn base(&self) -> f64 {
        self.file.bias
    }

    /// What each feature adds to the value's logit: (schema index, part). With [`Self::base`] they add up to it.
    #[must_use]
    pub fn contributions(&self, vector: &FeatureVector) -> Vec<(usize, f64)> {
        let f = &self.file;
        let scaled = |j: usize, c: usize| {
            ((root(vector.values()[c]) - f.mean[j]) / f.scale[j]).clamp(-WIDEST, WIDEST)
        };
        let words = (self.wording, f.wording_weight * vector.values()[self.wording]);
        let others =
            self.columns.iter().enumerate().map(|(j, &c)| (c, f.weights[j] * scaled(j, c)));
        std::iter::once(words).chain(others).collect()
    }
}
