//! Word vectors carry what is learned of one word over to its like.

use crate::family::stance::inputs::{LEFT, NEAR, RIGHT};
use crate::family::stance::stem::stem;
use crate::learn::spans::vectors::Vectors;
use crate::learn::sparse::SparseRows;
use crate::lexicon::WordMap;
use crate::linear::{Sink, Template};
use crate::text::Word;
use std::collections::{BTreeMap, BTreeSet};

/// Words without a meaning of their own; no vector is shared for them.
const FUNCTION_WORDS: &str = "the a an of to in and or on at for by with from is was were are be as that it he she they his her this i you we not but had has have who which t n o s";
/// Columns of the summed vectors, one template a side.
pub(super) const SHARED: [(Template, Template); 3] = [
    (LEFT, Template::new("left-dimension")),
    (RIGHT, Template::new("right-dimension")),
    (NEAR, Template::new("near-dimension")),
];

/// Vectors by stem, each the mean over its words, the frequent ones first.
pub(super) struct Stems {
    rows: WordMap<Vec<f32>>,
    pub(super) dimensions: usize,
}

impl Stems {
    pub(super) fn new(vectors: Option<&Vectors>) -> Self {
        let mut sums: BTreeMap<String, Vec<f32>> = BTreeMap::new();
        let skipped: BTreeSet<&str> = FUNCTION_WORDS.split_whitespace().collect();
        let mut buffer = String::new();
        let dimensions = vectors.and_then(|v| v.rows.first()).map_or(0, Vec::len);
        for (rank, (word, row)) in
            vectors.iter().flat_map(|v| v.words.iter().zip(&v.rows)).enumerate()
        {
            if word.bytes().all(|b| b.is_ascii_lowercase()) && !skipped.contains(word.as_str()) {
                let sum = sums
                    .entry(stem(word, &mut buffer).to_owned())
                    .or_insert_with(|| vec![0.0; dimensions]);
                let share = 1.0 / (rank as f32 + 50.0);
                sum.iter_mut().zip(row).for_each(|(s, v)| *s += share * v);
            }
        }
        let mut rows = WordMap::default();
        for (stem, mut sum) in sums {
            let length = sum.iter().map(|v| v * v).sum::<f32>().sqrt();
            sum.iter_mut().for_each(|v| *v /= length);
            rows.insert(Word::of(&stem), sum);
        }
        Stems { rows, dimensions }
    }

    pub(super) fn product(&self, stem: Word, weights: &[f64]) -> Option<f64> {
        self.rows
            .get(&stem)
            .map(|row| row.iter().zip(weights).map(|(v, w)| f64::from(*v) * w).sum())
    }
}

/// Takes the inputs of a row, and sums the vectors of the words that come with a distance.
pub(super) struct Sharing<'s> {
    rows: &'s mut SparseRows,
    stems: &'s Stems,
    sums: [Vec<f64>; 3],
}

impl<'s> Sharing<'s> {
    pub(super) fn begin(rows: &'s mut SparseRows, stems: &'s Stems) -> Self {
        rows.begin();
        let empty = || vec![0.0; stems.dimensions];
        Sharing { rows, stems, sums: [empty(), empty(), empty()] }
    }

    pub(super) fn end(self) {
        for ((_, template), sums) in SHARED.iter().zip(&self.sums) {
            for (dimension, sum) in sums.iter().enumerate().filter(|(_, s)| **s != 0.0) {
                let name = dimension.to_string();
                self.rows.put(*template, Word::of(&name), *sum, || name.clone());
            }
        }
    }
}

impl Sink for Sharing<'_> {
    fn put(&mut self, template: Template, value: Word, amount: f64, form: impl FnOnce() -> String) {
        self.rows.put(template, value, amount, form);
        if let Some(side) = SHARED.iter().position(|(t, _)| t.name == template.name)
            && let Some(vector) = self.stems.rows.get(&value)
        {
            self.sums[side].iter_mut().zip(vector).for_each(|(s, v)| *s += amount * f64::from(*v));
        }
    }
}
