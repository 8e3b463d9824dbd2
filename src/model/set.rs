//! The models in use together: article-level classifiers by axis, and the span-level decisions.

use super::builtin::BUILTIN;
use super::classifier::Classifier;
use super::file::{ModelError, ModelFile, Payload};
use crate::entity;
use crate::extract::Tagger;
use crate::family::FAMILIES;
use crate::family::attribution::{ACTS, UNSAID, accept, first, second};
use crate::linear::{Linear, SpanModels};
use crate::parallel;
use crate::text::{Document, Word, mix};
use std::path::Path;

/// Models checked and ready.
#[derive(Default)]
pub struct ModelSet {
    /// At most one for each axis, in axis order.
    pub classifiers: Vec<Classifier>,
    /// Decisions at span level.
    pub spans: SpanModels,
    /// The files they were made from.
    pub files: Vec<ModelFile>,
}

impl ModelSet {
    /// The models compiled into the program.
    ///
    /// # Errors
    /// When one of them does not fit the program: a mistake of the build.
    pub fn builtin() -> Result<Self, ModelError> {
        let made = parallel::map(BUILTIN, |(name, bytes)| {
            let file = ModelFile::parse(name, bytes.as_bytes())?;
            let ready = Ready::make(name, &file)?;
            Ok((*name, file, ready))
        });
        let mut set = ModelSet::default();
        for one in made {
            let (name, file, ready) = one?;
            set.insert(name, file, ready)?;
        }
        Ok(set)
    }

    /// The span-level models compiled into the program, without the classifiers: what training starts from.
    ///
    /// # Errors
    /// When one of them does not fit the program.
    pub fn builtin_spans() -> Result<Self, ModelError> {
        let mut set = ModelSet::default();
        for (name, bytes) in BUILTIN {
            let file = ModelFile::parse(name, bytes.as_bytes())?;
            if !matches!(file.payload, Payload::Classifier(_)) {
                set.add(name, file)?;
            }
        }
        Ok(set)
    }

    /// The models of a folder (every `*.json`), over the built-in ones: what the folder lacks is taken from the program.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read, or a model does not fit the program.
    pub fn from_dir(dir: &Path) -> Result<Self, ModelError> {
        let io = |source| ModelError::Io { path: dir.display().to_string(), source };
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(dir).map_err(io)? {
            let path = entry.map_err(io)?.path();
            if path.extension().is_some_and(|e| e == "json") {
                paths.push(path);
            }
        }
        paths.sort();
        if paths.is_empty() {
            return Err(ModelError::Form {
                path: dir.display().to_string(),
                message: "holds no model (*.json)".to_owned(),
            });
        }
        let mut set = ModelSet::default();
        for path in paths {
            set.add(&path.display().to_string(), ModelFile::read(&path)?)?;
        }
        for (name, bytes) in BUILTIN {
            let file = ModelFile::parse(name, bytes.as_bytes())?;
            if !set.files.iter().any(|f| f.axis == file.axis) {
                set.add(name, file)?;
            }
        }
        Ok(set)
    }

    /// Checks a model and adds it.
    ///
    /// # Errors
    /// When it does not fit the program, or its axis is there already.
    pub fn add(&mut self, path: &str, file: ModelFile) -> Result<(), ModelError> {
        let ready = Ready::make(path, &file)?;
        self.insert(path, file, ready)
    }

    fn insert(&mut self, path: &str, file: ModelFile, ready: Ready) -> Result<(), ModelError> {
        if let Some(other) = self.files.iter().find(|f| f.axis == file.axis) {
            let message =
                format!("{:?} is a model for {} already; keep one of the two", other.id, file.axis);
            return Err(ModelError::Form { path: path.to_owned(), message });
        }
        match ready {
            Ready::Classifier(classifier) => self.classifiers.push(*classifier),
            Ready::Tagger(tagger) => self.spans.set_tagger(*tagger),
            Ready::Linear(tasks) => {
                tasks.into_iter().for_each(|(task, linear)| self.spans.insert(&task, linear))
            }
        }
        self.files.push(file);
        Ok(())
    }

    /// The classifier of an axis.
    #[must_use]
    pub fn classifier(&self, axis: &str) -> Option<&Classifier> {
        self.classifiers.iter().find(|c| c.axis.name == axis)
    }
}

/// What a model file becomes when it is checked.
enum Ready {
    Classifier(Box<Classifier>),
    Tagger(Box<Tagger>),
    Linear(Vec<(String, Linear)>),
}

impl Ready {
    fn make(path: &str, file: &ModelFile) -> Result<Self, ModelError> {
        let form = |message: String| ModelError::Form { path: path.to_owned(), message };
        Ok(match &file.payload {
            Payload::Classifier(_) => Ready::Classifier(Box::new(Classifier::new(path, file)?)),
            Payload::Tagger(tagger) => {
                // What a tag means is its place, which the extractor knows.
                if tagger.first.tags != first::TAGS
                    || tagger.second.tags != second::TAG_NAMES
                    || tagger.accept.inputs != accept::INPUTS
                {
                    return Err(form(
                        "its tags or inputs are not those of this program; fit it again".to_owned(),
                    ));
                }
                Ready::Tagger(Box::new(tagger.compile().map_err(form)?))
            }
            Payload::Linear(tasks) => {
                let task = |(task, weights)| match Linear::compile(weights) {
                    Ok(linear) => Ok((String::clone(task), linear)),
                    Err(e) => Err(form(format!("{task}: {e}"))),
                };
                Ready::Linear(tasks.iter().map(task).collect::<Result<_, _>>()?)
            }
        })
    }
}

/// Hash over all lexicons: a model fitted with other word lists is stale.
#[must_use]
pub fn lexicon_fingerprint() -> String {
    let lists = FAMILIES.iter().map(|family| family.lexicon).chain([
        entity::SOURCES,
        entity::NOUNS,
        ACTS,
        UNSAID,
        crate::extract::form::LIST,
    ]);
    let hash = lists.fold(0, |hash, list| mix(hash ^ Word::of(list).0));
    format!("{hash:016x}")
}

/// Hash over blocks, sentences and tokens of a fixed text: a model fitted on another cutting of the text is stale.
#[must_use]
pub fn tokenizer_fingerprint() -> String {
    let document = Document::new(PROBE);
    let tokens = document.tokens.iter().fold(0, |hash, t| {
        mix(hash ^ t.word.0 ^ (u64::from(t.span.start) << 32) ^ u64::from(t.span.end))
    });
    let sentences =
        document.sentences.iter().fold(tokens, |hash, s| mix(hash ^ u64::from(s.span.end)));
    let blocks = document
        .blocks
        .iter()
        .fold(sentences, |hash, b| mix(hash ^ Word::of(b.reason).0 ^ u64::from(b.span.end)));
    format!("{blocks:016x}")
}

const PROBE: &str = "Council to close the old bridge\n\nLt. Gen. Ivo Marr told the U.S. envoy on Sept. 3: “We don’t know 'why'.” It cost $1,200.50 (about a third).The mayor’s so-called plan…\n\nREAD MORE: Ten bridges of the coast\n\nIt may open again, said Marr, who'd seen it.\n\nSource: Norwire";
