//! From what was cut out of the text to attributions: kind, class, speaker and reporter.

use super::cast::Cast;
use super::classes::{self, Resolved};
use super::raw::Raw;
use super::thread::{Place, Thread};
use super::words::Words;
use super::{kind, reporter, speakers};
use crate::family::def::Context;
use crate::mark::{Attribution, Layer, Mark, Marks, SourceClass};
use crate::text::{Document, Span};

/// Fills attributions, speakers, provenance and the layers of contents, sources and cues. Linear in the text.
pub(crate) fn resolve(context: &Context<'_>, raws: Vec<Raw>, marks: &mut Marks) {
    let document = context.document;
    let mut raws: Vec<Raw> = raws.into_iter().filter(|r| r.confidence >= context.min_confidence).collect();
    raws.sort_by_key(|r| start(r));
    let quoted = kind::quoted(document, marks);
    if !raws.is_empty() {
        let words = Words::of(document);
        let cast = Cast::read(document, &words);
        let thread = Thread::read(document, &words, cast, places(document, &quoted, &raws));
        for raw in raws {
            marks.attributions.push(attribution(document, &thread, &quoted, raw));
        }
    }
    marks.speakers = speakers::collect(document, &marks.attributions);
    marks.provenance = document.blocks.iter().filter(|b| b.reason == "provenance").map(|b| b.span).collect();
    push_layers(document, marks);
}

fn start(raw: &Raw) -> u32 {
    [&raw.source, &raw.cue, &raw.content].iter().flat_map(|s| s.iter()).map(|s| s.start).min().unwrap_or(0)
}

fn places(document: &Document<'_>, quoted: &[bool], raws: &[Raw]) -> Vec<Place> {
    let mut out: Vec<Place> = quoted.iter().map(|&quoted| Place { quoted, ..Place::default() }).collect();
    for raw in raws {
        for span in &raw.content {
            document.tokens_within(*span).for_each(|t| out[t].content = true);
        }
        for span in &raw.source {
            document.tokens_within(*span).for_each(|t| out[t].source = true);
        }
    }
    out
}

fn attribution(document: &Document<'_>, thread: &Thread<'_, '_>, quoted: &[bool], raw: Raw) -> Attribution {
    let mut source = classes::resolve(thread, &raw.source);
    let mut medium = None;
    if source.class == SourceClass::Media {
        if let Some(inner) = reporter::quoted_speaker(thread, &raw.cue).or_else(|| reporter::inner_speaker(thread, &raw.content)) {
            medium = source.speaker.take();
            source = Resolved { class: source.class, ..classes::by_member(thread, inner.member, "") };
        }
    } else if matches!(source.class, SourceClass::Document | SourceClass::Anonymous) {
        if let Some(inner) = reporter::inner_speaker(thread, &raw.content) {
            source = Resolved { class: source.class, ..classes::by_member(thread, inner.member, "") };
        }
    }
    if medium.is_none() && source.class != SourceClass::Media {
        medium = reporter::between(thread, &raw.source, &raw.cue, &raw.content);
    }
    Attribution {
        kind: kind::of(document, quoted, &raw.content),
        source_class: source.class,
        speaker: source.speaker,
        reporter: medium,
        confidence: raw.confidence,
        source: raw.source,
        cue: raw.cue,
        content: raw.content,
    }
}

/// Marks for every piece, in order of place within each layer.
fn push_layers(document: &Document<'_>, marks: &mut Marks) {
    let mut out: Vec<Mark> = Vec::new();
    for (group, attribution) in marks.attributions.iter().enumerate() {
        let class = attribution.source_class.name();
        let mut piece = |layer: Layer, class: &'static str, span: Span, own_voice: bool| {
            out.push(Mark { layer, class, span, own_voice, value: attribution.confidence, group: group as u32 });
        };
        attribution.content.iter().for_each(|s| piece(Layer::Content, attribution.kind.name(), *s, false));
        attribution.source.iter().for_each(|s| piece(Layer::Source, class, *s, true));
        attribution.cue.iter().for_each(|s| piece(Layer::Cue, class, *s, true));
    }
    out.sort_by_key(|m| (m.span.start, m.span.end, m.layer, m.group));
    for mark in out {
        if mark.layer == Layer::Content {
            marks.attribute(document, mark.span);
        }
        marks.push(mark);
    }
}
