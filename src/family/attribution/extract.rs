//! The extractor: from a document's tokens to raw attributions.

use super::accept;
use super::candidates::candidates;
use super::columns::Columns;
use super::first;
use super::hypothesis::{self, Found, runs};
use super::raw::Raw;
use super::rules;
use super::second::{Counts, Scene};
use super::select::{Chosen, choose};
use crate::family::def::Context;
use crate::mark::Marks;
use crate::tagger::{Run, SECOND, Tagger};
use crate::text::{Document, Span};

/// The attributions of a document, in order of their content's place.
pub(super) fn extract(context: &Context<'_>, marks: &Marks) -> Vec<Raw> {
    let Some(tagger) = context.models.tagger() else { return Vec::new() };
    extract_with(tagger, context.document, marks, true)
}

/// The attributions that a tagger finds, with or without the rules for what it leaves over.
pub(crate) fn extract_with(tagger: &Tagger, document: &Document<'_>, marks: &Marks, rules: bool) -> Vec<Raw> {
    let columns = Columns::new(document, marks, tagger);
    let tagged = first::tag(tagger, document, &columns);
    let candidates = candidates(document, &columns, &tagged);
    let counts = Counts::new(&columns, &tagged, &candidates);
    let scene = Scene { document, columns: &columns, tagged: &tagged, counts: &counts };
    let mut run = Run::<SECOND>::default();
    let all: Vec<Found> = candidates.into_iter().map(|c| hypothesis::find(tagger, &scene, c, &mut run)).collect();
    let mut scored = Vec::new();
    for (own, found) in all.iter().enumerate() {
        for (which, hypothesis) in found.hypotheses.iter().enumerate() {
            scored.push((own, which, tagger.accept.probability(&accept::inputs(&scene, &all, own, hypothesis))));
        }
    }
    let mut raws = choose(tagger, &all, scored, document.tokens.len()).iter().map(|c| raw(document, &all[c.found], c)).collect();
    if rules {
        rules::add(document, marks, &tagged, &mut raws);
    }
    raws
}

fn raw(document: &Document<'_>, found: &Found, chosen: &Chosen) -> Raw {
    let cue: Vec<usize> = found.candidate.tokens.clone().collect();
    let source: Vec<usize> = found.source_tokens.iter().copied().filter(|i| chosen.content.binary_search(i).is_err()).collect();
    Raw { source: spans(document, &source), cue: spans(document, &cue), content: spans(document, &chosen.content), confidence: chosen.confidence }
}

/// Spans of the runs of neighbouring tokens.
fn spans(document: &Document<'_>, tokens: &[usize]) -> Vec<Span> {
    runs(tokens).into_iter().map(|(a, b)| document.tokens[a].span.cover(document.tokens[b].span)).collect()
}
