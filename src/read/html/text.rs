//! The text that is given on: kept blocks, with a blank line between them.

use super::block::Blocks;
use super::reason::Reason;

pub(super) fn join(blocks: &Blocks, reasons: &[Option<Reason>]) -> String {
    let mut out = String::new();
    let mut before_kept = false;
    for (block, reason) in blocks.list.iter().zip(reasons) {
        if reason.is_some() {
            before_kept = false;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if block.continued && before_kept { "\n" } else { "\n\n" });
        }
        out.push_str(blocks.text(block));
        before_kept = true;
    }
    out
}
