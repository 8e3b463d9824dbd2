//! Parts within the article's element that are no running text: tables of products, folded lists of sources.

use super::block::Blocks;
use super::reason::Reason;
use super::tag::Tag;
use super::tree::{Id, Tree};

/// Cells with prices that make a table one of products.
const PRICES: usize = 2;
/// Longest cell and longest label that are looked at, words.
const CELL: u32 = 12;
const LABEL: u32 = 6;

/// Labels of folded parts that hold no text of the article.
const FOLDED: &[&str] = &[
    "source",
    "sources",
    "references",
    "citations",
    "footnotes",
    "methodology",
    "further reading",
    "related",
    "show sources",
    "view sources",
    "article sources",
    "sources and references",
];

/// Sets tables of products and folded lists of sources aside.
pub(super) fn set_apart(tree: &Tree, blocks: &Blocks, reasons: &mut [Option<Reason>]) {
    for id in 1..tree.nodes.len() as Id {
        let range = || blocks.among(id..tree.nodes[id as usize].end);
        let reason = match tree.tag(id) {
            Some(Tag::Table) if sells(blocks, range()) => Reason::Advertisement,
            Some(Tag::Details) if folds_sources(tree, blocks, id) => Reason::Widget,
            _ => continue,
        };
        for index in range() {
            reasons[index].get_or_insert(reason);
        }
    }
}

/// Several short cells with a price, and no cell with a paragraph.
fn sells(blocks: &Blocks, range: std::ops::Range<usize>) -> bool {
    let cells = &blocks.list[range];
    let priced = |text: &str| {
        let mut chars = text.char_indices().filter(|(_, c)| matches!(c, '$' | '£' | '€'));
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        chars.any(|(at, c)| {
            digit(text[at + c.len_utf8()..].trim_start().chars().next())
                || digit(text[..at].trim_end().chars().next_back())
        })
    };
    let prices = cells.iter().filter(|b| b.words <= CELL && priced(blocks.text(b))).count();
    prices >= PRICES && cells.iter().all(|b| b.words <= 2 * CELL) && prices * 6 >= cells.len()
}

fn folds_sources(tree: &Tree, blocks: &Blocks, id: Id) -> bool {
    let range = blocks.among(id..tree.nodes[id as usize].end);
    blocks
        .list
        .get(range.start)
        .filter(|b| range.contains(&range.start) && b.words <= LABEL)
        .is_some_and(|label| {
            let text = blocks.text(label).to_lowercase();
            let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
            FOLDED.contains(&bare)
        })
}
