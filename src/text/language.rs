//! Is the prose in English? Asked of a library (whatlang), on the first part of the prose.

use super::Document;
use whatlang::Lang;

/// Bytes of prose that are looked at: enough to be sure, and the cost does not grow with the article.
pub const LANGUAGE_BYTES: usize = 1500;

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
