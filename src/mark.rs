//! Marks: spans of the article with a meaning, in layers. The evidence for every number.

mod target;

pub use target::{Mention, Polarity, ROLES, Role, STANCES, Target};

use crate::text::{Document, Span};
use serde::Serialize;

/// What a mark says about its span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// A prose sentence; class "hedged", "loaded", "attributed" or "plain" is told by the sentence's own scores.
    Sentence,
    /// A stretch between quotation marks, marks included.
    Quote,
    /// The content of an attribution.
    Content,
    /// The words that name a source.
    Source,
    /// The words that attribute.
    Cue,
    /// A word that limits commitment.
    Hedge,
    /// A word that strengthens commitment.
    Booster,
    /// A loaded word.
    Loaded,
    /// A mention of somebody toward whom a stance is judged.
    Target,
    /// A trait of style: a pronoun, an exclamation mark, a word in capitals …
    Style,
    /// What helps or hinders tracing a claim: an official source, a figure, an interview, a provenance line.
    Trace,
}

/// Every layer, in the order in which they are kept.
pub const LAYERS: &[Layer] = &[
    Layer::Sentence,
    Layer::Quote,
    Layer::Content,
    Layer::Source,
    Layer::Cue,
    Layer::Hedge,
    Layer::Booster,
    Layer::Loaded,
    Layer::Target,
    Layer::Style,
    Layer::Trace,
];

/// A span with a meaning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// What it says.
    pub layer: Layer,
    /// Which kind of it, out of the family's closed set.
    pub class: &'static str,
    /// Where it stands.
    pub span: Span,
    /// False inside attributed content and speech quotations.
    pub own_voice: bool,
    /// Strength, in the layer's own measure: weight of a loaded word, probability of a hedge, polarity of a mention.
    pub value: f64,
    /// The attribution or target it belongs to, an index; 0 where it belongs to none.
    pub group: u32,
}

/// Tables for reading show attributions from this confidence on: of those below, about a third are right, on PolNeAR's dev
/// part as on the project's own labels (`docs/attribution.md`). Scores rest on all.
pub const SHOWN_FROM: f64 = 0.5;

/// How much of an attribution's content is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Wholly.
    Direct,
    /// Partly.
    Mixed,
    /// Not at all.
    Indirect,
}

/// Confidence from which an attribution counts whole toward their expected number.
const LIKELY: f64 = 0.3;
/// Attributions that annotators marked for each that was found (PolNeAR, dev part: 2,192 for 1,884).
const FOUND: f64 = 1.16;

/// Every kind, most quoted first, with the name that outputs and labels use.
pub const KINDS: &[(Kind, &str)] =
    &[(Kind::Direct, "direct"), (Kind::Mixed, "mixed"), (Kind::Indirect, "indirect")];

impl Kind {
    /// The name that outputs and labels use.
    #[must_use]
    pub fn name(self) -> &'static str {
        KINDS[self as usize].1
    }
}

/// What the source of an attribution does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Act {
    /// Says, writes, promises, accuses.
    #[default]
    Speech,
    /// Believes, fears, expects.
    Thought,
    /// Wants, orders, plans, refuses.
    Will,
    /// Shows, as a document, a study, a poll or a court does.
    Finding,
}

/// Every act, in order, with the name that outputs and labels use.
pub const ACTS: &[(Act, &str)] = &[
    (Act::Speech, "speech"),
    (Act::Thought, "thought"),
    (Act::Will, "will"),
    (Act::Finding, "finding"),
];

impl Act {
    /// The name that outputs and labels use.
    #[must_use]
    pub fn name(self) -> &'static str {
        ACTS[self as usize].1
    }
}

/// What sort of source it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceClass {
    /// A named person.
    Person,
    /// Unnamed but identified: "the Kremlin's spokesman".
    Role,
    /// An organisation, a state, a place that stands for one.
    Organisation,
    /// Another medium.
    Media,
    /// A report, a law, a letter.
    Document,
    /// Nobody that a reader could find: "analysts", "officials".
    Anonymous,
    /// Nobody at all.
    None,
}

/// Every source class, in order, with the name that outputs and labels use.
pub const SOURCE_CLASSES: &[(SourceClass, &str)] = &[
    (SourceClass::Person, "person"),
    (SourceClass::Role, "role"),
    (SourceClass::Organisation, "organisation"),
    (SourceClass::Media, "media"),
    (SourceClass::Document, "document"),
    (SourceClass::Anonymous, "anonymous"),
    (SourceClass::None, "none"),
];

impl SourceClass {
    /// The name that outputs and labels use.
    #[must_use]
    pub fn name(self) -> &'static str {
        SOURCE_CLASSES[self as usize].1
    }
}

/// A statement that the article reports as somebody's.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// How much of the content is quoted.
    pub kind: Kind,
    /// What the source does.
    pub act: Act,
    /// What sort of source it is.
    pub source_class: SourceClass,
    /// Whose words they are, by the fullest names the article gives, in order of place; several for a joint statement, none
    /// when the text does not tell.
    pub speakers: Vec<String>,
    /// Office and organisation of the speaker, where a label or a signature gives them beside the name.
    pub role: Option<String>,
    /// The medium in between, in "The Courier reports that Dorn said".
    pub reporter: Option<String>,
    /// Probability that this is an attribution and rightly cut.
    pub confidence: f64,
    /// Words that name the source, in pieces; empty when there is none.
    pub source: Vec<Span>,
    /// Words that attribute, in pieces; empty for a quotation that follows on.
    pub cue: Vec<Span>,
    /// What is attributed, in pieces.
    pub content: Vec<Span>,
}

impl Attribution {
    /// The first of the speakers.
    #[must_use]
    pub fn speaker(&self) -> Option<&str> {
        self.speakers.first().map(String::as_str)
    }
}

/// How many attributions an annotator would mark: a doubtful one counts by its confidence, a likely one whole, and some are
/// missed. On PolNeAR's dev part this correlates better with what annotators mark than the sum of confidences does.
#[must_use]
pub fn expected(attributions: &[Attribution]) -> f64 {
    attributions.iter().map(|a| (a.confidence / LIKELY).min(1.0) * FOUND).sum()
}

/// A source as it speaks over the whole article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Speaker {
    /// Fullest name in the article.
    pub name: String,
    /// ISO 3166 code of the state that the name stands for.
    pub code: Option<&'static str>,
    /// What sort of source it is.
    pub class: SourceClass,
    /// Office and organisation, where a transcript or a signature gives them beside the name.
    pub role: Option<String>,
    /// Number of attributions.
    pub attributions: usize,
    /// Words of attributed content.
    pub words: usize,
}

/// What is known of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct SentenceScore {
    /// Probability that its words judge or inflame in the article's own voice.
    pub loaded: f64,
    /// Calibrated probability that it holds an uncertain claim as annotators of newswire mark it: conditions, beliefs and the
    /// future too.
    pub hedged: f64,
    /// Calibrated probability that a reader after the labelling guide ticks it as hedged: a narrower sense.
    pub hedged_by_guide: f64,
    /// At least half of its words stand in attributed content.
    pub attributed: bool,
}

/// All marks of one article.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    layers: [Vec<Mark>; LAYERS.len()],
    /// Who said what.
    pub attributions: Vec<Attribution>,
    /// How many attributions an annotator would mark, whatever is shown ([`expected`]).
    pub expected_attributions: f64,
    /// The sources, most words first.
    pub speakers: Vec<Speaker>,
    /// Whom the article is about, and the stance toward them.
    pub targets: Vec<Target>,
    /// One for each sentence of the document.
    pub sentences: Vec<SentenceScore>,
    /// For each token: it stands in attributed content or a speech quotation.
    attributed: Vec<bool>,
    /// Weights of the loaded words in the title that was given apart from the text, summed; 0 when the text opens with it.
    pub title_loaded: f64,
    /// Where the whole article comes from, as it says itself.
    pub provenance: Vec<Span>,
    /// What a reader of the scores should know ("a quotation mark without its partner at byte 120").
    pub warnings: Vec<String>,
}

impl Marks {
    /// No marks yet: every token in the article's own voice.
    #[must_use]
    pub fn new(document: &Document<'_>) -> Self {
        Marks {
            sentences: vec![SentenceScore::default(); document.sentences.len()],
            attributed: vec![false; document.tokens.len()],
            ..Marks::default()
        }
    }

    /// Makes room for marks of a layer that is known to be large.
    pub(crate) fn reserve(&mut self, layer: Layer, marks: usize) {
        self.layers[layer as usize].reserve(marks);
    }

    /// Adds a mark to its layer. Families add in order of place.
    pub fn push(&mut self, mark: Mark) {
        self.layers[mark.layer as usize].push(mark);
    }

    /// The marks of a layer.
    #[must_use]
    pub fn layer(&self, layer: Layer) -> &[Mark] {
        &self.layers[layer as usize]
    }

    /// Gives the tokens of a span to a source.
    pub fn attribute(&mut self, document: &Document<'_>, span: Span) {
        for token in document.tokens_within(span) {
            self.attributed[token] = true;
        }
    }

    /// True when a token stands outside attributed content.
    #[must_use]
    pub fn is_own_voice(&self, token: usize) -> bool {
        !self.attributed.get(token).copied().unwrap_or(false)
    }

    /// Words of prose in the article's own voice.
    #[must_use]
    pub fn own_words(&self, document: &Document<'_>) -> usize {
        let own = |t: usize| document.tokens[t].is_word() && self.is_own_voice(t);
        document.prose_sentences().map(|s| s.tokens().filter(|&t| own(t)).count()).sum()
    }
}
