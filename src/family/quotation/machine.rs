//! The quotation-mark state machine: which stretches of the prose stand between marks.
//!
//! Marks match by kind. A paragraph that ends inside a quotation hands it on only to a paragraph that opens with a
//! mark of the same kind; otherwise the mark is a stray one, and costs no more than its own paragraph.

use crate::text::{Document, Kind, Span, Token};

/// A kind of quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// “ ”, and those that are read as them
    Curly,
    /// "
    Straight,
    /// ‘ ’ and '
    Single,
    /// « »
    Guillemet,
}

/// A stretch between marks, marks included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    /// Opening mark to closing mark, or to the end of the paragraph that hands it on.
    pub(super) span: Span,
    /// Stands inside another one.
    pub(super) nested: bool,
    /// Goes on from the paragraph before.
    pub(super) continues: bool,
    /// Its closing mark is missing or of another kind.
    pub(super) broken: bool,
}

/// What the machine finds.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In order of their start.
    pub(super) quotations: Vec<Quotation>,
    /// Marks without a partner, by their place.
    pub(super) strays: Vec<Span>,
}

/// Deeper nesting than any article has; marks beyond it are passed over, so that the stack stays small.
const DEEPEST: usize = 8;

#[derive(Clone, Copy)]
struct Open {
    kind: MarkKind,
    token: usize,
}

/// A single mark behind a word, as an apostrophe or a slip for a closing double mark has it.
#[derive(Clone, Copy)]
struct Candidate {
    token: usize,
}

/// Finds all quotations of the document's prose. Linear in the tokens.
pub(super) fn find(document: &Document<'_>) -> Found {
    let mut found = Found::default();
    let paragraphs: Vec<(usize, usize)> = paragraphs(document);
    let mut handed: Option<MarkKind> = None;
    for (index, &(first, last)) in paragraphs.iter().enumerate() {
        let next = paragraphs.get(index + 1).and_then(|&(f, l)| opening(document, f, l));
        let mut machine = Machine {
            document,
            first,
            last,
            last_closer: last_closer(document, first, last),
            stack: Vec::new(),
            candidate: None,
            found: &mut found,
            continues: handed,
        };
        handed = machine.run(next);
    }
    found.quotations.sort_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end)));
    found
}

/// Token ranges of the prose blocks.
fn paragraphs(document: &Document<'_>) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut block = None;
    for sentence in document.prose_sentences() {
        let tokens = sentence.tokens();
        match out.last_mut() {
            Some(last) if block == Some(sentence.block) => last.1 = tokens.end,
            _ => out.push((tokens.start, tokens.end)),
        }
        block = Some(sentence.block);
    }
    out
}

/// Kind of the mark that opens a paragraph.
fn opening(document: &Document<'_>, first: usize, last: usize) -> Option<MarkKind> {
    if first >= last {
        return None;
    }
    match document.form(first) {
        "“" => Some(MarkKind::Curly),
        "\"" => Some(MarkKind::Straight),
        "«" => Some(MarkKind::Guillemet),
        "‘" | "'" => Some(MarkKind::Single),
        _ => None,
    }
}

/// Last token of a paragraph that could close a single quotation.
fn last_closer(document: &Document<'_>, first: usize, last: usize) -> usize {
    (first..last)
        .rev()
        .find(|&t| matches!(document.form(t), "’" | "'") && glued_left(&document.tokens, first, t))
        .unwrap_or(first)
}

fn glued_left(tokens: &[Token], first: usize, at: usize) -> bool {
    at > first && tokens[at - 1].span.end == tokens[at].span.start
}

fn glued_right(tokens: &[Token], last: usize, at: usize) -> bool {
    at + 1 < last && tokens[at + 1].span.start == tokens[at].span.end
}

/// Short forms that begin with an apostrophe.
const ELISIONS: &[&str] =
    &["em", "til", "tis", "twas", "cause", "n", "bout", "round", "cos", "ere", "un"];

struct Machine<'m, 'a> {
    document: &'m Document<'a>,
    first: usize,
    last: usize,
    last_closer: usize,
    stack: Vec<Open>,
    candidate: Option<Candidate>,
    found: &'m mut Found,
    continues: Option<MarkKind>,
}

impl Machine<'_, '_> {
    /// Reads the paragraph; gives the kind of the quotation that it hands on.
    fn run(&mut self, next: Option<MarkKind>) -> Option<MarkKind> {
        for at in self.first..self.last {
            if self.document.tokens[at].kind == Kind::Punctuation {
                self.step(at);
            }
        }
        self.finish(next)
    }

    fn step(&mut self, at: usize) {
        let tokens = &self.document.tokens;
        let (left, right) =
            (glued_left(tokens, self.first, at), glued_right(tokens, self.last, at));
        match self.document.form(at) {
            "“" if self.is_open(MarkKind::Curly) && left && !right => {
                self.close(MarkKind::Curly, at)
            }
            "“" => self.open(MarkKind::Curly, at),
            "”" if self.is_open(MarkKind::Curly) => self.close(MarkKind::Curly, at),
            "”" if self.is_open(MarkKind::Straight) => self.close_broken(MarkKind::Straight, at),
            "”" if !left && right => self.open(MarkKind::Curly, at),
            "”" => self.stray(at),
            "«" => self.open(MarkKind::Guillemet, at),
            "»" if self.is_open(MarkKind::Guillemet) => self.close(MarkKind::Guillemet, at),
            "»" => self.stray(at),
            "\"" if self.is_open(MarkKind::Straight) => self.close(MarkKind::Straight, at),
            "\"" if self.is_open(MarkKind::Curly) && left && !right => {
                self.close_broken(MarkKind::Curly, at)
            }
            "\"" => self.open(MarkKind::Straight, at),
            "‘" if right && !self.elides(at) => self.open(MarkKind::Single, at),
            "’" | "'" => self.single(at, left, right),
            _ => {}
        }
    }

    /// ’ and ': a closing mark, an opening one (straight only) or an apostrophe.
    fn single(&mut self, at: usize, left: bool, right: bool) {
        if left && !right {
            if self.is_open(MarkKind::Single) && !self.is_possessive(at) {
                self.close(MarkKind::Single, at);
            } else {
                self.candidate = Some(Candidate { token: at });
            }
        } else if left
            && self.is_open(MarkKind::Single)
            && (self.follows_punctuation(at) || self.precedes_punctuation(at))
        {
            self.close(MarkKind::Single, at);
        } else if right
            && (!left || self.follows_opener(at))
            && !self.elides(at)
            && self.document.form(at) == "'"
        {
            self.open(MarkKind::Single, at);
        } else if left {
            self.candidate = Some(Candidate { token: at });
        }
    }

    /// "the ministers’ plan": after an s, before a lower-case word, with another mark left to close the quotation.
    fn is_possessive(&self, at: usize) -> bool {
        let before = self.document.form(at - 1);
        let after = self.document.form(at + 1);
        before.ends_with(['s', 'S'])
            && after.starts_with(char::is_lowercase)
            && at + 1 < self.last
            && self.last_closer > at
    }

    fn follows_punctuation(&self, at: usize) -> bool {
        matches!(self.document.form(at - 1), "." | "," | "!" | "?" | "…" | "...")
    }

    /// 'The wall is old', as British printers set it.
    fn precedes_punctuation(&self, at: usize) -> bool {
        at + 1 < self.last
            && matches!(
                self.document.form(at + 1),
                "." | ","
                    | "!"
                    | "?"
                    | "…"
                    | "..."
                    | ";"
                    | ":"
                    | ")"
                    | "]"
                    | "”"
                    | "\""
                    | "—"
                    | "–"
            )
    }

    fn follows_opener(&self, at: usize) -> bool {
        at > self.first
            && matches!(self.document.form(at - 1), "(" | "[" | "“" | "\"" | "—" | "–" | "/")
    }

    /// ’90s, ’em
    fn elides(&self, at: usize) -> bool {
        let next = self.document.form(at + 1);
        let decade = next.starts_with(|c: char| c.is_ascii_digit()) && next.ends_with('s');
        decade || ELISIONS.iter().any(|e| next.eq_ignore_ascii_case(e))
    }

    fn is_open(&self, kind: MarkKind) -> bool {
        self.stack.iter().any(|o| o.kind == kind)
    }

    fn open(&mut self, kind: MarkKind, at: usize) {
        if self.stack.len() < DEEPEST {
            self.stack.push(Open { kind, token: at });
        }
    }

    fn close(&mut self, kind: MarkKind, at: usize) {
        self.emit(kind, at, false);
    }

    fn close_broken(&mut self, kind: MarkKind, at: usize) {
        self.emit(kind, at, true);
    }

    /// Closes the innermost open mark of a kind; marks inside it that never closed are dropped.
    fn emit(&mut self, kind: MarkKind, at: usize, broken: bool) {
        let Some(place) = self.stack.iter().rposition(|o| o.kind == kind) else { return };
        let open = self.stack[place];
        for inner in self.stack.drain(place..).skip(1).filter(|o| o.kind != MarkKind::Single) {
            self.found.strays.push(self.document.tokens[inner.token].span);
        }
        let span = self.document.tokens[open.token].span.cover(self.document.tokens[at].span);
        let continues = open.token == self.first && self.continues == Some(kind);
        self.found.quotations.push(Quotation { span, nested: place > 0, continues, broken });
    }

    fn stray(&mut self, at: usize) {
        self.found.strays.push(self.document.tokens[at].span);
    }

    fn finish(&mut self, next: Option<MarkKind>) -> Option<MarkKind> {
        let open =
            *self.stack.iter().find(|o| o.kind != MarkKind::Single || o.token == self.first)?;
        if let Some(candidate) =
            self.candidate.filter(|c| c.token > open.token && self.before_punctuation(c.token))
        {
            self.close_broken(open.kind, candidate.token);
            return None;
        }
        let attached = glued_right(&self.document.tokens, self.last, open.token);
        let whole = open.token == self.first && attached;
        let goes_on = attached && next == Some(open.kind);
        if open.kind == MarkKind::Single && !goes_on {
            return None;
        }
        if !(whole || goes_on) {
            self.stray(open.token);
            return None;
        }
        let end = self.document.tokens[self.last - 1].span;
        let span = self.document.tokens[open.token].span.cover(end);
        let continues = whole && self.continues == Some(open.kind);
        self.found.quotations.push(Quotation { span, nested: false, continues, broken: !goes_on });
        if !goes_on {
            self.stray(open.token);
        }
        goes_on.then_some(open.kind)
    }

    /// "… war', she said": a slip for a closing double mark stands at the edge of a clause.
    fn before_punctuation(&self, at: usize) -> bool {
        let after = self.document.form(at + 1);
        at + 1 >= self.last
            || matches!(after, "," | "." | ";" | ":" | "!" | "?" | "—" | "–")
            || self.follows_punctuation(at)
    }
}
