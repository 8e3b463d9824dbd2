//! What readers ticked in real articles: `real_sentences.csv`, `real_mentions.csv`, roles of `real_targets.csv` and
//! `real_attributions.csv`. Their offsets are code points; here spans are bytes, as everywhere.

use super::dataset::{Corpus, Table};
use super::error::{LearnError, Problem};
use super::labelled::{ATTRIBUTIONS, TARGETS};
use crate::text::{OffsetUnit, Ruler, Span};
use std::path::Path;

/// A prose sentence, or another one that a reader marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Place of the article in the corpus.
    pub(crate) article: usize,
    pub(crate) span: Span,
    /// What its source does; empty where nothing of it is attributed.
    pub(crate) act: Said,
    pub(crate) hedged: Said,
    pub(crate) loaded: Said,
    /// The words that judge.
    pub(crate) words: Vec<Span>,
}

/// What two readers said and what was decided, as it stands in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) first: String,
    pub(crate) second: String,
    pub(crate) label: String,
}

impl Said {
    /// The label is yes.
    pub(crate) fn yes(&self) -> bool {
        self.label == "1"
    }
}

/// Stance and role of a target over an article; the role is empty where nobody was asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TargetLabel {
    pub(crate) article: usize,
    pub(crate) target: String,
    pub(crate) stance: Said,
    pub(crate) role: Said,
}

/// A sentence in which a target is blamed, a victim or praised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MentionLabel {
    pub(crate) article: usize,
    pub(crate) target: String,
    pub(crate) span: Span,
    pub(crate) role: String,
}

/// An attribution in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FullAttribution {
    pub(crate) article: usize,
    pub(crate) source: Vec<Span>,
    pub(crate) cue: Vec<Span>,
    pub(crate) content: Vec<Span>,
    pub(crate) kind: String,
    pub(crate) act: String,
    pub(crate) source_class: String,
    pub(crate) speakers: Vec<String>,
}

/// All of them, of the articles that are there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ticks {
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) targets: Vec<TargetLabel>,
    pub(crate) mentions: Vec<MentionLabel>,
    pub(crate) attributions: Vec<FullAttribution>,
}

impl Ticks {
    /// Reads the files that are there; rows of articles that the corpus does not have are left out.
    ///
    /// # Errors
    /// Every fault of every file, with its line.
    pub(crate) fn read(labels: &Path, corpus: &Corpus) -> Result<Self, LearnError> {
        let rulers: Vec<Ruler<'_>> =
            corpus.articles.iter().map(|a| Ruler::new(&a.text, OffsetUnit::Chars)).collect();
        let mut reader = Reader { labels, corpus, rulers, problems: Vec::new() };
        let columns = ["start", "end", "act", "hedged", "loaded", "words"];
        let mut sentences = reader.rows("real_sentences.csv", &columns, |r| {
            let places = format!("{}-{}", r.cell("start"), r.cell("end"));
            Ok(Sentence {
                article: r.article,
                span: r.spans(&places)?.first().copied().ok_or("no place")?,
                act: r.said("act"),
                hedged: r.said("hedged"),
                loaded: r.said("loaded"),
                words: r.spans(r.cell("words"))?,
            })
        })?;
        let targets = reader.rows(TARGETS, &["target", "stance", "role"], |r| {
            Ok(TargetLabel {
                article: r.article,
                target: r.cell("target").to_owned(),
                stance: r.said("stance"),
                role: r.said("role"),
            })
        })?;
        let mentions =
            reader.rows("real_mentions.csv", &["target", "start", "end", "role"], |r| {
                let places = format!("{}-{}", r.cell("start"), r.cell("end"));
                Ok(MentionLabel {
                    article: r.article,
                    target: r.cell("target").to_owned(),
                    span: r.spans(&places)?.first().copied().ok_or("no place")?,
                    role: r.cell("role").to_owned(),
                })
            })?;
        let columns = ["source", "cue", "content", "kind", "act", "source_class", "speakers"];
        let attributions = reader.rows(ATTRIBUTIONS, &columns, |r| {
            Ok(FullAttribution {
                article: r.article,
                source: r.spans(r.cell("source"))?,
                cue: r.spans(r.cell("cue"))?,
                content: r.spans(r.cell("content"))?,
                kind: r.cell("kind").to_owned(),
                act: r.cell("act").to_owned(),
                source_class: r.cell("source_class").to_owned(),
                speakers: r.cell("speakers").split("; ").map(str::to_owned).collect(),
            })
        })?;
        if !reader.problems.is_empty() {
            return Err(LearnError::Labels(reader.problems));
        }
        // Rows may have been added by hand in any order.
        sentences.sort_by_key(|s| (s.article, s.span.start));
        Ok(Ticks { sentences, targets, mentions, attributions })
    }
}

struct Reader<'a> {
    labels: &'a Path,
    corpus: &'a Corpus,
    rulers: Vec<Ruler<'a>>,
    problems: Vec<Problem>,
}

/// A row, and the article that it is of.
struct Cells<'a> {
    table: &'a Table,
    row: usize,
    article: usize,
    ruler: &'a Ruler<'a>,
}

impl Reader<'_> {
    fn rows<T>(
        &mut self,
        file: &str,
        columns: &[&str],
        parse: impl Fn(&Cells<'_>) -> Result<T, String>,
    ) -> Result<Vec<T>, LearnError> {
        let Some(table) = Table::read_optional(&self.labels.join(file))? else {
            return Ok(Vec::new());
        };
        let lacking = table.lacking(&[&["article"], columns].concat());
        if !lacking.is_empty() {
            self.problems.extend(lacking);
            return Ok(Vec::new());
        }
        let mut out = Vec::new();
        for row in 0..table.rows.len() {
            let Some(article) = self.corpus.place(table.cell(row, "article")) else { continue };
            let cells = Cells { table: &table, row, article, ruler: &self.rulers[article] };
            match parse(&cells) {
                Ok(value) => out.push(value),
                Err(message) => self.problems.push(table.problem(row, message)),
            }
        }
        Ok(out)
    }
}

impl Cells<'_> {
    fn cell(&self, column: &str) -> &str {
        self.table.cell(self.row, column)
    }

    fn said(&self, column: &str) -> Said {
        let cell = |name: &str| self.cell(name).to_owned();
        Said {
            first: cell(&format!("first_{column}")),
            second: cell(&format!("second_{column}")),
            label: cell(column),
        }
    }

    /// `a-b;c-d` in code points as spans.
    fn spans(&self, cell: &str) -> Result<Vec<Span>, String> {
        let span = |part: &str| {
            let (start, end) = part.split_once('-')?;
            let byte = |place: &str| self.ruler.byte(place.parse().ok()?);
            let (start, end) = (byte(start)?, byte(end)?);
            (start < end).then(|| Span::new(start, end))
        };
        let parts = cell.split(';').filter(|part| !part.is_empty());
        parts
            .map(|part| {
                span(part).ok_or_else(|| format!("{part} is no stretch of the text (code points)"))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::dataset::CorpusArticle;

    fn read(file: &str, text: &str) -> Result<Ticks, String> {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(file), text).unwrap();
        let article = CorpusArticle {
            id: "s/x:1".to_owned(),
            text: "Früh said é. It fell.".to_owned(),
            ..CorpusArticle::default()
        };
        let corpus = Corpus { articles: vec![article], warnings: Vec::new() };
        Ticks::read(dir.path(), &corpus).map_err(|e| e.to_string())
    }

    #[test]
    fn code_points_become_bytes() {
        let head = "article,start,end,first_act,second_act,act,first_hedged,second_hedged,hedged,first_loaded,second_loaded,loaded,words\n";
        let rows = "s/x:1,0,12,speech,,speech,0,0,0,0,1,1,5-9;10-11\nother:2,0,1,,,,,,0,,,0,\n";
        let ticks = read("real_sentences.csv", &format!("{head}{rows}")).unwrap();
        assert_eq!(ticks.sentences.len(), 1);
        let sentence = &ticks.sentences[0];
        assert_eq!(sentence.span, Span::new(0, 14));
        assert_eq!(sentence.words, [Span::new(6, 10), Span::new(11, 13)]);
        assert!(sentence.loaded.yes() && !sentence.hedged.yes());
        let error = read("real_sentences.csv", &format!("{head}s/x:1,5,99,,,,,,0,,,0,\n"));
        assert!(error.unwrap_err().contains("real_sentences.csv:2: 5-99 is no stretch"));
    }
}
