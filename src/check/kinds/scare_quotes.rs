//! Quotation marks around a word that nobody is said to have said.

use crate::check::draft::Draft;
use crate::check::lists::List;
use crate::check::{Found, Kind, Severity, text};
use crate::mark::Layer;

/// The sentence must read like one that judges: marks around a term or a translation are none of distance.
const SENTENCE: f64 = 0.02;

pub(super) static KIND: Kind = Kind {
    name: "scare-quotes",
    summary: "Quotation marks around a word that nobody is said to have said.",
    why: "Marks around “experts” say that they are none, and do not say why. The reader cannot tell a quotation from a sneer.",
    help: "take the marks off, or tell whose word it is",
    severity: Severity::Warning,
    words: None,
    yes: &[
        text(
            "The council’s “experts” drew up the shameful plan in a week. The tenants were not asked.",
        ),
        text(
            "So much for the “reform” that was to save the old town from greedy landlords. Rents rose again in May.",
        ),
    ],
    no: &[
        text("The council’s experts drew up the plan in a week. The tenants were not asked."),
        text("Ida Orr called the plan “shameful”. The council will meet again in June."),
        text("The word “fjord” is from Norse. It is used for any long bay on this coast."),
    ],
    find,
};

fn find(draft: &Draft<'_, '_>, out: &mut Vec<Found>) {
    let scares = draft.marks.layer(Layer::Loaded).iter().filter(|m| m.class == "scare-quote");
    for mark in scares {
        let Some(at) = draft.document.sentence_at(mark.span.start) else { continue };
        let sentence = &draft.document.sentences[at];
        let tokens = sentence.tokens();
        let inner =
            draft.document.token_from(mark.span.start)..draft.document.token_from(mark.span.end);
        let heavy = draft.marks.sentences[at].loaded >= SENTENCE;
        if heavy
            && draft.is_prose(sentence)
            && draft.holds(List::Scare, inner)
            && !draft.has_source(at)
            && !draft.holds(List::Speech, tokens)
            && !is_said_elsewhere(draft, mark.span)
        {
            let words = draft.quoted(mark.span);
            out.push(Found::at(
                mark.span,
                format!("marks of quotation around {words}, which nobody is said to have said"),
            ));
        }
    }
}

/// Somebody says the words in another place: they are quoted from there.
fn is_said_elsewhere(draft: &Draft<'_, '_>, span: crate::text::Span) -> bool {
    let bare = |s: &str| {
        s.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect::<String>()
    };
    let words = bare(draft.words(span));
    let said = |s: &crate::text::Span| bare(draft.words(*s)).contains(&words);
    draft.marks.attributions.iter().flat_map(|a| &a.content).any(said)
}
