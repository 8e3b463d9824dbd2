//! Speakers of whom the reader is not told who they are.

use crate::check::draft::Draft;
use crate::check::lists::List;
use crate::check::{Found, Kind, Severity, text};
use crate::entity::{Entity, How};
use crate::mark::{Act, Kind as Quoted, SourceClass};
use crate::text::{BlockKind, Case, Document, Span};
use std::collections::BTreeMap;

/// Attributions below are not shown to readers either.
const SURE: f64 = 0.6;

pub(super) static KIND: Kind = Kind {
    name: "speaker-without-role",
    summary: "Somebody speaks, and the article never tells who he is.",
    why: "Whether a docker or the owner of the port says that the port is safe makes the difference. The reader has to know at the first \
          mention.",
    help: "tell at the first mention what makes this person worth hearing: office, trade, tie to the story",
    severity: Severity::Warning,
    words: Some("names that need no introduction"),
    yes: &[
        text(
            "The bridge will close in May. “It is too late for that,” said Petra Lund. The gates open at six.",
        ),
        text("“The tram will come back in spring,” said Lars Enger. It last ran in 1974."),
    ],
    no: &[
        text(
            "The bridge will close in May. “It is too late for that,” said Ida Orr, a docker. Nobody else came on Monday.",
        ),
        text(
            "The mayor, Ivo Marr, came late. Marr said that the tram would come back. It last ran in 1974, on two lines.",
        ),
        text("Donald Trump said that the tram would come back. It last ran in 1974, on two lines."),
    ],
    find,
};

fn find(draft: &Draft<'_, '_>, out: &mut Vec<Found>) {
    let document = draft.document;
    let mentions = mentions(draft);
    let mut speakers: BTreeMap<usize, (Span, bool)> = BTreeMap::new();
    for attribution in &draft.marks.attributions {
        let speech = attribution.act == Act::Speech || attribution.kind != Quoted::Indirect;
        if attribution.confidence < SURE
            || !speech
            || attribution.source_class != SourceClass::Person
            || attribution.role.is_some()
            || attribution.cue.is_empty()
            || attribution.speakers.len() != 1
            || is_reporter(draft, &attribution.cue)
        {
            continue;
        }
        let named = attribution.source.iter().find_map(|source| {
            draft.names.mentions.iter().find(|m| m.how == How::Name && m.span.overlaps(*source))
        });
        let Some(named) = named.filter(|m| is_person(draft, m.entity)) else { continue };
        let quoted = attribution.kind != Quoted::Indirect;
        speakers.entry(named.entity).or_insert((named.span, quoted)).1 |= quoted;
    }
    for (entity, (said, quoted)) in speakers {
        let places = mentions.get(&entity).map_or(&[][..], Vec::as_slice);
        let Some(first) = places.iter().find(|s| in_prose(document, **s)).copied() else {
            continue;
        };
        let known = draft.lists.holds(List::Known, document, tokens(document, first))
            || draft.settings.added(&KIND, document).any(|s| s.overlaps(first));
        if known
            || !reads_like_a_person(draft, first, quoted)
            || has_kin(draft, entity)
            || places.iter().any(|place| is_described(draft, *place))
            || is_described(draft, said)
        {
            continue;
        }
        let words = draft.quoted(first);
        out.push(Found::at(
            first,
            format!("{words} speaks, and the reader is not told who that is"),
        ));
    }
}

fn tokens(document: &Document<'_>, span: Span) -> std::ops::Range<usize> {
    document.token_behind(span.start)..document.token_from(span.end)
}

fn in_prose(document: &Document<'_>, span: Span) -> bool {
    document.sentence_at(span.start).is_some_and(|s| {
        document.blocks[document.sentences[s].block as usize].kind == BlockKind::Prose
    })
}

/// The places where each entity is named.
fn mentions(draft: &Draft<'_, '_>) -> BTreeMap<usize, Vec<Span>> {
    let mut out: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    for mention in draft.names.mentions.iter().filter(|m| m.how == How::Name) {
        out.entry(mention.entity).or_default().push(mention.span);
    }
    out
}

/// Two words or more that read like a person's name: a lone one is too often a place or a paper.
fn is_person(draft: &Draft<'_, '_>, entity: usize) -> bool {
    let entity = &draft.names.entities[entity];
    entity.person && entity.words.len() >= 2 && entity.words.len() <= 3
}

/// A given name first, or quoted; written as names are, and no title in it: not a paper, a ride, a "Texas Sen."
fn reads_like_a_person(draft: &Draft<'_, '_>, place: Span, quoted: bool) -> bool {
    let own = tokens(draft.document, place);
    let shouted = own.clone().all(|t| draft.document.tokens[t].case == Case::Upper);
    (quoted || draft.is_given(own.start))
        && !shouted
        && !own.clone().any(|t| draft.tells(t))
        && (draft.document.form(own.end) != "."
            || own.end + 1 == draft.sentence_of(own.start).1.tokens().end)
}

/// Another person of the article has the same last name: a family, told together.
fn has_kin(draft: &Draft<'_, '_>, entity: usize) -> bool {
    let last = draft.names.entities[entity].words.last();
    let same = |(at, e): (usize, &Entity)| at != entity && e.words.last() == last;
    draft.names.entities.iter().enumerate().any(same)
}

/// The sentence, or the one before it, tells what he is: an office, a trade, a body; or the name stands beside words that
/// explain it.
fn is_described(draft: &Draft<'_, '_>, place: Span) -> bool {
    let document = draft.document;
    let Some(at) = document.sentence_at(place.start) else { return true };
    let own = tokens(document, place);
    let sentence = document.sentences[at].tokens();
    let before = draft.around(at, 1).start;
    let behind = draft.around(at, 1).end;
    let told = (before..behind).any(|t| !own.contains(&t) && draft.tells(t) && draft.is_written(t));
    // "Orr, 54,", "Orr, whose", "Orr of", "Orr (".
    let next = draft.form(own.end);
    let second = draft.form(own.end + 1);
    let beside =
        matches!(next.as_str(), "of" | "from" | "at" | "(" | "who" | "whose" | "with" | "—" | "–")
            || (next == ","
                && !matches!(second.as_str(), "said" | "says" | "“" | "\"" | "and" | "but"));
    let titled = own.start > sentence.start && {
        let previous = draft.form(own.start - 1);
        let word = document.tokens[own.start - 1].is_word();
        previous == "."
            || (word && !is_opener(&previous))
            || (previous == "," && own.start > sentence.start + 1)
    };
    told || beside || titled
}

/// Words before a name that tell nothing of who bears it.
fn is_opener(word: &str) -> bool {
    const OPENERS: &[&str] = &[
        "said",
        "says",
        "told",
        "asked",
        "added",
        "and",
        "but",
        "to",
        "that",
        "when",
        "as",
        "while",
        "with",
        "by",
        "for",
        "of",
        "on",
        "in",
        "then",
        "because",
        "if",
        "so",
        "wrote",
        "replied",
        "explained",
        "recalled",
        "argued",
        "noted",
        "warned",
        "insisted",
        "claimed",
        "from",
        "like",
        "after",
        "before",
        "though",
        "although",
        "yet",
        "also",
        "however",
        "about",
        "which",
        "where",
    ];
    OPENERS.contains(&word)
}

/// "Justin Orr reports": the paper's own man.
fn is_reporter(draft: &Draft<'_, '_>, cue: &[Span]) -> bool {
    cue.iter().any(|c| draft.words(*c).to_lowercase().contains("report"))
}
