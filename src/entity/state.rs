//! States by their ISO 3166 codes.

use super::run::is_demonym;
use super::words::{SOURCES, Sort, Words};
use crate::text::{Document, Kind};

/// Where an entry of a state says its code.
const CODE: &str = "ISO 3166 ";

/// The ISO 3166 code of the state that a name stands for: its own name, its capital or the seat of its government taken for it, or
/// "the Russian government". Its people are nobody's state.
///
/// ```
/// # use newsgauge::entity::state_code;
/// assert_eq!(state_code("the Kremlin"), Some("RU"));
/// assert_eq!(state_code("Polish government"), Some("PL"));
/// assert_eq!(state_code("Russians"), None);
/// ```
#[must_use]
pub fn state_code(name: &str) -> Option<&'static str> {
    let document = Document::new(name);
    let words = Words::of(&document);
    let mut tokens: Vec<usize> =
        (0..document.tokens.len()).filter(|&t| document.tokens[t].kind == Kind::Word).collect();
    if tokens.len() > 1 && document.form(tokens[0]).eq_ignore_ascii_case("the") {
        tokens.remove(0);
    }
    let governs = tokens.len() > 1
        && tokens.last().is_some_and(|&t| document.form(t).eq_ignore_ascii_case("government"));
    if governs {
        tokens.pop();
    }
    let &first = tokens.first()?;
    let entry = words.entry(first);
    let whole = tokens.iter().all(|&t| words.sort(t) == Sort::State && words.entry(t) == entry);
    let people = tokens.last().is_some_and(|&last| {
        let form = document.form(last);
        let one = form.strip_suffix('s').unwrap_or(form);
        is_demonym(form, document.tokens[last].word)
            || (one.len() < form.len() && super::words::look_up(one) == (Sort::State, entry))
    });
    let code = SOURCES.entries[entry as usize].source.strip_prefix(CODE);
    code.filter(|_| whole && (governs || !people))
}

#[cfg(test)]
mod tests {
    use super::state_code;

    #[test]
    fn states_their_capitals_and_governments_have_codes() {
        for (name, code) in [
            ("Russia", "RU"),
            ("Moscow", "RU"),
            ("the Kremlin", "RU"),
            ("United States", "US"),
            ("Washington", "US"),
            ("The Netherlands", "NL"),
            ("South Korea", "KR"),
            ("North Korea", "KP"),
            ("Papua New Guinea", "PG"),
            ("Warsaw", "PL"),
            ("the Hungarian government", "HU"),
            ("Honduras", "HN"),
            ("UAE", "AE"),
        ] {
            assert_eq!(state_code(name), Some(code), "{name}");
        }
    }

    #[test]
    fn people_parts_bodies_and_namesakes_have_none() {
        for name in [
            "Russians",
            "Polish",
            "Scotland",
            "Korea",
            "Europe",
            "Bank of Russia",
            "Paris Dorn",
            "Ana Dorn",
            "the government",
            "the",
            "",
            "Jordan",
        ] {
            assert_eq!(state_code(name), None, "{name}");
        }
    }
}
