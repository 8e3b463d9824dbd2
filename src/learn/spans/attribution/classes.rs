//! Classes of words that stand in like places: spherical k-means over word vectors. What the taggers learn of a class,
//! they know of its words that no labelled article holds.

use crate::learn::spans::SpanError;
use crate::learn::spans::vectors::Vectors;
use crate::model::{BUILTIN, ModelFile, Payload};
use crate::text::Word;
use std::collections::BTreeMap;

/// Number of fine classes, and of coarse ones that they are joined to.
const FINE: usize = 1000;
const COARSE: usize = 320;
/// Vectors that are read: the most frequent words.
pub(super) const VOCABULARY: usize = 30_000;
const ROUNDS: usize = 12;

/// The class of each word, and the coarse class of each; both count from 1, 0 stands for no class.
#[derive(Clone, Default)]
pub(super) struct Classes {
    pub(super) of: BTreeMap<Word, u16>,
    pub(super) coarse: Vec<u16>,
}

impl Classes {
    /// The classes of the built-in model, which rest on no labels: what is fitted without vectors keeps them.
    pub(super) fn builtin() -> Result<Self, SpanError> {
        let wrong = |what: String| SpanError::Data(format!("the built-in model: {what}"));
        let Some((name, text)) = BUILTIN.iter().find(|(name, _)| name.starts_with(super::AXIS)) else { return Ok(Classes::default()) };
        let Payload::Tagger(file) = ModelFile::parse(name, text.as_bytes()).map_err(|e| wrong(e.to_string()))?.payload else {
            return Ok(Classes::default());
        };
        let mut classes = Classes::default();
        for (word, rates) in file.words.unpack().map_err(wrong)?.into_iter().filter(|(_, r)| r.fine > 0) {
            let fine = usize::from(rates.fine);
            if classes.coarse.len() <= fine {
                classes.coarse.resize(fine + 1, 0);
            }
            classes.coarse[fine] = rates.coarse;
            classes.of.insert(word, rates.fine);
        }
        Ok(classes)
    }

    /// Sorts words by their vectors. Vectors alone decide: the same give the same.
    pub(super) fn new(vectors: &Vectors) -> Self {
        let rows: Vec<&[f32]> = vectors.rows.iter().map(Vec::as_slice).collect();
        let weights = vec![1.0; rows.len()];
        let (fine, centres, sizes) = k_means(&rows, &weights, FINE);
        let centre_rows: Vec<&[f32]> = centres.iter().map(Vec::as_slice).collect();
        let (coarse, _, _) = k_means(&centre_rows, &sizes, COARSE);
        let mut of = BTreeMap::new();
        for (word, class) in vectors.words.iter().zip(fine) {
            of.entry(Word::of(word)).or_insert(class as u16 + 1);
        }
        Classes { of, coarse: std::iter::once(0).chain(coarse.iter().map(|c| *c as u16 + 1)).collect() }
    }
}

/// The class of each row, the centres (length 1) and their weights. Starts from rows at even steps.
fn k_means(rows: &[&[f32]], weights: &[f32], k: usize) -> (Vec<usize>, Vec<Vec<f32>>, Vec<f32>) {
    let k = k.min(rows.len());
    let mut centres: Vec<Vec<f32>> = (0..k).map(|c| rows[c * rows.len() / k].to_vec()).collect();
    let mut class = vec![0; rows.len()];
    let mut sizes = vec![0.0; k];
    for _ in 0..ROUNDS {
        for (row, class) in rows.iter().zip(&mut class) {
            let mut best = f32::NEG_INFINITY;
            for (c, centre) in centres.iter().enumerate() {
                let like = dot(row, centre);
                if like > best {
                    best = like;
                    *class = c;
                }
            }
        }
        let mut sums = vec![vec![0.0_f32; rows.first().map_or(0, |r| r.len())]; k];
        sizes = vec![0.0; k];
        for ((row, weight), &class) in rows.iter().zip(weights).zip(&class) {
            sizes[class] += weight;
            sums[class].iter_mut().zip(*row).for_each(|(s, v)| *s += weight * v);
        }
        for (centre, sum) in centres.iter_mut().zip(&sums) {
            let length = dot(sum, sum).sqrt();
            if length > 0.0 {
                centre.iter_mut().zip(sum).for_each(|(c, s)| *c = s / length);
            }
        }
    }
    (class, centres, sizes)
}

/// Eight sums side by side, in a fixed order.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (heads, tails) = (a.chunks_exact(8).zip(b.chunks_exact(8)), a.chunks_exact(8).remainder().iter().zip(b.chunks_exact(8).remainder()));
    for (x, y) in heads {
        for ((s, x), y) in sums.iter_mut().zip(x).zip(y) {
            *s += x * y;
        }
    }
    sums.iter().sum::<f32>() + tails.map(|(x, y)| x * y).sum::<f32>()
}
