//! The body of an article that came as HTML apart from its page: in a feed, an export, a field of JSON.

use super::block::Blocks;
use super::main_text::named;
use super::page::left_out;
use super::quote::{Quotations, passages};
use super::text::place;
use super::tree::Tree;
use crate::article::{Article, LeftOut};
use crate::text::Passage;

/// The text of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Fragment {
    /// Paragraphs, with a blank line between them.
    pub(in crate::read) text: String,
    /// What its tags tell of the paragraphs: whose words a block quotation is, what is a list.
    pub(in crate::read) passages: Vec<Passage>,
    /// What was set aside: captions, buttons, hidden parts.
    pub(in crate::read) left_out: Vec<LeftOut>,
}

impl Fragment {
    /// A text without tags.
    pub(in crate::read) fn plain(text: String) -> Fragment {
        Fragment { text, ..Fragment::default() }
    }

    /// Cuts the text off.
    pub(in crate::read) fn truncate(&mut self, end: usize) {
        self.text.truncate(end);
        self.text.truncate(self.text.trim_end().len());
        self.passages.retain(|passage| passage.span.to() <= self.text.len());
    }

    /// An article of this text, of which nothing else is known yet.
    pub(in crate::read) fn into_article(self) -> Article {
        let Fragment { text, passages, left_out } = self;
        Article { text, passages, left_out, ..Article::default() }
    }
}

/// Elements of which a body has some when it was not written as plain lines. Lower case.
const BLOCKS: &[&str] = &["<p", "<br", "<div", "<li", "<h1", "<h2", "<h3", "<blockquote", "<td"];

/// Reads a body. All of it is the article, but for what its tags and their names set aside. Where no tag tells the
/// paragraphs, the line ends do.
pub(in crate::read) fn fragment(html: &str) -> Fragment {
    let lower = html.to_ascii_lowercase();
    let in_blocks = BLOCKS.iter().any(|tag| lower.contains(tag));
    let read = if in_blocks { once(html) } else { once(&with_breaks(html)) };
    // Markup that was escaped twice.
    let again = read.text.to_ascii_lowercase();
    let twice = ["</p>", "<p>", "<br>", "<br/>", "<br />", "</a>", "</div>", "</em>", "</strong>"];
    if twice.iter().any(|tag| again.contains(tag)) { once(&read.text) } else { read }
}

/// Line ends as they are on a page: a blank line parts paragraphs.
pub(in crate::read) fn with_breaks(text: &str) -> String {
    text.trim().replace("\r\n", "\n").replace('\n', "<br>\n")
}

fn once(html: &str) -> Fragment {
    let tree = Tree::parse(html);
    let blocks = Blocks::of(&tree);
    let reasons = named(&tree, &blocks);
    let (text, placed) = place(&blocks, &reasons);
    let passages = passages(&tree, &blocks, &Quotations::of(&tree), &placed, &text);
    Fragment { text, passages, left_out: left_out(&blocks, &reasons) }
}

/// A headline or a name that may hold tags and entities, on one line; `None` when it is empty.
pub(in crate::read) fn line(text: &str) -> Option<String> {
    let plain = if text.contains(['<', '&']) { fragment(text).text } else { text.to_owned() };
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        fragment(html).text
    }

    #[test]
    fn bodies_become_paragraphs() {
        assert_eq!(
            text("<p>One &amp; two.</p><p>Three<br>four.</p>"),
            "One & two.\n\nThree\nfour."
        );
        assert_eq!(text("One.\r\n\r\nTwo <b>three</b>\nfour."), "One.\n\nTwo three\nfour.");
        assert_eq!(text("&lt;p&gt;Twice &amp;amp; more.&lt;/p&gt;"), "Twice & more.");
        assert_eq!(text("<ul><li>a</li><li>b</li></ul>"), "a\n\nb");
        assert_eq!(text("a < b and c > d"), "a < b and c > d");
        assert_eq!(text(" <img src='x'> "), "");
    }

    #[test]
    fn captions_and_hidden_parts_are_set_aside() {
        let html = "<p>The quay closes on Monday, the port said in a note to crews.</p><figure><figcaption>The quay</figcaption></figure><p>It was built in 1931 and has not been mended since then.</p>";
        let read = fragment(html);
        assert!(!read.text.contains("The quay\n") && read.text.contains("1931"), "{}", read.text);
        assert_eq!(read.left_out[0].reason, "caption");
    }

    #[test]
    fn headlines_are_one_line() {
        assert_eq!(line("Oster &amp; Dahl\n <i>win</i>").as_deref(), Some("Oster & Dahl win"));
        assert_eq!(line(" \n "), None);
    }
}
