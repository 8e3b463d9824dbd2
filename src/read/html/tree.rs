//! A page as a tree, in the order of its text.
//!
//! Nodes are numbered as they begin, so a subtree is a range of numbers and nothing here calls itself: a page nested a
//! hundred thousand deep costs no stack. html5gum cuts the page into tags by the standard; which element a tag ends is
//! decided here, by the parts of the standard that matter for text.

use super::tag::{Flow, Tag};
use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use std::convert::Infallible;
use std::ops::Range;

/// Number of a node.
pub(super) type Id = u32;

/// Elements nested deeper than this lie flat in the last one (browsers stop at 512). Bounds the look for an open element.
const DEEPEST: usize = 256;

/// Nodes that are kept, some 50 MB of them; the rest of a longer page is not read.
const MOST: usize = 1 << 20;

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

fn attribute(name: &[u8]) -> Option<Name> {
    Some(match name {
        b"class" => Name::Class,
        b"id" => Name::Id,
        b"itemprop" => Name::Itemprop,
        b"role" => Name::Role,
        b"href" => Name::Href,
        b"rel" => Name::Rel,
        b"property" | b"name" | b"http-equiv" => Name::Property,
        b"content" => Name::Content,
        b"type" => Name::Type,
        b"datetime" => Name::Datetime,
        b"hidden" => Name::Hidden,
        b"style" => Name::Style,
        b"aria-hidden" => Name::AriaHidden,
        b"lang" => Name::Lang,
        b"data-component"
        | b"data-module"
        | b"data-testid"
        | b"data-type"
        | b"data-component-name"
        | b"data-widget-type" => Name::Kind,
        _ => return None,
    })
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
    attributes: Vec<(Name, Range<u32>)>,
    text: String,
    /// True when the page had more nodes than are kept.
    pub(super) cut_short: bool,
}

impl Tree {
    /// Reads a page.
    pub(super) fn parse(html: &str) -> Tree {
        let mut builder = Builder::new();
        let mut emitter = CallbackEmitter::new(
            |event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<Infallible> {
                builder.event(event);
                None
            },
        );
        emitter.naively_switch_states(true);
        let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
        builder.finish()
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

struct Builder {
    tree: Tree,
    /// Elements that stand open, the outermost first.
    open: Vec<(Tag, Id)>,
    /// How many of each name stand open: an end tag without a start costs nothing.
    count: [u32; Tag::NUMBER],
    /// Elements begun beyond [`DEEPEST`] and not ended.
    beyond: u32,
    /// The start tag being read.
    starting: Option<(Tag, u32)>,
    wanted: Option<Name>,
}

impl Builder {
    fn new() -> Self {
        let root = Node { kind: Kind::Element(Tag::Other, 0..0), parent: 0, end: 0 };
        let tree = Tree {
            nodes: vec![root],
            attributes: Vec::new(),
            text: String::new(),
            cut_short: false,
        };
        Builder {
            tree,
            open: vec![(Tag::Other, 0)],
            count: [0; Tag::NUMBER],
            beyond: 0,
            starting: None,
            wanted: None,
        }
    }

    fn event(&mut self, event: CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.starting = Some((Tag::named(name), self.tree.attributes.len() as u32));
            }
            CallbackEvent::AttributeName { name } => {
                self.wanted = attribute(name).filter(|_| self.starting.is_some());
                if let (Some(name), false) = (self.wanted, self.tree.cut_short) {
                    let at = self.tree.text.len() as u32;
                    self.tree.attributes.push((name, at..at));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let (Some(name), false) = (self.wanted.take(), self.tree.cut_short)
                    && let Some(last) = self.tree.attributes.last_mut()
                {
                    debug_assert_eq!(last.0, name, "the value follows its name");
                    let at = self.tree.text.len() as u32;
                    self.tree.text.push_str(&String::from_utf8_lossy(value));
                    last.1 = at..self.tree.text.len() as u32;
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some((tag, first)) = self.starting.take() {
                    self.start(tag, first, self_closing);
                }
            }
            CallbackEvent::EndTag { name } => self.end(Tag::named(name)),
            CallbackEvent::String { value } => self.text(value),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
    }

    fn top(&self) -> (Tag, Id) {
        self.open.last().copied().unwrap_or((Tag::Other, 0))
    }

    fn push(&mut self, kind: Kind) -> Option<Id> {
        if self.tree.nodes.len() >= MOST {
            self.tree.cut_short = true;
            return None;
        }
        let id = self.tree.nodes.len() as Id;
        self.tree.nodes.push(Node { kind, parent: self.top().1, end: id + 1 });
        Some(id)
    }

    fn text(&mut self, value: &[u8]) {
        let (tag, id) = self.top();
        // Of what is silent only titles and linked data are ever asked for.
        let silent = tag.flow() == Flow::Silent;
        if silent
            && tag != Tag::Title
            && !(tag == Tag::Script
                && self.tree.attribute(id, Name::Type).is_some_and(|t| t.contains("json")))
        {
            return;
        }
        let start = self.tree.text.len() as u32;
        self.tree.text.push_str(&String::from_utf8_lossy(value));
        let range = start..self.tree.text.len() as u32;
        self.push(Kind::Text(range));
    }

    fn start(&mut self, tag: Tag, first: u32, self_closing: bool) {
        if self.beyond == 0 {
            self.imply_ends(tag);
        }
        let attributes = first..self.tree.attributes.len() as u32;
        let Some(id) = self.push(Kind::Element(tag, attributes)) else { return };
        if tag.flow() == Flow::Void
            || (self_closing && matches!(tag, Tag::Svg | Tag::Math | Tag::Other))
        {
            return;
        }
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            return;
        }
        self.open.push((tag, id));
        self.count[tag as usize] += 1;
    }

    /// Ends what the start of this element ends without saying so.
    fn imply_ends(&mut self, tag: Tag) {
        if tag.ends_paragraph() && self.count[Tag::P as usize] > 0 {
            self.end(Tag::P);
        }
        let (ends, within): (&[Tag], &[Tag]) = match tag {
            Tag::Li => (&[Tag::Li], &[Tag::Ul, Tag::Ol, Tag::Menu]),
            Tag::Dt | Tag::Dd => (&[Tag::Dt, Tag::Dd], &[Tag::Dl]),
            Tag::Td | Tag::Th => (&[Tag::Td, Tag::Th], &[Tag::Tr, Tag::Table]),
            Tag::Tr => (&[Tag::Tr], &[Tag::Table]),
            Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                (&[Tag::Tbody, Tag::Thead, Tag::Tfoot], &[Tag::Table])
            }
            Tag::Body => (&[Tag::Head], &[]),
            Tag::A => {
                (&[Tag::A], &[Tag::Td, Tag::Li, Tag::Div, Tag::P, Tag::Section, Tag::Article])
            }
            Tag::Option => (&[Tag::Option], &[Tag::Select]),
            _ => return,
        };
        if ends.iter().all(|t| self.count[*t as usize] == 0) {
            return;
        }
        for at in (1..self.open.len()).rev() {
            let open = self.open[at].0;
            if ends.contains(&open) {
                self.close_from(at);
                return;
            }
            if within.contains(&open) {
                return;
            }
        }
    }

    fn end(&mut self, tag: Tag) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        if self.count[tag as usize] == 0 || tag.flow() == Flow::Void {
            return;
        }
        for at in (1..self.open.len()).rev() {
            let open = self.open[at].0;
            if open == tag {
                self.close_from(at);
                return;
            }
            // An end tag that strayed does not end the block, cell or table around it.
            let wall = match tag.flow() {
                Flow::Inline => open.flow() == Flow::Block,
                _ => {
                    matches!(
                        open,
                        Tag::Td | Tag::Th | Tag::Table | Tag::Caption | Tag::Template | Tag::Object
                    ) && !table_part(tag)
                }
            };
            if wall || (tag == Tag::P && open.flow() == Flow::Block && open != Tag::P) {
                return;
            }
        }
    }

    fn close_from(&mut self, at: usize) {
        let end = self.tree.nodes.len() as Id;
        for (tag, id) in self.open.drain(at..) {
            self.count[tag as usize] -= 1;
            self.tree.nodes[id as usize].end = end;
        }
    }

    fn finish(mut self) -> Tree {
        self.close_from(1);
        self.tree.nodes[0].end = self.tree.nodes.len() as Id;
        self.tree
    }
}

fn table_part(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Table
            | Tag::Tr
            | Tag::Td
            | Tag::Th
            | Tag::Tbody
            | Tag::Thead
            | Tag::Tfoot
            | Tag::Caption
            | Tag::Body
            | Tag::Html
    )
}
