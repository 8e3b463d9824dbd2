//! Headlines that say more than the text does.

use crate::check::draft::Draft;
use crate::check::lists::{List, Lists};
use crate::check::{Example, Found, Kind, Severity};
use crate::mark::Layer;
use crate::text::{Document, Span};
use std::ops::Range;

pub(super) static KIND: Kind = Kind {
    name: "headline",
    summary: "A headline that is stronger than the text under it.",
    why: "Most readers see the headline only. Where the text says “may” or “criticised”, a headline that says “will” or “destroys” \
          tells them what the article does not.",
    help: "bring the headline down to what the text says, or show in the text what the headline says",
    severity: Severity::Error,
    words: Some("words too strong for a headline"),
    yes: &[
        Example {
            headline: "Mayor destroys critics of harbour plan",
            text: "The mayor answered questions on the plan for the harbour on Monday. Ivo Marr said that the work would begin in May. The council will vote on Friday.",
        },
        Example {
            headline: "Harbour dredging poisons oyster beds",
            text: "Dredging in the harbour may poison the oyster beds, Ida Orr, a biologist, said on Monday. Samples were taken in May. Results will come in June.",
        },
    ],
    no: &[
        Example {
            headline: "Mayor answers critics of harbour plan",
            text: "The mayor answered questions on the plan for the harbour on Monday. Ivo Marr said that the work would begin in May. The council will vote on Friday.",
        },
        Example {
            headline: "Harbour dredging may poison oyster beds",
            text: "Dredging in the harbour may poison the oyster beds, Ida Orr, a biologist, said on Monday. Samples were taken in May. Results will come in June.",
        },
        Example {
            headline: "Chaos at the port as crane falls",
            text: "There was chaos at the port on Monday when a crane fell. Nobody was hurt. The gates opened again at noon.",
        },
    ],
    find,
};

/// The headline as a text of its own.
struct Headline<'a> {
    document: Document<'a>,
    tokens: Range<usize>,
    /// Where it begins in the article's text; `None` where it was given apart.
    offset: Option<u32>,
}

impl Headline<'_> {
    fn span(&self, tokens: Range<usize>) -> Option<Span> {
        let all = &self.document.tokens;
        let span = all[tokens.start].span.cover(all[tokens.end - 1].span);
        self.offset.map(|o| Span { start: span.start + o, end: span.end + o })
    }
}

fn find(draft: &Draft<'_, '_>, out: &mut Vec<Found>) {
    let Some(headline) = headline(draft) else { return };
    if force(draft, &headline, out) {
        return;
    }
    doubt(draft, &headline, out);
}

/// The headline in the text, or the one that was given apart from it.
fn headline<'s>(draft: &Draft<'s, '_>) -> Option<Headline<'s>> {
    let own =
        draft.document.headline().map(|b| (b.span.slice(draft.document.text), Some(b.span.start)));
    let title = draft.scored.article.title.as_deref().map(|t| (t, None));
    let (text, offset) = own.or(title)?;
    let document = Document::new(text);
    let tokens = 0..document.tokens.len();
    (tokens.len() >= 3).then_some(Headline { document, tokens, offset })
}

/// A strong word that stands in the headline, and no word of its kind in the text.
fn force(draft: &Draft<'_, '_>, headline: &Headline<'_>, out: &mut Vec<Found>) -> bool {
    let document = &headline.document;
    let list = draft.lists.lexicon(List::Force);
    let before = out.len();
    for hit in list.find(document, headline.tokens.clone()) {
        let stem = stem(&document.form(hit.first).to_lowercase());
        let quoted = quoted(document, hit.first);
        if !quoted && !is_in_text(draft, &stem) && !same_force(draft, draft.lists, hit.entry) {
            let words = draft_words(document, hit.first..hit.last);
            out.push(Found {
                span: headline.span(hit.first..hit.last),
                message: format!("the headline says “{words}”; nothing in the text is as strong"),
            });
        }
    }
    out.len() > before
}

fn draft_words<'d>(document: &'d Document<'_>, tokens: Range<usize>) -> &'d str {
    let span = document.tokens[tokens.start].span.cover(document.tokens[tokens.end - 1].span);
    span.slice(document.text)
}

/// The text has a word of the same entry.
fn same_force(draft: &Draft<'_, '_>, lists: &Lists, entry: usize) -> bool {
    let all = 0..draft.document.tokens.len();
    let headline = |t: usize| {
        let (_, sentence) = draft.sentence_of(t);
        !draft.block(sentence).is_prose()
    };
    lists
        .find(List::Force, draft.document, all)
        .iter()
        .any(|h| h.entry == entry && !headline(h.first))
        || draft.marks.layer(Layer::Loaded).iter().any(|m| {
            matches!(m.class, "attack" | "emotive" | "exaggeration")
                && m.group == 0
                && m.value >= 0.8
        })
}

/// A word of the prose has the stem.
fn is_in_text(draft: &Draft<'_, '_>, stem: &str) -> bool {
    draft
        .document
        .prose_sentences()
        .any(|s| s.tokens().any(|t| self::stem(&draft.form(t)) == *stem))
}

/// A word without its ending, roughly: "poisons", "poisoned" and "poisoning" are one.
fn stem(word: &str) -> String {
    let word = word.trim_end_matches("’s").trim_end_matches("'s");
    for ending in ["ings", "ing", "ies", "ied", "ers", "er", "es", "ed", "s", "e", "y"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|s| s.chars().count() >= 4) {
            return stem.to_owned();
        }
    }
    word.to_owned()
}

/// Between marks of quotation: somebody's word.
fn quoted(document: &Document<'_>, token: usize) -> bool {
    const MARKS: &[&str] = &["“", "”", "\"", "‘", "’", "'"];
    let mark = |t: usize| MARKS.contains(&document.form(t));
    (0..token).any(mark) && (token + 1..document.tokens.len()).any(mark)
}

/// Least share of the headline's words that the sentence must share to be the one that it tells.
const SHARED: f64 = 0.6;
/// Sentences from the beginning that a headline is made of.
const OPENING: usize = 4;

/// The text says it with "may" or "alleged", the headline without.
fn doubt(draft: &Draft<'_, '_>, headline: &Headline<'_>, out: &mut Vec<Found>) {
    let document = &headline.document;
    let limited = draft.lists.holds(List::Limit, document, headline.tokens.clone())
        || headline
            .tokens
            .clone()
            .any(|t| matches!(document.form(t), "?" | ":" | "“" | "\"" | "‘" | "'" | "”" | "|"));
    if limited {
        return;
    }
    let content = |d: &Document<'_>, tokens: Range<usize>| -> Vec<String> {
        tokens
            .filter(|&t| d.tokens[t].is_word() && d.form(t).chars().count() >= 4)
            .map(|t| stem(&d.form(t).to_lowercase()))
            .collect()
    };
    let told = content(document, headline.tokens.clone());
    if told.len() < 3 {
        return;
    }
    for sentence in draft.document.prose_sentences().take(OPENING) {
        let here = content(draft.document, sentence.tokens());
        let shared = told.iter().filter(|w| here.contains(w)).count();
        if (shared as f64) < SHARED * told.len() as f64 {
            continue;
        }
        let hedge = sentence.tokens().find(|&t| {
            HEDGES.contains(&draft.form(t).as_str())
                && draft.is_written(t)
                && governs(draft, t, &told)
        });
        let Some(hedge) = hedge else { return };
        let words = draft.quoted(draft.span(hedge..hedge + 1));
        out.push(Found {
            span: headline.span(headline.tokens.clone()),
            message: format!("the text says {words}, the headline leaves it out"),
        });
        return;
    }
}

/// Words of doubt, each of which a headline may not leave out. The marked hedges would not do: a warning of what may come is
/// seldom one of them.
const HEDGES: &[&str] = &[
    "may",
    "might",
    "could",
    "reportedly",
    "allegedly",
    "possibly",
    "perhaps",
    "likely",
    "alleged",
    "suspected",
];

/// A word that the headline shares stands right behind the hedge.
fn governs(draft: &Draft<'_, '_>, hedge: usize, told: &[String]) -> bool {
    const REACH: usize = 3;
    (hedge + 1..hedge + 1 + REACH)
        .any(|t| t < draft.document.tokens.len() && told.contains(&stem(&draft.form(t))))
}
