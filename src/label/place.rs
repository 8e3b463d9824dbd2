//! What an annotator says, checked against the article and the guide's classes, and turned into changes of rows.

use super::change::{Change, Statement, Stretch};
use super::edit::{Edit, Of};
use super::file::{What, file, is_real};
use super::store::LabelError;
use crate::article::Article;
use crate::axis::{AXES, Axis, Judges};
use crate::learn::reading::answer::{ACTS, JUDGED, KINDS, ROLES, VOICES};
use crate::mark::{SOURCE_CLASSES, STANCES};
use crate::text::{Document, OffsetUnit, Ruler, Span};

fn refused<T>(message: String) -> Result<T, LabelError> {
    Err(LabelError::Refused(message))
}

/// One of the known values, or none of any.
fn one_of(what: &str, value: &str, known: &[&str]) -> Result<(), LabelError> {
    if value.is_empty() || known.contains(&value) {
        return Ok(());
    }
    refused(format!("{what} is {value:?}; it is one of {}", known.join(", ")))
}

/// The axes that annotators judge: of articles of public sets only some, as the others follow from sentences.
pub(crate) fn judged_axes(article: &str) -> impl Iterator<Item = &'static Axis> {
    let real = is_real(article);
    AXES.iter().filter(move |a| a.judges == Judges::Readers && (!real || JUDGED.contains(&a.name)))
}

/// A longer name would be a run of the article's words.
const LONGEST_NAME: usize = 7;

fn name(target: &str) -> Result<&str, LabelError> {
    let target = target.trim();
    match target.split_whitespace().count() {
        1..=LONGEST_NAME => Ok(target),
        0 => refused("a target needs a name".to_owned()),
        words => {
            refused(format!("{target:?} has {words} words; write a name of at most {LONGEST_NAME}"))
        }
    }
}

/// An article on which something is said, ready to be looked into.
pub(crate) struct Place<'a> {
    article: &'a Article,
    document: Document<'a>,
    ruler: Ruler<'a>,
}

impl<'a> Place<'a> {
    pub(crate) fn new(article: &'a Article) -> Self {
        let ruler = Ruler::new(&article.text, OffsetUnit::Chars);
        Place { article, document: article.document(), ruler }
    }

    /// The stretch in bytes, if there is text in it.
    fn span(&self, [start, end]: Stretch) -> Result<Span, LabelError> {
        match (self.ruler.byte(start), self.ruler.byte(end)) {
            (Some(from), Some(to)) if from < to => Ok(Span::new(from, to)),
            _ => refused(format!("{start}-{end} does not fit the text")),
        }
    }

    /// The whole words that a stretch touches.
    fn snapped(&self, stretch: Stretch) -> Result<Span, LabelError> {
        let span = self.span(stretch)?;
        let text = span.slice(&self.article.text);
        let from = span.from() + text.len() - text.trim_start().len();
        let to = from + text.trim().len();
        let tokens = &self.document.tokens;
        let first = tokens.partition_point(|t| t.span.to() <= from);
        let behind = tokens.partition_point(|t| t.span.from() < to);
        match tokens.get(first..behind) {
            Some([one]) => Ok(one.span),
            Some([first, .., last]) => Ok(Span::new(first.span.from(), last.span.to())),
            _ => refused("there is no word in what was marked".to_owned()),
        }
    }

    /// A place in a file's unit.
    fn tell(&self, unit: OffsetUnit, byte: usize) -> usize {
        match unit {
            OffsetUnit::Bytes => byte,
            OffsetUnit::Chars => self.ruler.tell(byte),
        }
    }

    fn edit(
        &self,
        what: What,
        key: &[(&'static str, String)],
        of: OfField,
    ) -> Result<Edit, LabelError> {
        let id = &self.article.id;
        let Some(file) = file(what, id) else {
            return refused(format!("{what:?} of own articles have no file").to_lowercase());
        };
        let of = match of {
            OfField::Judge(field, value) => match file.field(field) {
                Some(field) => Of::Judge(field, Some(value.to_owned()).filter(|v| !v.is_empty())),
                None => return refused(format!("{} has no column for {field}", file.name)),
            },
            OfField::Other(of) => of,
        };
        let mut all = vec![("article", id.clone())];
        all.extend_from_slice(key);
        Ok(Edit { file, key: all, told: Vec::new(), of })
    }

    fn sentence(&self, span: Span, of: OfField) -> Result<Edit, LabelError> {
        let own = !is_real(&self.article.id);
        let unit = if own { OffsetUnit::Bytes } else { OffsetUnit::Chars };
        let place = |byte| self.tell(unit, byte).to_string();
        let key = [("start", place(span.from())), ("end", place(span.to()))];
        let mut edit = self.edit(What::Sentences, &key, of)?;
        if own {
            let words = span.slice(&self.article.text).split_whitespace();
            edit.told.push(("text", words.collect::<Vec<_>>().join(" ")));
        }
        Ok(edit)
    }

    /// The sentence of the program that stands where somebody points.
    fn sentence_of(&self, span: Span) -> Result<Span, LabelError> {
        let found = self.document.sentence_at(span.start);
        match found.map(|index| self.document.sentences[index].span) {
            Some(sentence) => Ok(sentence),
            None => refused("there is no sentence".to_owned()),
        }
    }

    /// The class of the article on an axis.
    pub(crate) fn class(&self, axis: &str, value: &str) -> Result<Edit, LabelError> {
        let key = [("axis", axis.to_owned())];
        self.edit(What::Classes, &key, OfField::Judge("class", value))
    }

    /// What a change writes.
    pub(crate) fn edits(&self, change: &Change) -> Result<Vec<Edit>, LabelError> {
        match change {
            Change::Class { axis, value } => {
                let Some(axis) = judged_axes(&self.article.id).find(|a| a.name == axis) else {
                    return refused(format!("no axis that is judged here is named {axis:?}"));
                };
                one_of(axis.name, value, axis.classes)?;
                Ok(vec![self.class(axis.name, value)?])
            }
            Change::Sentence { start, end, field, value } => {
                match field.as_str() {
                    "act" => one_of("act", value.trim_end_matches(" part"), &ACTS)?,
                    _ => one_of(field, value, &["0", "1"])?,
                }
                let span = self.sentence_of(self.span([*start, *end])?)?;
                Ok(vec![self.sentence(span, OfField::Judge(field, value))?])
            }
            Change::Words { start, end, on } => self.words([*start, *end], *on),
            Change::Target { target, field, value } => {
                let known: &[&str] = if field == "role" { &ROLES } else { &STANCES };
                one_of(field, value, known)?;
                let key = [("target", name(target)?.to_owned())];
                Ok(vec![self.edit(What::Targets, &key, OfField::Judge(field, value))?])
            }
            Change::Mention { target, start, end, value } => {
                if let Some((role, by)) = value.split_once(' ') {
                    one_of("role of a mention", role, &ROLES[..3])?;
                    one_of("by", by, &VOICES)?;
                } else {
                    one_of("mention", value, &[])?;
                }
                let span = self.sentence_of(self.span([*start, *end])?)?;
                let place = |byte| self.tell(OffsetUnit::Chars, byte).to_string();
                let key = [
                    ("target", name(target)?.to_owned()),
                    ("start", place(span.from())),
                    ("end", place(span.to())),
                ];
                Ok(vec![self.edit(What::Mentions, &key, OfField::Judge("mention", value))?])
            }
            Change::Statement { old, new } => {
                let old = old.iter().map(|s| self.statement(s, false));
                old.chain(new.iter().map(|s| self.statement(s, true))).collect()
            }
            // Needs to know what was said: see `Desk`.
            Change::Plain => Ok(Vec::new()),
        }
    }

    /// Every prose sentence, to be called plain where nothing else was said.
    pub(crate) fn prose(&self) -> impl Iterator<Item = Span> {
        self.document.prose_sentences().map(|s| s.span)
    }

    /// A sentence that is nothing of what a field asks for.
    pub(crate) fn plain(&self, span: Span) -> Result<Edit, LabelError> {
        self.sentence(span, OfField::Judge("hedged", "0"))
    }

    fn words(&self, stretch: Stretch, on: bool) -> Result<Vec<Edit>, LabelError> {
        let span = self.snapped(stretch)?;
        let sentence = self.sentence_of(span)?;
        if span.to() > sentence.to() {
            return refused("mark the words of one sentence".to_owned());
        }
        let mut edits = Vec::new();
        if on {
            edits.push(self.sentence(sentence, OfField::Judge("loaded", "1"))?);
        }
        // Only files of public sets keep the words' places.
        if is_real(&self.article.id) {
            let place = |byte| self.tell(OffsetUnit::Chars, byte);
            let piece = format!("{}-{}", place(span.from()), place(span.to()));
            edits.push(self.sentence(sentence, OfField::Other(Of::Piece("words", piece, on)))?);
        }
        Ok(edits)
    }

    fn statement(&self, statement: &Statement, on: bool) -> Result<Edit, LabelError> {
        let Some(file) = file(What::Attributions, &self.article.id) else {
            return refused("statements have no file".to_owned());
        };
        // What was marked by other ways stays findable: only new marks snap.
        let spans = |pieces: &[Stretch]| -> Result<Vec<Span>, LabelError> {
            let span = |s: &Stretch| if on { self.snapped(*s) } else { self.span(*s) };
            let mut spans = pieces.iter().map(span).collect::<Result<Vec<_>, _>>()?;
            spans.sort_unstable();
            Ok(spans)
        };
        let parts = [&statement.source, &statement.cue, &statement.content];
        let [source, cue, content] = parts.map(|pieces| spans(pieces));
        let (source, cue, content) = (source?, cue?, content?);
        if content.is_empty() {
            return refused("a statement needs what is said: mark its content".to_owned());
        }
        let classes = SOURCE_CLASSES.iter().map(|(_, name)| *name).collect::<Vec<_>>();
        one_of("kind", &statement.kind, &KINDS)?;
        one_of("act", &statement.act, &ACTS)?;
        one_of("class", &statement.class, &classes)?;
        let or = |value: &str, other: &str| {
            if value.trim().is_empty() { other.to_owned() } else { value.trim().to_owned() }
        };
        let speaker = or(&statement.speaker, "unresolved");
        for one in speaker.split(';') {
            name(one)?;
        }
        let text = &self.article.text;
        let told = |spans: &[Span]| {
            let span = |s: &Span| {
                let (from, to) = (self.tell(file.unit, s.from()), self.tell(file.unit, s.to()));
                format!("{from}-{to}")
            };
            spans.iter().map(span).collect::<Vec<_>>().join(";")
        };
        let words = |spans: &[Span]| {
            let words = |s: &Span| s.slice(text).split_whitespace().collect::<Vec<_>>().join(" ");
            spans.iter().map(words).collect::<Vec<_>>().join(" ¦ ")
        };
        let found = kind(&content, text).to_owned();
        let [at_source, at_cue, at_content] = file.places();
        let own = !is_real(&self.article.id);
        let key = vec![
            ("article", self.article.id.clone()),
            (at_source, told(&source)),
            (at_cue, told(&cue)),
            (at_content, told(&content)),
            ("kind", or(&statement.kind, &found)),
            ("act", or(&statement.act, ACTS[0])),
            (
                "source_class",
                or(&statement.class, if source.is_empty() { "none" } else { "person" }),
            ),
            (if own { "speaker" } else { "speakers" }, speaker),
        ];
        let mut all = Vec::new();
        if own {
            all.extend([
                ("source", words(&source)),
                ("cue", words(&cue)),
                ("content", words(&content)),
            ]);
        }
        Ok(Edit { file, key, told: all, of: Of::Mark(on) })
    }
}

/// What of a row a change is about.
enum OfField<'v> {
    Judge(&'v str, &'v str),
    Other(Of),
}

/// Marks that open and close quotations.
const MARKS: [char; 5] = ['"', '“', '”', '«', '»'];

/// How much of a content stands between quotation marks.
fn kind(content: &[Span], text: &str) -> &'static str {
    let marked = |s: &Span| {
        let words = s.slice(text).trim().trim_end_matches(['.', ',', ';', '?', '!']);
        [words.starts_with(MARKS), words.ends_with(MARKS), words.contains(MARKS)]
    };
    let all: Vec<[bool; 3]> = content.iter().map(marked).collect();
    match all.as_slice() {
        all if all.iter().all(|[opens, closes, _]| *opens && *closes) => KINDS[0],
        all if all.iter().any(|[.., any]| *any) => KINDS[1],
        _ => KINDS[2],
    }
}

#[cfg(test)]
mod tests;
