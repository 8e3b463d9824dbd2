//! From an article to its scores.

use crate::article::Article;
use crate::axis::AXES;
use crate::entity::{Covered, Names};
use crate::family::attribution::extract::{count_cues, extract};
use crate::family::attribution::speakers;
use crate::family::{Context, FAMILIES, Totals, View};
use crate::feature::FeatureVector;
use crate::feature::features;
use crate::lexicon::{Lexicon, LexiconError};
use crate::mark::{Layer, Mark, Marks};
use crate::model::{Classifier, ModelError, ModelSet, Part, WordPart};
use crate::parallel;
use crate::text::{Document, Form, Language, Span, other_language};

/// How to score.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Articles with fewer words of prose are not scored.
    pub min_words: usize,
    /// Attributions below this confidence are not shown. No score changes by it.
    pub min_confidence: f64,
}

impl Default for Options {
    fn default() -> Self {
        Options { min_words: 100, min_confidence: 0.0 }
    }
}

/// Why an article has marks but no scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unscored {
    /// In words.
    pub reason: String,
}

/// What a feature adds to a score; [`Scored::evidence`] gives the words behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// Name of the feature, or [`WORDS`](crate::axis::WORDS).
    pub feature: &'static str,
    /// Its number for this article.
    pub value: f64,
    /// Its part of `logit(high) - logit(low)`, of the classes that the score names.
    pub contribution: f64,
}

/// The score of one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Name of the axis.
    pub axis: &'static str,
    /// The expected place between the axis's first class (0) and its last (1), by the probabilities; none where they stand in no order.
    pub value: Option<f64>,
    /// Where the classes are cut from a measured share: the share.
    pub measure: Option<f64>,
    /// Name of the most probable class.
    pub class: &'static str,
    /// Class probabilities, in the axis's order.
    pub probabilities: Vec<(&'static str, f64)>,
    /// Which model said so.
    pub model: String,
    /// The class toward which negative contributions push: the first, or the runner-up where classes stand in no order.
    pub low: &'static str,
    /// The class toward which positive contributions push: the last, or the class given where classes stand in no order.
    pub high: &'static str,
    /// `logit(high) - logit(low)` of an average article; with all contributions it adds up to this article's.
    pub base: f64,
    /// All inputs of the model, largest contribution first.
    pub contributions: Vec<Contribution>,
    /// Common words that the model weighs, those that push hardest the way their sum goes first: the part of each in the contribution
    /// that is named [`WORDS`](crate::axis::WORDS), before the mean article's is taken off.
    pub words: Vec<WordPart>,
}

/// A scored article: the article, its document, marks, vector and scores.
pub struct Scored<'a> {
    /// As it was given.
    pub article: &'a Article,
    /// Its text, cut.
    pub document: Document<'a>,
    /// The evidence.
    pub marks: Marks,
    /// The numbers.
    pub vector: FeatureVector,
    /// Language of the prose.
    pub language: Language,
    /// One for each axis that has a model; empty when unscored.
    pub scores: Vec<Score>,
    /// Why there are no scores.
    pub unscored: Option<Unscored>,
}

impl Scored<'_> {
    /// The form in which the article was written: as its format tells, or else its text.
    #[must_use]
    pub fn form(&self) -> Form {
        self.article.form.unwrap_or(self.document.form)
    }

    /// The marks that a feature counted; none for a name that no feature has.
    #[must_use]
    pub fn evidence(&self, feature: &str) -> Vec<Span> {
        let Some((family, feature)) = features().find(|(_, f)| f.name == feature) else {
            return Vec::new();
        };
        let totals = Totals::of(&self.document, &self.marks);
        View::new(&self.document, &self.marks, totals, family, feature).evidence().collect()
    }
}

/// What keeps a scorer from being made.
#[derive(Debug, thiserror::Error)]
pub enum ScorerError {
    /// A lexicon does not hold.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// A model does not fit.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// The steps of scoring, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Blocks, sentences, tokens.
    Document,
    /// Quotation marks.
    Quotation,
    /// The first stage of the attribution extractor: cues.
    FirstStage,
    /// Its second stage and the choice: sources and contents.
    SecondStage,
    /// Who the sources are.
    Attribution,
    /// All other families.
    Families,
    /// The vector.
    Features,
    /// Language and models.
    Models,
}

/// Every step, in order, with its name.
pub const STEPS: &[(Step, &str)] = &[
    (Step::Document, "document"),
    (Step::Quotation, "quotation"),
    (Step::FirstStage, "attribution: cues"),
    (Step::SecondStage, "attribution: contents"),
    (Step::Attribution, "attribution: speakers"),
    (Step::Families, "other families"),
    (Step::Features, "features"),
    (Step::Models, "language and models"),
];

/// Lexicons and models, ready to score any number of articles from any number of threads.
pub struct Scorer {
    lexicons: Vec<Lexicon>,
    /// The models in use.
    pub models: ModelSet,
    /// How to score.
    pub options: Options,
}

impl Scorer {
    /// A scorer with the models that are compiled in.
    ///
    /// # Errors
    /// When a lexicon or a model does not hold.
    pub fn builtin() -> Result<Self, ScorerError> {
        Self::new(ModelSet::builtin()?, Options::default())
    }

    /// A scorer with given models.
    ///
    /// # Errors
    /// When a lexicon does not hold.
    pub fn new(models: ModelSet, options: Options) -> Result<Self, ScorerError> {
        let lexicons = parallel::map(FAMILIES, |f| Lexicon::parse(f.name, f.lexicon, f.classes))
            .into_iter()
            .collect::<Result<_, _>>()?;
        Ok(Scorer { lexicons, models, options })
    }

    /// Runs every family over a document. Cannot fail.
    #[must_use]
    pub fn mark(&self, article: &Article, document: &Document<'_>) -> Marks {
        self.mark_with(article, document, FAMILIES.len())
    }

    /// Runs the first `families` families over a document: what each of them costs is the difference.
    #[must_use]
    pub fn mark_with(&self, article: &Article, document: &Document<'_>, families: usize) -> Marks {
        let mut marks = Marks::new(document);
        let names = Names::of(document);
        let named = (Covered::of(document, &names), names);
        for (at, family) in FAMILIES.iter().enumerate().take(families) {
            (family.mark)(&self.context(article, document, &named, at), &mut marks);
        }
        mark_sentences(document, &mut marks);
        marks
    }

    /// What the family at a place of the list works with.
    fn context<'c>(
        &'c self,
        article: &'c Article,
        document: &'c Document<'c>,
        (covered, names): &'c (Covered, Names),
        at: usize,
    ) -> Context<'c> {
        let (models, lexicon) = (&self.models.spans, &self.lexicons[at]);
        Context { article, document, names, covered, lexicon, models }
    }

    /// Runs scoring of a document up to and including a step: what each step costs is the difference to the one before. Gives the
    /// number of things that the step made, so that none of the work can be left out.
    #[must_use]
    pub fn run_to<'a>(&self, article: &'a Article, document: Document<'a>, step: Step) -> usize {
        let families = |n| self.mark_with(article, &document, n);
        match step {
            Step::Document => document.tokens.len(),
            Step::Quotation => families(1).warnings.len(),
            Step::FirstStage | Step::SecondStage => {
                let marks = families(1);
                let at = FAMILIES.iter().position(|f| f.name == "attribution").unwrap_or(0);
                let named = (Covered::default(), Names::default());
                let context = self.context(article, &document, &named, at);
                if step == Step::FirstStage {
                    count_cues(&context, &marks)
                } else {
                    extract(&context, &marks).len()
                }
            }
            Step::Attribution => families(2).attributions.len(),
            Step::Families => families(FAMILIES.len()).sentences.len(),
            Step::Features => {
                FeatureVector::measure(&document, &families(FAMILIES.len())).values().len()
            }
            Step::Models => self.finish(article, document).scores.len(),
        }
    }

    /// Scores an article. Cannot fail.
    #[must_use]
    pub fn score<'a>(&self, article: &'a Article) -> Scored<'a> {
        self.finish(article, article.document())
    }

    fn finish<'a>(&self, article: &'a Article, document: Document<'a>) -> Scored<'a> {
        let mut marks = self.mark(article, &document);
        let vector = FeatureVector::measure(&document, &marks);
        let language = Language::of(&document);
        let unscored = self.unscored(&document, language);
        marks.warnings.extend(other_language(&document));
        let scores = match &unscored {
            Some(_) => Vec::new(),
            None => self.models.classifiers.iter().map(|c| score(c, &document, &vector)).collect(),
        };
        if unscored.is_none() {
            marks.warnings.extend(self.unlike(&vector));
        }
        // Only now: features and scores rest on all attributions, whatever is shown.
        if self.options.min_confidence > 0.0 {
            marks.attributions.retain(|a| a.confidence >= self.options.min_confidence);
            marks.speakers = speakers(&document, &marks.attributions);
        }
        Scored { article, document, marks, vector, language, scores, unscored }
    }

    /// In words, when the article is unlike the real ones that models were fitted on.
    fn unlike(&self, vector: &FeatureVector) -> Option<String> {
        let told = |c: &Classifier| c.unlike(vector).map(|u| (c.axis.name, u));
        let all: Vec<_> = self.models.classifiers.iter().filter_map(told).collect();
        let farthest =
            all.iter().map(|(_, u)| u).max_by(|a, b| a.distance.total_cmp(&b.distance))?;
        let axes: Vec<&str> = all.iter().map(|(axis, _)| *axis).collect();
        Some(format!(
            "unlike the news articles that {} was fitted on: {:.1} times as far from their mean as 98 of 100 of them, above all in {}",
            axes.join(" and "),
            farthest.distance,
            farthest.features.join(", ")
        ))
    }

    fn unscored(&self, document: &Document<'_>, language: Language) -> Option<Unscored> {
        let words = document.words;
        let reason = if words < self.options.min_words {
            format!("{words} words of prose, fewer than {}", self.options.min_words)
        } else if self.options.min_words > 0 && !language.may_be_english() {
            format!("not in English ({})", language.short())
        } else {
            return None;
        };
        Some(Unscored { reason })
    }
}

/// Prose sentences as marks, so that features over sentences have evidence.
fn mark_sentences(document: &Document<'_>, marks: &mut Marks) {
    for (index, sentence) in document.sentences.iter().enumerate() {
        if !document.is_prose(sentence) {
            continue;
        }
        let tokens = sentence.tokens();
        let words = document.words_in(sentence);
        let theirs = tokens
            .clone()
            .filter(|&t| document.tokens[t].is_word() && !marks.is_own_voice(t))
            .count();
        let attributed = words > 0 && theirs * 2 >= words;
        marks.sentences[index].attributed = attributed;
        marks.push(Mark {
            layer: Layer::Sentence,
            class: if attributed { "attributed" } else { "own" },
            span: sentence.span,
            own_voice: !attributed,
            value: words as f64,
            group: index as u32,
        });
    }
}

/// Parts of inputs, largest first.
fn told(mut parts: Vec<Part>) -> Vec<Contribution> {
    parts.sort_unstable_by(|a, b| b.2.abs().total_cmp(&a.2.abs()).then_with(|| a.0.cmp(b.0)));
    let part = |(feature, value, contribution)| Contribution { feature, value, contribution };
    parts.into_iter().map(part).collect()
}

fn score(classifier: &Classifier, document: &Document<'_>, vector: &FeatureVector) -> Score {
    let axis = classifier.axis;
    let seen = classifier.see(document, vector);
    let prediction = classifier.predict(&seen);
    let ends = classifier.ends(&prediction);
    let mut words = classifier.words(&seen, ends);
    let way = words.iter().map(|w| w.part).sum::<f64>().signum();
    words.sort_by(|a, b| (b.part * way).total_cmp(&(a.part * way)).then(a.token.cmp(&b.token)));
    Score {
        axis: axis.name,
        value: axis.value(&prediction.probabilities),
        measure: axis.measure.and_then(|feature| vector.get(feature)),
        class: axis.classes[prediction.class],
        probabilities: axis
            .classes
            .iter()
            .copied()
            .zip(prediction.probabilities.iter().copied())
            .collect(),
        model: classifier.id.clone(),
        low: axis.classes[ends.0],
        high: axis.classes[ends.1],
        base: classifier.base(ends),
        contributions: told(classifier.contributions(&seen, vector, ends)),
        words,
    }
}

/// Axes that have no model in a set, by name.
#[must_use]
pub fn missing_axes(models: &ModelSet) -> Vec<&'static str> {
    AXES.iter().map(|a| a.name).filter(|name| models.classifier(name).is_none()).collect()
}
