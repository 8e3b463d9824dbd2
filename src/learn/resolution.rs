//! How often kind, source class and speaker come out right, given the spans of the labels.

use crate::article::Article;
use crate::family::attribution::{Raw, resolve};
use crate::family::{Context, FAMILIES};
use crate::lexicon::{Lexicon, LexiconError};
use crate::linear::SpanModels;
use crate::mark::{Attribution, Marks};
use crate::text::{Document, Span};

/// One labelled attribution, a row of `labels/attributions.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Article it stands in.
    pub article: String,
    /// Pieces of the source, bytes.
    pub source: Vec<Span>,
    /// Pieces of the cue, bytes.
    pub cue: Vec<Span>,
    /// Pieces of the content, bytes.
    pub content: Vec<Span>,
    /// direct, mixed, indirect.
    pub kind: String,
    /// One of the seven source classes.
    pub source_class: String,
    /// Fullest name, or "unresolved".
    pub speaker: String,
}

/// What came out for one label.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The label.
    pub label: Label,
    /// Kind that was found.
    pub kind: &'static str,
    /// Class that was found.
    pub source_class: &'static str,
    /// Name that was found.
    pub speaker: Option<String>,
}

impl Outcome {
    /// The kind is right.
    #[must_use]
    pub fn kind_is_right(&self) -> bool {
        self.kind == self.label.kind
    }

    /// The class is right.
    #[must_use]
    pub fn class_is_right(&self) -> bool {
        self.source_class == self.label.source_class
    }

    /// The speaker is right.
    #[must_use]
    pub fn speaker_is_right(&self) -> bool {
        same_speaker(self.speaker.as_deref(), &self.label.speaker)
    }
}

/// Shares that are right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accuracy {
    /// Number of labels.
    pub labels: usize,
    /// Kind.
    pub kind: f64,
    /// Source class.
    pub source_class: f64,
    /// Speaker.
    pub speaker: f64,
}

/// Shares that are right among outcomes; 0 for none.
#[must_use]
pub fn accuracy(outcomes: &[Outcome]) -> Accuracy {
    let share = |right: fn(&Outcome) -> bool| outcomes.iter().filter(|o| right(o)).count() as f64 / outcomes.len().max(1) as f64;
    Accuracy {
        labels: outcomes.len(),
        kind: share(Outcome::kind_is_right),
        source_class: share(Outcome::class_is_right),
        speaker: share(Outcome::speaker_is_right),
    }
}

/// Resolves the labelled spans of one article.
///
/// # Errors
/// When a lexicon does not hold.
pub fn outcomes(text: &str, labels: &[Label]) -> Result<Vec<Outcome>, LexiconError> {
    let article = Article::from_text("", text);
    let document = Document::new(text);
    let models = SpanModels::default();
    let mut marks = Marks::new(&document);
    for family in FAMILIES {
        let lexicon = Lexicon::parse(family.name, family.lexicon, family.classes)?;
        let context = Context { article: &article, document: &document, lexicon: &lexicon, models: &models, min_confidence: 0.0 };
        if family.name == "attribution" {
            let raw = |l: &Label| Raw { source: l.source.clone(), cue: l.cue.clone(), content: l.content.clone(), confidence: 1.0 };
            resolve(&context, labels.iter().map(raw).collect(), &mut marks);
            break;
        }
        (family.mark)(&context, &mut marks);
    }
    let found = |label: &Label| {
        let same = |a: &&Attribution| a.source == label.source && a.cue == label.cue && a.content == label.content;
        marks.attributions.iter().find(same)
    };
    let outcome = |label: &Label| {
        found(label).map(|a| Outcome { label: label.clone(), kind: a.kind.name(), source_class: a.source_class.name(), speaker: a.speaker.clone() })
    };
    Ok(labels.iter().filter_map(outcome).collect())
}

/// Reads the rows of `labels/attributions.csv`; a row that does not parse is passed over.
#[must_use]
pub fn labels(csv: &str) -> Vec<Label> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows = reader.records().filter_map(Result::ok).filter(|r| r.len() >= 10);
    rows.map(|r| Label {
        article: r[0].to_owned(),
        source: spans(&r[1]),
        cue: spans(&r[3]),
        content: spans(&r[5]),
        kind: r[7].to_owned(),
        source_class: r[8].to_owned(),
        speaker: r[9].to_owned(),
    })
    .collect()
}

fn spans(cell: &str) -> Vec<Span> {
    let piece = |p: &str| p.split_once('-').and_then(|(a, b)| Some(Span::new(a.trim().parse().ok()?, b.trim().parse().ok()?)));
    cell.split(';').filter_map(piece).collect()
}

/// Two names are one when they are the same but for case, titles and articles, or when the last word of one is the last of the other.
#[must_use]
pub fn same_speaker(found: Option<&str>, label: &str) -> bool {
    let label = (label != "unresolved").then_some(label);
    match (found, label) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            let (a, b) = (bare(a), bare(b));
            !a.is_empty() && !b.is_empty() && (a == b || a.last() == b.last())
        }
        _ => false,
    }
}

/// Lower-case words of a name without titles and articles.
fn bare(name: &str) -> Vec<String> {
    const LEFT_OUT: &[&str] = &["the", "a", "an", "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "president", "minister"];
    let words = name.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'"));
    words.filter(|w| !w.is_empty() && !LEFT_OUT.contains(&w.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speakers_are_compared_by_their_last_word() {
        assert!(same_speaker(Some("Ana Dorn"), "Dorn"));
        assert!(same_speaker(Some("the Ministry"), "The ministry"));
        assert!(same_speaker(None, "unresolved"));
        assert!(!same_speaker(None, "Dorn"));
        assert!(!same_speaker(Some("Ana Dorn"), "Ana Marr"));
    }

    #[test]
    fn a_small_label_file_is_resolved() {
        let text = "Foreign Minister Ana Dorn said it was late. “We will wait,” she said.";
        let csv = "article,source_spans,source,cue_spans,cue,content_spans,content,kind,source_class,speaker\n\
                   x,0-25,,26-30,,31-42,,indirect,person,Ana Dorn\nx,64-67,,68-72,,44-63,,direct,person,Ana Dorn\n";
        let found = outcomes(text, &labels(csv)).unwrap();
        assert_eq!(accuracy(&found), Accuracy { labels: 2, kind: 1.0, source_class: 1.0, speaker: 1.0 });
    }

    #[test]
    #[ignore = "prints errors; run with ATTRIBUTIONS=file.csv"]
    fn print_errors() {
        let root = env!("CARGO_MANIFEST_DIR");
        let file = std::env::var("ATTRIBUTIONS").unwrap();
        let labels = labels(&std::fs::read_to_string(file).unwrap());
        let mut all = Vec::new();
        for group in labels.chunk_by(|a, b| a.article == b.article) {
            let text = std::fs::read_to_string(format!("{root}/corpus/{}.txt", group[0].article)).unwrap();
            let found = outcomes(&text, group).unwrap();
            for o in &found {
                let source: String = o.label.source.iter().map(|s| s.slice(&text)).collect::<Vec<_>>().join(" ¦ ");
                let content: String = o.label.content.iter().map(|s| s.slice(&text)).collect::<Vec<_>>().join(" ¦ ");
                if !(o.kind_is_right() && o.class_is_right() && o.speaker_is_right()) {
                    let at = o.label.source.first().map_or(0, |s| s.start);
                    println!(
                        "{}@{at} {}{}{} [{source}] {}/{} {}/{} {:?}/{:?} «{}»",
                        o.label.article,
                        if o.kind_is_right() { "" } else { "K" },
                        if o.class_is_right() { "" } else { "C" },
                        if o.speaker_is_right() { "" } else { "S" },
                        o.kind,
                        o.label.kind,
                        o.source_class,
                        o.label.source_class,
                        o.speaker,
                        o.label.speaker,
                        content.chars().take(60).collect::<String>()
                    );
                }
            }
            all.extend(found);
        }
        println!("{:?}", accuracy(&all));
    }
}
