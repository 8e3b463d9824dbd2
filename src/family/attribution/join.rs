//! Attributions that are one: two readings of a cue, a statement that "according to" interrupts, a quotation that runs on.

use super::raw::{Raw, is_one_of, touched};
use crate::mark::{Layer, Mark, Marks};
use crate::text::{Document, Span};

/// Two readings of one cue: the longer content stands, with the higher confidence.
pub(super) fn one_of_each_cue(raws: &mut Vec<Raw>) {
    let size = |raw: &Raw| raw.content.iter().map(|s| s.len()).sum::<usize>();
    // Two quotations beside one cue are two.
    let meet =
        |a: &Raw, b: &Raw| a.content.iter().any(|s| b.content.iter().any(|t| s.overlaps(*t)));
    let same = |a: &Raw, b: &Raw| a.cue == b.cue && a.source == b.source && meet(a, b);
    let mut order: Vec<usize> = (0..raws.len()).filter(|&at| !raws[at].cue.is_empty()).collect();
    order.sort_by_key(|&at| (raws[at].cue[0], std::cmp::Reverse(size(&raws[at]))));
    let mut stays = vec![true; raws.len()];
    let mut longest: Option<usize> = None;
    for at in order {
        match longest {
            Some(long) if same(&raws[long], &raws[at]) => {
                stays[at] = false;
                raws[long].confidence = raws[long].confidence.max(raws[at].confidence);
            }
            _ => longest = Some(at),
        }
    }
    let mut stays = stays.into_iter();
    raws.retain(|_| stays.next().unwrap_or(true));
}

/// "It is late and, according to Marr, means trouble", found as two statements of one source, is one.
pub(super) fn join_interrupted(document: &Document<'_>, raws: &mut Vec<Raw>) {
    let according = |raw: &Raw| {
        raw.cue
            .first()
            .is_some_and(|c| is_one_of(document, touched(document, *c).start, &["according"]))
    };
    let follows = |first: &Raw, second: &Raw| {
        let one =
            first.source.first().zip(second.source.first()).is_some_and(|(a, b)| a.overlaps(*b));
        one && first.source.last().zip(second.cue.first()).is_some_and(|(source, cue)| {
            let gap = touched(document, *source).end..touched(document, *cue).start;
            gap.len() == 1 && document.form(gap.start) == ","
        })
    };
    let mut out: Vec<Raw> = Vec::with_capacity(raws.len());
    for raw in raws.drain(..) {
        match out.last_mut() {
            Some(before) if according(before) && follows(before, &raw) => {
                before
                    .content
                    .extend(raw.cue.iter().chain(&raw.content).copied().reduce(Span::cover));
                before.confidence = before.confidence.max(raw.confidence);
            }
            _ => out.push(raw),
        }
    }
    *raws = out;
}

/// Both have a cue and a source of their own.
fn names_another(first: &Raw, second: &Raw) -> bool {
    let whole = |raw: &Raw| !raw.cue.is_empty() && !raw.source.is_empty();
    whole(first) && whole(second) && first.source != second.source
}

/// What an attribution has become part of in the end: whatever it joined may itself have been joined to another one.
fn whole_of(into: &mut [usize], mut raw: usize) -> usize {
    while into[raw] != raw {
        into[raw] = into[into[raw]];
        raw = into[raw];
    }
    raw
}

/// A quotation that goes on in the next paragraph is one attribution with its pieces.
pub(super) fn join_continued(marks: &Marks, raws: &mut Vec<Raw>) {
    let quotes: Vec<&Mark> =
        marks.layer(Layer::Quote).iter().filter(|q| q.class != "nested").collect();
    let mut contents: Vec<(Span, usize)> = raws
        .iter()
        .enumerate()
        .flat_map(|(at, r)| r.content.iter().map(move |s| (*s, at)))
        .collect();
    contents.sort_unstable();
    let holder = |quote: &Mark| {
        let at = contents.partition_point(|(span, _)| span.end <= quote.span.start);
        contents.get(at).filter(|(span, _)| span.start < quote.span.end).map(|(_, raw)| *raw)
    };
    // The attribution that each has become part of: itself, or another one.
    let mut into: Vec<usize> = (0..raws.len()).collect();
    let mut pieces = Vec::new();
    let mut speaker = None;
    let mut unheld: Vec<Span> = Vec::new();
    for pair in quotes.windows(2) {
        if pair[0].group != pair[1].group {
            speaker = None;
            unheld.clear();
            continue;
        }
        let Some(first) = speaker.or_else(|| holder(pair[0])).map(|raw| whole_of(&mut into, raw))
        else {
            // The speaker is named behind a later paragraph.
            unheld.push(pair[0].span);
            if let Some(later) = holder(pair[1]) {
                pieces.extend(unheld.drain(..).map(|span| (later, span)));
            }
            continue;
        };
        speaker = Some(first);
        match holder(pair[1]) {
            // Another speaker is named for it: the mark before was left open by mistake.
            Some(second) if second != first && names_another(&raws[first], &raws[second]) => {
                speaker = Some(second)
            }
            Some(second) => into[second] = first,
            None => pieces.push((first, pair[1].span)),
        }
    }
    let whole: Vec<usize> = (0..raws.len()).map(|raw| whole_of(&mut into, raw)).collect();
    for (at, &target) in whole.iter().enumerate().filter(|(at, target)| at != *target) {
        let joined = raws[at].clone();
        pieces.extend(joined.content.iter().map(|span| (target, *span)));
        // The speaker may be named behind the last piece only.
        if raws[target].cue.is_empty() && !joined.cue.is_empty() {
            raws[target] = Raw { content: raws[target].content.clone(), ..joined };
        }
    }
    for (target, span) in pieces {
        raws[target].content.push(span);
    }
    raws.iter_mut().for_each(|raw| raw.content.sort_unstable());
    let mut own = whole.iter().enumerate().map(|(at, target)| at == *target);
    raws.retain(|_| own.next().unwrap_or(true));
    raws.sort_by_key(|r| r.content.first().copied());
}
