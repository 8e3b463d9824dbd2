//! The page of an article: one list of sections. The renderers for terminals, Markdown and HTML walk it and know parts, not
//! sections, so that a new section is a file of this folder and a line in [`SECTIONS`].

mod because;
mod cell;
mod loaded;
mod scores;
mod shading;
mod skipped;
mod speakers;
mod stance;
mod statements;
mod text;
mod warnings;

pub(super) use cell::{Cell, Row, Table};

use super::explanation::{AxisExplanation, Effect};
use crate::mark::{Attribution, SHOWN_FROM};
use crate::score::Scored;
use crate::text::Span;

/// A scored article as readers are shown it.
pub struct Page<'a> {
    /// The title given, the headline found, or the id.
    pub(super) title: &'a str,
    /// Outlet, section, byline, date, as far as they are given, then where it was read.
    pub(super) facts: Vec<&'a str>,
    /// Where it was published, as given.
    pub(super) url: Option<&'a str>,
    /// What was counted.
    pub(super) counts: [String; 3],
    /// What there is to show, in order.
    pub(super) sections: Vec<Section<'a>>,
    /// What it is all about.
    pub(super) scored: &'a Scored<'a>,
}

/// Where a section stands beside the text, on a page that is wide enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The text itself.
    Text,
    /// Beside the text.
    Beside,
    /// Below the text, in its full width.
    Below,
}

/// A heading and what stands under it.
pub(super) struct Section<'a> {
    /// A name for links.
    pub(super) id: String,
    /// The heading.
    pub(super) title: String,
    /// Where it stands.
    pub(super) place: Place,
    /// What stands under the heading.
    pub(super) parts: Vec<Part<'a>>,
}

/// What sections are made of.
pub(super) enum Part<'a> {
    /// A sentence of the tool's own.
    Note(String),
    /// Rows.
    Table(Table<'a>),
    /// What pushed an axis one way: of what the class is named, and what pushed, strongest first.
    Side(&'a str, Vec<Effect<'a>>),
    /// The sum that the pushes make.
    Balance(AxisBalance<'a>),
    /// The article with its marks drawn in.
    Text,
}

/// `base + sum = difference`, between the logits of two classes.
pub(super) struct AxisBalance<'a> {
    base: f64,
    sum: f64,
    difference: f64,
    low: &'a str,
    high: &'a str,
}

impl AxisBalance<'_> {
    /// In words.
    pub(super) fn told(&self) -> String {
        let AxisBalance { base, sum, difference, low, high } = self;
        format!(
            "an average article {base:+.2}, this one's features {sum:+.2}: together {difference:+.2} = logit({high}) − logit({low})"
        )
    }
}

impl<'a> Section<'a> {
    fn new(id: &str, title: &str, place: Place, parts: Vec<Part<'a>>) -> Self {
        Section { id: id.to_owned(), title: title.to_owned(), place, parts }
    }
}

/// What makes sections: none where there is nothing to show.
type Build = for<'a> fn(&'a Scored<'a>) -> Vec<Section<'a>>;

/// Every section, in order.
const SECTIONS: &[Build] = &[
    scores::section,
    speakers::section,
    stance::section,
    text::section,
    statements::section,
    shading::section,
    loaded::section,
    because::sections,
    skipped::section,
    warnings::section,
];

impl<'a> Page<'a> {
    /// The page of a scored article.
    #[must_use]
    pub fn of(scored: &'a Scored<'a>) -> Self {
        let (article, document) = (scored.article, &scored.document);
        let headline = document.headline().map(|b| b.span.slice(document.text));
        let given = [&article.outlet, &article.section, &article.byline, &article.date];
        let given = given.into_iter().flatten().map(String::as_str);
        Page {
            title: article.title.as_deref().or(headline).unwrap_or(&article.id),
            facts: given.chain([article.source.as_str()]).collect(),
            url: article.url.as_deref(),
            counts: [
                format!("{} words of prose", document.words),
                format!("{} words set aside", document.skipped_words()),
                scored.language.short().to_owned(),
            ],
            sections: SECTIONS.iter().flat_map(|build| build(scored)).collect(),
            scored,
        }
    }
}

/// The attributions that readers are shown, with their numbers from 1.
pub(super) fn shown<'a>(scored: &'a Scored<'_>) -> impl Iterator<Item = (usize, &'a Attribution)> {
    let numbered = scored.marks.attributions.iter().enumerate().map(|(at, a)| (at + 1, a));
    numbered.filter(|(_, a)| a.confidence >= SHOWN_FROM)
}

/// Places of the speakers in `marks.speakers`, most words first: who gets a colour and a letter of their own.
pub(super) fn ranks(scored: &Scored<'_>) -> Vec<usize> {
    let speakers = &scored.marks.speakers;
    let mut order: Vec<usize> = (0..speakers.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(speakers[at].words), at));
    let mut ranks = vec![0; speakers.len()];
    for (rank, at) in order.into_iter().enumerate() {
        ranks[at] = rank;
    }
    ranks
}

/// What an attribution is called in a list.
pub(super) fn who(attribution: &Attribution, text: &str) -> String {
    let words = || attribution.source.first().map(|s| s.slice(text).to_owned());
    let mut who = Some(attribution.speakers.join(" and "))
        .filter(|s| !s.is_empty())
        .or_else(words)
        .unwrap_or_else(|| "nobody named".to_owned());
    if let Some(reporter) = &attribution.reporter {
        who = format!("{who}, by way of {reporter}");
    }
    who
}

/// Pieces joined by ` … `.
fn pieces(spans: &[Span], text: &str) -> String {
    spans.iter().map(|s| s.slice(text)).collect::<Vec<_>>().join(" … ")
}

/// Class, value and measured share of an axis.
fn title(axis: &AxisExplanation<'_>) -> String {
    let value = axis.value.map(|v| format!("value {v:.2}"));
    let measure = axis.measure.map(|m| format!("measured {m:.2}"));
    let numbers: Vec<String> = value.into_iter().chain(measure).collect();
    let numbers =
        if numbers.is_empty() { String::new() } else { format!(" ({})", numbers.join(", ")) };
    format!("{}: {}{numbers}", axis.axis, axis.class)
}
