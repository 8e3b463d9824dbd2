//! Whose words they are, where the shape of the clause tells it and the fitted stages passed over it or took another name.

use super::raw::{Raw, is_one_of, span_of, touched};
use super::unsourced::raises_fears;
use crate::text::{Case, Document, Kind, Span};
use std::ops::Range;

/// Puts sources right, or finds the missing ones. Linear in the text.
pub(super) fn find_subjects(document: &Document<'_>, raws: &mut [Raw]) {
    for raw in &mut *raws {
        drop_hollow(document, raw);
        article_and_noun(document, raw);
        pronoun_at_head(document, raw);
        pronoun_before(document, raw);
        owner_before(document, raw);
        said_by_whom(document, raw);
        whole_noun(document, raw);
        by_whom(document, raw);
        according_to(document, raw);
        name_at_head(document, raw);
        adjacent(document, raw);
        around_a_clause(document, raw);
        around_an_apposition(document, raw);
        behind_a_participle(document, raw);
    }
    shared_subjects(document, raws);
    raws.iter_mut().for_each(|raw| antecedent(document, raw));
}

/// The tokens of the first piece of a cue.
fn cue_of(document: &Document<'_>, raw: &Raw) -> Option<Range<usize>> {
    raw.cue.first().map(|cue| touched(document, *cue)).filter(|cue| !cue.is_empty())
}

fn word(document: &Document<'_>, token: usize) -> bool {
    document.tokens.get(token).is_some_and(|t| t.is_word())
}

/// The tokens of the sentence that a token stands in.
fn sentence_of(document: &Document<'_>, token: usize) -> Range<usize> {
    document.sentences[document.sentence_of[token] as usize].tokens()
}

/// Adverbs that may stand between a subject and its verb, and that name nobody.
const ADVERBS: &[&str] = &[
    "also", "even", "now", "then", "later", "still", "just", "only", "again", "once", "never", "not", "n’t", "n't", "often", "already", "overnight",
    "always", "thus", "further", "ever", "before", "therefore", "however", "instead", "rather", "meanwhile",
];
const ARTICLES: &[&str] = &["a", "an", "the"];
const AUXILIARIES: &[&str] = &[
    "is", "was", "are", "were", "has", "have", "had", "will", "would", "can", "could", "may", "might", "must", "should", "does", "did", "do", "’s",
    "'s", "be", "been", "being", "’d", "'d", "’ve", "'ve", "’re", "'re", "’ll", "'ll", "’m", "'m",
];
/// Pronouns that are subjects whatever stands around them.
const SUBJECTS: &[&str] = &["he", "she", "they", "we", "i"];

fn is_adverb(document: &Document<'_>, token: usize) -> bool {
    let lower = document.tokens[token].case == Case::Lower;
    is_one_of(document, token, ADVERBS) || (lower && document.form(token).len() > 4 && document.form(token).ends_with("ly"))
}

/// "also", "overnight": an adverb is nobody.
fn drop_hollow(document: &Document<'_>, raw: &mut Raw) {
    let says = |t: usize| document.tokens[t].kind != Kind::Punctuation && !is_adverb(document, t);
    raw.source.retain(|span| touched(document, *span).any(says));
}

/// "A | stamp on the first page reads": the cue took the noun of the article.
fn article_and_noun(document: &Document<'_>, raw: &mut Raw) {
    let ([source], Some(cue)) = (&raw.source[..], cue_of(document, raw)) else { return };
    let source = touched(document, *source);
    if source.len() != 1 || !is_one_of(document, source.start, ARTICLES) || source.end != cue.start || cue.len() < 2 {
        return;
    }
    let Some(verb) = cue.clone().rev().find(|&t| word(document, t)).filter(|&t| t > cue.start) else { return };
    if (cue.start..verb).all(|t| word(document, t)) && document.form(verb).ends_with('s') {
        raw.source = span_of(document, source.start..verb).into_iter().collect();
        raw.cue[0] = span_of(document, verb..verb + 1).unwrap_or(raw.cue[0]);
    }
}

/// "| he was wary of": the cue took its own subject.
fn pronoun_at_head(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw).filter(|cue| raw.source.is_empty() && cue.len() > 1) else { return };
    let verb = cue.start + 1;
    let it = is_one_of(document, cue.start, &["it"])
        && (document.form(verb + 1).ends_with("ing") || !is_one_of(document, verb, AUXILIARIES))
        && !["seem", "appear", "look", "turn", "emerge"].iter().any(|v| document.form(verb).starts_with(v));
    if it || is_one_of(document, cue.start, SUBJECTS) {
        let (Some(source), Some(rest)) = (span_of(document, cue.start..verb), span_of(document, verb..cue.end)) else { return };
        raw.source = vec![source];
        raw.cue[0] = rest;
    }
}

/// "coined the word when | he | blamed": the pronoun right before the verb, and not a name farther off.
fn pronoun_before(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw) else { return };
    let start = sentence_of(document, cue.start).start;
    let skips = |t: &usize| is_adverb(document, *t) || is_one_of(document, *t, AUXILIARIES);
    let Some(at) = (start..cue.start).rev().take(4).find(|t| !skips(t)) else { return };
    let Some(pronoun) = span_of(document, at..at + 1).filter(|_| is_one_of(document, at, SUBJECTS)) else { return };
    let inside = |spans: &[Span]| spans.iter().any(|s| s.overlaps(pronoun));
    if !inside(&raw.source) && !inside(&raw.content) {
        raw.source = vec![pronoun];
    }
}

/// "Marr called Dorn | ’s claim": hers whose name stands before the cue.
fn owner_before(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw).filter(|cue| is_one_of(document, cue.start, &["’s", "'s"]) && cue.len() > 1) else { return };
    let start = sentence_of(document, cue.start).start;
    let name = |t: &usize| word(document, *t) && !matches!(document.tokens[*t].case, Case::Lower | Case::None);
    let Some(first) = (start..cue.start).rev().take_while(name).last() else { return };
    let Some(owner) = span_of(document, first..cue.start) else { return };
    if !raw.source.iter().any(|s| s.end >= owner.start && s.start < owner.end) && !raw.content.iter().any(|s| s.overlaps(owner)) {
        raw.source = vec![owner];
    }
}

/// "According | to the clerks": the noun behind "to".
fn according_to(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw).filter(|cue| raw.source.is_empty() && is_one_of(document, cue.start, &["according"])) else { return };
    let sentence = sentence_of(document, cue.start);
    let start = cue.start + 2;
    let end = (start..sentence.end.min(start + FARTHEST)).find(|&t| matches!(document.form(t), "," | "." | ";" | ":" | "”" | "\"")).unwrap_or(start);
    let source = span_of(document, start..end).filter(|_| document.form(cue.start + 1) == "to");
    if let (Some(source), Some(cue)) = (source, span_of(document, cue.start..start)) {
        if take(raw, source) {
            raw.cue = vec![cue];
        }
    }
}

/// Makes a span the source, out of the content, when something of that is left.
fn take(raw: &mut Raw, source: Span) -> bool {
    let left: Vec<Span> = raw.content.iter().copied().filter(|s| !source.contains(*s)).collect();
    let free = !left.is_empty() && !left.iter().any(|s| s.overlaps(source));
    if free {
        raw.content = left;
        raw.source = vec![source];
    }
    free
}

/// "which | Marr claims", "| Marr describes": the cue took the name before its verb.
fn name_at_head(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw).filter(|cue| cue.len() > 1) else { return };
    let opens = sentence_of(document, cue.start).start == cue.start;
    let name = |t: &usize| word(document, *t) && !matches!(document.tokens[*t].case, Case::Lower | Case::None) && !is_one_of(document, *t, SUBJECTS);
    let Some(last) = cue.clone().take_while(name).last() else { return };
    let verb = last + 1;
    let lower = verb < cue.end && document.tokens[verb].case == Case::Lower && document.tokens[verb].is_word() && !is_one_of(document, verb, BEHIND);
    let open = raw.source.is_empty() || is_relative(document, &raw.source);
    let day = is_one_of(document, cue.start, DAYS);
    if !lower || !open || day || (opens && is_one_of(document, cue.start, BEHIND)) {
        return;
    }
    if let (Some(source), Some(rest)) = (span_of(document, cue.start..verb), span_of(document, verb..cue.end)) {
        raw.source = vec![source];
        raw.cue[0] = rest;
    }
}

/// Words that part a clause from the one before.
const PARTS: &[&str] = &["that", "but", "and", "because", "while", "when", "if", "as", "although", "though", "since", "where", "so", "yet"];
/// Words that no subject begins with.
const NO_SUBJECT: &[&str] = &[
    "in", "on", "at", "of", "for", "from", "with", "by", "to", "out", "under", "after", "before", "during", "there", "what", "who", "which", "how", "why", "not",
    "according", "based", "than", "about", "like", "or", "it",
];

/// "The clerk of the mill | claimed": the noun right before the verb, when nothing was found.
fn adjacent(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw).filter(|_| raw.source.is_empty()) else { return };
    let verb = document.form(cue.start);
    let seems = |t: usize| ["seem", "appear", "known"].iter().any(|v| document.form(t).starts_with(v));
    let finite = document.tokens[cue.start].case == Case::Lower && !verb.ends_with("ing") && !is_one_of(document, cue.start, NO_SUBJECT);
    let finite = finite && !cue.clone().any(seems);
    let sentence = sentence_of(document, cue.start);
    let skips = |t: &usize| is_adverb(document, *t) || is_one_of(document, *t, AUXILIARIES);
    let Some(last) = (sentence.start..cue.start).rev().take(4).find(|t| !skips(t)) else { return };
    let passive = (last + 1..cue.end).any(|t| is_one_of(document, t, &["is", "was", "are", "were", "be", "been", "being"]));
    if !finite || passive || raises_fears(document, &cue) {
        return;
    }
    let inside = |t: &usize| word(document, *t) && !is_one_of(document, *t, PARTS) && !is_one_of(document, *t, AUXILIARIES);
    let Some(first) = (sentence.start..=last).rev().take(FARTHEST).take_while(inside).last() else { return };
    let parted = first == sentence.start || is_parted(document, first);
    let whole = !(first..=last).any(|t| is_one_of(document, t, &["to"])) && !(first == last && is_one_of(document, first, ARTICLES));
    let Some(source) = span_of(document, first..last + 1).filter(|_| parted && whole && !is_one_of(document, first, NO_SUBJECT)) else { return };
    take(raw, source);
}

/// The noun that ends before a token, as far as a mark or a word that parts clauses.
fn noun_before(document: &Document<'_>, end: usize) -> Option<Span> {
    let sentence = sentence_of(document, end.checked_sub(1)?);
    let short = |t: usize| document.form(t) == "." && t > 0 && document.form(t - 1).len() <= 4 && document.tokens[t - 1].case != Case::Lower;
    let inside = |t: &usize| (word(document, *t) || short(*t)) && !is_one_of(document, *t, PARTS) && !is_one_of(document, *t, AUXILIARIES);
    let first = (sentence.start..end).rev().take(LONGEST).take_while(inside).last()?;
    let whole = first == sentence.start || is_parted(document, first);
    span_of(document, first..end).filter(|_| whole && !is_one_of(document, first, NO_SUBJECT) && !is_adverb(document, first))
}

/// A mark or a word that parts clauses stands before a token.
fn is_parted(document: &Document<'_>, token: usize) -> bool {
    token.checked_sub(1).is_none_or(|before| !word(document, before) || is_one_of(document, before, PARTS))
}

/// A lone "who", "which" or "that".
fn is_relative(document: &Document<'_>, source: &[Span]) -> bool {
    matches!(source, [source] if matches!(source.slice(document.text), "who" | "which" | "that"))
}

/// A comma stands right before the verb, adverbs aside, and the verb is finite.
fn behind_comma(document: &Document<'_>, cue: &Range<usize>) -> Option<usize> {
    let start = sentence_of(document, cue.start).start;
    let skips = |t: &usize| is_adverb(document, *t) || is_one_of(document, *t, AUXILIARIES);
    let comma = (start..cue.start).rev().take(4).find(|t| !skips(t)).filter(|&t| document.form(t) == ",")?;
    let finite = document.tokens[cue.start].case == Case::Lower && !document.form(cue.start).ends_with("ing");
    (finite && !is_one_of(document, cue.start, NO_SUBJECT)).then_some(comma)
}

/// "Marr, who said last week that Dorn had lied, | issued": neither "who" nor Dorn, but the noun of the clause.
fn around_a_clause(document: &Document<'_>, raw: &mut Raw) {
    let ([source], Some(cue)) = (&raw.source[..], cue_of(document, raw)) else { return };
    let Some(comma) = behind_comma(document, &cue) else { return };
    let source = touched(document, *source);
    let sentence = sentence_of(document, cue.start);
    let relative = |t: &usize| is_one_of(document, *t, &["who", "which", "whose"]) && document.form(*t - 1) == ",";
    let Some(who) = (sentence.start + 1..comma).rev().take(REACH).find(relative) else { return };
    if source.start > comma || (source.start < who && source.end > who) {
        return;
    }
    let noun = noun_before(document, who - 1);
    if let Some(noun) = noun.filter(|n| !raw.content.iter().chain(&raw.source).any(|s| s.overlaps(*n))) {
        // "who" may be right: the clause may not be over.
        raw.source = vec![if source.contains(&who) { noun.cover(document.tokens[who].span) } else { noun }];
    }
}

/// "His critics, | many of them clerks, | argue": the noun before the apposition.
fn around_an_apposition(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw) else { return };
    let Some(close) = behind_comma(document, &cue) else { return };
    let [source] = raw.source[..] else {
        if raw.source.is_empty() {
            named_before(document, raw, close);
        }
        return;
    };
    let source = touched(document, source);
    let Some(open) = source.start.checked_sub(1).filter(|&t| document.form(t) == "," && source.end == close) else { return };
    let apposed = is_one_of(document, source.start, &["many", "most", "both", "all", "some", "a", "an", "himself", "herself", "his", "her", "its", "their"]);
    let noun = noun_before(document, open).filter(|n| apposed && !raw.content.iter().any(|s| s.overlaps(*n)));
    if let Some(noun) = noun {
        raw.source = span_of(document, touched(document, noun).start..source.end).into_iter().collect();
    }
}

/// "Ana Dorn, the mayor of the town, | said": found was nothing.
fn named_before(document: &Document<'_>, raw: &mut Raw, close: usize) {
    let start = sentence_of(document, close).start;
    let Some(open) = (start..close).rev().take(FARTHEST).find(|&t| !word(document, t)).filter(|&t| document.form(t) == ",") else { return };
    let name = |noun: &Span| touched(document, *noun).all(|t| document.tokens[t].case != Case::Lower);
    let noun = noun_before(document, open).filter(name);
    if let Some(whole) = noun.and_then(|noun| span_of(document, touched(document, noun).start..close)) {
        take(raw, whole);
    }
}

/// "Promising that the mill would stay, | Marr left": the subject stands behind the participle's content.
fn behind_a_participle(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw).filter(|_| raw.source.is_empty()) else { return };
    let sentence = sentence_of(document, cue.start);
    let ing = document.form(cue.start).len() > 5 && document.form(cue.start).ends_with("ing");
    let leads = sentence.start == cue.start || (sentence.start + 1 == cue.start && is_one_of(document, sentence.start, &["after", "before", "in", "while", "by"]));
    let Some(comma) = raw.content.last().map(|s| touched(document, *s).end).filter(|&t| ing && leads && t < sentence.end && document.form(t) == ",") else {
        return;
    };
    if let Some(source) = opening_subject(document, &(comma + 1..sentence.end), sentence.end) {
        raw.source = source;
    }
}

/// Tokens before a verb that are looked through for the clause in between.
const REACH: usize = 40;
/// Most tokens of a noun with what belongs to it.
const FARTHEST: usize = 12;

const SAYS: &[&str] = &["said", "says", "wrote", "writes", "added", "adds", "declared", "replied", "explained", "argued", "insisted", "warned", "asked"];
/// Words that end the noun behind a verb of saying.
const BEHIND: &[&str] = &[
    "in", "on", "at", "as", "during", "after", "when", "while", "who", "before", "about", "via", "through", "with", "by", "to", "that", "which", "and",
    "but", "last", "this", "next", "late", "early", "earlier", "yesterday", "today", "if", "it", "there", "then",
];
const SAYING: &[&str] = &["saying", "adding", "asking", "claiming", "insisting", "arguing", "telling", "writing", "warning"];
const DAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Most tokens of a source that is found by its place.
const LONGEST: usize = 8;

/// "“…,” said | the ruling.": the noun behind the verb, when nobody stands before it.
fn said_by_whom(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw).filter(|cue| raw.source.is_empty() && cue.len() == 1 && is_one_of(document, cue.start, SAYS)) else {
        return;
    };
    let close = cue.start.checked_sub(1).map_or("", |t| document.form(t));
    if !matches!(close, "”" | "\"" | "’" | "'" | "''" | ",") || raw.content.first().is_none_or(|s| touched(document, *s).start >= cue.start) {
        return;
    }
    let end = sentence_of(document, cue.start).end.min(cue.end + LONGEST);
    let noun = |t: &usize| word(document, *t) && !is_one_of(document, *t, BEHIND) && !is_one_of(document, *t, DAYS) && !is_adverb(document, *t);
    let last = (cue.end..end).take_while(noun).last();
    if let Some(source) = last.and_then(|last| span_of(document, cue.end..last + 1)) {
        raw.source = vec![source];
    }
}

/// "was told by | the Courier": the noun behind "by", when nobody else is its source.
fn by_whom(document: &Document<'_>, raw: &mut Raw) {
    let Some(cue) = cue_of(document, raw).filter(|_| raw.source.is_empty()) else { return };
    let by = if document.form(cue.end - 1) == "by" { cue.end - 1 } else { cue.end };
    let passive = by > cue.start && (document.form(by - 1).ends_with("ed") || is_one_of(document, by - 1, &["told", "said", "made", "given", "put"]));
    if document.form(by) != "by" || !passive {
        return;
    }
    let end = sentence_of(document, cue.start).end.min(by + 1 + LONGEST);
    let noun = |t: &usize| word(document, *t) && !is_one_of(document, *t, BEHIND) && !document.form(*t).ends_with("ing");
    let Some(agent) = (by + 1..end).take_while(noun).last().and_then(|last| span_of(document, by + 1..last + 1)) else { return };
    let rest: Vec<Span> = raw.content.iter().copied().filter(|s| !s.overlaps(agent)).collect();
    if !rest.is_empty() {
        raw.content = rest;
        raw.source = vec![agent];
    }
}

/// "A lesson | from Ana Dorn: “…”", "a spokesman | for the mill said": the noun goes on as far as the cue or the colon.
fn whole_noun(document: &Document<'_>, raw: &mut Raw) {
    let [source] = raw.source[..] else { return };
    let source = touched(document, source);
    let cue = cue_of(document, raw).map(|cue| cue.start).filter(|&cue| cue >= source.end);
    let colon = || raw.content.first().map(|s| touched(document, *s).start).filter(|&t| t > source.end && document.form(t - 1) == ":").map(|t| t - 1);
    let end = if raw.cue.is_empty() { colon() } else { cue };
    let Some(mut end) = end.filter(|&end| end > source.end + 1 && end - source.end <= LONGEST) else { return };
    while end > source.end && (is_adverb(document, end - 1) || is_one_of(document, end - 1, AUXILIARIES)) {
        end -= 1;
    }
    let bound = is_one_of(document, source.end, &["of", "for", "from"]);
    if bound && end > source.end + 1 && (source.end..end).all(|t| word(document, t) && !is_one_of(document, t, AUXILIARIES)) {
        raw.source = span_of(document, source.start..end).into_iter().collect();
    }
}

/// Words that end the noun of a relative clause, looked at from its end.
const BEFORE: &[&str] = &[
    "and", "but", "or", "to", "by", "from", "with", "on", "at", "in", "that", "than", "about", "for", "against", "among", "including", "like", "be",
    "been", "being", "as", "when", "if", "because", "there", "it", "are",
];

/// "some sailors | who know the bridge say": they, and not only "who".
fn antecedent(document: &Document<'_>, raw: &mut Raw) {
    let [source] = raw.source[..] else { return };
    let who = touched(document, source);
    if who.len() != 1 || document.form(who.start) != "who" {
        return;
    }
    let start = sentence_of(document, who.start).start;
    let noun = |t: &usize| word(document, *t) && !is_one_of(document, *t, BEFORE) && !is_one_of(document, *t, AUXILIARIES);
    let Some(mut first) = (start..who.start).rev().take(LONGEST).take_while(noun).last() else { return };
    // Words before the determiner are another phrase's.
    let opens = |t: &usize| is_one_of(document, *t, ARTICLES) || is_one_of(document, *t, &["some", "many", "most", "several", "those", "two", "three"]);
    let Some(determiner) = (first..who.start).rev().find(opens) else { return };
    first = determiner;
    let of = first > start && is_one_of(document, first - 1, &["of", "with", "for"]);
    let free = span_of(document, first..who.end).filter(|s| !of && !raw.content.iter().chain(&raw.cue).any(|c| c.overlaps(*s)));
    if let Some(whole) = free {
        raw.source = vec![whole];
    }
}

/// "The clerk closed the gate, | saying", "Marr praised the mill and | mocked the port": a verb that has no subject of its own
/// has that of the verb before it.
fn shared_subjects(document: &Document<'_>, raws: &mut [Raw]) {
    // First token of each cue that has its source before it, and that source.
    let mut known: Vec<(usize, Vec<Span>)> = raws.iter().filter_map(|raw| Some((cue_of(document, raw)?.start, subject_of(document, raw)?))).collect();
    known.sort_unstable();
    for raw in raws {
        let relative = is_relative(document, &raw.source);
        if !raw.source.is_empty() && !relative {
            continue;
        }
        let Some(cue) = cue_of(document, raw).filter(|cue| !raises_fears(document, cue)) else { continue };
        let sentence = sentence_of(document, cue.start);
        let Some(verb) = cue.clone().find(|&t| !is_adverb(document, t)) else { continue };
        let Some(link) = (sentence.start..cue.start).rev().take(3).find(|&t| !is_adverb(document, t)) else { continue };
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
        let before = known[..at].last().filter(|(start, _)| *start >= sentence.start).map(|(_, source)| source.clone());
        let source = before.or_else(|| if participle { opening_subject(document, &sentence, link) } else { None });
        if let Some(source) = source.filter(|s| !s.iter().any(|piece| raw.content.iter().chain(&raw.cue).any(|c| c.overlaps(*piece)))) {
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
fn opening_subject(document: &Document<'_>, sentence: &Range<usize>, comma: usize) -> Option<Vec<Span>> {
    let start = sentence.start + usize::from(is_one_of(document, sentence.start, &["but", "and"]));
    let verb = |t: usize| {
        let form = document.form(t);
        let past = form.ends_with("ed") && !is_one_of(document, t - 1, ARTICLES);
        let lower = document.tokens[t].case == Case::Lower;
        lower && (is_one_of(document, t, AUXILIARIES) || past || is_one_of(document, t, &["says", "said", "sent", "wrote", "made", "went", "took", "told"]))
    };
    let reach = start + 1..comma.min(start + LONGEST);
    let end = reach.clone().find(|&t| verb(t) || is_one_of(document, t, &["in", "on", "at"]))?;
    if !reach.clone().any(verb) {
        return None;
    }
    let opener = is_one_of(document, start, SUBJECTS) || is_one_of(document, start, ARTICLES) || document.tokens[end - 1].case != Case::Lower;
    let plain = (start..end).all(|t| word(document, t) && !is_one_of(document, t, BEHIND));
    (opener && plain).then(|| span_of(document, start..end).into_iter().collect())
}
