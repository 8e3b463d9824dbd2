//! Verbs that judge what was said.

use crate::check::draft::Draft;
use crate::check::lists::List;
use crate::check::{Found, Kind, Severity, text};
use crate::mark::{Act, Attribution};
use crate::text::Span;

/// Surest attributions only: "claimed" of land or of lives is none.
const SURE: f64 = 0.5;

pub(super) static KIND: Kind = Kind {
    name: "verdict-verb",
    summary: "A verb that judges what was said: claimed, admitted, insisted.",
    why: "“Said” tells that something was said. “Claimed” adds that it may not be so, “admitted” that it was a fault, “slammed” that \
          there was a fight. The reader is given the writer's verdict without the reasons for it.",
    help: "write “said”, or show why the stronger word is earned",
    severity: Severity::Warning,
    words: Some("verbs of speech that judge"),
    yes: &[
        text(
            "The mayor, Ivo Marr, claimed on Monday that the harbour was safe. The port will open next week.",
        ),
        text(
            "Ida Orr, who runs the clinic, admitted that the queue was long. She hopes for more nurses.",
        ),
        text("“We paid for all of it,” the landlord insisted. The tenants will meet on Friday."),
    ],
    no: &[
        text(
            "The harbour is safe, Ivo Marr, the mayor, said on Monday. The port will open next week.",
        ),
        text("The flood claimed nine lives. Two hundred people were admitted to hospital."),
        text("No group has claimed responsibility for the fire at the depot in Norby."),
    ],
    find,
};

fn find(draft: &Draft<'_, '_>, out: &mut Vec<Found>) {
    let document = draft.document;
    let verdicts = draft.lists.lexicon(List::Verdict);
    let mut cues: Vec<Span> = draft
        .marks
        .attributions
        .iter()
        .filter(|a| a.confidence >= SURE && is_somebodys(draft, a))
        .flat_map(|a| a.cue.iter().copied())
        .collect();
    cues.sort_unstable();
    let is_cue = |span: Span| {
        let at = cues.partition_point(|cue| cue.end <= span.start);
        cues.get(at).is_some_and(|cue| cue.contains(span))
    };
    for hit in verdicts.find(document, 0..document.tokens.len()) {
        let span = draft.span(hit.first..hit.last);
        if draft.is_written(hit.first)
            && (is_cue(span) || draft.form(hit.last) == "that")
            && !is_plain_use(draft, hit.first, hit.last)
        {
            let what = &verdicts.entries[hit.entry].note;
            out.push(Found::at(span, format!("{} {what}", draft.quoted(span))));
        }
    }
    for span in draft.settings.added(&KIND, document).filter(|s| is_cue(*s)) {
        out.push(Found::at(span, format!("{} judges what was said", draft.quoted(span))));
    }
}

/// A statement of somebody else than the writer.
fn is_somebodys(draft: &Draft<'_, '_>, attribution: &Attribution) -> bool {
    let own = |span: &Span| {
        matches!(draft.words(*span).to_lowercase().as_str(), "i" | "we" | "you" | "one" | "let’s")
    };
    attribution.act != Act::Will
        && (!attribution.source.is_empty() || !attribution.speakers.is_empty())
        && !attribution.source.iter().any(own)
}

/// "claimed responsibility", "admitted to the bar", "pleaded": what the verb means there is no speech, or a term.
fn is_plain_use(draft: &Draft<'_, '_>, first: usize, last: usize) -> bool {
    const AFTER: &[&str] = &[
        "responsibility",
        "victory",
        "lives",
        "credit",
        "asylum",
        "guilt",
        "guilty",
        "to",
        "into",
        "defeat",
        "benefits",
        "insurance",
    ];
    let form = draft.form(first);
    let next = draft.form(last);
    let claims =
        form.starts_with("claim") || form.starts_with("admit") || form.starts_with("conced");
    let before = first.checked_sub(1).map(|t| draft.form(t)).unwrap_or_default();
    let noun = matches!(form.as_str(), "claim" | "claims" | "boast" | "boasts")
        && (BEFORE_NOUNS.contains(&before.as_str())
            || before.ends_with("’s")
            || before.ends_with("'s")
            || before.ends_with("ing")
            || before.ends_with("less"));
    let passive = before == "be" || before == "been";
    noun || passive || (claims && AFTER.contains(&next.as_str()))
}

/// Words before "claims" the noun.
const BEFORE_NOUNS: &[&str] = &[
    "the",
    "a",
    "his",
    "her",
    "their",
    "its",
    "that",
    "this",
    "such",
    "these",
    "those",
    "any",
    "no",
    "of",
    "some",
    "many",
    "other",
    "several",
    "false",
    "unfounded",
    "dubious",
    "wild",
    "unproven",
    "similar",
    "more",
    "all",
    "legal",
    "made",
    "make",
    "makes",
    "with",
    "on",
    "about",
    "and",
    "new",
    "disputed",
    "true",
    "unverified",
    "old",
    "specific",
    "two",
    "three",
    "by",
    "for",
    "in",
    "over",
];
