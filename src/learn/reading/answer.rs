//! What readers answer: JSON lines, read and checked against the pack.

use super::pack::{Pack, PackedArticle};
use super::place::find;
use crate::axis::Axis;
use crate::learn::dataset::numbered_lines;
use crate::learn::error::{LearnError, Problem};
use crate::mark::{SOURCE_CLASSES, STANCES};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Axes that a reader judges as a whole; the classes of the others follow from ticks.
pub const JUDGED: [&str; 3] = ["genre", "tone", "sourcing"];
/// What a source does.
pub const ACTS: [&str; 4] = ["speech", "thought", "will", "finding"];
/// What a target is made to be.
pub const ROLES: [&str; 4] = ["blamed", "victim", "praised", "plain"];
/// In whose voice.
pub const VOICES: [&str; 2] = ["own", "source"];
/// How much of the content is quoted.
pub const KINDS: [&str; 3] = ["direct", "mixed", "indirect"];

/// A line of a reader's file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Key of the article.
    pub article: String,
    /// Who read it.
    pub reader: String,
    /// Class, where the article is judged as a whole.
    pub genre: Option<String>,
    /// The same.
    pub tone: Option<String>,
    /// The same.
    pub sourcing: Option<String>,
    /// The sentences that are not plain; absent where the reader was not asked for sentences.
    pub sentences: Option<Vec<Tick>>,
    /// The targets; absent as `sentences` is.
    pub targets: Option<Vec<TargetAnswer>>,
    /// Attributions in full; absent where the reader was not asked for them.
    pub attributions: Option<Vec<AttributionAnswer>>,
    /// Decisions on disputes, by field: `A`, `B`, or a value.
    pub decisions: Option<BTreeMap<String, String>>,
}

impl Answer {
    /// What it holds, by name.
    fn parts(&self) -> Vec<&'static str> {
        let held = [
            (self.reads(), "a reading"),
            (self.attributions.is_some(), "attributions"),
            (self.decisions.is_some(), "decisions"),
        ];
        held.into_iter().filter(|(held, _)| *held).map(|(_, name)| name).collect()
    }

    /// It is a reading of sentences and targets.
    #[must_use]
    pub fn reads(&self) -> bool {
        self.sentences.is_some() || self.targets.is_some()
    }

    /// The axes were judged, too.
    #[must_use]
    pub fn judges(&self) -> bool {
        JUDGED.iter().any(|axis| self.class(axis).is_some())
    }

    /// The class that was given on an axis of [`JUDGED`].
    #[must_use]
    pub fn class(&self, axis: &str) -> Option<&str> {
        let given = match axis {
            "genre" => &self.genre,
            "tone" => &self.tone,
            "sourcing" => &self.sourcing,
            _ => &None,
        };
        given.as_deref()
    }
}

/// A sentence that is not plain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tick {
    /// Its number.
    pub n: usize,
    /// What its source does, if it is attributed.
    pub act: Option<String>,
    /// Only a part of it is attributed.
    #[serde(default)]
    pub part: bool,
    /// It limits commitment.
    #[serde(default)]
    pub hedged: bool,
    /// Words of it that judge or inflame in the own voice.
    #[serde(default)]
    pub loaded: Vec<String>,
}

/// A target that a reader named.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetAnswer {
    /// Its name.
    pub target: String,
    /// Of [`STANCES`].
    pub stance: String,
    /// Of [`ROLES`].
    pub role: String,
    /// Sentences in which it is not plain.
    #[serde(default)]
    pub mentions: Vec<MentionAnswer>,
}

/// A sentence in which a target is blamed, victim or praised.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MentionAnswer {
    /// Number of the sentence.
    pub n: usize,
    /// Of [`ROLES`], not plain.
    pub role: String,
    /// Of [`VOICES`].
    pub by: String,
}

/// An attribution in full. Words stand as they do in the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributionAnswer {
    /// First and last sentence.
    pub n: Vec<usize>,
    /// Words that name the source, in pieces.
    #[serde(default)]
    pub source: Pieces,
    /// Words that attribute, in pieces.
    #[serde(default)]
    pub cue: Pieces,
    /// What is attributed, in pieces.
    pub content: Pieces,
    /// Of [`KINDS`].
    pub kind: String,
    /// Of [`ACTS`].
    pub act: String,
    /// Of [`SOURCE_CLASSES`].
    pub class: String,
    /// Whose words they are.
    pub speakers: Vec<String>,
}

/// Words in one piece or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Pieces {
    /// One piece; none where it is empty.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Default for Pieces {
    fn default() -> Self {
        Pieces::Many(Vec::new())
    }
}

impl Pieces {
    /// Each piece that is not empty.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let all = match self {
            Pieces::One(piece) => std::slice::from_ref(piece),
            Pieces::Many(pieces) => pieces.as_slice(),
        };
        all.iter().map(String::as_str).filter(|piece| !piece.trim().is_empty())
    }
}

/// An answer, with where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) answer: Answer,
    pub(crate) file: String,
    pub(crate) line: u64,
}

impl Placed {
    fn problem(&self, message: String) -> Problem {
        let message = format!("{}: {message}", self.answer.article);
        Problem { file: self.file.clone(), line: self.line, message }
    }
}

/// Reads files of answers, in the order given.
///
/// # Errors
/// A file that cannot be read; every line that is no answer, names what the pack does not have, or a class that does not exist.
pub(crate) fn read<'p>(
    paths: impl IntoIterator<Item = &'p Path>,
    pack: &Pack,
) -> Result<Vec<Placed>, LearnError> {
    let (mut answers, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        let file = path.display().to_string();
        for (line, text) in numbered_lines(path)? {
            match serde_json::from_slice::<Answer>(&text) {
                Ok(answer) => answers.push(Placed { answer, file: file.clone(), line }),
                Err(e) => {
                    let message = format!("is no answer: {e}");
                    problems.push(Problem { file: file.clone(), line, message });
                }
            }
        }
    }
    let mut seen = BTreeSet::new();
    for placed in &answers {
        let answer = &placed.answer;
        for what in answer.parts() {
            if !seen.insert((&answer.article, &answer.reader, what)) {
                let message =
                    format!("reader {} has {what} of it already; keep one", answer.reader);
                problems.push(placed.problem(message));
            }
        }
        match pack.article(&answer.article) {
            Some(article) => {
                problems.extend(faults(answer, article).into_iter().map(|m| placed.problem(m)));
            }
            None => problems.push(placed.problem("no article of the pack has this key".to_owned())),
        }
    }
    if problems.is_empty() { Ok(answers) } else { Err(LearnError::Labels(problems)) }
}

/// Everything in an answer that does not fit its article.
fn faults(answer: &Answer, article: &PackedArticle) -> Vec<String> {
    let mut faults = Vec::new();
    if answer.parts().is_empty() || answer.sentences.is_some() != answer.targets.is_some() {
        faults.push("a reading has sentences and targets, if need be empty lists".to_owned());
    }
    if answer.judges() && JUDGED.iter().any(|axis| answer.class(axis).is_none()) {
        faults.push(format!("judge all of {}, or none", JUDGED.join(", ")));
    }
    for name in JUDGED {
        let axis = Axis::named(name).map_or(&[] as &[&str], |axis| axis.classes);
        faults.extend(answer.class(name).and_then(|class| unknown(name, class, axis)));
    }
    let mut numbers = BTreeSet::new();
    for tick in answer.sentences.iter().flatten() {
        if !numbers.insert(tick.n) {
            faults.push(format!("sentence {} is named twice; join the two", tick.n));
        }
        faults.extend(tick.act.as_deref().and_then(|act| unknown("act", act, &ACTS)));
        if tick.part && tick.act.is_none() {
            faults.push(format!("sentence {} has a part without an act", tick.n));
        }
        let Some(sentence) = article.sentence(tick.n) else {
            faults.push(no_sentence(tick.n));
            continue;
        };
        let lost = tick.loaded.iter().filter(|words| find(&sentence.text, words, 0).is_none());
        faults.extend(lost.map(|words| format!("sentence {} does not hold {words:?}", tick.n)));
    }
    let mut names = BTreeSet::new();
    for target in answer.targets.iter().flatten() {
        if target.target.trim().is_empty() || !names.insert(&target.target) {
            faults.push(format!("target {:?} is empty or named twice", target.target));
        }
        faults.extend(too_long(&target.target));
        faults.extend(unknown("stance", &target.stance, &STANCES));
        faults.extend(unknown("role", &target.role, &ROLES));
        let mut numbers = BTreeSet::new();
        for mention in &target.mentions {
            if !numbers.insert(mention.n) {
                let (n, name) = (mention.n, &target.target);
                faults.push(format!("sentence {n} is named twice for {name}; keep the main one"));
            }
            faults.extend(unknown("role of a mention", &mention.role, &ROLES[..3]));
            faults.extend(unknown("by", &mention.by, &VOICES));
            faults.extend(article.sentence(mention.n).is_none().then(|| no_sentence(mention.n)));
        }
    }
    let classes: Vec<&str> = SOURCE_CLASSES.iter().map(|(_, name)| *name).collect();
    for attribution in answer.attributions.iter().flatten() {
        faults.extend(unknown("kind", &attribution.kind, &KINDS));
        faults.extend(unknown("act", &attribution.act, &ACTS));
        faults.extend(unknown("class", &attribution.class, &classes));
        faults.extend(attribution.speakers.iter().filter_map(|name| too_long(name)));
        faults.extend(
            attribution
                .speakers
                .is_empty()
                .then(|| "an attribution has no speaker; write unresolved".to_owned()),
        );
        if let Err(message) = super::full::spans(attribution, article) {
            faults.push(message);
        }
    }
    faults
}

/// Labels hold names and no text: longer ones must be shortened.
const LONGEST_NAME: usize = 7;

fn too_long(name: &str) -> Option<String> {
    let words = name.split_whitespace().count();
    let told = || format!("{name:?} has {words} words; write a name of at most {LONGEST_NAME}");
    (words > LONGEST_NAME).then(told)
}

fn unknown(what: &str, given: &str, known: &[&str]) -> Option<String> {
    let told = || format!("{what} is {given:?}; it is one of {}", known.join(", "));
    (!known.contains(&given)).then(told)
}

pub(super) fn no_sentence(n: usize) -> String {
    format!("there is no sentence {n}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    fn check(line: &str) -> Result<usize, String> {
        let text = "Venn won.\n\nShe said the “vile” plan failed. A monstrous war followed.\n";
        let article = PackedArticle::new(&Article::from_text("set/x:1", text), Vec::new());
        let line = line.replace("KEY", &article.key);
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.jsonl");
        std::fs::write(&path, line).unwrap();
        let pack = Pack::new(vec![article]);
        read([path.as_path()], &pack).map(|a| a.len()).map_err(|e| e.to_string())
    }

    #[test]
    fn a_full_answer_is_read() {
        let line = r#"{"article":"KEY","reader":"a","genre":"report","tone":"mixed","sourcing":"weak",
            "sentences":[{"n":2,"act":"speech","part":true},{"n":3,"loaded":["monstrous  war"]}],
            "targets":[{"target":"Venn","stance":"for","role":"praised","mentions":[{"n":1,"role":"praised","by":"own"}]}],
            "attributions":[{"n":[2,2],"source":"She","cue":"said","content":["the \"vile\" plan failed"],"kind":"mixed","act":"speech","class":"person","speakers":["Venn"]}]}"#;
        assert_eq!(check(&line.replace('\n', "")), Ok(1));
    }

    #[test]
    fn every_fault_is_told_with_file_and_line() {
        for (line, told) in [
            (
                r#"{"article":"KEY","reader":"a","tone":"angry"}"#,
                "tone is \"angry\"; it is one of neutral, mixed, loaded",
            ),
            (r#"{"article":"KEY","reader":"a"}"#, "a reading has sentences and targets"),
            (r#"{"article":"none","reader":"a"}"#, "no article of the pack has this key"),
            (r#"{"article":"KEY","reader":"a","sentences":[{"n":9}]}"#, "there is no sentence 9"),
            (
                r#"{"article":"KEY","reader":"a","sentences":[{"n":3,"loaded":["vile"]}]}"#,
                "sentence 3 does not hold \"vile\"",
            ),
            (
                r#"{"article":"KEY","reader":"a","sentences":[{"n":3,"act":"said"}]}"#,
                "act is \"said\"",
            ),
            (
                r#"{"article":"KEY","reader":"a","sentences":[{"n":3,"part":true}]}"#,
                "part without an act",
            ),
            (r#"{"article":"KEY","reader":"a","mood":1}"#, "is no answer: unknown field"),
            (
                "{\"article\":\"KEY\",\"reader\":\"a\",\"sentences\":[],\"targets\":[]}\n{\"article\":\"KEY\",\"reader\":\"a\",\"sentences\":[],\"targets\":[]}",
                "has a reading of it already",
            ),
        ] {
            let error = check(line).unwrap_err();
            assert!(error.contains(told) && error.contains("a.jsonl:"), "{line}\n{error}");
        }
    }
}
