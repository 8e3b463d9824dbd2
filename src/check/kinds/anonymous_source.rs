//! Sources without a name, and no reason for it.

use crate::check::draft::Draft;
use crate::check::lists::List;
use crate::check::{Found, Kind, Severity, text};
use crate::mark::{Act, Attribution, Kind as Quoted, SourceClass};
use crate::text::{Case, Span};
use std::collections::BTreeSet;

/// Attributions below are not shown to readers either.
const SURE: f64 = 0.5;

pub(super) static KIND: Kind = Kind {
    name: "anonymous-source",
    summary: "A source whom nobody could look up, and no reason why it is not named.",
    why: "Nobody can weigh the words of “officials” or “experts”, or hold them to their words. Where a name has to be kept back, the \
          reader should be told why, and how the source can know.",
    help: "name the source, or tell why it is not named and how it can know",
    severity: Severity::Warning,
    words: Some("words for people whom nobody could look up"),
    yes: &[
        text("The bridge will close in May, officials said. The port has not told its workers."),
        text(
            "“It was a mistake from the first day,” a senior aide to the mayor said. The plan was dropped in March.",
        ),
        text("Critics say the plan will ruin the old town. The council votes on Friday."),
    ],
    no: &[
        text(
            "The bridge will close in May, said Ida Orr, who runs the port of Norby. Its workers were told on Monday.",
        ),
        text(
            "“It was a mistake,” said an aide, who asked not to be named because he still works for the mayor. The plan was dropped.",
        ),
        text(
            "The council said that the plan would be dropped. It did not give a date for its next meeting.",
        ),
    ],
    find,
};

fn find(draft: &Draft<'_, '_>, out: &mut Vec<Found>) {
    let mut seen = BTreeSet::new();
    for attribution in &draft.marks.attributions {
        let Some((source, head)) = unnamed(draft, attribution) else { continue };
        let Some(sentence) = draft.document.sentence_at(source.start) else { continue };
        if !draft.is_prose(&draft.document.sentences[sentence])
            || draft.in_quotes(source)
            || names_one_of_them(draft, sentence)
            || is_only_possible(draft, source)
            || tells_why(draft, sentence)
        {
            continue;
        }
        // "The official": he was introduced before, and his words are told on.
        let first = seen.insert(head);
        if first || !draft.words(source).to_lowercase().starts_with("the ") {
            let who = draft.quoted(source);
            out.push(Found::at(
                source,
                format!("no name is given for {who}, and no reason why not"),
            ));
        }
    }
}

/// The source and its head, where nobody could look it up.
fn unnamed(draft: &Draft<'_, '_>, attribution: &Attribution) -> Option<(Span, String)> {
    let spoken = attribution.act == Act::Speech
        || (attribution.act == Act::Thought && attribution.kind != Quoted::Indirect);
    if attribution.confidence < SURE
        || !spoken
        || attribution.source_class != SourceClass::Anonymous
        || attribution.cue.is_empty()
    {
        return None;
    }
    let [source] = attribution.source[..] else { return None };
    let document = draft.document;
    let first = document.token_from(source.start);
    let last = document.token_from(source.end);
    // "Marr, an official who", "Orr and her aides": the name stands beside.
    let beside = first > 0 && matches!(document.form(first - 1), "," | "(" | "—" | "–" | "and");
    let joined = (first..last).any(|t| {
        matches!(
            draft.form(t).as_str(),
            "and"
                | "who"
                | "his"
                | "her"
                | "my"
                | "our"
                | "neither"
                | "nor"
                | "no"
                | "any"
                | "every"
        )
    });
    if (beside && !opens_clause(draft, first)) || joined {
        return None;
    }
    // A name in it: somebody in particular, or an office that can be asked.
    let owned = (first..last).any(|t| {
        matches!(draft.form(t).rsplit(['’', '\'']).next(), Some("s"))
            && draft.form(t).contains(['’', '\''])
    });
    let named = owned
        || (first + 1..last)
            .any(|t| document.tokens[t].case != Case::Lower && document.tokens[t].is_word());
    let hits = draft.lists.find(List::Unnamed, document, first..last);
    let added = draft.settings.added(&KIND, document).any(|s| source.contains(s));
    if !(added || !hits.is_empty() && !named) {
        return None;
    }
    let words = draft.lists.lexicon(List::Unnamed);
    let crowd = hits.iter().all(|h| words.entries[h.entry].note == "crowd");
    if crowd && !added && !(last - first <= 2 && is_plainly_said(draft, attribution)) {
        return None;
    }
    let head = hits.last().map_or(String::new(), |h| draft.form(h.last - 1));
    Some((source, head.trim_end_matches('s').to_owned()))
}

/// The paragraph or one beside it tells why.
fn tells_why(draft: &Draft<'_, '_>, sentence: usize) -> bool {
    let here = draft.paragraph(sentence);
    let before = here.start.checked_sub(1).map(|t| draft.paragraph(draft.sentence_of(t).0));
    let behind = (here.end < draft.document.tokens.len())
        .then(|| draft.paragraph(draft.sentence_of(here.end).0));
    [Some(here), before, behind].into_iter().flatten().any(|p| draft.holds(List::Reason, p))
}

/// A comma before it that closes a quotation or an opening phrase: "…,” officials said", "On Monday, officials said".
fn opens_clause(draft: &Draft<'_, '_>, first: usize) -> bool {
    let comma = first - 1;
    let named = |m: &crate::entity::Named| draft.document.token_from(m.span.end) == comma;
    draft.document.form(comma) == "," && !draft.names.mentions.iter().any(named)
}

/// "Some say", "many argue": of a crowd only what is plainly said.
fn is_plainly_said(draft: &Draft<'_, '_>, attribution: &Attribution) -> bool {
    const SAID: &[&str] = &[
        "say",
        "said",
        "argue",
        "argued",
        "warn",
        "warned",
        "claim",
        "claimed",
        "insist",
        "insisted",
        "contend",
        "complain",
        "complained",
        "suggest",
        "suggested",
        "fear",
        "feared",
        "think",
        "believe",
        "worry",
        "accuse",
        "accused",
        "call",
        "called",
        "blame",
        "blamed",
        "saying",
        "wonder",
    ];
    attribution.cue.iter().any(|cue| {
        draft.document.tokens_within(*cue).any(|t| SAID.contains(&draft.form(t).as_str()))
    })
}

/// "Some experts say … Dr. Orr, for one, …": the paragraph goes on with one of them by name.
fn names_one_of_them(draft: &Draft<'_, '_>, sentence: usize) -> bool {
    let sentences = &draft.document.sentences;
    let next = (sentence + 1..(sentence + 3).min(sentences.len()))
        .take_while(|&s| sentences[s].block == sentences[sentence].block);
    next.flat_map(|s| draft.attributions(s)).any(|a| a.source_class == SourceClass::Person)
}

/// "Experts can say", "critics would argue": nobody has said it.
fn is_only_possible(draft: &Draft<'_, '_>, source: Span) -> bool {
    let next = draft.document.token_from(source.end);
    matches!(
        draft.form(next).as_str(),
        "can" | "could" | "should" | "may" | "might" | "must" | "to"
    )
}
