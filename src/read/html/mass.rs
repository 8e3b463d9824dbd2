//! How much prose lies where on a page.

use super::block::{Block, Blocks};
use super::tree::{Id, Tree};

/// How much prose a block holds: its words that are no links, little of it when it does not read like sentences.
pub(super) fn mass(blocks: &Blocks, block: &Block) -> f32 {
    let text = blocks.text(block);
    let free = (block.words as f32 - 1.5 * block.linked as f32).max(0.0);
    let closed = text.ends_with(['.', '!', '?', '"', '”', '…', ':', '。', ')', '\'', '’']);
    let sentences = closed || text.contains(". ") || text.contains(", ");
    match (block.words, sentences) {
        (10.., true) => free,
        (5..10, true) => free * 0.5,
        (20.., false) => free * 0.5,
        _ => free * 0.1,
    }
}

/// Sums of mass over the page, so that any element's share is two look-ups.
pub(super) struct Masses {
    sums: Vec<f32>,
}

impl Masses {
    pub(super) fn new(each: impl Iterator<Item = f32>) -> Self {
        let mut sums = vec![0.0];
        let mut total = 0.0;
        for m in each {
            total += m;
            sums.push(total);
        }
        Masses { sums }
    }

    pub(super) fn of(&self, tree: &Tree, blocks: &Blocks, id: Id) -> f32 {
        let range = blocks.among(id..tree.nodes[id as usize].end);
        self.sums[range.end] - self.sums[range.start]
    }

    pub(super) fn all(&self) -> f32 {
        self.sums.last().copied().unwrap_or(0.0)
    }
}
