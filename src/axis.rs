//! The axes on which an article is scored.

/// Which way an input may push an ordered axis; the fit keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More of it never lowers the value.
    Up,
    /// More of it never raises the value.
    Down,
    /// Either way, with the reason.
    Free(&'static str),
}

impl Direction {
    /// A weight of this sign is allowed.
    #[must_use]
    pub fn allows(self, weight: f64) -> bool {
        match self {
            Direction::Up => weight >= 0.0,
            Direction::Down => weight <= 0.0,
            Direction::Free(_) => true,
        }
    }
}

/// One number that an ordered axis looks at.
#[derive(Clone, Copy, Debug)]
pub struct Input {
    /// Name of the feature, or [`WORDS`].
    pub feature: &'static str,
    /// Which way it may push.
    pub direction: Direction,
}

/// The input that sums an article's common words, each by a weight of its own.
pub const WORDS: &str = "words";

/// Most inputs of an ordered axis.
pub const MOST_INPUTS: usize = 25;

const fn up(feature: &'static str) -> Input {
    Input { feature, direction: Direction::Up }
}

const fn down(feature: &'static str) -> Input {
    Input { feature, direction: Direction::Down }
}

/// What the classes of an axis are, and what its model looks at.
#[derive(Clone, Copy, Debug)]
pub enum Classes {
    /// In an order, low to high: one latent number, by these inputs.
    Ordered(&'static [Input]),
    /// In no order: weights for each class, by all features of these families.
    Unordered(&'static [&'static str]),
}

/// Whose judgements an axis is fitted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judges {
    /// Readers of this project, after `labels/GUIDE.md`.
    Readers,
    /// People who called an article hyperpartisan or not (SemEval-2019 task 4).
    Hyperpartisan,
    /// Experts who rated the article's outlet.
    Outlets,
}

/// One axis: one question with one answer.
#[derive(Debug)]
pub struct Axis {
    /// Name in outputs and labels.
    pub name: &'static str,
    /// What it tells.
    pub doc: &'static str,
    /// Names of the classes.
    pub classes: &'static [&'static str],
    /// How they stand to each other, and what the model looks at.
    pub of: Classes,
    /// The feature that measures what the classes are cut from.
    pub measure: Option<&'static str>,
    /// Whose judgements it is fitted on.
    pub judges: Judges,
    /// What an article of the own corpus counts in fitting beside a real one.
    pub own: f32,
}

/// Every axis, in the order of outputs. Stance is judged toward targets and not listed here.
///
/// Inputs were chosen by leaving one out at a time (log-loss with outlets and stories held out, labels of the part `fit`), from some
/// forty for tone and sourcing; `newsgauge evaluate --ablation` prints what each one does.
pub const AXES: &[Axis] = &[
    Axis {
        name: "tone",
        doc: "How far the article's own voice uses loaded language.",
        classes: &["neutral", "mixed", "loaded"],
        of: Classes::Ordered(&[
            up("tone.own_voice_loaded_rate"),
            up("tone.own_voice_loaded_weight"),
            up("tone.name_calling_rate"),
            up("tone.emotive_rate"),
            up("tone.us_them_rate"),
            up("tone.learned_rate"),
            up("tone.kinds"),
            up("tone.headline_loaded"),
            up("tone.top3_own"),
            up("tone.mean_own"),
            up("style.particle_rate"),
            up("style.pointing_rate"),
            up("style.connective_rate"),
            up("style.question_rate"),
            up("style.first_plural_rate"),
            up("style.general_rate"),
            down("style.number_rate"),
            down("style.weekday_rate"),
            down("quotation.word_share"),
            down("attribution.density"),
            down("sourcing.named_speaker_rate"),
        ]),
        measure: None,
        judges: Judges::Readers,
        own: 0.5,
    },
    Axis {
        name: "attribution",
        doc: "How much of the prose stands in statements attributed to somebody.",
        classes: &["sparse", "moderate", "dense"],
        of: Classes::Ordered(&[up("attribution.expected_density")]),
        measure: Some("attribution.expected_density"),
        judges: Judges::Readers,
        own: 0.5,
    },
    Axis {
        name: "hedging",
        doc: "How many of the prose sentences limit commitment to a claim.",
        classes: &["low", "moderate", "high"],
        // The share alone: log-loss .453 on real articles, macro-F1 .33 on the own corpus; with the three rates .434 and .79.
        of: Classes::Ordered(&[
            up("hedging.sentence_share"),
            up("hedging.modal_rate"),
            up("hedging.epistemic_rate"),
            up("hedging.hearsay_rate"),
        ]),
        measure: Some("hedging.sentence_share"),
        judges: Judges::Readers,
        own: 0.25,
    },
    Axis {
        name: "sourcing",
        doc: "Whether a reader can trace what the article asserts.",
        classes: &["weak", "fair", "strong"],
        of: Classes::Ordered(&[
            up("sourcing.person_share"),
            up("sourcing.role_share"),
            up("sourcing.official_share"),
            up("sourcing.expert_share"),
            up("sourcing.document_share"),
            up("sourcing.media_share"),
            up("sourcing.medium_rate"),
            up("sourcing.interview_rate"),
            up("attribution.source_rate"),
            up("quotation.word_share"),
            up("style.number_rate"),
            // A longer article has room for more sources and for the other side.
            up("style.log_words"),
            down("sourcing.anonymous_share"),
            down("sourcing.top_share"),
            down("attribution.unsourced_share"),
            down("tone.own_voice_loaded_rate"),
            down("tone.us_them_rate"),
            down("style.first_plural_rate"),
        ]),
        measure: None,
        judges: Judges::Readers,
        own: 0.25,
    },
    Axis {
        name: "partisanship",
        doc: "Whether it reads like articles that people judged hyperpartisan.",
        classes: &["no", "yes"],
        of: Classes::Ordered(&[
            up(WORDS),
            up("tone.emotive_rate"),
            up("tone.us_them_rate"),
            up("tone.headline_loaded"),
            up("tone.mean_own"),
            up("tone.opening"),
            up("style.general_rate"),
            up("style.particle_rate"),
            up("style.first_plural_rate"),
            up("style.present_rate"),
            down("style.number_rate"),
        ]),
        measure: None,
        judges: Judges::Hyperpartisan,
        own: 0.0,
    },
    Axis {
        name: "reliability",
        doc: "Whether it reads like articles of outlets that experts rate low, mixed or high. It says nothing of whether its claims are true.",
        classes: &["low", "mixed", "high"],
        of: Classes::Ordered(&[up(WORDS)]),
        measure: None,
        judges: Judges::Outlets,
        own: 0.0,
    },
    Axis {
        name: "genre",
        doc: "What kind of piece it is (a loaded column is no fault of a column).",
        classes: &["report", "feature", "other", "satire", "opinion"],
        of: Classes::Unordered(&[
            "style",
            "tone",
            "quotation",
            "attribution",
            "sourcing",
            "stance",
        ]),
        measure: None,
        judges: Judges::Readers,
        own: 1.0,
    },
];

impl Axis {
    /// The axis of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Axis> {
        AXES.iter().find(|axis| axis.name == name)
    }

    /// The inputs of an ordered axis.
    #[must_use]
    pub fn inputs(&self) -> &'static [Input] {
        match self.of {
            Classes::Ordered(inputs) => inputs,
            Classes::Unordered(_) => &[],
        }
    }

    /// The direction that an ordered axis declares for an input.
    #[must_use]
    pub fn direction(&self, feature: &str) -> Option<Direction> {
        self.inputs().iter().find(|i| i.feature == feature).map(|i| i.direction)
    }

    /// The model sees this feature of this family.
    #[must_use]
    pub fn sees(&self, family: &str, feature: &str) -> bool {
        match self.of {
            Classes::Ordered(inputs) => inputs.iter().any(|i| i.feature == feature),
            Classes::Unordered(families) => families.contains(&family),
        }
    }

    /// The model weighs common words.
    #[must_use]
    pub fn reads_words(&self) -> bool {
        self.sees("", WORDS)
    }

    /// The classes stand in an order, low to high.
    #[must_use]
    pub fn is_ordered(&self) -> bool {
        matches!(self.of, Classes::Ordered(_))
    }

    /// Index of a class.
    #[must_use]
    pub fn class(&self, name: &str) -> Option<usize> {
        self.classes.iter().position(|class| *class == name)
    }

    /// The value that class probabilities make: for ordered classes the expected place between first (0) and last (1).
    #[must_use]
    pub fn value(&self, probabilities: &[f64]) -> Option<f64> {
        let top = (self.classes.len() - 1).max(1) as f64;
        let place = |(k, p): (usize, &f64)| p * k as f64 / top;
        self.is_ordered().then(|| probabilities.iter().enumerate().map(place).sum())
    }
}
