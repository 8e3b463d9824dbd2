//! Shares and classes that follow from ticked sentences.

use super::field::{Field, NONE};
use super::pack::PackedArticle;
use crate::learn::metrics::ratio;

/// Shares of an article's prose, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Shares {
    /// Words in attributed sentences; a sentence attributed in part counts half its words.
    pub(crate) attributed: f64,
    /// Sentences that hedge.
    pub(crate) hedged: f64,
}

/// The shares that ticks give; `value` tells what was said of a field, `None` for nothing.
pub(crate) fn shares<'v>(
    article: &PackedArticle,
    value: impl Fn(&Field) -> Option<&'v str>,
) -> Shares {
    let (mut words, mut attributed, mut sentences, mut hedged) = (0, 0.0, 0, 0);
    for sentence in article.prose() {
        words += sentence.words;
        sentences += 1;
        attributed += match value(&Field::Act(sentence.n)) {
            None | Some(NONE) => 0.0,
            Some(act) if act.ends_with(" part") => sentence.words as f64 / 2.0,
            Some(_) => sentence.words as f64,
        };
        hedged += usize::from(value(&Field::Hedged(sentence.n)) == Some("yes"));
    }
    Shares {
        attributed: ratio(attributed, words as f64),
        hedged: ratio(hedged as f64, sentences as f64),
    }
}

/// The class of attribution at a share: GUIDE.md's limits.
pub(crate) fn attribution_class(share: f64) -> &'static str {
    match share {
        s if s < 0.25 => "sparse",
        s if s <= 0.5 => "moderate",
        _ => "dense",
    }
}

/// The class of hedging at a share: GUIDE.md's limits.
pub(crate) fn hedging_class(share: f64) -> &'static str {
    match share {
        s if s < 1.0 / 7.0 => "low",
        s if s <= 1.0 / 3.0 => "moderate",
        _ => "high",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    #[test]
    fn a_part_counts_half_its_words_and_only_prose_counts() {
        let text = "Headline of five words here\n\nOne two three four. Five six. Seven eight.\n";
        let article = PackedArticle::new(&Article::from_text("x", text), Vec::new());
        let found = shares(&article, |field| match field {
            Field::Act(1) => Some("speech"),
            Field::Act(2) => Some("speech part"),
            Field::Act(3) => Some("will"),
            Field::Hedged(4) => Some("yes"),
            _ => None,
        });
        assert_eq!(found, Shares { attributed: 0.5, hedged: 1.0 / 3.0 });
        assert_eq!((attribution_class(0.5), hedging_class(1.0 / 3.0)), ("moderate", "moderate"));
        assert_eq!((attribution_class(0.51), hedging_class(0.0)), ("dense", "low"));
    }
}
