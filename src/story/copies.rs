//! Articles that share running text outside quotation marks: copies, and passages that were taken over.

use super::sketch::Sketch;
use super::{Groups, Item};
use std::collections::BTreeMap;

/// Least share of the shorter one's runs that stand in the longer one, for text in common: a passage or more.
const PASSAGES: f64 = 0.12;
/// The same for a copy, whatever was added to it.
const CONTAINMENT: f64 = 0.6;
/// Least share of the runs of both that both have, for a copy.
const RESEMBLANCE: f64 = 0.4;
/// Fewest kept runs in common: about four times as many stand in the texts.
const FEWEST: usize = 6;
/// A run that stands in more articles than this is a formula of the trade, and brings no pairs.
const COMMON: usize = 200;

/// An article of a group, and how far it is the group's first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Copy {
    /// Index of the article.
    pub article: usize,
    /// Share of runs of five words in common with the first article's (of the union of both).
    pub resemblance: f64,
    /// Share of the shorter one's runs that stand in the longer one.
    pub containment: f64,
}

impl Copy {
    /// Mostly the same text; else passages of it.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.resemblance >= RESEMBLANCE || self.containment >= CONTAINMENT
    }
}

/// Articles that share running text.
#[derive(Clone, Debug, PartialEq)]
pub struct Copies {
    /// The earliest by date where dates tell, else the first that was read; then the others in the order of reading.
    pub articles: Vec<Copy>,
    /// The dates say that the first is the earliest.
    pub dated: bool,
}

/// Groups of copies, largest first, then in the order of reading.
pub(super) fn groups(items: &[Item]) -> Vec<Copies> {
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (index, item) in items.iter().enumerate().filter(|(_, item)| item.sketch.len() >= FEWEST) {
        for hash in item.sketch.hashes() {
            holders.entry(hash).or_default().push(index);
        }
    }
    let mut meetings: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for holders in holders.values().filter(|h| h.len() <= COMMON) {
        for (at, &a) in holders.iter().enumerate() {
            for &b in &holders[at + 1..] {
                *meetings.entry((a, b)).or_default() += 1;
            }
        }
    }
    let mut groups = Groups::new(items.len());
    for ((a, b), _) in meetings.into_iter().filter(|(_, shared)| *shared >= FEWEST) {
        if likeness(&items[a].sketch, &items[b].sketch).1 >= PASSAGES {
            groups.join(a, b);
        }
    }
    let mut out: Vec<Copies> = groups.sets().into_iter().map(|set| copies(items, &set)).collect();
    out.sort_by_key(|c| std::cmp::Reverse(c.articles.len()));
    out
}

fn copies(items: &[Item], set: &[usize]) -> Copies {
    let (first, dated) = super::claim::earliest(items, set);
    let others = set.iter().copied().filter(|&a| a != first);
    let copy = |article: usize| {
        let (resemblance, containment) = likeness(&items[first].sketch, &items[article].sketch);
        Copy { article, resemblance, containment }
    };
    Copies { articles: std::iter::once(first).chain(others).map(copy).collect(), dated }
}

fn likeness(a: &Sketch, b: &Sketch) -> (f64, f64) {
    let shared = a.shared(b) as f64;
    let (union, shorter) = ((a.len() + b.len()) as f64 - shared, a.len().min(b.len()) as f64);
    (shared / union.max(1.0), shared / shorter.max(1.0))
}
