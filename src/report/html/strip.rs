//! A strip of the whole article: where others speak, where its own voice is loaded or hedges, what is set aside.

use super::chart::tenth;
use super::utf16::Utf16;
use crate::report::page::{ranks, shown};
use crate::score::Scored;
use crate::text::Span;
use std::collections::BTreeMap;

/// Width of the drawing.
const WIDTH: f64 = 1000.0;
/// Speakers that have a colour of their own.
pub(super) const COLOURS: usize = 7;
/// Probability from which a sentence counts as loaded or hedged.
const LIKELY: f64 = 0.5;

/// A rectangle of the strip.
pub(super) struct Bar {
    pub(super) class: String,
    pub(super) x: f64,
    pub(super) width: f64,
    pub(super) y: u32,
    pub(super) height: u32,
    /// The place in the text that it stands for.
    pub(super) at: u32,
}

/// The strip, and what it shows in words.
pub(super) struct Strip {
    pub(super) bars: Vec<Bar>,
    pub(super) told: String,
}

/// The colour of each speaker, by name: `s1` to `s7` by words, `s0` for all others.
pub(super) fn colours<'a>(scored: &'a Scored<'_>) -> BTreeMap<&'a str, String> {
    let names = scored.marks.speakers.iter().map(|s| s.name.as_str());
    names.zip(ranks(scored)).map(|(name, rank)| (name, colour(rank))).collect()
}

/// The colour of a speaker of this rank.
pub(super) fn colour(rank: usize) -> String {
    format!("s{}", if rank < COLOURS { rank + 1 } else { 0 })
}

/// The letter that stands for a speaker where there is no colour.
pub(super) fn letter(rank: usize) -> &'static str {
    ["A", "B", "C", "D", "E", "F", "G"].get(rank).copied().unwrap_or("")
}

impl Strip {
    pub(super) fn new(scored: &Scored<'_>, ruler: &Utf16) -> Self {
        let (document, marks) = (&scored.document, &scored.marks);
        let scale = WIDTH / document.text.len().max(1) as f64;
        let bar = |span: Span, class: &str, y, height| Bar {
            class: class.to_owned(),
            x: tenth(f64::from(span.start) * scale),
            width: tenth((f64::from(span.end - span.start) * scale).max(1.0)),
            y,
            height,
            at: ruler.tell(span.start),
        };
        let mut bars: Vec<Bar> = document
            .blocks
            .iter()
            .map(|b| bar(b.span, if b.is_prose() { "own" } else { "aside" }, 0, 18))
            .collect();
        let colours = colours(scored);
        for (_, attribution) in shown(scored) {
            let known = attribution.speaker().and_then(|name| colours.get(name));
            let class = known.map_or("su", String::as_str);
            bars.extend(attribution.content.iter().map(|span| bar(*span, class, 0, 18)));
        }
        let (mut loaded, mut hedged, mut prose) = (0, 0, 0);
        for (sentence, score) in document.sentences.iter().zip(&marks.sentences) {
            if !document.is_prose(sentence) {
                continue;
            }
            prose += 1;
            if score.loaded >= LIKELY {
                loaded += 1;
                bars.push(bar(sentence.span, "loaded", 22, 7));
            }
            if score.hedged_by_guide >= LIKELY {
                hedged += 1;
                bars.push(bar(sentence.span, "hedged", 32, 7));
            }
        }
        let attributed = marks.sentences.iter().filter(|s| s.attributed).count();
        let told = format!(
            "The whole article, from left to right: of {prose} sentences {attributed} are mostly somebody's words, {loaded} are loaded, {hedged} hedged."
        );
        Strip { bars, told }
    }
}
