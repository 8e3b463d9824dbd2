//! Fits the stance of an article as a whole toward a target, from what its mentions come to: on the project's own labels, of the own
//! corpus and of real articles.

use super::error::SpanError;
use super::rounded;
use crate::article::{Article, TargetRequest};
use crate::family::stance::whole::{Evidence, INPUT, INPUTS, TASK, loaded_rate};
use crate::learn::cross::{HeldOut, OUTER, cross_validate, figures_of};
use crate::learn::dataset::{Corpus, sha256};
use crate::learn::design::Design;
use crate::learn::error::LearnError;
use crate::learn::folds;
use crate::learn::labelled::{Labelled, Part, TARGETS};
use crate::learn::labels::Labels;
use crate::learn::material::{Keys, Material, lift_rare, measure_corpus, outlet, story};
use crate::learn::ordinal::Shape;
use crate::learn::parallel;
use crate::learn::recipe::{Recipe, choose};
use crate::learn::reference::{HYPERPARTISAN, OUTLETS};
use crate::linear::Weights;
use crate::mark::{Mention, STANCES};
use crate::model::{
    FORMAT, Metrics, ModelFile, ModelSet, Payload, Provenance, VERSION, lexicon_fingerprint,
    tokenizer_fingerprint,
};
use crate::score::{Options, Scorer};
use crate::text::Word;
use std::collections::BTreeMap;
use std::path::Path;

/// Seed of the folds.
const SEED: u64 = 1;

/// Ways that are tried, simplest first.
fn ways() -> Vec<Recipe> {
    [100.0, 30.0, 10.0, 3.0].map(|alpha| Recipe { shape: Shape::Free, alpha }).to_vec()
}

/// Rows of the labelled targets that are named at all: the own corpus grouped by story, real articles by outlet.
pub(crate) fn design(material: &Material<'_>) -> Design {
    let mut design = Design { classes: STANCES.len(), ..Design::default() };
    let mut keys = Vec::new();
    let mut add = |corpus: &Corpus,
                   labels: &Labels,
                   terms: &dyn Fn(usize) -> Vec<(Word, f32)>,
                   key: Keys,
                   real: bool| {
        for (article, x, label) in evidence(material.scorer, corpus, labels) {
            design.x.push(x);
            design.labels.push(label);
            design.terms.push(terms(article));
            design.weights.push(1.0);
            design.real.push(real);
            keys.push(key(&corpus.articles[article]));
        }
    };
    add(
        material.corpus,
        material.labels,
        &|place| material.measured[place].terms.clone(),
        story,
        false,
    );
    if let Some(real) = material.real {
        add(&real.corpus, &real.labels, &|place| real.measured[place].terms.clone(), outlet, true);
    }
    design.groups = folds::groups(&keys);
    lift_rare(&mut design);
    design
}

/// Place of the article, inputs and class of each labelled target that is named.
fn evidence(scorer: &Scorer, corpus: &Corpus, labels: &Labels) -> Vec<(usize, Vec<f64>, usize)> {
    let mut targets: BTreeMap<usize, Vec<(&str, usize)>> = BTreeMap::new();
    for label in &labels.stance {
        targets.entry(label.article).or_default().push((&label.of, label.label));
    }
    let targets: Vec<_> = targets.into_iter().collect();
    let measured = parallel::map(&targets, |(place, labelled)| {
        let requests =
            labelled.iter().map(|(name, _)| TargetRequest::Name((*name).to_owned())).collect();
        let article = Article { targets: requests, ..corpus.articles[*place].article() };
        let document = article.document();
        let marks = scorer.mark(&article, &document);
        let rate = loaded_rate(&document, &marks);
        let named =
            marks.targets.iter().zip(labelled).filter(|(target, _)| !target.mentions.is_empty());
        let row = |mentions: &[Mention]| {
            let evidence = Evidence::of(&document, &marks, mentions, rate);
            INPUTS.iter().map(|(_, number)| number(&evidence)).collect::<Vec<f64>>()
        };
        named
            .map(|(target, (_, label))| (*place, row(&target.mentions), *label))
            .collect::<Vec<_>>()
    });
    measured.into_iter().flatten().collect()
}

/// Rows and what they were said to be with their story or outlet held out.
pub(crate) fn held_out(
    material: &Material<'_>,
    seed: u64,
) -> Result<(Design, HeldOut), LearnError> {
    let design = design(material);
    let held = cross_validate(&design, &ways(), seed)?;
    Ok((design, held))
}

/// Fits the decision.
///
/// # Errors
/// Faults of labels, corpus or data; a fit that fails.
pub(super) fn train(
    labels: &Path,
    corpus: &Path,
    data: &Path,
    progress: &mut dyn FnMut(&str),
) -> Result<ModelFile, SpanError> {
    let told = |e: LearnError| SpanError::Data(e.to_string());
    let scorer = Scorer::new(ModelSet::builtin_spans()?, Options::default())?;
    let corpus = Corpus::read(corpus).map_err(told)?;
    let own = Labels::read(labels, &corpus).map_err(told)?;
    let measured = measure_corpus(&scorer, &corpus);
    let real = Labelled::read(labels, data, &scorer, &[Part::Fit]).map_err(told)?;
    let material = Material {
        corpus: &corpus,
        labels: &own,
        measured: &measured,
        real: real.as_ref(),
        scorer: &scorer,
    };
    progress(&format!(
        "cross-validating {} targets",
        own.stance.len() + real.as_ref().map_or(0, |r| r.labels.stance.len())
    ));
    let (design, held) = held_out(&material, SEED).map_err(told)?;
    let mut other = BTreeMap::new();
    for (name, real) in [("own_corpus", false), ("real_articles", true)] {
        let Some(m) = figures_of(&design, &held, real, SEED).map_err(|e| told(e.into()))? else {
            continue;
        };
        other.insert(format!("macro_f1_{name}"), m.macro_f1);
        other.insert(format!("accuracy_{name}"), m.accuracy);
        other.insert(format!("calibration_error_{name}"), m.calibration_error);
    }
    for (name, value) in &mut other {
        *value = (*value * 1e4).round() / 1e4;
        progress(&format!("{name} {value}"));
    }
    let choice = choose(&design, &ways(), SEED).map_err(|e| told(e.into()))?;
    let fit = choice.recipe.fit(&design).map_err(|e| told(e.into()))?;
    let mut table: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut bias = fit.bias.clone();
    for (at, &column) in fit.kept.iter().enumerate() {
        let row: Vec<f64> = fit.weights.iter().map(|w| w[at] / fit.scale[at]).collect();
        bias.iter_mut().zip(&row).for_each(|(b, w)| *b -= w * fit.mean[at]);
        table.insert(INPUTS[column].0.to_owned(), row.iter().map(|w| rounded(*w)).collect());
    }
    let weights = Weights {
        bias: bias.iter().map(|b| rounded(*b)).collect(),
        weights: BTreeMap::from([(INPUT.name.to_owned(), table)]),
        calibration: (rounded(choice.temperature), 0.0),
    };
    let (n, of_real) = (design.places(false).len(), design.places(true).len());
    let mut lines = vec![format!("labels/stance.csv and corpus/ (MIT OR Apache-2.0): {n} targets")];
    if of_real > 0 {
        lines.push(format!("labels/{TARGETS} on {HYPERPARTISAN} (CC BY 4.0) and {OUTLETS} (Apache-2.0): {of_real} targets"));
    }
    let sets = std::iter::once((&corpus, &own)).chain(real.iter().map(|r| (&r.corpus, &r.labels)));
    let hashed = sets.flat_map(|(corpus, labels)| {
        labels.stance.iter().flat_map(|l| {
            let article = &corpus.articles[l.article];
            [
                article.id.as_bytes(),
                l.of.as_bytes(),
                STANCES[l.label].as_bytes(),
                article.text.as_bytes(),
            ]
        })
    });
    Ok(ModelFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: "target-spans-1".to_owned(),
        axis: "target-spans".to_owned(),
        classes: STANCES.iter().map(|c| (*c).to_owned()).collect(),
        schema: String::new(),
        lexicons: lexicon_fingerprint(),
        tokenizer: tokenizer_fingerprint(),
        provenance: Provenance {
            data: lines,
            data_sha256: sha256(hashed),
            rows: STANCES
                .iter()
                .enumerate()
                .map(|(k, c)| ((*c).to_owned(), design.labels.iter().filter(|l| **l == k).count()))
                .collect(),
            split: format!("{OUTER} folds, the own corpus by story and real articles by outlet"),
            seed: SEED,
            command: "newsgauge train target-spans --data DIR".to_owned(),
        },
        metrics: Metrics { other, ..Metrics::default() },
        payload: Payload::Linear(BTreeMap::from([(TASK.to_owned(), weights)])),
    })
}
