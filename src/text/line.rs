//! A trimmed line and how it is shaped.

use super::note;

/// Marks that close what a stop has ended.
const CLOSERS: [char; 8] = ['"', '”', '’', '\'', '»', ')', ']', ' '];

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
        let bytes = self.text.as_bytes();
        match bytes {
            [] => 0,
            _ if !bytes.is_ascii() && holds_wide_space(bytes) => {
                self.text.split_whitespace().count()
            }
            // Only ASCII has white space here: words begin behind it, and where the line does.
            [first, behind @ ..] => usize::from(!is_space(*first)) + beginnings(bytes, behind),
        }
    }

    /// Ends as a sentence does, closing marks, footnote marks and a tag behind the stop aside.
    pub(super) fn is_closed(self) -> bool {
        let stop = |text: &str| text.ends_with(['.', '!', '?', '…', ':', ';']);
        let bare = self.text.trim_end_matches(CLOSERS);
        let marked = bare.len() < self.text.len() && bare.ends_with([',', '-', '–', '—']);
        if stop(bare) || marked {
            return true;
        }
        // "It rains. — Norwire", "It rains. ■": where it comes from, and the mark of its end.
        let (head, tag) =
            DASHED.iter().find_map(|dash| self.text.rsplit_once(dash)).unwrap_or_default();
        let tagged = (1..=TAG).contains(&tag.split_whitespace().count())
            && tag.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
            && head.trim_end_matches(CLOSERS).ends_with('.');
        let ended = self.text.trim_end_matches(ENDS).trim_end();
        if tagged || ended.len() < self.text.len() && Line::new(ended).is_closed() {
            return true;
        }
        let noted = note::without_notes(self.text);
        noted.len() < self.text.len() && noted.trim_end_matches(CLOSERS).ends_with(['.', '…'])
    }

    /// Opens with a quotation, and has words of its own beside it: "“We go,” said Dorn."
    pub(super) fn quotes_in_part(self) -> bool {
        if !self.text.starts_with(['"', '“', '«']) {
            return false;
        }
        let mut inside = false;
        let mut outside = 0;
        for c in self.text.chars() {
            match c {
                '“' | '«' => inside = true,
                '”' | '»' => inside = false,
                '"' => inside = !inside,
                _ => outside += usize::from(!inside && c.is_alphabetic()),
            }
        }
        outside >= 6
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
        let opened = self
            .text
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_numeric() || "\"“‘'«[".contains(c));
        let question = self.text.ends_with(['?', '!']) && self.words() <= 14;
        opened && self.words() <= 18 && (!self.is_closed() || question) && !self.text.ends_with(',')
    }
}

/// Between a text and where it comes from.
const DASHED: [&str; 4] = [" — ", " – ", " -- ", " - "];
/// Most words that tell where a text comes from.
const TAG: usize = 3;
/// Marks that papers set behind the last word.
const ENDS: [char; 6] = ['■', '▪', '◼', '●', '◆', '∎'];

/// White space of ASCII.
fn is_space(byte: u8) -> bool {
    (byte == b' ') | (byte.wrapping_sub(b'\t') < 5)
}

/// Bytes behind white space that are none; `behind`: the same without the first. Counted in single bytes for as long as these
/// hold the number, so that many are looked at side by side.
fn beginnings(bytes: &[u8], behind: &[u8]) -> usize {
    const RUN: usize = 192;
    let runs = bytes.chunks(RUN).zip(behind.chunks(RUN));
    let count = |(before, here): (&[u8], &[u8])| {
        before.iter().zip(here).fold(0_u8, |n, (b, h)| n + u8::from(is_space(*b) & !is_space(*h)))
    };
    runs.map(|run| usize::from(count(run))).sum()
}

/// White space outside ASCII, by its bytes, all looked at: letters, dashes and quotation marks need not be read as characters
/// for that.
fn holds_wide_space(bytes: &[u8]) -> bool {
    let wide = |a: u8, b: u8, c: u8| {
        let two = (a == 0xc2) & ((b == 0x85) | (b == 0xa0));
        let general =
            (a == 0xe2) & (b == 0x80) & ((c <= 0x8a) | (c == 0xa8) | (c == 0xa9) | (c == 0xaf));
        let others = ((a == 0xe1) & (b == 0x9a))
            | ((a == 0xe2) & (b == 0x81) & (c == 0x9f))
            | ((a == 0xe3) & (b == 0x80));
        two | general | others
    };
    let [_, second @ ..] = bytes else { return false };
    let [_, third @ ..] = second else { return false };
    let threes = bytes.iter().zip(second).zip(third);
    threes.fold(0, |any, ((a, b), c)| any | u8::from(wide(*a, *b, *c))) > 0
        || bytes.ends_with(&[0xc2, 0x85])
        || bytes.ends_with(&[0xc2, 0xa0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_marks_behind_the_stop_leave_a_line_closed() {
        for line in [
            "It rains, the chair said. — Norwire",
            "It rains, the chair said. -- The Norby Times",
            "It rains. ■",
            "“We go,” Ana Dorn said. ∎",
            "“We go.” – Norwire",
        ] {
            assert!(Line::new(line).is_closed(), "{line}");
        }
        for line in ["Quay shut – Norby Times", "It rains. - and it pours", "Quay ■", "■", ""]
        {
            assert!(!Line::new(line).is_closed(), "{line}");
        }
    }

    #[test]
    fn words_are_told_by_any_white_space() {
        for space in (0..=0xffff)
            .filter_map(char::from_u32)
            .filter(|c| c.is_whitespace() || matches!(c, '–' | '’' | 'é' | '\u{200b}' | '\x1c'))
        {
            for text in [
                format!("a{space}b c"),
                format!("Ana’s{space}{space}plan — “so”"),
                format!("{space}"),
                format!("é{space}"),
            ] {
                let line = Line::new(text.trim());
                assert_eq!(line.words(), line.text.split_whitespace().count(), "{text:?}");
            }
        }
    }
}
