//! Fits the stance of an article as a whole toward a target, and the role it gives it, from what stands around all its mentions.
//!
//! Sets are fitted together, each with an intercept of its own: how often they are against somebody says how their articles were
//! chosen, not how an article speaks. The intercept that ships is a mean of theirs.

mod sets;

use super::error::SpanError;
use super::rounded;
use super::stance::window;
use crate::article::{Article, TargetRequest};
use crate::family::stance::polarity::{WORDS, WordPolarity};
use crate::family::stance::whole::{
    NUMBER, NUMBERS, OUTPUTS, STANCES, Share, TASK, Whole, numbers, share,
};
use crate::learn::metrics::{accuracy, macro_f1};
use crate::learn::parallel;
use crate::learn::sparse::{SparseFit, SparseLogistic, SparseRows};
use crate::lexicon::Lexicon;
use crate::linear::{Template, Weights};
use crate::mark::ROLES;
use crate::model::{
    FORMAT, Metrics, ModelFile, ModelSet, Payload, Provenance, VERSION, lexicon_fingerprint,
    tokenizer_fingerprint,
};
use crate::score::{Options, Scorer};
use crate::text::Word;
use sets::{Labelled, SETS, Set};
use std::collections::BTreeMap;
use std::path::Path;

/// Parts that are held out in turn: outlets of labelled real articles, stories of the corpus, articles of the other sets.
const FOLDS: usize = 5;
/// L2 strength; chosen among 20 to 100 by the stance on labelled real articles, outlets held out.
const ALPHA: f64 = 50.0;
/// Inputs that fewer targets hold are left out.
const LEAST_ROWS: usize = 5;
/// Word inputs that are kept, strongest first.
const KEPT: usize = 4_000;
/// Which set a row is of; only fitting sees it.
const SET: Template = Template::new("set");
/// Amount of that input: large, so that the penalty leaves intercepts alone.
const SET_AMOUNT: f64 = 5.0;

/// One target of an article: what is seen of it, and what it was said to be.
struct Row {
    set: usize,
    fold: usize,
    numbers: [f64; NUMBERS.len()],
    stance: Option<usize>,
    role: Option<usize>,
}

/// The rows, and the words around their mentions, row by row.
#[derive(Default)]
struct Rows {
    rows: Vec<Row>,
    words: SparseRows,
}

/// Reads and measures all sets.
fn rows(scorer: &Scorer, labelled: &[Labelled]) -> Result<Rows, SpanError> {
    let family = &crate::family::stance::FAMILY;
    let lexicon = Lexicon::parse(family.name, family.lexicon, family.classes)?;
    let table = WordPolarity::new(scorer.models.spans.get(WORDS));
    let measured = parallel::map(labelled, |one| {
        let requests = one.targets.iter().map(|t| TargetRequest::Name(t.name.clone())).collect();
        let article = Article { targets: requests, ..one.article.clone() };
        let document = article.document();
        let marks = scorer.mark(&article, &document);
        let whole = Whole::of(&document, &marks);
        let mut words = SparseRows::default();
        let mut seen = Vec::new();
        for (target, label) in marks.targets.iter().zip(&one.targets) {
            if target.mentions.is_empty() {
                continue;
            }
            words.begin();
            for mention in &target.mentions {
                let share = share(mention.own_voice, target.mentions.len());
                if let Some(window) = window(&document, mention.span, &lexicon, &table) {
                    window.inputs(mention.span, &mut Share { sink: &mut words, share });
                }
            }
            seen.push(Row {
                set: one.set,
                fold: (Word::of(&one.group).0 % FOLDS as u64) as usize,
                numbers: numbers(&document, &marks, &whole, target.mentions.iter()),
                stance: label.stance,
                role: label.role,
            });
        }
        (seen, words)
    });
    let mut all = Rows::default();
    for (seen, words) in measured {
        all.rows.extend(seen);
        all.words.append(&words);
    }
    all.words.prune(LEAST_ROWS);
    Ok(all)
}

/// Mean and spread of each number over the rows.
fn spread(rows: &[Row]) -> [(f64, f64); NUMBERS.len()] {
    let count = rows.len().max(1) as f64;
    std::array::from_fn(|at| {
        let mean = rows.iter().map(|r| r.numbers[at]).sum::<f64>() / count;
        let square = rows.iter().map(|r| (r.numbers[at] - mean).powi(2)).sum::<f64>() / count;
        (mean, square.sqrt().max(1e-6))
    })
}

/// One of the two questions.
struct Question {
    classes: usize,
    label: fn(&Row) -> Option<usize>,
    /// What a row of each set counts.
    weights: [f32; SETS.len()],
    /// What each set's intercept counts in the one that ships.
    intercepts: [f64; SETS.len()],
}

const STANCE: Question = Question {
    classes: STANCES,
    label: |row| row.stance,
    weights: [1.0, 0.5, 0.5, 0.5],
    intercepts: [0.7, 0.0, 0.15, 0.15],
};
const ROLE: Question = Question {
    classes: ROLES.len(),
    label: |row| row.role,
    weights: [1.0, 0.0, 0.0, 0.5],
    intercepts: [1.0, 0.0, 0.0, 0.0],
};

impl Rows {
    /// All inputs: the words, the numbers at a spread of one, the set.
    fn inputs(&self, spread: &[(f64, f64); NUMBERS.len()]) -> SparseRows {
        let mut all = self.words.clone();
        for (place, row) in self.rows.iter().enumerate() {
            for (at, (mean, deviation)) in spread.iter().enumerate() {
                let value = (row.numbers[at] - mean) / deviation;
                all.put_at(place, NUMBER, Word::of(NUMBERS[at]), value, || NUMBERS[at].to_owned());
            }
            let set = SETS[row.set].name;
            all.put_at(place, SET, Word::of(set), SET_AMOUNT, || set.to_owned());
        }
        all
    }

    fn fit(
        &self,
        inputs: &SparseRows,
        question: &Question,
        held: Option<usize>,
    ) -> Result<SparseFit, SpanError> {
        let places: Vec<usize> = (0..self.rows.len())
            .filter(|&p| {
                let row = &self.rows[p];
                Some(row.fold) != held
                    && question.weights[row.set] > 0.0
                    && (question.label)(row).is_some()
            })
            .collect();
        let labels: Vec<usize> =
            places.iter().filter_map(|&p| (question.label)(&self.rows[p])).collect();
        // Rows of a rare class of their set count more, by the root of its rarity: without it "for" and "victim" are hardly said.
        let mut counts = [[0.0_f32; OUTPUTS]; SETS.len()];
        for (&place, &label) in places.iter().zip(&labels) {
            counts[self.rows[place].set][label] += 1.0;
        }
        let weights: Vec<f32> = places
            .iter()
            .zip(&labels)
            .map(|(&place, &label)| {
                let set = self.rows[place].set;
                let mean = counts[set].iter().sum::<f32>() / question.classes as f32;
                question.weights[set] * (mean / counts[set][label]).sqrt()
            })
            .collect();
        let solver = SparseLogistic { classes: question.classes, alpha: ALPHA, iterations: 200 };
        Ok(solver.fit_rows(&inputs.select(&places), &labels, Some(&weights))?)
    }
}

/// The intercept that ships, by output.
fn intercept(weights: &Weights, question: &Question) -> Vec<f64> {
    let of_set = |set: &Set| weights.weights.get(SET.name).and_then(|t| t.get(set.name));
    (0..question.classes)
        .map(|k| {
            let sets = SETS.iter().zip(question.intercepts);
            weights.bias[k]
                + sets
                    .map(|(set, w)| w * SET_AMOUNT * of_set(set).map_or(0.0, |row| row[k]))
                    .sum::<f64>()
        })
        .collect()
}

/// Class said of each labelled row with its fold held out: by the intercept of its own set, and by the one that ships.
fn held_out(
    rows: &Rows,
    inputs: &SparseRows,
    question: &Question,
) -> Result<Vec<(usize, [usize; 2])>, SpanError> {
    let mut out = Vec::new();
    for fold in 0..FOLDS {
        let fit = rows.fit(inputs, question, Some(fold))?;
        let ships = intercept(&fit.weights(inputs, (1.0, 0.0)), question);
        let set_columns: Vec<bool> = inputs.names().iter().map(|(t, _)| *t == SET.name).collect();
        for (place, row) in rows.rows.iter().enumerate() {
            if row.fold != fold || (question.label)(row).is_none() {
                continue;
            }
            let own = fit.scores(&inputs.rows()[place]);
            let bare: Vec<(u32, f32)> = inputs.rows()[place]
                .iter()
                .copied()
                .filter(|(column, _)| !set_columns[*column as usize])
                .collect();
            let shared = fit.scores(&bare);
            let bias = fit.scores(&[]);
            let shared: Vec<f64> =
                (0..question.classes).map(|k| shared[k] - bias[k] + ships[k]).collect();
            out.push((place, [best(&own), best(&shared)]));
        }
    }
    out.sort_unstable();
    Ok(out)
}

fn best(scores: &[f64]) -> usize {
    (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a))).unwrap_or(0)
}

/// Figures with folds held out, by name.
fn figures(rows: &Rows, inputs: &SparseRows) -> Result<BTreeMap<String, f64>, SpanError> {
    let mut out = BTreeMap::new();
    for (what, question) in [("stance", &STANCE), ("role", &ROLE)] {
        let said = held_out(rows, inputs, question)?;
        for (number, set) in SETS.iter().enumerate() {
            let of: Vec<_> = said.iter().filter(|(p, _)| rows.rows[*p].set == number).collect();
            if of.is_empty() || question.weights[number] == 0.0 {
                continue;
            }
            let truth: Vec<usize> =
                of.iter().filter_map(|(p, _)| (question.label)(&rows.rows[*p])).collect();
            for (way, name) in ["", ", shipped intercept"].into_iter().enumerate() {
                let classes: Vec<usize> = of.iter().map(|(_, said)| said[way]).collect();
                let mut put = |figure: &str, value: f64| {
                    out.insert(format!("{what}, {}{name}: {figure}", set.name), value);
                };
                put("macro_f1", macro_f1(&truth, &classes, question.classes));
                put("accuracy", accuracy(&truth, &classes));
                let share = |yes: usize, all: usize| yes as f64 / all.max(1) as f64;
                if question.classes == STANCES {
                    let turned = truth.iter().zip(&classes).filter(|(a, b)| a.abs_diff(**b) == 2);
                    put("turned round", share(turned.count(), truth.len()));
                    let victims: Vec<usize> =
                        (0..of.len()).filter(|&i| rows.rows[of[i].0].role == Some(1)).collect();
                    let against = victims.iter().filter(|&&i| classes[i] == 0).count();
                    put("victims against", share(against, victims.len()));
                }
            }
        }
    }
    Ok(out)
}

/// Both fits as one decision, with the numbers at their own scale and the intercept that ships.
fn joined(
    rows: &Rows,
    inputs: &SparseRows,
    spread: &[(f64, f64); NUMBERS.len()],
) -> Result<Weights, SpanError> {
    let mut out =
        Weights { bias: vec![0.0; OUTPUTS], calibration: (1.0, 1.0), ..Weights::default() };
    for (first, question) in [(0, &STANCE), (STANCES, &ROLE)] {
        let weights = rows.fit(inputs, question, None)?.weights(inputs, (1.0, 0.0));
        let mut bias = intercept(&weights, question);
        for (template, entries) in &weights.weights {
            if template == SET.name {
                continue;
            }
            let table = out.weights.entry(template.clone()).or_default();
            for (value, row) in entries {
                let number = NUMBERS
                    .iter()
                    .position(|n| template == NUMBER.name && n == value)
                    .map(|at| spread[at]);
                let to = table.entry(value.clone()).or_insert_with(|| vec![0.0; OUTPUTS]);
                for (k, weight) in row.iter().enumerate() {
                    let (mean, deviation) = number.unwrap_or((0.0, 1.0));
                    to[first + k] = rounded(weight / deviation);
                    bias[k] -= weight / deviation * mean;
                }
            }
        }
        bias.iter().enumerate().for_each(|(k, b)| out.bias[first + k] = rounded(*b));
    }
    Ok(out)
}

/// Keeps the word inputs that move the most rows the most.
fn keep_strongest(rows: &mut Rows, spread: &[(f64, f64); NUMBERS.len()]) -> Result<(), SpanError> {
    let inputs = rows.inputs(spread);
    let fits = [rows.fit(&inputs, &STANCE, None)?, rows.fit(&inputs, &ROLE, None)?];
    let columns = rows.words.columns();
    let mut amounts = vec![0.0_f64; columns];
    for (column, amount) in rows.words.rows().iter().flatten() {
        amounts[*column as usize] += f64::from(*amount).powi(2);
    }
    let reach: Vec<f64> = (0..columns)
        .map(|c| fits.iter().map(|f| f.strength(c)).sum::<f64>() * amounts[c].sqrt())
        .collect();
    let mut order: Vec<usize> = (0..columns).collect();
    order.sort_by(|&a, &b| reach[b].total_cmp(&reach[a]).then(a.cmp(&b)));
    let mut kept = vec![false; columns];
    order.into_iter().take(KEPT).for_each(|c| kept[c] = true);
    rows.words.keep(|c| kept[c]);
    Ok(())
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
    let scorer = Scorer::new(ModelSet::builtin_spans()?, Options::default())?;
    let read = sets::read(labels, corpus, data)?;
    let mut rows = rows(&scorer, &read.articles)?;
    let spread = spread(&rows.rows);
    progress(&format!("{} targets, {} word inputs", rows.rows.len(), rows.words.columns()));
    keep_strongest(&mut rows, &spread)?;
    let inputs = rows.inputs(&spread);
    let mut other = figures(&rows, &inputs)?;
    for (name, value) in &mut other {
        *value = (*value * 1e4).round() / 1e4;
        progress(&format!("{name} {value}"));
    }
    let weights = joined(&rows, &inputs, &spread)?;
    let count = |set: usize| rows.rows.iter().filter(|r| r.set == set).count();
    let lines =
        SETS.iter().enumerate().map(|(at, s)| format!("{}: {} targets", s.provenance, count(at)));
    Ok(ModelFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: "target-spans-1".to_owned(),
        axis: "target-spans".to_owned(),
        classes: crate::mark::STANCES.iter().chain(&ROLES).map(|c| (*c).to_owned()).collect(),
        schema: String::new(),
        lexicons: lexicon_fingerprint(),
        tokenizer: tokenizer_fingerprint(),
        provenance: Provenance {
            data: lines.collect(),
            data_sha256: read.sha256,
            rows: SETS.iter().enumerate().map(|(at, s)| (s.name.to_owned(), count(at))).collect(),
            split: format!(
                "{FOLDS} folds: real articles by outlet, the own corpus by story, other sets by article"
            ),
            seed: 0,
            command: "newsgauge train target-spans --data DIR".to_owned(),
        },
        metrics: Metrics { other, ..Metrics::default() },
        payload: Payload::Linear(BTreeMap::from([(TASK.to_owned(), weights)])),
    })
}
