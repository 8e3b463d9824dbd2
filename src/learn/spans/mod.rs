//! Training of the span-level decisions that the families use.

pub mod attribution;
mod error;
mod examples;
pub mod hedging;
pub mod loaded;
mod measure;
mod news;
mod run;
pub mod stance;
mod szeged;
pub(crate) mod target;
pub mod targets;
mod vectors;

pub use error::SpanError;
pub use run::{SpanReport, SpansReport, train};

use crate::model::ModelFile;
use std::path::Path;

/// What a task may be fitted on.
#[derive(Clone, Copy, Debug)]
pub struct SpanData<'a> {
    /// Folder of the public sets, or the task's own file.
    pub data: &'a Path,
    /// File of word vectors, in the text form of GloVe.
    pub vectors: Option<&'a Path>,
    /// Use the first so many articles only.
    pub limit: Option<usize>,
    /// The project's own labels and the corpus that they are on: two folders.
    pub own: Option<(&'a Path, &'a Path)>,
}

/// A weight as it stands in a model file: so many digits after the point are a hundredth of a hundredth of the widest.
fn rounded(value: f64) -> f64 {
    const DIGITS: f64 = 1e5;
    (value * DIGITS).round() / DIGITS
}

/// Told what is being done.
type Progress<'a> = &'a mut dyn FnMut(&str);

/// A span-level decision that can be fitted again.
#[derive(Debug)]
pub struct SpanTask {
    /// Name on the command line and `axis` of the model file; the file is `<name>-1.json`.
    pub name: &'static str,
    /// What it decides.
    pub doc: &'static str,
    /// What `data` must hold.
    pub data: &'static str,
    /// It can share what it learns between like words, by their vectors.
    pub takes_vectors: bool,
    /// It can be fitted on the first articles only.
    pub takes_limit: bool,
    /// Fits it. The same data give the same model file.
    pub train: fn(SpanData<'_>, Progress<'_>) -> Result<ModelFile, SpanError>,
}

/// Every span-level task: the one list that the command line, its help and training walk.
pub const SPAN_TASKS: &[SpanTask] = &[
    SpanTask {
        name: "attribution-spans",
        doc: "Who said what: source, cue and content of each statement",
        data: "attribution/polnear_train.jsonl and the texts of labels/real_attributions.csv, or a file of the first's form",
        takes_vectors: false,
        takes_limit: true,
        train: |from, progress| attribution::train(from, progress),
    },
    SpanTask {
        name: "hedging-spans",
        doc: "Which words hedge where they stand, and which sentences are hedged",
        data: "hedging/{wiki_train,bio_train,certainty_dev,factbank_news_dev}.jsonl, and the texts of labels/real_sentences.csv",
        takes_vectors: false,
        takes_limit: false,
        train: |from, progress| hedging::train(from, progress),
    },
    SpanTask {
        name: "loaded-spans",
        doc: "How loaded a word is, and a sentence",
        data: "the texts of labels/real_sentences.csv, tone/newssd_dev.jsonl; tone/babe_dev.jsonl, to measure on",
        takes_vectors: true,
        takes_limit: false,
        train: |from, progress| loaded::train(from, progress),
    },
    SpanTask {
        name: "stance-spans",
        doc: "The stance toward somebody at one mention",
        data: "stance/newsmtsc_train.jsonl",
        takes_vectors: true,
        takes_limit: false,
        train: |from, progress| stance::train(from.data, from.vectors, progress),
    },
    SpanTask {
        name: "target-spans",
        doc: "The stance of a whole article toward somebody, and the role it gives him",
        data: "the texts of labels/real_targets.csv, stance/{persent_dev,roles_climate_train}.jsonl; own labels of stance",
        takes_vectors: false,
        takes_limit: false,
        train: |from, progress| {
            let (labels, corpus) = from.own.ok_or_else(|| {
                SpanError::Data("the own labels and their corpus are needed".to_owned())
            })?;
            target::train(labels, corpus, from.data, progress)
        },
    },
];

impl SpanTask {
    /// The task of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static SpanTask> {
        SPAN_TASKS.iter().find(|task| task.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axis::Axis;
    use crate::model::{BUILTIN, ModelFile};

    #[test]
    fn every_task_has_its_model_and_every_span_model_its_task() {
        let files: Vec<&str> =
            BUILTIN.iter().map(|(file, _)| *file).filter(|file| file.contains("-spans")).collect();
        assert_eq!(
            files,
            SPAN_TASKS.iter().map(|t| format!("{}-1.json", t.name)).collect::<Vec<_>>()
        );
        for (file, text) in BUILTIN.iter().filter(|(file, _)| files.contains(file)) {
            let model = ModelFile::parse(file, text.as_bytes()).unwrap();
            assert!(
                SpanTask::named(&model.axis).is_some() && format!("{}.json", model.id) == *file,
                "{file}"
            );
        }
        assert!(SPAN_TASKS.iter().all(|task| Axis::named(task.name).is_none()));
    }
}
