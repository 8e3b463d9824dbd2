//! Markdown, as static sites and many collections keep articles: read to HTML by pulldown-cmark (the parser of rustdoc and
//! mdBook, MIT, kept for ten years), and on from there as every body of HTML.

use super::html::{Fragment, fragment};
use pulldown_cmark::{Event, Options, Parser, html::push_html};

/// Does the text hold marks of Markdown that no plain text has: links, or two other kinds?
pub(super) fn is_markdown(text: &str) -> bool {
    // "[words](http" may be cut anywhere in the text; the other signs begin or enclose words.
    if text.contains("](http") || text.contains("](/") {
        return true;
    }
    let mut bold = 0;
    let (mut headings, mut quoted) = (0, 0);
    for line in text.lines() {
        let marks = line.bytes().take_while(|b| *b == b'#').count();
        headings += usize::from((1..=6).contains(&marks) && line[marks..].starts_with(' '));
        quoted += usize::from(line.starts_with("> ") && line.len() > 12);
        bold += bold_words(line);
    }
    let kinds = [bold, headings, quoted].iter().filter(|count| **count > 0).count();
    kinds > 1 || bold > 1 || quoted > 1
}

/// Stretches in bold: two stars before a word, and two behind one.
fn bold_words(line: &str) -> usize {
    let stars = || line.match_indices("**").map(|(at, _)| at);
    let opens = stars().filter(|at| {
        line[at + 2..].chars().next().is_some_and(|c| c.is_alphanumeric() || "\"“‘'".contains(c))
    });
    let closes = stars().filter(|at| {
        line[..*at].chars().next_back().is_some_and(|c| c != '*' && !c.is_whitespace())
    });
    opens.count().min(closes.count())
}

/// The text of a body in Markdown, and its first heading when it begins with it: the headline.
pub(super) fn read(text: &str) -> (Fragment, Option<String>) {
    let (headline, body) = headline(text);
    (plain(body), headline.map(|head| plain(head).text).filter(|head| !head.is_empty()))
}

fn plain(body: &str) -> Fragment {
    // Where no blank line parts paragraphs, line ends do.
    let lines = !body.trim().contains("\n\n") && !body.contains("\n\r\n");
    let events = Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).map(
        |event| match event {
            Event::SoftBreak if lines => Event::HardBreak,
            event => event,
        },
    );
    let mut html = String::with_capacity(body.len() + body.len() / 8);
    push_html(&mut html, events);
    fragment(&html)
}

/// "# Headline" at the beginning, and the rest.
fn headline(text: &str) -> (Option<&str>, &str) {
    let trimmed = text.trim_start();
    match trimmed.strip_prefix("# ").map(|rest| rest.split_once('\n').unwrap_or((rest, ""))) {
        Some((headline, body)) => (Some(headline.trim_end_matches(['#', ' ', '\r'])), body),
        None => (None, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_text_and_quotations_passages() {
        let text = "# Quay to be *mended*\n\nThe mayor, **Ana Dorn**, said the quay [would be mended](http://courier.example/a).\n\n> We mend it, whatever it costs us all.\n>\n> — Ana Dorn, mayor\n\n\"The money is **not** there,\" said Piet Hahn.\n";
        assert!(is_markdown(text));
        let (read, headline) = read(text);
        assert_eq!(headline.as_deref(), Some("Quay to be mended"));
        assert!(read.text.starts_with("The mayor, Ana Dorn, said the quay would be mended."));
        assert!(
            read.text.ends_with("\"The money is not there,\" said Piet Hahn."),
            "{}",
            read.text
        );
        let passage = read.passages[0];
        assert!(read.text[passage.span.from()..passage.span.to()].starts_with("We mend it"));
    }

    #[test]
    fn one_kind_of_mark_is_no_markdown() {
        for text in [
            "Quay & pier\n\n# of boats: 9",
            "A ** marks a footnote.\n\n*****\n\n** It is old.\n\n*****",
            "* one\n* two\n\nIt rains.",
            "See [1] (and [2]).",
            "> he goes",
        ] {
            assert!(!is_markdown(text), "{text}");
        }
        for text in [
            "**Q: Who pays?**\n\nThe town.\n\n**Q: When?**\n\nIn May.",
            "On Monday Piet Hahn wrote:\n\n> The money is not there.\n> It never was, I said.\n",
            "## The quay\n\nIt is **old**.",
            "The [port](https://port.example) is shut.",
        ] {
            assert!(is_markdown(text), "{text}");
        }
    }

    #[test]
    fn lines_are_paragraphs_where_nothing_else_parts_them() {
        assert_eq!(read("The **quay**.\nThe **pier**.").0.text, "The quay.\nThe pier.");
        assert_eq!(
            read("The **quay**\nis shut.\n\nSo it is.").0.text,
            "The quay is shut.\n\nSo it is."
        );
    }
}
