//! The editor's check: a draft read before it runs, as a linter reads a program. One literal a kind; what a kind looks at is
//! what the families marked, and the word list beside this file.

mod catalog;
mod draft;
mod ignore;
mod kinds;
mod lists;
mod place;
mod settings;
mod show;
#[cfg(test)]
mod tests;

pub use catalog::markdown;
pub use ignore::Ignores;
pub use kinds::KINDS;
pub use place::Place;
pub use settings::{Settings, SettingsError};
pub use show::{Checked, FORMATS, Format};

use crate::lexicon::LexiconError;
use crate::score::Scored;
use crate::text::Span;
use draft::Draft;
use lists::Lists;
use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A matter of taste.
    Note,
    /// To be looked at before it runs.
    Warning,
    /// Not to run like this.
    Error,
}

impl Severity {
    /// The name that outputs and settings use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// An invented article that a kind is tried on.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Its headline; empty where there is none.
    pub headline: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// An example without a headline.
const fn text(text: &'static str) -> Example {
    Example { headline: "", text }
}

/// A kind of fault.
pub struct Kind {
    /// Its name in outputs, settings and ignore marks.
    pub name: &'static str,
    /// In one line.
    pub summary: &'static str,
    /// Why an editor minds.
    pub why: &'static str,
    /// What would help.
    pub help: &'static str,
    /// How much it weighs where the settings do not say.
    pub severity: Severity,
    /// What words that the settings add are taken for; `None` where a kind goes by no words.
    pub words: Option<&'static str>,
    /// Examples with the fault; run as tests.
    pub yes: &'static [Example],
    /// Examples that look like it and are none; run as tests.
    pub no: &'static [Example],
    /// Finds it.
    find: fn(&Draft<'_, '_>, &mut Vec<Found>),
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Kind {
    /// The kind of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|kind| kind.name == name).copied()
    }
}

/// What a kind found.
struct Found {
    /// The words; `None` for the headline that was given apart from the text.
    span: Option<Span>,
    message: String,
}

impl Found {
    fn at(span: Span, message: String) -> Self {
        Found { span: Some(span), message }
    }
}

/// A fault in an article.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Of which kind.
    pub kind: &'static Kind,
    /// How much it weighs.
    pub severity: Severity,
    /// Bytes of the text; `None` for a headline that was given apart from it.
    pub span: Option<Span>,
    /// What is the matter, with the words.
    pub message: String,
}

/// Word lists, ready to check any number of articles from any number of threads.
pub struct Checker {
    lists: Lists,
    /// What is looked for.
    pub settings: Settings,
}

impl Checker {
    /// A checker with settings.
    ///
    /// # Errors
    /// When the word list does not hold.
    pub fn new(settings: Settings) -> Result<Self, LexiconError> {
        Ok(Checker { lists: Lists::read()?, settings })
    }

    /// The findings in a scored article, in order of place; those that `ignores` takes out are left out. Cannot fail; linear
    /// in the length.
    #[must_use]
    pub fn check(&self, scored: &Scored<'_>, ignores: &Ignores) -> Vec<Finding> {
        let draft = Draft::new(scored, &self.lists, &self.settings);
        let mut out: Vec<Finding> = Vec::new();
        for kind in KINDS {
            let Some(severity) = self.settings.severity(kind) else { continue };
            let mut found = Vec::new();
            (kind.find)(&draft, &mut found);
            let keep = |f: &Found| {
                let words = f.span.map_or("", |span| span.slice(draft.document.text));
                !self.settings.removes(kind, words)
                    && f.span.is_none_or(|span| !ignores.holds(kind, span))
            };
            out.extend(found.into_iter().filter(keep).map(|Found { span, message }| Finding {
                kind,
                severity,
                span,
                message,
            }));
        }
        out.sort_by_key(|f| f.span.map(|s| (s.start, s.end)));
        out
    }
}
