//! The page of an article.

use super::chart::{percent, stack, tenth};
use super::strip::{Strip, colour, letter};
use super::text::{Annotated, annotated};
use super::utf16::Utf16;
use super::{Isolated, Shell, filled, web_link};
use crate::report::explanation::{Effect, short};
use crate::report::page::{Cell, Page, Part, Place, Section};
use crate::report::table::Side;
use crate::score::Scored;
use crate::text::Span;
use askama::Template;
use askama::filters::HtmlSafe;

const SCRIPT: &str = include_str!("article.js");

/// Features shown for each direction of an axis.
const FEATURES: usize = 10;
/// Words shown for each feature.
const WORDS: usize = 8;

#[derive(Template)]
#[template(path = "report/html/article.html")]
struct ArticlePage<'a> {
    shell: Shell,
    back: Option<&'a str>,
    page: &'a Page<'a>,
    strip: Strip,
    text: Annotated,
    ruler: Utf16,
}

/// A section of the page.
#[derive(Template)]
#[template(path = "report/html/section.html")]
struct SectionView<'a> {
    section: &'a Section<'a>,
    text: &'a Annotated,
    ruler: &'a Utf16,
}

impl HtmlSafe for SectionView<'_> {}

/// Layers of the text that can be switched: class, name, shown at first.
const LAYERS: &[(&str, &str, bool)] = &[
    ("speakers", "Who said it", true),
    ("hedges", "Hedges and boosters", true),
    ("loaded", "Loaded words", true),
    ("targets", "Stance and role", false),
    ("aside", "Not scored", true),
];

impl ArticlePage<'_> {
    fn at(&self, place: Place) -> impl Iterator<Item = SectionView<'_>> {
        let sections = self.page.sections.iter().filter(move |s| s.place == place);
        sections.map(|section| SectionView { section, text: &self.text, ruler: &self.ruler })
    }

    fn link(&self) -> Option<&str> {
        self.page.url.and_then(web_link)
    }
}

impl SectionView<'_> {
    fn places(&self, spans: &[Span]) -> String {
        self.ruler.places(spans.iter().copied())
    }

    fn evidence(&self, effect: &Effect<'_>) -> String {
        self.ruler.places(effect.spans())
    }
}

/// A section that is folded until somebody wants it: reasons are long.
fn folds(section: &Section<'_>) -> bool {
    section.parts.iter().any(|part| matches!(part, Part::Side(..)))
}

/// What stands on the button that lights up a feature's words.
fn evidence_words(effect: &Effect<'_>) -> String {
    let (words, more) = effect.words(WORDS);
    let mut shown: Vec<String> = words.iter().map(|w| clipped(w)).collect();
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown.join(" · ")
}

/// Characters of a sentence that is named as evidence.
const CLIP: usize = 60;

fn clipped(text: &str) -> String {
    match text.char_indices().nth(CLIP) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn rest(effects: &[Effect<'_>]) -> Option<(usize, String)> {
    let rest = effects.get(FEATURES..).filter(|rest| !rest.is_empty())?;
    let sum: f64 = rest.iter().map(|e| e.contribution).sum();
    Some((rest.len(), format!("{sum:+.2}")))
}

fn side(columns: &[(&str, Side)], at: &usize) -> &'static str {
    match columns.get(*at) {
        Some((_, Side::Right)) => "num",
        _ => "",
    }
}

fn kind(cell: &Cell<'_>, columns: &[(&str, Side)], at: &usize) -> &'static str {
    match (side(columns, at), cell) {
        ("", Cell::Label(_)) => "label",
        (side, _) => side,
    }
}

/// The page of a scored article, one file that needs nothing beside it; `back` is the address of the page that lists it, and
/// becomes a link as it stands.
#[must_use]
pub fn article_page(scored: &Scored<'_>, back: Option<&str>) -> String {
    let page = Page::of(scored);
    let ruler = Utf16::new(scored.document.text);
    filled(&ArticlePage {
        shell: Shell::new(page.title, SCRIPT),
        back,
        strip: Strip::new(scored, &ruler),
        text: annotated(scored, &ruler),
        page: &page,
        ruler,
    })
}
