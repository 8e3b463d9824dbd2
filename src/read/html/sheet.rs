//! A page as it is, for readers of exports: every block in order, none of them judged.

use super::block::{Block, Blocks};
use super::charset::decode;
use super::tree::{Id, Name, Tree};

pub(in crate::read) use super::tag::Tag;

/// A page with many articles.
pub(in crate::read) struct Sheet {
    tree: Tree,
    blocks: Blocks,
}

/// An element that holds one article.
#[derive(Clone, Copy)]
pub(in crate::read) struct Group(Id);

/// A block of a group.
#[derive(Clone, Copy)]
pub(in crate::read) struct Line<'s> {
    sheet: &'s Sheet,
    block: &'s Block,
    group: Group,
}

impl Sheet {
    pub(in crate::read) fn parse(bytes: &[u8]) -> Self {
        let (html, _) = decode(bytes, None);
        let tree = Tree::parse(&html);
        let blocks = Blocks::of(&tree);
        Sheet { tree, blocks }
    }

    /// All that the page shows, a paragraph for each block.
    pub(in crate::read) fn text(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks.list {
            if !out.is_empty() {
                out.push_str(if block.continued { "\n" } else { "\n\n" });
            }
            out.push_str(self.blocks.text(block));
        }
        out
    }

    /// The elements of a kind, in order; those within another are passed over.
    pub(in crate::read) fn groups(&self, is: impl Fn(Element<'_>) -> bool) -> Vec<Group> {
        let mut out = Vec::new();
        let mut at: Id = 1;
        while let Some(node) = self.tree.nodes.get(at as usize) {
            if self.element(at).is_some_and(&is) {
                out.push(Group(at));
                at = node.end.max(at + 1);
            } else {
                at += 1;
            }
        }
        out
    }

    fn element(&self, id: Id) -> Option<Element<'_>> {
        self.tree.tag(id).map(|tag| Element { tree: &self.tree, id, tag })
    }

    /// The blocks of a group, in order.
    pub(in crate::read) fn lines(&self, group: Group) -> impl Iterator<Item = Line<'_>> {
        let range = self.blocks.among(self.tree.within(group.0));
        self.blocks.list[range].iter().map(move |block| Line { sheet: self, block, group })
    }
}

impl<'s> Line<'s> {
    pub(in crate::read) fn text(&self) -> &'s str {
        self.sheet.blocks.text(self.block)
    }

    /// Does the block lie in such an element, within its group?
    pub(in crate::read) fn lies_in(&self, is: impl Fn(Element<'_>) -> bool) -> bool {
        let mut id = self.block.first;
        while id != self.group.0 && id != 0 {
            if self.sheet.element(id).is_some_and(&is) {
                return true;
            }
            id = self.sheet.tree.nodes[id as usize].parent;
        }
        false
    }
}

/// What a group or a block is known by.
#[derive(Clone, Copy)]
pub(in crate::read) struct Element<'t> {
    tree: &'t Tree,
    id: Id,
    pub(in crate::read) tag: Tag,
}

impl Element<'_> {
    pub(in crate::read) fn has_class(&self, is: impl Fn(&str) -> bool) -> bool {
        self.tree
            .attribute(self.id, Name::Class)
            .is_some_and(|classes| classes.split_ascii_whitespace().any(is))
    }

    pub(in crate::read) fn has_id(&self, id: &str) -> bool {
        self.tree.attribute(self.id, Name::Id) == Some(id)
    }
}
