//! The style family's features.

use super::{number, read};
use crate::family::def::{Feature, Unit, View};
use crate::mark::Layer;
use crate::text::Kind;

/// Marks of one class for each 100 words of prose.
macro_rules! rate {
    ($name:literal, $doc:literal, $class:expr) => {
        Feature {
            name: $name,
            doc: $doc,
            unit: Unit::Per100Words,
            version: 1,
            layer: Layer::Style,
            select: |m| m.group == const { number($class) },
            measure: |v| v.rate(),
        }
    };
}

/// Marks of one class in the article's own voice for each 100 of its own words.
macro_rules! own_rate {
    ($name:literal, $doc:literal, $class:expr) => {
        Feature {
            name: $name,
            doc: $doc,
            unit: Unit::Per100Words,
            version: 1,
            layer: Layer::Style,
            select: |m| m.own_voice && m.group == const { number($class) },
            measure: |v| v.own_rate(),
        }
    };
}

/// A number over sentences or the whole prose.
macro_rules! prose {
    ($name:literal, $doc:literal, $unit:expr, $measure:expr) => {
        Feature {
            name: $name,
            doc: $doc,
            unit: $unit,
            version: 1,
            layer: Layer::Sentence,
            select: |_| true,
            measure: $measure,
        }
    };
}

pub(super) static FEATURES: &[Feature] = &[
    own_rate!(
        "style.first_singular_rate",
        "I, me, my in the article's own voice for each 100 own words.",
        "first-singular"
    ),
    own_rate!(
        "style.first_plural_rate",
        "We, us, our in the article's own voice for each 100 own words.",
        "first-plural"
    ),
    own_rate!(
        "style.second_rate",
        "You, your in the article's own voice for each 100 own words.",
        "second"
    ),
    own_rate!(
        "style.third_plural_rate",
        "They, them, their in the article's own voice for each 100 own words.",
        "third-plural"
    ),
    own_rate!(
        "style.demand_rate",
        "Must, should and the like in the article's own voice for each 100 own words.",
        "demand"
    ),
    own_rate!(
        "style.negation_rate",
        "Negations in the article's own voice for each 100 own words.",
        "negation"
    ),
    own_rate!(
        "style.particle_rate",
        "Small words of stress (just, even, so) in the article's own voice for each 100 own words.",
        "particle"
    ),
    own_rate!(
        "style.connective_rate",
        "Words that argue (but, because, if) in the article's own voice for each 100 own words.",
        "connective"
    ),
    own_rate!(
        "style.present_rate",
        "Is and are in the article's own voice for each 100 own words.",
        "present"
    ),
    own_rate!(
        "style.past_rate",
        "Was, were and had in the article's own voice for each 100 own words.",
        "past"
    ),
    own_rate!(
        "style.wh_rate",
        "What, why, how, who in the article's own voice for each 100 own words.",
        "wh-word"
    ),
    own_rate!(
        "style.weekday_rate",
        "Days of the week in the article's own voice for each 100 own words.",
        "weekday"
    ),
    own_rate!(
        "style.general_rate",
        "Whole peoples and large ideas in the article's own voice for each 100 own words.",
        "general"
    ),
    own_rate!(
        "style.pointing_rate",
        "This, that, these, those in the article's own voice for each 100 own words.",
        "pointing"
    ),
    own_rate!(
        "style.exclamation_rate",
        "Exclamation marks in the article's own voice for each 100 own words.",
        "exclamation"
    ),
    own_rate!(
        "style.question_rate",
        "Question marks in the article's own voice for each 100 own words.",
        "question"
    ),
    own_rate!(
        "style.capitals_rate",
        "Words of four letters or more in capitals, in the article's own voice, for each 100 own words.",
        "capitals"
    ),
    own_rate!(
        "style.contraction_rate",
        "Contractions (don't, we're) in the article's own voice for each 100 own words.",
        "contraction"
    ),
    rate!("style.dash_rate", "Dashes for each 100 words.", "dash"),
    rate!("style.bracket_rate", "Brackets for each 100 words.", "bracket"),
    rate!("style.comma_rate", "Commas for each 100 words.", "comma"),
    rate!("style.colon_rate", "Colons and semicolons for each 100 words.", "colon"),
    rate!("style.ellipsis_rate", "Three dots for each 100 words.", "ellipsis"),
    rate!("style.link_rate", "Addresses and handles for each 100 words.", "link"),
    rate!("style.number_rate", "Numbers in digits for each 100 words.", "number"),
    rate!("style.name_rate", "Capitalised words in mid-sentence for each 100 words.", "name"),
    prose!(
        "style.long_word_share",
        "Share of the prose's words that have more than six letters.",
        Unit::Share,
        long_word_share
    ),
    prose!("style.sentence_words", "Mean length of the prose's sentences.", Unit::Words, |v| v
        .mean_value()),
    prose!(
        "style.sentence_words_spread",
        "Standard deviation of the sentences' lengths.",
        Unit::Words,
        spread
    ),
    prose!("style.paragraph_words", "Mean length of the paragraphs.", Unit::Words, |v| {
        let paragraphs = v.document().prose().count();
        if paragraphs == 0 { 0.0 } else { v.words() / paragraphs as f64 }
    }),
    prose!(
        "style.grade",
        "School grade the prose reads at (Kincaid et al. 1975), syllables by rule.",
        Unit::Score,
        grade
    ),
    prose!(
        "style.type_token_ratio",
        "Different words among the first 200 of the prose, for each of them.",
        Unit::Share,
        type_token_ratio
    ),
    prose!(
        "style.log_words",
        "Natural logarithm of one more than the number of words of prose.",
        Unit::Score,
        |v| v.words().ln_1p()
    ),
];

fn spread(view: &View<'_>) -> f64 {
    let mean = view.mean_value();
    let (count, squares) =
        view.selected().fold((0.0, 0.0), |(n, s), m| (n + 1.0, s + (m.value - mean).powi(2)));
    if count < 2.0 { 0.0 } else { (squares / count).sqrt() }
}

/// Begins with an apostrophe; asked by its bytes.
fn is_short_form(form: &str) -> bool {
    matches!(form.as_bytes(), [b'\'', ..] | [0xe2, 0x80, 0x99, ..] | [0xca, 0xbc, ..])
}

/// Tokens of the prose's words that are made of letters, short forms ("'s") aside.
fn lettered<'v>(view: &View<'v>) -> impl Iterator<Item = &'v str> + use<'v> {
    let document = view.document();
    let tokens = document.prose_sentences().flat_map(crate::text::Sentence::tokens);
    tokens
        .filter(|&t| document.tokens[t].kind == Kind::Word)
        .map(|t| document.form(t))
        .filter(|form| !is_short_form(form))
}

/// A long word has more letters than this.
const LONG_WORD: usize = 6;

fn long_word_share(view: &View<'_>) -> f64 {
    let (words, long) = lettered(view).fold((0_usize, 0_usize), |(n, long), form| {
        (n + 1, long + usize::from(form.len() > LONG_WORD && count(form) > LONG_WORD))
    });
    if words == 0 { 0.0 } else { long as f64 / words as f64 }
}

fn count(form: &str) -> usize {
    if form.is_ascii() { form.len() } else { form.chars().count() }
}

fn grade(view: &View<'_>) -> f64 {
    let document = view.document();
    let tokens = document
        .prose_sentences()
        .flat_map(|s| &document.tokens[s.tokens()])
        .filter(|t| t.kind == Kind::Word);
    let (words, syllables) = read::count(
        tokens
            .map(|t| (t.span.slice(document.text), t.word))
            .filter(|(form, _)| !is_short_form(form)),
    );
    read::grade(words as f64, view.sentences(), syllables as f64)
}

/// Words that the type-token ratio looks at: it falls with length, so every article gives the same number of them.
const RATIO_WORDS: usize = 200;

fn type_token_ratio(view: &View<'_>) -> f64 {
    let document = view.document();
    let tokens = document.prose_sentences().flat_map(crate::text::Sentence::tokens);
    let mut words: Vec<_> = tokens
        .filter(|&t| document.tokens[t].is_word())
        .map(|t| document.tokens[t].word)
        .take(RATIO_WORDS)
        .collect();
    let all = words.len();
    words.sort_unstable();
    words.dedup();
    if all == 0 { 0.0 } else { words.len() as f64 / all as f64 }
}
