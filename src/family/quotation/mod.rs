//! Quotations: what stands between quotation marks.

mod machine;

use crate::family::def::{Context, Family, Feature, Unit};
use crate::mark::{Layer, Mark, Marks};
use crate::text::{Case, Document, Kind, Span};

/// The quotation family.
pub(super) static FAMILY: Family = Family {
    name: "quotation",
    doc: "What stands between quotation marks: how much, in what pieces.",
    reads: &[],
    writes: &[Layer::Quote],
    classes: &["title-verb"],
    lexicon: include_str!("lexicon.toml"),
    cases: include_str!("cases.toml"),
    mark,
    features: FEATURES,
};

/// Fewest words of a quotation that is speech and no scare quote or name.
const SPEECH_WORDS: usize = 4;

/// Classes of a quotation.
mod class {
    /// Sentences.
    pub(super) const FULL: &str = "full";
    /// Part of a sentence.
    pub(super) const FRAGMENT: &str = "fragment";
    /// One to three words: a scare quote, a name, a term.
    pub(super) const SHORT: &str = "short";
    /// The title of a work.
    pub(super) const TITLE: &str = "title";
    /// Inside another quotation.
    pub(super) const NESTED: &str = "nested";
    /// Words that the article puts in somebody's mouth: "that can only mean: “We are lost.”"
    pub(super) const MOCK: &str = "mock";
}

/// What stands before words that are put in somebody's mouth.
const PUTS: &[&[&str]] = &[&["mean"], &["means"], &["meant"], &["other", "words"]];

/// True for a sentence behind "they mean:" or "in other words:" in the same paragraph. `first`: the opening mark. Without the
/// colon, or with a small letter behind the mark, these words gloss a term or report speech more often than not.
fn is_mock(document: &Document<'_>, first: usize) -> bool {
    let block = |t: usize| document.sentences[document.sentence_of[t] as usize].block;
    let capital = document
        .tokens
        .get(first + 1)
        .is_some_and(|t| t.is_word() && !matches!(t.case, Case::Lower | Case::None));
    let Some(end) = first.checked_sub(1).filter(|&colon| capital && document.form(colon) == ":")
    else {
        return false;
    };
    let ends = |words: &&[&str]| {
        let begin = end.checked_sub(words.len()).filter(|&t| block(t) == block(first));
        begin.is_some_and(|begin| {
            words.iter().zip(begin..end).all(|(w, t)| document.form(t).eq_ignore_ascii_case(w))
        })
    };
    PUTS.iter().any(ends)
}

fn mark(context: &Context<'_>, marks: &mut Marks) {
    let document = context.document;
    let found = machine::find(document);
    let mut group = 0;
    for quotation in &found.quotations {
        let class = if quotation.nested {
            class::NESTED
        } else {
            classify(context, document, quotation.span)
        };
        if !(quotation.nested || quotation.continues) {
            group += 1;
        }
        let speech = matches!(class, class::FULL | class::FRAGMENT);
        if speech {
            marks.attribute(document, quotation.span);
        }
        let words = document.words_within(quotation.span) as f64;
        marks.push(Mark {
            layer: Layer::Quote,
            class,
            span: quotation.span,
            own_voice: !speech,
            value: words,
            group,
        });
    }
    for stray in &found.strays {
        marks.warnings.push(format!("quotation mark without its partner at byte {}", stray.start));
    }
}

/// 'It must go'. as British printers set it: the sentence is the quotation and its stop.
fn is_sentence(document: &Document<'_>, tokens: &[usize]) -> bool {
    let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else { return false };
    let sentence = document.sentences[document.sentence_of[first] as usize].tokens();
    sentence.start == first
        && sentence.end == last + 2
        && matches!(document.form(last + 1), "." | "!" | "?" | "…")
}

fn classify(context: &Context<'_>, document: &Document<'_>, span: Span) -> &'static str {
    let tokens: Vec<usize> = document.tokens_within(span).collect();
    let words: Vec<usize> =
        tokens.iter().copied().filter(|&t| document.tokens[t].is_word()).collect();
    let long = |t: &&usize| document.form(**t).chars().count() >= 4;
    let capital = |t: &&usize| {
        document.tokens[**t].kind == Kind::Number
            || !matches!(document.tokens[**t].case, Case::Lower | Case::None)
    };
    let named = words.len() >= 2
        && words.len() <= 8
        && words.iter().filter(long).all(|t| capital(&t))
        && words.iter().filter(long).count() >= 2;
    let stopped = (tokens.len() >= 2
        && matches!(document.form(tokens[tokens.len() - 2]), "." | "!" | "?" | "…"))
        || is_sentence(document, &tokens);
    let work = tokens
        .first()
        .is_some_and(|&t| !context.lexicon.find(document, t.saturating_sub(3)..t).is_empty());
    if (named && !stopped) || (work && words.len() <= 12) {
        return class::TITLE;
    }
    if tokens.first().is_some_and(|&t| is_mock(document, t)) && words.len() >= SPEECH_WORDS {
        return class::MOCK;
    }
    let opens = words.first().is_some_and(|&t| document.tokens[t].case != Case::Lower);
    match words.len() {
        n if n >= SPEECH_WORDS && (opens || stopped) => class::FULL,
        n if n < SPEECH_WORDS && !(stopped && opens) => class::SHORT,
        n if n < SPEECH_WORDS => class::FULL,
        _ => class::FRAGMENT,
    }
}

static FEATURES: &[Feature] = &[
    Feature {
        name: "quotation.word_share",
        doc: "Share of the prose's words that stand in quotations of four words or more.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Quote,
        select: |m| !m.own_voice,
        measure: |v| v.share_of_words(),
    },
    Feature {
        name: "quotation.full_rate",
        doc: "Quotations of whole sentences for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Quote,
        select: |m| m.class == class::FULL,
        measure: |v| v.rate(),
    },
    Feature {
        name: "quotation.fragment_rate",
        doc: "Quotations of parts of sentences, four words or more, for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Quote,
        select: |m| m.class == class::FRAGMENT,
        measure: |v| v.rate(),
    },
    Feature {
        name: "quotation.short_rate",
        doc: "Quoted words, one to three, for each 100 words: scare quotes, terms, nicknames.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Quote,
        select: |m| m.class == class::SHORT,
        measure: |v| v.rate(),
    },
    Feature {
        name: "quotation.title_rate",
        doc: "Titles of works in quotation marks for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Quote,
        select: |m| m.class == class::TITLE,
        measure: |v| v.rate(),
    },
    Feature {
        name: "quotation.mean_words",
        doc: "Mean length of the quotations of four words or more.",
        unit: Unit::Words,
        version: 1,
        layer: Layer::Quote,
        select: |m| !m.own_voice,
        measure: |v| v.mean_value(),
    },
    Feature {
        name: "quotation.longest_share",
        doc: "Share of the prose's words that the longest quotation takes.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Quote,
        select: |m| !m.own_voice,
        measure: |v| {
            if v.words() > 0.0 {
                v.selected().map(|m| m.value).fold(0.0, f64::max) / v.words()
            } else {
                0.0
            }
        },
    },
    Feature {
        name: "quotation.sentence_share",
        doc: "Share of the prose sentences in which a quotation of four words or more begins.",
        unit: Unit::Share,
        version: 1,
        layer: Layer::Quote,
        select: |m| !m.own_voice,
        measure: |v| v.share_of_sentences(),
    },
    Feature {
        name: "quotation.nested_rate",
        doc: "Quotations inside quotations for each 100 words.",
        unit: Unit::Per100Words,
        version: 1,
        layer: Layer::Quote,
        select: |m| m.class == class::NESTED,
        measure: |v| v.rate(),
    },
];

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::family::cases;
    use crate::mark::Layer;
    use crate::model::ModelSet;
    use crate::score::{Options, Scorer};
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Case {
        text: String,
        /// "class: words" of every quotation, in order.
        quotes: Vec<String>,
        #[serde(default)]
        strays: usize,
    }

    #[test]
    fn cases_come_out() {
        let scorer = Scorer::new(ModelSet::default(), Options::default()).unwrap();
        for case in cases::read::<Case>(super::FAMILY.cases) {
            let article = Article::from_text("case", case.text.clone());
            let scored = scorer.score(&article);
            let found: Vec<String> = scored
                .marks
                .layer(Layer::Quote)
                .iter()
                .map(|m| format!("{}: {}", m.class, m.span.slice(&case.text)))
                .collect();
            assert_eq!(found, case.quotes, "{}", case.text);
            let strays =
                scored.marks.warnings.iter().filter(|w| w.contains("without its partner")).count();
            assert_eq!(strays, case.strays, "strays of {}", case.text);
        }
    }
}
