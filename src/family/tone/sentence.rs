//! How loaded a sentence is: its words' weights pooled in three ways, classes of loaded words, the words themselves, what the
//! article is like around it, and a decision over them.

use super::load::Loads;
use crate::entity::Covered;
use crate::lexicon::Lexicon;
use crate::linear::{Linear, Sink, Template};
use crate::mark::Marks;
use crate::text::{Case, Document, Kind, Sentence, Word};

/// Slots of the sentence decision: pools of the article's own words, sums of pools, numbers, words in either voice.
const POOL: Template = Template::new("pool");
const SUM: Template = Template::new("sum");
const CLASS: Template = Template::new("class");
const SOURCES_CLASS: Template = Template::new("source class");
const NUMBER: Template = Template::new("number");
const OWN_WORD: Template = Template::new("own word");
const SOURCES_WORD: Template = Template::new("source word");

/// Three sums over the weights of a sentence's words. One alone fails: the largest does not see a pile of small ones,
/// the mean does not see one slur in a long sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Pools {
    /// Root of the sum of squares.
    pub(crate) norm: f64,
    /// Sum over the number of words, at least [`SHORT_MEAN`].
    pub(crate) mean: f64,
    /// Sum of squares over the root of the number of words, at least [`SHORT_DENSITY`].
    pub(crate) density: f64,
}

/// Fewest words a mean is taken over, so that "Shameful!" is not all.
const SHORT_MEAN: f64 = 8.0;
/// The same for the density.
const SHORT_DENSITY: f64 = 6.0;

impl Pools {
    /// Pools a sentence. `share` is what a token's weight counts, 1 in the article's own voice.
    pub(crate) fn of(
        document: &Document<'_>,
        loads: &Loads,
        sentence: &Sentence,
        share: impl Fn(usize) -> f64,
    ) -> Self {
        let (mut words, mut sum, mut squares) = (0.0_f64, 0.0_f64, 0.0_f64);
        for token in sentence.tokens() {
            if document.tokens[token].kind == Kind::Word {
                words += 1.0;
                let value = f64::from(loads.values[token]) * share(token);
                sum += value;
                squares += value * value;
            }
        }
        Pools {
            norm: squares.sqrt(),
            mean: sum / words.max(SHORT_MEAN),
            density: squares / words.max(SHORT_DENSITY).sqrt(),
        }
    }

    /// The pools in one number.
    fn sum(&self) -> f64 {
        self.named().iter().zip(WEIGHTS).map(|((_, value), weight)| weight * value).sum()
    }

    /// The pools by name.
    pub(crate) fn named(&self) -> [(&'static str, f64); 3] {
        [("norm", self.norm), ("mean", self.mean), ("density", self.density)]
    }
}

/// Weights of the pools in their sum, found on news by hand: fitted on few sentences they part worse.
const WEIGHTS: [f64; 3] = [1.0, 3.0, 0.5];
/// What a source's words count in the sum over both voices: to choose them is the article's act.
const SOURCES_SHARE: f64 = 0.8;
/// Slope and shift of the sum where no model is loaded.
const UNFITTED_CALIBRATION: (f64, f64) = (-2.0, 2.5);

/// A sentence of this pool, or a word of this weight, counts among the loaded ones.
const HIGH: f64 = 0.9;

/// All sentences with what is known of the article around them: the same words say more where the whole article speaks so.
pub(crate) struct Sentences<'d, 'a> {
    document: &'d Document<'a>,
    covered: &'d Covered,
    lexicon: &'d Lexicon,
    loads: &'d Loads,
    marks: &'d Marks,
    own: Vec<Pools>,
    both: Vec<Pools>,
    /// Own words of great weight.
    heavy: Vec<f64>,
    /// Share of the words that are a source's.
    attributed: Vec<f64>,
    article: Article,
}

/// Means over the sentences; nothing where a sentence stands alone.
#[derive(Default)]
struct Article {
    alone: f64,
    norm: f64,
    high: f64,
    attributed: f64,
}

impl<'d, 'a> Sentences<'d, 'a> {
    /// Pools every sentence of a document.
    pub(crate) fn of(
        document: &'d Document<'a>,
        covered: &'d Covered,
        lexicon: &'d Lexicon,
        loads: &'d Loads,
        marks: &'d Marks,
    ) -> Self {
        let yes = |is: bool| f64::from(u8::from(is));
        let pool = |of_sources: f64| {
            let share = |t| if marks.is_own_voice(t) { 1.0 } else { of_sources };
            let one = |s| Pools::of(document, loads, s, share);
            document.sentences.iter().map(one).collect::<Vec<_>>()
        };
        let (own, both) = (pool(0.0), pool(SOURCES_SHARE));
        let heavy = |s: &Sentence| {
            let heavy = |t: &usize| f64::from(loads.values[*t]) >= HIGH && marks.is_own_voice(*t);
            s.tokens().filter(heavy).count() as f64
        };
        let heavy = document.sentences.iter().map(heavy).collect();
        let share = |s: &Sentence| {
            let words = s.tokens().filter(|&t| document.tokens[t].is_word());
            let (all, of_sources) =
                words.fold((0.0_f64, 0.0), |(n, k), t| (n + 1.0, k + yes(!marks.is_own_voice(t))));
            of_sources / all.max(1.0)
        };
        let attributed: Vec<f64> = document.sentences.iter().map(share).collect();
        let count = document.sentences.len() as f64;
        let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / count.max(1.0);
        let article = if document.sentences.len() < 2 {
            Article { alone: 1.0, ..Article::default() }
        } else {
            Article {
                alone: 0.0,
                norm: mean(&mut own.iter().map(|p| p.norm)),
                high: mean(&mut own.iter().map(|p| yes(p.norm >= HIGH))),
                attributed: mean(&mut attributed.iter().copied()),
            }
        };
        Sentences {
            document,
            covered,
            lexicon,
            loads,
            marks,
            own,
            both,
            heavy,
            attributed,
            article,
        }
    }

    /// Gives all that the decision sees of a sentence to a sink.
    pub(crate) fn inputs(&self, index: usize, sink: &mut impl Sink) {
        for (name, value) in self.own[index].named() {
            sink.put(POOL, Word::of(name), value, || name.to_owned());
        }
        for (name, pools) in [("own", &self.own[index]), ("both", &self.both[index])] {
            sink.put(SUM, Word::of(name), pools.sum(), || name.to_owned());
        }
        let near = |at: Option<usize>| at.and_then(|at| self.own.get(at)).map_or(0.0, |p| p.norm);
        let range = self.document.sentences[index].tokens();
        let numbers = [
            ("alone", self.article.alone),
            ("article", self.article.norm),
            ("article-high", self.article.high),
            ("article-attributed", self.article.attributed),
            ("article-here", self.article.norm * self.own[index].norm),
            ("neighbours", near(index.checked_sub(1)) + near(Some(index + 1))),
            ("attributed", self.attributed[index]),
            ("heavy", self.heavy[index].min(4.0)),
            ("length", (range.len() as f64 / 25.0).min(3.0)),
        ];
        for (name, value) in numbers {
            sink.put(NUMBER, Word::of(name), value, || name.to_owned());
        }
        let from = self.loads.hits.partition_point(|h| h.first < range.start);
        for hit in self.loads.hits[from..].iter().take_while(|h| h.first < range.end) {
            let class = self.lexicon.class(hit.entry);
            let template = if self.marks.is_own_voice(hit.first) { CLASS } else { SOURCES_CLASS };
            sink.put(template, Word::of(class), 1.0, || class.to_owned());
        }
        for at in range.clone() {
            let token = &self.document.tokens[at];
            // Names say nothing, and unknown ones have a capital.
            let plain = matches!(token.case, Case::Lower | Case::None) || at == range.start;
            let kind = matches!(token.kind, Kind::Word | Kind::Punctuation);
            if !kind || !plain || self.covered.meets(at..at + 1) {
                continue;
            }
            let template = if self.marks.is_own_voice(at) { OWN_WORD } else { SOURCES_WORD };
            sink.put(template, token.word, 1.0, || {
                self.document.form(at).replace(['’', 'ʼ', '‘'], "'").to_lowercase()
            });
        }
    }

    /// Probability that a sentence is loaded.
    pub(crate) fn probability(&self, index: usize, decision: Option<&Linear>) -> f64 {
        if let Some(decision) = decision {
            let mut score = decision.start();
            self.inputs(index, &mut score);
            return score.probability();
        }
        let sum = self.both[index].sum();
        let (a, b) = UNFITTED_CALIBRATION;
        1.0 / (1.0 + (a * sum + b).exp())
    }
}
