//! A page as it is, for readers of exports: every block in order, none of them judged.

use super::block::Blocks;
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
pub(in crate::read) struct Line<'s> {
    pub(in crate::read) text: &'s str,
    /// The marks of all elements in which it lies, within the group.
    pub(in crate::read) marks: u8,
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

    /// The blocks of a group, in order, with the marks that `mark` gives to elements.
    pub(in crate::read) fn lines(
        &self,
        group: Group,
        mark: impl Fn(Element<'_>) -> u8,
    ) -> Vec<Line<'_>> {
        let nodes = self.tree.within(group.0);
        // Elements hand their marks on to what lies in them; those around come first.
        let place = |id: Id| id.checked_sub(nodes.start).map(|place| place as usize);
        let mut marks: Vec<u8> = Vec::with_capacity(nodes.len());
        for id in nodes.clone() {
            let around = place(self.tree.nodes[id as usize].parent);
            let around = around.and_then(|place| marks.get(place)).copied().unwrap_or(0);
            marks.push(around | self.element(id).map_or(0, &mark));
        }
        let marks_of = |id: Id| place(id).and_then(|place| marks.get(place)).copied().unwrap_or(0);
        self.blocks.list[self.blocks.among(nodes.clone())]
            .iter()
            .map(|block| Line { text: self.blocks.text(block), marks: marks_of(block.first) })
            .collect()
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
