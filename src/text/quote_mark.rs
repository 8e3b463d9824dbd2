//! Quotation marks of other keyboards and scripts, each read as the mark that stands for it in English print.

use super::{Kind, Token, Word};
use std::sync::LazyLock;

/// Marks as they are written, with the mark that they are read as: the opening or closing double, the straight double, the
/// opening or closing single, or a guillemet.
const READ_AS: &[(&str, &str)] = &[
    // Newspapers' archives open with '' as well as close with it.
    ("``", "\""),
    ("''", "\""),
    ("＂", "\""),
    ("″", "\""),
    ("ˮ", "\""),
    ("〃", "\""),
    ("‟", "“"),
    ("❝", "“"),
    ("❞", "”"),
    ("〝", "“"),
    ("〞", "”"),
    ("〟", "”"),
    ("「", "“"),
    ("」", "”"),
    ("『", "“"),
    ("』", "”"),
    ("﹁", "“"),
    ("﹂", "”"),
    ("‹", "«"),
    ("›", "»"),
    ("<<", "«"),
    (">>", "»"),
    ("《", "«"),
    ("》", "»"),
    ("`", "‘"),
    ("‛", "‘"),
    ("‚", "‘"),
    ("❛", "‘"),
    ("❜", "’"),
    ("´", "'"),
    ("′", "'"),
    ("＇", "'"),
];

/// The mark that the form at `at` is read as, where it is one of another keyboard, or one that faces the other way: »…« and
/// „…“ are printed in Germany, ”…” in Sweden. What faces which way is told by the spaces around it.
pub(super) fn read_as(text: &str, at: usize, stop: usize) -> Option<&'static str> {
    let form = &text[at..stop];
    // The longest is three bytes; a plain byte is only a mark when it is a grave accent.
    if form.len() > 3 || form.len() < 2 && form != "`" {
        return None;
    }
    let known = READ_AS.iter().find(|(written, _)| *written == form).map(|(_, read)| *read);
    let before = text[..at].chars().next_back();
    let after = text[stop..].chars().next();
    let parted = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "([{—–".contains(c));
    let ends = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || ".,;:!?)]}—–…".contains(c));
    let opens = parted(before) && !ends(after);
    let closes = !parted(before) && ends(after);
    match known.unwrap_or(form) {
        "»" if opens => Some("«"),
        "«" if closes => Some("»"),
        "”" if opens => Some("“"),
        "“" if closes => Some("”"),
        "„" => Some("“"),
        _ => known,
    }
}

/// The double marks that others are read as; single ones are one word, as apostrophes are.
static DOUBLE: LazyLock<[(Word, &str); 5]> =
    LazyLock::new(|| ["“", "”", "\"", "«", "»"].map(|mark| (Word::of(mark), mark)));

/// The mark that a punctuation token is read as, where it is written otherwise.
pub(crate) fn seen_mark(token: &Token, form: &str) -> Option<&'static str> {
    if token.kind != Kind::Punctuation || (form.len() < 2 && form != "`") {
        return None;
    }
    let double = DOUBLE.iter().find(|(word, _)| *word == token.word).map(|(_, mark)| *mark);
    let single = || READ_AS.iter().find(|(written, _)| *written == form).map(|(_, mark)| *mark);
    double.or_else(single).filter(|mark| *mark != form)
}

/// Bytes of a mark that is written with two characters and opens `rest`; 1 where it is none. `glued`: a word stands right
/// before it. Angle brackets quote only where they embrace: ">> Anna:" is a change of speaker, "x << y" an operator.
pub(super) fn written_length(rest: &str, glued: bool) -> usize {
    let embraces = |open: bool| {
        let after = rest.chars().nth(2);
        if open { after.is_some_and(|c| !c.is_whitespace() && c != '<') } else { glued }
    };
    match rest.as_bytes() {
        [b'`', b'`', ..] | [b'\'', b'\'', ..] => 2,
        [b'<', b'<', ..] if embraces(true) => 2,
        [b'>', b'>', ..] if embraces(false) => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Document;

    #[test]
    fn marks_of_every_keyboard_are_read_as_those_of_print() {
        for (open, close) in [
            ("``", "''"),
            ("″", "″"),
            ("＂", "＂"),
            ("「", "」"),
            ("‹", "›"),
            ("<<", ">>"),
            ("»", "«"),
            ("„", "“"),
            ("”", "”"),
            ("´", "´"),
        ] {
            let text = format!("{open}We will not go,{close} he said.");
            let document = Document::new(&text);
            let (first, last) = (document.form(0), document.form(6));
            assert!(
                matches!((first, last), ("“", "”") | ("\"", "\"") | ("«", "»") | ("'", "'")),
                "{text}: {first} {last}"
            );
            assert_eq!(document.tokens[0].span.slice(&text), open);
        }
    }

    #[test]
    fn a_change_of_speaker_quotes_nothing() {
        let document = Document::new("The form was x << 3 and the line began >> Anna.");
        assert!(!(0..document.tokens.len()).any(|t| matches!(document.form(t), "«" | "»")));
    }
}
