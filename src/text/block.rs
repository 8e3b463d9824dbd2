//! Blocks: the text cut into paragraphs, each either prose or set aside with a reason.

use super::line::Line;
use super::zone::{Zone, zone};
use super::{Span, Word};
use serde::Serialize;

/// What a block is. Only prose is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// Running text.
    Prose,
    /// The headline or a subheading.
    Heading,
    /// What stands under a picture, and its credit.
    Caption,
    /// All else that a page leaves behind.
    Boilerplate,
}

/// A paragraph, or a line that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, without the white space around it.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Why it is not scored; empty for prose.
    pub reason: &'static str,
}

impl Block {
    /// True when the block is scored.
    #[must_use]
    pub fn is_prose(&self) -> bool {
        self.kind == BlockKind::Prose
    }
}

/// One line of the text, trimmed, or several joined.
#[derive(Clone, Copy)]
struct Row {
    span: Span,
    blank_before: bool,
    closed: bool,
    zone: Option<&'static Zone>,
}

/// Cuts `text` into blocks. Linear in the length.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let rows = rows(text);
    let paragraphs = join(text, &rows);
    let mut out = classify(text, &paragraphs);
    set_aside_the_tail(text, &mut out);
    if !out.iter().any(Block::is_prose) {
        // Single sentences and headlines given alone are scored for what they are.
        for block in out.iter_mut().filter(|b| b.kind == BlockKind::Heading) {
            *block = Block { kind: BlockKind::Prose, reason: "", ..*block };
        }
    }
    out
}

fn rows(text: &str) -> Vec<Row> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut blank_before = true;
    for line in lines(text) {
        let body = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
        if body.is_empty() {
            // A carriage return before its line feed is no blank line.
            blank_before |= line != "\n" || !text[..start].ends_with('\r');
        } else {
            let offset = start + (body.as_ptr() as usize - line.as_ptr() as usize);
            let line = Line::new(body);
            out.push(Row {
                span: Span::new(offset, offset + body.len()),
                blank_before,
                closed: line.is_closed(),
                zone: zone(line),
            });
            blank_before = false;
        }
        start += line.len();
    }
    out
}

/// The text cut behind each end of a line, which is sought among the bytes: most of them begin none.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let bytes = rest.as_bytes();
        let ends = |at: usize| match bytes[at] {
            b'\n' | b'\r' => Some(at + 1),
            // U+2028 and U+2029.
            0xe2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])) => Some(at + 3),
            _ => None,
        };
        let (line, behind) = rest.split_at((0..bytes.len()).find_map(ends).unwrap_or(bytes.len()));
        rest = behind;
        Some(line)
    })
}

/// Shortest line that scraping may have broken in mid-sentence.
const BROKEN_LINE: usize = 30;

/// Joins lines that scraping or hard wrapping broke.
fn join(text: &str, rows: &[Row]) -> Vec<Row> {
    let wrapped = wrapped_groups(rows);
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    let mut merged = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let line = row.span.slice(text);
        let glue = out.last().is_some_and(|last| {
            if index > 0 && wrapped[index] && wrapped[index - 1] && !row.blank_before {
                return true;
            }
            let before = &rows[index - 1];
            let open = !before.closed && before.span.len() >= BROKEN_LINE;
            let goes_on = line.starts_with(char::is_lowercase) || line.starts_with([',', ';', '–']);
            let line_before = before.span.slice(text);
            let comma = !row.blank_before && line_before.ends_with(',');
            let hangs = open
                && (ends_hanging(line_before)
                    || (!row.blank_before && holds_a_sentence(line_before)));
            let broken = (open && goes_on) || comma || hangs;
            broken && before.zone.is_none() && similarity(last.span.slice(text), line) < REPEATED
        });
        match out.last_mut() {
            Some(last) if glue => {
                last.span = last.span.cover(row.span);
                merged.push(out.len() - 1);
            }
            _ => out.push(*row),
        }
    }
    merged.dedup();
    for index in merged {
        let line = Line::new(out[index].span.slice(text));
        out[index] = Row { closed: line.is_closed(), zone: zone(line), ..out[index] };
    }
    out
}

/// Words that no headline and no sentence ends with.
const HANGING: &[&str] = &[
    "a", "an", "the", "of", "at", "on", "by", "to", "for", "from", "with", "and", "or", "but",
    "that", "which", "who", "is", "was", "are", "were", "be", "has", "have", "had", "as", "than",
    "its", "his", "her", "their", "said", "says", "into", "will", "would",
];

/// A full stop behind a word, inside the line.
fn holds_a_sentence(line: &str) -> bool {
    line.match_indices(". ").any(|(at, _)| line[..at].ends_with(|c: char| c.is_lowercase()))
}

fn ends_hanging(line: &str) -> bool {
    let last = line.rsplit(char::is_whitespace).next().unwrap_or("");
    line.split_whitespace().count() >= 6 && HANGING.contains(&last)
}

/// Lines of a hard-wrapped paragraph: at least four in a run without a blank line, of like length, most of them open.
fn wrapped_groups(rows: &[Row]) -> Vec<bool> {
    let mut out = vec![false; rows.len()];
    let mut start = 0;
    for index in 1..=rows.len() {
        if index < rows.len() && !rows[index].blank_before {
            continue;
        }
        let group = &rows[start..index];
        if group.len() >= 4 {
            let body = &group[..group.len() - 1];
            let longest = body.iter().map(|r| r.span.len()).max().unwrap_or(0);
            let full = body.iter().filter(|r| r.span.len() + 24 >= longest).count();
            let open = body.iter().filter(|r| !r.closed).count();
            if (40..=110).contains(&longest)
                && full * 10 >= body.len() * 8
                && open * 10 >= body.len() * 6
            {
                out[start..index].fill(true);
            }
        }
        start = index;
    }
    out
}

/// Share of the words of the shorter of two lines that a repeated headline has in common with the first.
const REPEATED: f64 = 0.7;

/// Words that two lines share, over the words of the shorter one; 0 for lines of under four words.
fn similarity(a: &str, b: &str) -> f64 {
    if a.len().max(b.len()) > 400 {
        return 0.0;
    }
    let words = |t: &str| {
        let mut w: Vec<Word> = t
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(Word::of)
            .collect();
        w.sort_unstable();
        w.dedup();
        w
    };
    let (a, b) = (words(a), words(b));
    if a.len().min(b.len()) < 4 {
        return 0.0;
    }
    let shared = a.iter().filter(|w| b.binary_search(w).is_ok()).count();
    shared as f64 / a.len().min(b.len()) as f64
}

/// Lines of the head among which a headline may be repeated.
const HEAD: usize = 6;

fn classify(text: &str, paragraphs: &[Row]) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(paragraphs.len());
    let mut headline: Option<Span> = None;
    let mut list: Option<&'static str> = None; // reason of the link list whose lines are being read
    let mut prose_seen = false;
    for (index, row) in paragraphs.iter().enumerate() {
        let span = row.span;
        let line = Line::new(span.slice(text));
        let repeats = index < HEAD
            && headline.is_some_and(|h| similarity(h.slice(text), span.slice(text)) >= REPEATED)
            && !row.closed;
        let (kind, reason) = if repeats {
            (BlockKind::Boilerplate, "repeated-headline")
        } else if let Some(zone) = row.zone.filter(|z| {
            !(z.reason == "related-link"
                && headline.is_none()
                && !prose_seen
                && line.has_label_and_text())
        }) {
            list = zone.takes_following.then_some(zone.reason);
            (zone.kind, zone.reason)
        } else if line.is_headline()
            && (!row.closed || !prose_seen || !out.last().is_some_and(Block::is_prose))
        {
            match list {
                Some(reason) if ends_with_colon_or_link(text, &out) => {
                    (BlockKind::Boilerplate, reason)
                }
                _ if headline.is_none() && !prose_seen => {
                    headline = Some(span);
                    (BlockKind::Heading, "headline")
                }
                _ => (BlockKind::Heading, "heading"),
            }
        } else {
            list = None;
            prose_seen = true;
            (BlockKind::Prose, "")
        };
        out.push(Block { span, kind, reason });
    }
    out
}

/// A label that stands alone ("DON'T MISS:") takes the lines under it; a label with its link on the line does not.
fn ends_with_colon_or_link(text: &str, out: &[Block]) -> bool {
    let mut back = out.iter().rev().take_while(|b| b.kind == BlockKind::Boilerplate);
    back.any(|b| {
        let line = b.span.slice(text);
        line.ends_with(':') || (b.reason == "share" && line.split_whitespace().count() <= 6)
    })
}

/// Headline-like lines after the last prose, below a footer line, are the footer's list.
fn set_aside_the_tail(text: &str, blocks: &mut [Block]) {
    let Some(last) = blocks.iter().rposition(Block::is_prose) else { return };
    let label = blocks[last].span.slice(text);
    // "Readers are also opening:" and nothing but headlines below it.
    let mut footer = last > 0
        && last + 1 < blocks.len()
        && label.ends_with(':')
        && label.split_whitespace().count() <= 8;
    if footer {
        blocks[last] =
            Block { kind: BlockKind::Boilerplate, reason: "related-link", ..blocks[last] };
    }
    for block in &mut blocks[last + 1..] {
        if block.kind == BlockKind::Boilerplate {
            footer = true;
        } else if block.kind == BlockKind::Heading
            && (footer || block.span.slice(text).split_whitespace().count() <= 3)
        {
            *block = Block { kind: BlockKind::Boilerplate, reason: "share", ..*block };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(&str, &str)> {
        blocks(text)
            .iter()
            .map(|b| (if b.is_prose() { "prose" } else { b.reason }, b.span.slice(text)))
            .map(|(k, t)| (k, t.split('\n').next().unwrap_or("")))
            .collect()
    }

    #[test]
    fn headline_repeated_and_prose() {
        let text = "Council votes to close the old harbour bridge\ncouncil votes to close the old harbour bridge\n\nThe council voted on Monday to close the bridge.\n\nDON’T MISS:\nBridge: ten photographs of the past\nWho pays for the ferry? [OPINION]\nThe ferry will run from June.";
        let reasons: Vec<&str> = kinds(text).iter().map(|(k, _)| *k).collect();
        assert_eq!(
            reasons,
            [
                "headline",
                "repeated-headline",
                "prose",
                "related-link",
                "related-link",
                "related-link",
                "prose"
            ]
        );
    }

    #[test]
    fn broken_lines_are_joined_and_paragraph_lines_are_not() {
        let text = "The minister told the parliament of the country\nthat she would resign.\nNobody believed her.";
        assert_eq!(blocks(text).len(), 2);
    }

    #[test]
    fn a_text_of_one_headline_is_prose() {
        assert!(blocks("Council votes to close bridge")[0].is_prose());
    }

    #[test]
    fn footer_lists_are_set_aside() {
        let text = "The ferry will run from June.\n\nShare this article:\nharbour news.jpg\nmost popular\nTen best beaches of the coast";
        let reasons: Vec<&str> = kinds(text).iter().map(|(k, _)| *k).collect();
        assert_eq!(reasons, ["prose", "share", "share", "share", "share"]);
    }
}
