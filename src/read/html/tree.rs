//! A page as a tree, in the order of its text.
//!
//! Nodes are numbered as they begin, so a subtree is a range of numbers and nothing here calls itself: a page nested a
//! hundred thousand deep costs no stack. `build.rs` makes it.

use super::build::build;
use super::tag::{Flow, Tag};
use std::ops::Range;

/// Number of a node.
pub(super) type Id = u32;

/// As much of a heading or name as is read, bytes.
const LINE: usize = 4096;

/// An attribute that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Name {
    Class,
    Id,
    Itemprop,
    Role,
    Href,
    Rel,
    Property,
    Content,
    Type,
    Datetime,
    Hidden,
    Style,
    AriaHidden,
    Lang,
    Kind,
}

/// What a node is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// An element, with the range of its attributes.
    Element(Tag, Range<u32>),
    /// Text, as a range of the tree's text.
    Text(Range<u32>),
}

#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// The element it lies in; a root has itself.
    pub(super) parent: Id,
    /// One past the last node within it.
    pub(super) end: Id,
}

/// The page. Node 0 is a root that stands for the whole.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    pub(super) attributes: Vec<(Name, Range<u32>)>,
    pub(super) text: String,
    /// True when the page had more nodes than are kept.
    pub(super) cut_short: bool,
}

impl Tree {
    /// Reads a page.
    pub(super) fn parse(html: &str) -> Tree {
        build(html)
    }

    pub(super) fn tag(&self, id: Id) -> Option<Tag> {
        match self.nodes.get(id as usize)?.kind {
            Kind::Element(tag, _) => Some(tag),
            Kind::Text(_) => None,
        }
    }

    /// The text of a text node.
    pub(super) fn text(&self, id: Id) -> &str {
        match self.nodes.get(id as usize).map(|n| &n.kind) {
            Some(Kind::Text(range)) => self.slice(range),
            _ => "",
        }
    }

    fn slice(&self, range: &Range<u32>) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// The attributes of an element that are kept, in the page's order.
    pub(super) fn attributes(&self, id: Id) -> impl Iterator<Item = (Name, &str)> {
        let range = match self.nodes.get(id as usize).map(|n| &n.kind) {
            Some(Kind::Element(_, range)) => range.start as usize..range.end as usize,
            _ => 0..0,
        };
        self.attributes
            .get(range)
            .unwrap_or_default()
            .iter()
            .map(|(name, value)| (*name, self.slice(value)))
    }

    pub(super) fn attribute(&self, id: Id, name: Name) -> Option<&str> {
        self.attributes(id).find(|(n, _)| *n == name).map(|(_, value)| value)
    }

    /// Nodes of a subtree, without its root.
    pub(super) fn within(&self, id: Id) -> Range<Id> {
        id + 1..self.nodes.get(id as usize).map_or(id + 1, |n| n.end)
    }

    /// The text of a subtree up to a few thousand bytes, white space as in the page; what is silent is left out. For
    /// headings and names.
    pub(super) fn text_of(&self, id: Id) -> String {
        let mut out = String::new();
        let range = self.within(id);
        let mut at = range.start;
        while at < range.end && out.len() < LINE {
            match &self.nodes[at as usize].kind {
                Kind::Text(_) => out.push_str(self.text(at)),
                Kind::Element(tag, _) if tag.flow() == Flow::Silent => {
                    at = self.nodes[at as usize].end;
                    continue;
                }
                Kind::Element(tag, _) if tag.flow() != Flow::Inline => out.push(' '),
                Kind::Element(..) => {}
            }
            at += 1;
        }
        out
    }
}
