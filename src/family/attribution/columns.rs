//! What the taggers look at, one entry a token, each filled in one pass over the document.

use super::act;
use crate::entity::words::names_somebody;
use crate::extract::first::{self, Near};
use crate::extract::form::Form;
use crate::extract::forms::Forms;
use crate::extract::{FIRST_WIDTH, Kept, SECOND_WIDTH, Tagger, WordRates, second};
use crate::mark::{Layer, Marks};
use crate::tagger::Sums;
use crate::text::{Document, Kind};
use std::ops::Range;

/// Where a token stands to quotation marks.
pub(super) mod quote {
    pub(in crate::family::attribution) const OUTSIDE: u8 = 0;
    pub(in crate::family::attribution) const INSIDE: u8 = 1;
    pub(in crate::family::attribution) const OPENS: u8 = 2;
    pub(in crate::family::attribution) const CLOSES: u8 = 3;
}

/// A column for each thing that is known of a token.
#[derive(Default)]
pub(crate) struct Columns {
    pub(super) forms: Vec<Form>,
    /// Rows of the forms around a token, added up: first stage, within its paragraph.
    pub(super) first: Vec<Sums<FIRST_WIDTH>>,
    /// Second stage, for each side on which the cue can stand.
    pub(super) second: Vec<[Sums<SECOND_WIDTH>; second::SIDES]>,
    pub(super) quote: Vec<u8>,
    /// Tokens since the mark that opened the quotation, 3 at most.
    pub(super) depth: Vec<u8>,
    pub(super) before: Vec<Near>,
    pub(super) after: Vec<Near>,
    /// What the sentence holds: quotation marks, cue-like words.
    pub(super) sentence: Vec<u8>,
    /// Token ranges of prose blocks, cut at [`LONGEST`].
    pub(super) paragraphs: Vec<Range<usize>>,
}

/// Most tokens that are tagged in one go. Longer paragraphs are cut, so that time and memory stay linear.
pub(super) const LONGEST: usize = 600;

/// Number of edges, rising, at or below a value.
pub(super) fn step<T: PartialOrd>(value: T, edges: &[T]) -> u8 {
    // All edges are looked at: cheaper than a branch that cannot be foretold.
    edges.iter().map(|e| u8::from(value >= *e)).sum()
}

const DISTANCES: [usize; 8] = [1, 2, 3, 4, 6, 9, 13, 20];
/// Least cue rate of a cue-like word.
const CUE_LIKE: u8 = 3;

impl Columns {
    pub(crate) fn new(
        document: &Document<'_>,
        marks: &Marks,
        tagger: &Tagger,
        kept: &mut Kept,
    ) -> Self {
        let n = document.tokens.len();
        let mut c = Columns {
            forms: Vec::with_capacity(n),
            first: vec![[0; FIRST_WIDTH]; n],
            second: Vec::with_capacity(n),
            before: vec![Near::default(); n],
            after: vec![Near::default(); n],
            sentence: vec![0; n],
            quote: vec![quote::OUTSIDE; n],
            depth: vec![0; n],
            paragraphs: Vec::new(),
        };
        c.cut(document);
        c.fill_forms(document, tagger, kept);
        c.fill_quotes(document, marks);
        for (index, sentence) in document.sentences.iter().enumerate() {
            if document.is_prose(sentence) {
                c.fill_sentence(document, index);
            }
        }
        c
    }

    /// Looks every form up once, and adds up the rows of the forms around each token.
    fn fill_forms(&mut self, document: &Document<'_>, tagger: &Tagger, kept: &mut Kept) {
        const CHUNK: usize = Forms::AT_ONCE - 2 * first::HERE;
        let n = document.tokens.len();
        let (mut places, mut around) = (Vec::new(), Vec::new());
        for start in (0..n).step_by(CHUNK) {
            let end = n.min(start + CHUNK);
            // As far beyond the chunk as its tokens look.
            let known = start.saturating_sub(first::HERE)..n.min(end + first::HERE);
            kept.forms.find(
                tagger.fields(),
                document.text,
                &document.tokens[known.clone()],
                &mut places,
            );
            let forms = &kept.forms;
            self.forms.extend(
                places[start - known.start..end - known.start]
                    .iter()
                    .map(|&place| *forms.form(place)),
            );
            look_around(&places, &known, start..end, 0..n, 1, &mut around);
            for places in around.windows(second::PLACES) {
                if let Ok(places) = places.try_into() {
                    self.second.push(forms.second(places));
                }
            }
            let from = self.paragraphs.partition_point(|p| p.end <= start);
            for paragraph in self.paragraphs[from..].iter().take_while(|p| p.start < end) {
                let own = paragraph.start.max(start)..paragraph.end.min(end);
                look_around(
                    &places,
                    &known,
                    own.clone(),
                    paragraph.clone(),
                    first::HERE,
                    &mut around,
                );
                for (sums, places) in self.first[own].iter_mut().zip(around.windows(first::PLACES))
                {
                    *sums = places.try_into().map_or(*sums, |places| forms.first(places));
                }
            }
        }
    }

    /// The form of a token; that of an edge where there is none.
    pub(super) fn form(&self, i: Option<usize>) -> &Form {
        i.and_then(|i| self.forms.get(i)).unwrap_or(&Form::NONE)
    }

    /// By its own rate; a word never seen in training, by its stem's.
    fn is_cue_like(&self, i: usize) -> bool {
        let form = &self.forms[i];
        form.rates.cue >= CUE_LIKE
            || (form.rates == WordRates::default() && form.stem_rates.cue > CUE_LIKE)
    }

    /// A content can begin at a token: not with a mark between clauses, nor with a pronoun that ties it to the noun before it.
    pub(crate) fn can_begin(&self, i: usize) -> bool {
        const BRACKET: u8 = 11;
        /// Ends of sentences, colons and quotation marks: behind them the pronoun asks.
        const ASKS_BEHIND: [u8; 4] = [6, 8, 9, 14];
        let here = &self.forms[i];
        if here.separator {
            return here.shape == BRACKET;
        }
        let asks = |p: usize| self.is_cue_like(p) || ASKS_BEHIND.contains(&self.forms[p].shape);
        !here.relative || i.checked_sub(1).is_none_or(asks)
    }

    /// A token can be the head of a cue: no pronoun, article or form of "be", no heading in capitals, and no word that the
    /// training texts have often and seldom as a cue ("visited", "launch"), unless it says, thinks, wants or finds.
    pub(super) fn can_say(&self, document: &Document<'_>, i: usize) -> bool {
        const CAPITALS: u8 = 1;
        let capitals = |p: Option<usize>| self.form(p).shape == CAPITALS;
        let heading = capitals(Some(i)) && (capitals(i.checked_sub(1)) || capitals(Some(i + 1)));
        let rate = self.forms[i].rates.cue;
        // What is never a cue and what was never seen have the same rate.
        let says = match rate {
            0 => !names_somebody(document, i),
            CUE_LIKE.. => true,
            _ => act::names_an_act(document, i),
        };
        !(self.forms[i].no_cue || heading) && says
    }

    fn fill_quotes(&mut self, document: &Document<'_>, marks: &Marks) {
        let mut done = 0;
        for mark in
            marks.layer(Layer::Quote).iter().filter(|m| m.class != "nested" && m.class != "title")
        {
            if mark.span.start < done {
                continue;
            }
            done = mark.span.end;
            let tokens = document.tokens_within(mark.span);
            let (mut last, mut since) = (None, 0);
            for at in tokens {
                self.quote[at] = if last.is_none() { quote::OPENS } else { quote::INSIDE };
                self.depth[at] = since;
                since = (since + 1).min(3);
                last = Some(at);
            }
            if let Some(at) = last.filter(|&at| document.tokens[at].kind == Kind::Punctuation) {
                let closing = matches!(document.form(at), "”" | "\"" | "’" | "'" | "»");
                if closing && self.quote[at] == quote::INSIDE {
                    self.quote[at] = quote::CLOSES;
                }
            }
        }
    }

    fn fill_sentence(&mut self, document: &Document<'_>, index: usize) {
        let range = document.sentences[index].tokens();
        nearest(self, document, range.clone(), true);
        nearest(self, document, range.clone().rev(), false);
        let any = range.clone().any(|i| self.quote[i] != quote::OUTSIDE);
        let opens = matches!(self.quote[range.start], quote::INSIDE | quote::OPENS);
        let cues = range.clone().filter(|&i| self.is_cue_like(i)).take(2).count();
        let code = u8::from(any) + 2 * u8::from(opens) + 4 * cues as u8;
        self.sentence[range].fill(code);
    }

    fn cut(&mut self, document: &Document<'_>) {
        let mut block = None;
        for sentence in document.prose_sentences() {
            let tokens = sentence.tokens();
            match self.paragraphs.last_mut() {
                Some(last)
                    if block == Some(sentence.block) && tokens.end - last.start <= LONGEST =>
                {
                    last.end = tokens.end
                }
                _ => {
                    let mut start = tokens.start;
                    while start < tokens.end {
                        let end = tokens.end.min(start + LONGEST);
                        self.paragraphs.push(start..end);
                        start = end;
                    }
                }
            }
            block = Some(sentence.block);
        }
    }
}

/// The places of the forms of the tokens `own` and of as many as `reach` on either side, edges where these lie outside `within`.
/// `places` holds those of the tokens `known`.
fn look_around(
    places: &[u32],
    known: &Range<usize>,
    own: Range<usize>,
    within: Range<usize>,
    reach: usize,
    out: &mut Vec<u32>,
) {
    let inside =
        own.start.saturating_sub(reach).max(within.start)..(own.end + reach).min(within.end);
    out.clear();
    out.resize(reach - (own.start - inside.start), Forms::EDGE);
    out.extend_from_slice(&places[inside.start - known.start..inside.end - known.start]);
    out.resize(own.len() + 2 * reach, Forms::EDGE);
}

/// Fills the nearest cue-like word before (or, going backward, after) each token of a sentence.
fn nearest(
    c: &mut Columns,
    document: &Document<'_>,
    order: impl Iterator<Item = usize>,
    forward: bool,
) {
    let mut cue: Option<usize> = None;
    let mut between = 0;
    for at in order {
        if let Some(cue) = cue {
            let distance = step(at.abs_diff(cue), &DISTANCES);
            let form = &c.forms[cue];
            let near = Near {
                word: document.tokens[cue].word,
                distance,
                between,
                cue: form.rates.cue.max(form.stem_rates.cue),
            };
            if forward {
                c.before[at] = near;
            } else {
                c.after[at] = near;
            }
        }
        if c.is_cue_like(at) {
            cue = Some(at);
            between = 0;
        } else if c.forms[at].separator {
            between |= 1;
        } else if c.quote[at] >= quote::OPENS {
            between |= 2;
        }
    }
}

impl Columns {
    /// Token ranges that are tagged in one go.
    pub(crate) fn paragraphs(&self) -> &[Range<usize>] {
        &self.paragraphs
    }
}
