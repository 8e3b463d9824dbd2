//! The attributions of articles, one row for each: who said what, where.

pub use crate::mark::SHOWN_FROM;

use super::marks::Words;
use super::table::{Column, head, row};
use super::{SCHEMA, csv, json, round};
use crate::mark::Attribution;
use crate::score::Scored;
use crate::text::{OffsetUnit, Ruler, Span};
use serde::Serialize;

/// Which attributions to show. Empty lists let everything through.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    speakers: Vec<Vec<String>>,
    classes: Vec<String>,
    kinds: Vec<String>,
    acts: Vec<String>,
    least: f64,
}

impl Filter {
    /// Attributions to a speaker whose name holds the words of one of `speakers` (whatever their case), of one of the
    /// source classes, of one of the kinds.
    #[must_use]
    pub fn new(speakers: &[String], classes: &[String], kinds: &[String]) -> Self {
        Filter {
            speakers: speakers.iter().map(|name| words_of(name)).collect(),
            classes: classes.to_vec(),
            kinds: kinds.to_vec(),
            ..Filter::default()
        }
    }

    /// The same whose source does one of some acts; all when the list is empty.
    #[must_use]
    pub fn acting(self, acts: &[String]) -> Self {
        Filter { acts: acts.to_vec(), ..self }
    }

    /// The same of at least a confidence.
    #[must_use]
    pub fn at_least(self, least: f64) -> Self {
        Filter { least, ..self }
    }

    /// The attributions of an article that pass, in order of place.
    pub fn pass<'s>(&'s self, scored: &'s Scored<'_>) -> impl Iterator<Item = &'s Attribution> {
        scored.marks.attributions.iter().filter(|a| self.passes(a))
    }

    fn passes(&self, attribution: &Attribution) -> bool {
        let among =
            |names: &[String], name: &str| names.is_empty() || names.iter().any(|n| n == name);
        attribution.confidence >= self.least
            && among(&self.classes, attribution.source_class.name())
            && among(&self.kinds, attribution.kind.name())
            && among(&self.acts, attribution.act.name())
            && (self.speakers.is_empty()
                || attribution.speakers.iter().any(|name| self.names(name)))
    }

    fn names(&self, speaker: &str) -> bool {
        let words = words_of(speaker);
        self.speakers
            .iter()
            .any(|asked| !asked.is_empty() && words.windows(asked.len()).any(|w| w == asked))
    }
}

/// The words of a name: `Dorn` finds `Ana Dorn` and `Dorn’s`, and not `Dornach`.
fn words_of(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_owned).collect()
}

/// First and last place of the content.
fn extent(attribution: &Attribution) -> Option<(usize, usize)> {
    let start = attribution.content.iter().map(|s| s.from()).min()?;
    Some((start, attribution.content.iter().map(|s| s.to()).max()?))
}

/// Pieces in one line: `…` stands for what is between them.
fn joined(spans: &[Span], text: &str) -> String {
    spans.iter().map(|s| s.slice(text)).collect::<Vec<_>>().join(" … ")
}

#[derive(Serialize)]
struct QuoteObject<'a> {
    schema: u32,
    article: &'a str,
    outlet: Option<&'a str>,
    date: Option<&'a str>,
    speakers: &'a [String],
    role: Option<&'a str>,
    reporter: Option<&'a str>,
    class: &'a str,
    kind: &'a str,
    act: &'a str,
    confidence: f64,
    start: Option<usize>,
    end: Option<usize>,
    source: Vec<Words<'a>>,
    cue: Vec<Words<'a>>,
    content: Vec<Words<'a>>,
}

/// A JSON object for each attribution that passes, without ends of lines.
///
/// # Errors
/// None that is known: serialising into memory.
pub fn objects(
    scored: &Scored<'_>,
    filter: &Filter,
    unit: OffsetUnit,
) -> Result<Vec<Vec<u8>>, serde_json::Error> {
    let (article, text) = (scored.article, scored.document.text);
    let ruler = Ruler::new(text, unit);
    let words = |spans: &[Span]| spans.iter().map(|s| Words::new(*s, text, &ruler)).collect();
    let object = |a: &Attribution| {
        json::visible(&QuoteObject {
            schema: SCHEMA,
            article: &article.id,
            outlet: article.outlet.as_deref(),
            date: article.date.as_deref(),
            speakers: &a.speakers,
            role: a.role.as_deref(),
            reporter: a.reporter.as_deref(),
            class: a.source_class.name(),
            kind: a.kind.name(),
            act: a.act.name(),
            confidence: round(a.confidence),
            start: extent(a).map(|(start, _)| ruler.tell(start)),
            end: extent(a).map(|(_, end)| ruler.tell(end)),
            source: words(&a.source),
            cue: words(&a.cue),
            content: words(&a.content),
        })
    };
    filter.pass(scored).map(object).collect()
}

/// The header of the CSV form, with the end of its line.
#[must_use]
pub fn csv_header() -> Vec<u8> {
    let names = [
        "article",
        "outlet",
        "date",
        "speakers",
        "reporter",
        "class",
        "kind",
        "act",
        "confidence",
        "source",
        "cue",
        "content",
        "start",
        "end",
        "role",
    ];
    csv::line(names.map(str::to_owned))
}

/// A CSV row for each attribution that passes, with the ends of lines.
#[must_use]
pub fn csv_rows(scored: &Scored<'_>, filter: &Filter, unit: OffsetUnit) -> Vec<Vec<u8>> {
    let (article, text) = (scored.article, scored.document.text);
    let ruler = Ruler::new(text, unit);
    let given = |field: &Option<String>| field.clone().unwrap_or_default();
    let row = |a: &Attribution| {
        let place =
            |at: Option<usize>| at.map_or_else(String::new, |byte| ruler.tell(byte).to_string());
        csv::line([
            article.id.clone(),
            given(&article.outlet),
            given(&article.date),
            a.speakers.join("; "),
            given(&a.reporter),
            a.source_class.name().to_owned(),
            a.kind.name().to_owned(),
            a.act.name().to_owned(),
            round(a.confidence).to_string(),
            joined(&a.source, text),
            joined(&a.cue, text),
            joined(&a.content, text),
            place(extent(a).map(|e| e.0)),
            place(extent(a).map(|e| e.1)),
            given(&a.role),
        ])
    };
    filter.pass(scored).map(row).collect()
}

/// The columns for a terminal of `width` cells.
#[must_use]
pub fn columns(width: usize) -> Vec<Column> {
    let mut out = vec![
        Column::text("article", 16),
        Column::text("speaker", 26),
        Column::text("class", 12),
        Column::text("kind", 8),
        Column::text("act", 7),
        Column::number("conf", 4),
        Column::text("cue", 14),
    ];
    let used: usize = out.iter().map(|c| c.width + 2).sum();
    out.push(Column::text("content", width.saturating_sub(used).clamp(24, 200)));
    out
}

/// The headings.
#[must_use]
pub fn heading(columns: &[Column]) -> String {
    head(columns)
}

/// A line for each attribution that passes.
#[must_use]
pub fn lines(columns: &[Column], scored: &Scored<'_>, filter: &Filter) -> Vec<String> {
    let text = scored.document.text;
    let line = |a: &Attribution| {
        let speaker = match (a.speakers.join("; "), a.reporter.as_deref()) {
            (none, _) if none.is_empty() => "-".to_owned(),
            (speakers, Some(reporter)) => format!("{speakers} (by {reporter})"),
            (speakers, None) => speakers,
        };
        let cells = [
            scored.article.id.clone(),
            speaker,
            a.source_class.name().to_owned(),
            a.kind.name().to_owned(),
            a.act.name().to_owned(),
            format!("{:.2}", a.confidence),
            joined(&a.cue, text),
            joined(&a.content, text),
        ];
        row(columns, &cells)
    };
    filter.pass(scored).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mark::{Act, Kind, SourceClass};

    fn said(speaker: Option<&str>, kind: Kind) -> Attribution {
        Attribution {
            kind,
            source_class: SourceClass::Person,
            act: Act::Speech,
            speakers: speaker.into_iter().map(str::to_owned).collect(),
            role: None,
            reporter: None,
            confidence: 0.9,
            source: Vec::new(),
            cue: Vec::new(),
            content: vec![Span::new(5, 9), Span::new(0, 2)],
        }
    }

    #[test]
    fn names_are_found_by_their_words() {
        let filter = |name: &str| Filter::new(&[name.to_owned()], &[], &[]);
        let dorn = said(Some("Ana Dorn"), Kind::Direct);
        for (name, found) in [
            ("dorn", true),
            ("ANA  dorn", true),
            ("orn", false),
            ("Dorn Ana", false),
            ("", false),
            ("…", false),
        ] {
            assert_eq!(filter(name).passes(&dorn), found, "{name}");
        }
        assert!(!filter("Dorn").passes(&said(None, Kind::Direct)));
        assert!(Filter::new(&["Marr".to_owned(), "Dorn".to_owned()], &[], &[]).passes(&dorn));
    }

    #[test]
    fn a_joint_statement_is_found_under_each_name() {
        let joint = Attribution {
            speakers: vec!["Ana Dorn".to_owned(), "Ivo Marr".to_owned()],
            ..said(None, Kind::Direct)
        };
        let found = |name: &str| Filter::new(&[name.to_owned()], &[], &[]).passes(&joint);
        assert!(found("Dorn") && found("Marr") && !found("Ana Marr"));
    }

    #[test]
    fn acts_are_told_apart() {
        let a = Attribution { act: Act::Will, ..said(None, Kind::Indirect) };
        let passes = |act: &str| Filter::default().acting(&[act.to_owned()]).passes(&a);
        assert!(passes("will") && !passes("speech"));
    }

    #[test]
    fn doubtful_ones_are_left_out_on_demand() {
        let a = said(None, Kind::Mixed);
        assert!(
            Filter::default().at_least(0.9).passes(&a)
                && !Filter::default().at_least(0.95).passes(&a)
        );
    }

    #[test]
    fn classes_and_kinds_must_both_hold() {
        let filter =
            |class: &str, kind: &str| Filter::new(&[], &[class.to_owned()], &[kind.to_owned()]);
        let a = said(None, Kind::Mixed);
        assert!(Filter::default().passes(&a) && filter("person", "mixed").passes(&a));
        assert!(!filter("person", "direct").passes(&a) && !filter("media", "mixed").passes(&a));
    }

    #[test]
    fn pieces_are_told_from_the_first_to_the_last() {
        let a = said(None, Kind::Direct);
        assert_eq!(extent(&a), Some((0, 9)));
        assert_eq!(joined(&[Span::new(0, 2), Span::new(6, 10)], "We go now."), "We … now.");
    }
}
