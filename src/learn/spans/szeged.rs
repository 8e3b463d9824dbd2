//! Sentences with marked hedges: the Szeged sets and the certainty ratings as JSON lines, and the project's own.

use super::error::SpanError;
use serde::Deserialize;
use std::ops::Range;
use std::path::Path;

/// A sentence whose hedges are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Sentences of one document stay in one fold.
    pub(super) group: String,
    /// Its words.
    pub(super) text: String,
    /// Labelled as uncertain.
    pub(super) uncertain: bool,
    /// Its hedges, in bytes of `text`.
    pub(super) cues: Vec<Range<usize>>,
}

/// A sentence with the mean of people's ratings, 1 (unsure) to 6 (sure).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct Rated {
    /// Its words.
    pub(super) text: String,
    /// The mean rating.
    pub(super) certainty: f64,
}

#[derive(Deserialize)]
struct Line {
    doc: String,
    text: String,
    uncertain: bool,
    cues: Vec<Cue>,
}

/// Offsets count Unicode code points.
#[derive(Deserialize)]
struct Cue {
    start: usize,
    end: usize,
}

fn lines<T: serde::de::DeserializeOwned>(path: &Path) -> Result<(Vec<T>, String), SpanError> {
    let content = std::fs::read_to_string(path).map_err(SpanError::io(path))?;
    let parse = |(index, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|e| SpanError::line(path, index + 1, e.to_string()))
    };
    let rows = content.lines().enumerate().map(parse).collect::<Result<_, _>>()?;
    Ok((rows, content))
}

/// Sentences of a Szeged file, and the file's content for its hash.
pub(super) fn sentences(path: &Path) -> Result<(Vec<Sentence>, String), SpanError> {
    let (rows, content) = lines::<Line>(path)?;
    let mut out = Vec::with_capacity(rows.len());
    for (index, row) in rows.into_iter().enumerate() {
        let mut places: Vec<usize> = row.text.char_indices().map(|(byte, _)| byte).collect();
        places.push(row.text.len());
        let byte = |cue: &Cue| Some(*places.get(cue.start)?..*places.get(cue.end)?);
        let cues = row.cues.iter().map(byte).collect::<Option<Vec<_>>>();
        let outside = || SpanError::line(path, index + 1, "a cue lies outside the text");
        out.push(Sentence {
            group: row.doc,
            uncertain: row.uncertain,
            cues: cues.ok_or_else(outside)?,
            text: row.text,
        });
    }
    Ok((out, content))
}

/// Sentences with ratings, and the file's content for its hash.
pub(super) fn rated(path: &Path) -> Result<(Vec<Rated>, String), SpanError> {
    lines(path)
}

/// The project's own sentences, hedges in brackets; every one is its own group.
pub(super) fn own(content: &str) -> Vec<Sentence> {
    let lines = content.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines.enumerate().map(|(index, line)| bracketed(format!("own {index}"), line)).collect()
}

fn bracketed(group: String, line: &str) -> Sentence {
    let (mut text, mut cues, mut open) = (String::new(), Vec::new(), None);
    for c in line.chars() {
        match c {
            '[' => open = Some(text.len()),
            ']' => cues.extend(open.take().map(|start| start..text.len())),
            other => text.push(other),
        }
    }
    Sentence { group, uncertain: !cues.is_empty(), text, cues }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_become_spans() {
        let found = own("# note\nIt [may] rain, he [thinks].\n\nIt rains.\n");
        let words: Vec<&str> = found[0].cues.iter().map(|c| &found[0].text[c.clone()]).collect();
        assert_eq!(
            (found[0].text.as_str(), words),
            ("It may rain, he thinks.", vec!["may", "thinks"])
        );
        assert!(found[0].uncertain && !found[1].uncertain);
    }

    #[test]
    fn code_points_become_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rows.jsonl");
        let row = r#"{"id":"1","doc":"d","text":"“Él” may go","uncertain":true,"cues":[{"start":5,"end":8,"type":"epistemic"}]}"#;
        std::fs::write(&path, row).unwrap();
        let (rows, _) = sentences(&path).unwrap();
        assert_eq!(&rows[0].text[rows[0].cues[0].clone()], "may");
        std::fs::write(&path, row.replace("\"end\":8", "\"end\":80")).unwrap();
        assert!(sentences(&path).unwrap_err().to_string().contains(":1: a cue lies outside"));
    }
}
