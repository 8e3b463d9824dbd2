//! Block quotations, lists, tables and questions of a page: what its elements tell of the kinds of its lines.

use super::block::{Block, Blocks};
use super::cue::words;
use super::reason::Reason;
use super::tag::{Flow, Tag};
use super::tree::{Id, Kind, Name, Tree};
use crate::text::{BlockKind, Passage, Span, name_in};

/// For each node, the block quotation that it lies in, if any.
pub(super) struct Quotations {
    around: Vec<Option<Id>>,
}

impl Quotations {
    pub(super) fn of(tree: &Tree) -> Quotations {
        let mut around: Vec<Option<Id>> = Vec::with_capacity(tree.nodes.len());
        for (id, node) in tree.nodes.iter().enumerate() {
            let outer = around.get(node.parent as usize).copied().flatten();
            // A figure holds a quotation and the name under it.
            let own = (id > 0 && is_quotation(tree, id as Id)).then_some(id as Id);
            around.push(outer.or(own));
        }
        Quotations { around }
    }

    /// The quotation around a node.
    pub(super) fn around(&self, id: Id) -> Option<Id> {
        self.around.get(id as usize).copied().flatten()
    }
}

/// Nodes of a figure that are looked through for a quotation.
const FIGURE: u32 = 200;

fn is_quotation(tree: &Tree, id: Id) -> bool {
    match tree.tag(id) {
        Some(Tag::Blockquote) => true,
        Some(Tag::Figure) => {
            let within = tree.within(id);
            within.len() <= FIGURE as usize
                && within.into_iter().any(|i| tree.tag(i) == Some(Tag::Blockquote))
        }
        Some(Tag::Div | Tag::Section | Tag::P) => {
            named(tree, id, &["pullquote", "pull quote", "blockquote", "block quote"])
        }
        _ => false,
    }
}

/// Do the words of an element's class hold one of these names?
fn named(tree: &Tree, id: Id, names: &[&str]) -> bool {
    tree.attributes(id).any(|(name, value)| {
        if name != Name::Class {
            return false;
        }
        // "pull-quote__text" is a part of one.
        value.split_whitespace().filter(|class| !class.contains("__")).any(|class| {
            let mut joined = String::new();
            words(class, |w| {
                joined.push_str(w);
                joined.push(' ');
            });
            let joined = joined.trim_end();
            names
                .iter()
                .any(|n| joined == *n || joined.strip_suffix(n).is_some_and(|h| h.ends_with(' ')))
        })
    })
}

/// Names of classes of the line that tells whose words a quotation holds.
const SIGNED: &[&str] = &[
    "cite",
    "citation",
    "author",
    "attribution",
    "source",
    "name",
    "credit",
    "byline",
    "caption",
    "footer",
    "speaker",
];

/// Does a block lie in the part of a quotation that names its speaker?
fn signs(tree: &Tree, block: &Block, quotation: Id) -> bool {
    let mut id = tree.nodes[block.first as usize].parent;
    while id > quotation {
        match tree.tag(id) {
            Some(Tag::Cite | Tag::Footer | Tag::Figcaption) => return true,
            _ if tree.attributes(id).any(|(n, v)| {
                n == Name::Class && {
                    let mut signed = false;
                    words(v, |w| signed |= SIGNED.contains(&w));
                    signed
                }
            }) =>
            {
                return true;
            }
            _ => {}
        }
        id = tree.nodes[id as usize].parent;
    }
    false
}

/// Is a "cite" the end of the paragraph of a quotation: a name, and no title within a sentence?
pub(super) fn ends_quotation(tree: &Tree, id: Id) -> bool {
    let parent = tree.nodes[id as usize].parent;
    if matches!(tree.tag(parent), Some(Tag::Footer | Tag::Figcaption | Tag::Cite)) {
        return false;
    }
    let mut outer = parent;
    let quoted = (0..8).any(|_| {
        let is = is_quotation(tree, outer);
        outer = tree.nodes[outer as usize].parent;
        is
    });
    let blank = |i: Id| match tree.nodes[i as usize].kind {
        Kind::Text(_) => tree.text(i).trim().is_empty(),
        Kind::Element(tag, _) => tag.flow() == Flow::Void,
    };
    let rest = tree.nodes[id as usize].end..tree.nodes[parent as usize].end;
    quoted && rest.len() < 20 && rest.into_iter().all(blank)
}

/// Least share of an article's words outside of quotations: a page that stands in one from end to end is indented, not quoted.
const OWN: usize = 8;

/// The kinds of the kept blocks, each with its place in the text.
pub(super) fn passages(
    tree: &Tree,
    blocks: &Blocks,
    quotations: &Quotations,
    placed: &[(usize, Span)],
    text: &str,
) -> Vec<Passage> {
    let around = |index: usize| quotations.around(blocks.list[index].owner);
    let words = |quoted: bool| -> u32 {
        let of = placed.iter().filter(|(index, _)| around(*index).is_some() == quoted);
        of.map(|(index, _)| blocks.list[*index].words).sum()
    };
    let quoted = words(false) as usize * OWN >= words(true) as usize;
    let questions = questions(tree, blocks, placed, text);
    let mut out: Vec<Passage> = Vec::new();
    // The quotation that was read last, and its paragraphs that nobody has signed yet.
    let (mut before, mut unsigned) = (None, Vec::new());
    for (at, &(index, span)) in placed.iter().enumerate() {
        let block = &blocks.list[index];
        let passage = |kind, by| Passage { span, kind, by };
        if let Some(quotation) = around(index).filter(|_| quoted) {
            if before.replace(quotation) != Some(quotation) {
                unsigned.clear();
            }
            let line = span.slice(text);
            let name = signs(tree, block, quotation).then(|| name_in(line)).flatten();
            if let Some(name) = name {
                let by = Span::new(span.from() + name.from(), span.from() + name.to());
                unsigned.drain(..).for_each(|before: usize| out[before].by = Some(by));
                out.push(passage(BlockKind::Signature, None));
            } else {
                unsigned.push(out.len());
                out.push(passage(BlockKind::Blockquote, None));
            }
            continue;
        }
        let kind = match tree.tag(block.owner) {
            _ if questions.get(at) == Some(&true) => Some(BlockKind::Question),
            Some(tag) if tag.is_heading() => Some(BlockKind::Heading),
            Some(Tag::Li | Tag::Dt) => Some(BlockKind::List),
            Some(Tag::Td | Tag::Th) => Some(BlockKind::Table),
            _ => None,
        };
        out.extend(kind.map(|kind| passage(kind, None)));
    }
    out
}

/// Fewest questions of an interview.
const QUESTIONS: usize = 3;

/// Which of the kept blocks are an interviewer's questions: set in bold or italics, put to somebody. Headings of an explainer
/// ask nobody.
fn questions(tree: &Tree, blocks: &Blocks, placed: &[(usize, Span)], text: &str) -> Vec<bool> {
    let asks = |(index, span): &(usize, Span)| {
        let line = span.slice(text).trim_end();
        line.ends_with('?') && set_apart(tree, blocks, &blocks.list[*index])
    };
    let all: Vec<bool> = placed.iter().map(asks).collect();
    let put = |(_, span): &(usize, Span)| {
        let line = span.slice(text).to_lowercase();
        line.split(|c: char| !c.is_alphabetic()).any(|w| matches!(w, "you" | "your" | "yours"))
    };
    let count = all.iter().filter(|a| **a).count();
    let addressed = placed.iter().zip(&all).filter(|(p, a)| **a && put(p)).count();
    if count >= QUESTIONS && addressed * 2 >= count && count * 6 >= placed.len() {
        all
    } else {
        Vec::new()
    }
}

/// All text of a block lies in bold, in italics or in a heading.
fn set_apart(tree: &Tree, blocks: &Blocks, block: &Block) -> bool {
    if tree.tag(block.owner).is_some_and(Tag::is_heading) {
        return true;
    }
    let first = tree.nodes[block.first as usize].parent;
    let Some(Tag::Strong | Tag::B | Tag::Em | Tag::I) = tree.tag(first) else { return false };
    let within: usize = tree.within(first).map(|i| tree.text(i).trim().len()).sum();
    within + 2 >= blocks.text(block).len()
}

/// Sets aside the second of two texts alike: pages hold their article twice, for screens of two widths, and show a sentence of
/// it once more as a pull quote.
pub(super) fn set_repeated_aside(
    blocks: &Blocks,
    quotations: &Quotations,
    reasons: &mut [Option<Reason>],
) {
    let kept: Vec<usize> = (0..reasons.len()).filter(|i| reasons[*i].is_none()).collect();
    let letters: Vec<String> =
        kept.iter().map(|i| letters(blocks.text(&blocks.list[*i]))).collect();
    let mut seen = std::collections::BTreeSet::new();
    let mut repeats = false;
    for (index, own) in kept.iter().zip(&letters) {
        let known = own.is_empty() || !seen.insert(own.as_str());
        repeats = known && (blocks.list[*index].words >= LINE || repeats);
        if repeats {
            reasons[*index] = Some(Reason::Repeated);
        }
    }
    // A pull quote stands in the text as part of a paragraph.
    let pulled = |i: &usize| quotations.around(blocks.list[*i].owner).is_some();
    let text: String =
        kept.iter().zip(&letters).filter(|(i, _)| !pulled(i)).map(|(_, l)| l.as_str()).collect();
    for (index, own) in kept.iter().zip(&letters).filter(|(i, _)| pulled(i)).take(PULLED) {
        let long = own.len() >= 12 && blocks.list[*index].words < 60;
        if long && reasons[*index].is_none() && text.contains(own.as_str()) {
            reasons[*index] = Some(Reason::Repeated);
        }
    }
}

/// Fewest words of a line that is a repetition by itself, and most pull quotes that are looked for in the text.
const LINE: u32 = 5;
const PULLED: usize = 32;

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
