//! Labels as other tools for labelling read and write them.
//!
//! What comes in goes the way of the labelling page: the same checks, the same files, no byte moved that was not asked for. Places are
//! checked by slicing: words that a file gives beside a place must stand there.

mod doccano;
mod label_studio;
mod plain;

use super::change::{Change, Statement, Stretch};
use super::desk::{Desk, Judged, Seen};
use super::file::Annotator;
use super::store::LabelError;
use crate::text::{OffsetUnit, Ruler};

/// A form in which labels are exchanged. To add one: a file, and a line in [`EXCHANGES`].
pub struct Exchange {
    /// Name in arguments.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    write: fn(&[Taken<'_>]) -> Result<String, serde_json::Error>,
    read: fn(&str, &Desk) -> Result<Vec<Given>, String>,
}

/// Every form.
pub static EXCHANGES: &[Exchange] = &[label_studio::EXCHANGE, doccano::EXCHANGE, plain::EXCHANGE];

/// Fields of sentences in every form.
const FIELDS: [&str; 3] = ["hedged", "loaded", "act"];
/// Words that judge or inflame.
const WORDS: &str = "words";
/// Parts of a statement.
const PARTS: [&str; 3] = ["content", "source", "cue"];

/// An article with what an annotator says of it.
struct Taken<'a> {
    seen: Seen,
    text: &'a str,
}

/// What a file says of an article.
#[derive(Default)]
struct Given {
    article: String,
    /// Where in the file, for messages: "task 3", "line 4".
    place: String,
    /// The article's text as the other tool had it.
    text: Option<String>,
    changes: Vec<Change>,
    /// Places with the words that should stand there.
    words: Vec<(Stretch, String)>,
}

impl Exchange {
    /// The form of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Exchange> {
        EXCHANGES.iter().find(|e| e.name == name)
    }

    /// What an annotator says of a desk's articles, those of which nothing is said left out.
    ///
    /// # Errors
    /// When a file of labels cannot be read.
    pub fn export(&self, desk: &Desk, who: Annotator) -> Result<String, LabelError> {
        let mut taken = Vec::new();
        for article in &desk.articles {
            let seen = desk.see(&article.id, who)?;
            let says = seen.classes.iter().any(|c| !c.said.is_empty())
                || !(seen.sentences.is_empty() && seen.targets.is_empty())
                || !seen.statements.is_empty();
            if says {
                taken.push(Taken { seen, text: &article.text });
            }
        }
        (self.write)(&taken).map_err(|error| LabelError::Refused(error.to_string()))
    }

    /// Writes what a file says as an annotator's labels. Nothing is written unless all of it fits. Gives the number of articles.
    ///
    /// # Errors
    /// Every article and place that does not fit, by its place in the file.
    pub fn import(&self, text: &str, desk: &Desk, who: Annotator) -> Result<usize, LabelError> {
        let given = (self.read)(text, desk).map_err(LabelError::Refused)?;
        let mut faults = Vec::new();
        let mut all = Vec::new();
        for one in &given {
            let fault = |message: String| format!("{}: {}: {message}", one.place, one.article);
            match fits(one, desk) {
                Ok(()) => {}
                Err(message) => faults.push(fault(message)),
            }
            match desk.edits(&one.article, who, &one.changes) {
                Ok(edits) => all.push((one.article.as_str(), edits)),
                Err(error) => faults.push(fault(error.to_string())),
            }
        }
        if !faults.is_empty() {
            return Err(LabelError::Refused(faults.join("\n")));
        }
        for (id, edits) in &all {
            desk.write(id, who, edits)?;
        }
        Ok(all.len())
    }
}

/// The texts are the same, and words stand where the file says.
fn fits(given: &Given, desk: &Desk) -> Result<(), String> {
    let Some(place) = desk.place(&given.article) else {
        return Err("there is no such article".to_owned());
    };
    let text = &desk.articles[place].text;
    if given.text.as_ref().is_some_and(|t| t != text) {
        return Err("its text is another one, so that places would not fit".to_owned());
    }
    let ruler = Ruler::new(text, OffsetUnit::Chars);
    for ([start, end], words) in &given.words {
        let slice = ruler.byte(*start).zip(ruler.byte(*end)).and_then(|(a, b)| text.get(a..b));
        if slice != Some(words.as_str()) {
            return Err(format!("{words:?} does not stand at {start}-{end}"));
        }
    }
    Ok(())
}

/// A stretch of the text under a name: what all forms are made of.
struct Named {
    at: Stretch,
    name: String,
}

/// Sentences and words of an article as named stretches.
fn named(seen: &Seen) -> Vec<Named> {
    let mut all = Vec::new();
    for sentence in &seen.sentences {
        let Some(at) = sentence.at else { continue };
        let before = all.len();
        for field in FIELDS {
            let value = value(sentence, field);
            match (field, value) {
                (_, "" | "0") => {}
                ("act", act) => all.push(Named { at, name: format!("act:{act}") }),
                (field, _) => all.push(Named { at, name: field.to_owned() }),
            }
        }
        if all.len() == before {
            all.push(Named { at, name: "plain".to_owned() });
        }
        all.extend(sentence.words.iter().map(|at| Named { at: *at, name: WORDS.to_owned() }));
    }
    all
}

fn value<'s>(judged: &'s Judged, field: &str) -> &'s str {
    judged.said.get(field).map_or("", |said| said.value.as_str())
}

/// What a named stretch says; none of a name that says nothing here.
fn change(Named { at: [start, end], name }: &Named) -> Option<Change> {
    let (start, end) = (*start, *end);
    let sentence = |field: &str, value: &str| Change::Sentence {
        start,
        end,
        field: field.to_owned(),
        value: value.to_owned(),
    };
    match name.as_str() {
        "hedged" | "loaded" => Some(sentence(name, "1")),
        "plain" => Some(sentence("hedged", "0")),
        WORDS => Some(Change::Words { start, end, on: true }),
        name => name.strip_prefix("act:").map(|act| sentence("act", act)),
    }
}

/// Classes and targets as pairs of a name and a value: `tone: mixed`, `stance of Orla Venn: for`.
fn pairs(seen: &Seen) -> Vec<(String, String)> {
    let class = |c: &Judged| (c.name.clone(), value(c, "class").to_owned());
    let mut all: Vec<(String, String)> = seen.classes.iter().map(class).collect();
    for target in &seen.targets {
        for field in ["stance", "role"] {
            all.push((format!("{field} of {}", target.name), value(target, field).to_owned()));
        }
    }
    all.retain(|(_, value)| !value.is_empty());
    all
}

/// What a pair says.
fn of_pair(name: &str, value: &str) -> Change {
    let target = ["stance", "role"]
        .iter()
        .find_map(|field| Some((*field, name.strip_prefix(field)?.strip_prefix(" of ")?)));
    match target {
        Some((field, target)) => Change::Target {
            target: target.to_owned(),
            field: field.to_owned(),
            value: value.to_owned(),
        },
        None => Change::Class { axis: name.to_owned(), value: value.to_owned() },
    }
}

/// What of a statement is no stretch, in words: `kind=direct`.
fn told(statement: &Statement) -> Vec<String> {
    [
        ("kind", &statement.kind),
        ("act", &statement.act),
        ("class", &statement.class),
        ("speaker", &statement.speaker),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| format!("{name}={value}"))
    .collect()
}

fn tell(statement: &mut Statement, words: &str) {
    let Some((name, value)) = words.split_once('=') else { return };
    let value = value.trim().to_owned();
    match name.trim() {
        "kind" => statement.kind = value,
        "act" => statement.act = value,
        "class" => statement.class = value,
        "speaker" => statement.speaker = value,
        _ => {}
    }
}

fn part<'s>(statement: &'s mut Statement, name: &str) -> Option<&'s mut Vec<Stretch>> {
    match name {
        "content" => Some(&mut statement.content),
        "source" => Some(&mut statement.source),
        "cue" => Some(&mut statement.cue),
        _ => None,
    }
}

fn parts(statement: &Statement) -> [(&'static str, &[Stretch]); 3] {
    let [content, source, cue] = PARTS;
    [(content, &statement.content), (source, &statement.source), (cue, &statement.cue)]
}

/// Adds the changes that mark statements.
fn mark(changes: &mut Vec<Change>, statements: impl IntoIterator<Item = Statement>) {
    let mark = |new| Change::Statement { old: None, new: Some(Box::new(new)) };
    changes.extend(statements.into_iter().map(mark));
}

/// The words of a stretch.
fn slice(text: &str, [start, end]: Stretch) -> String {
    text.chars().skip(start).take(end - start).collect()
}

#[cfg(test)]
mod tests;
