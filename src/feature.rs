//! The schema of features, and the vector of an article.

use crate::family::{FAMILIES, Family, Feature, Totals, View};
use crate::mark::Marks;
use crate::text::{Document, Word, mix};

/// Every feature with its family, in schema order. Everything that lists features walks this.
pub fn features() -> impl Iterator<Item = (&'static Family, &'static Feature)> {
    FAMILIES.iter().flat_map(|family| family.features.iter().map(move |feature| (*family, feature)))
}

/// Number of features.
#[must_use]
pub fn width() -> usize {
    FAMILIES.iter().map(|f| f.features.len()).sum()
}

/// Hash of names, units and versions in order: a model fitted on another schema is refused.
#[must_use]
pub fn schema_hash() -> String {
    let hash = features().fold(0_u64, |hash, (_, f)| {
        let part = Word::of(f.name).then(Word::of(f.unit.name())).0;
        mix(hash.rotate_left(5) ^ part ^ u64::from(f.version))
    });
    format!("{hash:016x}")
}

/// An article's numbers in schema order: of the right width and finite, by construction.
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureVector {
    values: Vec<f64>,
}

impl FeatureVector {
    /// Measures every feature of the registry.
    #[must_use]
    pub fn measure(document: &Document<'_>, marks: &Marks) -> Self {
        let totals = Totals::of(document, marks);
        let values = features().map(|(family, feature)| {
            let value = (feature.measure)(&View::new(document, marks, totals, family, feature));
            if value.is_finite() { value } else { 0.0 }
        });
        FeatureVector { values: values.collect() }
    }

    /// The numbers.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The number of a feature by name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<f64> {
        features().position(|(_, f)| f.name == name).map(|index| self.values[index])
    }
}
