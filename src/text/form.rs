//! The form in which an article was written.

use serde::Serialize;

/// Running text, or speech written down turn by turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Running text, perhaps with some questions and answers in it.
    #[default]
    Article,
    /// Several speakers in turns: a broadcast, a briefing, a debate, a hearing.
    Transcript,
    /// Questions and the answers of one person.
    Interview,
    /// Entries added as the event goes on, each with its time.
    Live,
}

impl Form {
    /// The name that outputs use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Form::Article => "article",
            Form::Transcript => "transcript",
            Form::Interview => "interview",
            Form::Live => "live",
        }
    }
}
