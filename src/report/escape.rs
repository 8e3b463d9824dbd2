//! Article text is hostile: nothing of it may steer the terminal.

use std::borrow::Cow;
use std::fmt::Write;

/// Controls of the terminal and of writing direction.
pub(super) fn is_hostile(c: char) -> bool {
    c.is_control() || is_invisible(c)
}

/// Bidirectional controls, line separators and tags: they hide or reorder what stands around them.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Text fit for one line of a terminal: line breaks and tabs become spaces, controls become visible.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    escape(text, |c| {
        if matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') { Some(' ') } else { None }
    })
}

/// Text fit for a terminal with its lines kept.
#[must_use]
pub fn block(text: &str) -> Cow<'_, str> {
    escape(text, |c| matches!(c, '\n' | '\t').then_some(c))
}

fn escape(text: &str, keep: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match (is_hostile(c), keep(c)) {
            (false, _) => out.push(c),
            (true, Some(kept)) => out.push(kept),
            // Writing into a String cannot fail.
            (true, None) => drop(write!(out, "<U+{:04X}>", u32::from(c))),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_visible() {
        assert_eq!(
            line("a\x1b[31mb\u{9b}c\u{202e}d\r\ne\x7f"),
            "a<U+001B>[31mb<U+009B>c<U+202E>d  e<U+007F>"
        );
        assert_eq!(block("a\nb\tc\x07"), "a\nb\tc<U+0007>");
        assert!(matches!(line("“naïve” 🦊"), Cow::Borrowed(_)));
    }
}
