//! The article as the families see it.

use super::quote_mark::seen_mark;
use super::word::visible;
use super::{
    Block, BlockKind, Form, Kind, Passage, Sentence, Span, Token, block, capitals, sentence,
    tokenize,
};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The unchanged text with its blocks, sentences and tokens, all in order of place.
pub struct Document<'a> {
    /// The text as it was given. Every span of every other type slices this.
    pub text: &'a str,
    /// Paragraphs and set-aside lines.
    pub blocks: Vec<Block>,
    /// Sentences of all blocks; ask the block whether they are prose.
    pub sentences: Vec<Sentence>,
    /// Tokens of all blocks.
    pub tokens: Vec<Token>,
    /// For each token, the sentence it belongs to.
    pub sentence_of: Vec<u32>,
    /// The form in which it was written, as far as the text tells.
    pub form: Form,
    /// Number of words and numbers in prose.
    pub words: usize,
    /// Forms of tokens that are not as the text writes them: with invisible characters inside, in copy in capitals, or marks
    /// of other keyboards.
    seen: BTreeMap<usize, Box<str>>,
    /// For each stretch of [`STRETCH`] bytes, the first token that ends behind its beginning.
    stretches: Vec<u32>,
}

/// The forms of tokens that hold invisible characters, and of quotation marks of other keyboards.
fn seen(text: &str, tokens: &[Token]) -> BTreeMap<usize, Box<str>> {
    let seen = |(index, token): (usize, &Token)| {
        let form = token.span.slice(text);
        if token.kind == Kind::Punctuation {
            return seen_mark(token, form).map(|form| (index, form.into()));
        }
        match visible(form) {
            Cow::Borrowed(_) => None,
            Cow::Owned(form) => Some((index, form.into())),
        }
    };
    tokens.iter().enumerate().filter_map(seen).collect()
}

/// Bytes of a stretch: a token is found by its offset with a few looks at its neighbours.
const STRETCH: usize = 8;

impl<'a> Document<'a> {
    /// Cuts a text into blocks, sentences and tokens. Cannot fail; linear in the length. Text past 4 GiB is left out,
    /// as spans count in 32 bits.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self::with_passages(text, &[])
    }

    /// The same, where the format tells the kind of some lines; `passages` in order of place.
    #[must_use]
    pub fn with_passages(text: &'a str, passages: &[Passage]) -> Self {
        let mut end = text.len().min(u32::MAX as usize);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        let (blocks, form) = block::blocks(text, passages);
        let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
        let mut sentences = Vec::with_capacity(text.len() / 100 + 1);
        for (index, block) in blocks.iter().enumerate() {
            let first = tokens.len();
            tokenize(text, block.span, &mut tokens);
            if tokens.len() > first {
                sentence::split(text, &tokens, first, index as u32, &mut sentences);
            }
        }
        let mut sentence_of = Vec::with_capacity(tokens.len());
        for (index, sentence) in sentences.iter().enumerate() {
            sentence_of.extend(std::iter::repeat_n(index as u32, sentence.tokens().len()));
        }
        let mut stretches = Vec::with_capacity(text.len() / STRETCH + 1);
        for (index, token) in tokens.iter().enumerate() {
            while stretches.len() * STRETCH < token.span.to() {
                stretches.push(index as u32);
            }
        }
        let mut seen = seen(text, &tokens);
        seen.append(&mut capitals::recase(text, &blocks, &sentences, &mut tokens));
        let mut document = Document {
            text,
            blocks,
            sentences,
            tokens,
            sentence_of,
            form,
            words: 0,
            seen,
            stretches,
        };
        document.words = document.prose_sentences().map(|s| document.words_in(s)).sum();
        document
    }

    /// The blocks that are scored.
    pub fn prose(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|b| b.is_prose())
    }

    /// The sentences that are scored.
    pub fn prose_sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.sentences.iter().filter(|s| self.is_prose(s))
    }

    /// True when a sentence stands in prose.
    #[must_use]
    pub fn is_prose(&self, sentence: &Sentence) -> bool {
        self.blocks[sentence.block as usize].is_prose()
    }

    /// True when a sentence may name people of whom the text speaks: prose, and names under quotations.
    #[must_use]
    pub fn names_people(&self, sentence: &Sentence) -> bool {
        let block = &self.blocks[sentence.block as usize];
        block.is_prose() || block.kind == BlockKind::Signature
    }

    /// Words and numbers of a sentence.
    #[must_use]
    pub fn words_in(&self, sentence: &Sentence) -> usize {
        self.tokens[sentence.tokens()].iter().filter(|t| t.is_word()).count()
    }

    /// Words and numbers that lie wholly inside a span.
    #[must_use]
    pub fn words_within(&self, span: Span) -> usize {
        self.tokens_within(span).filter(|&t| self.tokens[t].is_word()).count()
    }

    /// Indices of the tokens that lie wholly inside a span.
    pub fn tokens_within(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let first = self.token_from(span.start);
        (first..self.tokens.len()).take_while(move |&t| self.tokens[t].span.end <= span.end)
    }

    /// The first token that begins at an offset or behind it; the number of tokens when none does.
    #[must_use]
    pub fn token_from(&self, offset: u32) -> usize {
        self.token_near(offset, |span| span.start < offset)
    }

    /// The first token that ends behind an offset; the number of tokens when none does.
    #[must_use]
    pub fn token_behind(&self, offset: u32) -> usize {
        self.token_near(offset, |span| span.end <= offset)
    }

    #[inline]
    fn token_near(&self, offset: u32, passed: impl Fn(Span) -> bool) -> usize {
        let Some(&first) = self.stretches.get(offset as usize / STRETCH) else {
            return self.tokens.len();
        };
        let tokens = &self.tokens[first as usize..];
        tokens
            .iter()
            .position(|t| !passed(t.span))
            .map_or(self.tokens.len(), |at| first as usize + at)
    }

    /// The sentence that holds a byte offset, if any does.
    #[must_use]
    pub fn sentence_at(&self, offset: u32) -> Option<usize> {
        let index = self.sentences.partition_point(|s| s.span.end <= offset);
        self.sentences.get(index).filter(|s| s.span.start <= offset).map(|_| index)
    }

    /// True when a token stands in a block whose words are all somebody's.
    #[must_use]
    pub fn is_spoken(&self, token: usize) -> bool {
        let sentence = self.sentence_of.get(token).map(|&s| &self.sentences[s as usize]);
        sentence.is_some_and(|s| self.blocks[s.block as usize].is_spoken())
    }

    /// The word of a token as a reader sees it.
    #[must_use]
    pub fn form(&self, token: usize) -> &str {
        if !self.seen.is_empty()
            && let Some(seen) = self.seen.get(&token)
        {
            return seen;
        }
        self.tokens.get(token).map_or("", |t| t.span.slice(self.text))
    }

    /// The headline, when the text opens with one.
    #[must_use]
    pub fn headline(&self) -> Option<&Block> {
        self.blocks.iter().find(|b| b.kind == BlockKind::Headline)
    }

    /// Words that stand outside prose.
    #[must_use]
    pub fn skipped_words(&self) -> usize {
        self.sentences.iter().filter(|s| !self.is_prose(s)).map(|s| self.words_in(s)).sum()
    }
}

/// The form of a token is one of `list`, whatever its case.
pub(crate) fn is_one_of(document: &Document<'_>, token: usize, list: &[&str]) -> bool {
    let form = document.form(token);
    let Some(first) = form.bytes().next() else { return false };
    // Length and first letter are asked in one: what is so seldom true is foretold.
    let alike = |word: &str| {
        (word.len() == form.len())
            & word.bytes().next().is_some_and(|other| (first ^ other) & !0x20 == 0)
    };
    list.iter().any(|word| alike(word) && form.eq_ignore_ascii_case(word))
}
