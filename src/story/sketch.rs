//! What of an article is compared to find copies.
//!
//! A document is the set of its runs of [`RUN`] words; its sketch keeps those whose hash falls in a fixed share
//! (Broder, On the resemblance and containment of documents, 1997, the sketch "MOD m"). From two sketches follow, without
//! bias, resemblance and containment of the whole sets; unlike a MinHash of fixed size it also tells that a short
//! article stands whole inside a long one.

use crate::mark::{Layer, Marks};
use crate::text::{Document, Word};

/// Words of a run.
const RUN: usize = 5;
/// One run of so many is kept.
const SHARE: u64 = 4;

/// Hashes of the runs that are kept: sorted, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sketch(Vec<u64>);

impl Sketch {
    /// The sketch of a document's prose outside quotation marks: two articles that quote the same words are no copies.
    pub(super) fn of(document: &Document<'_>, marks: &Marks) -> Self {
        let quotes = marks.layer(Layer::Quote);
        let mut quote = 0;
        let mut kept = Vec::new();
        let mut run: Vec<Word> = Vec::new();
        for token in
            document.prose_sentences().flat_map(|s| s.tokens()).map(|t| &document.tokens[t])
        {
            while quotes.get(quote).is_some_and(|q| q.span.end <= token.span.start) {
                quote += 1;
            }
            if quotes.get(quote).is_some_and(|q| q.span.start <= token.span.start) {
                run.clear();
            } else if token.is_word() {
                run.push(token.word);
            }
            if let Some(hash) =
                run.last_chunk::<RUN>().and_then(|last| last.iter().copied().reduce(Word::then))
            {
                kept.extend((token.is_word() && hash.0 % SHARE == 0).then_some(hash.0));
            }
        }
        kept.sort_unstable();
        kept.dedup();
        Sketch(kept)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn hashes(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.iter().copied()
    }

    /// Runs that stand in both.
    pub(super) fn shared(&self, other: &Sketch) -> usize {
        let (mut a, mut b, mut shared) = (0, 0, 0);
        while a < self.0.len() && b < other.0.len() {
            match self.0[a].cmp(&other.0[b]) {
                std::cmp::Ordering::Less => a += 1,
                std::cmp::Ordering::Greater => b += 1,
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    a += 1;
                    b += 1;
                }
            }
        }
        shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Words `from..to` of an endless text that never repeats, as prose.
    fn text(from: usize, to: usize) -> String {
        let words: Vec<String> =
            (from..to).map(|n| format!("w{}x", crate::text::mix(n as u64))).collect();
        words.chunks(12).map(|line| line.join(" ")).collect::<Vec<_>>().join(" ")
    }

    fn sketch(text: &str) -> Sketch {
        let document = Document::new(text);
        Sketch::of(&document, &Marks::new(&document))
    }

    fn exact(a: &str, b: &str) -> f64 {
        let runs = |t: &str| -> BTreeSet<Vec<String>> {
            t.split(' ')
                .map(str::to_owned)
                .collect::<Vec<_>>()
                .windows(RUN)
                .map(<[String]>::to_vec)
                .collect()
        };
        let (a, b) = (runs(a), runs(b));
        a.intersection(&b).count() as f64 / a.union(&b).count() as f64
    }

    #[test]
    fn resemblance_is_near_the_exact_one() {
        for shift in [0, 100, 300, 700, 1000] {
            let (a, b) = (text(0, 1000), text(shift, 1000 + shift));
            let (s, t) = (sketch(&a), sketch(&b));
            let shared = s.shared(&t) as f64;
            let told = shared / ((s.len() + t.len()) as f64 - shared);
            assert!((told - exact(&a, &b)).abs() < 0.08, "{shift}: {told} for {}", exact(&a, &b));
        }
    }
}
