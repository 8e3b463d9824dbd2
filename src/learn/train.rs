//! Training of the article-level classifiers: labels and texts in, model files, cards and an honest report out.

use super::cross::{OUTER, cross_validate, figures_of};
use super::dataset::{Corpus, sha256};
use super::design::{Measured, columns};
use super::error::LearnError;
use super::labelled::{CLASSES as REAL, Labelled, Part};
use super::labels::Labels;
use super::material::{Material, by_outlet, design, measure_corpus};
use super::recipe::{Choice, Fit1, INNER, candidates, choose};
use super::report::{AxisReport, Changes, TrainReport};
use super::value::reference::{HYPERPARTISAN, OUTLETS};
use super::value::{self, HeldOut, Plan};
use crate::article::Article;
use crate::axis::{AXES, Axis};
use crate::feature::{features, schema_hash};
use crate::model::{
    BUILTIN, Classifier, ClassifierFile, FORMAT, ModelFile, ModelSet, Payload, Provenance, VERSION,
    card, lexicon_fingerprint, replace, tokenizer_fingerprint,
};
use crate::score::{Options, Scorer};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What to train, on what, to where.
#[derive(Clone, Debug)]
pub struct TrainOptions {
    /// Axes to train; all when empty.
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
}

/// Seed that is used when none is given.
pub const SEED: u64 = 1;

/// Fewer labelled articles than this cannot be trained on.
pub const LEAST_ROWS: usize = 12;

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
    let axes: Vec<&'static Axis> =
        if options.axes.is_empty() { AXES.iter().collect() } else { options.axes.clone() };
    for axis in &axes {
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
    let mut report = TrainReport { axes: Vec::new(), warnings: corpus.warnings.clone() };
    report.warnings.extend(real.iter().flat_map(|r| r.corpus.warnings.clone()));
    if real.is_none() && options.labels.join(REAL).is_file() {
        let axes: Vec<&str> =
            axes.iter().map(|a| a.name).filter(|name| *name != "attribution").collect();
        let told = format!(
            "{REAL} is not used, as its texts are not there: name their folder by --data, or expect worse classes of real articles"
        );
        report.warnings.extend((!axes.is_empty()).then_some(told));
    }
    let mut files = Vec::new();
    for axis in axes {
        progress(&format!("{}: cross-validating", axis.name));
        let material = Material {
            corpus: &corpus,
            labels: &labels,
            measured: &measured,
            real: real.as_ref(),
            scorer: &scorer,
        };
        let mut trained = train_axis(axis, &material, options.seed)?;
        if let (Some(dir), Some(plan)) = (&options.data, Plan::of(axis.name)) {
            progress(&format!("{}: value on real articles", axis.name));
            add_value(&mut trained.model, plan, &material, dir, options.seed)?;
        }
        let path = options.output.join(format!("{}.json", axis.name));
        let changes = compare(&path, &trained.model, &corpus, &measured)?;
        let json = trained
            .model
            .to_json()
            .map_err(|e| LearnError::Axis { axis: axis.name.to_owned(), message: e.to_string() })?;
        files.push((path.with_extension("md"), card(&trained.model)));
        files.push((path.clone(), json));
        report.axes.push(AxisReport { path, changes, ..trained });
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

fn train_axis(
    axis: &'static Axis,
    material: &Material<'_>,
    seed: u64,
) -> Result<AxisReport, LearnError> {
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
    let model = ModelFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: format!("{}-1", axis.name),
        axis: axis.name.to_owned(),
        classes: axis.classes.iter().map(|c| (*c).to_owned()).collect(),
        schema: schema_hash(),
        lexicons: lexicon_fingerprint(),
        tokenizer: tokenizer_fingerprint(),
        provenance: provenance(axis, material, seed),
        metrics,
        payload: Payload::Classifier(payload(axis, choice, fit)),
    };
    Ok(AxisReport { axis, path: PathBuf::new(), changes: Changes::default(), model })
}

fn payload(axis: &Axis, choice: Choice, fit: Fit1) -> ClassifierFile {
    let columns = columns(axis);
    let names: Vec<&str> = features().map(|(_, f)| f.name).collect();
    ClassifierFile {
        features: fit.kept.iter().map(|&j| names[columns[j]].to_owned()).collect(),
        mean: fit.mean,
        scale: fit.scale,
        weights: fit.weights,
        bias: fit.bias,
        temperature: choice.temperature,
        alpha: choice.recipe.alpha,
        shape: choice.recipe.shape.name().to_owned(),
        value: None,
    }
}

fn provenance(axis: &Axis, material: &Material<'_>, seed: u64) -> Provenance {
    let mut counts: BTreeMap<String, usize> =
        axis.classes.iter().map(|c| ((*c).to_owned(), 0)).collect();
    let mut hashed: Vec<&[u8]> = Vec::new();
    let own = (material.corpus, material.labels);
    let real = material.real.map(|r| (&r.corpus, &r.labels));
    let (mut stories, mut of) = (BTreeSet::new(), Vec::new());
    for (corpus, labels) in std::iter::once(own).chain(real) {
        let rows = labels.of(axis);
        for row in &rows {
            let (class, article) = (axis.classes[row.label], &corpus.articles[row.article]);
            *counts.entry(class.to_owned()).or_default() += 1;
            stories.extend((!article.story.is_empty()).then_some(article.story.as_str()));
            hashed.extend([
                article.id.as_bytes(),
                axis.name.as_bytes(),
                class.as_bytes(),
                article.text.as_bytes(),
            ]);
        }
        of.push(rows.len());
    }
    let mut data = vec![format!(
        "labels/articles.csv and corpus/ (MIT OR Apache-2.0): {} articles of {} stories",
        of[0],
        stories.len()
    )];
    let mut split =
        format!("{OUTER} folds by story, the way of fitting chosen by {INNER} inner folds");
    let mut command = format!("newsgauge train {}", axis.name);
    if let Some(n) = of.get(1).filter(|n| **n > 0) {
        data.push(format!("class: labels/{REAL} on {HYPERPARTISAN} (CC BY 4.0) and {OUTLETS} (Apache-2.0): {n} articles, each counts {}", axis.real));
        split.push_str("; real articles by outlet");
        command.push_str(" --data DIR");
    }
    Provenance { data, data_sha256: sha256(hashed), rows: counts, split, seed, command }
}

/// Adds the value's own decision to a model: fitted on real articles and own labels, figures with outlets and stories held out.
fn add_value(
    model: &mut ModelFile,
    plan: &'static Plan,
    material: &Material<'_>,
    dir: &Path,
    seed: u64,
) -> Result<(), LearnError> {
    let Some((values, reference, vocabulary)) = value_material(plan, material, dir)? else {
        return Ok(());
    };
    let held = HeldOut::of(&values, seed);
    let (file, words) = value::decide(&values, &held);
    value::same_words(plan, &words, &vocabulary, &material.scorer.models)?;
    model.metrics.other.extend(value::figures(&values, &held));
    let provenance = &mut model.provenance;
    provenance.data.push(reference.line);
    provenance.data_sha256 =
        sha256([provenance.data_sha256.as_bytes(), reference.sha256.as_bytes()]);
    provenance.split.push_str("; the value: real articles by outlet");
    if !provenance.command.contains(" --data") {
        provenance.command.push_str(" --data DIR");
    }
    if let Payload::Classifier(classifier) = &mut model.payload {
        classifier.value = Some(Box::new(file));
    }
    Ok(())
}

/// What a value is fitted on: real articles of a data folder and the own labels; none when the folder lacks the sets.
pub(crate) fn value_material(
    plan: &'static Plan,
    material: &Material<'_>,
    dir: &Path,
) -> Result<
    Option<(value::Material, value::reference::Reference, value::vocabulary::Vocabulary)>,
    LearnError,
> {
    let (Some(outlets), Some(reference), Some(axis)) =
        (value::reference::outlets(dir)?, (plan.reference)(dir)?, Axis::named(plan.axis))
    else {
        return Ok(None);
    };
    let articles: Vec<Article> = outlets.iter().map(|(r, _)| r.article()).collect();
    let vocabulary = value::vocabulary(&articles);
    let mut values = value::Material::of(plan, &reference, material.scorer, &vocabulary);
    // Own rows stand first.
    let design = design(axis, material);
    let top = (axis.classes.len() - 1).max(1) as f64;
    let rows = material.labels.of(axis);
    values.add_all(
        rows.iter()
            .zip(&design.groups)
            .map(|(r, group)| (&material.measured[r.article].vector, r.label as f64 / top, *group)),
    );
    Ok(Some((values, reference, vocabulary)))
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
        let (from, to) = (old.predict(&m.vector).class, new.predict(&m.vector).class);
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
        TrainOptions { axes, labels, corpus, output: dir.join("models"), data: None, seed: 1 }
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
                against: Some("attribution-1".to_owned()),
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
