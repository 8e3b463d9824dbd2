//! The text that is given on: kept blocks, with a blank line between them.

use super::block::Blocks;
use super::reason::Reason;
use crate::text::Span;

/// The text, and for each kept block its index and place in the text.
pub(super) fn place(blocks: &Blocks, reasons: &[Option<Reason>]) -> (String, Vec<(usize, Span)>) {
    let mut out = String::new();
    let mut placed = Vec::new();
    let mut before_kept = false;
    for (index, (block, reason)) in blocks.list.iter().zip(reasons).enumerate() {
        if reason.is_some() {
            before_kept = false;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if block.continued && before_kept { "\n" } else { "\n\n" });
        }
        let start = out.len();
        out.push_str(blocks.text(block));
        placed.push((index, Span::new(start, out.len())));
        before_kept = true;
    }
    (out, placed)
}
