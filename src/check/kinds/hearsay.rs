//! What is passed on without telling who says it.

use crate::check::draft::Draft;
use crate::check::lists::List;
use crate::check::{Found, Kind, Severity, text};

pub(super) static KIND: Kind = Kind {
    name: "hearsay",
    summary: "What others are said to say, passed on without telling who they are.",
    why: "“Reportedly” and “it is believed that” spread a rumour under the name of the paper, and leave the reader nobody to ask.",
    help: "tell who says so and how they know, or leave it out",
    severity: Severity::Warning,
    words: Some("words that pass on what is said"),
    yes: &[
        text(
            "The firm reportedly paid nine million crowns for the quay. Its office was closed on Monday.",
        ),
        text("Rumour has it that the mayor will go in May. The council meets on Friday."),
        text("The owner is believed to have left the country. His house stands empty."),
    ],
    no: &[
        text(
            "The firm paid nine million crowns for the quay, according to the register of the port. Its office was closed on Monday.",
        ),
        text("The firm allegedly paid the judge, the indictment says. The trial opens in May."),
        text("“It is believed that he left,” Ida Orr, a neighbour, said. His house stands empty."),
    ],
    find,
};

fn find(draft: &Draft<'_, '_>, out: &mut Vec<Found>) {
    let document = draft.document;
    let list = draft.lists.lexicon(List::Hearsay);
    for hit in list.find(document, 0..document.tokens.len()) {
        let (at, sentence) = draft.sentence_of(hit.first);
        let charged = list.entries[hit.entry].note == "alleged"
            && draft.holds(List::Legal, draft.around(at, 2));
        // "Judicial sources say": an anonymous source, and of another kind.
        let told = matches!(draft.form(hit.first).as_str(), "sources" | "reports" | "speculation")
            && hit.first > sentence.tokens().start
            && document.tokens[hit.first - 1].is_word();
        if !draft.is_written(hit.first) || charged || told {
            continue;
        }
        let span = draft.span(hit.first..hit.last);
        if names_source(draft, at, span)
            || sourced_nearby(draft, sentence.tokens(), hit.first..hit.last)
        {
            continue;
        }
        let words = draft.quoted(span);
        out.push(Found::at(
            span,
            format!("{words} passes on what somebody says, and not who says it"),
        ));
    }
    for span in draft.settings.added(&KIND, document) {
        let token = document.token_from(span.start);
        if draft.is_written(token) {
            let words = draft.quoted(span);
            out.push(Found::at(
                span,
                format!("{words} passes on what somebody says, and not who says it"),
            ));
        }
    }
}

/// Another cue in the sentence, or in the one before or behind, names somebody who tells it.
fn names_source(draft: &Draft<'_, '_>, sentence: usize, span: crate::text::Span) -> bool {
    draft.attributions(sentence).any(|a| {
        let content = a.content.iter().any(|c| c.overlaps(span));
        let cue = a.cue.iter().any(|c| c.overlaps(span));
        !cue && content && (!a.source.is_empty() || !a.speakers.is_empty())
    })
}

/// "reportedly told The Courier", "is believed to be hiding, police said": the sentence names where it comes from.
fn sourced_nearby(
    draft: &Draft<'_, '_>,
    sentence: std::ops::Range<usize>,
    hit: std::ops::Range<usize>,
) -> bool {
    const FROM: &[&str] = &[
        "said",
        "says",
        "according",
        "told",
        "reported",
        "reports",
        "wrote",
        "writes",
        "by",
        "among",
        "announced",
        "cited",
        "citing",
        "sources",
        "source",
        "per",
        "found",
        "estimates",
        "experts",
        "scientists",
        "researchers",
        "historians",
        "police",
        "study",
        "officials",
        "investigators",
        "authorities",
        "report",
        "interview",
    ];
    sentence.filter(|t| !hit.contains(t)).any(|t| FROM.contains(&draft.form(t).as_str()))
}
