//! Text as people keep it in files and columns: with its HTML, with entities, as Markdown, read in a wrong encoding.

use super::html::{Fragment, fragment, line};
use super::{Options, markdown, mojibake};
use crate::article::Article;

/// Tags of HTML within a line.
const INLINE: &[&str] = &[
    "span", "a", "b", "i", "em", "strong", "tr", "td", "figure", "img", "q", "cite", "font", "u",
    "sup", "sub", "hr", "center", "iframe", "small", "time", "script",
];
/// Tags of HTML that part paragraphs; where a text has none of them, its line ends do.
const BLOCKS: &[&str] = &[
    "p",
    "br",
    "div",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "table",
    "article",
    "section",
    "html",
    "body",
];

/// What of HTML a text holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Markup {
    tags: bool,
    blocks: bool,
    entities: bool,
}

/// Reads the text and the headline of an article that were kept as they stood in a page: HTML as HTML, entities as what they
/// stand for. What was decoded wrongly is told, or mended on request. `spans`: targets are places in the text as it was given,
/// which must not move.
pub(super) fn read(article: &mut Article, options: &Options, spans: bool) {
    mojibake::mend_or_tell(article, options.repair);
    for field in
        [&mut article.title, &mut article.byline, &mut article.outlet].into_iter().flatten()
    {
        if markup(field) != Markup::default() {
            *field = line(field).unwrap_or_default();
        }
    }
    let found = markup(&article.text);
    // Markdown may hold some HTML; a page may hold what looks like a link of Markdown.
    let marked = !found.blocks && markdown::is_markdown(&article.text);
    if found == Markup::default() && !marked {
        return;
    }
    let told = match found {
        _ if marked => "Markdown",
        Markup { tags: true, .. } => "HTML",
        _ => "HTML entities",
    };
    if spans {
        article.warnings.push(format!(
            "the text holds {told}, which were not read, as targets are places in it"
        ));
        return;
    }
    if escaped_twice(&article.text) {
        article.text = article.text.replace("&amp;", "&");
    }
    let read = if marked {
        let (read, headline) = markdown::read(&article.text);
        article.title = article.title.take().or(headline);
        read
    } else if found.blocks {
        fragment(&article.text)
    } else {
        by_line(&article.text)
    };
    (article.text, article.passages) = (read.text, read.passages);
    article.left_out.extend(read.left_out);
    let way = if marked { "Markdown" } else { "HTML" };
    article.warnings.push(format!("the text held {told} and was read as {way}"));
}

/// "&amp;quot;": an entity of which the "&" was escaped again.
fn escaped_twice(text: &str) -> bool {
    text.match_indices("&amp;").any(|(at, found)| is_entity(&text.as_bytes()[at + found.len()..]))
}

/// Inline tags and entities leave lines as they are.
fn by_line(text: &str) -> Fragment {
    let lines: Vec<String> = text
        .lines()
        .map(|told| {
            if told.contains(['<', '&']) { line(told).unwrap_or_default() } else { told.to_owned() }
        })
        .collect();
    Fragment::plain(lines.join("\n"))
}

/// Looks for tags and entities: one pass, from each "<" and "&" a few bytes.
fn markup(text: &str) -> Markup {
    let mut out = Markup::default();
    let bytes = text.as_bytes();
    let (mut opened, mut ended) = (0, 0);
    let mut at = 0;
    while let Some(start) =
        bytes[at..].iter().position(|b| matches!(b, b'<' | b'&')).map(|n| at + n)
    {
        let rest = &bytes[start + 1..];
        if bytes[start] == b'&' {
            out.entities |= is_entity(rest);
        } else if let Some((name, closing)) = tag(rest) {
            opened += usize::from(!closing);
            ended += usize::from(closing || matches!(name, "br" | "img" | "hr"));
            out.blocks |= BLOCKS.contains(&name);
        }
        at = start + 1;
    }
    // "<b>" alone may be a letter in angles.
    out.tags = ended > 0 || opened > 2 || out.blocks;
    out.blocks &= out.tags;
    out
}

/// The known tag that begins behind a "<", and whether it is an end.
fn tag(rest: &[u8]) -> Option<(&'static str, bool)> {
    let closing = rest.first() == Some(&b'/');
    let name = &rest[usize::from(closing)..];
    let length = name.iter().take(11).take_while(|b| b.is_ascii_alphanumeric()).count();
    let behind = *name.get(length)?;
    if !matches!(behind, b'>' | b' ' | b'/' | b'\t' | b'\n' | b'\r') {
        return None;
    }
    let known =
        BLOCKS.iter().chain(INLINE).find(|t| t.as_bytes().eq_ignore_ascii_case(&name[..length]))?;
    Some((known, closing))
}

/// "&quot;", "&#8220;", "&#x201c;" behind the "&".
fn is_entity(rest: &[u8]) -> bool {
    let length =
        rest.iter().take(10).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    let name = &rest[..length];
    rest.get(length) == Some(&b';')
        && match name {
            [b'#', b'x' | b'X', digits @ ..] => {
                !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit)
            }
            [b'#', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
            _ => name.len() >= 2 && name.iter().all(u8::is_ascii_alphanumeric),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Article {
        let mut article = Article::from_text("1", text);
        article.title = Some("Quay &amp; pier".to_owned());
        read(&mut article, &Options::default(), false);
        article
    }

    #[test]
    fn html_and_entities_are_read() {
        for (given, text) in [
            (
                "<p>&ldquo;We go,&rdquo; she said.</p><p>It rains.</p>",
                "“We go,” she said.\n\nIt rains.",
            ),
            ("&quot;We go,&quot; she said.\n\nIt rains.", "\"We go,\" she said.\n\nIt rains."),
            ("&#8220;We go,&#x201d; she said.\nIt rains.", "“We go,” she said.\nIt rains."),
            ("“We <b>go</b>,” she said.\n\nIt&nbsp;rains.", "“We go,” she said.\n\nIt rains."),
            ("“We go,” she said.<br><br>It rains.", "“We go,” she said.\n\nIt rains."),
            (
                "<div>“We go,” she <a href=\"/x\">said</a>.</div>\n<div>It rains.</div>",
                "“We go,” she said.\n\nIt rains.",
            ),
            ("Oster &amp; Dahl said no.", "Oster & Dahl said no."),
            ("&amp;ldquo;We go,&amp;#8221; she said.", "“We go,” she said."),
            (
                "<p>&amp;quot;We go,&amp;quot; said Oster &amp;amp; Dahl.</p>",
                "\"We go,\" said Oster & Dahl.",
            ),
        ] {
            let article = of(given);
            assert_eq!(article.text, text, "{given}");
            assert_eq!(article.title.as_deref(), Some("Quay & pier"));
            assert!(article.warnings[0].contains("HTML"));
        }
    }

    #[test]
    fn markdown_is_read_and_told() {
        let mut article =
            Article::from_text("1", "# Quay shut\n\nThe **port** said [no](http://p.example).");
        read(&mut article, &Options::default(), false);
        assert_eq!(
            (article.title.as_deref(), article.text.as_str()),
            (Some("Quay shut"), "The port said no.")
        );
        assert!(article.warnings[0].contains("Markdown"));
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        for text in [
            "Oster & Dahl said 3 < 4 & 5 > 4.",
            "AT&T; a firm",
            "<Dorn> said no",
            "x<b and b>c",
            "R&D",
        ] {
            let article = of(text);
            assert_eq!(article.text, text);
            assert_eq!(article.warnings, [""; 0], "{text}");
        }
    }

    #[test]
    fn places_in_the_text_keep_it_from_moving() {
        let mut article = Article::from_text("1", "Oster &amp; Dahl");
        read(&mut article, &Options::default(), true);
        assert_eq!(article.text, "Oster &amp; Dahl");
        assert!(article.warnings[0].contains("targets"));
    }
}
