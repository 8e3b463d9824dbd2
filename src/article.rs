//! What was given to be read.

use crate::text::{Document, Form, Passage};
use serde::{Deserialize, Serialize};

/// Whom to judge the stance toward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TargetRequest {
    /// A name: every mention of it that the article holds.
    Name(String),
    /// One mention, by its place in the text (bytes).
    Mention {
        /// First byte.
        start: usize,
        /// One past the last byte.
        end: usize,
    },
}

/// One article, as it was read, with what is known about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Names the article in every output; unique within an input where the input makes it so.
    pub id: String,
    /// File (and line or row) it came from.
    pub source: String,
    /// Who published it. Reported and used to group; never a feature.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Headline, when it was given apart from the text.
    pub title: Option<String>,
    /// Author line.
    pub byline: Option<String>,
    /// Section of the paper or page that it stood in ("Business"), where a database or feed tells.
    pub section: Option<String>,
    /// Date: ISO 8601 where it was understood, else as given.
    pub date: Option<String>,
    /// Language that the page says it is in ("en"). What is scored goes by the text itself.
    pub declared_language: Option<String>,
    /// Words that the article has, as the database that gave it counts them.
    pub declared_words: Option<usize>,
    /// What of a web page is not part of `text`, and why.
    pub left_out: Vec<LeftOut>,
    /// The text, as it was given.
    pub text: String,
    /// Lines of the text whose kind the format tells, in order of place.
    pub passages: Vec<Passage>,
    /// The form of the article, where the format tells it.
    pub form: Option<Form>,
    /// Whom to judge the stance toward; empty: those that the article is about.
    pub targets: Vec<TargetRequest>,
    /// What was noticed while reading ("decoded from windows-1252").
    pub warnings: Vec<String>,
}

/// Parts of a web page that were left out for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Why: "navigation", "comments", "related-links" …
    pub reason: &'static str,
    /// Lines and paragraphs.
    pub blocks: usize,
    /// Words in them.
    pub words: usize,
}

impl Article {
    /// Its text cut into blocks, sentences and tokens.
    #[must_use]
    pub fn document(&self) -> Document<'_> {
        Document::with_passages(&self.text, &self.passages)
    }

    /// An article of nothing but its text.
    #[must_use]
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Self {
        Article { id: id.into(), text: text.into(), ..Article::default() }
    }
}
