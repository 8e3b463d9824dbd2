//! What a name looks like where nothing but a name should stand.

/// Small words inside a name or an office.
pub(super) const PARTICLES: &[&str] = &[
    "de", "van", "von", "der", "den", "bin", "al", "el", "la", "du", "da", "dos", "del", "di", "y",
    "of", "for", "and", "the",
];
/// Most words of a name.
pub(super) const NAME: usize = 6;

/// The last word of a name that is no "Jr." or "III".
pub(super) fn surname(name: &str) -> &str {
    let bare =
        |w: &&str| !matches!(w.trim_end_matches('.'), "Jr" | "Sr" | "JR" | "SR" | "II" | "III");
    name.split_whitespace().rev().find(bare).unwrap_or(name)
}

/// Words with capitals, small ones between them; no digits but a number at the end.
pub(super) fn is_name(name: &str) -> bool {
    let mut words = 0;
    let mut letters = 0;
    for word in name.split_whitespace() {
        words += 1;
        let capital = word.starts_with(char::is_uppercase) || word.starts_with("d'");
        let number = words > 1 && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
        let particle = words > 1 && PARTICLES.contains(&word);
        let spelled = word.chars().all(|c| {
            c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '\u{ad}' | '#' | '&')
        });
        if !(number || spelled && (capital || particle)) {
            return false;
        }
        letters += word.chars().filter(|c| c.is_alphabetic()).count();
    }
    // One letter is a heading of a list, not a name.
    (1..=NAME).contains(&words) && letters >= 2
}
