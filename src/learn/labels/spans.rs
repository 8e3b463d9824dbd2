//! Labels of sentences and attributions, which have a place in the text.

use super::{AttributionLabel, Judged, SentenceLabel, place};
use crate::learn::dataset::{Corpus, Table};
use crate::learn::error::Problem;
use crate::mark::SOURCE_CLASSES;
use crate::text::Span;

pub(super) fn sentences(
    table: &Table,
    corpus: &Corpus,
    problems: &mut Vec<Problem>,
) -> Vec<SentenceLabel> {
    let lacking = table.lacking(&["article", "start", "end", "loaded", "hedged"]);
    if !lacking.is_empty() {
        problems.extend(lacking);
        return Vec::new();
    }
    let parse = |row: usize| -> Result<Option<SentenceLabel>, String> {
        let article = place(corpus, table.cell(row, "article"))?;
        let span = span(
            &format!("{}-{}", table.cell(row, "start"), table.cell(row, "end")),
            &corpus.articles[article].text,
        )?;
        let judged = |name: &str| -> Result<Option<Judged>, String> {
            let (first, second) = (
                flag(table.cell(row, &format!("first_{name}")))?,
                flag(table.cell(row, &format!("second_{name}")))?,
            );
            let label = match flag(table.cell(row, name))? {
                Some(label) => label,
                // Two differ and nobody has decided yet.
                None if first.is_some() && second.is_some() && first != second => return Ok(None),
                None => return Err(format!("{name} is empty; write 1 or 0")),
            };
            Ok(Some(Judged { first, second, label }))
        };
        let (loaded, hedged) = (judged("loaded")?, judged("hedged")?);
        let both = loaded.zip(hedged);
        Ok(both.map(|(loaded, hedged)| SentenceLabel { article, span, loaded, hedged }))
    };
    parsed(table, parse, problems).into_iter().flatten().collect()
}

pub(super) fn attributions(
    table: &Table,
    corpus: &Corpus,
    problems: &mut Vec<Problem>,
) -> Vec<AttributionLabel> {
    let lacking = table.lacking(&[
        "article",
        "source_spans",
        "cue_spans",
        "content_spans",
        "kind",
        "source_class",
        "speaker",
    ]);
    if !lacking.is_empty() {
        problems.extend(lacking);
        return Vec::new();
    }
    let parse = |row: usize| -> Result<AttributionLabel, String> {
        let article = place(corpus, table.cell(row, "article"))?;
        let text = &corpus.articles[article].text;
        let spans = |column: &str| {
            table
                .cell(row, column)
                .split(';')
                .filter(|s| !s.is_empty())
                .map(|s| span(s, text))
                .collect::<Result<_, _>>()
        };
        let source_class = table.cell(row, "source_class").to_owned();
        if !SOURCE_CLASSES.iter().any(|(_, name)| *name == source_class) {
            let known: Vec<&str> = SOURCE_CLASSES.iter().map(|(_, name)| *name).collect();
            return Err(format!(
                "source_class is {source_class:?}; the classes are {}",
                known.join(", ")
            ));
        }
        let kind = table.cell(row, "kind").to_owned();
        if !["direct", "mixed", "indirect"].contains(&kind.as_str()) {
            return Err(format!("kind is {kind:?}; the kinds are direct, mixed, indirect"));
        }
        let speaker = table.cell(row, "speaker").to_owned();
        Ok(AttributionLabel {
            article,
            source: spans("source_spans")?,
            cue: spans("cue_spans")?,
            content: spans("content_spans")?,
            kind,
            source_class,
            speaker,
        })
    };
    parsed(table, parse, problems)
}

fn parsed<T>(
    table: &Table,
    parse: impl Fn(usize) -> Result<T, String>,
    problems: &mut Vec<Problem>,
) -> Vec<T> {
    let mut rows = Vec::new();
    for row in 0..table.rows.len() {
        match parse(row) {
            Ok(value) => rows.push(value),
            Err(message) => problems.push(table.problem(row, message)),
        }
    }
    rows
}

fn span(cell: &str, text: &str) -> Result<Span, String> {
    let ends = cell.split_once('-').and_then(|(a, b)| {
        Some((a.trim().parse::<usize>().ok()?, b.trim().parse::<usize>().ok()?))
    });
    let (start, end) =
        ends.ok_or_else(|| format!("{cell:?} is no span; write byte offsets as start-end"))?;
    if start >= end || text.get(start..end).is_none() {
        return Err(format!(
            "{cell} does not fit the text ({} bytes); count bytes of UTF-8, end exclusive",
            text.len()
        ));
    }
    Ok(Span::new(start, end))
}

fn flag(cell: &str) -> Result<Option<bool>, String> {
    match cell {
        "" => Ok(None),
        "1" => Ok(Some(true)),
        "0" => Ok(Some(false)),
        other => Err(format!("{other:?} is neither 1 nor 0")),
    }
}
