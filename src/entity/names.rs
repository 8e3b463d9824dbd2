//! Runs of capitalised words, cut clean: the raw material of names.

use super::kin::LISTS;
use super::words::{Sort, Words};
use crate::lexicon::WordMap;
use crate::text::{Case, Document, Kind, Sentence, Span, Token, Word, is_common};
use std::cell::OnceCell;

/// One word of a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) word: Word,
    pub(crate) span: Span,
    pub(crate) sort: Sort,
    pub(crate) entry: u16,
    /// The first part of a word that scraping ran together with the next.
    pub(crate) glued: bool,
}

/// A run of pieces and the tokens that it spans.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Run {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) pieces: Vec<Piece>,
    /// Its first word may owe its capital to the place at the start of a sentence.
    pub(crate) opens: bool,
}

/// Longest name; a text all in capitals is no name.
const LONGEST: usize = 12;

/// Reads runs out of a document.
pub(crate) struct Reader<'r, 'a> {
    pub(crate) document: &'r Document<'a>,
    pub(crate) words: &'r Words,
    /// Every word with a capital, made when a glued name is first suspected.
    known: OnceCell<WordMap<()>>,
    /// Every word with a capital that opens no sentence, made when a common word opens a run.
    inner: OnceCell<WordMap<()>>,
}

impl<'r, 'a> Reader<'r, 'a> {
    pub(crate) fn new(document: &'r Document<'a>, words: &'r Words) -> Self {
        Reader { document, words, known: OnceCell::new(), inner: OnceCell::new() }
    }

    /// The word could be part of a name.
    fn is_capital(&self, token: usize) -> bool {
        self.document.tokens.get(token).is_some_and(|t| {
            t.case != Case::Lower && t.kind == Kind::Word && !self.is_clitic(token)
        })
    }

    fn is_clitic(&self, token: usize) -> bool {
        self.document.form(token).starts_with(['\'', '’'])
    }

    fn glued_to_next(&self, token: usize) -> bool {
        let tokens = &self.document.tokens;
        token + 1 < tokens.len() && tokens[token].span.end == tokens[token + 1].span.start
    }

    /// The run at `at`, when one starts there; `end` is the end of its sentence. `opens`: `at` opens the sentence or a quotation.
    pub(crate) fn run(&self, at: usize, end: usize, opens: bool) -> Option<Run> {
        let mut run = Run { first: at, last: at, pieces: Vec::new(), opens };
        let mut here = at;
        if opens && self.only_opens(at, end) {
            here += 1;
            run.first = here;
        }
        while here < end && run.pieces.len() < LONGEST {
            if !self.is_capital(here) || self.words.sort(here).is_function() {
                break;
            }
            self.split(here, &mut run.pieces);
            run.last = here + 1;
            here = self.step(here, end, &run);
            if here == run.last && !self.is_capital(here) {
                break;
            }
        }
        (!run.pieces.is_empty()).then_some(run)
    }

    /// "Take Marr": a common word that has a capital only for its place, before a name.
    fn only_opens(&self, at: usize, end: usize) -> bool {
        let token = &self.document.tokens[at];
        at + 1 < end
            && token.case == Case::Capital
            && self.words.sort(at) == Sort::Plain
            && self.is_capital(at + 1)
            && is_common(self.document.form(at), token.word)
            && !self.stands_inside(token.word)
    }

    /// The word has a capital where no sentence begins.
    fn stands_inside(&self, word: Word) -> bool {
        let inner = || {
            let within = |s: &Sentence| s.tokens().skip(1);
            let opened = |t: usize| {
                matches!(
                    self.document.form(t),
                    "“" | "\"" | "‘" | "'" | "«" | ":" | "—" | "–" | "("
                )
            };
            let capital = |t: &usize| self.is_capital(*t) && !opened(*t - 1);
            let inside = self.document.sentences.iter().flat_map(within).filter(capital);
            inside.map(|t| (self.document.tokens[t].word, ())).collect()
        };
        self.inner.get_or_init(inner).contains_key(&word)
    }

    /// Where the run may go on behind token `at`: past a full stop of a short form, a particle, "of", a plural possessive.
    fn step(&self, at: usize, end: usize, run: &Run) -> usize {
        let next = at + 1;
        if next >= end {
            return end;
        }
        let form = self.document.form(next);
        if form.len() > 5 {
            return next;
        }
        let sort = self.words.sort(at);
        let capital = |t: usize| t < end && self.is_capital(t) && !self.words.sort(t).is_function();
        if form == "." && self.glued_to_next(at) {
            let short = self.document.tokens[at].span.len() == 1
                || sort == Sort::Title
                || sort.is_honorific();
            return if short && capital(next + 1) { next + 1 } else { next };
        }
        let body = sort.is_body()
            || sort.is_media()
            || matches!(self.document.form(at), "Bank" | "Association" | "University");
        if body && matches!(form, "of" | "for") {
            let skip = usize::from(self.document.form(next + 1).eq_ignore_ascii_case("the"));
            return if capital(next + 1 + skip) { next + 1 + skip } else { next };
        }
        if matches!(form, "’" | "'")
            && self.glued_to_next(at)
            && self.document.form(at).ends_with('s')
        {
            return if capital(next + 1) && self.leads_to_body(next + 1, end) {
                next + 1
            } else {
                next
            };
        }
        if matches!(form, "’s" | "'s") && matches!(sort, Sort::Group | Sort::Kin) {
            return if capital(next + 1) && self.leads_to_body(next + 1, end) {
                next + 1
            } else {
                next
            };
        }
        // "Oster & Dahl" is one firm, "Ana Dorn & Ivo Marr" are two people.
        let given = run.pieces.iter().any(|p| p.sort.is_given());
        if form == "&" && capital(next + 1) && !given {
            return next + 1;
        }
        if form == "and" && capital(next + 1) && !given && self.shares_body(run, next + 1) {
            return next + 1;
        }
        if matches!(form, "&" | "and") && capital(next + 1) && !given {
            return if self.leads_to_body(next + 2, end) && !self.words.sort(at).is_body() {
                next + 1
            } else {
                next
            };
        }
        let particles = (next..end.min(next + 3))
            .take_while(|&t| LISTS.particles.iter().any(|p| p == self.document.form(t)))
            .count();
        let after = next + particles;
        if particles > 0
            && capital(after)
            && !self.words.sort(after).is_body()
            && sort != Sort::Body
        {
            return after;
        }
        next
    }

    /// "Ministry of Health | and | Education": one body for two fields, and not "Ministry of Defence and Ana Dorn".
    fn shares_body(&self, run: &Run, next: usize) -> bool {
        let state = run.pieces.first().is_some_and(|p| p.sort == Sort::StateBody);
        let of = (run.first..run.last).any(|t| matches!(self.document.form(t), "of" | "for"));
        let field = self.document.tokens[next].case == Case::Capital
            && matches!(self.words.sort(next), Sort::Plain | Sort::Document | Sort::Body);
        state && of && field && !self.is_capital(next + 1)
    }

    /// "Growers’ League": an organisation's noun stands within the next capitalised words.
    fn leads_to_body(&self, at: usize, end: usize) -> bool {
        for token in at..end.min(at + 4) {
            if self.words.sort(token).is_body() && self.is_capital(token) {
                return true;
            }
            let possessive = matches!(self.document.form(token), "’" | "'" | "’s" | "'s");
            if !possessive && !self.is_capital(token) {
                return false;
            }
        }
        false
    }

    /// Pushes a token, cut where scraping ran words together.
    fn split(&self, token: usize, out: &mut Vec<Piece>) {
        let whole = self.document.tokens[token].span;
        let form = whole.slice(self.document.text);
        if self.document.tokens[token].case == Case::Mixed
            && let Some(at) = inner_capital(form)
        {
            let head = Span::new(whole.from(), whole.from() + at);
            let tail = Span::new(whole.from() + at, whole.to());
            let lower = form.starts_with(char::is_lowercase);
            let (sort, entry) = super::words::look_up(head.slice(self.document.text));
            if lower || sort != Sort::Plain || self.is_known(head.slice(self.document.text)) {
                out.push(Piece {
                    word: Word::of(&form[..at]),
                    span: head,
                    sort,
                    entry,
                    glued: true,
                });
                let (sort, entry) = super::words::look_up(&form[at..]);
                if !sort.is_function() {
                    out.push(Piece {
                        word: Word::of(&form[at..]),
                        span: tail,
                        sort,
                        entry,
                        glued: false,
                    });
                }
                return;
            }
        }
        let span = self.without_glue(token, whole, form);
        let word = if span == whole {
            self.document.tokens[token].word
        } else {
            Word::of(span.slice(self.document.text))
        };
        out.push(Piece {
            word,
            span,
            sort: self.words.sort(token),
            entry: self.words.entry(token),
            glued: false,
        });
    }

    /// "Martenis" loses its "is" when "Marten" stands elsewhere in the text.
    fn without_glue(&self, token: usize, whole: Span, form: &str) -> Span {
        let ordinary = form.len() < 6
            || self.words.sort(token) != Sort::Plain
            || !form.ends_with(char::is_lowercase);
        if ordinary {
            return whole;
        }
        for glue in &LISTS.glued {
            if let Some(stem) = form.strip_suffix(glue.as_str())
                && stem.len() >= 4
                && self.is_known(stem)
            {
                return Span::new(whole.from(), whole.from() + stem.len());
            }
        }
        whole
    }

    fn is_known(&self, form: &str) -> bool {
        let capital = |t: &&Token| t.kind == Kind::Word && t.case != Case::Lower;
        self.known
            .get_or_init(|| {
                self.document.tokens.iter().filter(capital).map(|t| (t.word, ())).collect()
            })
            .contains_key(&Word::of(form))
    }
}

/// Where a second word begins inside a word: "PolandPiet", and not "McDonald" or "Quadros-Palle".
fn inner_capital(form: &str) -> Option<usize> {
    let mut before = ' ';
    for (at, c) in form.char_indices() {
        if at > 0 && c.is_uppercase() && before.is_lowercase() {
            let tail = form[at..].chars().nth(1);
            let named = LISTS.prefixes.iter().any(|p| *p == form[..at]);
            return ((at >= 3 || (at == 2 && form.starts_with(char::is_lowercase)))
                && !named
                && tail.is_some_and(char::is_lowercase))
            .then_some(at);
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<String> {
        let document = Document::new(text);
        let words = Words::of(&document);
        let reader = Reader::new(&document, &words);
        let mut out = Vec::new();
        for sentence in &document.sentences {
            let mut at = sentence.first as usize;
            while at < sentence.last as usize {
                match reader.run(at, sentence.last as usize, at == sentence.first as usize) {
                    Some(run) => {
                        at = run.last;
                        out.push(
                            run.pieces
                                .iter()
                                .map(|p| p.span.slice(text))
                                .collect::<Vec<_>>()
                                .join(" "),
                        );
                    }
                    None => at += 1,
                }
            }
        }
        out
    }

    #[test]
    fn runs_are_whole_and_clean() {
        assert_eq!(
            runs("The lawyer of Lt. Gen. J. R. Ott called Ana van der Dorn."),
            ["Lt Gen J R Ott", "Ana Dorn"]
        );
        assert_eq!(
            runs("He left the Office of Independent Review and the Growers’ League on Monday."),
            ["Office Independent Review", "Growers League"]
        );
        assert_eq!(
            runs("Chief medical officerMaren Thiessen met Ilya McCann."),
            ["Chief", "officer Maren Thiessen", "Ilya McCann"]
        );
        assert_eq!(
            runs("The forces of PolandPiet Dorn of Poland left."),
            ["Poland Piet Dorn", "Poland"]
        );
        assert_eq!(runs("A man met Ivo Martenis here. Marten left."), ["Ivo Marten", "Marten"]);
    }
}
