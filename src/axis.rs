//! The axes on which an article is scored.

/// How an axis's `value` is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// The place between the first class (0) and the last (1), by the class probabilities.
    Expected,
    /// A feature's number as it stands, by name.
    Feature(&'static str),
    /// The probability of a class, by name: for classes that stand in no order.
    Probability(&'static str),
}

/// One axis: name, meaning, classes.
#[derive(Debug)]
pub struct Axis {
    /// Name in outputs and labels.
    pub name: &'static str,
    /// What it tells.
    pub doc: &'static str,
    /// Classes, from low to high where they stand in an order.
    pub classes: &'static [&'static str],
    /// How `value` is made.
    pub value: Value,
    /// What the classifier sees: families with all their features, or single features by name; everything when empty.
    pub inputs: &'static [&'static str],
    /// What a labelled real article counts in fitting beside one of the own corpus.
    pub real: f32,
}

/// Every axis, in the order of outputs. Stance is judged toward targets and not listed here.
pub const AXES: &[Axis] = &[
    Axis {
        name: "tone",
        doc: "How far the article's own voice uses loaded language.",
        classes: &["neutral", "mixed", "loaded"],
        value: Value::Expected,
        inputs: &["tone", "style", "quotation", "stance"],
        real: 0.25,
    },
    Axis {
        name: "attribution",
        doc: "How much of the prose stands in statements attributed to somebody.",
        classes: &["sparse", "moderate", "dense"],
        value: Value::Feature("attribution.density"),
        // The class is a share of the words: measures of that share are all that helps.
        inputs: &[
            "attribution.density",
            "attribution.expected_density",
            "attribution.sure_density",
            "attribution.sentence_share",
        ],
        real: 1.0,
    },
    Axis {
        name: "hedging",
        doc: "How many of the prose sentences limit commitment to a claim.",
        classes: &["low", "moderate", "high"],
        value: Value::Feature("hedging.sentence_share"),
        inputs: &["hedging"],
        real: 0.1,
    },
    Axis {
        name: "sourcing",
        doc: "Whether a reader can trace what the article asserts.",
        classes: &["weak", "fair", "strong"],
        value: Value::Expected,
        inputs: &["sourcing", "quotation", "style", "tone"],
        real: 0.2,
    },
    Axis {
        name: "genre",
        doc: "What kind of piece it is (a loaded column is no fault of a column); the value is the probability of opinion.",
        classes: &["report", "feature", "other", "satire", "opinion"],
        value: Value::Probability("opinion"),
        inputs: &["style", "tone", "quotation", "attribution", "sourcing", "hedging", "stance"],
        real: 1.0,
    },
];

impl Axis {
    /// The axis of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Axis> {
        AXES.iter().find(|axis| axis.name == name)
    }

    /// The classifier sees this feature of this family.
    #[must_use]
    pub fn sees(&self, family: &str, feature: &str) -> bool {
        self.inputs.is_empty() || self.inputs.contains(&family) || self.inputs.contains(&feature)
    }

    /// The classes stand in an order, low to high.
    #[must_use]
    pub fn is_ordered(&self) -> bool {
        !matches!(self.value, Value::Probability(_))
    }

    /// Index of a class.
    #[must_use]
    pub fn class(&self, name: &str) -> Option<usize> {
        self.classes.iter().position(|class| *class == name)
    }
}
