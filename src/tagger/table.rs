//! Inputs that are made of a few small numbers: every combination laid out with the sum of its rows, so that a token
//! costs one addition and no search.

use super::{Crf, Sums};

/// Sums of rows for every combination of `D` small numbers, each below its size.
pub(crate) struct Table<const D: usize, const W: usize> {
    sizes: [usize; D],
    rows: Vec<Sums<W>>,
}

impl<const D: usize, const W: usize> Table<D, W> {
    /// Lays out what a field says of the keys that each combination makes.
    pub(crate) fn new<const K: usize, const N: usize>(field: &Crf<K, W>, sizes: [u8; D], keys: impl Fn([u8; D]) -> [u32; N]) -> Self {
        let mut table = Table { sizes: sizes.map(usize::from), rows: Vec::new() };
        let all: usize = table.sizes.iter().product();
        table.rows.reserve_exact(all);
        let mut at = [0; D];
        for _ in 0..all {
            let mut sums = [0; W];
            field.add(&keys(at), &mut sums);
            sums[K..].fill(0);
            table.rows.push(sums);
            // The next combination, the last number running fastest.
            for (digit, size) in at.iter_mut().zip(sizes).rev() {
                *digit += 1;
                if *digit < size {
                    break;
                }
                *digit = 0;
            }
        }
        table
    }

    /// Adds the row of a combination.
    #[inline]
    pub(crate) fn add(&self, at: [u8; D], sums: &mut Sums<W>) {
        let mut index = 0;
        for (digit, size) in at.into_iter().zip(self.sizes) {
            debug_assert!(usize::from(digit) < size, "{at:?} in {:?}", self.sizes);
            index = index * size + usize::from(digit);
        }
        if let Some(row) = self.rows.get(index) {
            *sums = std::array::from_fn(|tag| sums[tag].wrapping_add(row[tag]));
        }
    }
}
