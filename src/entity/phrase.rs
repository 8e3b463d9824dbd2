//! Where the phrase of a noun begins and ends.

use super::thread::{Determiner, Form, Thread};
use crate::text::Case;

impl Thread<'_, '_> {
    /// Where the phrase of a noun begins, and with what.
    pub(crate) fn determiner(&self, noun: usize, start: usize) -> (usize, Determiner) {
        let mut at = noun;
        while at > start && noun - at < 6 {
            let form = self.document.form(at - 1);
            let token = &self.document.tokens[at - 1];
            if form.eq_ignore_ascii_case("a") || form.eq_ignore_ascii_case("an") {
                return (at - 1, Determiner::Indefinite);
            }
            if ["the", "this", "that", "these", "those"]
                .iter()
                .any(|d| form.eq_ignore_ascii_case(d))
            {
                return (at - 1, Determiner::Definite);
            }
            if ["its", "his", "her", "their", "our", "my"]
                .iter()
                .any(|d| form.eq_ignore_ascii_case(d))
            {
                return (at - 1, Determiner::Possessive);
            }
            if matches!(form, "’s" | "'s" | "’" | "'") {
                let owner = self
                    .references
                    .last()
                    .filter(|r| r.last as usize == at - 1 && r.form == Form::Name);
                if let Some(owner) = owner {
                    return (owner.first as usize, Determiner::Possessive);
                }
                at -= 1;
                continue;
            }
            if !token.is_word() || self.words.sort(at - 1).is_function() {
                break;
            }
            at -= 1;
        }
        // Without a determiner, words before the noun may be verbs; one is kept at most.
        (noun, Determiner::Bare)
    }

    /// Byte at which the phrase of a noun ends: "a woman from the hill parish".
    pub(crate) fn phrase_end(&self, noun: usize) -> u32 {
        let tokens = &self.document.tokens;
        let mut end = noun;
        if self.places[noun].source {
            while end + 1 < tokens.len()
                && self.places[end + 1].source
                && !matches!(
                    self.document.form(end + 1),
                    "," | "(" | "—" | ":" | "who" | "I" | "we"
                )
                && !self.joins_another(end + 1)
            {
                end += 1;
            }
        } else if matches!(self.document.form(noun + 1), "of" | "from") {
            let mut named = false;
            for (at, token) in tokens.iter().enumerate().take(noun + 6).skip(noun + 2) {
                let form = self.document.form(at);
                // "a farmer from Sheffield | lost": behind a name no more words of it follow.
                let capital = token.case != Case::Lower;
                if named && !capital {
                    break;
                }
                named |= capital && !self.words.sort(at).is_function();
                if !token.is_word()
                    || form.ends_with("ed")
                    || (self.words.sort(at).is_function() && !form.eq_ignore_ascii_case("the"))
                {
                    break;
                }
                end = at;
            }
        }
        tokens[end].span.end
    }

    /// "the mayor | and the union": somebody else begins.
    fn joins_another(&self, and: usize) -> bool {
        let determined = |t: usize| {
            matches!(self.document.form(t), "the" | "a" | "an" | "his" | "her" | "its" | "their")
        };
        matches!(self.document.form(and), "and" | "nor" | "or") && determined(and + 1)
    }

    /// "Benedikt Sarr, a retired judge": the noun names nobody new.
    pub(crate) fn in_apposition(&self, from: usize) -> bool {
        let Some(comma) = from.checked_sub(1) else { return false };
        self.document.form(comma) == ","
            && self
                .references
                .last()
                .is_some_and(|r| r.last as usize == comma && r.form == Form::Name)
    }
}
