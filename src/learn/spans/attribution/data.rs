//! Labelled articles: rows of JSON, and their attributions as tokens.

use crate::article::Article;
use crate::learn::spans::SpanError;
use crate::mark::Marks;
use crate::model::ModelSet;
use crate::score::{Options, Scorer};
use crate::text::{Document, Span};
use serde::Deserialize;
use std::path::Path;

/// An attribution as it is labelled: pieces as `[start, end]` in code points.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct GoldRow {
    /// The source; may be empty.
    #[serde(default)]
    pub source: Vec<(usize, usize)>,
    /// The cue; may be empty.
    #[serde(default)]
    pub cue: Vec<(usize, usize)>,
    /// The content.
    #[serde(default)]
    pub content: Vec<(usize, usize)>,
}

/// A labelled article, one line of the data; spans count code points. Other fields are passed over.
#[derive(Clone, Debug, Deserialize)]
pub struct Row {
    /// Names the article.
    pub id: String,
    /// Who published it; for measuring by outlet.
    #[serde(default)]
    pub outlet: String,
    /// The text.
    pub text: String,
    /// All its attributions.
    pub attributions: Vec<GoldRow>,
    /// How often it counts in fitting.
    #[serde(default = "once")]
    pub weight: usize,
}

fn once() -> usize {
    1
}

/// Reads labelled articles, one JSON object a line.
///
/// # Errors
/// When the file cannot be read or a line is not a row.
pub fn read(path: &Path) -> Result<Vec<Row>, SpanError> {
    let text = std::fs::read_to_string(path).map_err(SpanError::io(path))?;
    let mut rows = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let wrong = |message: String| SpanError::line(path, index + 1, message);
        let row: Row = serde_json::from_str(line).map_err(|e| wrong(e.to_string()))?;
        let length = row.text.chars().count();
        let pieces =
            row.attributions.iter().flat_map(|a| a.source.iter().chain(&a.cue).chain(&a.content));
        if let Some((start, end)) = pieces.copied().find(|(s, e)| s > e || *e > length) {
            return Err(wrong(format!(
                "the span {start}-{end} does not fit a text of {length} characters"
            )));
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Byte offset of each character of a text, and its length.
pub(super) fn byte_offsets(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

/// A labelled attribution over a document: spans in bytes, tokens in prose.
#[derive(Clone, Debug)]
pub(super) struct Gold {
    pub(super) content_spans: Vec<Span>,
    pub(super) source: Vec<usize>,
    pub(super) cue: Vec<usize>,
    pub(super) content: Vec<usize>,
}

/// A labelled article, cut and marked.
pub(super) struct Prepared<'r> {
    pub(super) document: Document<'r>,
    pub(super) marks: Marks,
    pub(super) gold: Vec<Gold>,
    pub(super) fold: usize,
    pub(super) weight: usize,
}

/// Number of folds: a later stage sees of each article what earlier stages fitted on the other folds say.
pub(super) const FOLDS: usize = 3;

/// Cuts and marks articles, and finds their labels' tokens.
pub(super) fn prepare(rows: &[Row]) -> Result<Vec<Prepared<'_>>, SpanError> {
    let scorer = Scorer::new(ModelSet::default(), Options::default())?;
    let mut out = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let article = Article::from_text(row.id.clone(), row.text.clone());
        let document = Document::new(&row.text);
        let marks = scorer.mark(&article, &document);
        let offsets = byte_offsets(&row.text);
        let spans = |list: &[(usize, usize)]| -> Vec<Span> {
            list.iter().map(|&(s, e)| Span::new(offsets[s], offsets[e])).collect()
        };
        let gold = row.attributions.iter().filter(|a| !a.content.is_empty()).map(|a| Gold {
            content_spans: spans(&a.content),
            source: tokens(&document, &spans(&a.source)),
            cue: tokens(&document, &spans(&a.cue)),
            content: tokens(&document, &spans(&a.content)),
        });
        let gold = gold.filter(|g| !g.content.is_empty()).collect();
        out.push(Prepared { document, marks, gold, fold: index % FOLDS, weight: row.weight });
    }
    Ok(out)
}

/// Prose tokens that share a byte with one of the spans, rising.
fn tokens(document: &Document<'_>, spans: &[Span]) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for span in spans {
        let first = document.tokens.partition_point(|t| t.span.end <= span.start);
        let inside = (first..document.tokens.len())
            .take_while(|&t| document.tokens[t].span.start < span.end);
        out.extend(
            inside.filter(|&t| {
                document.is_prose(&document.sentences[document.sentence_of[t] as usize])
            }),
        );
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Intersection over union, in bytes, of two lists of spans that do not overlap within a list.
pub(super) fn overlap(a: &[Span], b: &[Span]) -> f64 {
    let size = |s: &[Span]| s.iter().map(|s| s.len()).sum::<usize>();
    let both: usize = a
        .iter()
        .flat_map(|x| {
            b.iter().map(move |y| {
                (x.end.min(y.end) as usize).saturating_sub(x.start.max(y.start) as usize)
            })
        })
        .sum();
    let union = size(a) + size(b) - both;
    if union == 0 { 0.0 } else { both as f64 / union as f64 }
}
