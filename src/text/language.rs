//! Is the prose in English? Told by its most frequent words, or else asked of a library (whatlang), on the first part of the prose.

use super::{Document, Span, Word};
use whatlang::Lang;

/// Bytes of prose that are looked at: enough to be sure, and the cost does not grow with the article.
pub const LANGUAGE_BYTES: usize = 1500;

/// Words of English that no other language of the library shares in such numbers.
const ENGLISH: [Word; 10] = [
    Word::constant("the"),
    Word::constant("of"),
    Word::constant("and"),
    Word::constant("that"),
    Word::constant("with"),
    Word::constant("from"),
    Word::constant("this"),
    Word::constant("which"),
    Word::constant("was"),
    Word::constant("have"),
];
/// More words of English; each alone is at home elsewhere, too, but no other language has them all.
const MORE_ENGLISH: [Word; 30] = [
    Word::constant("to"),
    Word::constant("for"),
    Word::constant("is"),
    Word::constant("on"),
    Word::constant("by"),
    Word::constant("are"),
    Word::constant("his"),
    Word::constant("they"),
    Word::constant("it"),
    Word::constant("not"),
    Word::constant("be"),
    Word::constant("as"),
    Word::constant("has"),
    Word::constant("will"),
    Word::constant("at"),
    Word::constant("an"),
    Word::constant("were"),
    Word::constant("but"),
    Word::constant("their"),
    Word::constant("who"),
    Word::constant("about"),
    Word::constant("would"),
    Word::constant("been"),
    Word::constant("had"),
    Word::constant("when"),
    Word::constant("more"),
    Word::constant("said"),
    Word::constant("he"),
    Word::constant("she"),
    Word::constant("you"),
];
/// Words of prose that are looked at, at least and at most.
const FEWEST_WORDS: usize = 60;
const MOST_WORDS: usize = 200;
/// Share of [`ENGLISH`] among them above which the library need not be asked: English news has a sixth to a quarter.
const ENGLISH_SHARE: f64 = 0.12;
/// Share of both lists together that tells as much: English has a third, its nearest relatives under a tenth.
const BOTH_SHARE: f64 = 0.2;

fn is_plainly_english(document: &Document<'_>) -> bool {
    let tokens = document.prose_sentences().flat_map(|s| &document.tokens[s.tokens()]);
    let (mut words, mut english, mut more) = (0_usize, 0_usize, 0_usize);
    for token in tokens.filter(|t| t.is_word()).take(MOST_WORDS) {
        words += 1;
        if ENGLISH.contains(&token.word) {
            english += 1;
        } else {
            more += usize::from(MORE_ENGLISH.contains(&token.word));
        }
    }
    let share = |part: usize| part as f64 / words as f64;
    words >= FEWEST_WORDS && (share(english) > ENGLISH_SHARE || share(english + more) > BOTH_SHARE)
}

/// Words of a stretch that is judged by itself, at most and at least, and the share of English words below which it is doubted.
const STRETCH: usize = 30;
const LEAST: usize = 12;
const DOUBT: f64 = 0.1;
/// Share of the prose, in hundredths, from which words of another language are told.
const TOLD: usize = 15;

/// A warning when a good part of the prose is in another language than English. One look at each word.
#[must_use]
pub fn other_language(document: &Document<'_>) -> Option<String> {
    let mut doubted = 0;
    let mut sample = String::new();
    let (mut words, mut english, mut start) = (0_usize, 0_usize, None);
    let mut end = |words: usize, english: usize, span: Span| {
        if words >= LEAST && (english as f64) < DOUBT * words as f64 {
            doubted += words;
            let room = LANGUAGE_BYTES.saturating_sub(sample.len());
            sample.extend(span.slice(document.text).chars().take(room));
            sample.push(' ');
        }
    };
    let mut last = Span::new(0, 0);
    let mut block = None;
    for sentence in document.prose_sentences() {
        if block.replace(sentence.block).is_some_and(|before| before != sentence.block) {
            end(words, english, last);
            (words, english, start) = (0, 0, None);
        }
        let from: &mut Span = start.get_or_insert(sentence.span);
        for token in document.tokens[sentence.tokens()].iter().filter(|t| t.is_word()) {
            words += 1;
            english +=
                usize::from(ENGLISH.contains(&token.word) || MORE_ENGLISH.contains(&token.word));
        }
        last = from.cover(sentence.span);
        if words >= STRETCH {
            end(words, english, last);
            (words, english, start) = (0, 0, None);
        }
    }
    end(words, english, last);
    if doubted * 100 < document.words * TOLD {
        return None;
    }
    // Outside of Latin letters it is surely another language, if not surely which.
    let other = |i: &whatlang::Info| {
        i.lang() != Lang::Eng && (i.is_reliable() || i.script() != whatlang::Script::Latin)
    };
    let told = whatlang::detect(&sample).filter(other)?;
    let script = told.script();
    let name = if told.is_reliable() { told.lang().eng_name() } else { script.name() };
    Some(format!(
        "about {} of 100 words of the prose are not in English ({name}); what is found there cannot be relied on",
        doubted * 100 / document.words.max(1),
    ))
}

/// What the prose is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-3 code; `None` when there is no prose to tell by.
    pub code: Option<&'static str>,
    /// The library stands by its answer.
    pub reliable: bool,
}

impl Language {
    /// Detects the language of a document's prose.
    #[must_use]
    pub fn of(document: &Document<'_>) -> Language {
        if is_plainly_english(document) {
            return Language { code: Some(Lang::Eng.code()), reliable: true };
        }
        let mut sample = String::with_capacity(LANGUAGE_BYTES + 4);
        for block in document.prose() {
            for c in block.span.slice(document.text).chars() {
                if sample.len() >= LANGUAGE_BYTES {
                    break;
                }
                sample.push(c);
            }
            sample.push(' ');
            if sample.len() >= LANGUAGE_BYTES {
                break;
            }
        }
        match whatlang::detect(&sample) {
            Some(info) => Language { code: Some(info.lang().code()), reliable: info.is_reliable() },
            None => Language { code: None, reliable: false },
        }
    }

    /// False only when the library is sure of another language: a doubt is scored.
    #[must_use]
    pub fn may_be_english(&self) -> bool {
        !self.reliable || self.code == Some(Lang::Eng.code())
    }

    /// Two-letter code where the language has one in common use, else three letters; "und" when unknown.
    #[must_use]
    pub fn short(&self) -> &'static str {
        match self.code {
            Some("eng") => "en",
            Some("deu") => "de",
            Some("fra") => "fr",
            Some("spa") => "es",
            Some("ita") => "it",
            Some("por") => "pt",
            Some("rus") => "ru",
            Some("ukr") => "uk",
            Some(code) if self.reliable => code,
            _ => "und",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH_HALF: &str = "The council voted on Monday to close the bridge. The mayor said that it was old and that the town could not pay for it. Nobody had asked the people who live on the east bank, and they were angry about it.";

    #[test]
    fn a_half_in_another_language_is_told() {
        for (other, name) in [
            (
                "Der Gemeinderat hat am Montag beschlossen, die alte Brücke zu schließen. Die Bürgermeisterin sagte, dass die Stadt kein Geld habe und dass niemand daran denken könne, sie zu reparieren.",
                "German",
            ),
            (
                "Le conseil municipal a voté lundi la fermeture du vieux pont. Le maire a déclaré que la ville ne pouvait pas payer les travaux, et que les habitants devraient attendre deux ans.",
                "French",
            ),
            (
                "El ayuntamiento votó el lunes a favor de cerrar el viejo puente. El alcalde dijo que la ciudad no podía pagar las obras y que los vecinos tendrían que esperar dos años.",
                "Spanish",
            ),
            (
                "Городской совет в понедельник проголосовал за закрытие старого моста. Мэр сказал, что у города нет денег на ремонт и что жителям придется ждать два года, пока не найдут средства.",
                // Related languages in the same letters are easily mistaken for each other.
                "not in English",
            ),
        ] {
            for text in [format!("{ENGLISH_HALF}\n\n{other}"), format!("{other}\n\n{ENGLISH_HALF}")]
            {
                let told = other_language(&Document::new(&text)).unwrap_or_default();
                assert!(told.contains(name), "{name}: {told}");
            }
        }
        assert_eq!(other_language(&Document::new(ENGLISH_HALF)), None);
        let named = "Ana Dorn, Ivo Marr, Mira Holt, Per Holm and Karin Ek won medals. ";
        assert_eq!(other_language(&Document::new(&format!("{ENGLISH_HALF} {named}"))), None);
    }
}
