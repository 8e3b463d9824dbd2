//! What an annotator says, as the page sends it.

use serde::{Deserialize, Serialize};

/// A stretch of an article: first code point, and one past the last.
pub type Stretch = [usize; 2];

/// What somebody says in an article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Words that name the source.
    #[serde(default)]
    pub source: Vec<Stretch>,
    /// Words that attribute.
    #[serde(default)]
    pub cue: Vec<Stretch>,
    /// What is attributed.
    pub content: Vec<Stretch>,
    /// How much is quoted; found from the quotation marks where it is empty.
    #[serde(default)]
    pub kind: String,
    /// What the source does.
    #[serde(default)]
    pub act: String,
    /// What sort of source it is.
    #[serde(default)]
    pub class: String,
    /// Whose words they are; `unresolved` where it is empty.
    #[serde(default)]
    pub speaker: String,
}

/// One thing that an annotator says. An empty value takes back what was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "lowercase")]
pub enum Change {
    /// The class of the article on an axis.
    Class {
        /// Name of the axis.
        axis: String,
        /// One of its classes.
        value: String,
    },
    /// Whether a sentence is hedged or loaded (`1` or `0`), or what its source does (`speech`, `will part`).
    Sentence {
        /// First code point.
        start: usize,
        /// One past the last.
        end: usize,
        /// `hedged`, `loaded` or `act`.
        field: String,
        /// What is said.
        value: String,
    },
    /// Words that judge or inflame; their sentence is loaded.
    Words {
        /// First code point.
        start: usize,
        /// One past the last.
        end: usize,
        /// They do, or do not.
        on: bool,
    },
    /// Stance or role of a target.
    Target {
        /// Its name.
        target: String,
        /// `stance` or `role`.
        field: String,
        /// What is said.
        value: String,
    },
    /// What a sentence makes of a target, and in whose voice: `blamed own`.
    Mention {
        /// Its name.
        target: String,
        /// First code point of the sentence.
        start: usize,
        /// One past its last.
        end: usize,
        /// What is said.
        value: String,
    },
    /// A statement is marked in place of another one.
    Statement {
        /// What is no longer marked.
        #[serde(default)]
        old: Option<Box<Statement>>,
        /// What is marked.
        #[serde(default)]
        new: Option<Box<Statement>>,
    },
    /// Every prose sentence that was not named is plain.
    Plain,
}
