//! Words of articles on their way into a page.

use crate::report::escape::{is_hostile, line};
use askama::filters::HtmlSafe;
use std::fmt::{self, Display, Formatter, Write};

/// Words of an article, or a name that somebody gave, as they stand in a page: escaped, their controls shown, and set apart so that
/// their direction of writing turns nothing around them.
pub(in crate::report) struct Isolated<T>(pub(in crate::report) T);

impl<T: AsRef<str>> Display for Isolated<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("<bdi>")?;
        escaped(self.0.as_ref(), f)?;
        f.write_str("</bdi>")
    }
}

impl<T: AsRef<str>> HtmlSafe for Isolated<T> {}

/// Writes text as markup that shows it: what a browser would obey stands as an element that names it, and tells by `data-c` how
/// many UTF-16 units it is of.
pub(super) fn escaped(text: &str, out: &mut impl Write) -> fmt::Result {
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let entity = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            '\n' | '\t' => continue,
            c if is_hostile(c) => "",
            _ => continue,
        };
        out.write_str(&text[from..at])?;
        match (entity, c) {
            // The end of a line of another system: the line feed beside it is enough.
            ("", '\r') => out.write_str("<i data-c=\"1\"></i>")?,
            ("", c) => write!(
                out,
                "<i class=\"ctl\" data-u=\"U+{:04X}\" data-c=\"{}\"></i>",
                u32::from(c),
                c.len_utf16()
            )?,
            (entity, _) => out.write_str(entity)?,
        }
        from = at + c.len_utf8();
    }
    out.write_str(&text[from..])
}

/// Text for an attribute, a title or a label: on one line, its controls shown. The template escapes it.
pub(in crate::report) fn attribute(text: &str) -> String {
    line(text).into_owned()
}

/// An address that may become a link: of the web, and without anything that is not shown.
pub(in crate::report) fn web_link(url: &str) -> Option<&str> {
    let url = url.trim();
    let scheme = ["http://", "https://"]
        .iter()
        .any(|s| url.get(..s.len()).is_some_and(|start| start.eq_ignore_ascii_case(s)));
    (scheme && !url.chars().any(|c| is_hostile(c) || c.is_whitespace())).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_article_is_markup() {
        let shown = Isolated("<b a='\"'>&\u{202e}x\u{0}\r\n</script>").to_string();
        assert_eq!(
            shown,
            "<bdi>&lt;b a=&#39;&quot;&#39;&gt;&amp;<i class=\"ctl\" data-u=\"U+202E\" data-c=\"1\"></i>x<i class=\"ctl\" data-u=\"U+0000\" data-c=\"1\"></i><i data-c=\"1\"></i>\n&lt;/script&gt;</bdi>"
        );
    }

    #[test]
    fn only_addresses_of_the_web_become_links() {
        assert_eq!(web_link(" HTTPS://a.example/x?y=1&z "), Some("HTTPS://a.example/x?y=1&z"));
        for bad in [
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "//a.example",
            "http://a.example/\u{202e}gpj",
            "https://a b",
            "é://",
        ] {
            assert_eq!(web_link(bad), None, "{bad}");
        }
    }
}
