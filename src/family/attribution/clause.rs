//! Subjects that stand away from their verb: before a clause or an apposition, behind a participle, or with the verb before.

use super::raw::{Raw, is_one_of, span_of, touched};
use super::subject::{
    ARTICLES, BEHIND, FARTHEST, LONGEST, NO_SUBJECT, SUBJECTS, cue_of, is_relative, sentence_of,
    take, word,
};
use super::unsourced::raises_fears;
use super::verbs::{is_adverb, is_auxiliary};
use crate::text::{Case, Document, Span};
use std::ops::Range;

/// The noun that ends before a token, as far as a mark or a word that parts clauses.
fn noun_before(document: &Document<'_>, end: usize) -> Option<Span> {
    let sentence = sentence_of(document, end.checked_sub(1)?);
    let short = |t: usize| {
        document.form(t) == "."
            && t > 0
            && document.form(t - 1).len() <= 4
            && document.tokens[t - 1].case != Case::Lower
    };
    let inside = |t: &usize| {
        (word(document, *t) || short(*t))
            && !is_one_of(document, *t, PARTS)
            && !is_auxiliary(document, *t)
    };
    let first = (sentence.start..end).rev().take(LONGEST).take_while(inside).last()?;
    let whole = first == sentence.start || is_parted(document, first);
    span_of(document, first..end)
        .filter(|_| whole && !is_one_of(document, first, NO_SUBJECT) && !is_adverb(document, first))
}

/// A mark or a word that parts clauses stands before a token.
pub(super) fn is_parted(document: &Document<'_>, token: usize) -> bool {
    token
        .checked_sub(1)
        .is_none_or(|before| !word(document, before) || is_one_of(document, before, PARTS))
}

/// Words that part a clause from the one before.
pub(super) const PARTS: &[&str] = &[
    "that", "but", "and", "because", "while", "when", "if", "as", "although", "though", "since",
    "where", "so", "yet",
];
/// A comma stands right before the verb, adverbs aside, and the verb is finite.
fn behind_comma(document: &Document<'_>, cue: &Range<usize>) -> Option<usize> {
    let start = sentence_of(document, cue.start).start;
    let skips = |t: &usize| is_adverb(document, *t) || is_auxiliary(document, *t);
    let comma = (start..cue.start)
        .rev()
        .take(4)
        .find(|t| !skips(t))
        .filter(|&t| document.form(t) == ",")?;
    let finite = document.tokens[cue.start].case == Case::Lower
        && !document.form(cue.start).ends_with("ing");
    (finite && !is_one_of(document, cue.start, NO_SUBJECT)).then_some(comma)
}

/// "Marr, who said last week that Dorn had lied, | issued": neither "who" nor Dorn, but the noun of the clause.
pub(super) fn around_a_clause(document: &Document<'_>, raw: &mut Raw) {
    let ([source], Some(cue)) = (&raw.source[..], cue_of(document, raw)) else { return };
    let Some(comma) = behind_comma(document, &cue) else { return };
    let source = touched(document, *source);
    let sentence = sentence_of(document, cue.start);
    let relative = |t: &usize| {
        is_one_of(document, *t, &["who", "which", "whose"]) && document.form(*t - 1) == ","
    };
    let Some(who) = (sentence.start + 1..comma).rev().take(REACH).find(relative) else { return };
    if source.start > comma || (source.start < who && source.end > who) {
        return;
    }
    let noun = noun_before(document, who - 1);
    if let Some(noun) =
        noun.filter(|n| !raw.content.iter().chain(&raw.source).any(|s| s.overlaps(*n)))
    {
        // "who" may be right: the clause may not be over.
        raw.source =
            vec![if source.contains(&who) { noun.cover(document.tokens[who].span) } else { noun }];
    }
}

/// "His critics, | many of them clerks, | argue": the noun before the apposition.
pub(super) fn around_an_apposition(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw) else { return };
    let Some(close) = behind_comma(document, &cue) else { return };
    let [source] = raw.source[..] else {
        if raw.source.is_empty() {
            named_before(document, raw, close);
        }
        return;
    };
    let source = touched(document, source);
    let Some(open) =
        source.start.checked_sub(1).filter(|&t| document.form(t) == "," && source.end == close)
    else {
        return;
    };
    let apposed = is_one_of(
        document,
        source.start,
        &[
            "many", "most", "both", "all", "some", "a", "an", "himself", "herself", "his", "her",
            "its", "their",
        ],
    );
    let noun = noun_before(document, open)
        .filter(|n| apposed && !raw.content.iter().any(|s| s.overlaps(*n)));
    if let Some(noun) = noun {
        raw.source =
            span_of(document, touched(document, noun).start..source.end).into_iter().collect();
    }
}

/// "Ana Dorn, the mayor of the town, | said": found was nothing.
fn named_before(document: &Document<'_>, raw: &mut Raw, close: usize) {
    let start = sentence_of(document, close).start;
    let Some(open) = (start..close)
        .rev()
        .take(FARTHEST)
        .find(|&t| !word(document, t))
        .filter(|&t| document.form(t) == ",")
    else {
        return;
    };
    let name =
        |noun: &Span| touched(document, *noun).all(|t| document.tokens[t].case != Case::Lower);
    let noun = noun_before(document, open).filter(name);
    if let Some(whole) =
        noun.and_then(|noun| span_of(document, touched(document, noun).start..close))
    {
        take(raw, whole);
    }
}

/// "Promising that the mill would stay, | Marr left": the subject stands behind the participle's content.
pub(super) fn behind_a_participle(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw).filter(|_| raw.source.is_empty()) else { return };
    let sentence = sentence_of(document, cue.start);
    let ing = document.form(cue.start).len() > 5 && document.form(cue.start).ends_with("ing");
    let leads = sentence.start == cue.start
        || (sentence.start + 1 == cue.start
            && is_one_of(document, sentence.start, &["after", "before", "in", "while", "by"]));
    let Some(comma) = raw
        .content
        .last()
        .map(|s| touched(document, *s).end)
        .filter(|&t| ing && leads && t + 1 < sentence.end && document.form(t) == ",")
    else {
        return;
    };
    if let Some(source) = opening_subject(document, &(comma + 1..sentence.end), sentence.end) {
        raw.source = source;
    }
}

/// Tokens before a verb that are looked through for the clause in between.
const REACH: usize = 40;
/// Words that end the noun of a relative clause, looked at from its end.
const BEFORE: &[&str] = &[
    "and",
    "but",
    "or",
    "to",
    "by",
    "from",
    "with",
    "on",
    "at",
    "in",
    "that",
    "than",
    "about",
    "for",
    "against",
    "among",
    "including",
    "like",
    "be",
    "been",
    "being",
    "as",
    "when",
    "if",
    "because",
    "there",
    "it",
    "are",
];
/// "some sailors | who know the bridge say": they, and not only "who".
pub(super) fn antecedent(document: &Document<'_>, raw: &mut Raw) {
    let [source] = raw.source[..] else { return };
    let who = touched(document, source);
    if who.len() != 1 || document.form(who.start) != "who" {
        return;
    }
    let start = sentence_of(document, who.start).start;
    let noun = |t: &usize| {
        word(document, *t) && !is_one_of(document, *t, BEFORE) && !is_auxiliary(document, *t)
    };
    let Some(mut first) = (start..who.start).rev().take(LONGEST).take_while(noun).last() else {
        return;
    };
    // Words before the determiner are another phrase's.
    let opens = |t: &usize| {
        is_one_of(document, *t, ARTICLES)
            || is_one_of(
                document,
                *t,
                &["some", "many", "most", "several", "those", "two", "three"],
            )
    };
    let Some(determiner) = (first..who.start).rev().find(opens) else { return };
    first = determiner;
    let of = first > start && is_one_of(document, first - 1, &["of", "with", "for"]);
    let free = span_of(document, first..who.end)
        .filter(|s| !of && !raw.content.iter().chain(&raw.cue).any(|c| c.overlaps(*s)));
    if let Some(whole) = free {
        raw.source = vec![whole];
    }
}

const SAYING: &[&str] = &[
    "saying",
    "adding",
    "asking",
    "claiming",
    "insisting",
    "arguing",
    "telling",
    "writing",
    "warning",
];
/// "The clerk closed the gate, | saying", "Marr praised the mill and | mocked the port": a verb that has no subject of its own
/// has that of the verb before it.
pub(super) fn shared_subjects(document: &Document<'_>, raws: &mut [Raw]) {
    // First token of each cue that has its source before it, and that source.
    let mut known: Vec<(usize, Vec<Span>)> = raws
        .iter()
        .filter_map(|raw| Some((cue_of(document, raw)?.start, subject_of(document, raw)?)))
        .collect();
    known.sort_unstable();
    for raw in raws {
        let relative = is_relative(document, &raw.source);
        if !raw.source.is_empty() && !relative {
            continue;
        }
        let Some(cue) = cue_of(document, raw).filter(|cue| !raises_fears(document, cue)) else {
            continue;
        };
        let sentence = sentence_of(document, cue.start);
        let Some(verb) = cue.clone().find(|&t| !is_adverb(document, t)) else { continue };
        let Some(link) =
            (sentence.start..cue.start).rev().take(3).find(|&t| !is_adverb(document, t))
        else {
            continue;
        };
        let ing = document.form(verb).len() > 5 && document.form(verb).ends_with("ing");
        let participle = if relative {
            document.form(link) == "," && is_one_of(document, verb, SAYING)
        } else {
            ing && is_one_of(document, link, &[",", "by", "before", "after", "while", "without"])
        };
        let joined = !relative && is_one_of(document, link, &["and", "but", "then"]);
        if !participle && !joined {
            continue;
        }
        let at = known.partition_point(|(start, _)| *start < cue.start);
        let before = known[..at]
            .last()
            .filter(|(start, _)| *start >= sentence.start)
            .map(|(_, source)| source.clone());
        let source = before
            .or_else(|| if participle { opening_subject(document, &sentence, link) } else { None });
        if let Some(source) = source.filter(|s| {
            !s.iter().any(|piece| raw.content.iter().chain(&raw.cue).any(|c| c.overlaps(*piece)))
        }) {
            raw.source = source;
        }
    }
}

/// The source of a raw when it stands before the cue and is more than a relative.
fn subject_of(document: &Document<'_>, raw: &Raw) -> Option<Vec<Span>> {
    let last = raw.source.last()?;
    let named = !matches!(last.slice(document.text), "who" | "which" | "that");
    (named && last.end <= raw.cue.first()?.start).then(|| raw.source.clone())
}

/// The pronoun, the name or the plain noun that opens a sentence, before its first verb.
fn opening_subject(
    document: &Document<'_>,
    sentence: &Range<usize>,
    comma: usize,
) -> Option<Vec<Span>> {
    let start = sentence.start + usize::from(is_one_of(document, sentence.start, &["but", "and"]));
    let verb = |t: usize| {
        let form = document.form(t);
        let past = form.ends_with("ed") && !is_one_of(document, t - 1, ARTICLES);
        let lower = document.tokens[t].case == Case::Lower;
        lower
            && (is_auxiliary(document, t)
                || past
                || is_one_of(
                    document,
                    t,
                    &["says", "said", "sent", "wrote", "made", "went", "took", "told"],
                ))
    };
    let reach = start + 1..comma.min(start + LONGEST);
    // A name ends with its capitals; the first word of a sentence has one anyway.
    let capitals = (start..reach.end)
        .take_while(|&t| {
            word(document, t) && !matches!(document.tokens[t].case, Case::Lower | Case::None)
        })
        .count();
    let inner = sentence_of(document, start).start < start;
    let follows = document.tokens.get(start + capitals).is_some_and(|t| t.is_word())
        && !is_one_of(document, start + capitals, &["and", "of", "or"]);
    if follows
        && capitals > usize::from(!inner)
        && !is_one_of(document, start, BEHIND)
        && !is_one_of(document, start, ARTICLES)
    {
        return span_of(document, start..start + capitals).map(|name| vec![name]);
    }
    let end = reach.clone().find(|&t| verb(t) || is_one_of(document, t, &["in", "on", "at"]))?;
    if !reach.clone().any(verb) {
        return None;
    }
    let opener = is_one_of(document, start, SUBJECTS)
        || is_one_of(document, start, ARTICLES)
        || document.tokens[end - 1].case != Case::Lower;
    let plain = (start..end).all(|t| word(document, t) && !is_one_of(document, t, BEHIND));
    (opener && plain).then(|| span_of(document, start..end).into_iter().collect())
}
