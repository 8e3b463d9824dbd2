//! What is kept of an article to compare it with others.

use super::credit::credits;
use super::date::Date;
use super::listener::listener;
use super::sketch::Sketch;
use crate::mark::{Act, Attribution, Kind, Layer, Marks, SourceClass};
use crate::score::Scored;
use crate::text::{Document, Span};

/// A statement as one article has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What is said, pieces joined by ` … `.
    pub content: String,
    /// The sentences that the content stands in, in order of place: what it is about.
    pub context: Vec<String>,
    /// Whose words they are, by the fullest name of this article.
    pub speaker: Option<String>,
    /// What sort of source it is.
    pub class: SourceClass,
    /// The medium in between.
    pub reporter: Option<String>,
    /// To whom it was said, where the article names somebody: who had it first hand ("told The Economist").
    pub listener: Option<String>,
    /// The words that attribute, pieces joined by ` … `.
    pub cue: String,
    /// The content stands between quotation marks, in part at least.
    pub quoted: bool,
    /// From the first byte of the content to its last, in the article.
    pub span: Span,
    /// Probability that it is an attribution and rightly cut.
    pub confidence: f64,
}

/// An article, as far as it is compared.
#[derive(Clone, Debug)]
pub struct Item {
    /// Names the article.
    pub id: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// As given.
    pub date: Option<String>,
    /// Headline, given or found.
    pub title: Option<String>,
    /// Whom the article names as the ones it was taken over from.
    pub credits: Vec<String>,
    /// Words of prose.
    pub words: usize,
    /// Axis, class and value (none where classes stand in no order); empty when unscored.
    pub scores: Vec<(&'static str, &'static str, Option<f64>)>,
    /// Target, class, value and mentions of those the article is about.
    pub stance: Vec<(String, &'static str, f64, usize)>,
    /// Who said what, and quotations of some length whose speaker the article does not tell, in order of place.
    pub statements: Vec<Statement>,
    pub(super) sketch: Sketch,
    pub(super) published: Option<Date>,
}

impl Item {
    /// What is compared of a scored article.
    #[must_use]
    pub fn of(scored: &Scored<'_>) -> Self {
        let (article, document) = (scored.article, &scored.document);
        let found =
            || document.headline().map(|block| block.span.slice(document.text).trim().to_owned());
        Item {
            id: article.id.clone(),
            outlet: article.outlet.clone(),
            date: article.date.clone(),
            title: article.title.clone().or_else(found),
            credits: credits(document),
            words: document.words,
            scores: scored.scores.iter().map(|s| (s.axis, s.class, s.value)).collect(),
            stance: scored
                .marks
                .targets
                .iter()
                .map(|t| (t.name.clone(), t.polarity.class(), t.polarity.value(), t.mentions.len()))
                .collect(),
            statements: statements(document, &scored.marks),
            sketch: Sketch::of(document, &scored.marks),
            published: article.date.as_deref().and_then(Date::parse),
        }
    }

    /// The day of publication, where the date tells it.
    #[must_use]
    pub fn day(&self) -> Option<jiff::civil::Date> {
        self.published.map(Date::day)
    }

    /// Who published it; an article that does not tell stands for itself.
    #[must_use]
    pub fn publisher(&self) -> &str {
        self.outlet.as_deref().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(&self.id)
    }
}

/// Words of a quotation that is compared though nobody knows who said it.
const LONG_QUOTE: usize = 5;

fn statements(document: &Document<'_>, marks: &Marks) -> Vec<Statement> {
    let mut out: Vec<Statement> = Vec::with_capacity(marks.attributions.len());
    for mut statement in marks.attributions.iter().filter_map(|a| statement(document, a)) {
        // A speaker who goes on speaks to whom he spoke before, unless the article says otherwise.
        if let Some(before) = out.last().filter(|b| {
            b.speaker.is_some() && b.speaker == statement.speaker && statement.listener.is_none()
        }) {
            statement.listener.clone_from(&before.listener);
        }
        out.push(statement);
    }
    let mut contents: Vec<Span> =
        marks.attributions.iter().flat_map(|a| a.content.iter().copied()).collect();
    contents.sort_unstable_by_key(|span| span.start);
    let mut ends = 0;
    let mut next = contents.iter().peekable();
    for quote in marks.layer(Layer::Quote).iter().map(|mark| mark.span) {
        while let Some(content) = next.next_if(|content| content.start < quote.end) {
            ends = ends.max(content.end);
        }
        if ends <= quote.start && document.words_within(quote) >= LONG_QUOTE {
            out.extend(statement(document, &unclaimed(quote)));
        }
    }
    out.sort_by_key(|statement| statement.span.start);
    out
}

/// A quotation that the extractor gave to nobody.
fn unclaimed(quote: Span) -> Attribution {
    Attribution {
        kind: Kind::Direct,
        source_class: SourceClass::None,
        act: Act::Speech,
        speakers: Vec::new(),
        role: None,
        reporter: None,
        confidence: 0.0,
        source: Vec::new(),
        cue: Vec::new(),
        content: vec![quote],
    }
}

fn statement(document: &Document<'_>, attribution: &Attribution) -> Option<Statement> {
    let text = document.text;
    let pieces =
        |spans: &[Span]| spans.iter().map(|s| s.slice(text)).collect::<Vec<_>>().join(" … ");
    let span = attribution.content.iter().copied().reduce(Span::cover)?;
    let first = document.sentence_at(span.start)?;
    let last = document.sentence_at(span.end.saturating_sub(1)).unwrap_or(first);
    // Pieces may stand paragraphs apart: what lies between them is not what is said.
    let holds = |sentence: &Span| {
        attribution
            .content
            .iter()
            .any(|piece| piece.start < sentence.end && sentence.start < piece.end)
    };
    let context = document.sentences.get(first..=last)?.iter().map(|s| s.span).filter(holds);
    Some(Statement {
        content: pieces(&attribution.content),
        context: context.map(|span| span.slice(text).to_owned()).collect(),
        speaker: match &attribution.speakers[..] {
            [] => None,
            names => Some(names.join("; ")),
        },
        class: attribution.source_class,
        reporter: attribution.reporter.clone(),
        listener: listener(document, first..last + 1, &attribution.content),
        cue: pieces(&attribution.cue),
        quoted: attribution.kind != Kind::Indirect,
        span,
        confidence: attribution.confidence,
    })
}
