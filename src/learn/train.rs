//! Training of the models of axes: labels and texts in, model files, cards and an honest report out.

use super::cross::{HeldOut, cross_validate, figures, figures_of};
use super::dataset::Corpus;
use super::design::{Design, Measured, columns};
use super::error::LearnError;
use super::labelled::{CLASSES as REAL, Labelled, Part};
use super::labels::Labels;
use super::material::{Material, by_outlet, design, measure_corpus};
use super::others::Others;
use super::provenance::{of_others, of_readers};
use super::recipe::{Choice, Fit1, Recipe, candidates, choose};
use super::report::{AxisReport, Changes, TrainReport};
use crate::axis::{AXES, Axis, Judges};
use crate::feature::schema_hash;
use crate::model::{
    BUILTIN, Classifier, ClassifierFile, FORMAT, Metrics, ModelFile, ModelSet, Payload, Provenance,
    VERSION, card, distance, lexicon_fingerprint, replace, tokenizer_fingerprint,
};
use crate::score::{Options, Scorer};
use std::path::{Path, PathBuf};

/// What to train, on what, to where.
#[derive(Clone, Debug)]
pub struct TrainOptions {
    /// Axes to train; all that can be fitted when empty.
    pub axes: Vec<&'static Axis>,
    /// Folder of `articles.csv`.
    pub labels: PathBuf,
    /// Folder of the texts and `MANIFEST.csv`.
    pub corpus: PathBuf,
    /// Folder of the models; `<axis>.json` and `<axis>.md` are written there.
    pub output: PathBuf,
    /// Folder of real data to add, laid out as shared data are; `None` for the corpus alone.
    pub data: Option<PathBuf>,
    /// Seed of the folds and intervals.
    pub seed: u64,
    /// The command that was given, as model files will tell it.
    pub command: String,
}

/// Seed that is used when none is given.
pub const SEED: u64 = 1;

/// Fewer labelled articles than this cannot be trained on.
pub const LEAST_ROWS: usize = 12;

/// Number in the models' ids: raised when the same data would give other scores.
const GENERATION: u32 = 2;

/// Trains the axes and writes the models. Nothing is written unless every axis succeeds. `progress` is told what is
/// being done.
///
/// # Errors
/// Faults of the labels or the corpus, too few rows or classes, a fit that fails, a file that cannot be written.
pub fn train(
    options: &TrainOptions,
    progress: &mut dyn FnMut(&str),
) -> Result<TrainReport, LearnError> {
    let corpus = Corpus::read(&options.corpus)?;
    let labels = Labels::read(&options.labels, &corpus)?;
    let mut report = TrainReport { axes: Vec::new(), warnings: corpus.warnings.clone() };
    let mut axes = options.axes.clone();
    if axes.is_empty() {
        let here = |axis: &&Axis| options.data.is_some() || axis.judges == Judges::Readers;
        axes = AXES.iter().filter(here).collect();
        let left: Vec<&str> = AXES.iter().filter(|a| !here(a)).map(|a| a.name).collect();
        report.warnings.extend((!left.is_empty()).then(|| {
            format!(
                "{} are not fitted: name the folder of the articles that others judged by --data",
                left.join(" and ")
            )
        }));
    }
    for axis in axes.iter().filter(|a| a.judges == Judges::Readers) {
        check(axis, &labels)?;
    }
    progress(&format!("reading {} articles", corpus.articles.len()));
    let scorer = Scorer::new(ModelSet::builtin_spans()?, Options::default())?;
    let measured = measure_corpus(&scorer, &corpus);
    let real = options
        .data
        .as_deref()
        .map(|dir| Labelled::read(&options.labels, dir, &scorer, &[Part::Fit]))
        .transpose()?
        .flatten();
    report.warnings.extend(real.iter().flat_map(|r| r.corpus.warnings.clone()));
    if real.is_none() && options.labels.join(REAL).is_file() {
        report.warnings.push(format!(
            "{REAL} is not used, as its texts are not there: name their folder by --data, or expect worse classes of real articles"
        ));
    }
    let material =
        Material { corpus: &corpus, labels: &labels, measured: &measured, real: real.as_ref() };
    let mut files = Vec::new();
    for axis in axes {
        progress(&format!("{}: cross-validating", axis.name));
        let model = match axis.judges {
            Judges::Readers => of_own_labels(axis, &material, options)?,
            _ => of_judgements(axis, &scorer, options)?,
        };
        let path = options.output.join(format!("{}.json", axis.name));
        let changes = compare(&path, &model, &corpus, &measured)?;
        let json = model
            .to_json()
            .map_err(|e| LearnError::Axis { axis: axis.name.to_owned(), message: e.to_string() })?;
        files.push((path.with_extension("md"), card(&model)));
        files.push((path.clone(), json));
        report.axes.push(AxisReport { axis, path, changes, model });
    }
    replace(&files)?;
    Ok(report)
}

pub(crate) fn check(axis: &Axis, labels: &Labels) -> Result<(), LearnError> {
    let rows = labels.of(axis);
    let told = |message: String| Err(LearnError::Axis { axis: axis.name.to_owned(), message });
    if rows.len() < LEAST_ROWS {
        return told(format!(
            "{} labelled articles, fewer than {LEAST_ROWS}; label more, or name the axes to train",
            rows.len()
        ));
    }
    if rows.iter().all(|r| r.label == rows[0].label) {
        return told(format!(
            "every label is {:?}; at least two classes are needed",
            axis.classes[rows[0].label]
        ));
    }
    Ok(())
}

fn of_own_labels(
    axis: &'static Axis,
    material: &Material<'_>,
    options: &TrainOptions,
) -> Result<ModelFile, LearnError> {
    let seed = options.seed;
    let design = design(axis, material);
    let ways = candidates(axis);
    let held = cross_validate(&design, &ways, seed)?;
    let mut metrics = figures_of(&design, &held, false, seed)?.unwrap_or_default();
    let outlets = by_outlet(axis, material);
    let other = figures_of(&outlets, &cross_validate(&outlets, &ways, seed)?, false, seed)?
        .unwrap_or_default();
    metrics.other.insert("macro_f1_outlets_held_out".to_owned(), other.macro_f1);
    metrics
        .other
        .insert("bag_of_words_macro_f1_outlets_held_out".to_owned(), other.bag_of_words_macro_f1);
    if let Some(real) = figures_of(&design, &held, true, seed)? {
        metrics.other.insert("macro_f1_real_articles".to_owned(), real.macro_f1);
        metrics.other.insert("accuracy_real_articles".to_owned(), real.accuracy);
        metrics.other.insert("calibration_error_real_articles".to_owned(), real.calibration_error);
        metrics
            .other
            .insert("bag_of_words_macro_f1_real_articles".to_owned(), real.bag_of_words_macro_f1);
    }
    let choice = choose(&design, &ways, seed)?;
    let fit = choice.recipe.fit(&design)?;
    let file = payload(axis, &design, choice, fit);
    Ok(model(axis, metrics, of_readers(axis, material, options), file))
}

/// Fits an axis that others judged: sums over words come out of held-out folds, so that no temperature is wanted.
fn of_judgements(
    axis: &'static Axis,
    scorer: &Scorer,
    options: &TrainOptions,
) -> Result<ModelFile, LearnError> {
    let told = |message: &str| LearnError::Axis {
        axis: axis.name.to_owned(),
        message: message.to_owned(),
    };
    let dir = options.data.as_deref().ok_or_else(|| {
        told("is fitted on articles that others judged; name their folder by --data")
    })?;
    let others = Others::read(axis, dir, scorer)?.ok_or_else(|| {
        told("the articles that others judged are not in the folder that --data names (tone/hyperpartisan_dev.jsonl, outlets/articles_dev.jsonl.gz with outlets/ratings_dev.csv)")
    })?;
    let held = held_out(axis, &others, options.seed)?;
    let mut metrics = figures(&others.design, &held, options.seed)?;
    metrics.other = others.figures(axis.judges, &held, options.seed);
    let recipe = plain(axis);
    let mut fit = recipe.fit(&others.design)?;
    let words = fit.words.take().map(|weights| others.vocabulary.file(&weights));
    let file = payload(axis, &others.design, Choice { recipe, temperature: 1.0 }, fit);
    Ok(model(axis, metrics, of_others(axis, &others, options), ClassifierFile { words, ..file }))
}

/// The way in which an axis is fitted that others judged.
fn plain(axis: &Axis) -> Recipe {
    let ways = candidates(axis);
    ways[ways.len() / 2]
}

/// What is said of articles that others judged, each by a fit without its outlet.
pub(crate) fn held_out(axis: &Axis, others: &Others, seed: u64) -> Result<HeldOut, LearnError> {
    Ok(cross_validate(&others.design, &[plain(axis)], seed)?)
}

fn model(axis: &Axis, metrics: Metrics, provenance: Provenance, file: ClassifierFile) -> ModelFile {
    ModelFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: format!("{}-{GENERATION}", axis.name),
        axis: axis.name.to_owned(),
        classes: axis.classes.iter().map(|c| (*c).to_owned()).collect(),
        schema: schema_hash(),
        lexicons: lexicon_fingerprint(),
        tokenizer: tokenizer_fingerprint(),
        provenance,
        metrics,
        payload: Payload::Classifier(file),
    }
}

fn payload(axis: &Axis, design: &Design, choice: Choice, fit: Fit1) -> ClassifierFile {
    let columns = columns(axis);
    let usual = usual(design, &fit);
    // Of an ordered axis class 1 has what a step adds.
    let weights = if axis.is_ordered() { vec![fit.weights[1].clone()] } else { fit.weights };
    ClassifierFile {
        features: fit.kept.iter().map(|&j| columns[j].0.to_owned()).collect(),
        mean: fit.mean,
        scale: fit.scale,
        weights,
        bias: fit.bias,
        temperature: choice.temperature,
        alpha: choice.recipe.alpha,
        usual,
        words: None,
    }
}

/// Fewer features than this tell of no article whether it is unlike others.
const FEATURES: usize = 15;
/// Share of the real articles that are told from no others by their distance.
const USUAL: f64 = 0.98;

/// The distance from the mean that [`USUAL`] of the real articles keep within.
fn usual(design: &Design, fit: &Fit1) -> Option<f64> {
    let z = |row: &Vec<f64>| {
        let off = |((&j, m), s): ((&usize, &f64), &f64)| (row[j] - m) / s;
        fit.kept.iter().zip(&fit.mean).zip(&fit.scale).map(off).collect::<Vec<f64>>()
    };
    let mut distances: Vec<f64> =
        design.places(true).into_iter().map(|p| distance(z(&design.x[p]).into_iter())).collect();
    if distances.is_empty() || design.directions.len() < FEATURES {
        return None;
    }
    distances.sort_by(f64::total_cmp);
    distances.get((USUAL * distances.len() as f64) as usize).copied().filter(|d| *d > 0.0)
}

/// The classes of the corpus by the model that is replaced and by the new one.
fn compare(
    path: &Path,
    model: &ModelFile,
    corpus: &Corpus,
    measured: &[Measured],
) -> Result<Changes, LearnError> {
    let new = Classifier::new(&path.display().to_string(), model)?;
    let builtin = || {
        let files = BUILTIN
            .iter()
            .filter_map(|(name, bytes)| ModelFile::parse(name, bytes.as_bytes()).ok());
        files.into_iter().find(|f| f.axis == model.axis).map(Ok)
    };
    let old = if path.is_file() { Some(ModelFile::read(path)) } else { builtin() };
    let Some(old) = old else { return Ok(Changes::default()) };
    let old = match old.and_then(|file| Classifier::new(&path.display().to_string(), &file)) {
        Ok(old) => old,
        Err(e) => return Ok(Changes { incomparable: Some(e.to_string()), ..Changes::default() }),
    };
    let classes = new.axis.classes;
    let changed = corpus.articles.iter().zip(measured).filter_map(|(article, m)| {
        let whole = article.article();
        let document = whole.document();
        let class = |by: &Classifier| by.predict(&by.see(&document, &m.vector)).class;
        let (from, to) = (class(&old), class(&new));
        (from != to).then(|| (article.id.clone(), classes[from], classes[to]))
    });
    Ok(Changes {
        against: Some(old.id.clone()),
        of: corpus.articles.len(),
        changed: changed.collect(),
        incomparable: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;
    use std::fs;

    /// Articles of the fixture; two tell each story.
    const ARTICLES: usize = 36;

    /// Writes corpus and labels under a folder and gives the options that train the attribution axis on them.
    fn fixture(dir: &Path) -> TrainOptions {
        let (corpus, labels) = (dir.join("corpus"), dir.join("labels"));
        std::fs::create_dir_all(&corpus).unwrap();
        std::fs::create_dir_all(&labels).unwrap();
        let mut manifest = "id,outlet,story\n".to_owned();
        let mut csv = "article,axis,label\n".to_owned();
        for i in 0..ARTICLES {
            let class = i % 3;
            let mut text = "Town council meets again\n\n".to_owned();
            for line in 0..9 {
                if line % 4 < class + usize::from(line % 5 == i % 5) {
                    write!(text, "“We have waited for the bridge number {line} since the spring of that year,” Mayor Ida Roth said.\n\n").unwrap();
                } else {
                    write!(text, "The council met in the hall near the river and went through item {line} of the long list.\n\n").unwrap();
                }
            }
            std::fs::write(corpus.join(format!("{i:04}.txt")), text).unwrap();
            writeln!(manifest, "{i:04},Outlet {},story {}", i % 5, i / 2).unwrap();
            writeln!(csv, "{i:04},attribution,{}", ["sparse", "moderate", "dense"][class]).unwrap();
        }
        std::fs::write(corpus.join("MANIFEST.csv"), manifest).unwrap();
        std::fs::write(labels.join("articles.csv"), csv).unwrap();
        let axes = vec![Axis::named("attribution").unwrap()];
        TrainOptions {
            axes,
            labels,
            corpus,
            output: dir.join("models"),
            data: None,
            seed: 1,
            command: "newsgauge train attribution".to_owned(),
        }
    }

    #[test]
    fn trains_the_same_bytes_twice_and_tells_what_changes() {
        let dir = tempfile::tempdir().unwrap();
        let options = fixture(dir.path());
        let report = train(&options, &mut |_| {}).unwrap();
        let metrics = &report.axes[0].model.metrics;
        assert!(metrics.macro_f1 > 0.9, "{report}");
        let files = || {
            ["attribution.json", "attribution.md"]
                .map(|f| fs::read_to_string(options.output.join(f)).unwrap())
        };
        let first = files();
        let again = train(&options, &mut |_| {}).unwrap();
        assert_eq!(first, files());
        assert_eq!(
            again.axes[0].changes,
            Changes {
                against: Some("attribution-2".to_owned()),
                of: ARTICLES,
                ..Changes::default()
            }
        );
        let read = ModelFile::read(&options.output.join("attribution.json")).unwrap();
        assert_eq!(crate::model::stale(&read), [""; 0]);
        assert_eq!(read.provenance.rows.values().sum::<usize>(), ARTICLES);
    }

    #[test]
    fn changed_labels_are_told_article_by_article() {
        let dir = tempfile::tempdir().unwrap();
        let options = fixture(dir.path());
        train(&options, &mut |_| {}).unwrap();
        let csv = fs::read_to_string(options.labels.join("articles.csv")).unwrap();
        fs::write(options.labels.join("articles.csv"), csv.replace("moderate", "dense")).unwrap();
        let report = train(&options, &mut |_| {}).unwrap();
        let changes = &report.axes[0].changes;
        assert!(
            !changes.changed.is_empty()
                && changes
                    .changed
                    .iter()
                    .all(|(_, from, to)| (*from, *to) == ("moderate", "dense")),
            "{changes}"
        );
    }

    #[test]
    fn a_failure_overwrites_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let mut options = fixture(dir.path());
        train(&options, &mut |_| {}).unwrap();
        let before = fs::read(options.output.join("attribution.json")).unwrap();
        options.axes.push(Axis::named("tone").unwrap());
        let error = train(&options, &mut |_| {}).unwrap_err().to_string();
        assert!(error.starts_with("tone: 0 labelled articles, fewer than 12"), "{error}");
        assert_eq!(before, fs::read(options.output.join("attribution.json")).unwrap());
        assert_eq!(fs::read_dir(&options.output).unwrap().count(), 2);
    }

    #[test]
    fn one_class_names_the_axis() {
        let dir = tempfile::tempdir().unwrap();
        let options = fixture(dir.path());
        let csv = fs::read_to_string(options.labels.join("articles.csv")).unwrap();
        fs::write(
            options.labels.join("articles.csv"),
            csv.replace("moderate", "dense").replace("sparse", "dense"),
        )
        .unwrap();
        let error = train(&options, &mut |_| {}).unwrap_err().to_string();
        assert_eq!(error, "attribution: every label is \"dense\"; at least two classes are needed");
    }

    #[test]
    fn an_old_model_that_does_not_fit_is_told_and_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let options = fixture(dir.path());
        fs::create_dir_all(&options.output).unwrap();
        fs::write(options.output.join("attribution.json"), "{\"format\": 3}").unwrap();
        let report = train(&options, &mut |_| {}).unwrap();
        assert!(
            report.axes[0]
                .changes
                .incomparable
                .as_deref()
                .is_some_and(|r| r.contains("not a model file")),
            "{report}"
        );
        assert!(ModelFile::read(&options.output.join("attribution.json")).is_ok());
    }
}
