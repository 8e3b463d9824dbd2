//! Stage directions of transcripts: "(Applause)", "[crosstalk]".

use super::Span;

/// Words of which a stage direction holds one.
const DIRECTIONS: &[&str] = &[
    "applause",
    "laughter",
    "laughs",
    "laughing",
    "chuckles",
    "crosstalk",
    "cross-talk",
    "inaudible",
    "unintelligible",
    "indiscernible",
    "music",
    "cheers",
    "cheering",
    "pause",
    "pauses",
    "off-mic",
    "off-mike",
    "videotape",
    "audiotape",
    "soundbite",
    "sighs",
    "interruption",
    "ph",
    "phonetic",
    "recording",
    "gavel",
    "overlapping",
];
/// The same, of several words.
const PHRASES: &[&str] = &[
    "cross talk",
    "video clip",
    "audio clip",
    "video tape",
    "commercial break",
    "off mic",
    "off camera",
    "foreign language",
    "speaks in",
    "speaking in",
    "through interpreter",
    "via interpreter",
    "through translator",
    "end clip",
    "begin clip",
    "on screen",
];
/// Longest direction, words and bytes.
const WORDS: usize = 7;
const LONGEST: usize = 80;

/// Is what stands in brackets a stage direction?
pub(super) fn is_direction(inner: &str) -> bool {
    if inner.len() > LONGEST || inner.split_whitespace().count() > WORDS {
        return false;
    }
    let folded = inner.to_lowercase();
    let bare = |w: &str| DIRECTIONS.contains(&w.trim_matches(|c: char| !c.is_alphanumeric()));
    folded.split_whitespace().any(bare) || PHRASES.iter().any(|p| folded.contains(p))
}

/// Where the stage directions of a stretch stand, brackets included.
pub(super) fn directions(text: &str, within: Span) -> Vec<Span> {
    let line = within.slice(text);
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = line[at..].find(['(', '[']).map(|n| at + n) {
        let close = if line.as_bytes()[open] == b'(' { ')' } else { ']' };
        let mut reach = line.len().min(open + LONGEST);
        while !line.is_char_boundary(reach) {
            reach -= 1;
        }
        at = open + 1;
        if let Some(end) = line[open..reach].find(close).map(|n| open + n)
            && is_direction(&line[open + 1..end])
        {
            out.push(Span::new(within.from() + open, within.from() + end + 1));
            at = end + 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_told_from_asides() {
        for yes in [
            "Applause",
            "crosstalk",
            "BEGIN VIDEO CLIP",
            "inaudible 00:12",
            "Laughter and applause.",
            "ph",
        ] {
            assert!(is_direction(yes), "{yes}");
        }
        for no in ["he did not say when", "Norwire", "see the graph", ""] {
            assert!(!is_direction(no), "{no}");
        }
        let text = "We go (he meant the crew). (Applause.) Now [laughs] we stay (";
        let found: Vec<_> =
            directions(text, Span::new(0, text.len())).iter().map(|s| s.slice(text)).collect();
        assert_eq!(found, ["(Applause.)", "[laughs]"]);
    }
}
