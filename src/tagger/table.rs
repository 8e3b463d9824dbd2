//! Inputs that are made of a few small numbers: every combination laid out with the sum of its rows, so that a token
//! costs one addition and no search.

use super::{Crf, Sums};

/// The sizes of at most eight small numbers as one, so that a type can bear them.
pub(crate) const fn sizes<const D: usize>(sizes: [u8; D]) -> u64 {
    const { assert!(D <= 8) };
    let mut all = 0;
    let mut at = 0;
    while at < D {
        all |= (sizes[at] as u64) << (8 * at);
        at += 1;
    }
    all
}

/// Sums of rows for every combination of `D` small numbers, each below its size. The sizes are of the type, so that finding a
/// row takes no multiplication by numbers out of memory.
pub(crate) struct Table<const SIZES: u64, const D: usize, const W: usize> {
    rows: Vec<Sums<W>>,
}

impl<const SIZES: u64, const D: usize, const W: usize> Table<SIZES, D, W> {
    const fn size(digit: usize) -> usize {
        (SIZES >> (8 * digit)) as usize & 0xff
    }

    /// Lays out what a field says of the keys that each combination makes.
    pub(crate) fn new<const K: usize, const N: usize>(
        field: &Crf<K, W>,
        keys: impl Fn([u8; D]) -> [u32; N],
    ) -> Self {
        let all: usize = (0..D).map(Self::size).product();
        let mut rows = Vec::with_capacity(all);
        let mut at = [0; D];
        for _ in 0..all {
            let mut sums = [0; W];
            field.add(&keys(at), &mut sums);
            sums[K..].fill(0);
            rows.push(sums);
            // The next combination, the last number running fastest.
            for (index, digit) in at.iter_mut().enumerate().rev() {
                *digit += 1;
                if usize::from(*digit) < Self::size(index) {
                    break;
                }
                *digit = 0;
            }
        }
        Table { rows }
    }

    /// Adds the row of a combination.
    #[inline]
    pub(crate) fn add(&self, at: [u8; D], sums: &mut Sums<W>) {
        let mut index = 0;
        for (place, digit) in at.into_iter().enumerate() {
            debug_assert!(usize::from(digit) < Self::size(place), "{at:?}");
            index = index * Self::size(place) + usize::from(digit);
        }
        if let Some(row) = self.rows.get(index) {
            *sums = std::array::from_fn(|tag| sums[tag].wrapping_add(row[tag]));
        }
    }
}
