//! A document as a tree in the order of its text.
//!
//! Nodes are numbered as they begin, so a subtree is a range of numbers and nothing here calls itself.

use super::walk::{Element, Step, walk};
use std::ops::Range;

/// Number of a node.
pub(in crate::read) type Id = u32;

/// Deepest element that is read.
const DEEPEST: usize = 256;

/// Most nodes of a document.
const MOST: usize = 1 << 20;

enum Kind {
    Element { name: Range<u32>, attributes: Range<u32> },
    Text(Range<u32>),
}

struct Node {
    kind: Kind,
    parent: Id,
    /// One past the last node within it.
    end: Id,
}

/// A document. Node 0 stands for the whole.
pub(in crate::read) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<(Range<u32>, Range<u32>)>,
    /// Names, values and text, one after the other.
    held: String,
}

impl Tree {
    /// Reads a document.
    ///
    /// # Errors
    /// With what is wrong and on which line, when it is not well-formed, too deep, or declares entities.
    pub(in crate::read) fn parse(xml: &str) -> Result<Tree, String> {
        if xml.len() > u32::MAX as usize / 2 {
            return Err("XML of more than 2 GiB".to_owned());
        }
        let mut builder = Builder::new();
        walk(xml.as_bytes(), |step| builder.take(step))?;
        if builder.open.len() > 1 {
            return Err("broken XML: it ends within an element; cut off?".to_owned());
        }
        Ok(builder.finish())
    }

    fn held(&self, range: &Range<u32>) -> &str {
        self.held.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// Name of an element with its prefix ("content:encoded"); empty for text.
    pub(in crate::read) fn name(&self, id: Id) -> &str {
        match self.nodes.get(id as usize).map(|n| &n.kind) {
            Some(Kind::Element { name, .. }) => self.held(name),
            _ => "",
        }
    }

    /// Name of an element without its prefix.
    pub(in crate::read) fn local(&self, id: Id) -> &str {
        let name = self.name(id);
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// What stands in a text node; `None` for an element.
    pub(super) fn text_node(&self, id: Id) -> Option<&str> {
        match self.nodes.get(id as usize).map(|n| &n.kind) {
            Some(Kind::Text(range)) => Some(self.held(range)),
            _ => None,
        }
    }

    /// One past the last node within an element.
    pub(super) fn end(&self, id: Id) -> Id {
        self.nodes.get(id as usize).map_or(id + 1, |n| n.end)
    }

    /// An attribute, by its name without a prefix; never an empty one.
    pub(in crate::read) fn attribute(&self, id: Id, wanted: &str) -> Option<&str> {
        let range = match self.nodes.get(id as usize).map(|n| &n.kind) {
            Some(Kind::Element { attributes, .. }) => attributes.clone(),
            _ => return None,
        };
        let all = self.attributes.get(range.start as usize..range.end as usize)?;
        let named = |name: &Range<u32>| {
            let name = self.held(name);
            name == wanted || name.rsplit_once(':').is_some_and(|(_, local)| local == wanted)
        };
        let (_, value) = all.iter().find(|(name, _)| named(name))?;
        Some(self.held(value).trim()).filter(|value| !value.is_empty())
    }

    /// All nodes within an element, in order.
    pub(in crate::read) fn within(&self, id: Id) -> Range<Id> {
        id + 1..self.end(id)
    }

    /// Elements of a name without prefix within an element, at any depth.
    pub(in crate::read) fn all<'t>(
        &'t self,
        within: Id,
        local: &'t str,
    ) -> impl Iterator<Item = Id> + 't {
        self.within(within).filter(move |id| self.local(*id) == local)
    }

    /// The first element of a name without prefix within an element, at any depth.
    pub(in crate::read) fn find(&self, within: Id, local: &str) -> Option<Id> {
        self.all(within, local).next()
    }

    /// A child by its name: with its prefix, or the first of that name under any prefix.
    pub(in crate::read) fn child(&self, of: Id, name: &str) -> Option<Id> {
        let children = || {
            let next = |id: &Id| Some(self.end(*id));
            std::iter::successors(Some(of + 1), next).take_while(|id| *id < self.end(of))
        };
        let exact = children().find(|id| self.name(*id) == name);
        exact.or_else(|| children().find(|id| self.local(*id) == name))
    }

    /// The text of an element as it stands.
    pub(in crate::read) fn raw(&self, id: Id) -> String {
        self.within(id).filter_map(|id| self.text_node(id)).collect()
    }

    /// The text of an element on one line; `None` when it has none.
    pub(in crate::read) fn line(&self, id: Id) -> Option<String> {
        let line = self.raw(id).split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }
}

struct Builder {
    tree: Tree,
    /// Elements that stand open, the whole first.
    open: Vec<Id>,
}

impl Builder {
    fn new() -> Self {
        let whole =
            Node { kind: Kind::Element { name: 0..0, attributes: 0..0 }, parent: 0, end: 0 };
        let tree = Tree { nodes: vec![whole], attributes: Vec::new(), held: String::new() };
        Builder { tree, open: vec![0] }
    }

    fn take(&mut self, step: Step<'_>) -> Result<(), String> {
        match step {
            Step::Open(element) => self.begin(&element)?,
            Step::Close(_) => self.close(),
            Step::Text(text) => self.text(text),
        }
        if self.open.len() > DEEPEST {
            return Err(format!("XML of elements nested more than {DEEPEST} deep"));
        }
        if self.tree.nodes.len() > MOST {
            return Err("XML of more than a million parts".to_owned());
        }
        Ok(())
    }

    fn hold(&mut self, text: &str) -> Range<u32> {
        let start = self.tree.held.len() as u32;
        self.tree.held.push_str(text);
        start..self.tree.held.len() as u32
    }

    fn begin(&mut self, element: &Element<'_>) -> Result<(), String> {
        let first = self.tree.attributes.len() as u32;
        for attribute in element.attributes() {
            let (name, value) = attribute?;
            let pair = (self.hold(name), self.hold(&value));
            self.tree.attributes.push(pair);
        }
        let attributes = first..self.tree.attributes.len() as u32;
        let name = self.hold(element.full);
        let id = self.push(Kind::Element { name, attributes });
        self.open.push(id);
        Ok(())
    }

    fn push(&mut self, kind: Kind) -> Id {
        let id = self.tree.nodes.len() as Id;
        let parent = self.open.last().copied().unwrap_or(0);
        self.tree.nodes.push(Node { kind, parent, end: id + 1 });
        id
    }

    /// Text that follows text is one node.
    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let range = self.hold(text);
        let parent = self.open.last().copied().unwrap_or(0);
        if let Some(Node { kind: Kind::Text(last), parent: before, .. }) =
            self.tree.nodes.last_mut()
            && *before == parent
            && last.end == range.start
        {
            last.end = range.end;
            return;
        }
        self.push(Kind::Text(range));
    }

    fn close(&mut self) {
        if self.open.len() > 1
            && let Some(id) = self.open.pop()
        {
            self.tree.nodes[id as usize].end = self.tree.nodes.len() as Id;
        }
    }

    fn finish(mut self) -> Tree {
        self.tree.nodes[0].end = self.tree.nodes.len() as Id;
        self.tree
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_attributes_and_text_are_found() {
        let tree = Tree::parse(
            "<a x:k='1 &amp; 2' e=''><b>One <i>two</i>&nbsp;&#8220;x&rdquo;</b><c:b><![CDATA[<p>]]> & more</c:b></a>",
        )
        .expect("well-formed");
        let a = tree.find(0, "a").expect("a");
        assert_eq!((tree.attribute(a, "k"), tree.attribute(a, "e")), (Some("1 & 2"), None));
        let b: Vec<String> = tree.all(a, "b").map(|id| tree.raw(id)).collect();
        assert_eq!(b, ["One two\u{a0}“x”", "<p> & more"]);
        let prefixed = tree.child(a, "c:b").expect("with its prefix");
        assert_eq!(
            (tree.local(prefixed), tree.line(prefixed).as_deref()),
            ("b", Some("<p> & more"))
        );
        assert_eq!(tree.child(a, "i"), None, "no child but a grandchild");
    }

    #[test]
    fn what_is_hostile_or_broken_is_told() {
        let laughs = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'>]><a>&c;</a>";
        for (xml, reason) in [
            (laughs.to_owned(), "declares entities"),
            ("<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:x'>]><a/>".to_owned(), "declares entities"),
            ("<a>".repeat(300), "more than 256 deep"),
            ("<a/>".repeat(MOST + 1), "more than a million parts"),
            ("<a>\n<b></a>".to_owned(), "broken XML on its line 2"),
            ("<a><b>".to_owned(), "ends within an element"),
            ("<a".to_owned(), "broken XML"),
        ] {
            let told = Tree::parse(&xml).map(|_| ()).expect_err(reason);
            assert!(told.contains(reason), "{told}");
        }
        assert!(Tree::parse("<a>&unknown; &c</a>").is_ok_and(|t| t.raw(1) == "&unknown; &c"));
        let wide = format!("<a {}/>", "k='v' ".repeat(200_000));
        assert!(Tree::parse(&wide).is_ok());
    }
}
