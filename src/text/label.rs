//! The label that opens a speaker's turn: "VIK:", "Q.", "[Ana Dorn]", "00:12 Ana Dorn, mayor:".

use super::direction::is_direction;
use super::phrases::LINK_LABELS;
use super::written_name::{is_name, surname};
use super::{Span, Word};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Who speaks behind a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// Whom the label names.
    Named,
    /// Who asks, without a name: "Q:", "Reporter:".
    Asks,
    /// Who is asked: "A:".
    Answers,
}

/// What stands before a colon and names no speaker: whole labels, and first or last words of labels. Lower case.
static NO_SPEAKERS: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| include_str!("no_speakers.txt").split(['|', '\n']).collect());

/// A label at the beginning of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// The name in it, without office and brackets.
    pub(super) by: Option<Span>,
    /// Byte at which the words begin.
    pub(super) end: usize,
    pub(super) voice: Voice,
    /// The last word of the name: what a later, shorter label repeats.
    pub(super) key: Word,
    /// How surely a line that begins so is a turn, seen by itself.
    pub(super) strength: Strength,
    /// "BY MR. HOLM:": whose questions follow.
    pub(super) examines: bool,
}

/// How much a label alone says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// A line of nothing but a name.
    Bare,
    /// One word with a capital before a colon: it may be any label.
    Word,
    /// Several words with capitals, or one in capitals.
    Name,
    /// A name with an office, a title or brackets.
    Titled,
}

impl Label {
    /// A question that begins without a label.
    pub(super) fn question(start: usize) -> Label {
        let (voice, strength) = (Voice::Asks, Strength::Name);
        Label { by: None, end: start, voice, key: Word::of("q"), strength, examines: false }
    }
}

/// Bytes of a line within which its label ends.
const REACH: usize = 120;
/// Most words of a label, its office included.
const WORDS: usize = 16;

/// Titles before a name that make a label out of any line.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sir",
    "dame",
    "lord",
    "lady",
    "baroness",
    "sen",
    "senator",
    "rep",
    "gov",
    "hon",
    "judge",
    "justice",
    "adm",
    "gen",
    "col",
    "capt",
    "sgt",
    "prof",
    "rev",
    "president",
    "minister",
    "chairman",
    "chairwoman",
    "mayor",
];
/// Who asks without being named.
const ASKERS: &[&str] =
    &["q", "question", "interviewer", "reporter", "journalist", "questioner", "the interviewer"];

/// Reads the label of a trimmed line that begins at `offset` of the text.
pub(super) fn label(line: &str, offset: usize) -> Option<Label> {
    let head = cut(line, REACH);
    let first = *head.as_bytes().first()?;
    let marked = head.contains(':') || matches!(first, b'Q' | b'A' | b'[' | b'>' | b'(' | b'*');
    let numbered = first.is_ascii_digit();
    let bare = line.len() <= REACH
        && (line.ends_with(')') || !line.bytes().any(|b| b.is_ascii_lowercase()));
    if !(marked || numbered || bare) {
        return None;
    }
    let start = lead(head);
    let rest = &head[start..];
    let at = offset + start;
    let found = letter(rest, at).or_else(|| bracket(rest, at)).or_else(|| colon(rest, at));
    found.or_else(|| alone(line, rest, at))
}

fn cut(line: &str, most: usize) -> &str {
    let mut end = line.len().min(most);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    &line[..end]
}

/// Bytes of captions' arrows, asterisks, time stamps and line numbers before a label.
fn lead(line: &str) -> usize {
    let mut rest = line;
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '*' | '_'));
        rest = &rest[stamp(rest)..];
        if rest.len() == before {
            return line.len() - rest.len();
        }
    }
}

/// Length of a time stamp, "[00:01:23]", or of a line number that stands apart.
fn stamp(line: &str) -> usize {
    let open = usize::from(line.starts_with(['[', '(']));
    let digits = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',');
    let body = line[open..].find(|c| !digits(c)).unwrap_or(0);
    let number = &line[open..open + body];
    let rest = &line[open + body..];
    if open == 1 {
        let closed = rest.starts_with([']', ')']) && number.contains(':');
        return if closed { open + body + 1 } else { 0 };
    }
    let clock = number.contains(':') && number.len() >= 4 && rest.starts_with([' ', '\t']);
    let counted = !number.is_empty() && number.len() <= 2 && rest.starts_with("  ");
    if clock {
        body + rest.len() - rest.trim_start_matches([' ', '\t', '-', '–']).len()
    } else if counted {
        body
    } else {
        0
    }
}

/// "Q:", "A.", "Q    ", "Q (Mr. Dahl):".
fn letter(rest: &str, at: usize) -> Option<Label> {
    let voice = match rest.as_bytes().first()? {
        b'Q' => Voice::Asks,
        b'A' => Voice::Answers,
        _ => return None,
    };
    let tail = rest[1..].trim_start_matches(|c: char| c.is_ascii_digit());
    let tail = match tail.trim_start().strip_prefix('(').and_then(|t| t.split_once(')')) {
        Some((_, behind)) if behind.starts_with([':', '.']) => behind,
        _ => tail,
    };
    let used = if tail.starts_with([':', '.', ')']) {
        1
    } else if tail.starts_with("  ") || tail.starts_with('\t') {
        0
    } else if [" – ", " — ", " - "].iter().any(|d| tail.starts_with(d)) {
        2 + usize::from(!tail.starts_with(" - ")) * 2
    } else {
        return None;
    };
    let words = &tail[used..].trim_start_matches(['*', '_']);
    if !(words.is_empty() || words.starts_with(char::is_whitespace)) {
        return None;
    }
    let end = at + rest.len() - words.trim_start().len();
    let key = Word::of(&rest[..1]);
    Some(Label { by: None, end, voice, key, strength: Strength::Name, examines: false })
}

/// "[Ana Dorn] We …", "[Ana Dorn]: We …".
fn bracket(rest: &str, at: usize) -> Option<Label> {
    let (inner, behind) = rest.strip_prefix('[')?.split_once(']')?;
    if is_direction(inner) {
        return None;
    }
    let words = behind.strip_prefix(':').unwrap_or(behind);
    if !words.starts_with(char::is_whitespace) && !words.is_empty() {
        return None;
    }
    let named = named(inner, at + 1)?;
    let strength = named.strength.max(Strength::Name);
    Some(Label { end: at + rest.len() - words.trim_start().len(), strength, ..named })
}

fn colon(rest: &str, at: usize) -> Option<Label> {
    let (head, words) = rest.split_at(colon_at(rest)?);
    let words = &words[1..];
    let words = words.trim_start_matches(['*', '_']);
    if !words.is_empty() && !words.starts_with(|c: char| c.is_whitespace() || "“\"‘".contains(c))
    {
        return None;
    }
    let named = named(head.trim_end_matches(['*', '_', ' ']), at)?;
    Some(Label { end: at + rest.len() - words.trim_start().len(), ..named })
}

/// The first colon outside of brackets.
fn colon_at(rest: &str) -> Option<usize> {
    let mut depth = 0_usize;
    rest.char_indices().find_map(|(at, c)| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => return Some(at),
            _ => {}
        }
        None
    })
}

/// A line of nothing but "Ana Dorn (Ridgeton) (Lab)", "Ana Dorn 00:12" or "ANA DORN".
fn alone(line: &str, rest: &str, at: usize) -> Option<Label> {
    if line.len() > REACH || line.contains(':') && !line.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let head = rest.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | ' ' | '.'));
    let timed = head.len() + 4 <= rest.len() && rest[head.len()..].contains(':');
    let bracketed = head.ends_with(')') && head.contains('(');
    let named = named(head, at)?;
    let shouted = named.strength >= Strength::Name && !head.chars().any(char::is_lowercase);
    let several = head.split_whitespace().count() >= 2;
    ((timed || bracketed || shouted) && several).then_some(Label {
        end: at + rest.len(),
        strength: Strength::Bare,
        ..named
    })
}

/// The name in a label that begins at `at`; `end` is left to be set.
fn named(label: &str, at: usize) -> Option<Label> {
    if label.is_empty()
        || label.split_whitespace().count() > WORDS
        || label.contains(['"', '“', '?'])
    {
        return None;
    }
    let examines = label.starts_with("BY ") && label.len() > 3;
    let skip = if examines { 3 } else { 0 };
    let outer = &label[skip..];
    let (head, office) = outer.split_at(outer.find(['(', ',', '[', '/']).unwrap_or(outer.len()));
    let head = [" - ", " – ", " — "].iter().find_map(|d| head.split_once(d)).map_or(head, |h| h.0);
    let head = head.trim_end();
    // "The Minister for Health (Ana Dorn)": the name stands in brackets.
    let inner = office.strip_prefix('(').and_then(|o| o.split_once(')')).map(|o| o.0);
    if let Some(name) = inner.filter(|_| head.starts_with("The ") || head.starts_with("THE "))
        && name.split_whitespace().count() >= 2
        && is_name(name)
    {
        let start = at + skip + office.as_ptr() as usize - outer.as_ptr() as usize + 1;
        return Some(told(name, start, Strength::Titled, examines));
    }
    let folded = head.to_lowercase();
    if ASKERS.contains(&folded.as_str()) {
        let voice = Voice::Asks;
        return Some(Label {
            by: None,
            voice,
            ..told(head, at + skip, Strength::Titled, examines)
        });
    }
    let link = || LINK_LABELS.iter().any(|l| l.strip_suffix(':').unwrap_or(l) == folded);
    if !is_name(head) || NO_SPEAKERS.contains(folded.as_str()) || link() || is_direction(head) {
        return None;
    }
    let first = folded.split_whitespace().next().unwrap_or("").trim_end_matches('.');
    let last = folded.split_whitespace().next_back().unwrap_or("");
    if NO_SPEAKERS.contains(first) || NO_SPEAKERS.contains(last) {
        return None;
    }
    let several = head.split_whitespace().count() >= 2;
    let shouted = !head.trim_start_matches("Mc").chars().any(char::is_lowercase);
    let strength = match (TITLES.contains(&first) || first == "the", !office.is_empty()) {
        (true, _) if several => Strength::Titled,
        (_, true) if several => Strength::Titled,
        _ if several || shouted => Strength::Name,
        _ => Strength::Word,
    };
    Some(told(head, at + skip, strength, examines))
}

fn told(name: &str, start: usize, strength: Strength, examines: bool) -> Label {
    let end = start + name.len();
    let key = Word::of(surname(name));
    let by = Some(Span::new(start, end));
    Label { by, end, voice: Voice::Named, key, strength, examines }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(line: &str) -> Option<(&str, &str)> {
        let label = label(line, 0)?;
        Some((label.by.map_or("", |by| by.slice(line)), &line[label.end..]))
    }

    #[test]
    fn labels_of_all_kinds_are_cut_off() {
        for (line, name, words) in [
            ("ANA DORN, NORWIRE HOST: Good evening.", "ANA DORN", "Good evening."),
            ("Ana Dorn: Good evening.", "Ana Dorn", "Good evening."),
            (">> DORN: Good evening.", "DORN", "Good evening."),
            ("**Dorn:** Good evening.", "Dorn", "Good evening."),
            ("[00:01:23] Ana Dorn: Good evening.", "Ana Dorn", "Good evening."),
            ("00:01 Ana Dorn: Good evening.", "Ana Dorn", "Good evening."),
            ("Ana Dorn (00:01): Good evening.", "Ana Dorn", "Good evening."),
            ("[Ana Dorn] Good evening.", "Ana Dorn", "Good evening."),
            ("Mr. Marr (Ridgeton): I beg to move.", "Mr. Marr", "I beg to move."),
            ("The Minister for Ports (Ana Dorn): Yes.", "Ana Dorn", "Yes."),
            ("REAR ADM. IVO MARR, ANALYST: It was sound.", "REAR ADM. IVO MARR", "It was sound."),
            ("AD: It was sound.", "AD", "It was sound."),
            ("Q: Why?", "", "Why?"),
            ("Q.  Why?", "", "Why?"),
            ("Q    Why?", "", "Why?"),
            ("A. Because.", "", "Because."),
            ("12   A.   Because.", "", "Because."),
            ("Interviewer: Why?", "", "Why?"),
            ("Ana Dorn (Ridgeton) (Lab)", "Ana Dorn", ""),
            ("Ana Dorn  00:14", "Ana Dorn", ""),
            ("Unidentified Male: Boo!", "Unidentified Male", "Boo!"),
        ] {
            assert_eq!(by(line), Some((name, words)), "{line}");
        }
    }

    #[test]
    fn other_lines_have_none() {
        for line in [
            "He had three aims: peace, bread and land.",
            "READ MORE: Minister urged to go over ferry plan",
            "Source: Norwire",
            "The vote came at 4:57 in the morning.",
            "https://norwire.example/a",
            "When: Saturday at noon.",
            "A Ministry photo shows troops.",
            "Quay workers said no.",
            "[Laughter] We go.",
            "",
        ] {
            assert_eq!(by(line), None, "{line}");
        }
    }
}
