//! The page's text as blocks: what stands together between the starts and ends of block elements.

use super::cue::cue;
use super::quote::ends_quotation;
use super::reason::Reason;
use super::tag::{Flow, Tag};
use super::tree::{Id, Kind, Name, Tree};
use std::ops::Range;

/// A stretch of text, white space folded, with what the choice of the main text asks of it.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The nearest block element around it.
    pub(super) owner: Id,
    /// Its first node.
    pub(super) first: Id,
    /// Where its text lies in [`Blocks::text`].
    pub(super) range: Range<usize>,
    pub(super) words: u32,
    /// Words that are links.
    pub(super) linked: u32,
    /// Begun after a line break, within the paragraph of the block before.
    pub(super) continued: bool,
}

/// All blocks of a page, in its order.
pub(super) struct Blocks {
    pub(super) list: Vec<Block>,
    text: String,
}

impl Blocks {
    /// Cuts the page. Silent elements give no text.
    pub(super) fn of(tree: &Tree) -> Blocks {
        let mut cutter = Cutter {
            tree,
            out: Blocks { list: Vec::new(), text: String::new() },
            now: None,
            space: false,
            breaks: 0,
            links_end: 0,
            quotations: Vec::new(),
            opens: "",
        };
        let mut at: Id = 1;
        while let Some(node) = tree.nodes.get(at as usize) {
            cutter.close_quotations(at);
            match &node.kind {
                Kind::Text(_) => cutter.text(at, node.parent),
                Kind::Element(tag, _) => match tag.flow() {
                    Flow::Silent => {
                        at = node.end;
                        continue;
                    }
                    Flow::Block => cutter.flush(),
                    Flow::Void if *tag == Tag::Br => cutter.line_break(),
                    Flow::Void if *tag == Tag::Hr => cutter.flush(),
                    Flow::Void => {}
                    Flow::Inline if aside(tree, at, *tag) || is_note_mark(tree, at) => {
                        at = node.end;
                        continue;
                    }
                    Flow::Inline if *tag == Tag::Cite && ends_quotation(tree, at) => cutter.flush(),
                    Flow::Inline if *tag == Tag::Q => cutter.open_quotation(node.end),
                    Flow::Inline if *tag == Tag::A => cutter.links_end = node.end,
                    Flow::Inline => {}
                },
            }
            at += 1;
        }
        cutter.close_quotations(at);
        cutter.flush();
        cutter.out
    }

    pub(super) fn text(&self, block: &Block) -> &str {
        &self.text[block.range.clone()]
    }

    /// Which blocks begin within a range of nodes.
    pub(super) fn among(&self, nodes: Range<Id>) -> Range<usize> {
        let from = self.list.partition_point(|b| b.first < nodes.start);
        let to = self.list.partition_point(|b| b.first < nodes.end);
        from..to.max(from)
    }
}

/// Is an element within a line no part of it: hidden, a pop-up, a button?
fn aside(tree: &Tree, id: Id, tag: Tag) -> bool {
    let range = tree.within(id);
    if range.len() > 60 || tree.attributes(id).next().is_none() {
        return false;
    }
    matches!(
        cue(tree, id, tag),
        Some(
            Reason::Hidden
                | Reason::Widget
                | Reason::Share
                | Reason::Caption
                | Reason::Advertisement
        )
    ) && !range.into_iter().any(|i| tree.tag(i).is_some_and(|t| t.flow() == Flow::Block))
}

/// Is it the mark of a footnote: a link within the page around a number, a letter or a sign, or a raised one with such a link?
/// Powers ("m<sup>2</sup>") have no link.
fn is_note_mark(tree: &Tree, id: Id) -> bool {
    let range = tree.within(id);
    if range.is_empty() || range.len() > 6 {
        return false;
    }
    let links = |id: Id| {
        tree.attribute(id, Name::Href).is_some_and(|to| to.len() > 1 && to.starts_with('#'))
    };
    if !(links(id) || tree.tag(id) == Some(Tag::Sup) && range.clone().any(links)) {
        return false;
    }
    let text = tree.text_of(id);
    let mark = text.trim().trim_matches(['[', ']', '(', ')']);
    (1..=3).contains(&mark.chars().count())
        && (mark.chars().all(|c| c.is_ascii_digit())
            || mark.chars().count() == 1 && !mark.starts_with(char::is_uppercase))
}

struct Cutter<'t> {
    tree: &'t Tree,
    out: Blocks,
    now: Option<Block>,
    /// White space is due before the next word.
    space: bool,
    /// Line breaks since the last word.
    breaks: u32,
    /// Text before this node lies in a link.
    links_end: Id,
    /// Where the inline quotations end that stand open, and whether the page sets no marks of its own around each.
    quotations: Vec<(Id, bool)>,
    /// The mark that is due before the next word.
    opens: &'static str,
}

/// The marks that browsers set around inline quotations, and around those within them.
const MARKS: [(&str, &str); 2] = [("“", "”"), ("‘", "’")];

/// Marks that pages set themselves.
const SET: [char; 7] = ['“', '"', '«', '‘', '\'', '„', '”'];

impl Cutter<'_> {
    fn owner(&self, mut id: Id) -> Id {
        while id != 0 && self.tree.tag(id).is_some_and(|t| t.flow() != Flow::Block) {
            id = self.tree.nodes[id as usize].parent;
        }
        id
    }

    fn text(&mut self, id: Id, parent: Id) {
        let text = self.tree.text(id);
        let owner = self.owner(parent);
        if self.now.as_ref().is_some_and(|b| b.owner != owner) {
            self.flush();
        }
        if text.chars().all(char::is_whitespace) {
            self.space |= !text.is_empty();
            return;
        }
        if self.breaks > 0 && self.now.is_some() {
            let paragraph = self.breaks > 1;
            self.flush();
            self.begin(owner, id, !paragraph);
        } else if self.now.is_none() {
            self.begin(owner, id, false);
        }
        self.breaks = 0;
        let linked = id < self.links_end;
        let Some(block) = &mut self.now else { return };
        let out = &mut self.out.text;
        for (index, word) in text.split_whitespace().enumerate() {
            let apart = index > 0 || self.space || text.starts_with(char::is_whitespace);
            let fresh = out.len() == block.range.start;
            if apart && !fresh {
                out.push(' ');
            }
            // A word may be pieced together from several nodes: it is counted with the first.
            if index == 0 && !self.opens.is_empty() {
                if !word.starts_with(SET) && !out.ends_with(SET) {
                    out.push_str(self.opens);
                    self.quotations.last_mut().into_iter().for_each(|q| q.1 = true);
                }
                self.opens = "";
            }
            if apart || fresh {
                block.words += 1;
                block.linked += u32::from(linked);
            }
            out.push_str(word);
        }
        // Where words are not set apart (Chinese, Japanese), two characters are taken as one.
        let wide = text
            .chars()
            .filter(|c| matches!(*c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'))
            .count() as u32
            / 2;
        block.words += wide;
        block.linked += if linked { wide } else { 0 };
        self.space = text.ends_with(char::is_whitespace);
    }

    fn begin(&mut self, owner: Id, first: Id, continued: bool) {
        let start = self.out.text.len();
        self.now =
            Some(Block { owner, first, range: start..start, words: 0, linked: 0, continued });
        self.space = false;
    }

    /// Browsers set marks around a "q": its words are quoted, and the text shows it.
    fn open_quotation(&mut self, end: Id) {
        if self.quotations.len() < MARKS.len() {
            self.opens = MARKS[self.quotations.len()].0;
            self.quotations.push((end, false));
        }
    }

    fn close_quotations(&mut self, at: Id) {
        while let Some(&(_, opened)) = self.quotations.last().filter(|(end, _)| *end <= at) {
            self.quotations.pop();
            if opened && self.now.is_some() {
                self.out.text.push_str(MARKS[self.quotations.len()].1);
            }
            self.opens = "";
        }
    }

    fn line_break(&mut self) {
        self.breaks += 1;
        self.space = true;
    }

    fn flush(&mut self) {
        if let Some(mut block) = self.now.take() {
            block.range.end = self.out.text.len();
            self.out.list.push(block);
        }
        self.space = false;
        self.breaks = 0;
    }
}
