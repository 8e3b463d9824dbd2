//! Statements that nobody in particular makes: "It is believed that", "Marr is said to", "fears have grown that".

use super::raw::{Raw, is_one_of, span_of, touched};
use super::verbs::BE;
use crate::mark::SHOWN_FROM;
use crate::text::{Document, Kind, Span, Word};
use std::ops::Range;
use std::sync::LazyLock;

/// Participles that say or hold something, behind a form of "be".
const REPORTED: &[&str] = &[
    "said",
    "believed",
    "thought",
    "suggested",
    "claimed",
    "reported",
    "alleged",
    "understood",
    "expected",
    "hoped",
    "feared",
    "rumoured",
    "rumored",
    "known",
    "assumed",
    "estimated",
    "considered",
    "announced",
    "argued",
    "speculated",
    "supposed",
    "accepted",
    "acknowledged",
    "asserted",
    "stated",
    "noted",
    "agreed",
    "predicted",
    "anticipated",
    "revealed",
    "confirmed",
    "disclosed",
    "maintained",
    "mooted",
    "whispered",
    "hinted",
    "implied",
    "inferred",
    "recalled",
    "presumed",
    "reckoned",
    "contended",
];
const AUXILIARIES: &[&str] = &[
    "has", "have", "had", "can", "could", "may", "might", "must", "should", "will", "would", "it",
];

/// Nouns for what people in general hold to be so.
const FEARS: &[&str] = &[
    "fears",
    "fear",
    "speculation",
    "speculations",
    "rumours",
    "rumors",
    "suspicions",
    "worries",
    "concerns",
    "concern",
];
/// Verbs with which somebody who need not share them calls them forth.
const RAISES: &[&str] = &[
    "fuel",
    "fuels",
    "fueled",
    "fuelled",
    "fueling",
    "fuelling",
    "stoke",
    "stokes",
    "stoked",
    "stoking",
    "raise",
    "raises",
    "raised",
    "raising",
    "spark",
    "sparks",
    "sparked",
    "sparking",
    "prompt",
    "prompts",
    "prompted",
    "prompting",
    "trigger",
    "triggers",
    "triggered",
    "triggering",
    "heighten",
    "heightens",
    "heightened",
    "heightening",
    "feed",
    "feeds",
    "fed",
    "feeding",
    "revive",
    "revives",
    "revived",
    "reviving",
    "ignite",
    "ignited",
    "igniting",
    "deepen",
    "deepens",
    "deepened",
    "deepening",
    "amid",
];
/// Verbs with which they come up by themselves.
const RISES: &[&str] = &[
    "emerge",
    "emerged",
    "grow",
    "grew",
    "grown",
    "growing",
    "persist",
    "persists",
    "persisted",
    "abound",
    "abounded",
    "mount",
    "mounted",
    "mounting",
    "swirl",
    "swirled",
    "swirling",
    "circulate",
    "circulated",
    "circulating",
    "spread",
    "spreading",
    "rise",
    "risen",
    "rose",
    "arise",
    "arose",
    "arisen",
    "surface",
    "surfaced",
    "raised",
    "voiced",
    "intensified",
    "heightened",
    "rife",
];

/// Takes the source off where the words before the cue name none: "It is said that …", "Marr is believed to …", "The move
/// has fuelled fears that …".
pub(super) fn drop_subject(document: &Document<'_>, raw: &mut Raw) {
    let [source] = &raw.source[..] else { return };
    let source = touched(document, *source);
    if is_label(document, &source) {
        raw.source.clear();
    }
    let Some(cue) = raw.cue.first().map(|cue| touched(document, *cue)) else { return };
    if is_passive(document, &source) || raises_fears(document, &cue) {
        raw.source.clear();
        let first = if is_one_of(document, cue.start, &["it"]) { cue.start + 1 } else { cue.start };
        if let (Some(span), Some(piece)) = (span_of(document, first..cue.end), raw.cue.first_mut())
        {
            *piece = span;
        }
    }
}

/// Headings of fact checks and of lists of questions, before a colon.
const LABELS: &[&str] = &[
    "claim",
    "claims",
    "verdict",
    "rumour",
    "rumor",
    "question",
    "quote",
    "statement",
    "myth",
    "fact",
    "allegation",
    "answer",
];

/// "Claim: “…”", "Claim 3: “…”": the word says what follows, not who said it.
fn is_label(document: &Document<'_>, source: &Range<usize>) -> bool {
    let number =
        usize::from(document.tokens.get(source.end).is_some_and(|t| t.kind == Kind::Number));
    source.len() == 1
        && is_one_of(document, source.start, LABELS)
        && document.form(source.end + number) == ":"
}

/// "It | is widely believed that", "Marr | is said to"; not "Marr is believed by many to", where many believe.
fn is_passive(document: &Document<'_>, source: &Range<usize>) -> bool {
    let sentence = document.sentences[document.sentence_of[source.start] as usize].tokens();
    let expletive = source.len() == 1 && is_one_of(document, source.start, &["it"]);
    let mut at = source.end;
    let mut be = false;
    let is_be = |t: usize| is_one_of(document, t, BE) || is_one_of(document, t, &["’s", "'s"]);
    let skips = |t: usize, be: bool| {
        is_be(t)
            || is_one_of(document, t, AUXILIARIES)
            || (be && (document.form(t).ends_with("ly") || is_one_of(document, t, MANNER)))
    };
    while at < sentence.end && at < source.end + 6 && skips(at, be) {
        be |= is_be(at);
        at += 1;
    }
    let reported = be && at < sentence.end && is_one_of(document, at, REPORTED);
    let next = |list: &[&str]| at + 1 < sentence.end && is_one_of(document, at + 1, list);
    reported && if expletive { !next(&["by", "to"]) } else { next(&["to"]) }
}

const MANNER: &[&str] =
    &["also", "still", "now", "long", "often", "even", "not", "never", "already", "however"];

/// "fears", "speculation": what people in general hold to be so.
pub(super) fn is_fear(document: &Document<'_>, token: usize) -> bool {
    is_one_of(document, token, FEARS)
}

/// The cue calls forth fears without saying whose.
pub(super) fn raises_fears(document: &Document<'_>, cue: &Range<usize>) -> bool {
    let noun = cue.clone().find(|&t| is_one_of(document, t, FEARS));
    noun.is_some_and(|noun| (cue.start..noun).any(|t| is_one_of(document, t, RAISES)))
}

/// How often the shape is an attribution in PolNeAR's train part, about.
const FEARED: f64 = 0.55;
/// Most tokens between noun and "that".
const REACH: usize = 6;

static NOUNS: LazyLock<Vec<Word>> = LazyLock::new(|| {
    let mut nouns: Vec<Word> = FEARS.iter().map(|n| Word::of(n)).collect();
    nouns.sort_unstable();
    nouns
});

/// Adds "speculation has emerged that …" and "the move fuelled fears that …" where nothing was found. `raws` stay in order of
/// their content's place.
pub(super) fn add_feared(document: &Document<'_>, raws: &mut Vec<Raw>) {
    let mut taken: Vec<Span> =
        raws.iter().flat_map(|r| r.content.iter().chain(&r.cue).copied()).collect();
    taken.sort_unstable();
    let free = |span: Span| {
        taken
            .get(taken.partition_point(|s| s.end <= span.start))
            .is_none_or(|s| s.start >= span.end)
    };
    let mut added = Vec::new();
    for sentence in document.prose_sentences() {
        let tokens = sentence.tokens();
        let mut close = tokens.start;
        // Behind what was added last: "fears grow that rumours spread that …" is one statement.
        let mut next = tokens.start;
        for noun in
            tokens.clone().filter(|&t| NOUNS.binary_search(&document.tokens[t].word).is_ok())
        {
            if noun < next {
                continue;
            }
            let Some((cue, content)) = feared(document, &tokens, noun, &mut close) else {
                continue;
            };
            let end = content.end;
            let Some((cue, content)) = span_of(document, cue).zip(span_of(document, content))
            else {
                continue;
            };
            if free(cue) && free(content) {
                next = end;
                added.push(Raw {
                    source: Vec::new(),
                    cue: vec![cue],
                    content: vec![content],
                    confidence: FEARED,
                });
            }
        }
    }
    raws.append(&mut added);
    raws.sort_by_key(|r| r.content.first().copied());
}

/// Cue and content around a noun: it rises by itself, or is raised by a verb before it; then "that". `close`: the mark found
/// for the noun before, so that a sentence is looked through once.
fn feared(
    document: &Document<'_>,
    sentence: &Range<usize>,
    noun: usize,
    close: &mut usize,
) -> Option<(Range<usize>, Range<usize>)> {
    let that =
        (noun + 1..sentence.end.min(noun + 1 + REACH)).find(|&t| document.form(t) == "that")?;
    if (noun + 1..that).any(|t| !document.tokens[t].is_word()) {
        return None;
    }
    let rises = (noun + 1..that).any(|t| is_one_of(document, t, RISES));
    let from = noun.saturating_sub(3).max(sentence.start);
    let raised = (from..noun).rev().find(|&t| is_one_of(document, t, RAISES));
    let begin = match raised {
        Some(verb) => verb,
        None if rises => noun,
        None => return None,
    };
    // The clause runs to the next comma that closes it, or to the end of the sentence.
    if *close < that + 4 {
        *close = (that + 4..sentence.end)
            .find(|&t| matches!(document.form(t), "," | ";" | "—" | "–"))
            .unwrap_or(sentence.end);
    }
    let last = (that + 1..*close).rev().find(|&t| document.tokens[t].is_word())?;
    (last > that + 2).then_some((begin..that, that..last + 1))
}

/// Words before a participle that are nobody.
const ADJUNCTS: &[&str] =
    &["despite", "by", "after", "before", "without", "while", "when", "since", "besides", "upon"];

/// "| Despite | offering | loans": what opens an adjunct was taken for the source, and the reading is rather wrong than right.
pub(super) fn opens_adjunct(document: &Document<'_>, raw: &Raw) -> bool {
    let ([source], Some(cue)) = (&raw.source[..], raw.cue.first()) else { return false };
    let (source, cue) = (touched(document, *source), touched(document, *cue));
    raw.confidence < SHOWN_FROM
        && source.len() == 1
        && source.end == cue.start
        && is_one_of(document, source.start, ADJUNCTS)
        && document.form(cue.start).ends_with("ing")
}
