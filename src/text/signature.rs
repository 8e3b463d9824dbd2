//! The line under a quotation that tells whose it is: "— Ana Dorn, mayor", "(Ana Dorn, mayor)".

use super::Span;
use super::block::{Block, BlockKind};
use super::line::Line;
use super::phrases::AGENCIES;
use super::written_name::{NAME, PARTICLES};

/// Most words of a signature.
const WORDS: usize = 24;

const DASHES: [char; 5] = ['—', '–', '―', '~', '-'];
const OPENERS: [char; 5] = ['“', '"', '«', '„', '‘'];
const CLOSERS: [char; 4] = ['”', '"', '»', '’'];

/// Where the name stands in a line that is nothing but a signature, dash and brackets or not.
pub(crate) fn name_in(line: &str) -> Option<Span> {
    if line.split_whitespace().count() > WORDS {
        return None;
    }
    let inner =
        line.trim_start_matches(|c: char| DASHES.contains(&c) || c.is_whitespace() || c == '(');
    let start = line.len() - inner.len();
    let stop =
        inner.find([',', '(', ')', '|', '@', ';', '/', '•', '·', '[']).unwrap_or(inner.len());
    let head =
        [" - ", " – ", " — "].iter().filter_map(|d| inner[..stop].find(d)).min().unwrap_or(stop);
    // "Ana Dorn March 5, 2019": a date follows.
    let mut end = 0;
    let mut words = 0;
    for word in inner[..head].split_whitespace() {
        let at = word.as_ptr() as usize - inner.as_ptr() as usize;
        let capital = word.starts_with(char::is_uppercase);
        let particle = words > 0 && PARTICLES.contains(&word);
        if words > 0 && is_month(word) || words == 0 && matches!(word, "By" | "Photo" | "Source") {
            break;
        }
        if !(capital || particle) || word.chars().any(|c| c.is_ascii_digit() || c == ':') {
            return None;
        }
        words += 1;
        end = at + word.trim_end_matches(['.', '!']).len();
    }
    let name = &inner[..end];
    let named =
        (1..=NAME).contains(&words) && name.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    named.then(|| Span::new(start, start + end))
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const LONGER: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let word = word.trim_end_matches(['.', ',']);
    MONTHS.contains(&word) || LONGER.contains(&word)
}

/// How embedded posts name their author.
const SHARED: &str = "A post shared by ";

/// The name in a line that shows by a dash or brackets that it is a signature.
fn signature(line: &str) -> Option<Span> {
    if let Some(name) = line.strip_prefix(SHARED) {
        let start = SHARED.len();
        return name_in(name).map(|n| Span::new(start + n.from(), start + n.to()));
    }
    let dashed =
        line.starts_with("--") || line.starts_with(['—', '–', '―']) || line.starts_with("- ");
    let bracketed = line.starts_with('(') && line.trim_end_matches('.').ends_with(')');
    if !(dashed || bracketed) {
        return None;
    }
    let name = name_in(line)?;
    // "(Norwire)" is where a text comes from, "(Ana Dorn, mayor)" is somebody.
    if bracketed && !line[name.to()..].starts_with(',') {
        return None;
    }
    let folded = name.slice(line).to_lowercase();
    (!AGENCIES.contains(&folded.as_str())).then_some(name)
}

/// Ties signatures to the quotations above them: paragraphs that are quoted from end to end, or set apart by the format.
pub(super) fn sign(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let mut blocks = split_signed(text, blocks);
    for at in 1..blocks.len() {
        let line = blocks[at].span.slice(text);
        let Some(name) = signature(line) else { continue };
        let quoted = quotation_before(text, &blocks[..at]);
        if quoted == at {
            continue;
        }
        let base = blocks[at].span.from();
        let by = Some(Span::new(base + name.from(), base + name.to()));
        blocks[at] =
            Block { kind: BlockKind::Signature, reason: "signature", by: None, ..blocks[at] };
        for block in &mut blocks[quoted..at] {
            *block = Block { kind: BlockKind::Blockquote, reason: "", by, ..*block };
        }
    }
    blocks
}

/// Parts paragraphs that are one quotation and its signature with an office: "“We stay.” — Ana Dorn, mayor".
fn split_signed(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let cut = |block: &Block| {
        let line = block.span.slice(text);
        let may = matches!(block.kind, BlockKind::Prose | BlockKind::Heading);
        if !may || !line.starts_with(OPENERS) {
            return None;
        }
        let (at, mark) = line.char_indices().rev().find(|(_, c)| CLOSERS.contains(c))?;
        let (quotation, tail) = line.split_at(at + mark.len_utf8());
        let signed = tail.trim_start();
        // Without an office, a name of several words and a quotation that ends as sentences do.
        let stop = |c: char| matches!(c, '.' | '!' | '?' | '…');
        let whole = quotation.trim_end_matches(CLOSERS).ends_with(stop);
        let told = signature(signed)
            .is_some_and(|n| signed.contains(',') || whole && n.slice(signed).contains(' '));
        (told && !Line::new(quotation).quotes_in_part()).then(|| {
            let end = block.span.from() + quotation.len();
            (end, end + tail.len() - signed.len())
        })
    };
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        match cut(&block) {
            Some((end, start)) => {
                let (from, to) = (block.span.from(), block.span.to());
                out.push(Block { span: Span::new(from, end), ..block });
                out.push(Block { span: Span::new(start, to), ..block });
            }
            None => out.push(block),
        }
    }
    out
}

/// The first block of the quotation that ends with the last block; their number when there is none.
fn quotation_before(text: &str, blocks: &[Block]) -> usize {
    let mut first = blocks.len();
    for (index, block) in blocks.iter().enumerate().rev() {
        let line = block.span.slice(text);
        let apart = block.kind == BlockKind::Blockquote && block.by.is_none();
        let opens = line.starts_with(OPENERS);
        let closes = line.trim_end_matches(['.', ',', ' ']).ends_with(CLOSERS);
        let may = matches!(block.kind, BlockKind::Prose | BlockKind::Heading | BlockKind::Headline);
        // The last paragraph closes the quotation, each before it opens with a mark and leaves it open.
        let goes_on = first < blocks.len() && blocks[first].kind != BlockKind::Blockquote;
        let quoted = may && opens && if goes_on { !closes } else { closes };
        if apart && (first == blocks.len() || blocks[first].kind == BlockKind::Blockquote)
            || quoted && !(first < blocks.len() && blocks[first].kind == BlockKind::Blockquote)
        {
            first = index;
        } else {
            break;
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::super::block::blocks;
    use super::*;

    #[test]
    fn signatures_are_tied_to_the_quotations_above_them() {
        for (signed, name) in [
            ("“We stay where we are.”\n— Ana Dorn, mayor", "Ana Dorn"),
            ("“We stay where we are.”\n\n-- Ana Dorn", "Ana Dorn"),
            ("“We stay where we are.”\n\n(Ana Dorn, mayor of Norby)", "Ana Dorn"),
            (
                "\"We stay where we are.\"\n– Dr. Ana van der Dorn, 54, nurse",
                "Dr. Ana van der Dorn",
            ),
            ("“We stay.\n\n“We stay where we are.”\n\n― Ana Dorn, mayor", "Ana Dorn"),
            ("“We stay where we are.” — Ana Dorn, mayor", "Ana Dorn"),
            ("“We stay where we are.” (Ana Dorn, mayor)", "Ana Dorn"),
            ("“We stay where we are.” – Ana Dorn", "Ana Dorn"),
        ] {
            let text =
                format!("The town voted on Monday, and it was close.\n\n{signed}\n\nIt rained.");
            let found = blocks(&text, &[]).0;
            let by = found.iter().filter(|b| b.kind == BlockKind::Blockquote).map(|b| b.by);
            let by: Vec<&str> = by.flatten().map(|s| s.slice(&text)).collect();
            assert!(!by.is_empty() && by.iter().all(|b| *b == name), "{signed}: {by:?}");
            assert_eq!(
                found.iter().filter(|b| b.kind == BlockKind::Signature).count(),
                1,
                "{signed}"
            );
        }
    }

    #[test]
    fn other_lines_sign_nothing() {
        for line in [
            "“We stay,” said Dorn.\n\n— Reuters",
            "“We stay where we are.”\n\n(Norwire)",
            "“We stay where we are.”\n\n— it was late",
            "We stay where we are.\n\n— Ana Dorn",
            "“The Old Quay” – Norby Times",
            "“We stay where we are.” – Norwire",
            "“We stay where we are.”\n\n(He did not say when.)",
        ] {
            let text = format!("The town voted on Monday, and it was close.\n\n{line}");
            let kinds: Vec<BlockKind> = blocks(&text, &[]).0.iter().map(|b| b.kind).collect();
            assert!(!kinds.contains(&BlockKind::Blockquote), "{line}");
        }
    }
}
