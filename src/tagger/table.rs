//! Inputs that are made of a few small numbers: every combination laid out with the sum of its rows, so that a token
//! costs one addition and no search. [`templates`] makes of one list both: the keys to fit, and the tables to tag with.

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

    #[inline]
    fn index(at: [u8; D]) -> usize {
        let mut index = 0;
        for (place, digit) in at.into_iter().enumerate() {
            debug_assert!(usize::from(digit) < Self::size(place), "{at:?}");
            index = index * Self::size(place) + usize::from(digit);
        }
        index
    }

    /// Adds the row of a combination.
    #[inline]
    pub(crate) fn add(&self, at: [u8; D], sums: &mut Sums<W>) {
        if let Some(row) = self.rows.get(Self::index(at)) {
            *sums = std::array::from_fn(|tag| sums[tag].wrapping_add(row[tag]));
        }
    }
}

/// The same where the numbers meet something else, a word say: rows are looked up when they are first asked for, and
/// forgotten when that other thing changes.
pub(crate) struct Lazy<const SIZES: u64, const D: usize, const W: usize> {
    known: Vec<u64>,
    rows: Table<SIZES, D, W>,
}

impl<const SIZES: u64, const D: usize, const W: usize> Default for Lazy<SIZES, D, W> {
    fn default() -> Self {
        let all = (0..D).map(Table::<SIZES, D, W>::size).product::<usize>();
        Lazy { known: vec![0; all.div_ceil(64)], rows: Table { rows: vec![[0; W]; all] } }
    }
}

impl<const SIZES: u64, const D: usize, const W: usize> Lazy<SIZES, D, W> {
    pub(crate) fn forget(&mut self) {
        self.known.fill(0);
    }

    /// Adds the row of a combination; `keys` are asked when it is not known yet.
    #[inline]
    pub(crate) fn add<const K: usize, const N: usize>(
        &mut self,
        at: [u8; D],
        keys: impl FnOnce([u8; D]) -> [u32; N],
        field: &Crf<K, W>,
        sums: &mut Sums<W>,
    ) {
        let index = Table::<SIZES, D, W>::index(at);
        let (word, bit) = (index / 64, 1 << (index % 64));
        if let (Some(known), Some(row)) = (self.known.get_mut(word), self.rows.rows.get_mut(index))
            && *known & bit == 0
        {
            *known |= bit;
            *row = [0; W];
            field.add(&keys(at), row);
            row[K..].fill(0);
        }
        self.rows.add(at, sums);
    }
}

/// Templates of small numbers: one line each, out of which come the keys of an input to fit (`keys`), and tables to tag with
/// (`new`, `add`). A line names the numbers, each with its size and where it is taken from, and then the templates: number and
/// parts. Templates of one line share a table.
macro_rules! templates {
    (
        $(#[$doc:meta])*
        $name:ident<$tags:ident, $width:ident>($input:ident: $of:ty)
        $($table:ident($($digit:ident: $size:expr => $value:expr),+) $($number:literal[$($part:ident)+])+;)+
    ) => {
        $(#[$doc])*
        pub(crate) struct $name {
            $($table: crate::tagger::Table<
                { crate::tagger::sizes([$($size),+]) },
                { [$(stringify!($digit)),+].len() },
                $width,
            >,)+
        }

        impl $name {
            pub(crate) fn new(field: &crate::tagger::Crf<$tags, $width>) -> Self {
                $name {
                    $($table: crate::tagger::Table::new(field, |[$($digit),+]| {
                        [$(crate::tagger::key($number, crate::tagger::packed([$($part),+]))),+]
                    }),)+
                }
            }

            /// Adds what these inputs of a token say to its sums.
            #[inline]
            pub(crate) fn add(&self, $input: &$of, sums: &mut crate::tagger::Sums<$width>) {
                $(self.$table.add([$($value),+], sums);)+
            }

            /// Gives their keys.
            pub(crate) fn keys($input: &$of, take: &mut impl FnMut(u32)) {
                $({
                    let [$($digit),+] = [$($value),+];
                    $(take(crate::tagger::key($number, crate::tagger::packed([$($part),+])));)+
                })+
            }
        }
    };
}
pub(crate) use templates;
