//! Text of an export as pieces: a label with its value, or a paragraph without one.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a label names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Field {
    Title,
    Outlet,
    Date,
    Byline,
    Section,
    Length,
    Url,
    Id,
    Language,
    /// The article itself.
    Text,
    /// Something else in front of the article.
    Head,
    /// Something else behind it.
    Tail,
    /// What pictures show, behind it: paragraphs.
    Picture,
}

/// The labels of one database, as `labels.toml` lists them.
pub(super) struct Labels(BTreeMap<String, Field>);

impl Labels {
    /// The labels of a database.
    pub(super) fn of(database: &str) -> &'static Labels {
        static NONE: Labels = Labels(BTreeMap::new());
        static ALL: LazyLock<BTreeMap<String, Labels>> = LazyLock::new(|| {
            type File = BTreeMap<String, BTreeMap<Field, Vec<String>>>;
            let file: File = toml::from_str(include_str!("labels.toml")).expect("a test reads it");
            let labels = |fields: BTreeMap<Field, Vec<String>>| {
                let pairs = fields
                    .into_iter()
                    .flat_map(|(field, names)| names.into_iter().map(move |name| (name, field)));
                Labels(pairs.collect())
            };
            file.into_iter().map(|(name, fields)| (name, labels(fields))).collect()
        });
        ALL.get(database).unwrap_or(&NONE)
    }

    /// What a name stands for.
    pub(super) fn get(&self, name: &str) -> Option<Field> {
        self.0.get(name).copied()
    }

    /// The field that a line begins, and the rest of the line: `Label: value`.
    pub(super) fn begins<'t>(&self, line: &'t str) -> Option<(Field, &'t str)> {
        let (name, value) = line.split_once(':')?;
        Some((self.get(name.trim())?, value.trim()))
    }
}

/// What a label names, or a paragraph: lines up to a blank one, without the white space around
/// them.
#[derive(Debug)]
pub(super) struct Piece<'t> {
    pub(super) field: Option<Field>,
    /// Its first line, with the label.
    first: &'t str,
    /// Its lines, without the label.
    pub(super) lines: Vec<&'t str>,
}

impl<'t> Piece<'t> {
    /// The first line, with its label.
    pub(super) fn first_line(&self) -> &'t str {
        self.first
    }

    /// The lines as one.
    pub(super) fn folded(&self) -> String {
        self.lines.iter().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>().join(" ")
    }
}

/// Cuts lines into pieces: at every line that begins a field, and at blank lines.
pub(super) fn pieces<'t>(lines: &[&'t str], labels: &Labels) -> Vec<Piece<'t>> {
    let mut out: Vec<Piece<'t>> = Vec::new();
    let mut apart = true;
    for line in lines.iter().map(|line| line.trim()) {
        if line.is_empty() {
            apart = true;
            continue;
        }
        match (labels.begins(line), out.last_mut()) {
            (Some((field, value)), _) => {
                out.push(Piece { field: Some(field), first: line, lines: vec![value] });
            }
            (None, Some(last)) if !apart => last.lines.push(line),
            (None, _) => out.push(Piece { field: None, first: line, lines: vec![line] }),
        }
        apart = false;
    }
    out
}

/// Where the tail of a record begins: the first of its last pieces that belong to no text. A
/// label within the text, with a paragraph behind it, stays text.
pub(super) fn tail(pieces: &[Piece<'_>], from: usize) -> usize {
    /// Paragraphs that tell of pictures.
    const CAPTIONS: usize = 5;
    let mut begin = pieces.len();
    for (at, piece) in pieces.iter().enumerate().skip(from).rev() {
        let apart = begin - at - 1;
        match piece.field {
            Some(Field::Text) => {}
            Some(Field::Picture) if apart <= CAPTIONS => begin = at,
            Some(_) if apart == 0 || pieces[at + 1..begin].iter().all(is_unknown) => begin = at,
            None if apart == 0 && piece.lines.first().is_some_and(|l| is_copyright(l)) => {
                begin = at;
            }
            _ if apart >= CAPTIONS => break,
            _ => {}
        }
    }
    begin
}

/// Begins like a label that is not known.
fn is_unknown(piece: &Piece<'_>) -> bool {
    let name = piece.first.split_once(':').map_or("", |(name, _)| name);
    piece.field.is_none()
        && (3..30).contains(&name.len())
        && name.starts_with(char::is_uppercase)
        && name.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '_' | ' '))
}

/// A line that tells whose the text is, and since when.
pub(super) fn is_copyright(line: &str) -> bool {
    let line = line.to_lowercase();
    let named = ["copyright", "©", "(c) "].iter().any(|sign| line.starts_with(sign));
    named && line.chars().take(40).filter(char::is_ascii_digit).count() >= 4
        || line.starts_with("all rights reserved")
}

/// Paragraphs as a text, with a blank line between them. A label that does not begin the text is a
/// part of it.
pub(super) fn text<'t>(pieces: impl IntoIterator<Item = &'t Piece<'t>>) -> String {
    let mut out = String::new();
    for piece in pieces {
        let first = match piece.field {
            Some(Field::Text) => piece.lines.first().copied().unwrap_or_default(),
            _ => piece.first,
        };
        let lines = std::iter::once(first).chain(piece.lines.iter().skip(1).copied());
        for (at, line) in lines.filter(|line| !line.is_empty()).enumerate() {
            if !out.is_empty() {
                out.push_str(if at == 0 { "\n\n" } else { "\n" });
            }
            out.push_str(line);
        }
    }
    out
}

/// Numbers in a line like "1 of 10 DOCUMENTS", in the words of the form given: `#` is a number.
pub(super) fn numbered(line: &str, form: &str) -> Option<Vec<usize>> {
    if line.len() > 80 {
        return None;
    }
    let mut words = line.split_whitespace();
    let mut numbers = Vec::new();
    for expected in form.split(' ') {
        let word = words.next()?;
        match expected {
            "#" => numbers.push(word.parse().ok()?),
            _ if word == expected => {}
            _ => return None,
        }
    }
    words.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_database_has_labels() {
        for database in ["nexis", "lexis", "factiva", "proquest", "newsbank"] {
            let fields: Vec<Field> = Labels::of(database).0.values().copied().collect();
            for needed in [Field::Title, Field::Byline, Field::Section, Field::Tail] {
                assert!(fields.contains(&needed), "{database}: {needed:?}");
            }
        }
        assert!(Labels::of("no such").0.is_empty());
    }

    #[test]
    fn a_label_within_the_text_stays_text() {
        let lines: Vec<&str> = "BYLINE: A\n\nOne.\n\nSUBJECT: two.\n\nThree.\n\nGRAPHIC: Photo\n\
            of a quay\n\nAnother of it\n\nWHO-KNOWS: 1\n\nLANGUAGE: ENGLISH\n\nCopyright 2031 Quay"
            .lines()
            .collect();
        let pieces = pieces(&lines, Labels::of("nexis"));
        let tail = tail(&pieces, 1);
        assert_eq!(pieces[tail].lines, ["Photo", "of a quay"]);
        assert_eq!(text(&pieces[1..tail]), "One.\n\nSUBJECT: two.\n\nThree.");
    }

    #[test]
    fn numbered_lines_are_known_by_their_form() {
        assert_eq!(numbered("   2 of 10 DOCUMENTS", "# of # DOCUMENTS"), Some(vec![2, 10]));
        assert_eq!(numbered("Dokument 2 von 10", "Dokument # von #"), Some(vec![2, 10]));
        assert_eq!(numbered("2 of 10 DOCUMENTS were lost", "# of # DOCUMENTS"), None);
        assert_eq!(numbered("two of 10 DOCUMENTS", "# of # DOCUMENTS"), None);
    }
}
