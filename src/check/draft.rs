//! A draft as the kinds see it: the scored article, and what several of them ask of it.

use super::lists::{List, Lists};
use super::settings::Settings;
use crate::entity::Names;
use crate::entity::words::{Told, told};
use crate::mark::{Attribution, Marks};
use crate::score::Scored;
use crate::text::{Block, BlockKind, Document, Sentence, Span};
use std::ops::Range;

/// Attributions below this confidence say nothing, not even that a statement has a source.
const HEEDED: f64 = 0.2;

/// A scored article with what kinds look up.
pub(super) struct Draft<'s, 'a> {
    pub(super) scored: &'s Scored<'a>,
    pub(super) document: &'s Document<'a>,
    pub(super) marks: &'s Marks,
    pub(super) lists: &'s Lists,
    pub(super) settings: &'s Settings,
    pub(super) names: Names,
    /// What each token may tell of a person.
    told: Vec<Told>,
    /// For each sentence: the attributions whose source, cue or content reach into it.
    touched: Vec<Vec<usize>>,
}

impl<'s, 'a> Draft<'s, 'a> {
    pub(super) fn new(scored: &'s Scored<'a>, lists: &'s Lists, settings: &'s Settings) -> Self {
        let document = &scored.document;
        let mut touched = vec![Vec::new(); document.sentences.len()];
        for (index, attribution) in scored.marks.attributions.iter().enumerate() {
            let spans = [&attribution.source, &attribution.cue, &attribution.content];
            for span in spans.into_iter().flatten().filter(|_| attribution.confidence >= HEEDED) {
                let first = document.sentences.partition_point(|s| s.span.end <= span.start);
                let reached = document.sentences[first..].iter().zip(&mut touched[first..]);
                for (_, list) in reached.take_while(|(s, _)| s.span.start < span.end) {
                    if list.last() != Some(&index) {
                        list.push(index);
                    }
                }
            }
        }
        Draft {
            scored,
            document,
            marks: &scored.marks,
            lists,
            settings,
            names: Names::of(document),
            told: told(document),
            touched,
        }
    }

    /// The words of a span.
    pub(super) fn words(&self, span: Span) -> &'a str {
        span.slice(self.document.text)
    }

    /// The words of a span as a message quotes them: on one line, without marks of quotation around them, and not too long.
    pub(super) fn quoted(&self, span: Span) -> String {
        const MOST: usize = 12;
        let words: Vec<&str> = self.words(span).split_whitespace().collect();
        let text = words[..words.len().min(MOST)].join(" ");
        let text = text.trim_matches(|c: char| {
            matches!(c, '“' | '”' | '"' | '‘' | '’' | '\'' | ',' | '.' | '«' | '»')
        });
        format!("“{text}{}”", if words.len() > MOST { " …" } else { "" })
    }

    /// The span of some tokens.
    pub(super) fn span(&self, tokens: Range<usize>) -> Span {
        let tokens = &self.document.tokens[tokens];
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::new(0, 0),
        }
    }

    /// The sentence of a token, with its index.
    pub(super) fn sentence_of(&self, token: usize) -> (usize, &'s Sentence) {
        let index = self.document.sentence_of[token] as usize;
        (index, &self.document.sentences[index])
    }

    /// The block of a sentence.
    pub(super) fn block(&self, sentence: &Sentence) -> &'s Block {
        &self.document.blocks[sentence.block as usize]
    }

    /// Running text of the article itself; no transcript, no block quotation.
    pub(super) fn is_prose(&self, sentence: &Sentence) -> bool {
        self.block(sentence).kind == BlockKind::Prose
    }

    /// The attributions that reach into a sentence.
    pub(super) fn attributions(&self, sentence: usize) -> impl Iterator<Item = &'s Attribution> {
        let all = &self.marks.attributions;
        self.touched.get(sentence).into_iter().flatten().map(move |&a| &all[a])
    }

    /// True when somebody in particular is said to say something in a sentence.
    pub(super) fn has_source(&self, sentence: usize) -> bool {
        self.attributions(sentence).any(|a| !a.source.is_empty() || !a.speakers.is_empty())
    }

    /// The tokens of the paragraph that a sentence belongs to.
    pub(super) fn paragraph(&self, sentence: usize) -> Range<usize> {
        let block = self.document.sentences[sentence].block;
        let first = self.document.sentences.partition_point(|s| s.block < block);
        let last = self.document.sentences.partition_point(|s| s.block <= block);
        let tokens = |at: usize| self.document.sentences[at].tokens();
        if first < last { tokens(first).start..tokens(last - 1).end } else { 0..0 }
    }

    /// The tokens of the sentences around one, `reach` before and behind, within its paragraph.
    pub(super) fn around(&self, sentence: usize, reach: usize) -> Range<usize> {
        let sentences = &self.document.sentences;
        let block = sentences[sentence].block;
        let mut first = sentence;
        while first > 0 && sentence - first < reach && sentences[first - 1].block == block {
            first -= 1;
        }
        let mut last = sentence;
        while last + 1 < sentences.len()
            && last - sentence < reach
            && sentences[last + 1].block == block
        {
            last += 1;
        }
        sentences[first].tokens().start..sentences[last].tokens().end
    }

    /// True when a token tells what somebody is: an office, a trade, family, a body.
    pub(super) fn tells(&self, token: usize) -> bool {
        self.told.get(token).is_some_and(|t| t.role)
    }

    /// True when a token is a given name.
    pub(super) fn is_given(&self, token: usize) -> bool {
        self.told.get(token).is_some_and(|t| t.given)
    }

    /// True when the article holds a word of a list in some tokens.
    pub(super) fn holds(&self, list: List, tokens: Range<usize>) -> bool {
        self.lists.holds(list, self.document, tokens)
    }

    /// Stands between quotation marks of any kind.
    pub(super) fn in_quotes(&self, span: Span) -> bool {
        let quotes = self.marks.layer(crate::mark::Layer::Quote);
        let from = quotes.partition_point(|q| q.span.end <= span.start);
        quotes[from..].iter().take_while(|q| q.span.start < span.end).any(|q| q.span.overlaps(span))
    }

    /// The article's own words: no quotation, no transcript. What others are reported to say counts as its own words, too.
    pub(super) fn is_written(&self, token: usize) -> bool {
        let (_, sentence) = self.sentence_of(token);
        self.is_prose(sentence) && !self.in_quotes(self.document.tokens[token].span)
    }

    /// The form of a token in small letters.
    pub(super) fn form(&self, token: usize) -> String {
        self.document.form(token).to_lowercase()
    }
}
