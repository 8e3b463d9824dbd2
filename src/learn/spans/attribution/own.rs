//! The project's own labels as articles to fit on: invented articles, and real ones that may be fitted on.

use super::data::{GoldRow, Row};
use crate::learn::dataset::Corpus;
use crate::learn::error::LearnError;
use crate::learn::labelled::{ATTRIBUTIONS, Part, texts};
use crate::learn::labels::Labels;
use crate::learn::ticked::Ticks;
use crate::text::{OffsetUnit, Ruler, Span};
use std::collections::BTreeMap;
use std::path::Path;

/// How often a real article of the own labels counts: few, but of more outlets and kinds than the others.
const REAL: usize = 2;

/// Source, cue and content of an attribution.
type Pieces<'l> = [&'l [Span]; 3];

/// Articles of the corpus with all their attributions.
pub(super) fn corpus(labels: &Path, corpus: &Path) -> Result<Vec<Row>, LearnError> {
    let corpus = Corpus::read(corpus)?;
    let labels = Labels::read(labels, &corpus)?;
    let all = labels.attributions.iter();
    Ok(rows(
        &corpus,
        all.map(|l| (l.article, [&l.source, &l.cue, &l.content].map(Vec::as_slice))),
        1,
    ))
}

/// Real articles with all their attributions, of outlets that may be fitted on; none where their texts are not there.
pub(super) fn real(labels: &Path, data: &Path) -> Result<Vec<Row>, LearnError> {
    let corpus = texts(labels, &[ATTRIBUTIONS], data, &[Part::Fit])?;
    let ticks = Ticks::read(labels, &corpus)?;
    let all = ticks.attributions.iter();
    Ok(rows(
        &corpus,
        all.map(|l| (l.article, [&l.source, &l.cue, &l.content].map(Vec::as_slice))),
        REAL,
    ))
}

fn rows<'l>(
    corpus: &Corpus,
    attributions: impl Iterator<Item = (usize, Pieces<'l>)>,
    weight: usize,
) -> Vec<Row> {
    let mut by_article: BTreeMap<usize, Vec<Pieces<'_>>> = BTreeMap::new();
    attributions.for_each(|(article, pieces)| by_article.entry(article).or_default().push(pieces));
    let row = |(place, labels): (usize, Vec<Pieces<'_>>)| {
        let article = &corpus.articles[place];
        let ruler = Ruler::new(&article.text, OffsetUnit::Chars);
        let count = |spans: &[Span]| {
            spans.iter().map(|s| (ruler.tell(s.from()), ruler.tell(s.to()))).collect()
        };
        Row {
            id: article.id.clone(),
            outlet: article.outlet.clone(),
            text: article.text.clone(),
            attributions: labels
                .into_iter()
                .map(|[source, cue, content]| GoldRow {
                    source: count(source),
                    cue: count(cue),
                    content: count(content),
                })
                .collect(),
            weight,
        }
    };
    by_article.into_iter().map(row).collect()
}
