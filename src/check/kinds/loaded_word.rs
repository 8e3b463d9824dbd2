//! Words that judge or inflame, in the article's own voice.

use crate::check::draft::Draft;
use crate::check::lists::List;
use crate::check::{Found, Kind, Severity, text};
use crate::mark::Layer;
use crate::text::Span;
use std::collections::BTreeSet;

/// Classes of loaded words that are reported, the least weight, and what such a word does.
const CLASSES: &[(&str, f64, &str)] = &[
    ("name-calling", 0.7, "calls somebody a name"),
    ("emotive", 0.65, "judges"),
    ("attack", 0.75, "attacks"),
    ("praise", 0.55, "praises"),
    ("exaggeration", 0.75, "exaggerates"),
    ("sarcasm", 0.9, "mocks"),
    ("verdict", 0.75, "passes judgement"),
    ("learned", 0.9, "judges"),
    ("us-them", 0.55, "judges"),
];

/// The sentence must read like one that judges: the words alone are often used plainly.
const SENTENCE: f64 = 0.15;

pub(super) static KIND: Kind = Kind {
    name: "loaded-word",
    summary: "A word that judges or inflames, in the article's own voice.",
    why: "In the words of a source, “shameful” is what somebody thinks. In the article's own it is what the paper thinks, and readers who \
          do not think so stop believing the rest.",
    help: "say what happened, or let a source say it",
    severity: Severity::Warning,
    words: Some("loaded words"),
    yes: &[
        text(
            "The mayor’s pathetic plan for the harbour was voted down on Monday. The council will meet again in June.",
        ),
        text(
            "His cronies on the board waved the budget through without a debate. The tram will cost nine million crowns.",
        ),
        text(
            "It was a disgraceful and cowardly vote. The tenants of the old town will pay for it until 2031.",
        ),
    ],
    no: &[
        text(
            "The mayor’s plan for the harbour was voted down on Monday. The council will meet again in June.",
        ),
        text(
            "“It is a pathetic plan,” said Ida Orr, who speaks for the tenants. The council will meet again in June.",
        ),
        text(
            "The storm killed nine people on the coast and left two villages without power for a week.",
        ),
    ],
    find,
};

fn find(draft: &Draft<'_, '_>, out: &mut Vec<Found>) {
    let mut seen = BTreeSet::new();
    for mark in draft.marks.layer(Layer::Loaded).iter().filter(|m| m.own_voice) {
        let Some((_, _, does)) =
            CLASSES.iter().find(|(c, w, _)| *c == mark.class && mark.value >= *w)
        else {
            continue;
        };
        let Some(sentence) = draft.document.sentence_at(mark.span.start) else { continue };
        let loaded =
            draft.marks.sentences[sentence].loaded >= SENTENCE && is_judgement(draft, mark.span);
        // Near reported speech the words may be a source's in paraphrase.
        if draft.has_source(sentence) || is_writers_tale(draft, sentence) {
            continue;
        }
        let paragraph = draft.document.sentences[sentence].block;
        let first = loaded && seen.insert((paragraph, draft.words(mark.span).to_lowercase()));
        if first && !draft.in_quotes(mark.span) {
            let words = draft.quoted(mark.span);
            out.push(Found::at(mark.span, format!("{words} {does}, in the article's own voice")));
        }
    }
    for span in draft.settings.added(&KIND, draft.document) {
        let token = draft.document.token_from(span.start);
        if draft.is_written(token) && draft.marks.is_own_voice(token) {
            let words = draft.quoted(span);
            out.push(Found::at(span, format!("{words} judges, in the article's own voice")));
        }
    }
}

/// A word of the list that judges in nearly any use, and none that is denied, doubted or said to be somebody's view.
fn is_judgement(draft: &Draft<'_, '_>, span: Span) -> bool {
    const BEFORE: &[&str] = &[
        "not",
        "no",
        "never",
        "seem",
        "seems",
        "seemed",
        "sound",
        "sounds",
        "look",
        "looks",
        "feel",
        "feels",
        "felt",
        "as",
        "if",
        "called",
        "considered",
        "deemed",
        "or",
        "nor",
        "neither",
        "hardly",
        "perceived",
        "against",
        "anti",
        "fighting",
        "fight",
        "combat",
        "charges",
        "charge",
        "accusations",
        "claims",
        "claim",
        "less",
        "too",
        "how",
        "maybe",
        "perhaps",
        "whether",
    ];
    let tokens = draft.document.token_from(span.start)..draft.document.token_from(span.end);
    let near = (tokens.start.saturating_sub(3)..tokens.start).any(|t| {
        let form = draft.form(t);
        BEFORE.contains(&form.as_str()) || form.ends_with("n't") || form.ends_with("n’t")
    });
    !near && draft.holds(List::Judging, tokens)
}

/// The writer tells of himself: a column, a letter.
fn is_writers_tale(draft: &Draft<'_, '_>, sentence: usize) -> bool {
    let mut tokens = draft.document.sentences[sentence].tokens();
    tokens.any(|t| matches!(draft.document.form(t), "I" | "I’m" | "I'm" | "my" | "My" | "me"))
}
