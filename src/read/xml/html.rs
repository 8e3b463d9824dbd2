//! A body of XML as HTML, so that there is one way from markup to text.

use super::tree::{Id, Tree};

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown<'n> {
    /// An element of HTML.
    As(&'n str),
    /// Its content without it.
    Through,
    /// Nothing: it is no part of the text.
    Not,
}

/// Elements of NITF and XHTML by their names without prefix. What stands in no line (names of persons and places, money,
/// emphasis) is shown through.
fn shown(name: &str) -> Shown<'_> {
    match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "li" | "dl" | "dt" | "dd"
        | "blockquote" | "q" | "cite" | "br" | "hr" | "pre" | "div" | "section" | "figure"
        | "figcaption" | "table" | "tr" | "td" | "th" | "caption" | "aside" | "footer" => {
            Shown::As(name)
        }
        "hl1" | "hl2" => Shown::As("h2"),
        "bq" => Shown::As("blockquote"),
        "block" => Shown::As("div"),
        "credit" => Shown::As("cite"),
        "media" | "nitf-table" | "custom-table" | "note" | "ednote" | "datasource" | "head"
        | "script" | "style" | "object" | "svg" | "iframe" | "video" | "audio" => Shown::Not,
        _ => Shown::Through,
    }
}

impl Tree {
    /// The content of an element as HTML.
    pub(in crate::read) fn html(&self, id: Id) -> String {
        let mut out = String::new();
        let mut open: Vec<(Id, &str)> = Vec::new();
        let range = self.within(id);
        let mut at = range.start;
        while at < range.end {
            while let Some((_, name)) = open.pop_if(|(end, _)| *end <= at) {
                end(&mut out, name);
            }
            if let Some(text) = self.text_node(at) {
                escape(&mut out, text);
                at += 1;
                continue;
            }
            match shown(self.local(at)) {
                Shown::Not => {
                    at = self.end(at);
                    continue;
                }
                Shown::Through => {}
                Shown::As(name) => {
                    out.push('<');
                    out.push_str(name);
                    if let Some(class) = self.attribute(at, "class") {
                        out.push_str(" class=\"");
                        escape(&mut out, class);
                        out.push('"');
                    }
                    out.push('>');
                    if !matches!(name, "br" | "hr") {
                        open.push((self.end(at), name));
                    }
                }
            }
            at += 1;
        }
        while let Some((_, name)) = open.pop() {
            end(&mut out, name);
        }
        out
    }
}

fn end(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_renamed_shown_through_or_left_out() {
        let xml = "<b><hl2>A &amp; B</hl2><note><p>aside</p></note><x:p class='x'>One<br/><org>two</org> &lt;i></x:p> end</b>";
        let tree = Tree::parse(xml).expect("well-formed");
        assert_eq!(tree.html(1), "<h2>A &amp; B</h2><p class=\"x\">One<br>two &lt;i></p> end");
    }
}
