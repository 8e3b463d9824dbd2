//! How an article stands toward somebody, and what it makes of them.

use crate::text::Span;

/// Polarity toward somebody at one mention, or over all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Polarity {
    /// Probabilities of against, neutral, for.
    pub probabilities: [f64; 3],
}

/// Names of the stance classes, in the order of [`Polarity::probabilities`].
pub const STANCES: [&str; 3] = ["against", "neutral", "for"];

impl Default for Polarity {
    fn default() -> Self {
        Polarity { probabilities: [0.0, 1.0, 0.0] }
    }
}

impl Polarity {
    /// The most probable class; the earlier one in a tie.
    #[must_use]
    pub fn class(&self) -> &'static str {
        let mut best = 0;
        for index in 1..3 {
            if self.probabilities[index] > self.probabilities[best] {
                best = index;
            }
        }
        STANCES[best]
    }

    /// -1 against to 1 for.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.probabilities[2] - self.probabilities[0]
    }
}

/// Names of the roles, in the order of [`Role::probabilities`].
pub const ROLES: [&str; 4] = ["blamed", "victim", "praised", "plain"];

/// What somebody is made to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Role {
    /// Probabilities of blamed, victim, praised, plain.
    pub probabilities: [f64; 4],
}

impl Default for Role {
    fn default() -> Self {
        Role { probabilities: [0.0, 0.0, 0.0, 1.0] }
    }
}

impl Role {
    /// The most probable role; the later one in a tie.
    #[must_use]
    pub fn class(&self) -> &'static str {
        let best = (0..ROLES.len())
            .max_by(|&a, &b| self.probabilities[a].total_cmp(&self.probabilities[b]));
        ROLES[best.unwrap_or(ROLES.len() - 1)]
    }
}

/// One mention of a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// The stance there.
    pub polarity: Polarity,
    /// The role there.
    pub role: Role,
    /// False inside attributed content: the stance is the speaker's.
    pub own_voice: bool,
    /// Whose stance it is, when it is a source's and the source is known.
    pub speaker: Option<String>,
}

/// Somebody toward whom a stance is judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Fullest name in the article, or the name asked for.
    pub name: String,
    /// ISO 3166 code of the state that the name stands for.
    pub code: Option<&'static str>,
    /// Asked for, not found by the tool.
    pub requested: bool,
    /// Its mentions in order of place (of request, for requested spans).
    pub mentions: Vec<Mention>,
    /// The stance over all mentions, own voice first.
    pub polarity: Polarity,
    /// The role over all mentions.
    pub role: Role,
}
