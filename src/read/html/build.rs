//! A page's tree as it is built: html5gum cuts the page into tags by the standard; which element a tag ends is decided
//! here, by the parts of the standard that matter for text.

use super::tag::{Flow, Tag};
use super::tree::{Id, Kind, Name, Node, Tree};
use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use std::convert::Infallible;

/// Elements nested deeper than this lie flat in the last one (browsers stop at 512). Bounds the look for an open element.
const DEEPEST: usize = 256;

/// Nodes that are kept, some 50 MB of them; the rest of a longer page is not read.
const MOST: usize = 1 << 20;

/// Reads a page.
pub(super) fn build(html: &str) -> Tree {
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
