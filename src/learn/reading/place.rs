//! Where the words that a reader copied stand. Readers see white space folded and may type straight quotation marks.

/// A character as readers may have typed it.
fn fold(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '`' | '\u{b4}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' => '"',
        '\u{2010}'..='\u{2014}' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// The characters of a text with folded marks and white space, each with its place (code points).
fn folded(text: &str) -> Vec<(char, usize)> {
    let mut out: Vec<(char, usize)> = Vec::with_capacity(text.len());
    for (place, c) in text.chars().map(fold).enumerate() {
        if c != ' ' || out.last().is_some_and(|(last, _)| *last != ' ') {
            out.push((c, place));
        }
    }
    out
}

/// The first place of `words` in `text` from a code point on: start and end in code points, of words that stand free at both
/// ends if there are such.
pub(crate) fn find(text: &str, words: &str, from: usize) -> Option<(usize, usize)> {
    let text = folded(text);
    let words: Vec<char> = folded(words.trim()).into_iter().map(|(c, _)| c).collect();
    let (first, last) = (*words.first()?, *words.last()?);
    let joined = |a: char, b: char| a.is_alphanumeric() && b.is_alphanumeric();
    let here = |&at: &usize| {
        text[at].1 >= from
            && text[at..].len() >= words.len()
            && text[at..].iter().zip(&words).all(|((c, _), w)| c == w)
    };
    let free = |&at: &usize| {
        let before = at.checked_sub(1).is_some_and(|b| joined(text[b].0, first));
        !before && !text.get(at + words.len()).is_some_and(|(next, _)| joined(last, *next))
    };
    let places = || (0..text.len()).filter(here);
    let at = places().find(free).or_else(|| places().next())?;
    Some((text[at].1, text[at + words.len() - 1].1 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_white_space_may_differ_and_whole_words_come_first() {
        let text = "The  “vile”\nplanners plan";
        assert_eq!(find(text, "\"vile\" planners", 0), Some((5, 20)));
        assert_eq!(find(text, "plan", 0), Some((21, 25)));
        assert_eq!(find(text, "lanner", 0), Some((13, 19)));
        assert_eq!(find(text, "The", 1), None);
        assert_eq!(find(text, "", 0), None);
    }
}
