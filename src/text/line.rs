//! A trimmed line and how it is shaped.

/// A line of the text, without the white space around it.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Line { text }
    }

    pub(super) fn words(self) -> usize {
        self.text.split_whitespace().count()
    }

    /// Ends as a sentence does, closing marks aside.
    pub(super) fn is_closed(self) -> bool {
        let bare = self.text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', ' ']);
        let stop = bare.ends_with(['.', '!', '?', '…', ':', ';']);
        let marked = bare.len() < self.text.len() && bare.ends_with([',', '-', '–', '—']);
        stop || marked
    }

    pub(super) fn quotes(self) -> bool {
        self.text.contains(['"', '“', '”', '«', '»'])
    }

    /// In brackets from end to end.
    pub(super) fn in_brackets(self) -> bool {
        let bare = self.text.trim_end_matches('.');
        bare.starts_with('(') && bare.ends_with(')') && !bare[1..bare.len() - 1].contains(')')
    }

    /// What a last bracket holds, as photo credits stand there.
    pub(super) fn last_bracket(self) -> &'a str {
        let bare = self.text.trim_end_matches(['.', ' ']);
        match (bare.ends_with(')'), bare.rfind('(')) {
            (true, Some(open)) => &bare[open + 1..bare.len() - 1],
            _ => "",
        }
    }

    /// Long enough quotation or a sentence end: not a button.
    pub(super) fn quotes_speech(self) -> bool {
        self.words() > 8 && self.text.ends_with('.')
    }

    /// "LIVE: border closed": as the first line of a text it is the headline, not a link.
    pub(super) fn has_label_and_text(self) -> bool {
        self.text.split_once(':').is_some_and(|(_, rest)| rest.split_whitespace().count() >= 3)
    }

    /// Reads like a headline: short, not ended as a sentence, opened by a capital, a digit or a mark.
    pub(super) fn is_headline(self) -> bool {
        let opened = self.text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric() || "\"“‘'«[".contains(c));
        let question = self.text.ends_with(['?', '!']) && self.words() <= 14;
        opened && self.words() <= 18 && (!self.is_closed() || question) && !self.text.ends_with(',')
    }
}
