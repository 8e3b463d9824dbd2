//! Marks in the text that keep the check from telling what an editor has decided: `<!-- newsgauge: ignore loaded-word -->`, or
//! `[newsgauge: ignore loaded-word]` in plain text. `ignore` without a kind means all; `ignore-article` the whole article.
//! A mark on a line of its own is for the next line with words, any other for its own line.

use super::Kind;
use crate::text::Span;

/// What the marks of a text take out.
#[derive(Clone, Debug, Default)]
pub struct Ignores {
    /// Where, and which kind; `None` for all.
    ranges: Vec<(Span, Option<&'static Kind>)>,
    /// Words of marks that name no kind.
    pub unknown: Vec<String>,
}

const OPENINGS: &[(&str, &str)] = &[("<!--", "-->"), ("[", "]")];
const NAME: &str = "newsgauge:";
/// Longest mark in bytes: an opening without its end is not looked for further.
const LONGEST: usize = 400;

impl Ignores {
    /// Takes the marks out of a text: they become spaces, so that no place moves and none of their words counts.
    #[must_use]
    pub fn take(text: &mut String) -> Self {
        let mut out = Ignores::default();
        if !text.contains(NAME) {
            return out;
        }
        let mut found: Vec<(usize, usize, bool, String)> = Vec::new();
        for (name, _) in text.match_indices(NAME) {
            if let Some((from, to, orders)) = mark(text, name) {
                let line = text[..from].rfind('\n').map_or(0, |at| at + 1);
                let end = text[to..].find('\n').map_or(text.len(), |at| to + at);
                let alone = is_blank(&text[line..from]) && is_blank(&text[to..end]);
                found.push((from, to, alone, orders.to_owned()));
            }
        }
        let whole = Span::new(0, text.len());
        for (from, to, alone, orders) in &found {
            let mut words = orders.split([' ', ',', '\t']).filter(|w| !w.is_empty());
            let place = match words.next() {
                Some("ignore") if *alone => next_line(text, *to),
                Some("ignore") => this_line(text, *from),
                Some("ignore-article") => whole,
                other => {
                    out.unknown.extend(other.map(str::to_owned));
                    continue;
                }
            };
            let mut any = false;
            for word in words {
                any = true;
                match Kind::named(word) {
                    Some(kind) => out.ranges.push((place, Some(kind))),
                    None => out.unknown.push(word.to_owned()),
                }
            }
            if !any {
                out.ranges.push((place, None));
            }
        }
        for (from, to, ..) in found {
            text.replace_range(from..to, &" ".repeat(to - from));
        }
        out
    }

    /// True when a finding of a kind at a span is taken out.
    #[must_use]
    pub fn holds(&self, kind: &Kind, span: Span) -> bool {
        let fits = |of: &Option<&Kind>| of.is_none_or(|of| of.name == kind.name);
        self.ranges.iter().any(|(range, of)| range.overlaps(span) && fits(of))
    }
}

/// The mark around its name: where it stands, and what it orders.
fn mark(text: &str, name: usize) -> Option<(usize, usize, &str)> {
    OPENINGS.iter().find_map(|(open, close)| {
        let before = text[..name].trim_end_matches([' ', '\t']);
        let from = before.strip_suffix(open)?.len();
        let inner = name + NAME.len();
        let end = inner + text[inner..].find(close).filter(|n| *n <= LONGEST)?;
        let orders = &text[inner..end];
        (!orders.contains('\n')).then_some((from, end + close.len(), orders.trim()))
    })
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn this_line(text: &str, at: usize) -> Span {
    let from = text[..at].rfind('\n').map_or(0, |n| n + 1);
    Span::new(from, text[at..].find('\n').map_or(text.len(), |n| at + n))
}

/// The next line that holds words, behind a mark.
fn next_line(text: &str, behind: usize) -> Span {
    let mut at = text[behind..].find('\n').map_or(text.len(), |n| behind + n + 1);
    while at < text.len() {
        let line = this_line(text, at);
        let words = line.slice(text).trim();
        if !words.is_empty() && !words.contains(NAME) {
            return line;
        }
        at = line.to() + 1;
    }
    Span::new(text.len(), text.len())
}
