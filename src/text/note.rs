//! Footnote marks and tags that stand behind the stop of a sentence: "[1]", "¹", "†", "(Norwire)".

/// Signs that stand for a footnote.
pub(super) fn is_note_sign(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '§' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Longest note in brackets, bytes: "[citation needed]".
pub(super) const LONGEST: usize = 24;
/// Most notes behind one sentence, and most words of a tag.
const NOTES: usize = 4;
const TAG: usize = 4;

/// A line without the notes and the tag at its end; the whole line when nothing is left.
pub(super) fn without_notes(line: &str) -> &str {
    let mut rest = line.trim_end();
    for _ in 0..NOTES {
        let signs = rest.trim_end_matches(is_note_sign);
        let bare = bracket(signs, '[', ']', LONGEST)
            .or_else(|| bracket(signs, '(', ')', 40))
            .unwrap_or(signs);
        if bare.len() == rest.len() {
            break;
        }
        rest = bare.trim_end();
    }
    if rest.is_empty() { line } else { rest }
}

/// What stands before a bracket at the end of a line.
fn bracket(line: &str, open: char, close: char, longest: usize) -> Option<&str> {
    let inner = line.strip_suffix(close)?;
    let at = inner.rfind(open)?;
    let words = inner[at + 1..].split_whitespace().count();
    (at > 0 && inner.len() - at <= longest && words <= TAG).then(|| &line[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_and_tags_are_taken_off() {
        for (line, bare) in [
            ("It was sorry.*", "It was sorry."),
            ("It was sorry.[2][3]", "It was sorry."),
            ("It was sorry.¹²", "It was sorry."),
            ("It was sorry. (Norwire)", "It was sorry."),
            ("It was sorry.[citation needed]", "It was sorry."),
            ("It was sorry. [Norwire] †", "It was sorry."),
            ("(Norwire)", "(Norwire)"),
            ("***", "***"),
        ] {
            assert_eq!(without_notes(line), bare);
        }
    }
}
