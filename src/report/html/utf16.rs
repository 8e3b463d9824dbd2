//! Places in the unit of a browser's strings.

use crate::text::Span;
use std::fmt::Write;

/// Tells byte offsets in UTF-16 code units.
pub(super) struct Utf16 {
    /// For each byte, the unit that begins there; empty where all are one byte.
    units: Vec<u32>,
}

impl Utf16 {
    pub(super) fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Utf16 { units: Vec::new() };
        }
        let mut units = Vec::with_capacity(text.len() + 1);
        let mut unit = 0;
        for c in text.chars() {
            units.extend(std::iter::repeat_n(unit, c.len_utf8()));
            unit += c.len_utf16() as u32;
        }
        units.push(unit);
        Utf16 { units }
    }

    pub(super) fn tell(&self, byte: u32) -> u32 {
        if self.units.is_empty() {
            return byte;
        }
        self.units.get(byte as usize).or(self.units.last()).copied().unwrap_or(byte)
    }

    /// Spans as an attribute has them: `12-40 88-93`.
    pub(super) fn places(&self, spans: impl IntoIterator<Item = Span>) -> String {
        let mut out = String::new();
        for span in spans {
            let gap = if out.is_empty() { "" } else { " " };
            // Writing into a String cannot fail.
            let _always_ok = write!(out, "{gap}{}-{}", self.tell(span.start), self.tell(span.end));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_as_a_browser_counts() {
        let text = "a é 🦊 b";
        let spans = ["é", "🦊", "b"].map(|w| {
            let at = text.find(w).unwrap();
            Span::new(at, at + w.len())
        });
        assert_eq!(Utf16::new(text).places(spans), "2-3 4-6 7-8");
        assert_eq!(Utf16::new("abc").places([Span::new(1, 3)]), "1-3");
    }
}
