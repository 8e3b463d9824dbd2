//! What a family and a feature are, and the view through which a feature sees the article.

use crate::article::Article;
use crate::entity::{Covered, Names};
use crate::lexicon::Lexicon;
use crate::linear::SpanModels;
use crate::mark::{Attribution, Layer, Mark, Marks, SourceClass};
use crate::text::{Document, Span};

/// What a feature's number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// For each 100 words.
    Per100Words,
    /// For each sentence.
    PerSentence,
    /// Share, 0 to 1.
    Share,
    /// Plain count.
    Count,
    /// Words.
    Words,
    /// 1 or 0.
    Flag,
    /// Something else, told in the feature's doc.
    Score,
}

impl Unit {
    /// The unit as it is shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Unit::Per100Words => "per 100 words",
            Unit::PerSentence => "per sentence",
            Unit::Share => "share",
            Unit::Count => "count",
            Unit::Words => "words",
            Unit::Flag => "0 or 1",
            Unit::Score => "score",
        }
    }
}

/// A number for each article, with all that is known of it in one literal.
pub struct Feature {
    /// `family.name`.
    pub name: &'static str,
    /// What it says about the article, in a sentence.
    pub doc: &'static str,
    /// What the number counts.
    pub unit: Unit,
    /// Raised when the number's meaning changes; part of the schema's hash.
    pub version: u32,
    /// The layer its evidence lies in.
    pub layer: Layer,
    /// Which marks of the layer are its evidence.
    pub select: fn(&Mark) -> bool,
    /// The number itself.
    pub measure: fn(&View<'_>) -> f64,
}

/// What a family works with.
pub struct Context<'a> {
    /// The article as given: requested targets, title.
    pub article: &'a Article,
    /// Its text, cut.
    pub document: &'a Document<'a>,
    /// Who and what it names.
    pub names: &'a Names,
    /// Which tokens stand inside names: as words they are no evidence.
    pub covered: &'a Covered,
    /// The family's own lexicon.
    pub lexicon: &'a Lexicon,
    /// The fitted span-level decisions.
    pub models: &'a SpanModels,
}

/// A group of marks and features: one folder, one line in [`FAMILIES`](super::FAMILIES).
pub struct Family {
    /// Name of the folder, and the first part of its features' names.
    pub name: &'static str,
    /// What it measures.
    pub doc: &'static str,
    /// Layers that its marks and features may look at.
    pub reads: &'static [Layer],
    /// Layers that it fills.
    pub writes: &'static [Layer],
    /// The closed set of its lexicon's classes.
    pub classes: &'static [&'static str],
    /// Its `lexicon.toml`.
    pub lexicon: &'static str,
    /// Its `cases.toml`: sentences with the marks that must come out.
    pub cases: &'static str,
    /// Fills its layers. Cannot fail.
    pub mark: fn(&Context<'_>, &mut Marks),
    /// Its features, in schema order.
    pub features: &'static [Feature],
}

/// An article as one feature sees it: its own selected marks, and totals to set them against.
pub struct View<'v> {
    document: &'v Document<'v>,
    marks: &'v Marks,
    family: &'static Family,
    feature: &'static Feature,
    totals: Totals,
}

/// Words and sentences of prose, counted once for an article.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    words: f64,
    own_words: f64,
    sentences: f64,
}

impl Totals {
    /// Counts an article's prose.
    #[must_use]
    pub fn of(document: &Document<'_>, marks: &Marks) -> Self {
        Totals {
            words: document.words as f64,
            own_words: marks.own_words(document) as f64,
            sentences: document.prose_sentences().count() as f64,
        }
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

impl<'v> View<'v> {
    /// The view of one feature.
    #[must_use]
    pub fn new(
        document: &'v Document<'v>,
        marks: &'v Marks,
        totals: Totals,
        family: &'static Family,
        feature: &'static Feature,
    ) -> Self {
        View { document, marks, family, feature, totals }
    }

    fn layer(&self, layer: Layer) -> &'v [Mark] {
        debug_assert!(
            layer == Layer::Sentence
                || self.family.reads.contains(&layer)
                || self.family.writes.contains(&layer),
            "{} looks at {layer:?}, which its family does not declare",
            self.feature.name
        );
        self.marks.layer(layer)
    }

    /// The feature's evidence: the marks of its layer that it selects.
    pub fn selected(&self) -> impl Iterator<Item = &'v Mark> + use<'v> {
        let select = self.feature.select;
        self.layer(self.feature.layer).iter().filter(move |m| select(m))
    }

    /// Marks of a layer that the family has declared.
    #[must_use]
    pub fn marks(&self, layer: Layer) -> &'v [Mark] {
        self.layer(layer)
    }

    /// The text and its parts.
    #[must_use]
    pub fn document(&self) -> &'v Document<'v> {
        self.document
    }

    /// Attributions; only for families that read or write [`Layer::Content`].
    #[must_use]
    pub fn attributions(&self) -> &'v [Attribution] {
        let _declared = self.layer(Layer::Content);
        &self.marks.attributions
    }

    /// All marks, for the rare feature that asks for targets, speakers or sentence scores.
    #[must_use]
    pub fn all(&self) -> &'v Marks {
        self.marks
    }

    /// Words of prose.
    #[must_use]
    pub fn words(&self) -> f64 {
        self.totals.words
    }

    /// Words of prose outside attributed content.
    #[must_use]
    pub fn own_words(&self) -> f64 {
        self.totals.own_words
    }

    /// Prose sentences.
    #[must_use]
    pub fn sentences(&self) -> f64 {
        self.totals.sentences
    }

    /// Number of selected marks.
    #[must_use]
    pub fn count(&self) -> f64 {
        self.selected().count() as f64
    }

    /// Selected marks for each 100 words of prose.
    #[must_use]
    pub fn rate(&self) -> f64 {
        100.0 * ratio(self.count(), self.words())
    }

    /// Selected marks for each 100 words in the article's own voice.
    #[must_use]
    pub fn own_rate(&self) -> f64 {
        100.0 * ratio(self.count(), self.own_words())
    }

    /// Sum of the selected marks' values for each 100 words in the article's own voice.
    #[must_use]
    pub fn own_weight(&self) -> f64 {
        100.0 * ratio(self.selected().map(|m| m.value).sum(), self.own_words())
    }

    /// Selected marks for each prose sentence.
    #[must_use]
    pub fn per_sentence(&self) -> f64 {
        ratio(self.count(), self.sentences())
    }

    /// Share of the prose's words that stand inside the selected marks.
    #[must_use]
    pub fn share_of_words(&self) -> f64 {
        ratio(
            self.selected().map(|m| self.document.words_within(m.span) as f64).sum(),
            self.words(),
        )
    }

    /// Share of the prose sentences that hold at least one selected mark.
    #[must_use]
    pub fn share_of_sentences(&self) -> f64 {
        let mut last = None;
        let mut hit = 0.0;
        for mark in self.selected() {
            let sentence = self.document.sentence_at(mark.span.start);
            if sentence.is_some() && sentence != last {
                hit += 1.0;
                last = sentence;
            }
        }
        ratio(hit, self.sentences())
    }

    /// Share of the layer's marks that are selected; 0 when there are none.
    #[must_use]
    pub fn share_of_layer(&self) -> f64 {
        ratio(self.count(), self.layer(self.feature.layer).len() as f64)
    }

    /// Share of the attributions whose source is of one of these classes; 0 when there are none.
    #[must_use]
    pub fn share_of_sources(&self, classes: &[SourceClass]) -> f64 {
        let all = self.attributions();
        ratio(
            all.iter().filter(|a| classes.contains(&a.source_class)).count() as f64,
            all.len() as f64,
        )
    }

    /// Mean of the selected marks' values; 0 when there are none.
    #[must_use]
    pub fn mean_value(&self) -> f64 {
        ratio(self.selected().map(|m| m.value).sum(), self.count())
    }

    /// Spans of the feature's evidence in order of place.
    pub fn evidence(&self) -> impl Iterator<Item = Span> + use<'v> {
        self.selected().map(|m| m.span)
    }
}
