//! What is looked for: `newsgauge.toml`.

use super::{KINDS, Kind, Severity};
use crate::text::{Document, Kind as TokenKind, Span, Word};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Kinds on and off, how much they weigh, own words.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    kinds: BTreeMap<&'static str, Own>,
}

#[derive(Clone, Debug, Default)]
struct Own {
    off: bool,
    severity: Option<Severity>,
    added: Vec<Vec<Word>>,
    removed: Vec<Vec<Word>>,
}

/// What is wrong with a file of settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Not TOML, or not of its form.
    #[error("{0}")]
    Form(String),
    /// A kind that there is not.
    #[error("[check.{name}]: no kind is called so; the kinds are {}", names())]
    Kind {
        /// The name.
        name: String,
    },
    /// Words for a kind that goes by none.
    #[error("[check.{kind}]: {kind} goes by no words; take \"words\" out")]
    Words {
        /// The kind.
        kind: &'static str,
    },
}

fn names() -> String {
    KINDS.iter().map(|k| k.name).collect::<Vec<_>>().join(", ")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    check: BTreeMap<String, Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default = "yes")]
    on: bool,
    severity: Option<Severity>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    not_words: Vec<String>,
}

fn yes() -> bool {
    true
}

/// The words of a phrase as they are compared.
fn phrase(text: &str) -> Vec<Word> {
    let document = Document::new(text);
    let is_word = |kind: TokenKind| kind != TokenKind::Punctuation;
    document.tokens.iter().filter(|t| is_word(t.kind)).map(|t| t.word).collect()
}

impl Settings {
    /// Reads settings.
    ///
    /// # Errors
    /// When the text is no TOML of this form, names a kind that there is not, or adds words to one that goes by none.
    pub fn parse(toml: &str) -> Result<Self, SettingsError> {
        let file: File = toml::from_str(toml).map_err(|e| SettingsError::Form(e.to_string()))?;
        let mut settings = Settings::default();
        for (name, table) in file.check {
            let Some(kind) = Kind::named(&name) else { return Err(SettingsError::Kind { name }) };
            if kind.words.is_none() && !table.words.is_empty() {
                return Err(SettingsError::Words { kind: kind.name });
            }
            let phrases = |list: &[String]| -> Vec<Vec<Word>> {
                list.iter().map(|w| phrase(w)).filter(|p| !p.is_empty()).collect()
            };
            let own = Own {
                off: !table.on,
                severity: table.severity,
                added: phrases(&table.words),
                removed: phrases(&table.not_words),
            };
            settings.kinds.insert(kind.name, own);
        }
        Ok(settings)
    }

    /// How much a kind weighs; `None` when it is off.
    pub(super) fn severity(&self, kind: &Kind) -> Option<Severity> {
        match self.kinds.get(kind.name) {
            Some(own) if own.off => None,
            Some(own) => Some(own.severity.unwrap_or(kind.severity)),
            None => Some(kind.severity),
        }
    }

    /// True for words that the settings take out of a kind.
    pub(super) fn removes(&self, kind: &Kind, words: &str) -> bool {
        self.kinds
            .get(kind.name)
            .is_some_and(|own| !own.removed.is_empty() && own.removed.contains(&phrase(words)))
    }

    /// Where the words stand that the settings add to a kind.
    pub(super) fn added<'d>(
        &'d self,
        kind: &Kind,
        document: &'d Document<'_>,
    ) -> impl Iterator<Item = Span> + 'd {
        let added = self.kinds.get(kind.name).map_or(&[][..], |own| &own.added);
        let tokens = &document.tokens;
        (0..if added.is_empty() { 0 } else { tokens.len() }).filter_map(move |at| {
            let fits = |p: &&Vec<Word>| {
                at + p.len() <= tokens.len()
                    && p.iter().zip(&tokens[at..]).all(|(w, t)| *w == t.word)
            };
            let longest = added.iter().filter(fits).map(Vec::len).max()?;
            Some(tokens[at].span.cover(tokens[at + longest - 1].span))
        })
    }
}
