//! Labels as people write them: read from CSV, checked against the corpus and the axes, with all faults told at once.

mod spans;

use super::dataset::{Corpus, Table};
use super::error::{LearnError, Problem};
use crate::axis::{AXES, Axis, Judges};
use crate::mark::STANCES;
use crate::text::Span;
use std::collections::BTreeMap;
use std::path::Path;

/// The class of an article on an axis, or of a target in an article. Classes are indices, low to high.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassLabel {
    /// Place of the article in the corpus.
    pub article: usize,
    /// Name of the axis, or of the target.
    pub of: String,
    /// What the first annotator said.
    pub first: Option<usize>,
    /// What the second annotator said.
    pub second: Option<usize>,
    /// What was decided.
    pub label: usize,
}

/// A sentence that was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceLabel {
    /// Place of the article in the corpus.
    pub article: usize,
    /// Where it stands, bytes.
    pub span: Span,
    /// Loaded: first, second, decided.
    pub loaded: Judged,
    /// Hedged: first, second, decided.
    pub hedged: Judged,
}

/// A yes or no of two annotators and the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What the first annotator said.
    pub first: Option<bool>,
    /// What the second annotator said.
    pub second: Option<bool>,
    /// What was decided.
    pub label: bool,
}

/// An attribution that was marked by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributionLabel {
    /// Place of the article in the corpus.
    pub article: usize,
    /// Words that name the source, bytes; empty for none.
    pub source: Vec<Span>,
    /// Words that attribute, bytes; empty for none.
    pub cue: Vec<Span>,
    /// What is attributed, bytes.
    pub content: Vec<Span>,
    /// `direct`, `mixed` or `indirect`.
    pub kind: String,
    /// Out of [`SOURCE_CLASSES`](crate::mark::SOURCE_CLASSES).
    pub source_class: String,
    /// Whose words they are, or `unresolved`.
    pub speaker: String,
}

/// All labels of a folder.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// `articles.csv`: classes on axes.
    pub articles: Vec<ClassLabel>,
    /// `stance.csv`: classes of targets.
    pub stance: Vec<ClassLabel>,
    /// `sentences.csv`.
    pub sentences: Vec<SentenceLabel>,
    /// `attributions.csv`.
    pub attributions: Vec<AttributionLabel>,
}

impl Labels {
    /// Reads a folder of labels. `articles.csv` must be there (columns `article,axis,label`; `first` and `second` where
    /// two annotators worked); `stance.csv`, `sentences.csv` and `attributions.csv` may be.
    ///
    /// # Errors
    /// Every fault of every file, with its line and what to do.
    pub fn read(dir: &Path, corpus: &Corpus) -> Result<Self, LearnError> {
        let mut labels = Labels::default();
        let mut problems = Vec::new();
        labels.articles = classified(
            &Table::read_wanted(&dir.join("articles.csv"), &["article", "axis", "label"])?,
            &AXIS,
            corpus,
            &classes_of,
            &mut problems,
        );
        if let Some(table) = Table::read_optional(&dir.join("stance.csv"))? {
            labels.stance = classified(&table, &TARGET, corpus, &|_| Ok(&STANCES), &mut problems);
        }
        if let Some(table) = Table::read_optional(&dir.join("sentences.csv"))? {
            labels.sentences = spans::sentences(&table, corpus, &mut problems);
        }
        if let Some(table) = Table::read_optional(&dir.join("attributions.csv"))? {
            labels.attributions = spans::attributions(&table, corpus, &mut problems);
        }
        if problems.is_empty() { Ok(labels) } else { Err(LearnError::Labels(problems)) }
    }

    /// Labels of real articles: classes on axes, and stance toward targets.
    ///
    /// # Errors
    /// Every fault of both, with its line and what to do.
    pub(crate) fn of_tables(
        articles: Option<&Table>,
        stance: Option<&Table>,
        corpus: &Corpus,
    ) -> Result<Self, LearnError> {
        let mut problems = Vec::new();
        let labels = Labels {
            articles: articles
                .map(|t| classified(t, &AXIS, corpus, &classes_of, &mut problems))
                .unwrap_or_default(),
            stance: stance
                .map(|t| classified(t, &REAL_TARGET, corpus, &|_| Ok(&STANCES), &mut problems))
                .unwrap_or_default(),
            ..Labels::default()
        };
        if problems.is_empty() { Ok(labels) } else { Err(LearnError::Labels(problems)) }
    }

    /// The labels of an axis, in order of article.
    #[must_use]
    pub fn of(&self, axis: &Axis) -> Vec<&ClassLabel> {
        let mut rows: Vec<&ClassLabel> =
            self.articles.iter().filter(|l| l.of == axis.name).collect();
        rows.sort_by_key(|l| l.article);
        rows
    }
}

fn classes_of(axis: &str) -> Result<&'static [&'static str], String> {
    // Of the others' axes readers have no say.
    let read = || AXES.iter().filter(|a| a.judges == Judges::Readers);
    let known = || read().map(|a| a.name).collect::<Vec<_>>().join(", ");
    read()
        .find(|a| a.name == axis)
        .map(|a| a.classes)
        .ok_or_else(|| format!("no axis is named {axis:?}; the axes are {}", known()))
}

type Classes<'a> = dyn Fn(&str) -> Result<&'static [&'static str], String> + 'a;

/// Columns that hold a class: what it is of, what two annotators said, what was decided.
struct ClassColumns {
    of: &'static str,
    first: &'static str,
    second: &'static str,
    label: &'static str,
}

/// Of `articles.csv` and `real.csv`.
const AXIS: ClassColumns =
    ClassColumns { of: "axis", first: "first", second: "second", label: "label" };
/// Of `stance.csv`.
const TARGET: ClassColumns =
    ClassColumns { of: "target", first: "first", second: "second", label: "label" };
/// Of `real_targets.csv`.
const REAL_TARGET: ClassColumns =
    ClassColumns { of: "target", first: "first_stance", second: "second_stance", label: "stance" };

fn classified(
    table: &Table,
    columns: &ClassColumns,
    corpus: &Corpus,
    classes: &Classes<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<ClassLabel> {
    let of = columns.of;
    let lacking = table.lacking(&["article", of, columns.label]);
    if !lacking.is_empty() {
        problems.extend(lacking);
        return Vec::new();
    }
    let mut seen: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut labels = Vec::new();
    for row in 0..table.rows.len() {
        let (id, name) = (table.cell(row, "article"), table.cell(row, of));
        let known =
            match classes(name) {
                Ok(known) if !name.is_empty() => known,
                Ok(_) => {
                    problems.push(table.problem(
                        row,
                        format!("the {of} is empty; fill it in or take the row away"),
                    ));
                    continue;
                }
                Err(message) => {
                    problems.push(table.problem(row, message));
                    continue;
                }
            };
        if let Some(line) = seen.insert((id.to_owned(), name.to_owned()), table.rows[row].line) {
            problems.push(table.problem(
                row,
                format!("{id} has a label for {name} already, in line {line}; keep one of the two"),
            ));
            continue;
        }
        let class = |column: &str| -> Result<Option<usize>, String> {
            let cell = table.cell(row, column);
            let place = known.iter().position(|c| *c == cell);
            match place {
                None if !cell.is_empty() => Err(format!(
                    "{column} is {cell:?}, no class of {name}; the classes are {}",
                    known.join(", ")
                )),
                _ => Ok(place),
            }
        };
        match (place(corpus, id), class(columns.first), class(columns.second), class(columns.label))
        {
            (Ok(article), Ok(first), Ok(second), Ok(Some(label))) => {
                labels.push(ClassLabel { article, of: name.to_owned(), first, second, label });
            }
            // Two differ and nobody has decided yet: no label, and no fault.
            (Ok(_), Ok(Some(a)), Ok(Some(b)), Ok(None)) if a != b => {}
            (Ok(_), Ok(_), Ok(_), Ok(None)) => {
                problems.push(table.problem(
                    row,
                    format!(
                        "the label is empty; write one of {} or take the row away",
                        known.join(", ")
                    ),
                ));
            }
            (Err(e), ..) | (_, Err(e), ..) | (_, _, Err(e), _) | (.., Err(e)) => {
                problems.push(table.problem(row, e))
            }
        }
    }
    labels
}

fn place(corpus: &Corpus, id: &str) -> Result<usize, String> {
    corpus.place(id).ok_or_else(|| {
        format!("no article is named {id:?}; its text must be in the corpus as {id}.txt")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::dataset::CorpusArticle;

    fn corpus() -> Corpus {
        let article = |id: &str| CorpusArticle {
            id: id.to_owned(),
            text: "“Früh”, said he.".to_owned(),
            ..CorpusArticle::default()
        };
        Corpus { articles: vec![article("0001"), article("0002")], warnings: Vec::new() }
    }

    fn read(files: &[(&str, &str)]) -> Result<Labels, LearnError> {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        Labels::read(dir.path(), &corpus())
    }

    #[test]
    fn three_columns_are_enough_and_five_are_read() {
        let plain = read(&[("articles.csv", "article,axis,label\n0002,tone,mixed\n")]).unwrap();
        assert_eq!(
            plain.articles,
            [ClassLabel { article: 1, of: "tone".to_owned(), first: None, second: None, label: 1 }]
        );
        let full = read(&[(
            "articles.csv",
            "article,axis,first,second,label\n0001,tone,neutral,loaded,mixed\n",
        )])
        .unwrap();
        assert_eq!((full.articles[0].first, full.articles[0].second), (Some(0), Some(2)));
    }

    #[test]
    fn every_fault_is_told_with_line_and_remedy() {
        let csv = "article,axis,label\n0001,tone,neutral\n0001,tone,loaded\n0001,mood,sad\n0002,tone,angry\n0009,tone,mixed\n0002,hedging,\n";
        let error = read(&[("articles.csv", csv)]).unwrap_err().to_string();
        for part in [
            "articles.csv:3: 0001 has a label for tone already, in line 2; keep one of the two",
            "articles.csv:4: no axis is named \"mood\"; the axes are tone, attribution, hedging, sourcing, genre",
            "articles.csv:5: label is \"angry\", no class of tone; the classes are neutral, mixed, loaded",
            "articles.csv:6: no article is named \"0009\"; its text must be in the corpus as 0009.txt",
            "articles.csv:7: the label is empty; write one of low, moderate, high or take the row away",
        ] {
            assert!(error.contains(part), "{part}\n{error}");
        }
        assert_eq!(error.lines().count(), 5, "{error}");
    }

    #[test]
    fn what_two_differ_on_and_nobody_decided_is_no_label() {
        let csv =
            "article,axis,first,second,label\n0001,tone,neutral,loaded,\n0002,tone,mixed,,mixed\n";
        let labels = read(&[("articles.csv", csv)]).unwrap();
        assert_eq!(labels.articles.iter().map(|l| l.article).collect::<Vec<_>>(), [1]);
        let agreed = csv.replace("neutral,loaded,", "mixed,mixed,");
        assert!(read(&[("articles.csv", &agreed)]).is_err());
    }

    #[test]
    fn a_missing_file_and_a_missing_column_are_named() {
        assert!(read(&[]).unwrap_err().to_string().contains("articles.csv"));
        let error =
            read(&[("articles.csv", "article,label\n0001,mixed\n")]).unwrap_err().to_string();
        assert!(error.contains("articles.csv:1: lacks the column axis"), "{error}");
    }

    #[test]
    fn spans_are_bytes_on_character_boundaries() {
        let articles = ("articles.csv", "article,axis,label\n");
        let header = "article,source_spans,source,cue_spans,cue,content_spans,content,kind,source_class,speaker\n";
        let good = format!("{header}0001,18-20,he,13-17,said,0-11,x,direct,person,unresolved\n");
        let labels = read(&[articles, ("attributions.csv", &good)]).unwrap();
        assert_eq!(labels.attributions[0].source[0].slice(&corpus().articles[0].text), "he");
        assert_eq!(labels.attributions[0].content[0].slice(&corpus().articles[0].text), "“Früh”");
        for (bad, told) in [
            ("0-1", "does not fit the text"),
            ("0-900", "does not fit the text"),
            ("x", "is no span"),
        ] {
            let error = read(&[articles, ("attributions.csv", &good.replace("0-11", bad))])
                .unwrap_err()
                .to_string();
            assert!(error.contains(told), "{error}");
        }
    }

    #[test]
    fn sentences_are_judged_twice() {
        let csv = "article,start,end,text,first_loaded,second_loaded,loaded,first_hedged,second_hedged,hedged\n0001,0,11,x,1,0,1,,,0\n";
        let labels =
            read(&[("articles.csv", "article,axis,label\n"), ("sentences.csv", csv)]).unwrap();
        assert_eq!(
            labels.sentences[0].loaded,
            Judged { first: Some(true), second: Some(false), label: true }
        );
        assert_eq!(labels.sentences[0].hedged, Judged { first: None, second: None, label: false });
        let error = read(&[
            ("articles.csv", "article,axis,label\n"),
            ("sentences.csv", &csv.replace(",1,0,1,", ",1,0,yes,")),
        ])
        .unwrap_err()
        .to_string();
        assert!(error.contains("sentences.csv:2: \"yes\" is neither 1 nor 0"), "{error}");
    }
}
