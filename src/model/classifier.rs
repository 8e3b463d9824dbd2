//! The article-level model of an axis, used by plain sums that an explanation can show.
//!
//! An ordered axis is one latent number: class k has the logit `k * score + bias[k]` (the adjacent-category model), so that
//! both the class and the value rise with the score and cannot contradict each other.

use super::file::{ClassifierFile, ModelError, ModelFile, Payload};
use super::words::{WordPart, Words};
use crate::axis::{Axis, WORDS};
use crate::feature::{FeatureVector, features, schema_hash};
use crate::text::Document;

/// What a model says of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// Index of the most probable class; the lower one in a tie.
    pub class: usize,
    /// Calibrated, one for each class.
    pub probabilities: Vec<f64>,
    /// Logits before the temperature, one for each class.
    pub logits: Vec<f64>,
}

/// What a model sees of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// Scaled inputs, in the file's order.
    z: Vec<f64>,
    /// Its weighed words, before scaling.
    words: Vec<WordPart>,
}

/// Where the number of an input comes from.
#[derive(Clone, Copy)]
enum Column {
    /// The feature at this place of the schema.
    Feature(usize),
    /// The sum over common words.
    Words,
}

/// Name, number and contribution of an input.
pub type Part = (&'static str, f64, f64);

/// A model of one axis, checked and ready.
pub struct Classifier {
    /// Named in every score.
    pub id: String,
    /// The axis.
    pub axis: &'static Axis,
    columns: Vec<Column>,
    /// One row a class, one weight an input, on scaled inputs.
    weights: Vec<Vec<f64>>,
    words: Option<Words>,
    file: ClassifierFile,
}

/// Scaled features are held within this distance from the mean: one odd number must not decide.
pub(crate) const WIDEST: f64 = 3.0;

/// Square root of the amount, with its sign: rates have long tails.
pub(crate) fn root(value: f64) -> f64 {
    value.signum() * value.abs().sqrt()
}

/// In a distance no input counts for more than this: one odd number is not an odd article.
const FARTHEST: f64 = 6.0;

/// How far an article's inputs lie from the mean: mean square of what they are scaled to.
pub(crate) fn distance(z: impl ExactSizeIterator<Item = f64>) -> f64 {
    let many = z.len().max(1) as f64;
    z.map(|z| z.clamp(-FARTHEST, FARTHEST).powi(2)).sum::<f64>() / many
}

/// An article unlike those that a model was fitted on.
#[derive(Clone, Debug, PartialEq)]
pub struct Unlike {
    /// How far it lies from the mean, beside what is usual (1).
    pub distance: f64,
    /// The features that lie farthest off.
    pub features: Vec<&'static str>,
}

/// Features that are named.
const NAMED: usize = 3;

impl Classifier {
    /// Checks a model file against the program's axes and schema.
    ///
    /// # Errors
    /// When the axis, classes, schema or widths do not fit, a number is not finite, or a weight is against its declared direction.
    pub fn new(path: &str, model: &ModelFile) -> Result<Self, ModelError> {
        let form = |message: String| ModelError::Form { path: path.to_owned(), message };
        let axis = Axis::named(&model.axis)
            .ok_or_else(|| form(format!("no axis is named {:?}", model.axis)))?;
        let Payload::Classifier(file) = &model.payload else {
            return Err(form(format!("holds no classifier for the axis {:?}", model.axis)));
        };
        if model.schema != schema_hash() {
            return Err(ModelError::Schema {
                path: path.to_owned(),
                found: model.schema.clone(),
                expected: schema_hash(),
                axis: model.axis.clone(),
            });
        }
        if model.classes != axis.classes {
            return Err(form(format!(
                "classes {:?}, the axis has {:?}",
                model.classes, axis.classes
            )));
        }
        file.check(axis).map_err(form)?;
        let column = |name: &String| match features().position(|(_, f)| f.name == name) {
            Some(place) => Ok(Column::Feature(place)),
            None if name == WORDS => Ok(Column::Words),
            None => Err(form(format!("names {name:?}, which this program does not have"))),
        };
        let columns = file.features.iter().map(column).collect::<Result<_, _>>()?;
        let words = file.words.as_ref().map(Words::compile).transpose().map_err(form)?;
        let weights = if axis.is_ordered() {
            let step = |k: usize| file.weights[0].iter().map(|w| k as f64 * w).collect();
            (0..axis.classes.len()).map(step).collect()
        } else {
            file.weights.clone()
        };
        let file = ClassifierFile { words: None, ..file.clone() };
        Ok(Classifier { id: model.id.clone(), axis, columns, weights, words, file })
    }

    /// The numbers it was made from, without the words.
    #[must_use]
    pub fn file(&self) -> &ClassifierFile {
        &self.file
    }

    /// What the model sees of an article.
    #[must_use]
    pub fn see(&self, document: &Document<'_>, vector: &FeatureVector) -> Seen {
        let words = self.words.as_ref().map(|w| w.parts(document)).unwrap_or_default();
        let z = (0..self.columns.len()).map(|j| match self.columns[j] {
            Column::Feature(_) => self.off(j, vector, &words).clamp(-WIDEST, WIDEST),
            // Not held back, so that the words' parts add up.
            Column::Words => self.off(j, vector, &words),
        });
        Seen { z: z.collect(), words }
    }

    /// How far an input lies from its mean, in standard deviations.
    fn off(&self, j: usize, vector: &FeatureVector, words: &[WordPart]) -> f64 {
        let number = match self.columns[j] {
            Column::Feature(place) => root(vector.values()[place]),
            Column::Words => words.iter().map(|w| w.part).sum(),
        };
        (number - self.file.mean[j]) / self.file.scale[j]
    }

    /// Class probabilities of an article.
    #[must_use]
    pub fn predict(&self, seen: &Seen) -> Prediction {
        let dot = |w: &Vec<f64>| w.iter().zip(&seen.z).map(|(w, z)| w * z).sum::<f64>();
        let logits: Vec<f64> =
            self.weights.iter().zip(&self.file.bias).map(|(w, b)| b + dot(w)).collect();
        let probabilities = softmax(&logits, self.file.temperature);
        let class = (1..logits.len()).fold(0, |best, class| {
            if probabilities[class] > probabilities[best] { class } else { best }
        });
        Prediction { class, probabilities, logits }
    }

    /// The two classes that an explanation compares, (low, high): the first and the last where classes stand in an order; the
    /// runner-up and the class given where they do not.
    #[must_use]
    pub fn ends(&self, prediction: &Prediction) -> (usize, usize) {
        if self.axis.is_ordered() {
            return (0, prediction.logits.len() - 1);
        }
        let others = (0..prediction.logits.len()).filter(|&class| class != prediction.class);
        let second = others.reduce(|best, class| {
            if prediction.logits[class] > prediction.logits[best] { class } else { best }
        });
        (second.unwrap_or(0), prediction.class)
    }

    /// What each input adds to `logit(high) - logit(low)` of two classes. With [`Self::base`] they add up to that difference.
    #[must_use]
    pub fn contributions(
        &self,
        seen: &Seen,
        vector: &FeatureVector,
        (low, high): (usize, usize),
    ) -> Vec<Part> {
        let (low, high) = (&self.weights[low], &self.weights[high]);
        let names: Vec<&'static str> = features().map(|(_, f)| f.name).collect();
        let part = |(j, column): (usize, &Column)| {
            let contribution = (high[j] - low[j]) * seen.z[j];
            match *column {
                Column::Feature(place) => (names[place], vector.values()[place], contribution),
                Column::Words => (WORDS, seen.words.iter().map(|w| w.part).sum(), contribution),
            }
        };
        self.columns.iter().enumerate().map(part).collect()
    }

    /// What each word adds to the same difference: with what an article without weighed words has, they add up to the contribution of
    /// all words.
    #[must_use]
    pub fn words(&self, seen: &Seen, (low, high): (usize, usize)) -> Vec<WordPart> {
        let Some(j) = self.columns.iter().position(|c| matches!(c, Column::Words)) else {
            return Vec::new();
        };
        let factor = (self.weights[high][j] - self.weights[low][j]) / self.file.scale[j];
        seen.words.iter().map(|w| WordPart { part: w.part * factor, ..*w }).collect()
    }

    /// The difference that an average article has.
    #[must_use]
    pub fn base(&self, (low, high): (usize, usize)) -> f64 {
        self.file.bias[high] - self.file.bias[low]
    }

    /// Tells when an article lies farther from those that the model was fitted on than all but two of a hundred of them do.
    #[must_use]
    pub fn unlike(&self, vector: &FeatureVector) -> Option<Unlike> {
        let usual = self.file.usual?;
        let off: Vec<(f64, &'static str)> = self
            .columns
            .iter()
            .enumerate()
            .filter_map(|(j, column)| match *column {
                Column::Feature(place) => {
                    let (_, feature) = features().nth(place)?;
                    Some((self.off(j, vector, &[]), feature.name))
                }
                Column::Words => None,
            })
            .collect();
        let distance = distance(off.iter().map(|(z, _)| *z)) / usual;
        if distance <= 1.0 {
            return None;
        }
        let mut order = off;
        order.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then(a.1.cmp(b.1)));
        Some(Unlike {
            distance,
            features: order.iter().take(NAMED).map(|(_, name)| *name).collect(),
        })
    }
}

/// Softmax of `logits * temperature`.
#[must_use]
pub fn softmax(logits: &[f64], temperature: f64) -> Vec<f64> {
    let best = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = logits.iter().map(|l| ((l - best) * temperature).exp()).collect();
    let total: f64 = powers.iter().sum();
    powers.iter().map(|p| p / total).collect()
}
