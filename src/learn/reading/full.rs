//! Attributions that readers marked in full: where their pieces stand, and what was decided.

use super::answer::{Answer, AttributionAnswer, Pieces, no_sentence};
use super::pack::PackedArticle;
use super::place::find;
use crate::learn::matching::{self, Said, compare};

/// The attributions of an article that stand in the end.
pub(crate) struct Full<'p> {
    pub(crate) article: &'p PackedArticle,
    /// In order of place.
    pub(crate) rows: Vec<FullRow>,
    /// The lists of both readers paired, where two read it.
    pub(crate) agreement: Option<Paired>,
}

/// An attribution that stands.
pub(crate) struct FullRow {
    pub(crate) spans: Spans,
    pub(crate) answer: AttributionAnswer,
    /// The first and the second reader found it, where there was one.
    pub(crate) found: [Option<bool>; 2],
}

/// How two readers' lists fit.
pub(crate) struct Paired {
    /// Attributions of each.
    pub(crate) counts: [usize; 2],
    /// Those that pair by content.
    pub(crate) pairs: Vec<[AttributionAnswer; 2]>,
}

/// Brings the lists of an article together: one reader's own, or those of two and the list that a third made of them.
pub(crate) fn full<'p>(article: &'p PackedArticle, first: &Answer, rest: &[&Answer]) -> Full<'p> {
    let list = |answer: &Answer| -> Vec<(Spans, AttributionAnswer)> {
        let all = answer.attributions.iter().flatten();
        // Answers were checked when they were read.
        let mut rows: Vec<_> =
            all.filter_map(|a| Some((spans(a, article).ok()?, a.clone()))).collect();
        rows.sort_by(|(a, _), (b, _)| a.content.cmp(&b.content));
        rows
    };
    let readers: Vec<_> = [first].into_iter().chain(rest.first().copied()).map(list).collect();
    let last = match rest {
        [] => list(first),
        [.., last] => list(last),
    };
    let pairs = |a: &[(Spans, AttributionAnswer)], b: &[(Spans, AttributionAnswer)]| {
        let said = |rows: &[(Spans, AttributionAnswer)]| -> Vec<Said> {
            rows.iter().map(|(spans, _)| spans.said()).collect()
        };
        compare(&said(a), &said(b)).1
    };
    let found: Vec<Vec<(usize, usize)>> = readers.iter().map(|r| pairs(&last, r)).collect();
    let by = |reader: usize, row: usize| {
        found.get(reader).map(|pairs| pairs.iter().any(|(r, _)| *r == row))
    };
    let agreement = match readers.as_slice() {
        [a, b] => Some(Paired {
            counts: [a.len(), b.len()],
            pairs: pairs(a, b).iter().map(|&(i, j)| [a[i].1.clone(), b[j].1.clone()]).collect(),
        }),
        _ => None,
    };
    let rows = last.into_iter().enumerate().map(|(row, (spans, answer))| FullRow {
        spans,
        answer,
        found: [by(0, row), by(1, row)],
    });
    Full { article, rows: rows.collect(), agreement }
}

/// A stretch of an article's text: first code point, and one past the last.
pub(crate) type Stretch = (usize, usize);

/// Places of source, cue and content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spans {
    pub(crate) source: Vec<Stretch>,
    pub(crate) cue: Vec<Stretch>,
    pub(crate) content: Vec<Stretch>,
}

impl Spans {
    pub(crate) fn said(&self) -> Said {
        let pieces = |all: &[Stretch]| matching::Pieces::new(all.iter().copied());
        Said { source: pieces(&self.source), content: pieces(&self.content), direct: false }
    }
}

/// Finds the pieces within the sentences that the attribution names: those of the content in order, cue and source next to it.
///
/// # Errors
/// In words, when a sentence or a piece is not there.
pub(crate) fn spans(answer: &AttributionAnswer, article: &PackedArticle) -> Result<Spans, String> {
    let (first, last) = match answer.n.as_slice() {
        [only] => (*only, *only),
        [first, last] if first <= last => (*first, *last),
        other => return Err(format!("n is {other:?}; write the first and the last sentence")),
    };
    let region = Region::new(article, first, last)?;
    let mut spans = Spans::default();
    let mut from = 0;
    for piece in answer.content.iter() {
        let (start, end) = find(&region.text, piece, from).ok_or_else(|| region.lacks(piece))?;
        from = end;
        spans.content.push((start, end));
    }
    if spans.content.is_empty() {
        return Err(format!("the attribution of sentence {first} has no content"));
    }
    spans.cue = region.beside(&answer.cue, &spans.content, &spans.content)?;
    let taken = [spans.content.as_slice(), &spans.cue].concat();
    let near = if spans.cue.is_empty() { &spans.content } else { &spans.cue };
    spans.source = region.beside(&answer.source, near, &taken)?;
    for stretch in spans.source.iter_mut().chain(&mut spans.cue).chain(&mut spans.content) {
        *stretch = (stretch.0 + region.start, stretch.1 + region.start);
    }
    Ok(spans)
}

/// The text of some sentences, with white space for what stands between them.
struct Region {
    first: usize,
    last: usize,
    /// Place in the article, code points.
    start: usize,
    text: String,
}

impl Region {
    fn new(article: &PackedArticle, first: usize, last: usize) -> Result<Self, String> {
        let start = article.sentence(first).ok_or_else(|| no_sentence(first))?.start;
        article.sentence(last).ok_or_else(|| no_sentence(last))?;
        let mut text = String::new();
        let mut length = 0;
        for (_, sentence) in article.sentences().filter(|(_, s)| (first..=last).contains(&s.n)) {
            text.extend(std::iter::repeat_n(' ', (sentence.start - start).saturating_sub(length)));
            text.push_str(&sentence.text);
            length = sentence.end - start;
        }
        Ok(Region { first, last, start, text })
    }

    fn lacks(&self, words: &str) -> String {
        format!("sentences {} to {} do not hold {words:?} there", self.first, self.last)
    }

    /// For each piece, its place nearest to `near` that overlaps nothing that is taken.
    fn beside(
        &self,
        pieces: &Pieces,
        near: &[Stretch],
        taken: &[Stretch],
    ) -> Result<Vec<Stretch>, String> {
        let distance = |(start, end): Stretch| {
            let to = |(s, e): &Stretch| s.saturating_sub(end).max(start.saturating_sub(*e));
            near.iter().map(to).min().unwrap_or(0)
        };
        let overlaps = |(start, end): Stretch| taken.iter().any(|(s, e)| start < *e && *s < end);
        let mut out = Vec::new();
        for piece in pieces.iter() {
            let mut from = 0;
            let places = std::iter::from_fn(|| {
                let place = find(&self.text, piece, from)?;
                from = place.0 + 1;
                Some(place)
            });
            let best = places.min_by_key(|place| (overlaps(*place), distance(*place)));
            out.push(best.ok_or_else(|| self.lacks(piece))?);
        }
        out.sort_unstable();
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    #[test]
    fn pieces_are_found_in_order_and_source_beside_the_cue() {
        let text = "He left. “He is right,” he said, “and he knows it.” It rained.";
        let article = PackedArticle::new(&Article::from_text("x", text), Vec::new());
        let answer: AttributionAnswer = serde_json::from_str(
            r#"{"n":[1,2],"source":"he","cue":"said","content":["\"He is right,\"","\"and he knows it.\""],
                "kind":"direct","act":"speech","class":"person","speakers":["unresolved"]}"#,
        )
        .unwrap();
        let found = spans(&answer, &article).unwrap();
        let slice = |(start, end): Stretch| -> String {
            text.chars().skip(start).take(end - start).collect()
        };
        assert_eq!(found.source.iter().copied().map(slice).collect::<Vec<_>>(), ["he"]);
        assert_eq!(found.source[0].1 + 1, found.cue[0].0);
        assert_eq!(slice(found.content[1]), "“and he knows it.”");
        let beyond = AttributionAnswer { n: vec![3, 9], ..answer };
        assert!(spans(&beyond, &article).unwrap_err().contains("no sentence 9"));
    }
}
