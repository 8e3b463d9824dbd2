//! The article-level classifier: fitted by linfa, used by plain sums that an explanation can show.

use super::file::{ClassifierFile, ModelError, ModelFile, Payload};
use super::value::ValueHead;
use crate::axis::Axis;
use crate::feature::{FeatureVector, features, schema_hash};
use linfa::prelude::*;
use linfa_logistic::MultiLogisticRegression;
use ndarray::{Array1, Array2, ShapeBuilder};

/// What a classifier says of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// Index of the most probable class; the lower one in a tie.
    pub class: usize,
    /// Calibrated, one for each class.
    pub probabilities: Vec<f64>,
    /// Logits before the temperature, one for each class.
    pub logits: Vec<f64>,
}

/// A classifier of one axis, checked and ready.
pub struct Classifier {
    /// Named in every score.
    pub id: String,
    /// The axis.
    pub axis: &'static Axis,
    /// Schema index of each feature used.
    columns: Vec<usize>,
    file: ClassifierFile,
    /// Where the axis's value comes from, when not from the class probabilities.
    pub value: Option<Box<ValueHead>>,
}

impl Classifier {
    /// Checks a model file against the program's axes and schema.
    ///
    /// # Errors
    /// When the axis, classes, schema or widths do not fit, or a number is not finite.
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
        let width = file.features.len();
        let rows = file.weights.len() == axis.classes.len()
            && file.weights.iter().all(|w| w.len() == width);
        if !rows
            || file.bias.len() != axis.classes.len()
            || file.mean.len() != width
            || file.scale.len() != width
        {
            return Err(form(
                "widths of weights, bias, mean and scale do not fit the features and classes"
                    .to_owned(),
            ));
        }
        let numbers =
            file.weights.iter().flatten().chain(&file.bias).chain(&file.mean).chain(&file.scale);
        if numbers.chain([&file.temperature]).any(|v| !v.is_finite())
            || file.scale.iter().any(|s| *s <= 0.0)
        {
            return Err(form(
                "holds a number that is not finite, or a scale that is not positive".to_owned(),
            ));
        }
        let columns: Option<Vec<usize>> =
            file.features.iter().map(|name| features().position(|(_, f)| f.name == name)).collect();
        let columns = columns
            .ok_or_else(|| form("names a feature that this program does not have".to_owned()))?;
        let value = file
            .value
            .as_ref()
            .map(|value| ValueHead::new(path, value).map(Box::new))
            .transpose()?;
        Ok(Classifier { id: model.id.clone(), axis, columns, file: file.clone(), value })
    }

    /// The numbers it was made from.
    #[must_use]
    pub fn file(&self) -> &ClassifierFile {
        &self.file
    }

    fn scaled(&self, vector: &FeatureVector) -> Vec<f64> {
        let column = |(j, &c): (usize, &usize)| {
            (vector.values()[c] - self.file.mean[j]) / self.file.scale[j]
        };
        self.columns.iter().enumerate().map(column).collect()
    }

    /// Class probabilities of an article.
    #[must_use]
    pub fn predict(&self, vector: &FeatureVector) -> Prediction {
        let z = self.scaled(vector);
        let dot = |w: &Vec<f64>| w.iter().zip(&z).map(|(w, z)| w * z).sum::<f64>();
        let logits: Vec<f64> =
            self.file.weights.iter().zip(&self.file.bias).map(|(w, b)| b + dot(w)).collect();
        let probabilities = softmax(&logits, self.file.temperature);
        let mut class = 0;
        for (index, p) in probabilities.iter().enumerate() {
            if *p > probabilities[class] {
                class = index;
            }
        }
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

    /// What each feature adds to `logit(high) - logit(low)` of two classes: (schema index, contribution). With [`Self::base`] they add
    /// up to that difference.
    #[must_use]
    pub fn contributions(
        &self,
        vector: &FeatureVector,
        (low, high): (usize, usize),
    ) -> Vec<(usize, f64)> {
        let z = self.scaled(vector);
        let (low, high) = (&self.file.weights[low], &self.file.weights[high]);
        self.columns.iter().enumerate().map(|(j, &c)| (c, (high[j] - low[j]) * z[j])).collect()
    }

    /// The difference that an average article has.
    #[must_use]
    pub fn base(&self, (low, high): (usize, usize)) -> f64 {
        self.file.bias[high] - self.file.bias[low]
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

/// Weights and biases of a fit, on scaled columns.
pub struct Fitted {
    /// One row a class.
    pub weights: Vec<Vec<f64>>,
    /// One for each class.
    pub bias: Vec<f64>,
}

/// What goes wrong in a fit.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    /// linfa's own error.
    #[error("the classifier could not be fitted: {0}")]
    Linfa(String),
    /// The rows and labels do not fit together.
    #[error("the classifier could not be fitted: {0}")]
    Data(String),
    /// Scores so far apart that linfa's multinomial loss is not to be trusted.
    #[error(
        "a row's best score lies {gap:.1} below the best of all, where linfa 0.8's loss goes wrong; raise alpha"
    )]
    Gap {
        /// How far.
        gap: f64,
    },
}

impl From<linfa::Error> for FitError {
    fn from(error: linfa::Error) -> Self {
        FitError::Linfa(error.to_string())
    }
}

/// Where linfa-logistic 0.8.1's multinomial loss starts to clamp (it subtracts one maximum for the whole matrix).
const WIDEST_GAP: f64 = 34.0;

impl Fitted {
    /// Fits a multinomial logistic regression (linfa-logistic, L2, L-BFGS) to scaled rows. `classes` is the number of
    /// classes; one that no row has gets weights of zero and a bias that rules it out.
    ///
    /// # Errors
    /// When linfa refuses the data or its result is not to be trusted.
    pub fn fit(
        rows: &[Vec<f64>],
        labels: &[usize],
        classes: usize,
        alpha: f64,
    ) -> Result<Fitted, FitError> {
        let (n, d) = (rows.len(), rows.first().map_or(0, Vec::len));
        // Column-major: linfa's fit is three to four times faster on it.
        let mut x = Array2::<f64>::zeros((n, d).f());
        for (i, row) in rows.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                x[(i, j)] = *value;
            }
        }
        let y: Array1<usize> = labels.iter().copied().collect();
        let data = Dataset::new(x, y);
        let fit = MultiLogisticRegression::default()
            .alpha(alpha)
            .max_iterations(1000)
            .gradient_tolerance(1e-5)
            .fit(&data)
            .map_err(|e| FitError::Linfa(e.to_string()))?;
        let scores = data.records().dot(fit.params()) + fit.intercept();
        let best: Vec<f64> = scores
            .rows()
            .into_iter()
            .map(|r| r.iter().copied().fold(f64::NEG_INFINITY, f64::max))
            .collect();
        let gap = best.iter().copied().fold(f64::NEG_INFINITY, f64::max)
            - best.iter().copied().fold(f64::INFINITY, f64::min);
        if gap > WIDEST_GAP {
            return Err(FitError::Gap { gap });
        }
        let mut fitted =
            Fitted { weights: vec![vec![0.0; d]; classes], bias: vec![-30.0; classes] };
        // linfa orders the classes as it met them: read its own list.
        for (column, &class) in fit.classes().iter().enumerate() {
            fitted.weights[class] = fit.params().column(column).to_vec();
            fitted.bias[class] = fit.intercept()[column];
        }
        Ok(fitted)
    }
}
