//! Blocks: the text cut into paragraphs, each either prose or set aside with a reason.

use super::form::Form;
use super::line::Line;
use super::passage::Passage;
use super::row::{REPEATED, Row, join, rows, similarity};
use super::signature::sign;
use super::turn::Turns;
use super::{Span, script};
use serde::{Deserialize, Serialize};

/// What a block is. Prose, block quotations and turns are scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// Running text.
    Prose,
    /// The headline.
    Headline,
    /// A subheading.
    Heading,
    /// What stands under a picture, and its credit.
    Caption,
    /// An entry of a list that is no sentence.
    List,
    /// A cell of a table that is no sentence.
    Table,
    /// Somebody's words, set apart from the text.
    Blockquote,
    /// What one speaker of a transcript says.
    Turn,
    /// A question of somebody who is not named: of the paper, in an interview.
    Question,
    /// The name under a block quotation.
    Signature,
    /// All else that a page leaves behind.
    Boilerplate,
}

impl BlockKind {
    /// True when such a block is scored.
    #[must_use]
    pub fn is_prose(self) -> bool {
        matches!(self, BlockKind::Prose | BlockKind::Blockquote | BlockKind::Turn)
    }
}

/// A paragraph, or a line that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, without the white space around it.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Why it is not scored; empty for what is.
    pub reason: &'static str,
    /// The words that name who speaks, of a block quotation or a turn.
    pub by: Option<Span>,
}

impl Block {
    /// True when the block is scored.
    #[must_use]
    pub fn is_prose(&self) -> bool {
        self.kind.is_prose()
    }

    /// True when all its words are somebody's, and none the article's own.
    #[must_use]
    pub fn is_spoken(&self) -> bool {
        matches!(self.kind, BlockKind::Blockquote | BlockKind::Turn)
    }
}

/// Entries with a time of their own that make a live page.
const ENTRIES: usize = 4;

/// Cuts `text` into blocks, and tells its form. Linear in the length.
pub(super) fn blocks(text: &str, told: &[Passage]) -> (Vec<Block>, Form) {
    let mut rows = rows(text, told);
    let script = script::find(text, &mut rows);
    let paragraphs = join(text, &rows);
    let out = classify(text, &paragraphs, script.as_ref().map(Turns::new));
    let mut out = sign(text, out);
    set_aside_the_tail(text, &mut out);
    if !out.iter().any(Block::is_prose) {
        // Single sentences and headlines given alone are scored for what they are.
        let heading = |b: &&mut Block| matches!(b.kind, BlockKind::Heading | BlockKind::Headline);
        for block in out.iter_mut().filter(heading) {
            *block = Block { kind: BlockKind::Prose, reason: "", ..*block };
        }
    }
    let form = match script {
        Some(script) => script.form,
        None if out.iter().filter(|b| b.reason == "time-stamp").count() >= ENTRIES => Form::Live,
        None => Form::Article,
    };
    (out, form)
}

/// Lines of the head among which a headline may be repeated.
const HEAD: usize = 6;

fn classify(text: &str, paragraphs: &[Row], mut turns: Option<Turns<'_>>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(paragraphs.len());
    let mut headline: Option<Span> = None;
    let mut list: Option<&'static str> = None; // reason of the link list whose lines are being read
    let mut prose_seen = false;
    for (index, row) in paragraphs.iter().enumerate() {
        let span = row.span;
        let line = Line::new(span.slice(text));
        if turns.as_mut().is_some_and(|turns| turns.take(text, row, &mut out)) {
            (list, prose_seen) = (None, true);
            continue;
        }
        let repeats = index < HEAD
            && headline.is_some_and(|h| similarity(h.slice(text), span.slice(text)) >= REPEATED)
            && !row.closed;
        let (kind, reason) = if let Some(known) = by_format(row, line) {
            known
        } else if repeats {
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
                    (BlockKind::Headline, "headline")
                }
                _ => (BlockKind::Heading, "heading"),
            }
        } else {
            list = None;
            prose_seen = true;
            (BlockKind::Prose, "")
        };
        let by = row.told.filter(|told| told.kind == kind).and_then(|told| told.by);
        out.push(Block { span, kind, reason, by });
    }
    out
}

/// Most words of an entry of a list, or a cell, that is no sentence.
const ENTRY: usize = 18;

/// The kind that the format tells, where the words of the line do not speak against it.
fn by_format(row: &Row, line: Line<'_>) -> Option<(BlockKind, &'static str)> {
    let kind = row.told?.kind;
    let short = !row.closed && line.words() <= ENTRY;
    let reason = match kind {
        BlockKind::Blockquote if line.quotes_in_part() => return None,
        BlockKind::Blockquote | BlockKind::Turn => "",
        BlockKind::Signature => "signature",
        BlockKind::Question => "question",
        BlockKind::Caption => "caption",
        BlockKind::Heading if !row.closed => "heading",
        BlockKind::List if short && row.zone.is_none() => "list",
        BlockKind::Table if short => "table",
        _ => return None,
    };
    Some((kind, reason))
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
        && blocks[last].kind == BlockKind::Prose
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
        blocks(text, &[])
            .0
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
        assert_eq!(blocks(text, &[]).0.len(), 2);
    }

    #[test]
    fn a_text_of_one_headline_is_prose() {
        assert!(blocks("Council votes to close bridge", &[]).0[0].is_prose());
    }

    #[test]
    fn footer_lists_are_set_aside() {
        let text = "The ferry will run from June.\n\nShare this article:\nharbour news.jpg\nmost popular\nTen best beaches of the coast";
        let reasons: Vec<&str> = kinds(text).iter().map(|(k, _)| *k).collect();
        assert_eq!(reasons, ["prose", "share", "share", "share", "share"]);
    }
}
